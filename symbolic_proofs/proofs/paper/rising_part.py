"""Rising Tide for a part of the entries: I falls if none of them passes the threshold of the rest.

With ρ = ||W||_p/||W'||_p, W' being W with α added on the part J, the vector U = ρW' has the p-norm
of W. Bernoulli's inequality gives w^q - u^q >= (q/p) t (w^p - u^p) for every entry, and > on the
rest R, with one t for all: t = c^(q-p), c = ρα/(1 - ρ), if c <= ρτ, and t = (ρτ)^(q-p) if not.
Summed, the right-hand side is 0.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import LIBRARY, find_claim
from ...claims.notation import alpha, p, q, threshold
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import Formula, at_most, equal, less, negation, unequal
from ...language.terms import PowerSum
from ...language.vectors import length
from ..tactics import inequalities
from ..tactics.combine import algebra, combine, discharge, instance, power_sum, right, summed
from ..tactics.inequalities import bernoulli, power_at_most, power_below
from ..tactics.unfold import conclude
from .rising_tide import i, pointwise, rho, w

_TURN = rho * alpha / (1 - rho)


def _below_the_turn(tau: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return w + α <= τ, ρτ < c |- w^q - u^q >= (q/p) (ρτ)^(q-p) (w^p - u^p), u = ρ(w + α)."""
    here = (*given, less(rho * tau, _TURN), at_most(w + alpha, tau))
    lifted = rho * (w + alpha)
    values = {inequalities.u: w**p, inequalities.a: lifted**p, inequalities.s: q / p}
    slope = instance(bernoulli(), values, here)
    within = combine(at_most(lifted, rho * tau), (rho, K.assume(here[-1])), given=here)
    values = {inequalities.u: lifted, inequalities.w: rho * tau, inequalities.e: q - p}
    steep = discharge(instance(power_at_most(), values, here), within)
    parts = ((1 - rho) / rho, K.assume(here[-2])), (1 - rho, K.assume(here[-1]))
    under = combine(at_most(w, lifted), *parts, given=here)
    values = {inequalities.u: w, inequalities.w: lifted, inequalities.e: p}
    rise = discharge(instance(power_at_most(), values, here), under)
    goal = at_most(q / p * (rho * tau) ** (q - p) * (w**p - lifted**p), w**q - lifted**q)
    part = q / p * (lifted**p - w**p), steep
    return discharge(combine(goal, (1, slope), part, given=(*here, rise.conclusion)), rise)


def part() -> Derivation:
    """I([J + α, R]) < I([J, R]) where every entry of J + α is at most τ(R)."""
    claim = find_claim("criteria.rising-tide.part", LIBRARY)
    given = tuple(claim.given)
    proof = Proof()
    block, rest = claim.conclusion.right.args[0].args
    n, tau, entry, inside = length(block), threshold(rest), block[i], at_most(i, length(block))
    others = {r: PowerSum(rest, r) for r in (p, q)}
    old = {r: PowerSum(block, r) + others[r] for r in (p, q)}
    new = {r: right(power_sum(block + alpha, r, given)) + others[r] for r in (p, q)}
    values = {inequalities.u: entry, inequalities.b: entry + alpha, inequalities.e: p}
    total = summed(instance(power_below(), values, (*given, inside)), i, n, given)
    ratio = (old[p] / new[p]) ** (1 / p)
    share = _below_one(old[p] / new[p], 1 / p, given)
    share = discharge(share, combine(less(old[p] / new[p], 1), (1 / new[p], total), given=given))
    proof.show(share, "the entries of $J$ rise, so the ratio $ρ$ of the $p$-norms is below 1")
    # what follows holds for any ρ < 1 with S_p(ρW') = S_p(W)
    small, scaled = less(rho, 1), equal(rho**p * new[p], old[p])
    here = (*given, small, scaled)
    at_r = _below_one(rho, p, here)
    values = {inequalities.u: sp.Integer(1), inequalities.a: rho**p, inequalities.s: q / p}
    bent = instance(bernoulli(strict=True), values, here)
    bent = discharge(bent, combine(unequal(1, rho**p), given=(*here, at_r.conclusion)), at_r)
    goal, below, slope = less(rho**q * new[q], old[q]), less(rho * tau, _TURN), q / p
    weak, _ = pointwise(proof)
    each = K.instantiate(weak, {w: entry}, (*here, inside))
    values = {inequalities.u: _TURN, inequalities.w: rho * tau, inequalities.e: q - p}
    above = (*here, negation(below))
    far = combine(
        goal,
        (1, summed(each, i, n, above)),
        (others[q], bent),
        (slope * others[p] * (1 - rho**p), instance(power_at_most(), values, above)),
        (slope * _TURN ** (q - p), K.assume(scaled)),
        given=(*above, at_r.conclusion),
    )
    each = K.instantiate(_below_the_turn(tau, here), {w: entry}, (*here, inside))
    near = combine(
        goal,
        (1, summed(each, i, n, (*here, below))),
        (others[q], bent),
        (slope * (rho * tau) ** (q - p), K.assume(scaled)),
        given=(*here, below),
    )
    summed_ = K.cases(near, discharge(far, at_r), below)
    proof.show(summed_, "summed over $J$ and $R$, the factor of $w^p - u^p$ being one for all")
    values = {inequalities.u: rho**q * new[q], inequalities.b: old[q], inequalities.e: 1 / q}
    root = discharge(instance(power_below(), values, here), summed_)
    root = K.instantiate(root, {rho: ratio}, given)
    root = discharge(root, share, algebra(equal(ratio**p * new[p], old[p]), given))
    scale = (
        (n + length(rest)) ** (1 / q - 1 / p) * new[p] ** (1 / p) * (new[q] * old[q]) ** (-1 / q)
    )
    reason = "take the root of order $q$, divide"
    conclude(proof, claim.conclusion, (scale, root), given=given, reason=reason)
    return proof.done()


def _below_one(base: sp.Expr, e: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return base < 1 |- base^e < 1."""
    values = {inequalities.u: base, inequalities.b: sp.Integer(1), inequalities.e: e}
    power = instance(power_below(), values, given)
    return combine(less(base**e, 1), (1, power), given=given)


PROOFS = {"criteria.rising-tide.part": part}
