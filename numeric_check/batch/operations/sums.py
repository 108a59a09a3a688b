"""Operations on batches for sums over entries, sorted order, extremes and windows.

Values and multiplicities have the shape (K, B), a column a candidate, or (K, .., B) inside an
index, or no axis of blocks where they are of one block: `wide` tells. A block of multiplicity 0 is
no block, whatever its value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def _counted_sum(wide: bool, values: Array, times: Array) -> Array:
    """The sum of value * multiplicity; an infinite value of no entries counts for nothing."""
    product = np.where(times > 0, values * times, 0.0)
    return np.asarray(product.sum(axis=0)) if wide else product


def _everywhere(wide: bool, condition: Array, times: Array) -> Array:
    holds = np.asarray(condition | (times == 0))
    return np.asarray(holds.all(axis=0)) if wide else holds


def _least_live(wide: bool, values: Array, times: Array) -> Array:
    kept = np.where(times > 0, values, np.inf)
    return np.asarray(kept.min(axis=0)) if wide else kept


def _greatest_live(wide: bool, values: Array, times: Array) -> Array:
    return -_least_live(wide, -values, times)


def _place_powers(literal: tuple[int, bool], times: Array, before: Array) -> Array:
    """The sum of k^power over the places k of each block, `before` places being taken already."""
    power, wide = literal
    ends = before + (np.cumsum(times, axis=0) if wide else times)
    starts = ends - times
    if power == 1:
        return np.asarray(times * (starts + (times + 1) / 2))
    cubes = [n * (n + 1) * (2 * n + 1) / 6 for n in (ends, starts)]
    return np.asarray(cubes[0] - cubes[1])


def _stacked(wide: tuple[bool, ...], *parts: Array) -> tuple[Array, Array]:
    """Values and multiplicities of all parts, one after the other; a part is a pair of them."""
    pairs = list(zip(parts[::2], parts[1::2], wide, strict=True))
    inside = max(max(v.ndim, t.ndim) - w for v, t, w in pairs)
    rows = []
    for values, times, own in pairs:
        depth = max(values.shape[0], times.shape[0]) if own else 1
        for blocks in (values, times):
            shape = blocks.shape[1:] if own else blocks.shape
            first = blocks.shape[:1] if own else (1,)
            full = blocks.reshape(first + (1,) * (inside - len(shape)) + shape)
            rows.append(np.broadcast_to(full, (depth, *full.shape[1:])))
    common = np.broadcast_shapes(*(row.shape[1:] for row in rows))
    rows = [np.broadcast_to(row, row.shape[:1] + common) for row in rows]
    return np.concatenate(rows[::2]), np.concatenate(rows[1::2])


def _sorted(wide: tuple[bool, ...], *parts: Array) -> tuple[Array, Array]:
    """Values and multiplicities of all parts in ascending order; a part is a pair of them."""
    stacked, counts = _stacked(wide, *parts)
    order = stacked.argsort(axis=0, kind="stable")
    return np.take_along_axis(stacked, order, 0), np.take_along_axis(counts, order, 0)


def _aligned(_: Any, *vectors: Array) -> tuple[Array, ...]:
    """Multiplicities of the blocks that vectors of one length have in common, and their values.

    A vector is a pair of values and multiplicities, its blocks in the order of its entries.
    """
    ends = [np.cumsum(times, axis=0) for times in vectors[1::2]]
    inside = np.broadcast_shapes(*(own.shape[1:] for own in ends))
    every = np.concatenate([np.broadcast_to(own, own.shape[:1] + inside) for own in ends])
    every.sort(axis=0)
    found = [np.diff(every, axis=0, prepend=0.0)]
    for values, own in zip(vectors[::2], ends, strict=True):
        place = (own[:, None] < every).sum(axis=0).clip(max=own.shape[0] - 1)
        found.append(np.take_along_axis(values, place, 0))
    return tuple(found)


def _window(_: Any, values: Array, times: Array, width: Array) -> Array:
    """The least spread of `width` entries next to each other; infinite where there are too few.

    Of the windows that begin in one block the first is the shortest, so K candidates are enough.
    """
    ends = np.cumsum(times, axis=0)
    best = np.full(values.shape[1:], np.inf)
    for block in range(values.shape[0]):
        reach = ends[block] - times[block] + width
        last = np.argmax(ends >= reach, axis=0)
        spread = np.take_along_axis(values, last[None], 0)[0] - values[block]
        possible = (times[block] > 0) & (reach <= ends[-1]) & (width >= 1)
        best = np.where(possible, np.minimum(best, spread), best)
    return best


def _at_place(_: Any, values: Array, times: Array, place: Array) -> Array:
    """The entry at a place, the first being 1; not a number where there is none."""
    ends = np.cumsum(times, axis=0)
    block = np.argmax(ends >= place, axis=0)
    there = (place >= 1) & (place <= ends[-1]) & (place == np.rint(place))
    return np.where(there, np.take_along_axis(values, block[None], 0)[0], np.nan)


def _python(literal: tuple[str, tuple[bool, ...]], *parts: Array) -> Array:
    # imported late: it brings ball arithmetic with it, which no other operation needs
    from ...functions.evaluate import call_on_floats

    name, wide = literal
    values, times = _stacked(wide, *parts)
    columns = call_on_floats(name, *(part.reshape(part.shape[0], -1) for part in (values, times)))
    return columns.reshape(values.shape[1:])


SUMS: dict[str, Callable[..., Any]] = {
    "counted_sum": _counted_sum,
    "everywhere": _everywhere,
    "least_live_value": _least_live,
    "greatest_live_value": _greatest_live,
    "place_powers": _place_powers,
    "stacked": _stacked,
    "sorted": _sorted,
    "aligned": _aligned,
    "part": lambda which, pair: pair[which],
    "window": _window,
    "at_place": _at_place,
    "python": _python,
    "at_most": lambda _, values, limit: (values <= limit) * 1.0,
}
