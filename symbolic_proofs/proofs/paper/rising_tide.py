"""Rising Tide, for every 0 < p < q, without a derivative.

With ρ = ||W||_p/||W + α||_p, the vector U = ρ(W + α) has the same p-norm as W. An entry has w >=
u exactly when u >= c = ρα/(1 - ρ), so u^(q-p) - c^(q-p) and w^p - u^p never have opposite signs,
and Bernoulli's inequality gives

    w^q - u^q >= (q/p) u^(q-p) (w^p - u^p) >= (q/p) c^(q-p) (w^p - u^p);

summed, the right-hand side is 0: S_q(W) > S_q(U) = ρ^q S_q(W + α).
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import LESS, alpha, p, q
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import Constant, Not, Relation, at_most, equal, less, unequal
from ...language.symbols import count, nonnegative, positive
from ...language.terms import PowerSum
from ...language.vectors import length
from ..tactics import inequalities
from ..tactics.combine import (
    algebra,
    combine,
    discharge,
    in_power_sums,
    instance,
    power_sum,
    right,
    summed,
)
from ..tactics.inequalities import bernoulli, power_at_most, power_below
from ..tactics.unfold import conclude

#: an entry w of W and 0 < ρ < 1
w, rho, i = nonnegative("w"), positive("rho"), count("i")


def pointwise(proof: Proof) -> tuple[Theorem, Theorem]:
    """Show w^q - ρ^q(w+α)^q >= (q/p) c^(q-p) (w^p - ρ^p(w+α)^p), and > if w != ρ(w+α)."""
    small = less(rho, 1)
    given = (LESS, small)
    lifted = rho * (w + alpha)
    turn = rho * alpha / (1 - rho)
    theorems = []
    for strict in (False, True):
        here = (*given, unequal(w, lifted)) if strict else given
        bent = instance(
            bernoulli(strict),
            {inequalities.u: w**p, inequalities.a: lifted**p, inequalities.s: q / p},
            here,
        )
        if strict:
            bent = discharge(
                bent,
                instance(
                    inequalities.power_differs(),
                    {inequalities.u: w, inequalities.b: lifted, inequalities.e: p},
                    here,
                ),
            )
        op = ">" if strict else ">="
        line = Relation(op, w**q, lifted**q + q / p * lifted ** (q - p) * (w**p - lifted**p))
        slope = combine(line, (1, bent), given=here)
        goal = Relation(op, w**q - lifted**q, q / p * turn ** (q - p) * (w**p - lifted**p))
        sides = [_one_side(goal, slope, lifted, turn, here, above=above) for above in (True, False)]
        theorems.append(K.cases(*sides, at_most(lifted, w)))
        if not strict:
            proof.show(
                slope,
                "Bernoulli's inequality with $u = ρ·(w + α)$, at $t = w^p$, $M = u^p$, $s = q/p$",
            )
    proof.show(
        theorems[0],
        "$w ≥ u$ exactly when $u ≥ c = ρα/(1 - ρ)$, so $u^(q-p)$ may be replaced by $c^(q-p)$",
    )
    return theorems[0], theorems[1]


def _one_side(
    goal: Relation,
    slope: Theorem,
    lifted: sp.Expr,
    turn: sp.Expr,
    given: tuple[Relation, ...],
    *,
    above: bool,
) -> Theorem:
    """Show the goal where w >= u (above), or w < u."""
    here = (*given, at_most(lifted, w) if above else less(w, lifted))
    high, low = (w, lifted) if above else (lifted, w)
    powers = instance(
        power_at_most(), {inequalities.u: low, inequalities.w: high, inequalities.e: p}, here
    )
    powers = discharge(powers, algebra(at_most(low, high), here))
    past = algebra(at_most(turn, lifted) if above else at_most(lifted, turn), here)
    first, second = (turn, lifted) if above else (lifted, turn)
    bases = discharge(
        instance(
            power_at_most(),
            {inequalities.u: first, inequalities.w: second, inequalities.e: q - p},
            here,
        ),
        past,
    )
    gap = high**p - low**p
    known = (*here, powers.conclusion)
    result = combine(goal, (1, slope), (q / p * gap, bases), given=known)
    return discharge(result, powers)


def rising_tide() -> Derivation:
    """I(W + α) < I(W) for W >= 0 not constant."""
    claim = find_claim("criteria.rising-tide")
    proof = Proof()
    given = claim.given
    v = claim.conclusion.right.args[0]
    n, raised = length(v), v + alpha
    # ρ lies strictly between 0 and 1
    old, new = PowerSum(v, p), right(power_sum(raised, p, given))
    old_q, new_q = PowerSum(v, q), right(power_sum(raised, q, given))
    entry, inside = v[i], at_most(i, n)
    values = {inequalities.u: entry, inequalities.b: entry + alpha, inequalities.e: p}
    power = instance(power_below(), values, (*given, inside))
    total = summed(power, i, n, given)
    proof.show(total, "$w_i < w_i + α$; sum over $i$")
    ratio = (old / new) ** (1 / p)
    share = combine(less(old / new, 1), (1 / new, total), given=given)
    share = discharge(
        instance(
            power_below(),
            {inequalities.u: old / new, inequalities.b: sp.Integer(1), inequalities.e: 1 / p},
            given,
        ),
        share,
    )
    share = proof.show(
        combine(less(ratio, 1), (1, share), given=given), "so $ρ = (S_p(W)/S_p(W + α))^(1/p) < 1$"
    )
    # what follows holds for any ρ < 1 with S_p(ρ(W + α)) = S_p(W)
    scaled = equal(rho**p * new, old)
    here = (*given, less(rho, 1), scaled)
    weak, strict = (
        K.instantiate(theorem, {w: entry}, (*here, inside)) for theorem in pointwise(proof)
    )
    turn = rho * alpha / (1 - rho)
    differs = unequal(abs(entry), turn)
    # w_i = ρ(w_i + α) would make w_i the constant c
    fixed = combine(unequal(entry, rho * (entry + alpha)), given=(*here, inside, differs))
    some = K.sum_up_strictly(weak, discharge(strict, fixed), differs, i, n)
    some = in_power_sums(discharge(some, K.open_predicate(Not(Constant(v)), turn, here)), here)
    slope = q / p * turn ** (q - p)
    below = combine(less(rho**q * new_q, old_q), (1, some), (slope, K.assume(scaled)), given=here)
    proof.show(
        below,
        "sum over $i$: not every $w_i$ is $c$, since $W$ is not constant, and both sides are equal "
        "for those that are; the right-hand sides cancel",
    )
    values = {inequalities.u: rho**q * new_q, inequalities.b: old_q, inequalities.e: 1 / q}
    root = discharge(instance(power_below(), values, here), below)
    root = K.instantiate(root, {rho: ratio}, given)
    root = discharge(root, share, algebra(equal(ratio**p * new, old), given))
    scale = n ** (1 / q - 1 / p) * new ** (1 / p) * new_q ** (-1 / q) * old_q ** (-1 / q)
    conclude(
        proof,
        claim.conclusion,
        (scale, root),
        given=given,
        reason="take the root of order $q$, divide",
    )
    return proof.done()


PROOFS = {"criteria.rising-tide": rising_tide}
