"""Concatenation: the whole is at least as sparse as its least sparse part.

If N^(1/q-1/p) S_p^(1/p)/S_q^(1/q) <= C for each part, then S_q >= N C^(-q) (S_p/N)^(q/p) there.
By Bernoulli at the mean M of |w|^p over the whole, (S_p/N)^(q/p) >= M^(q/p) (1 + (q/p)(S_p/(N M)
- 1)); the parts' lengths as weights cancel the linear terms, so the whole has S_q >= N C^(-q)
M^(q/p), which is what the bound C says of it.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import LESS, I, T, c, n, nonzero, p, q, step, steps, t
from ...claims.notation import A as first_part
from ...claims.notation import B as second_part
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import Every, Formula, Relation, as_formula, at_most, less
from ...language.symbols import positive
from ...language.terms import Least, PowerSum, Total
from ...language.vectors import Vector, concat, length, vector
from ..tactics import inequalities
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    index,
    instance,
    left,
    rewrite,
    right,
    said_at,
    summed,
)
from ..tactics.inequalities import bernoulli, power_at_most
from ..tactics.remembered import cache
from ..tactics.unfold import conclude

#: the bound 1 - c on the ratio of norms, and the mean of |w|^p over the whole
C, M = positive("C"), positive("M")
s = q / p


def _part(part: Vector, given: tuple[Formula, ...]) -> Theorem:
    """Show S_q >= N C^(-q) M^s (1 + s (S_p/(N M) - 1)) for a part with I >= 1 - C."""
    below = (*given, at_most(1 - C, I(part)))
    size, low, high = length(part), PowerSum(part, p), PowerSum(part, q)
    meaning = index(part, p, q, given)
    bound = rewrite(K.assume(below[-1]), meaning)
    root = combine(
        at_most(size ** (1 / q - 1 / p) * low ** (1 / p) / C, high ** (1 / q)),
        (high ** (1 / q) / C, bound),
        given=below,
    )
    values = {inequalities.u: left(root), inequalities.w: high ** (1 / q), inequalities.e: q}
    power = discharge(instance(power_at_most(), values, below), root)
    bend = instance(
        bernoulli(), {inequalities.u: low / size, inequalities.a: M, inequalities.s: s}, below
    )
    goal = at_most(size * C ** (-q) * M**s * (1 + s * (low / (size * M) - 1)), high)
    return combine(goal, (1, power), (size * C ** (-q), bend), given=below)


def _whole(
    proof: Proof, whole: Vector, mean: sp.Expr, total: Theorem, given: tuple[Formula, ...]
) -> Theorem:
    """Show 1 - C <= I(whole) from the sum of the parts' bounds, at M = the mean of |w|^p."""
    given = tuple(given)
    size = length(whole)
    total = K.instantiate(total, {M: mean}, given)
    high = right(total)
    floor = size * C ** (-q) * mean**s
    total = proof.show(
        combine(at_most(floor, high), (1, total), given=given),
        "add, with $S_p$ of the whole over its length put for $M$; the linear terms cancel",
    )
    root = discharge(
        instance(
            power_at_most(),
            {inequalities.u: floor, inequalities.w: high, inequalities.e: 1 / q},
            given,
        ),
        total,
    )
    scale = C * high ** (-1 / q)
    return conclude(
        proof,
        at_most(1 - C, I(whole)),
        (scale, root),
        given=given,
        reason="take the root of order $q$, divide",
    )


@cache
def two_parts() -> Derivation:
    """c <= I(A), c <= I(B): c <= I([A, B]), for any lengths."""
    claim = find_claim("time.varying-lowers.max.amended")
    proof = Proof()
    given = (LESS, nonzero(first_part), nonzero(second_part))
    bounds = [_part(part, (LESS, nonzero(part))) for part in (first_part, second_part)]
    proof.show(
        bounds[0],
        "for any $C > 0$, $M > 0$ with $I(A) ≥ 1 - C$: Bernoulli at $t = S_p/N$, $s = q/p$",
    )
    proof.show(bounds[1], "the same for $B$")
    total = combine(
        at_most(sum(left(b) for b in bounds), sum(right(b) for b in bounds)),
        (1, bounds[0]),
        (1, bounds[1]),
    )
    whole = concat(first_part, second_part)
    mean = (PowerSum(first_part, p) + PowerSum(second_part, p)) / length(whole)
    here = (*given, *(at_most(1 - C, I(part)) for part in (first_part, second_part)))
    result = _whole(proof, whole, mean, total, here)
    _at_c(proof, result, I(first_part), nonzero(first_part), claim.given)
    return proof.done()


def _at_c(
    proof: Proof, result: Theorem, some: sp.Expr, condition: Formula, given: tuple[Formula, ...]
) -> Theorem:
    """Put C = 1 - c, which is positive since c <= I(some part) < 1."""
    below_one = algebra(
        less(right(index(some.args[0], p, q, (LESS, condition))), 1), (LESS, condition)
    )
    below_one = rewrite(below_one, index(some.args[0], p, q, (LESS, condition)), backwards=True)
    c_below = combine(less(c, 1), (1, below_one), (1, K.assume(at_most(c, some))))
    result = K.instantiate(result, {C: 1 - c}, (less(c, 1),))
    result = discharge(result, *(_with_c(said, given) for said in given), c_below)
    result = combine(at_most(c, right(result)), (1, result))
    return proof.show(result, "put $C = 1 - c$, positive since $c ≤ I < 1$ for a part")


def _with_c(said: Formula, given: Given) -> Theorem:
    """Prove 1 - (1 - c) <= x, or that for every index, from c <= x."""
    at = said.at(t) if isinstance(said, Every) else said
    if not (isinstance(at, Relation) and at.left == c):
        return K.assume(said)
    goal = at_most(1 - (1 - c), at.right)
    if at is said:
        return combine(goal, (1, K.assume(said)), given=given)
    here = said_at(t, T, given)
    inside = K.at_index(K.assume(said), t, (at_most(t, T),))
    return K.every(combine(goal, (1, inside), given=(LESS, *here)), t, T)


@cache
def steps_bound() -> Derivation:
    """c <= I(W_t) for every t: c <= I([W_1 .. W_T])."""
    proof = Proof()
    bound = proof.show(
        _part(step, (LESS, nonzero(step))),
        "for any $C > 0$, $M > 0$ with $I(W_t) ≥ 1 - C$: Bernoulli at $t = S_p/N$, $s = q/p$",
    )
    every = (Every(nonzero(step), t, T), Every(at_most(1 - C, I(step)), t, T))
    given = (LESS, *every)
    total = summed(bound, t, T, given)
    mean = Total(PowerSum(step, p), t, T) / (n * T)
    result = _whole(proof, steps, mean, total, given)
    first = vector("W", n, 1)
    one = K.at_index(K.assume(every[0]), sp.Integer(1), ())
    claim_given = (LESS, every[0], Every(at_most(c, I(step)), t, T))
    # C = 1 - c > 0, by the first step
    inner = Proof()
    shown = _at_c(inner, result, I(first), nonzero(first), claim_given)
    at_first = K.at_index(K.assume(claim_given[2]), sp.Integer(1), ())
    proof.show(discharge(shown, one, at_first), "put $C = 1 - c$, positive since $c ≤ I(W_1) < 1$")
    return proof.done()


def first_step() -> Derivation:
    """At c = I(W_1)."""
    proof = Proof(list(steps_bound().steps))
    first = vector("W", n, 1)
    one = K.at_index(K.assume(Every(nonzero(step), t, T)), sp.Integer(1), ())
    result = K.instantiate(steps_bound().theorem, {c: I(first)}, (nonzero(first),))
    proof.show(discharge(result, one), "put $I(W_1)$ for $c$")
    return proof.done()


def least_step() -> Derivation:
    """At c = the least of the I(W_t)."""
    proof = Proof(list(steps_bound().steps))
    every = Every(nonzero(step), t, T)
    smallest = Least(I(step), t, T)
    bound = K.least(smallest, t, (LESS, every, as_formula(t <= T)))
    bound = K.every(bound, t, T)
    result = K.instantiate(steps_bound().theorem, {c: smallest}, (LESS, every))
    proof.show(discharge(result, bound), "put the least of the $I(W_t)$ for $c$")
    return proof.done()


PROOFS = {
    "time.varying-lowers.first.amended": first_step,
    "time.varying-lowers.mean.amended": least_step,
    "time.varying-lowers.max.amended": two_parts,
}
