"""Moving weight between two entries: Robin Hood and its reverse.

Both for p <= 1 <= q, and Robin Hood for two entries.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import LESS, R_nonnegative, epsilon, p, q, u, v
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import Formula, Relation, at_most, equal, less, unequal
from ...language.symbols import positive
from ...language.terms import PowerSum, PQIndex
from ...language.vectors import concat
from ..tactics import inequalities
from ..tactics.combine import algebra, combine, discharge, instance, rewrite, then
from ..tactics.inequalities import bernoulli_at_one, bernoulli_below, power_at_most, power_below
from ..tactics.remembered import cache
from ..tactics.unfold import conclude
from .one_entry import A, B, comparison, sides, y, z

#: two entries a >= b > 0, and d of b moved to a; an exponent
a, b, d, r = positive("a"), positive("b"), positive("d"), positive("r")
_ORDER = (at_most(b, a), at_most(d, b))


@cache
def spread(above: bool) -> Theorem:
    """Return r > 1 |- (a + d)^r + (b - d)^r > a^r + b^r, for a >= b >= d.

    For r < 1 (above=False) it is <.
    """
    given = (*_ORDER, less(1, r) if above else less(r, 1))
    bend = bernoulli_at_one if above else bernoulli_below
    up, down = (a + d) / a, (b - d) / b
    high = instance(bend(True), {inequalities.u: up, inequalities.s: r}, given)
    low = instance(bend(False), {inequalities.u: down, inequalities.s: r}, given)
    # the slopes r a^(r-1) and r b^(r-1) are in the order of a and b, or the reverse
    if above:
        slopes = instance(
            power_at_most(), {inequalities.u: b, inequalities.w: a, inequalities.e: r - 1}, given
        )
        weights = (a**r, high), (b**r, low), (r * d, slopes)
    else:
        slopes = instance(
            power_at_most(), {inequalities.u: b, inequalities.w: a, inequalities.e: 1 - r}, given
        )
        weights = (a**r, high), (b**r, low), (r * d * (a * b) ** (r - 1), slopes)
    goal = Relation(">" if above else "<", (a + d) ** r + (b - d) ** r, a**r + b**r)
    return combine(goal, *weights, given=given)


@cache
def spread_weakly(above: bool) -> Theorem:
    """Return r >= 1 |- (a + d)^r + (b - d)^r >= a^r + b^r, for a >= b >= d.

    For r <= 1 (above=False) it is <=.
    """
    op = ">=" if above else "<="
    goal = Relation(op, (a + d) ** r + (b - d) ** r, a**r + b**r)
    strictly = spread(above)
    beyond = less(1, r) if above else less(r, 1)
    weak = combine(goal, (1, strictly))
    one = K.antisymmetry(K.assume(Relation("<=", r, 1)), K.assume(Relation("<=", 1, r)))
    sums = [
        then(algebra(equal(term, term), _ORDER), one)
        for term in ((a + d) ** r + (b - d) ** r, a**r + b**r)
    ]
    sign = 1 if above else -1
    at_one = combine(goal, (-sign, sums[0]), (sign, sums[1]), given=_ORDER)
    return K.cases(weak, at_one, beyond)


def _moved(
    proof: Proof, low: sp.Expr, high: sp.Expr, step: sp.Expr, given: tuple[Formula, ...]
) -> Theorem:
    """Show S_p'^(1/p)/S_q'^(1/q) < S_p^(1/p)/S_q^(1/q) after a move.

    That is for [high + step, low - step, R] against [high, low, R].
    """
    given = tuple(given)
    values = {a: high, b: low, d: step}
    rest_p, rest_q = PowerSum(R_nonnegative, p), PowerSum(R_nonnegative, q)

    def total(exponent: sp.Expr, x: sp.Expr, x2: sp.Expr, rest: sp.Expr) -> sp.Expr:
        return x**exponent + x2**exponent + rest

    new_p, old_p = total(p, high + step, low - step, rest_p), total(p, high, low, rest_p)
    new_q, old_q = total(q, high + step, low - step, rest_q), total(q, high, low, rest_q)
    weak_p = instance(spread_weakly(False), {**values, r: p}, given)
    weak_q = instance(spread_weakly(True), {**values, r: q}, given)
    proof.show(
        weak_p, "$t^p$ is concave for $p ≤ 1$ (Bernoulli at both entries; the slopes are in order)"
    )
    proof.show(weak_q, "$t^q$ is convex for $q ≥ 1$")
    goal = less(new_p ** (1 / p) / new_q ** (1 / q), old_p ** (1 / p) / old_q ** (1 / q))

    def joined(strict_p: bool, extra: Formula) -> Theorem:
        more = (*given, extra)
        if strict_p:
            strict = instance(spread(False), {**values, r: p}, more)
            below = combine(less(new_p, old_p), (1, strict), given=more)
            root_p = discharge(
                instance(
                    power_below(),
                    {inequalities.u: new_p, inequalities.b: old_p, inequalities.e: 1 / p},
                    more,
                ),
                below,
            )
            below = combine(at_most(old_q, new_q), (1, weak_q), given=more)
            root_q = discharge(
                instance(
                    power_at_most(),
                    {inequalities.u: old_q, inequalities.w: new_q, inequalities.e: 1 / q},
                    more,
                ),
                below,
            )
        else:
            strict = instance(spread(True), {**values, r: q}, more)
            below = combine(at_most(new_p, old_p), (1, weak_p), given=more)
            root_p = discharge(
                instance(
                    power_at_most(),
                    {inequalities.u: new_p, inequalities.w: old_p, inequalities.e: 1 / p},
                    more,
                ),
                below,
            )
            below = combine(less(old_q, new_q), (1, strict), given=more)
            root_q = discharge(
                instance(
                    power_below(),
                    {inequalities.u: old_q, inequalities.b: new_q, inequalities.e: 1 / q},
                    more,
                ),
                below,
            )
        return combine(
            goal,
            (new_q ** (-1 / q), root_p),
            (old_p ** (1 / p) * old_q ** (-1 / q) * new_q ** (-1 / q), root_q),
            given=more,
        )

    concave, convex = less(p, 1), at_most(1, p)
    left = joined(True, concave)
    right_side = joined(False, less(1, q))
    right_side = discharge(
        right_side, combine(less(1, q), (1, K.assume(LESS)), (1, K.assume(convex)))
    )
    return proof.show(
        K.cases(left, right_side, concave),
        "take roots; one of the two is strict, since $p < 1$ or $q > 1$",
    )


def concentration() -> Derivation:
    """Moving weight to the larger entry raises I, for p <= 1 <= q."""
    claim = find_claim("adjust.concentration.amended")
    proof = Proof()
    lemma = _moved(proof, v, u, epsilon, claim.given)
    scale = (R_nonnegative.args[1] + 2) ** (1 / q - 1 / p)
    conclude(
        proof,
        claim.conclusion,
        (scale, lemma),
        given=claim.given,
        reason="by the definition of $I$",
    )
    return proof.done()


def robin_hood() -> Derivation:
    """Moving weight to the smaller entry lowers I, for p <= 1 <= q."""
    claim = find_claim("criteria.robin-hood.amended")
    proof = Proof()
    lemma = _moved(proof, v + epsilon, u - epsilon, epsilon, claim.given)
    scale = (R_nonnegative.args[1] + 2) ** (1 / q - 1 / p)
    conclude(
        proof,
        claim.conclusion,
        (scale, lemma),
        given=claim.given,
        reason="by the definition of $I$",
    )
    return proof.done()


def two_entries() -> Derivation:
    """With two entries, scale the new pair so that its larger entry is the old one.

    Then only the smaller entry differs.
    """
    claim = find_claim("criteria.robin-hood.two-entries")
    given = claim.given
    proof = Proof()
    proof.show_all(comparison().steps)
    factor = u / (u - epsilon)
    moved = factor * (v + epsilon)
    within = algebra(less(moved, u), given)
    powers_low = instance(
        power_below(), {inequalities.u: v, inequalities.b: moved, inequalities.e: q}, given
    )
    powers_low = discharge(powers_low, algebra(less(v, moved), given))
    reach = discharge(
        instance(
            power_below(), {inequalities.u: moved, inequalities.b: u, inequalities.e: q - p}, given
        ),
        within,
    )
    side = combine(less(u**p * moved**q, u**q * moved**p), (u**p * moved**p, reach), given=given)
    proof.show(
        side, "$τ$ of the other entry $u$ is $u$ itself, and $z = (v + ε)·u/(u - ε)$ is below it"
    )
    statement = sides.xreplace({y: v, z: moved, A: u**p, B: u**q})
    product = combine(statement, (moved**q - v**q, side), given=(*given, powers_low.conclusion))
    product = discharge(product, powers_low)
    lemma = K.instantiate(comparison().theorem, {y: v, z: moved, A: u**p, B: u**q}, given)
    lemma = discharge(
        lemma,
        product,
        combine(unequal(v, moved), given=(*given, less(v, moved))),
        algebra(less(v, moved), given),
    )
    lemma = discharge(lemma, algebra(less(v, moved), given))
    scaled = PQIndex(factor * concat(u - epsilon, v + epsilon), p, q)
    compared = conclude(
        proof,
        less(scaled, claim.conclusion.right),
        (sp.Integer(2) ** (1 / q - 1 / p), lemma),
        given=given,
        reason="at $A = u^p$, $B = u^q$, $y = v$: the pair $[u, z]$ against $[u, v]$",
    )
    same = conclude(
        proof,
        equal(scaled, claim.conclusion.left),
        given=given,
        reason="scaling leaves $I$ as it is",
        power_sums=False,
    )
    proof.show(rewrite(compared, same), "so the moved pair has the smaller $I$")
    return proof.done()


PROOFS = {
    "adjust.concentration.amended": concentration,
    "criteria.robin-hood.amended": robin_hood,
    "criteria.robin-hood.two-entries": two_entries,
}
