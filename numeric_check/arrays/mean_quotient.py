"""The quotient of two power means from their sums, without a loss in the roots.

The root (S / N)^(1/p) has, for p = 1/100, an exponent of 100: a logarithm rounded to float64, or
1/p rounded before it multiplies a large exponent, would cost hundreds of units. So the power of two
is split off each mean and multiplied by 1/p in two exact halves; what is left lies within a factor
of sqrt(2) of 1, where the rounding of 1/p is harmless.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

__all__ = ["mean_quotient"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def mean_quotient(
    low: Floats, high: Floats, entries: int, p: float, q: float, shift: Integers
) -> Floats:
    """(low / entries)^(1/p) / (high / entries)^(1/q) * 2^shift, slot by slot.

    `low` and `high` are positive, `entries` >= 1, 1/1000 <= p < q <= 1000. Where the result is
    below the least normal float64 it is rounded to a subnormal or to zero.
    """
    low_root, low_fraction, low_whole = _root(low, entries, p)
    high_root, high_fraction, high_whole = _root(high, entries, q)
    quotient = low_root / high_root * np.exp2(low_fraction - high_fraction)
    # Past +-5000 all is zero or infinite; the bound keeps the exponent within a C int.
    exponent = np.clip(low_whole - high_whole + shift, -5000, 5000)
    return np.asarray(np.ldexp(quotient, exponent.astype(np.int32)))


def _root(sums: Floats, entries: int, exponent: float) -> tuple[Floats, Floats, Integers]:
    """(sums / entries)^(1/exponent) as r * 2^(f + n): r near 1, |f| <= 1/2 or so, n an integer."""
    mantissa, binary = np.frexp(sums)
    length, length_binary = np.frexp(np.float64(entries))
    mantissa, carry = np.frexp(mantissa / length)
    binary = (binary - length_binary + carry).astype(np.float64)
    below = mantissa < np.sqrt(0.5)
    mantissa = np.where(below, 2 * mantissa, mantissa)
    binary = binary - below

    inverse = 1 / Fraction(exponent)
    # 26 leading bits times a binary exponent (at most 13 bits) is exact, and so is the remainder.
    leading = float(np.float32(float(inverse)))
    rest = float(inverse - Fraction(leading))
    product = binary * leading
    whole = np.rint(product)
    fraction = (product - whole) + binary * rest
    return np.power(mantissa, float(inverse)), fraction, whole.astype(np.int64)
