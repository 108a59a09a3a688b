"""The interval in which the premise puts a scalar, and points of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..batch.program import ScalarSlot
from ..batch.run import Array, Run

#: where the points of an interval lie: at its lower end, its upper end, near an end, in between
_AT_LOW, _AT_HIGH, _NEAR, _INSIDE = range(4)


@lru_cache(maxsize=64)
def _cases(size: int, place: int) -> tuple[Array, ...]:
    """Split the columns into four cases that change every size / 8^(place + 1) columns.

    So every case of one scalar meets every case of the next. The shares are 1/8, 1/8, 1/4 and 1/2.
    """
    eighth = np.arange(size) * 8 ** (place % 3 + 1) // max(size, 1) % 8
    case = np.select([eighth == 0, eighth == 1, eighth <= 3], [_AT_LOW, _AT_HIGH, _NEAR], _INSIDE)
    # without an upper end, the logarithm of a step from the lower one: slope * draw + start
    slope = np.choose(case, [-35.0, 35.0, -70.0, 14.0])
    start = np.choose(case, [0.0, -21.0, 0.0, -7.0])
    return *(case == kind for kind in (_AT_LOW, _AT_HIGH, _NEAR, _INSIDE)), slope, start


def between(low: Array, high: Array, draws: Array, place: int, positive: bool) -> Array:
    """Return points of [low, high]: the lower end, the upper end, near an end, in between.

    `draws` are uniform in (0, 1), `place` is the number of the scalar. Where there is no upper
    end, the lower one (or 1) is the measure; what is near is so in the logarithmic scale. With
    `positive`, an end at 0 is not taken itself.
    """
    at_low, at_high, near, inside, slope, start = _cases(draws.shape[0], place)
    open_end = np.isinf(high)
    width = np.where(open_end, np.where(low > 0, low, 1.0), high - low)
    upper = near & (draws >= 0.5)  # near an end: half of the draws go to each
    share = np.exp(slope * (draws - 0.5 * upper) + start)
    np.copyto(share, draws, where=inside & ~open_end)
    np.copyto(share, 0.0, where=(at_low & (low != 0) if positive else at_low) | at_high & ~open_end)
    down = (upper | at_high) & ~open_end
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is not a candidate
        share *= width
        return np.asarray(np.where(down, high - share, low + share))


def interval(run: Run, slot: ScalarSlot, size: int) -> tuple[Array, Array, bool]:
    """Return the ends between which the premise puts a scalar; True if they are of |scalar|.

    Both ends are the same array when the premise gives the scalar's value.
    """
    magnitudes = slot.kind == "real" and all(b.magnitude or b.relation == "!=" for b in slot.bounds)
    low: Any = 0.0 if magnitudes or slot.kind != "real" else -np.inf
    high: Any = np.inf
    for bound in slot.bounds:
        if bound.magnitude and not magnitudes and slot.kind == "real":
            continue
        end = run.value(bound.register)
        if bound.relation == "=":
            value = np.array(np.broadcast_to(end, (size,)))
            return value, value, bound.magnitude
        if bound.relation in ("<", "<="):
            high = np.minimum(high, end)
        elif bound.relation in (">", ">="):
            low = np.maximum(low, end)
    low, high = (end if np.shape(end) == (size,) else np.full(size, end) for end in (low, high))
    return _finite_low(low, high), high, magnitudes


def _finite_low(low: Array, high: Array) -> Array:
    """Stand in for an end at minus infinity: far below 0, or below the other end."""
    finite = np.isfinite(low)
    if finite.all():
        return low
    return np.where(finite, low, np.where(np.isfinite(high), -2 * np.abs(high) - 1, -1e3))
