"""Rational numbers near floats, and rational numbers in the order of their simplicity."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd


@lru_cache(maxsize=1024)
def of_complexity(level: int) -> tuple[Fraction, ...]:
    """Return the fractions >= 0 of one complexity, those with the smaller denominators first."""
    if level == 0:
        return (Fraction(0),)
    pairs = (((level - 3 * (b - 1)) // b, b) for b in range(1, level) if (level + 3) % b == 0)
    return (Fraction(level), *(Fraction(a, b) for a, b in pairs if b > 1 <= a and gcd(a, b) == 1))


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction with the least denominator in [low, high], by continued fractions."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest_between(-high, -low)
    return Fraction(*_simplest(low.numerator, low.denominator, high.numerator, high.denominator))


def _simplest(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Return the same for [a/b, c/d] above 0, as a numerator and a denominator."""
    whole = a // b
    if whole * b == a:
        return whole, 1
    if (whole + 1) * d <= c:
        return whole + 1, 1
    above, below = _simplest(d, c - whole * d, b, a - whole * b)
    return whole * above + below, above


def simplest_near(value: Fraction, tolerance: Fraction) -> Fraction:
    """Return the simplest fraction within a relative tolerance below 1; the sign stays, 0 too."""
    if not value:
        return Fraction(0)
    size, below = abs(value.numerator) * tolerance.denominator, tolerance.denominator
    width = abs(value.numerator) * tolerance.numerator
    below *= value.denominator
    near = Fraction(*_simplest(size - width, below, size + width, below))
    return near if value > 0 else -near
