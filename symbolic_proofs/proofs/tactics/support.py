"""What counts only where a value is not 0: a comparison by cases on whether it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Relation, equal, less, negation, unequal
from ...language.operations import Abs, Sum, factors, order, summands
from ...language.terms import OnNonzero
from ...language.vectors import Entry
from ...rational_terms import expanded
from .combine import Given, algebra, combine, discharge, from_given, left, right, then
from .lift import factor_of
from .sorting import hidden
from .unfold import restated

Show = Callable[[Relation, Given], Theorem]


def counting(goal: Relation) -> list[OnNonzero]:
    """Return the terms of a goal, outside of its sums, that count only where a value is not 0."""
    return sorted((h for h in goal.atoms(OnNonzero) if not hidden(h)), key=order)


def by_support(goal: Relation, given: Given, show: Show) -> Theorem:
    """Prove a goal by `show` where the values on which its terms turn are 0 and where they are not.

    Raises KernelError where `show` does.
    """
    value = _undecided(counting(goal), given)
    if value is None:
        return _without(goal, given, (), show)
    sign = _sign_under(value, Facts(given))
    if sign is not None:
        for said in (sign, negation(sign)):
            try:
                seen = from_given(said, given)
            except KernelError:
                continue
            return discharge(by_support(goal, (*given, said), show), seen)
        sides = (by_support(goal, (*given, said), show) for said in (sign, negation(sign)))
        return K.cases(*sides, sign)
    there, zero = unequal(value, 0), equal(value, 0)
    inside, outside = (_without(goal, given, (at,), show) for at in (there, zero))
    return K.cases(inside, outside, there)


def _undecided(heads: list[OnNonzero], given: Given) -> sp.Expr | None:
    facts = Facts(given)
    for value in sorted((h.args[2] for h in heads), key=_size):
        if not (facts.nonzero(value) or (facts.nonnegative(value) and facts.nonnegative(-value))):
            return value
    return None


def _sign_under(value: sp.Expr, facts: Facts) -> Relation | None:
    """Return the sign that decides a value with bars, as x + |x| is 0 where x is not above 0."""
    bars = [b for part in summands(value) for b in factors(part) if isinstance(b, Abs)]
    if not (bars and isinstance(value, Sum)):
        return None
    x = max(bars, key=_size).args[0]
    if facts.nonnegative(x) or facts.nonnegative(-x):
        return None
    above = Sum(*(part for part in summands(x) if not _is_negated(part)))
    return less(expanded(above - x), above)


def _is_negated(term: sp.Expr) -> bool:
    return bool(factors(term)[0].is_Rational and factors(term)[0] < 0)


def _size(value: sp.Expr) -> tuple[int, object]:
    return sum(1 for _ in sp.preorder_traversal(value)), order(value)


def _without(goal: Relation, given: Given, more: tuple[Relation, ...], show: Show) -> Theorem:
    """Prove a goal from what it says once the terms that are decided have gone."""
    here, known = (*given, *more), []
    zeros = [K.assume(said) for said in more if said.op == "="]
    for head in counting(goal):
        with suppress(KernelError):
            known.append(K.on_nonzero(head, here))
        for zero in zeros:
            with suppress(KernelError):
                none = equal(head.args[2], 0)
                product = (factor_of(none, zero.conclusion, here), zero)
                shown = combine(none, product, given=here)
                known.append(discharge(K.on_nonzero(head, (*given, none)), shown))
    # a letter or an entry that is 0 is put in; what a longer value is made of may not be
    known += [z for z in zeros if isinstance(left(z), sp.Symbol | Entry)]
    # where x is 0 it is not seen that sign(x y) has a value
    one, two = (then(algebra(equal(s, s), given), *known) for s in (goal.left, goal.right))
    shown = show(Relation(goal.op, right(one), right(two)), here)
    return restated(goal, shown, one, two)
