"""Letters in the place of long terms, while what is said of them is put together.

What a rule asks of a term's sign it works out from the term and from every hypothesis. Over letters
that takes no time; then the terms are put back, and what was assumed of the letters is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import And, Relation, at_most, equal, less
from ...language.symbols import real
from .combine import Given, algebra, combine, discharge, left, ordered, right
from .remembered import cache

_X, _Y, _Z = real("x"), real("y"), real("z")
Letters = Mapping[sp.Symbol, sp.Expr]


def over_letters(
    goal: Relation, *parts: tuple[object, Theorem], letters: Letters, given: Given = ()
) -> Theorem:
    """Prove a relation as `combine` does, each letter in the place of its term if it is met."""
    said = (goal, *(theorem.conclusion for _, theorem in parts))
    letters = {k: term for k, term in letters.items() if any(f.has(term) for f in said)}
    put = {term: letter for letter, term in letters.items()}
    assumed = [(c, K.assume(theorem.conclusion.xreplace(put))) for c, theorem in parts]
    shown = combine(goal.xreplace(put), *assumed, given=given)
    hypotheses = frozenset().union(*(theorem.hypotheses for _, theorem in parts))
    shown = K.instantiate(shown, dict(letters), (*ordered(hypotheses), *given))
    return discharge(shown, *(theorem for _, theorem in parts))


@cache
def _below() -> Theorem:
    return combine(less(_X, _Z), (1, K.assume(less(_X, _Y))), (1, K.assume(at_most(_Y, _Z))))


def below(first: Theorem, second: Theorem) -> Theorem:
    """From a < b and b <= c to a < c."""
    values = {_X: left(first), _Y: right(first), _Z: right(second)}
    given = ordered(first.hypotheses | second.hypotheses)
    return discharge(K.instantiate(_below(), values, given), first, second)


def itself(
    term: sp.Expr, given: Given, comparison: Callable[[object, object], Relation] = equal
) -> Theorem:
    """Return x = x, or x <= x, for a term that is not brought to a normal form for it."""
    return K.instantiate(algebra(comparison(_X, _X)), {_X: term}, given)


def named(term: sp.Expr, letter: sp.Symbol) -> Theorem:
    """Return that a term is what a letter stands for, under that as a hypothesis.

    It is held back in an And, where no rule looks for signs: so the term costs nothing until
    `unnamed` puts it back.
    """
    stands = equal(term, letter)
    return K.conjunct(K.assume(And(stands)), stands)


def unnamed(theorem: Theorem, letters: Letters, given: Given) -> Theorem:
    """Put the terms back in the place of their letters."""
    theorem = K.instantiate(theorem, dict(letters), given)
    return discharge(theorem, *(K.both(itself(term, given)) for term in letters.values()))
