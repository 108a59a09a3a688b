"""The values of terms without vectors."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ...language.kinds import is_whole
from ...language.operations import Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh
from ...language.terms import (
    OnNonzero,
)
from ...language.vectors import Entry
from ..errors import UntranslatedError
from ..expressions import NOWHERE, Places, real
from ..names import variable_name
from .algebra import at_most, equal, least_part
from .context import (
    SAME,
    NoValueError,
    Worth,
    closed,
    integer,
)
from .numbers import compare, folded, less, rational, times, unequal
from .vectors import Vectors

_LARGEST_POWER = 2_000


class Terms(Vectors):
    """Values of what arithmetic, powers, exponentials and logarithms make."""

    # -- terms ---------------------------------------------------------------------------------

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

    def _of_vectors(self, term: Any, places: Places, text: str) -> Worth:
        raise NotImplementedError

    def _then(self, text: str, proof: str, value: sp.Expr, first: str = "") -> Worth:
        """Return a value that a proof gives in other words, in short if it is rational."""
        long = value
        value, shorter = self.shortened(value)
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(value).text}).")
        with self.block():
            self._shorten(long, shorter)
            self.write(f"rewrite ({proof}); {first}same_value.")
        return Worth(value, name)

    def _shorten(self, value: sp.Expr, shorter: str) -> None:
        """Write that this number is to be shown, if there is a proof that the goal's is equal."""
        if shorter:
            self.write(f"transitivity {real(value).text}; [ | exact {shorter} ].")

    def shortened(self, value: sp.Expr) -> tuple[sp.Expr, str]:
        """Return a rational number for what is one, and a proof; no proof if nothing is gained."""
        if isinstance(value, sp.Rational):
            return value, ""
        found = folded(value)
        if found is None:
            near = rational(value)
            if near is None:
                return value, ""
            try:
                return near, equal(self, value, near)
            except UntranslatedError:
                return value, ""
        return found, ""

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
                worth = self.worth(term.base, places)
                proof = equal(self, worth.value, sp.S.Zero)
                shown = f"(eq_trans {worth.proof} {proof})"
                raise NoValueError(term, f"{real(term.base, places).text} = 0", shown)
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

    def power_of(
        self, base: Worth, exponent: Worth, text: str, term: sp.Expr, places: Places
    ) -> Worth:
        """Return the value of a power that is written as `text`."""
        side = compare(base.value, sp.S.Zero)
        if side < 0:
            shown = f"(at_lt _ _ _ _ {base.proof} (eq_refl _) {less(self, base.value, sp.S.Zero)})"
            raise NoValueError(term, f"{real(term.base, places).text} < 0", shown)
        if side == 0:
            zero = self.chained(base, sp.S.Zero)
            if compare(exponent.value, sp.S.Zero) <= 0:
                low = at_most(self, exponent.value, sp.S.Zero)
                shown = f"(conj {zero} (at_le _ _ _ _ {exponent.proof} (eq_refl _) {low}))"
                reason = (
                    f"({real(term.base, places).text} = 0 /\\ {real(term.exp, places).text} <= 0)"
                )
                raise NoValueError(term, reason, shown)
            return Worth(sp.S.Zero, f"(power_of_zero _ _ {zero})")
        if not compare(base.value, sp.S.One):
            return Worth(sp.S.One, f"(power_of_one _ _ {self.chained(base, sp.S.One)})")
        if isinstance(base.value, sp.Rational) and isinstance(exponent.value, sp.Integer):
            return self._whole_power(base, exponent, text)
        grown = self.as_exponential(base)
        if grown is not None:
            inside, proof = grown
            step = f"power_of_exp _ _ _ _ {proof} {exponent.proof}"
        else:
            inside = Log(base.value)
            positive = less(self, sp.S.Zero, base.value)
            step = f"power_value _ _ _ _ {base.proof} {exponent.proof} {positive}"
        made = times(exponent.value, inside)
        if made == 0:
            self.write(f"assert ({(name := self.fresh('EV'))} : {text} = 1).")
            self.write(f"{{ rewrite ({step}); apply exp_zero; same_value. }}")
            return Worth(sp.S.One, name)
        value, shorter = self.shortened(Exp(made))
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(value).text}).")
        with self.block():
            self._shorten(Exp(made), shorter)
            self.write(f"rewrite ({step}); apply exp_same; same_value.")
        return Worth(value, name)

    def _without_factor(self, base: Worth) -> tuple[sp.Expr, str] | None:
        """Return ln of a sum as that of its least part and that of what it is beside it."""
        found = least_part(base.value)
        if found is None:
            return None
        least, rest = found
        product = Product(Exp(least), rest) if least != 0 else rest
        try:
            same = equal(self, base.value, product)
        except UntranslatedError:
            return None
        lemma = "exp_of_product" if least != 0 else "exp_of_number"
        positive = less(self, sp.S.Zero, rest)
        proof = (
            f"({lemma} _ {'_ ' if least != 0 else ''}_ (eq_trans {base.proof} {same}) {positive})"
        )
        return (Sum(least, Log(rest)) if least != 0 else Log(rest)), proof

    def _whole_power(self, base: Worth, exponent: Worth, text: str) -> Worth:
        k = int(exponent.value)
        if k == 0:
            apart = unequal(self, base.value, sp.S.Zero)
            return Worth(sp.S.One, f"(power_zero _ _ _ {base.proof} {exponent.proof} {apart})")
        if abs(k) > _LARGEST_POWER:
            raise UntranslatedError(f"the power {k} of {base.value}")
        lemma = "power_whole" if k > 0 else "power_below"
        positive = less(self, sp.S.Zero, base.value)
        step = f"{lemma} _ _ _ {abs(k)} {abs(k)} {base.proof} {exponent.proof} eq_refl {positive}"
        value = sp.Rational(base.value) ** k
        power = f"({'/ ' if k < 0 else ''}{real(base.value).text} ^ {abs(k)})"
        by = f"transitivity {power}; [ exact ({step}) | same_value ]"
        name = self.fact(f"{text} = {real(value).text}", by, "EV")
        return Worth(value, name)

    def as_exponential(self, base: Worth) -> tuple[sp.Expr, str] | None:
        """Return s with the value e^s, and the proof, for a product of exponentials."""
        if isinstance(base.value, Exp):
            return base.value.args[0], base.proof
        if isinstance(base.value, Sum):
            return self._without_factor(base)
        if not isinstance(base.value, Product | Power):
            return None
        exponents = []
        for part in base.value.args if isinstance(base.value, Product) else (base.value,):
            inside, k = (part.base, part.exp) if isinstance(part, Power) else (part, sp.S.One)
            if isinstance(inside, Exp):
                exponents.append(times(k, inside.args[0]))
            elif isinstance(inside, sp.Rational) and inside > 0:
                exponents.append(times(k, Log(inside)))
            else:
                return None
        total = Sum(*exponents)
        proof = equal(self, base.value, Exp(total))
        return total, f"(eq_trans {base.proof} {proof})"

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
            low = at_most(self, inside.value, sp.S.Zero)
            shown = f"(at_le _ _ _ _ {inside.proof} (eq_refl _) {low})"
            raise NoValueError(term, f"{real(term.args[0]).text} <= 0", shown)
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
