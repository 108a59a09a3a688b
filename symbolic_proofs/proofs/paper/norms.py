"""When the p-norm rises with an entry, and what I says of the ratio of norms."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import N, R, alpha, p, q, x
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import Relation, at_most, less
from ...language.operations import Abs
from ...language.terms import PowerSum
from ..tactics import inequalities
from ..tactics.combine import algebra, combine, discharge, instance, rewrite
from ..tactics.inequalities import power_at_most, power_below
from ..tactics.unfold import conclude, unfolded


def p_norm_of_sum() -> Derivation:
    """||[x + α, R]||_p > ||[x, R]||_p exactly when 2x + α > 0."""
    claim = find_claim("adjust.p-norm.amended")
    rises, above = claim.conclusion.args
    proof = Proof()
    rest = PowerSum(R, p)
    raised, kept = Abs(x + alpha), Abs(x)

    past = combine(less(0, x + alpha), (sp.Rational(1, 2), K.assume(above)))
    farther = K.cases(
        algebra(less(kept, raised), (above, Relation(">=", x, 0))),
        discharge(algebra(less(kept, raised), (above, Relation("<", x, 0), past.conclusion)), past),
        Relation(">=", x, 0),
    )
    proof.show(farther, "both for $x ≥ 0$ and for $x < 0$")
    power = discharge(
        instance(
            power_below(),
            {inequalities.u: kept, inequalities.b: raised, inequalities.e: p},
            (above, farther.conclusion),
        ),
        farther,
    )
    total = combine(less(kept**p + rest, raised**p + rest), (1, power))
    here = (above, farther.conclusion)
    values = {
        inequalities.u: kept**p + rest,
        inequalities.b: raised**p + rest,
        inequalities.e: 1 / p,
    }
    root = discharge(instance(power_below(), values, here), total)
    forth = conclude(proof, rises, (1, root), given=here, reason="powers and roots rise")
    forth = discharge(forth, farther)

    below = Relation("<=", above.left, above.right)
    before = combine(less(x, 0), (sp.Rational(1, 2), K.assume(below)))
    known = (below, before.conclusion)
    nearer = K.cases(
        algebra(at_most(raised, kept), (*known, Relation(">=", x + alpha, 0))),
        algebra(at_most(raised, kept), (*known, Relation("<", x + alpha, 0))),
        Relation(">=", x + alpha, 0),
    )
    nearer = discharge(nearer, before)
    proof.show(nearer, "$x < 0$; both for $x + α ≥ 0$ and for $x + α < 0$")
    power = discharge(
        instance(
            power_at_most(),
            {inequalities.u: raised, inequalities.w: kept, inequalities.e: p},
            (below,),
        ),
        nearer,
    )
    total = combine(at_most(raised**p + rest, kept**p + rest), (1, power))
    values = {
        inequalities.u: raised**p + rest,
        inequalities.w: kept**p + rest,
        inequalities.e: 1 / p,
    }
    root = discharge(instance(power_at_most(), values, (below,)), total)
    falls = Relation("<=", rises.left, rises.right)
    back = conclude(proof, falls, (1, root), given=(below,), reason="powers and roots rise")
    proof.show(K.iff(forth, back, rises, above), "both directions are shown")
    return proof.done()


def larger_index() -> Derivation:
    """At the same length, I(V) > I(W) exactly when V has the smaller ratio of norms."""
    claim = find_claim("adjust.inference.amended")
    proof = Proof()
    larger, smaller = claim.conclusion.args
    scale = N ** (1 / q - 1 / p)

    def both_ways(statement: Relation, other: Relation, factor: sp.Expr) -> Theorem:
        given = (*claim.given, other)
        ratios = rewrite(
            K.assume(other), *unfolded(other.left, given), *unfolded(other.right, given)
        )
        return conclude(
            proof, statement, (factor, ratios), given=given, reason="by the definition of $I$"
        )

    forth = both_ways(larger, smaller, scale)
    back = both_ways(
        Relation("<=", larger.left, larger.right),
        Relation(">=", smaller.left, smaller.right),
        scale,
    )
    proof.show(K.iff(forth, back, larger, smaller), "both directions are shown")
    return proof.done()


PROOFS = {"adjust.p-norm.amended": p_norm_of_sum, "adjust.inference.amended": larger_index}
