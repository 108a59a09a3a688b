"""Signs: which terms are positive, nonnegative or nonzero under given hypotheses.

Answers are True or False for "shown" and "not shown"; nothing here shows that a condition fails.
A sign is read off a normal form whose terms agree in sign, or off one hypothesis a < b times a
monomial of known sign, or b - a plus terms of known sign. What needs more is proved by a rule
with explicit coefficients.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain
from typing import Self

import sympy as sp

from ..language.binders import Binder
from ..language.formulas import Every, Formula, Relation
from ..language.kinds import is_nonnegative
from ..language.operations import (
    Abs,
    Ceiling,
    Exp,
    Power,
    Product,
    Sum,
    order,
)
from ..language.sums import ShortestWindow
from ..language.symbols import bound_symbol, kind_of
from ..language.terms import Greatest, Least, NonzeroCount, Norm, PowerSum, Total
from ..language.vectors import (
    Entry,
    Vector,
)
from .differences import Differences, differences_said, form_of, whole_steps
from .normal_form import Algebra
from .polynomials import (
    UNDIVIDED,
    Form,
    Monomial,
    Polynomial,
    as_term,
    plus,
)

_ZERO, UNKNOWN = "zero", "unknown"
#: how often a sign may rest on a hypothesis that rests on the sign of another term
_RANK = 4
#: the signs that no hypothesis makes any better
_SETTLED = ("positive", _ZERO)
_NOT_NEGATIVE = ("positive", "nonnegative", _ZERO)
_SIGN_OF_KIND = {"nonnegative": "nonnegative", "positive": "positive"}
_SIGN_OF_KIND |= {"size": "nonnegative", "count": "positive"}


def _negative(form: Form) -> Form:
    return Form({m: -c for m, c in form.numerator.items()}, form.denominator)


#: normal forms by the kinds of symbols alone, which no hypothesis changes
_PLAIN = Algebra(is_nonnegative)


class Signs(ABC):
    """What the hypotheses say about signs.

    Signs and normal forms need each other: x^2 is |x|^2 unless x >= 0 is known. So there are ranks.
    The forms of one rank are made with the signs of the rank below, and a sign that a hypothesis
    shows rests on signs of the rank below; on rank 0 only the structure of a term speaks. No
    question comes back to itself, and no answer depends on what was asked before.
    """

    _relations: list[Relation]
    _differences: Differences

    def __init__(self, hypotheses: Iterable[Formula], depth: int = 0, rank: int = _RANK) -> None:
        self.hypotheses = frozenset(hypotheses)
        self._depth, self._rank = depth, rank
        self._ranges: dict[sp.Symbol, sp.Expr] = {}
        self._weaker = type(self)(self.hypotheses, depth, rank - 1) if rank else None
        self.algebra = Algebra(self._weaker.nonnegative) if self._weaker else _PLAIN
        self._signs: dict[sp.Expr, str] = {}
        self._nonzero: dict[sp.Expr, bool] = {}
        self._defined: dict[sp.Basic, bool] = {}
        self._parts: dict[Vector, str] = {}
        self._opened: dict[sp.Expr, Self] = {}
        if self._weaker:
            self._relations, said = self._weaker._relations, self._weaker._differences.said
        else:
            relations = [h.oriented() for h in self.hypotheses if isinstance(h, Relation)]
            self._relations = sorted(relations, key=order)
            said = differences_said(self.hypotheses, self._relations)
        self._differences = Differences(said, self.algebra)

    @abstractmethod
    def nonzero_vector(self, v: Vector) -> bool:
        """Tell whether some entry is shown not to be 0."""

    @abstractmethod
    def _entries_sign(self, vector: Vector) -> str:
        """Return a sign that every entry of a vector has."""

    def positive(self, term: sp.Expr) -> bool:
        """Tell whether term > 0 is shown."""
        return self._sign(term) == "positive"

    def nonnegative(self, term: sp.Expr) -> bool:
        """Tell whether term >= 0 is shown."""
        if self._weaker and term not in self._signs and self._weaker.nonnegative(term):
            return True  # whether it is > 0 may take long, and was not asked
        return self._sign(term) in _NOT_NEGATIVE

    def nonzero(self, term: sp.Expr) -> bool:
        """Tell whether term != 0 is shown."""
        known = self._nonzero.get(term)
        if known is None:
            known = self._nonzero[term] = self._shown_nonzero(term)
        return known

    def _shown_nonzero(self, term: sp.Expr) -> bool:
        if self.positive(term) or self.positive(-term):
            return True
        if isinstance(term, Product) and all(map(self.nonzero, term.args)):
            return True
        if isinstance(term, Power):
            return self.nonzero(term.base)
        if isinstance(term, Abs):
            return self.nonzero(term.args[0])
        return self._said_unequal(term)

    def _said_unequal(self, term: sp.Expr) -> bool:
        unequal = (h for h in self._relations if h.op == "!=")
        return any(self._is_multiple(term, h.left - h.right) for h in unequal)

    def _is_multiple(self, a: sp.Expr, b: sp.Expr) -> bool:
        """Tell whether a = c b for a monomial c that is not 0."""
        left, right = form_of(self.algebra, a), form_of(self.algebra, b)
        ratio = left and right and self.algebra.monomial_ratio(left.numerator, right.numerator)
        if not ratio:
            return False
        atoms = [atom for atom, _ in ratio[1]]
        return all(map(self._weaker.nonzero, atoms)) if self._weaker else not atoms

    def _sign(self, term: sp.Expr) -> str:
        known = self._signs.get(term)
        if known is None:
            known = self._signs[term] = self._shown_sign(term)
        return known

    def _shown_sign(self, term: sp.Expr) -> str:
        sign = self._weaker._sign(term) if self._weaker else UNKNOWN
        if sign not in _SETTLED:
            sign = self._better(sign, self._structural(term))
        if sign not in _SETTLED and self._weaker:
            sign = self._better(sign, self._from_hypotheses(term, self._weaker))
        if sign == "nonnegative" and self._said_unequal(term):
            sign = "positive"
        return sign

    @staticmethod
    def _better(a: str, b: str) -> str:
        order = (UNKNOWN, "nonnegative", "positive", _ZERO)
        return max(a, b, key=order.index)

    def _structural(self, term: sp.Expr) -> str:
        if term.is_Rational:
            return _ZERO if term == 0 else "positive" if term > 0 else UNKNOWN
        if term.is_Symbol:
            return _SIGN_OF_KIND.get(kind_of(term), UNKNOWN)
        if isinstance(term, Product):
            if any(part.is_Rational and part < 0 for part in term.args):
                return UNKNOWN
            return self._least([self._sign(part) for part in term.args], strict_needs_all=True)
        if isinstance(term, Sum):
            return self._sign_of_sum(term.args)
        if isinstance(term, Exp):
            return "positive"
        if isinstance(term, Power):
            base = self._sign(term.base)
            if base == "positive":
                return "positive"
            if term.exp.is_Integer and int(term.exp) % 2 == 0 and int(term.exp) > 0:
                return "positive" if self.nonzero(term.base) else "nonnegative"
            return "nonnegative" if base == "nonnegative" else UNKNOWN
        if isinstance(term, Abs):
            return "positive" if self.nonzero(term.args[0]) else "nonnegative"
        if isinstance(term, PowerSum | Norm):
            return "positive" if self.nonzero_vector(term.args[0]) else "nonnegative"
        if isinstance(term, NonzeroCount):
            return "positive" if self.nonzero_vector(term.args[0]) else "nonnegative"
        if isinstance(term, Ceiling):
            return self._sign(term.args[0])
        if isinstance(term, ShortestWindow):
            return "nonnegative"
        if isinstance(term, Entry):
            return self._entries_sign(term.args[0])
        if isinstance(term, Total | Least | Greatest):
            facts, _, body = self.opened(term)
            inside = facts._sign(body)
            if inside == "positive" and not self.positive(term.args[2]):
                return "nonnegative"
            return inside
        return UNKNOWN

    def _sign_of_sum(self, parts: Sequence[sp.Expr]) -> str:
        if not all(map(self.nonnegative, parts)):
            return UNKNOWN
        # the weaker signs are known by now, and one part > 0 is enough
        known = any(map(self._weaker.positive, parts)) if self._weaker else False
        return "positive" if known or any(map(self.positive, parts)) else "nonnegative"

    def _least(self, signs: list[str], *, strict_needs_all: bool) -> str:
        if UNKNOWN in signs:
            return UNKNOWN
        if strict_needs_all and _ZERO in signs:
            return _ZERO
        enough = all if strict_needs_all else any
        return "positive" if enough(s == "positive" for s in signs) else "nonnegative"

    def _from_hypotheses(self, term: sp.Expr, weaker: Self) -> str:
        """Return the sign that the normal form or one hypothesis shows."""
        form = form_of(self.algebra, term)
        if form is None:
            return UNKNOWN
        if form.denominator != UNDIVIDED:
            above, below = Form(form.numerator), form.below()
            for one, other in ((above, below), (_negative(above), _negative(below))):
                if weaker._sign(as_term(other)) == "positive":
                    return weaker._sign(as_term(one))
            return UNKNOWN
        polynomial, best = form.numerator, weaker._form_sign(form)
        for difference, strict in chain(self._differences, whole_steps(polynomial, self.algebra)):
            if best in _SETTLED:
                break
            # else a term of the rest has a coefficient < 0
            if all(c < 0 or polynomial.get(m, 0) >= c for m, c in difference.items()):
                negative = {m: -c for m, c in difference.items()}
                rest = weaker._polynomial_sign(plus(polynomial, negative))
                if rest != UNKNOWN:
                    found = "positive" if strict or rest == "positive" else "nonnegative"
                    best = self._better(best, found)
            ratio = self.algebra.monomial_ratio(polynomial, difference)
            factor = weaker._factor_sign(ratio[1], ratio[0]) if ratio is not None else UNKNOWN
            if factor != UNKNOWN:
                best = self._better(best, factor if strict else "nonnegative")
        return best

    def _form_sign(self, form: Form) -> str:
        if not form.numerator:
            return _ZERO
        if form.denominator != UNDIVIDED:
            return UNKNOWN
        return self._polynomial_sign(form.numerator)

    def _polynomial_sign(self, polynomial: Polynomial) -> str:
        signs = []
        for m, c in polynomial.items():
            if c < 0:
                return UNKNOWN
            signs.append(self._monomial_sign(m))
        return self._least(signs, strict_needs_all=False)

    def _factor_sign(self, m: Monomial, c: Fraction) -> str:
        # -1 = u^-1 (-u), but -u >= 0 holds at u = 0, and then this says nothing of -1
        sign = self._polynomial_sign({m: c})
        if sign == UNKNOWN or all(self._kept_at_zero(atom, e) for atom, e in m):
            return sign
        return UNKNOWN

    def _kept_at_zero(self, atom: sp.Expr, e: sp.Expr) -> bool:
        rising = bool(e >= 0) if e.is_Rational else self.nonnegative(e)
        return rising or self.nonzero(atom)

    def _monomial_sign(self, m: Monomial) -> str:
        signs = []
        for atom, e in m:
            sign = "positive" if atom.is_Integer else self._sign(atom)
            if sign == UNKNOWN and e.is_Integer and int(e) % 2 == 0:
                sign = "nonnegative"
            signs.append("nonnegative" if sign == _ZERO else sign)
        return self._least(signs, strict_needs_all=True) if signs else "positive"

    def opened(self, node: Binder) -> tuple[Self, sp.Symbol, sp.Basic]:
        """Return the facts under a binder over indices, a fresh index, and the body at it.

        What the hypotheses say of every index of the same range is added for that index.
        """
        fresh, count = bound_symbol(-1 - self._depth, "count"), node.args[2]
        under = self._opened.get(count)
        if under is None:
            said = [
                h.at(fresh) for h in self.hypotheses if isinstance(h, Every) and h.args[2] == count
            ]
            # relations between sums say nothing of one term's sign, and would be opened again
            kept = [
                h
                for h in self.hypotheses
                if not (isinstance(h, Relation) and h.has(Total, Least, Greatest))
            ]
            given = (*kept, *said) if self._depth < 2 else kept
            under = self._opened[count] = type(self)(given, self._depth + 1, self._rank)
            under._ranges = {**self._ranges, fresh: count}
        return under, fresh, node.at(fresh)
