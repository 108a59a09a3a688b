"""Measures that are a root: what is under it is not negative, and the root rises with it."""

from __future__ import annotations

from itertools import permutations

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, N, W, nonzero, p, q
from ...derivations.derivation import Proof
from ...kernel import KernelError, Theorem
from ...language.formulas import Formula, Relation, at_most, less
from ...language.operations import Power
from ...language.terms import PowerSum
from ...language.vectors import Vector, length
from ..paper.range import power_means
from . import inequalities
from .combine import Given, combine, discharge, instance, left, settle
from .inequalities import power_at_most, power_below
from .lift import exponents_of, factor_of

#: powers of the ratio of norms that measures are made of
POWERS = (1, 2, 4)


def under_roots(goal: Formula) -> tuple[Relation, sp.Expr] | None:
    """Return the comparison of what stands under two roots of one order, and their exponent."""
    if not isinstance(goal, Relation) or not (
        isinstance(goal.left, Power) and isinstance(goal.right, Power)
    ):
        return None
    e = goal.left.exp
    if e != goal.right.exp or not e.is_Rational or not 0 < e < 1:
        return None
    return Relation(goal.op, goal.left.base, goal.right.base), e


def not_negative(inner: Relation, given: Given) -> list[Theorem]:
    """Prove that both sides are >= 0, each from the range of the PQ index of its exponents."""
    return [_not_negative(side, given) for side in dict.fromkeys((inner.left, inner.right))]


def _not_negative(term: sp.Expr, given: Given) -> Theorem:
    goal = at_most(0, term)
    vectors = dict.fromkeys(s.args[0] for s in sp.preorder_traversal(term) if _is_sum(s))
    for vector in vectors:
        for low, high in permutations(exponents_of(goal), 2):
            for power in POWERS:
                try:
                    return _in_range(goal, vector, low, high, power, given)
                except KernelError:
                    continue
    raise KernelError("{} is not seen", goal)


def _is_sum(node: sp.Basic) -> bool:
    return isinstance(node, PowerSum)


def _in_range(
    goal: Relation, vector: Vector, low: sp.Expr, high: sp.Expr, power: int, given: Given
) -> Theorem:
    values = {p: low, q: high, N: length(vector), W: vector}
    ratio = power_means(Proof(), (LESS, nonzero(W)), p, q, strict=False)
    ratio = settle(K.instantiate(ratio, values, given), given)
    if power != 1:
        lift = {
            inequalities.u: left(ratio),
            inequalities.w: sp.Integer(1),
            inequalities.e: sp.Integer(power),
        }
        ratio = discharge(instance(power_at_most(), lift, given), ratio)
    return combine(goal, (factor_of(goal, ratio.conclusion, given), ratio), given=given)


def lifted(goal: Relation, inner: Theorem, e: sp.Expr, given: Given) -> Theorem:
    """Prove a comparison of two roots from that of what stands under them."""
    relation = inner.conclusion
    if not isinstance(relation, Relation):
        raise KernelError("{} is not a comparison", relation)
    low, high = relation.oriented().left, relation.oriented().right
    zero = _not_negative(low, given)
    above = combine(less(0, high), (1, zero), (1, inner), given=given)
    known = (*given, zero.conclusion, above.conclusion)
    raised = instance(
        power_below(), {inequalities.u: low, inequalities.b: high, inequalities.e: e}, known
    )
    shown = combine(goal, (1, discharge(raised, inner)), given=known)
    return discharge(shown, zero, above)
