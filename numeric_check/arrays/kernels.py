"""Both power sums of an array in one reading, compiled by Numba (the extra `fast`).

Importing this module imports Numba, which takes a third of a second: `compiled` decides when.
The loops run without Python's lock, so that threads can share an array.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as cached
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .power_sums import small_multiple

__all__ = ["EXPONENTS", "Kernel", "Sums", "make_kernel"]

Sums = tuple[float, float, int]
Kernel = Callable[[NDArray[Any]], Sums]

# Powers made of products and square roots; others take a logarithm and an exponential.
EXPONENTS = frozenset({0.25, 0.5, 1.0, 2.0, 3.0, 4.0})

# Terms that are added naively: products in 16 lanes at once where vector registers hold four
# float64, powers in four, so that a term passes through some 20 roundings or ten; p and q of powers
# may lie so close together that the index is made of little else. Sums of these are compensated.
_PRODUCTS, _POWERS = 256, 32

# Where the significand of a float64 begins, and what its exponent is counted from.
_SIGNIFICAND, _BIAS = np.uint64(52), np.uint64(1023)
# From the float64 sqrt(1/2) to 1.
_TO_ONE = np.uint64(0x3FF0000000000000 - 0x3FE6A09E667F3BCD)
# 2^52 as bits; and what, added to a number, rounds it to a whole one, which its last bits show.
_TWO_TO_52, _ROUNDING = np.uint64(0x4330000000000000), 1.5 * 2.0**52


def make_kernel(p: float, q: float, shift: int, count: bool, cache: bool) -> Kernel:
    """A function from a contiguous vector to (sum |w|^p, sum |w|^q, number of nonzero entries).

    Entries are numbers if `shift` is 0, else the codes of bfloat16 (16) or float16 (13) in unsigned
    integers. Nonzero entries are counted if `count`, or else said to be 0. The sums have an error
    of a few units in the last place, and of as many times p and q where these are large, unless
    powers leave the range of float64; they are NaN or infinite if an entry is. With `cache` the
    compiled code is kept on disk, beside Python's own or in the user's cache; RuntimeError if
    neither can be written.
    """
    low = p if p in EXPONENTS else 0.0
    high = q if q in EXPONENTS else 0.0
    multiple = 0 if high else small_multiple(p, q)
    power_sums = _compiled(low, high, multiple, shift, count, cache)
    return lambda entries: power_sums(entries, p, q)


@cached
def _compiled(
    low: float, high: float, multiple: int, shift: int, count: bool, cache: bool
) -> Callable[..., Sums]:
    """The loops for p = `low` and q = `high`, if 0 for any; or q is a multiple of p."""
    most = _PRODUCTS if low and (high or multiple) else _POWERS

    # Reassociation makes vectors of the sums below; what the functions called here do, it leaves
    # alone. NaN and infinity keep their meaning. What is closed over is a constant to the compiler.
    @njit(nogil=True, cache=cache, fastmath={"reassoc", "contract"}, error_model="numpy")
    def power_sums(entries: NDArray[Any], p: float, q: float) -> Sums:
        low_sum = low_error = high_sum = high_error = 0.0
        nonzero = 0
        start = 0
        while start < entries.size:
            # An index from 0 on: of any other, Numba asks whether it counts from the end, and
            # then vectors are gathered entry by entry. What does not fill a stretch would be added
            # in one lane; it is taken singly.
            length = most if start + most <= entries.size else 1
            stretch = entries[start : start + length]
            start += length
            low_part = high_part = 0.0
            for i in range(stretch.size):
                entry = _magnitude(stretch[i], shift)
                whole, rest = _logarithm(entry)  # once for both, and not at all where none needs it
                power = _raised(entry, low) if low else _power(entry, whole, rest, p)
                low_part += power
                if multiple:
                    high_part += _raised(power, float(multiple))
                else:
                    high_part += _raised(entry, high) if high else _power(entry, whole, rest, q)
            low_sum, low_error = _grown(low_sum, low_error, low_part)
            high_sum, high_error = _grown(high_sum, high_error, high_part)
            if count:
                nonzero += _nonzero(stretch, shift)
        return low_sum + low_error, high_sum + high_error, nonzero

    return power_sums


# A check for division by zero would keep the loop from being made one of vectors.
@njit(fastmath={"contract"}, error_model="numpy")
def _logarithm(entry: float) -> tuple[float, float]:
    """A whole number and a rest of at most 1/2, together log2 of a positive finite entry.

    The significand m is taken between sqrt(1/2) and sqrt(2); log2 m = 2 / ln 2 * artanh s, where
    s = (m - 1) / (m + 1), is s times a polynomial of s^2.
    """
    below = entry < 2.0**-1022
    bits = np.float64(entry * 2.0**54 if below else entry).view(np.uint64)
    biased = np.uint64(np.uint64(bits + _TO_ONE) >> _SIGNIFICAND)
    moved = np.uint64(np.uint64(biased - _BIAS) << _SIGNIFICAND)
    m = np.uint64(bits - moved).view(np.float64)
    # As a float without a conversion, for which only AVX-512 has a vector instruction.
    whole = np.uint64(biased | _TWO_TO_52).view(np.float64) - (2.0**52 + 1023.0)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    a = 0.2136589569431927
    a = a * z + 0.2209130842311768
    a = a * z + 0.262334352504183
    a = a * z + 0.32059853491395984
    a = a * z + 0.4121985858409005
    a = a * z + 0.5770780163455203
    a = a * z + 0.9617966939259898
    return whole - 54.0 if below else whole, s * (z * a + 2.8853900817779268)


@njit(fastmath={"contract"}, error_model="numpy")
def _power(entry: float, whole: float, rest: float, exponent: float) -> float:
    """entry^exponent, where whole + rest is log2 of the entry if this is positive and finite.

    The relative error is at most 2^-52 * max(1, exponent), so that of a root 2^-52 * max(1,
    1 / exponent): no more than 0.7 of it was found over 10^5 entries of all magnitudes. A power
    far outside of float64's range is something as far out.
    """
    lead = np.float64(np.float32(exponent))  # 24 leading bits times a binary exponent are exact
    product = lead * whole
    other = exponent * rest + (exponent - lead) * whole
    nearest = _nearest_whole(product + other)
    f = (product - nearest) + other
    a = 4.4558179083360645e-10
    a = a * f + 7.074194297288521e-09
    a = a * f + 1.0178057087733941e-07
    a = a * f + 1.3215432535912375e-06
    a = a * f + 1.5252733841556773e-05
    a = a * f + 0.00015403530463724353
    a = a * f + 0.001333355814640647
    a = a * f + 0.009618129107587256
    a = a * f + 0.055504108664821625
    a = a * f + 0.24022650695910158
    a = a * f + 0.6931471805599453
    power = _power_of_two(nearest) * (a * f + 1.0)
    return power if (entry > 0.0) & (entry < np.inf) else entry  # 0, infinity and NaN as they are


@njit(error_model="numpy")
def _nearest_whole(number: float) -> float:
    return (number + _ROUNDING) - _ROUNDING


@njit(error_model="numpy")
def _power_of_two(whole: float) -> float:
    """2^whole, as long as that is a normal float64, else the nearest of these."""
    bits = np.float64(min(max(whole, -1022.0), 1023.0) + _ROUNDING).view(np.uint64)
    return np.uint64(np.uint64(bits + _BIAS) << _SIGNIFICAND).view(np.float64)


@njit
def _raised(entry: float, exponent: float) -> float:
    if exponent == 0.25:
        return np.sqrt(np.sqrt(entry))
    if exponent == 0.5:
        return np.sqrt(entry)
    if exponent == 2.0:
        return entry * entry
    if exponent == 3.0:
        return entry * entry * entry
    if exponent == 4.0:
        return (entry * entry) * (entry * entry)
    return entry


@njit
def _magnitude(entry: Any, shift: int) -> float:
    """The absolute value as float64: exact but for integers beyond 2^53."""
    if shift == 0:
        return abs(np.float64(entry))
    value = np.float64(np.uint32(_unsigned(entry) << np.uint32(shift)).view(np.float32))
    if shift == 16:  # bfloat16 is the upper half of float32
        return value
    # The exponents of float16 count from -15, not -127; its largest means infinity or NaN.
    value *= 2.0**112
    return value if value < 65536.0 else np.inf


@njit
def _unsigned(code: Any) -> Any:
    return np.uint32(code) & np.uint32(0x7FFF)


@njit
def _nonzero(entries: NDArray[Any], shift: int) -> np.int32:
    nonzero = np.int32(0)  # narrow, so that a vector holds many
    for i in range(entries.size):
        nonzero += np.int32((_unsigned(entries[i]) if shift else entries[i]) != 0)
    return nonzero


@njit
def _grown(total: float, error: float, term: float) -> tuple[float, float]:
    """TwoSum (Knuth, TAOCP 2, 4.2.2, theorem B): total + error grows by `term`."""
    grown = total + term
    rounded = grown - total
    return grown, error + ((total - (grown - rounded)) + (term - rounded))
