"""What is given as one of several: a goal from each of them."""

from __future__ import annotations

from collections.abc import Callable

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import And, Formula, Not, negation
from .combine import Given


def is_or(formula: Formula) -> bool:
    """Tell whether a formula says that one of several holds."""
    return isinstance(formula, Not) and isinstance(formula.args[0], And)


def each_of(
    some: Formula, goal: Formula, given: Given, show: Callable[[Given], Theorem]
) -> Theorem:
    """Prove a goal from each of several of which one holds.

    Raises KernelError where `show` does.
    """
    rest = tuple(h for h in given if h != some)
    failing = some.args[0].args
    shown = K.absurd(K.weaken(K.both(*map(K.assume, failing)), rest), K.assume(some), goal)
    for part in failing:
        shown = K.cases(shown, show((*rest, negation(part))), part)
    return shown
