"""Minkowski's inequality for the sums of two terms that depend on an index.

For r >= 1 (sum of |a + b|^r)^(1/r) <= (sum of |a|^r)^(1/r) + (sum of |b|^r)^(1/r): each term by
the convexity of the power at the shares that the two norms have of their sum.
"""

from __future__ import annotations

from typing import NamedTuple

import sympy as sp

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import Relation, at_most, equal, less, negation
from ...language.operations import Abs
from ...language.symbols import positive, real
from ...language.terms import Total
from . import inequalities
from .classical import (
    algebra_of_signs,
    convex_power,
)
from .combine import (
    Given,
    algebra,
    combine,
    discharge,
    in_power_sums,
    instance,
    left,
    reduced,
    right,
    said_at,
    summed,
    then,
)
from .inequalities import power_at_most, zero_by_size
from .remembered import cache

_A, _B, _R = positive("a"), positive("b"), positive("r")
_X, _Y = real("x"), real("y")


@cache
def _triangle() -> Theorem:
    """Return |- |x + y| <= |x| + |y|."""
    return algebra_of_signs(at_most(Abs(_X + _Y), Abs(_X) + Abs(_Y)))


@cache
def _each() -> Theorem:
    """Return r >= 1 |- |x + y|^r <= (a + b)^r (a/(a + b) |x|^r/a^r + b/(a + b) |y|^r/b^r)."""
    given, whole = (Relation(">=", _R, 1),), _A + _B
    values = {
        inequalities.u: Abs(_X) / _A,
        inequalities.w: Abs(_Y) / _B,
        inequalities.s: _A / whole,
    }
    convex = instance(convex_power(), values, given)
    sizes = {inequalities.u: Abs(_X + _Y), inequalities.w: Abs(_X) + Abs(_Y), inequalities.e: _R}
    power = discharge(instance(power_at_most(), sizes, given), _triangle())
    side = _A / whole * (Abs(_X) / _A) ** _R + _B / whole * (Abs(_Y) / _B) ** _R
    goal = at_most(Abs(_X + _Y) ** _R, whole**_R * side)
    return combine(goal, (1, power), (whole**_R, convex), given=given)


@cache
def _roots() -> Theorem:
    """Return s <= (a + b)^r |- s^(1/r) <= a + b."""
    total, whole = inequalities.u, _A + _B
    given = (at_most(total, whole**_R),)
    values = {inequalities.w: whole**_R, inequalities.e: 1 / _R}
    root = discharge(instance(power_at_most(), values, given), K.assume(given[0]))
    return combine(at_most(total ** (1 / _R), whole), (1, root), given=given)


@cache
def _alone() -> Theorem:
    """Return x = 0 |- |x + y|^r = |y|^r."""
    zero, power = equal(_X, 0), Abs(_X + _Y) ** _R
    shown = then(algebra(equal(power, power)), K.assume(zero))
    return combine(equal(power, Abs(_Y) ** _R), (1, shown), given=(zero,))


class Normed(NamedTuple):
    """The sum of |term|^exponent over an index up to a count, whose root is meant."""

    term: sp.Expr
    exponent: sp.Expr
    count: sp.Expr

    def total(self, i: sp.Symbol) -> Total:
        """Return the sum."""
        return Total(Abs(self.term) ** self.exponent, i, self.count)


def minkowski(one: Normed, two: sp.Expr, i: sp.Symbol, given: Given) -> Theorem:
    """Prove Minkowski's inequality for the terms a of a norm and others, b, over the same index."""
    other, whole = one._replace(term=two), one._replace(term=one.term + two)
    e = one.exponent
    if e == 1:
        here = (*given, *said_at(i, one.count, given))
        each = instance(_triangle(), {_X: one.term, _Y: two}, here)
        return summed(each, i, one.count, given)
    first, second, total = (right(reduced(n.total(i), given)) for n in (one, other, whole))
    goal = at_most(total ** (1 / e), first ** (1 / e) + second ** (1 / e))
    signs = less(0, first), less(0, second)
    inside = _where_both(one, two, i, (*given, *signs), (first, second))
    inside = combine(goal, (1, inside), given=(*given, *signs))
    outside = _where_none(goal, other, one.term, i, (*given, signs[0], negation(signs[1])))
    none = _where_none(goal, one, two, i, (*given, negation(signs[0])))
    return K.cases(K.cases(inside, outside, signs[1]), none, signs[0])


def _where_both(
    one: Normed, two: sp.Expr, i: sp.Symbol, given: Given, sums: tuple[sp.Expr, sp.Expr]
) -> Theorem:
    e, whole = one.exponent, _A + _B
    here = (*given, *said_at(i, one.count, given))
    each = instance(_each(), {_X: one.term, _Y: two, _R: e}, here)
    total = summed(each, i, one.count, given)
    norms = [equal(letter**e, s) for letter, s in zip((_A, _B), sums, strict=True)]
    parts = [
        (-(whole**e) * letter / (whole * letter**e), K.assume(said))
        for letter, said in zip((_A, _B), norms, strict=True)
    ]
    bound = combine(at_most(left(total), whole**e), (1, total), *parts, given=(*given, *norms))
    root = instance(_roots(), {inequalities.u: left(total), _R: e}, (*given, *norms))
    values = {_A: sums[0] ** (1 / e), _B: sums[1] ** (1 / e)}
    return instance(discharge(root, bound), values, given)


def _where_none(
    goal: Relation, none: Normed, other: sp.Expr, i: sp.Symbol, given: Given
) -> Theorem:
    """Prove the inequality where one of the sums is not above 0: all its terms are 0."""
    e, here = none.exponent, (*given, *said_at(i, none.count, given))
    meaning = reduced(none.total(i), given)
    part = then(K.summand(none.total(i), i, here), meaning)
    small = at_most(left(part), 0)
    zero = combine(small, (1, part), (1, K.assume(given[-1])), given=here)
    values = {inequalities.u: left(part), inequalities.w: sp.Integer(0), inequalities.e: 1 / e}
    root = discharge(instance(power_at_most(), values, here), zero)
    root = combine(at_most(Abs(none.term), 0), (1, root), given=here)
    zero = discharge(instance(zero_by_size(), {_X: none.term}, here), root)
    same = discharge(instance(_alone(), {_X: none.term, _Y: other, _R: e}, here), zero)
    same = in_power_sums(K.sum_up(same, i, none.count), given)
    power = then(algebra(equal(goal.left, goal.left), given), same)
    return combine(goal, (1, power), given=given)
