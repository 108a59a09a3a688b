"""The interval in which the premise puts a scalar, and points of it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .evaluate import Array, Run
from .program import ScalarSlot


@lru_cache(maxsize=64)
def _cases(size: int, place: int) -> tuple[Array, ...]:
    """Split the columns into four cases that change every size / 8^(place + 1) columns.

    So every case of one scalar meets every case of the next. The shares are 1/8, 1/8, 1/4 and 1/2.
    """
    eighth = np.arange(size) * 8 ** (place % 3 + 1) // max(size, 1) % 8
    number = np.select([eighth == 0, eighth == 1, eighth <= 3], [0, 1, 2], 3)
    return tuple(np.flatnonzero(number == k) for k in range(4))


def between(low: Array, high: Array, draws: Array, place: int, positive: bool) -> Array:
    """Return points of [low, high]: the lower end, the upper end, near an end, in between.

    `draws` are uniform in (0, 1), `place` is the number of the scalar. Where there is no upper
    end, the lower one (or 1) is the measure; what is near is so in the logarithmic scale. With
    `positive`, an end at 0 is not taken itself.
    """
    values = np.empty(draws.shape[0])
    at_low, at_high, near, inside = _cases(draws.shape[0], place)
    width = high - low
    open_end = np.isinf(high)
    width = np.where(open_end, np.where(low > 0, low, 1.0), width)
    lower = low[at_low]
    if positive:
        lower = np.where(lower == 0, width[at_low] * np.exp(-35 * draws[at_low]), lower)
    values[at_low] = lower
    u = draws[at_high]
    values[at_high] = np.where(
        open_end[at_high], low[at_high] + width[at_high] * np.exp(35 * u - 21), high[at_high]
    )
    u = draws[near]
    up, distance = u < 0.5, width[near] * np.exp(-70 * np.where(u < 0.5, u, u - 0.5))
    values[near] = np.where(up | open_end[near], low[near] + distance, high[near] - distance)
    u = draws[inside]
    share = np.where(open_end[inside], np.exp(14 * u - 7), u)
    values[inside] = low[inside] + width[inside] * share
    return values


def interval(run: Run, slot: ScalarSlot, size: int) -> tuple[Array, Array, bool]:
    """Return the ends between which the premise puts a scalar; True if they are of |scalar|.

    Both ends are the same array when the premise gives the scalar's value.
    """
    magnitudes = slot.kind == "real" and all(b.magnitude or b.relation == "!=" for b in slot.bounds)
    low = np.full(size, 0.0 if magnitudes or slot.kind != "real" else -np.inf)
    high = np.full(size, np.inf)
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
    return _finite_low(low, high), high, magnitudes


def _finite_low(low: Array, high: Array) -> Array:
    """Stand in for an end at minus infinity: far below 0, or below the other end."""
    far = np.where(np.isfinite(high), -2 * np.abs(high) - 1, -1e3)
    return np.where(
        np.isfinite(low), low, np.minimum(low, far) if np.all(np.isfinite(low)) else far
    )
