"""The operations in which terms are evaluated, whatever stands for a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Protocol

import sympy as sp

#: a RadicalSum or ClosedForm in exact arithmetic; fmpq or arb in ball arithmetic
Number = Any
#: values of bound variables: an index as an int, an entry as a Number
Values = Mapping[sp.Symbol, Any]


class Arithmetic(Protocol):
    """What `exact` and `balls` have in common; they say what an operation raises."""

    def exactly(self, value: Fraction | int) -> Number: ...
    def about(self, value: Fraction, radius: Fraction) -> Number: ...
    def add(self, a: Number, b: Number) -> Number: ...
    def multiply(self, a: Number, b: Number) -> Number: ...
    def power(self, base: Number, exponent: Number) -> Number: ...
    def absolute(self, value: Number) -> Number: ...
    def logarithm(self, value: Number) -> Number: ...
    def exponential(self, value: Number) -> Number: ...
    def tanh(self, value: Number) -> Number: ...
    def ceiling(self, value: Number) -> Number: ...
    def lesser(self, a: Number, b: Number) -> Number: ...
    def sign(self, value: Number) -> int | None: ...
    def is_zero(self, value: Number) -> bool | None: ...
    def whole(self, value: Number) -> int | None: ...


def total(a: Arithmetic, numbers: Iterable[Number]) -> Number:
    """Return the sum of numbers, 0 if there are none."""
    result = a.exactly(0)
    for number in numbers:
        result = a.add(result, number)
    return result


def negative(a: Arithmetic, number: Number) -> Number:
    """Return -number."""
    return a.multiply(a.exactly(-1), number)


def difference(a: Arithmetic, left: Number, right: Number) -> Number:
    """Return left - right."""
    return a.add(left, negative(a, right))


def inverse(a: Arithmetic, number: Number) -> Number:
    """Return 1 / number; raises ValuelessError for 0."""
    return a.power(number, a.exactly(-1))
