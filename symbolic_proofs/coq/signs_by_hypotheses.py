"""Why a term has a sign by its normal form, or by one hypothesis.

An answer rests on signs of the rank below (`kernel/signs.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from ..kernel.polynomials import (
    ONE,
    Form,
    NotAlgebraicError,
    Polynomial,
    as_sum,
    as_term,
    monomial_term,
)
from ..kernel.signs import Signs
from ..language.formulas import Constant, NonZero, Not, Relation
from ..language.operations import Ceiling
from ..language.symbols import kind_of
from ..language.vectors import VectorSymbol, length
from .exponents import atoms, monomials
from .expressions import real
from .operations import Expression, add, minus, mul, whole_power
from .signs import NONNEGATIVE, NONZERO, POSITIVE, TACTICS
from .signs_of_vectors import SignsOfVectors

#: a hypothesis as a difference: the tactic that shows it, its smaller and larger side, strictly
_Difference = tuple[str, sp.Expr, sp.Expr, bool]


class SignsByHypotheses(SignsOfVectors):
    """A script that knows how to show what a hypothesis says of a sign."""

    def _on_rank_below(self, facts: Signs, said: str, term: sp.Expr, text: str) -> bool:
        kept, self._rank = self._rank, facts._rank - 1
        shown = self._from_hypotheses(facts, said, term, text)
        self._rank = kept
        return shown

    def _from_hypotheses(self, facts: Signs, said: str, term: sp.Expr, text: str) -> bool:
        weaker = facts._weaker
        if weaker is None:
            return False
        try:
            form = facts.algebra.form(term)
        except NotAlgebraicError:
            return False
        if form.denominator != {ONE: Fraction(1)}:
            return self._fraction(weaker, said, term, form)
        if self._of_form(weaker, said, term, form):
            return True
        for by, low, high, strict in self._differences(form):
            try:
                difference = facts.algebra.form(high - low)
            except NotAlgebraicError:
                continue
            rest = facts.algebra.subtract(form, difference)
            sign = weaker._form_sign(rest)
            if sign != "unknown" and (said == NONNEGATIVE or strict or sign == "positive"):
                apart = self._apart(by, low, high, strict=strict)
                parts = [apart]
                if rest.numerator:
                    self._monomials(weaker, rest.numerator)
                    parts.append(real(as_term(rest)))
                self._by_equation(said, term, add(*parts))
                return True
            if difference.denominator != form.denominator:
                continue
            ratio = facts.algebra.monomial_ratio(form.numerator, difference.numerator)
            sign = weaker._factor_sign(ratio[1], ratio[0]) if ratio is not None else "unknown"
            if ratio is not None and (
                (sign == "positive" and (strict or said == NONNEGATIVE))
                or (sign == "nonnegative" and said == NONNEGATIVE)
            ):
                apart = self._apart(by, low, high, strict=strict)
                self._monomials(weaker, {ratio[1]: ratio[0]})
                factor = real(monomial_term(*ratio))
                self._by_equation(said, term, mul(factor, apart))
                return True
        return False

    def _fraction(self, weaker: Signs, said: str, term: sp.Expr, form: Form) -> bool:
        for sign in (1, -1):
            above, below = (
                as_sum({m: c * sign for m, c in polynomial.items()})
                for polynomial in (form.numerator, form.denominator)
            )
            if weaker.positive(below) and shown(weaker, said, above):
                self._show(said, above)
                self.positive(below)
                self._by_equation(said, term, mul(real(above), whole_power(real(below), -1)))
                return True
        return False

    def _of_form(self, weaker: Signs, said: str, term: sp.Expr, form: Form) -> bool:
        sign = weaker._form_sign(form)
        if sign == "unknown" or (said == POSITIVE and sign != "positive"):
            return False
        self._monomials(weaker, form.numerator)
        self._by_equation(said, term, real(as_term(form)))
        return True

    def _monomials(self, weaker: Signs, polynomial: Polynomial) -> None:
        """Show the signs of the atoms of monomials that are not negative."""
        for m, _ in monomials(polynomial):
            for atom, _ in atoms(m):
                if not isinstance(atom, sp.Integer):
                    if weaker.positive(atom):
                        self.positive(atom)
                    elif weaker.nonnegative(atom):
                        self.nonnegative(atom)

    def _by_equation(self, said: str, term: sp.Expr, other: Expression) -> None:
        """Show a sign of a term that is equal to an expression of that sign."""
        text = real(term).text
        if other.text == text:
            self._fact(said, text, TACTICS[said])
            return
        with self.proving(said.format(text)):
            with self.proving(f"{text} = {other.text}", "EQ") as equation:
                self.equal(real(term), other)
            sign = said.format("zz")
            self.write(f"refine (eq_ind_r (fun zz : R => {sign}) _ {equation}); {TACTICS[said]}.")
        self.known.add((said, text))

    def _apart(self, by: str, low: sp.Expr, high: sp.Expr, *, strict: bool) -> Expression:
        apart = minus(real(high), real(low))
        said = POSITIVE if strict else NONNEGATIVE
        if (said, apart.text) not in self.known:
            self._fact(said, apart.text, by)
        return apart

    def _differences(self, form: Form) -> Iterator[_Difference]:
        """Yield what the hypotheses say of an order, and what counts and ceilings do."""
        for name, h in self.hypotheses:
            by = f"clear - {name}; lra"
            match h:
                case Relation(op="="):
                    yield by, h.left, h.right, False
                    yield by, h.right, h.left, False
                case Relation(op=op) if op != "!=":
                    low = h.oriented()
                    yield by, low.left, low.right, low.op == "<"
                case NonZero(args=(VectorSymbol() as v,)):
                    yield f"long (nonzero_len _ {name})", sp.Integer(1), length(v), False
                case Not(args=(Constant(args=(VectorSymbol() as v,)),)):
                    yield f"long (not_constant_len _ {name})", sp.Integer(2), length(v), False
        found = {atom: None for m, _ in monomials(form.numerator) for atom, _ in atoms(m)}
        for atom in found:
            if isinstance(atom, sp.Symbol) and kind_of(atom) == "count":
                yield "lra", sp.Integer(1), atom, False
            elif isinstance(atom, Ceiling):
                inside = real(atom.args[0]).text
                yield f"assert (CE := ceil_ge {inside}); lra", atom.args[0], atom, False
                yield f"assert (CE := ceil_lt {inside}); lra", atom, atom.args[0] + 1, True


def shown(facts: Signs, said: str, term: sp.Expr) -> bool:
    """Tell whether the kernel shows what is said of a term."""
    asked = {POSITIVE: facts.positive, NONNEGATIVE: facts.nonnegative, NONZERO: facts.nonzero}
    return asked[said](term)
