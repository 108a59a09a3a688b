"""Sums of powers that run over any range of magnitudes, slot by slot.

A partial sum arrives as `s * 2^(exponent * step * level)`: the entries were divided by the power of
two 2^(step * level), exactly, so that s neither overflowed nor lost its largest terms. `step` is
chosen with exponent * step near 600, hence a sum two levels below another is smaller than its
rounding error by hundreds of bits. Two levels a slot are therefore enough, in constant memory.
Sums within a level are compensated (Knuth's TwoSum), so the number of blocks costs no accuracy.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["SPAN", "LevelledSum", "level_step"]

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]
Where = tuple[slice, ...]

# Powers of entries stay within 2^-SPAN and 2^SPAN: far from the ends of float64 (2^-1022, 2^1024),
# with room above for the number of entries and below for the terms that still count.
SPAN = 600

_NO_LEVEL = -(1 << 40)


def level_step(exponent: float) -> int:
    """The number of powers of two that a level spans when entries are raised to `exponent`."""
    return max(1, int(SPAN / exponent))


class LevelledSum:
    """The sum of |w|^exponent in each slot of an array of `shape` (one slot if shape is ()).

    `add` takes nonnegative sums; NaN and infinity, once added to a slot, stay there.
    """

    def __init__(self, exponent: float, shape: tuple[int, ...] = ()) -> None:
        """Start at zero in every slot."""
        self.exponent = exponent
        self.step = level_step(exponent)
        self._high: Floats = np.zeros(shape)
        self._high_error: Floats = np.zeros(shape)
        # Most arrays never leave level 0; the other level is made when it is needed.
        self._low: Floats | None = None
        self._low_error: Floats = self._high_error
        self._level: Levels = np.zeros(shape, dtype=np.int64)

    def add(self, sums: Floats, levels: Levels | None = None, where: Where = ()) -> None:
        """Add `sums` at `levels` (None: all 0) to the slots that the slices `where` select."""
        place: Any = (*where, ...)  # the ellipsis keeps a view even where no axis is left
        if self._low is None:
            if levels is None or not np.any((levels != 0) & (sums != 0)):
                _add(self._high[place], self._high_error[place], sums)
                return
            self._low = np.zeros(self._high.shape)
            self._low_error = np.zeros(self._high.shape)
            self._level[self._high == 0] = _NO_LEVEL
        if levels is None:
            levels = np.zeros(sums.shape, dtype=np.int64)
        high, high_error = self._high[place], self._high_error[place]
        low, low_error = self._low[place], self._low_error[place]
        level = self._level[place]

        # What is not finite stays in sight, and a zero has no level of its own.
        settled = ~np.isfinite(sums) | (sums == 0) | ~np.isfinite(high)
        rise = np.where(settled, 0, levels - level)
        for part, below in ((high, low), (high_error, low_error)):
            below[...] = np.where(rise == 1, part, np.where(rise > 1, 0.0, below))
            part[rise > 0] = 0.0
        level[...] = np.where(rise > 0, levels, level)
        _add(high, high_error, np.where(rise >= 0, sums, 0.0))
        _add(low, low_error, np.where(rise == -1, sums, 0.0))

    def merge(self, other: LevelledSum) -> None:
        """Add what `other` has collected (same exponent, same shape)."""
        self.add(other._high, other._level)
        self._add_error(other._high_error, other._level)
        if other._low is not None:
            self.add(other._low, other._level - 1)
            self._add_error(other._low_error, other._level - 1)

    def _add_error(self, errors: Floats, levels: Levels) -> None:
        """Add corrections, of either sign, to sums that were added at the same levels before."""
        finite = np.where(np.isfinite(errors), errors, 0.0)
        self._high_error += np.where(levels == self._level, finite, 0.0)
        if self._low is not None:
            self._low_error += np.where(levels == self._level - 1, finite, 0.0)

    def total(self) -> tuple[Floats, Levels]:
        """Sums s and levels l: the sum of powers in a slot is s * 2^(exponent * step * l)."""
        total = _collect(self._high, self._high_error)
        if self._low is None:
            return total, self._level
        total = total + _collect(self._low, self._low_error) * self._level_weight()
        return total, np.where(self._level == _NO_LEVEL, 0, self._level)

    def _level_weight(self) -> float:
        """2^(-exponent * step), correctly rounded but for the last bit: the product is exact."""
        power = Fraction(self.exponent) * self.step
        whole = round(power)
        return math.ldexp(2.0 ** float(whole - power), -whole)


def _add(total: Floats, error: Floats, terms: Floats) -> None:
    """TwoSum (Knuth, TAOCP 2, 4.2.2, theorem B): total + error grows by `terms`, in place."""
    before: Any = total
    added: Any = terms
    if total.ndim == 0:  # Python's floats do the same, ten times faster than arrays of one
        before, added = total.item(), terms.item()
    grown = before + added
    rounded = grown - before
    error += (before - (grown - rounded)) + (added - rounded)
    total[...] = grown


def _collect(total: Floats, error: Floats) -> Floats:
    # Once a total is infinite or NaN its error term means nothing.
    return np.where(np.isfinite(total), total + error, total)
