"""From exact numbers and balls to whole numbers, as `int`, `round` and `//` ask for them."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import arb, fmpq

from ..certifier.errors import Ambiguous, NotExact
from ..certifier.numbers.arithmetic import Number
from ..certifier.numbers.logarithms import ClosedForm


def fraction_of(number: Number) -> Fraction | None:
    """Return a number as a fraction, None if it is not kept as one."""
    if isinstance(number, fmpq):
        return Fraction(int(number.p), int(number.q))
    if isinstance(number, arb | ClosedForm) or not number.is_rational:
        return None
    return Fraction(number.fraction)


def floor_of(number: Number) -> int:
    """Return the greatest whole number that is not above a number.

    Raises NotExact for irrational numbers of exact arithmetic, Ambiguous for a ball around a whole
    number.
    """
    value = fraction_of(number)
    if value is not None:
        return math.floor(value)
    if not isinstance(number, arb):
        raise NotExact("an irrational number is rounded")
    whole = number.floor().unique_fmpz()
    if whole is None:
        raise Ambiguous("a number is rounded that may be whole")
    return int(whole)


def nearest(number: Number) -> int:
    """Return the nearest whole number, the even one of two; raises as `floor_of` does."""
    value = fraction_of(number)
    if value is not None:
        return round(value)
    if not isinstance(number, arb):
        return floor_of(number)
    moved = number + arb(1) / 2
    if moved.contains_integer():
        raise Ambiguous("a number is rounded that may be halfway")
    return floor_of(moved)
