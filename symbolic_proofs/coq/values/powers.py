"""The values of powers, as rational numbers or as exponentials."""

from __future__ import annotations

import sympy as sp

from ...language.operations import Exp, Log, Power, Product, Sum
from ..errors import UntranslatedError
from ..expressions import real
from ..operations import Places
from .context import Worth
from .equality import equal
from .logarithms import least_part
from .numbers import compare, folded, less, rational, times, unequal
from .vectors import Vectors

_LARGEST_POWER = 2_000


class Powers(Vectors):
    """Values of powers."""

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

    def power_of(
        self, base: Worth, exponent: Worth, text: str, term: sp.Expr, places: Places
    ) -> Worth:
        """Return the value of a power that is written as `text`."""
        side = compare(base.value, sp.S.Zero)
        if side < 0:
            raise UntranslatedError(f"{term}, which has no value")
        if side == 0:
            zero = self.chained(base, sp.S.Zero)
            if compare(exponent.value, sp.S.Zero) <= 0:
                raise UntranslatedError(f"{term}, which has no value")
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
