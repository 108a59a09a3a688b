"""What hypotheses and whole numbers say to be >= 0: the differences of the sides of comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from ..language.formulas import Constant, Formula, NonZero, Not, Relation
from ..language.operations import (
    Ceiling,
    Sum,
    base_and_exponent,
    factors,
    nodes_in,
    order,
    summands,
)
from ..language.symbols import kind_of
from ..language.vectors import VectorSymbol, length
from .normal_form import Algebra
from .polynomials import UNDIVIDED, Form, NotAlgebraicError, Polynomial, whole_part

#: a term that is >= 0, and whether it is > 0
_Said = tuple[sp.Expr, bool]


class Differences:
    """b - a and whether it is > 0, for every hypothesis a < b, in normal form.

    A fraction tells no sign here, and is left out. The normal form of a long hypothesis takes long:
    it is made once no shorter one was enough.
    """

    def __init__(self, said: list[_Said], algebra: Algebra) -> None:
        """Take the differences as terms, the shortest last, and what makes normal forms."""
        self.said = said
        self._algebra = algebra
        self._unread = list(said)
        self._known: list[tuple[Polynomial, bool]] = []

    def __iter__(self) -> Iterator[tuple[Polynomial, bool]]:
        done = 0
        while True:
            while done == len(self._known):
                if not self._unread:
                    return
                difference, strict = self._unread[-1]
                form = None if _is_divided(difference) else form_of(self._algebra, difference)
                self._unread.pop()  # now: more work than is allowed may have ended the line above
                if form is not None and form.denominator == UNDIVIDED:
                    self._known.append((form.numerator, strict))
            yield self._known[done]
            done += 1


def form_of(algebra: Algebra, term: sp.Expr) -> Form | None:
    """Return the normal form of a term, None if it has none."""
    try:
        return algebra.form(term)
    except NotAlgebraicError:
        return None


def _is_divided(term: sp.Expr) -> bool:
    """Tell whether a sum divides in a term, seen as it is written: it has a denominator then."""
    powers = (base_and_exponent(f) for part in summands(term) for f in factors(part))
    return any(isinstance(base, Sum) and whole_part(e)[0] < 0 for base, e in powers)


def differences_said(hypotheses: Iterable[Formula], relations: Iterable[Relation]) -> list[_Said]:
    """Return b - a and whether it is > 0 for every hypothesis a < b, the shortest last.

    Those a <= b and, both ways, a = b give one too, and a vector that is said to have so many
    entries at least. `relations` are the comparisons among the hypotheses, oriented.
    """
    said = [(size - least, False) for least, size in _least_lengths(hypotheses)]
    for h in relations:
        if h.op != "!=":
            said.append((h.right - h.left, h.op == "<"))
        if h.op == "=":
            said.append((h.left - h.right, False))
    return sorted(said, key=lambda pair: -nodes_in(pair[0]))


def _least_lengths(hypotheses: Iterable[Formula]) -> list[tuple[int, sp.Expr]]:
    """Return (k, N) where a vector of length N is said to have k entries at least."""
    found: list[tuple[int, sp.Expr]] = []
    said = [h for h in hypotheses if isinstance(h, NonZero | Not)]
    for h in sorted(said, key=order):
        match h:
            case NonZero(args=(VectorSymbol() as v,)):
                found.append((1, length(v)))
            case Not(args=(Constant(args=(VectorSymbol() as v,)),)):
                found.append((2, length(v)))
    return found


def whole_steps(polynomial: Polynomial, algebra: Algebra) -> list[tuple[Polynomial, bool]]:
    """Return s - 1 for every whole number s > 0 in a polynomial: it is at least 1.

    And x <= ceil(x) < x + 1 for every ceiling in it.
    """
    atoms = {atom: None for m in polynomial for atom, _ in m}
    said: list[_Said] = [(s - 1, False) for s in atoms if s.is_Symbol and kind_of(s) == "count"]
    for rounded in (atom for atom in atoms if isinstance(atom, Ceiling)):
        above = rounded - rounded.args[0]
        said += [(above, False), (1 - above, True)]
    forms = [(form_of(algebra, term), strict) for term, strict in said]
    return [(f.numerator, strict) for f, strict in forms if f and f.denominator == UNDIVIDED]
