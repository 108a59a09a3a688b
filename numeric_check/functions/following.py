"""Numbers of an arithmetic, each with a ball around what floats may make of it.

The balls are as wide as rounding is, and a little more: they have fewer bits than a float, since a
function of NumPy may be off by some units, and adds up in another order. They decide nothing: where
a function asks which of two numbers is the greater, the numbers answer. So what a function gives in
floats can be held against what it gives exactly, wherever it came by its value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from ..certifier.errors import Ambiguous, ValuelessError
from ..certifier.numbers import balls
from ..certifier.numbers.arithmetic import Arithmetic, Number, difference, negative
from .whole import fraction_of

_FLOAT_BITS = 44


@dataclass(frozen=True)
class Followed:
    """A number, and a ball that tells how far floats may be from it; not finite: any distance."""

    number: Number
    ball: arb


class Following:
    """An arithmetic whose numbers are followed; of the operations those that functions use."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        self._a = arithmetic

    def follow(self, number: Number, enclosure: arb) -> Followed:
        """Return a number as one that is followed, from a ball around it."""
        return Followed(number, _near(lambda: enclosure + 0))

    def exactly(self, value: Fraction | int) -> Followed:
        """Return a rational number."""
        return Followed(self._a.exactly(value), _near(lambda: balls.exactly(value)))

    def about(self, value: Fraction, radius: Fraction) -> Followed:
        """Return all numbers near a float: in floats it is the float itself."""
        return Followed(self._a.about(value, radius), _near(lambda: balls.exactly(value)))

    def add(self, a: Followed, b: Followed) -> Followed:
        """Return a + b."""
        return Followed(self._a.add(a.number, b.number), _near(lambda: a.ball + b.ball))

    def multiply(self, a: Followed, b: Followed) -> Followed:
        """Return a · b."""
        zero = arb(0) in (a.ball, b.ball)
        product = self._a.multiply(a.number, b.number)
        return Followed(product, _near(lambda: arb(0) if zero else a.ball * b.ball))

    def negative(self, value: Followed) -> Followed:
        """Return -value."""
        return Followed(negative(self._a, value.number), _near(lambda: -value.ball))

    def difference(self, a: Followed, b: Followed) -> Followed:
        """Return a - b."""
        return Followed(difference(self._a, a.number, b.number), _near(lambda: a.ball - b.ball))

    def inverse(self, value: Followed) -> Followed:
        """Return 1 / value."""
        return self.power(value, self.exactly(-1))

    def power(self, base: Followed, exponent: Followed) -> Followed:
        """Return base^exponent; what may have been rounded below 0 has been rounded to 0."""
        known = fraction_of(exponent.number)
        power = self._a.power(base.number, exponent.number)
        return Followed(power, _near(lambda: _power(base.ball, exponent.ball, known)))

    def absolute(self, value: Followed) -> Followed:
        """Return |value|."""
        return Followed(self._a.absolute(value.number), _near(lambda: abs(value.ball)))

    def logarithm(self, value: Followed) -> Followed:
        """Return log(value)."""
        near = _near(lambda: balls.logarithm(value.ball))
        return Followed(self._a.logarithm(value.number), near)

    def exponential(self, value: Followed) -> Followed:
        """Return e^value."""
        return Followed(self._a.exponential(value.number), _near(value.ball.exp))

    def tanh(self, value: Followed) -> Followed:
        """Return the hyperbolic tangent."""
        return Followed(self._a.tanh(value.number), _near(value.ball.tanh))

    def sign(self, value: Followed) -> int | None:
        """Return -1, 0 or 1, None if the arithmetic does not tell."""
        return self._a.sign(value.number)

    def is_zero(self, value: Followed) -> bool | None:
        """Tell whether the number is 0, None if the arithmetic does not tell."""
        return self._a.is_zero(value.number)


def _near(compute: Callable[[], balls.Ball]) -> arb:
    with balls.precision(_FLOAT_BITS):
        try:
            # a fraction is rounded, as it is in floats
            return balls.enclosure(compute()) + 0
        except (Ambiguous, ValuelessError):
            return arb("nan")


def _power(base: arb, exponent: arb, known: Fraction | None) -> balls.Ball:
    if balls.sign(base) is None and known is not None and known > 0 and known.denominator > 1:
        half = balls.enclosure(base.abs_upper()) ** arb(balls.exactly(known)) / 2
        return half + arb(0, half.abs_upper())
    return balls.power(base, exponent if known is None else balls.exactly(known))
