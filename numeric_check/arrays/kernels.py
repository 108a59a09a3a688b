"""Both power sums of an array in one reading, compiled by Numba (the extra `fast`).

Importing this module imports Numba, which takes a third of a second: `array_fused` decides when.
The loops run without Python's lock, so that threads can share an array.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["Kernel", "Sums", "make_kernel"]

Sums = tuple[float, float, int]
Kernel = Callable[[NDArray[Any]], Sums]

# Terms that are added naively, in 16 lanes at once where vector registers hold four float64, so
# that a term passes through some 20 roundings at most. The sums of stretches are compensated.
_STRETCH = 256


def make_kernel(p: float, q: float, multiple: int, shift: int, count: bool, cache: bool) -> Kernel:
    """A function from a contiguous vector to (sum |w|^p, sum |w|^q, number of nonzero entries).

    p is 1/4, 1/2, 1, 2, 3 or 4; so is q, or else q is `multiple` (2, 3 or 4, otherwise 0) times p.
    Entries are numbers if `shift` is 0, else the codes of bfloat16 (16) or float16 (13) in unsigned
    integers. Nonzero entries are counted if `count`, or else said to be 0. The sums have an error
    of a few units in the last place unless powers leave the range of float64; they are NaN or
    infinite if an entry is. With `cache` the compiled code is kept on disk, beside Python's own or
    in the user's cache; RuntimeError if neither can be written.
    """

    # Reassociation makes vectors of the sums below; what the functions called here do, it leaves
    # alone. NaN and infinity keep their meaning. What is closed over is a constant to the compiler.
    @njit(nogil=True, cache=cache, fastmath={"reassoc", "contract"})
    def power_sums(entries: NDArray[Any]) -> Sums:
        low = low_error = high = high_error = 0.0
        nonzero = 0
        for start in range(0, entries.size, _STRETCH):
            # An index from 0 on: of any other, Numba asks whether it counts from the end, and
            # then vectors are gathered entry by entry.
            stretch = entries[start : start + _STRETCH]
            low_part = high_part = 0.0
            for i in range(stretch.size):
                entry = _magnitude(stretch[i], shift)
                power = _raised(entry, p)
                low_part += power
                high_part += _raised(power, float(multiple)) if multiple else _raised(entry, q)
            low, low_error = _grown(low, low_error, low_part)
            high, high_error = _grown(high, high_error, high_part)
            if count:
                nonzero += _nonzero(stretch, shift)
        return low + low_error, high + high_error, nonzero

    return power_sums


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
