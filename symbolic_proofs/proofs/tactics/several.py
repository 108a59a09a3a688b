"""One of several: a goal from each of them, and that one of them holds."""

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


def ways(some: Formula) -> tuple[Formula, ...]:
    """Return those of which one holds."""
    return tuple(map(negation, some.args[0].args))


def one_of(known: Theorem, some: Formula) -> Theorem:
    """Return that one of several holds, from one of them as a theorem."""
    failing = K.conjunct(K.assume(negation(some)), Not(known.conclusion))
    return K.cases(K.assume(some), K.absurd(failing, known, some), some)


def denial(theorem: Theorem) -> Theorem:
    """Return the contrary of a relation, from a theorem that says that it does not hold."""
    stated = theorem.conclusion.args[0]
    goal = negation(stated)
    return K.cases(K.absurd(theorem, K.assume(stated), goal), K.assume(goal), stated)
