"""Rational numbers near floats, and rational numbers in the order of their simplicity."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor, gcd


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
    whole = floor(low)
    if whole == low or whole + 1 <= high:
        return Fraction(whole if whole == low else whole + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))


def simplest_near(value: Fraction, tolerance: Fraction) -> Fraction:
    """Return the simplest fraction within the relative tolerance; the sign stays, and 0 does."""
    if not value:
        return Fraction(0)
    width = abs(value) * tolerance
    return simplest_between(value - width, value + width)
