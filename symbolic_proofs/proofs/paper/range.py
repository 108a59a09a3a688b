"""The range of I: power means rise with their exponent, and S_q <= S_p^(q/p)."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, I, N, R, W, nonzero, p, q, r, x
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import (
    Constant,
    Formula,
    Not,
    Relation,
    as_formula,
    at_most,
    equal,
    less,
    unequal,
)
from ...language.operations import Abs
from ...language.symbols import count
from ...language.terms import PowerSum
from ...language.vectors import concat, length
from ..tactics.combine import (
    algebra,
    combine,
    discharge,
    in_power_sums,
    index,
    instance,
    rewrite,
    right,
    summed,
    then,
)
from ..tactics.inequalities import (
    a,
    b,
    bernoulli,
    e,
    power_at_most,
    power_below,
    power_differs,
    s,
    u,
    w,
)
from ..tactics.vanishing import vanishing

i = count("i")


def power_means(
    proof: Proof, given: tuple[Formula, ...], low: sp.Symbol, high: sp.Symbol, *, strict: bool
) -> Theorem:
    """Show N^(1/high-1/low) S_low^(1/low)/S_high^(1/high) <= 1 for low < high.

    It is < if not all |w_j| are equal; `given` says so when `strict`.
    """
    given = tuple(given)
    below, above, v = PowerSum(W, low), PowerSum(W, high), abs(W[i])
    mean = below / N
    values = {u: v**low, a: mean, s: high / low}
    here = (*given, at_most(i, N))
    weak = instance(bernoulli(), values, here)
    where = f"$t = |w_i|^{low}$, $M = S_{low}/N$, $s = {high}/{low}$"
    if strict:
        differs = unequal(v, mean ** (1 / low))
        tight = instance(bernoulli(strict=True), values, here)
        apart = instance(power_differs(), {u: v, b: mean ** (1 / low), e: low}, here)
        apart = rewrite(apart, algebra(equal((mean ** (1 / low)) ** low, mean), given))
        tight = proof.show(
            discharge(tight, apart),
            f"Bernoulli's inequality $t^s > M^s·(1 + s·(t/M - 1))$ at {where}; "
            "strict since $t ≠ M$",
        )
        total = in_power_sums(K.sum_up_strictly(weak, tight, differs, i, N), given)
        total = discharge(total, K.open_predicate(Not(Constant(W)), mean ** (1 / low)))
        reason = (
            f"sum over $i$ from $1$ to $N$; some $|w_i|$ differs from $M^(1/{low})$, both sides "
            "are equal for those that do not, and the linear terms cancel"
        )
    else:
        proof.show(weak, f"Bernoulli's inequality $t^s ≥ M^s·(1 + s·(t/M - 1))$ at {where}")
        total = summed(weak, i, N, given)
        reason = "sum over $i$ from $1$ to $N$; the linear terms cancel"
    op, least = (">" if strict else ">="), N * mean ** (high / low)
    total = proof.show(combine(Relation(op, above, least), (1, total), given=given), reason)
    if strict:
        root = instance(power_below(), {u: least, b: above, e: 1 / high}, given)
    else:
        root = instance(power_at_most(), {u: least, w: above, e: 1 / high}, given)
    ratio = N ** (1 / high - 1 / low) * below ** (1 / low) / above ** (1 / high)
    return proof.show(
        combine(
            Relation("<" if strict else "<=", ratio, 1),
            (above ** (-1 / high), discharge(root, total)),
            given=given,
        ),
        f"take the root of order ${high}$, divide",
    )


def lower() -> Derivation:
    """0 <= I."""
    given = (LESS, nonzero(W))
    proof = Proof()
    ratio = power_means(proof, given, p, q, strict=False)
    meaning = index(W, p, q, given)
    bound = combine(right(meaning) >= 0, (1, ratio), given=given)
    proof.show(rewrite(bound, meaning, backwards=True), "by the definition of $I$")
    return proof.done()


def upper() -> Derivation:
    """I <= 1: a ratio of norms is not negative."""
    given = (LESS, nonzero(W))
    proof = Proof()
    meaning = proof.show(index(W, p, q, given), "by the definition of $I$; $S_q > 0$ since $W ≠ 0$")
    proof.show(
        rewrite(algebra(right(meaning) <= 1, given), meaning, backwards=True),
        "what is subtracted is not negative",
    )
    return proof.done()


def never_one() -> Derivation:
    """No W of finite length has I = 1."""
    given = (LESS, nonzero(W))
    proof = Proof()
    meaning = proof.show(index(W, p, q, given), "by the definition of $I$; $S_q > 0$ since $W ≠ 0$")
    apart = rewrite(algebra(unequal(right(meaning), 1), given), meaning, backwards=True)
    proof.show(apart, "what is subtracted is positive, since $S_p > 0$ and $N$ is finite")
    proof.show(K.generalise(apart, (nonzero(W),), (N, W)), "$N$ and $W$ were arbitrary")
    return proof.done()


def negative_when_exchanged() -> Derivation:
    """I < 0 for p > q, unless all |w_j| are equal."""
    given = (as_formula(p > q), Not(Constant(W)))
    proof = Proof()
    ratio = power_means(proof, given, q, p, strict=True)
    meaning = index(W, p, q, given)
    scale = N ** (1 / q - 1 / p) * PowerSum(W, p) ** (1 / p) / PowerSum(W, q) ** (1 / q)
    bound = combine(right(meaning) < 0, (scale, ratio), given=given)
    proof.show(rewrite(bound, meaning, backwards=True), "by the definition of $I$")
    return proof.done()


def zero_exactly_when_constant() -> Derivation:
    """I = 0 exactly when all |w_j| are equal."""
    given, constant, goal = (LESS, nonzero(W)), Constant(W), equal(I(W), 0)
    proof = Proof()
    first = abs(W[1])
    entries = K.assume(equal(abs(W[i]), first))
    one = (at_most(i, N),)
    powers = K.sum_up(then(algebra(equal(abs(W[i]) ** r, abs(W[i]) ** r), one), entries), i, N)
    powers = discharge(powers, K.open_predicate(constant, None))
    total = then(K.define(PowerSum(W, r), ()), powers)
    total = proof.show(then(total, K.linear(right(total), ())), "all $|w_i|$ are $|w_1|$")
    sums = [K.instantiate(total, {r: t}, ()) for t in (p, q)]
    # |w_1| = 0 would make S_q zero
    here = (*given, constant)
    vanishing = then(sums[1], K.assume(equal(W[1], 0)), algebra(equal(N * Abs(0) ** q, 0)))
    contradiction = K.absurd(
        vanishing, algebra(unequal(PowerSum(W, q), 0), given), unequal(W[1], 0)
    )
    nonzero_first = K.cases(contradiction, K.assume(unequal(W[1], 0)), equal(W[1], 0))
    meaning = index(W, p, q, given)
    value = then(meaning, *sums)
    value = K.weaken(value, (unequal(W[1], 0),))
    forth = discharge(
        then(value, algebra(equal(right(value), 0), (*here, unequal(W[1], 0)))), nonzero_first
    )
    proof.show(forth, "the powers of $N$ and of $|w_1|$ cancel; $|w_1| ≠ 0$, since $W ≠ 0$")
    apart = (LESS, Not(constant))
    ratio = power_means(proof, apart, p, q, strict=True)
    meaning = index(W, p, q, apart)
    back = combine(unequal(right(meaning), 0), (1, ratio), given=apart)
    back = proof.show(
        rewrite(back, meaning, backwards=True),
        "by the definition of $I$, when not all $|w_j|$ are equal",
    )
    proof.show(K.iff(forth, back, goal, constant), "both directions are shown")
    return proof.done()


def greatest() -> Derivation:
    """I([x, R]) < 1, it is at most 1 - N^(1/q-1/p), and equal to that exactly when R = 0."""
    v = concat(x, R)
    given = (LESS, unequal(x, 0))
    proof = Proof()
    rest_p, rest_q, whole = PowerSum(R, p), PowerSum(R, q), abs(x) ** p + PowerSum(R, p)
    meaning = proof.show(
        index(v, p, q, given), "by the definition of $I$, with the power sums of $[x, R]$"
    )
    size = length(v) ** (1 / q - 1 / p)
    below_one = proof.show(
        rewrite(algebra(right(meaning) < 1, given), meaning, backwards=True),
        "what is subtracted is positive",
    )
    # each entry's share of S_p is at most 1, so its power q/p is at most itself
    here = (*given, at_most(i, R.args[1]))
    part_of_it = share(abs(R[i]) ** p, whole, here, strict=False)
    part = K.summand(right(K.define(rest_p, ())), i, (at_most(i, R.args[1]),))
    part = rewrite(part, K.define(rest_p, ()), backwards=True)
    inside = combine(at_most(abs(R[i]) ** p, whole), (1, part), given=here)
    part_of_it = discharge(part_of_it, inside)
    others = summed(part_of_it, i, R.args[1], given)
    others = proof.show(
        combine(at_most(rest_q, rest_p * whole ** (q / p - 1)), (1, others), given=given),
        "$|r_i|^p ≤ S_p$, so $|r_i|^q ≤ |r_i|^p·S_p^(q/p-1)$; sum over $i$",
    )
    own = discharge(
        share(abs(x) ** p, whole, given, strict=False), algebra(at_most(abs(x) ** p, whole), given)
    )
    total = combine(
        at_most(abs(x) ** q + rest_q, whole ** (q / p)), (1, own), (1, others), given=given
    )
    root = discharge(
        instance(power_at_most(), {u: abs(x) ** q + rest_q, w: whole ** (q / p), e: 1 / q}, given),
        total,
    )
    scale = size * (abs(x) ** q + rest_q) ** (-1 / q)
    bound = combine(right(meaning) <= 1 - size, (scale, root), given=given)
    bound = proof.show(
        rewrite(bound, meaning, backwards=True),
        "the same for $x$; add, take the root of order $q$, divide",
    )
    # equality
    alone = Not(nonzero(R))
    value = then(meaning, vanishing(PowerSum(R, p), R), vanishing(PowerSum(R, q), R))
    attained = then(value, algebra(equal(right(value), 1 - size), (*given, alone)))
    attained = proof.show(attained, "if $R = 0$, both power sums are those of $x$")
    more = (*given, nonzero(R))
    strictly = discharge(
        share(abs(x) ** p, whole, more, strict=True), algebra(less(abs(x) ** p, whole), more)
    )
    total = combine(
        less(abs(x) ** q + rest_q, whole ** (q / p)), (1, strictly), (1, others), given=more
    )
    root = discharge(
        instance(power_below(), {u: abs(x) ** q + rest_q, b: whole ** (q / p), e: 1 / q}, more),
        total,
    )
    missed = combine(unequal(right(meaning), 1 - size), (scale, root), given=more)
    missed = proof.show(
        rewrite(missed, meaning, backwards=True),
        "if $R ≠ 0$, then $|x|^p < S_p$ and the inequality is strict",
    )
    equality = K.iff(attained, missed, equal(I(v), 1 - size), alone)
    proof.show(K.both(below_one, bound, equality), "all parts are shown")
    return proof.done()


def share(t: sp.Expr, whole: sp.Expr, given: tuple[Formula, ...], *, strict: bool) -> Theorem:
    """Return t <= S |- t^(q/p) <= t S^(q/p-1) (with <, both strict)."""
    given = tuple(given)
    op, exponent = ("<" if strict else "<="), q / p - 1
    values = {u: t, (b if strict else w): whole, e: exponent}
    power = instance(power_below() if strict else power_at_most(), values, given)
    return combine(Relation(op, t ** (q / p), t * whole**exponent), (t, power), given=given)


PROOFS = {
    "range.lower": lower,
    "range.upper": upper,
    "range.one-attained.amended": greatest,
    "range.dense-is-zero.amended": zero_exactly_when_constant,
    "order.p-less-q": negative_when_exchanged,
}

#: proofs of the negation of a claim
DISPROOFS = {"range.one-attained": never_one}
