"""Exact numbers and balls in the clothes of Python numbers, for functions written for NumPy.

NumPy calls the operators of the elements of an object array, and `np.sqrt`, `np.log` and their like
call methods of these names. There is no way back to a float: a function that asks for one cannot be
certified, whether or not it catches what is raised then.

A number without a value, the logarithm of 0 say, is carried along like NaN: `np.where` may leave
it out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from ..certifier.errors import Ambiguous, NotExact, Undecided, ValuelessError
from . import whole as plain_whole
from .doubts import Doubts
from .following import Followed, Following
from .given_numbers import given_number


class PlainNumber:
    """A number of one arithmetic, None where there is no value.

    Comparisons that the arithmetic cannot decide raise, and so do those of what has no value.
    """

    __slots__ = ("_a", "doubts", "number")

    def __init__(self, number: Followed | None, arithmetic: Following, doubts: Doubts) -> None:
        self.number = number
        self._a = arithmetic
        self.doubts = doubts

    def exactly(self, value: Fraction | int) -> PlainNumber:
        """Return a rational number as one of this kind."""
        return PlainNumber(self._a.exactly(value), self._a, self.doubts)

    def like(self, value: Any) -> PlainNumber | None:
        """Return a number of Python or NumPy as one of this kind, None for anything else."""
        if isinstance(value, PlainNumber):
            if value.doubts is not self.doubts:
                raise self.doubts.raised(Undecided("the function keeps numbers of another call"))
            return value
        if not isinstance(value, int | float | Fraction | np.number | np.bool_):
            return None
        return self._of(lambda: given_number(value, self._a))

    def _of(self, compute: Callable[[], Followed | None]) -> PlainNumber:
        return PlainNumber(self._asked(compute), self._a, self.doubts)

    def _asked(self, compute: Callable[[], Any]) -> Any:
        """Return what the arithmetic answers, None where there is no value."""
        try:
            return compute()
        except ValuelessError:
            return None
        except (NotExact, Ambiguous) as error:
            raise self.doubts.raised(error) from None

    def _with(self, other: Any, compute: Callable[[Followed, Followed], Followed]) -> Any:
        number = self.like(other)
        if number is None:
            return NotImplemented
        one, two = self.number, number.number
        if one is None or two is None:
            return PlainNumber(None, self._a, self.doubts)
        return self._of(lambda: compute(one, two))

    def _changed(self, compute: Callable[[Followed], Followed]) -> PlainNumber:
        return self._of(lambda: None if self.number is None else compute(self.number))

    def __add__(self, other: Any) -> Any:
        return self._with(other, self._a.add)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self._with(other, self._a.difference)

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._a.difference(y, x))

    def __mul__(self, other: Any) -> Any:
        return self._with(other, self._a.multiply)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return self._with(other, self._quotient)

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._quotient(y, x))

    def _quotient(self, x: Followed, y: Followed) -> Followed:
        return self._a.multiply(x, self._a.inverse(y))

    def __floordiv__(self, other: Any) -> Any:
        return self._with(other, self._whole_quotient)

    def __rfloordiv__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._whole_quotient(y, x))

    def _whole_quotient(self, x: Followed, y: Followed) -> Followed:
        return self._a.exactly(plain_whole.floor_of(self._quotient(x, y).number))

    def __mod__(self, other: Any) -> Any:
        return self._with(other, self._rest)

    def __rmod__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._rest(y, x))

    def _rest(self, x: Followed, y: Followed) -> Followed:
        return self._a.difference(x, self._a.multiply(y, self._whole_quotient(x, y)))

    def __divmod__(self, other: Any) -> Any:
        return NotImplemented if self.like(other) is None else (self // other, self % other)

    def __rdivmod__(self, other: Any) -> Any:
        return NotImplemented if self.like(other) is None else (other // self, other % self)

    def __pow__(self, other: Any) -> Any:
        return self._with(other, self._power)

    def __rpow__(self, other: Any) -> Any:
        return self._with(other, lambda x, y: self._power(y, x))

    def _power(self, base: Followed, exponent: Followed) -> Followed:
        # as in Python and NumPy, 0^0 is 1
        if self._a.is_zero(exponent):
            return self._a.exactly(1)
        return self._a.power(base, exponent)

    def __neg__(self) -> PlainNumber:
        return self._changed(self._a.negative)

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
            missing = ValuelessError("a comparison with what is not a finite number")
            raise self.doubts.raised(missing)
        side = self._asked(lambda: self._a.sign(apart.number))
        if side is None:
            raise self.doubts.raised(Ambiguous("a comparison that is not clear"))
        return int(side)

    def __lt__(self, other: Any) -> bool:
        return self._side(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._side(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._side(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._side(other) >= 0

    def __eq__(self, other: object) -> bool:
        # what is not a number, None say, is not equal to any
        return self.like(other) is not None and self._side(other) == 0

    def __hash__(self) -> int:
        number = None if self.number is None else plain_whole.fraction_of(self.number.number)
        if number is None:
            raise self.doubts.lacking("equal keys for equal numbers")
        return hash(number)

    def __bool__(self) -> bool:
        return self._side(0) != 0

    def __float__(self) -> float:
        raise self.doubts.raised(Undecided("the function turns its entries into floats"))

    def __str__(self) -> str:
        raise self.doubts.lacking("the digits of a number")

    __repr__ = __str__

    def __format__(self, form: str) -> str:
        return str(self)

    def __getattr__(self, name: str) -> NoReturn:
        # asking for the names that Python and NumPy look for by themselves is not an operation
        if not name.startswith("_") and name != "dtype":
            raise self.doubts.lacking(name)
        raise AttributeError(name)

    def _whole(self, compute: Callable[[Any], int]) -> int:
        known = self.number
        whole = None if known is None else self._asked(lambda: compute(known.number))
        if whole is None:
            raise self.doubts.raised(Undecided("the function rounds what has no value"))
        return int(whole)

    def __floor__(self) -> int:
        return self._whole(plain_whole.floor_of)

    def __ceil__(self) -> int:
        return -(-self).__floor__()

    def __trunc__(self) -> int:
        return self.__floor__() if self >= 0 else self.__ceil__()

    __int__ = __trunc__

    def __round__(self, digits: int | None = None) -> Any:
        if digits is None:
            return self._whole(plain_whole.nearest)
        unit = Fraction(10) ** int(digits)
        return self.exactly((self * unit)._whole(plain_whole.nearest)) / unit

    def round(self, decimals: int = 0, out: None = None) -> Any:
        """Return the nearest number of so many decimals."""
        return self.__round__(decimals)

    def rint(self) -> PlainNumber:
        """Return the nearest whole number, the even one of two."""
        return self._changed(lambda x: self._a.exactly(plain_whole.nearest(x.number)))

    def is_integer(self) -> bool:
        """Tell whether the number is whole."""
        return self.isfinite() and bool(self == math.floor(self))

    def isfinite(self) -> bool:
        """Tell whether there is a value."""
        return self.number is not None

    def isnan(self) -> bool:
        """Return False; what has no value may be NaN or infinite, which is not decided."""
        if self.number is None:
            raise self.doubts.raised(Undecided("the function asks what a missing value is"))
        return False

    isinf = isnan

    def conjugate(self, *_: Any, **__: Any) -> PlainNumber:
        """Return the number itself, as other methods do that a number of NumPy has."""
        return self

    real = property(conjugate)
    item = sum = mean = max = min = conjugate

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
        return self.log() / self.exactly(2).log()

    def log10(self) -> Any:
        """Return the logarithm to the base 10."""
        return self.log() / self.exactly(10).log()

    def exp(self) -> PlainNumber:
        """Return e^x."""
        return self._changed(self._a.exponential)

    def exp2(self) -> Any:
        """Return 2^x."""
        return self.exactly(2) ** self

    def expm1(self) -> Any:
        """Return e^x - 1."""
        return self.exp() - 1

    def tanh(self) -> PlainNumber:
        """Return the hyperbolic tangent."""
        return self._changed(self._a.tanh)

    def square(self) -> Any:
        """Return x^2."""
        return self * self
