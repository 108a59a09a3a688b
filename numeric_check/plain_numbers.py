"""Exact numbers and balls in the clothes of Python numbers, for functions written for NumPy.

NumPy calls the operators of the elements of an object array, and `np.sqrt`, `np.log` and their like
call methods of these names. A float in the function's own text stands for its exact binary value.
There is no way back to a float: a function that asks for one can not be certified.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from .arithmetic import Arithmetic, Number, difference, inverse, negative
from .errors import Ambiguous, NotExact, Undecided, Undefined


class Doubts:
    """What kept a number from answering, should the function swallow the exception."""

    def __init__(self) -> None:
        self._first: Exception | None = None

    def raised(self, error: Exception) -> Exception:
        """Remember an exception and return it."""
        self._first = self._first or error
        return error

    def settle(self) -> None:
        """Raise the first exception that came up."""
        if self._first is not None:
            raise self._first


def number_of(value: Any, arithmetic: Arithmetic) -> Number | None:
    """Return a result as a number of the arithmetic, None if it is none or not finite."""
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.item()
    if isinstance(value, PlainNumber):
        return value.number
    fraction = _fraction(value)
    return None if fraction is None else arithmetic.exactly(fraction)


def _fraction(value: Any) -> Fraction | None:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, int | float | Fraction) and math.isfinite(value):
        return Fraction(value)
    return None


class PlainNumber:
    """A number of one arithmetic; comparisons that it can not decide raise."""

    __slots__ = ("_a", "_doubts", "number")

    def __init__(self, number: Number, arithmetic: Arithmetic, doubts: Doubts) -> None:
        self.number = number
        self._a = arithmetic
        self._doubts = doubts

    def _of(self, compute: Callable[[], Number]) -> PlainNumber:
        try:
            return PlainNumber(compute(), self._a, self._doubts)
        except (NotExact, Ambiguous, Undefined) as error:
            raise self._doubts.raised(error) from None

    def _with(self, other: Any, compute: Callable[[Number, Number], Number]) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        number = number_of(other, self._a)
        if number is None:
            raise self._doubts.raised(Undefined("a computation with what is no finite number"))
        return self._of(lambda: compute(self.number, number))

    def __add__(self, other: Any) -> Any:
        return self._with(other, self._a.add)

    def __radd__(self, other: Any) -> Any:
        return self._with(other, self._a.add)

    def __sub__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: difference(self._a, x, y))

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: difference(self._a, y, x))

    def __mul__(self, other: Any) -> Any:
        return self._with(other, self._a.multiply)

    def __rmul__(self, other: Any) -> Any:
        return self._with(other, self._a.multiply)

    def __truediv__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._a.multiply(x, inverse(self._a, y)))

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._a.multiply(y, inverse(self._a, x)))

    def __pow__(self, other: Any) -> Any:
        return self._with(other, self._power)

    def __rpow__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._power(y, x))

    def _power(self, base: Number, exponent: Number) -> Number:
        # as in Python and NumPy, 0^0 is 1
        if self._a.is_zero(exponent):
            return self._a.exactly(1)
        return self._a.power(base, exponent)

    def __neg__(self) -> PlainNumber:
        return self._of(lambda: negative(self._a, self.number))

    def __pos__(self) -> PlainNumber:
        return self

    def __abs__(self) -> PlainNumber:
        return self._of(lambda: self._a.absolute(self.number))

    def _side(self, other: Any) -> int:
        """Return the sign of self - other."""
        apart = self - other
        try:
            side = self._a.sign(apart.number)
        except NotExact as error:
            raise self._doubts.raised(error) from None
        if side is None:
            raise self._doubts.raised(Ambiguous("a comparison that is not clear"))
        return side

    def __lt__(self, other: Any) -> bool:
        return self._side(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._side(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._side(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._side(other) >= 0

    def __eq__(self, other: object) -> bool:
        return self._side(other) == 0

    def __ne__(self, other: object) -> bool:
        return self._side(other) != 0

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return self._side(0) != 0

    def __float__(self) -> float:
        raise self._doubts.raised(Undecided("the function turns its entries into floats"))

    __int__ = __index__ = __float__

    def __ceil__(self) -> PlainNumber:
        return self._of(lambda: self._a.ceiling(self.number))

    def __floor__(self) -> PlainNumber:
        return -(-self).__ceil__()

    def conjugate(self) -> PlainNumber:
        """Return the number itself; NumPy's variance asks for it."""
        return self

    def sqrt(self) -> PlainNumber:
        """Return the square root."""
        return self._of(lambda: self._a.power(self.number, self._a.exactly(Fraction(1, 2))))

    def cbrt(self) -> PlainNumber:
        """Return the cube root of a number >= 0."""
        return self._of(lambda: self._a.power(self.number, self._a.exactly(Fraction(1, 3))))

    def log(self) -> PlainNumber:
        """Return the natural logarithm."""
        return self._of(lambda: self._a.logarithm(self.number))

    def log1p(self) -> Any:
        """Return log(1 + x)."""
        return (self + 1).log()

    def log2(self) -> Any:
        """Return the logarithm to the base 2."""
        return self.log() / self._constant(2).log()

    def log10(self) -> Any:
        """Return the logarithm to the base 10."""
        return self.log() / self._constant(10).log()

    def exp(self) -> PlainNumber:
        """Return e^x."""
        return self._of(lambda: self._a.exponential(self.number))

    def expm1(self) -> Any:
        """Return e^x - 1."""
        return self.exp() - 1

    def tanh(self) -> PlainNumber:
        """Return the hyperbolic tangent."""
        return self._of(lambda: self._a.tanh(self.number))

    def square(self) -> Any:
        """Return x^2."""
        return self * self

    def _constant(self, value: int) -> PlainNumber:
        return PlainNumber(self._a.exactly(value), self._a, self._doubts)
