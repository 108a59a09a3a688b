"""The values of terms without vectors."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import sympy as sp

from ...language.kinds import is_whole
from ...language.operations import Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh
from ...language.terms import OnNonzero
from ...language.vectors import Entry
from ..errors import UntranslatedError
from ..expressions import real
from ..names import variable_name
from ..operations import NOWHERE, Places
from .context import SAME, Worth, closed, integer
from .equality import at_most
from .numbers import compare, less, times, unequal
from .powers import Powers


class TermValues(Powers):
    """Values of what arithmetic, powers, exponentials and logarithms make."""

    def worth(self, term: sp.Expr, places: Places = NOWHERE) -> Worth:
        """Return the value of a term; the proof is of `term = value`."""
        text = real(term, places).text
        if text not in self.worths:
            made = self._worth(term, places, text)
            if not made.proof.isidentifier() and made.proof != SAME:
                proof = self.fact(f"{text} = {real(made.value).text}", f"exact {made.proof}", "EV")
                made = Worth(made.value, proof)
            self.worths[text] = made
        return self.worths[text]

    def _worth(self, term: sp.Expr, places: Places, text: str) -> Worth:
        if term in places and places[term].head == "closed":
            return Worth(places[term].term, SAME)
        if isinstance(term, sp.Rational):
            return Worth(term, SAME)
        if term in places or (isinstance(term, sp.Symbol) and is_whole(term)):
            value, known = self.whole(term, places)
            return Worth(sp.Integer(value), f"(inr_value _ _ {known})")
        if isinstance(term, sp.Symbol):
            return self.scalars[term]
        match term:
            case Sum() | Product() | Power(exp=sp.Integer()):
                return self._arithmetic(term, places, text)
            case Power():
                return self._power(term, places, text)
            case Abs():
                inside = self.worth(term.args[0], places)
                return self._absolute(inside, text)
            case Exp():
                return self._exponential(self.worth(term.args[0], places))
            case Log():
                return self._logarithm(term, self.worth(term.args[0], places))
            case Tanh():
                inside = self.worth(term.args[0], places)
                twice = times(sp.Integer(2), inside.value)
                known = f"2 * {real(inside.value).text} = {real(twice).text}"
                same = self.fact(known, "same_value")
                value = Sum(1, Product(-2, Power(Sum(Exp(twice), 1), -1)))
                return self._then(text, f"tanh_value _ _ _ {inside.proof} {same}", value)
            case Ceiling():
                return self._ceiling(term, places)
            case OnNonzero():
                return self._on_nonzero(term, places)
            case Entry():
                return self._entry(term, places, text)
        return self._of_vectors(term, places, text)

    @abstractmethod
    def _of_vectors(self, term: Any, places: Places, text: str) -> Worth: ...

    def _arithmetic(self, term: sp.Expr, places: Places, text: str) -> Worth:
        parts: dict[str, Worth] = {}
        value = self._skeleton(term, places, parts)
        if real(value).text == text:
            parts = {}
        short, proof = self.shortened(value)
        name = self.fresh("EV")
        known = [parts[t].proof for t in sorted(parts, key=len, reverse=True)]
        self.write(f"assert ({name} : {text} = {real(short).text}).")
        with self.block():
            self._shorten(value, proof)
            for by in known:
                self.write(f"rewrite ?({by}).")
            self.write("same_value.")
        return Worth(short, name)

    def _skeleton(self, term: sp.Expr, places: Places, parts: dict[str, Worth]) -> sp.Expr:
        """Return the value of what arithmetic makes of parts, which are collected."""
        if term not in places and isinstance(term, sp.Rational):
            return term
        if term not in places and isinstance(term, Sum | Product):
            inside = [self._skeleton(part, places, parts) for part in term.args]
            return type(term)(*inside)
        if term not in places and isinstance(term, Power) and isinstance(term.exp, sp.Integer):
            base, k = self._skeleton(term.base, places, parts), int(term.exp)
            if k < 0 and not compare(base, sp.S.Zero):
                raise UntranslatedError(f"{term}, which has no value")
            if isinstance(base, sp.Rational):
                return sp.Rational(base) ** k
            return Power(base, k)
        worth = self.worth(term, places)
        if worth.proof != SAME:
            parts[real(term, places).text] = worth
        return worth.value

    def _power(self, term: sp.Expr, places: Places, text: str) -> Worth:
        base, exponent = self.worth(term.base, places), self.worth(term.exp, places)
        return self.power_of(base, exponent, text, term, places)

    def _absolute(self, inside: Worth, text: str) -> Worth:
        if compare(inside.value, sp.S.Zero) >= 0:
            return Worth(
                inside.value,
                f"(abs_ge0 _ _ {inside.proof} {at_most(self, sp.S.Zero, inside.value)})",
            )
        low = at_most(self, inside.value, sp.S.Zero)
        return self._then(
            text, f"abs_le0 _ _ {inside.proof} {low}", times(sp.S.NegativeOne, inside.value)
        )

    def _exponential(self, inside: Worth) -> Worth:
        if not compare(inside.value, sp.S.Zero):
            return Worth(sp.S.One, f"(exp_zero _ {self.chained(inside, sp.S.Zero)})")
        if isinstance(inside.value, Log):
            positive = less(self, sp.S.Zero, inside.value.args[0])
            proof = f"(eq_trans (exp_value _ _ {inside.proof}) (exp_ln _ {positive}))"
            return Worth(inside.value.args[0], proof)
        return Worth(Exp(inside.value), f"(exp_value _ _ {inside.proof})")

    def _logarithm(self, term: sp.Expr, inside: Worth) -> Worth:
        if compare(inside.value, sp.S.Zero) <= 0:
            raise UntranslatedError(f"{term}, which has no value")
        if not compare(inside.value, sp.S.One):
            return Worth(sp.S.Zero, f"(ln_one _ {self.chained(inside, sp.S.One)})")
        if isinstance(inside.value, Exp):
            return Worth(inside.value.args[0], f"(ln_of_exp _ _ {inside.proof})")
        return Worth(Log(inside.value), f"(ln_value _ _ {inside.proof})")

    def _ceiling(self, term: sp.Expr, places: Places) -> Worth:
        inside = self.worth(term.args[0], places)
        if not isinstance(inside.value, sp.Rational):
            raise UntranslatedError(f"{term} of an irrational number")
        z = -((-int(inside.value.p)) // int(inside.value.q))
        low, high = (
            less(self, sp.Integer(z - 1), inside.value),
            at_most(self, inside.value, sp.Integer(z)),
        )
        below = self.fact(
            f"{real(sp.Integer(z)).text} - 1 < {real(inside.value).text}",
            f"pose proof ({low}); lra",
        )
        name = self.fresh("EV")
        text = real(term, places).text
        self.write(f"assert ({name} : {text} = {real(sp.Integer(z)).text}).")
        self.write(f"{{ exact (ceil_at _ _ {integer(z)} {inside.proof} {below} {high}). }}")
        return Worth(sp.Integer(z), name)

    def _on_nonzero(self, term: Any, places: Places) -> Worth:
        body, x, v = term.args
        inside = self.worth(v, places)
        if not compare(inside.value, sp.S.Zero):
            return Worth(sp.S.Zero, f"(onz_at_zero _ _ {self.chained(inside, sp.S.Zero)})")
        at = self.worth(body, {**places, x: closed(inside.value)})
        apart = unequal(self, inside.value, sp.S.Zero)
        function = f"(fun {variable_name(x)} => {real(body, places).text})"
        return Worth(
            at.value, f"(eq_trans (onz_at {function} _ _ {inside.proof} {apart}) {at.proof})"
        )
