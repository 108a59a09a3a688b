"""What counts only where a value is not 0: a comparison by cases on whether it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Relation, equal, unequal
from ...language.operations import order
from ...language.terms import OnNonzero
from ...language.vectors import Entry
from .combine import Given, algebra, combine, discharge, left, right, then
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
    there, zero = unequal(value, 0), equal(value, 0)
    inside, outside = (_without(goal, given, (at,), show) for at in (there, zero))
    return K.cases(inside, outside, there)


def _undecided(heads: list[OnNonzero], given: Given) -> sp.Expr | None:
    facts = Facts(given)
    for value in sorted((h.args[2] for h in heads), key=_size):
        if not (facts.nonzero(value) or (facts.nonnegative(value) and facts.nonnegative(-value))):
            return value
    return None


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
