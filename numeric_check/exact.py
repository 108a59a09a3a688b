"""Exact arithmetic: the operations of `Arithmetic` on sums of radicals, and how one is written."""

from __future__ import annotations

from fractions import Fraction

from .errors import NotExact, Undefined
from .radicals import RadicalSum, common_power, rational

__all__ = [
    "NotExact",
    "RadicalSum",
    "Undefined",
    "absolute",
    "add",
    "exactly",
    "exponential",
    "is_zero",
    "lesser",
    "logarithm",
    "multiply",
    "power",
    "rational",
    "sign",
    "text",
    "whole",
]


def exactly(value: Fraction | int) -> RadicalSum:
    """Return a rational number."""
    return rational(value)


def add(a: RadicalSum, b: RadicalSum) -> RadicalSum:
    """Return a + b."""
    return a + b


def multiply(a: RadicalSum, b: RadicalSum) -> RadicalSum:
    """Return a · b."""
    return a * b


def power(base: RadicalSum, exponent: RadicalSum) -> RadicalSum:
    """Return base^exponent; see RadicalSum.power."""
    return base.power(exponent)


def absolute(value: RadicalSum) -> RadicalSum:
    """Return |value|."""
    return -value if value.sign() < 0 else value


def logarithm(value: RadicalSum) -> RadicalSum:
    """Return log(value), exact for value = 1 alone; raises Undefined for a value <= 0."""
    if value.sign() <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    if value != rational(1):
        raise NotExact("a logarithm")
    return rational(0)


def exponential(value: RadicalSum) -> RadicalSum:
    """Return e^value, exact for value = 0 alone."""
    if value.terms:
        raise NotExact("an exponential")
    return rational(1)


def lesser(a: RadicalSum, b: RadicalSum) -> RadicalSum:
    """Return the lesser of two numbers."""
    return a if (a - b).sign() <= 0 else b


def sign(value: RadicalSum) -> int:
    """Return -1, 0 or 1; see RadicalSum.sign."""
    return value.sign()


def is_zero(value: RadicalSum) -> bool:
    """Tell whether the number is 0; always decided."""
    return not value.terms


def whole(value: RadicalSum) -> int | None:
    """Return a number as an int, None if it is not whole."""
    if not value.is_rational or value.fraction.denominator != 1:
        return None
    return int(value.fraction)


def text(value: RadicalSum, limit: int = 400) -> str | None:
    """Return the number with fractions and roots, None if that takes over `limit` signs."""
    parts = []
    for radical, c in value.terms:
        try:
            (inside, _), k = common_power(RadicalSum(((radical, abs(c)),)), rational(0))
        except NotExact:
            return None
        if max(inside.numerator.bit_length(), inside.denominator.bit_length()) > 4 * limit:
            return None
        written = str(inside) if k == 1 else f"{_bracketed(inside)}^(1/{k})"
        parts.append(f"{'-' if c < 0 else '+'} {written}")
    whole_text = " ".join(parts).removeprefix("+ ") or "0"
    if whole_text.startswith("- "):
        whole_text = "-" + whole_text[2:]
    return whole_text if len(whole_text) <= limit else None


def _bracketed(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"({value})"
