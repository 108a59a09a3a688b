"""Exact numbers and balls in the clothes of Python numbers, for functions written for NumPy.

NumPy calls the operators of the elements of an object array, and `np.sqrt`, `np.log` and their like
call methods of these names. There is no way back to a float: a function that asks for one can not
be certified.

A float that meets such a number has been rounded, or is a decimal of the function's own text. One
of few digits stands for the decimal that is written, 0.1 for 1/10. Any other may be the outcome of
a computation in floats, of `len(w) ** -0.5` say: it stands for all numbers near it, so that what
depends on its last digits is not decided.

A number without a value, the logarithm of 0 say, is carried along like NaN: `np.where` may leave
it out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
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


#: type of float -> digits up to which it stands for the decimal that is written, and how far a
#: number of more digits may be off: about 2^9 roundings, relative to it or to 1
_ROUNDED: dict[type, tuple[int, float]] = {
    float: (12, 2.0**-44),
    np.float32: (4, 2.0**-15),
    np.float16: (2, 2.0**-3),
}


def number_of(value: Any, arithmetic: Arithmetic) -> Number | None:
    """Return a value as a number of the arithmetic, None if it is none or not finite.

    Raises NotExact for a float of many digits in exact arithmetic.
    """
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.item() if value.dtype == object else value.reshape(-1)[0]
    if isinstance(value, PlainNumber):
        return value.number
    if isinstance(value, np.bool | np.integer):
        value = value.item()
    if isinstance(value, int | Fraction):
        return arithmetic.exactly(value)
    return _of_float(value, arithmetic) if isinstance(value, float | np.floating) else None


def _of_float(value: Any, arithmetic: Arithmetic) -> Number | None:
    if not math.isfinite(value):
        return None
    digits, off = _ROUNDED.get(type(value), _ROUNDED[float])
    written = Decimal(np.format_float_scientific(value))
    if len(written.normalize().as_tuple().digits) <= digits:
        return arithmetic.exactly(Fraction(written))
    middle = Fraction(float(value))
    return arithmetic.about(middle, Fraction(off) * max(Fraction(1), abs(middle)))


class PlainNumber:
    """A number of one arithmetic, None where there is no value.

    Comparisons that the arithmetic can not decide raise, and so do those of what has no value.
    """

    __slots__ = ("_a", "_doubts", "number")

    def __init__(self, number: Number | None, arithmetic: Arithmetic, doubts: Doubts) -> None:
        self.number = number
        self._a = arithmetic
        self._doubts = doubts

    def like(self, value: Any) -> PlainNumber | None:
        """Return a number of Python or NumPy as one of this kind, None for anything else."""
        if isinstance(value, PlainNumber):
            return value
        if not isinstance(value, int | float | Fraction | np.number | np.bool):
            return None
        return self._of(lambda: number_of(value, self._a))

    def _of(self, compute: Callable[[], Number | None]) -> PlainNumber:
        try:
            number = compute()
        except Undefined:
            number = None
        except (NotExact, Ambiguous) as error:
            raise self._doubts.raised(error) from None
        return PlainNumber(number, self._a, self._doubts)

    def _with(self, other: Any, compute: Callable[[Number, Number], Number]) -> Any:
        number = self.like(other)
        if number is None:
            return NotImplemented
        if self.number is None or number.number is None:
            return PlainNumber(None, self._a, self._doubts)
        return self._of(lambda: compute(self.number, number.number))

    def _changed(self, compute: Callable[[Number], Number]) -> PlainNumber:
        return self._of(lambda: None if self.number is None else compute(self.number))

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
        return self._changed(lambda x: negative(self._a, x))

    def __pos__(self) -> PlainNumber:
        return self

    def __abs__(self) -> PlainNumber:
        return self._changed(self._a.absolute)

    def _side(self, other: Any) -> int:
        """Return the sign of self - other."""
        if isinstance(other, float | np.floating) and math.isinf(other) and self.number is not None:
            return -1 if other > 0 else 1
        apart = self - other
        if apart.number is None:
            raise self._doubts.raised(Undefined("a comparison with what is no finite number"))
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
        # what is no number, None say, is not equal to any
        return self.like(other) is not None and self._side(other) == 0

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return self._side(0) != 0

    def __float__(self) -> float:
        raise self._doubts.raised(Undecided("the function turns its entries into floats"))

    def __index__(self) -> int:
        whole = None if self.number is None else self._a.whole(self.number)
        if whole is None:
            raise self._doubts.raised(Undecided("the function rounds its entries"))
        return whole

    __int__ = __index__

    def isfinite(self) -> bool:
        """Tell whether there is a value."""
        return self.number is not None

    def isnan(self) -> bool:
        """Return False; what has no value may be NaN or infinite, which is not decided."""
        if self.number is None:
            raise self._doubts.raised(Undecided("the function asks what a missing value is"))
        return False

    isinf = isnan

    def __ceil__(self) -> PlainNumber:
        return self._changed(self._a.ceiling)

    def __floor__(self) -> PlainNumber:
        return -(-self).__ceil__()

    def conjugate(self) -> PlainNumber:
        """Return the number itself; NumPy's variance asks for it."""
        return self

    def sqrt(self) -> PlainNumber:
        """Return the square root."""
        return self._changed(lambda x: self._a.power(x, self._a.exactly(Fraction(1, 2))))

    def cbrt(self) -> PlainNumber:
        """Return the cube root of a number >= 0."""
        return self._changed(lambda x: self._a.power(x, self._a.exactly(Fraction(1, 3))))

    def log(self) -> PlainNumber:
        """Return the natural logarithm."""
        return self._changed(self._a.logarithm)

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
        return self._changed(self._a.exponential)

    def expm1(self) -> Any:
        """Return e^x - 1."""
        return self.exp() - 1

    def tanh(self) -> PlainNumber:
        """Return the hyperbolic tangent."""
        return self._changed(self._a.tanh)

    def square(self) -> Any:
        """Return x^2."""
        return self * self

    def _constant(self, value: int) -> PlainNumber:
        return PlainNumber(self._a.exactly(value), self._a, self._doubts)
