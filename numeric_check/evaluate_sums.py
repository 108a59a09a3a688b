"""Operations on batches for sums over entries, sorted order, extremes and windows.

Values and multiplicities have the shape (K, B), a column a candidate, or (B,) for one block. A
block of multiplicity 0 is no block, whatever its value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def _counted_sum(_: Any, values: Array, times: Array) -> Array:
    """The sum of value * multiplicity; an infinite value of no entries counts for nothing."""
    product = np.where(times > 0, values * times, 0.0)
    return np.asarray(product.sum(axis=0)) if product.ndim == 2 else product


def _everywhere(_: Any, condition: Array, times: Array) -> Array:
    holds = np.asarray(condition | (times == 0))
    return np.asarray(holds.all(axis=0)) if holds.ndim == 2 else holds


def _least_live(_: Any, values: Array, times: Array) -> Array:
    kept = np.where(times > 0, values, np.inf)
    return np.asarray(kept.min(axis=0)) if kept.ndim == 2 else kept


def _greatest_live(_: Any, values: Array, times: Array) -> Array:
    return -_least_live(_, -values, times)


def _place_powers(power: int, times: Array, before: Array) -> Array:
    """The sum of k^power over the places k of each block, `before` places being taken already."""
    ends = before + (np.cumsum(times, axis=0) if times.ndim == 2 else times)
    starts = ends - times
    if power == 1:
        return np.asarray(times * (starts + (times + 1) / 2))
    cubes = [n * (n + 1) * (2 * n + 1) / 6 for n in (ends, starts)]
    return np.asarray(cubes[0] - cubes[1])


def _sorted(_: Any, *parts: Array) -> tuple[Array, Array]:
    """Values and multiplicities of all parts in ascending order; a part is a pair of them."""
    size = max((part.shape[-1] for part in parts if part.ndim), default=1)
    columns = []
    for part in parts:
        rows = part if part.ndim == 2 else np.asarray(part)[None]
        columns.append(np.broadcast_to(rows, (rows.shape[0], size)))
    values, times = [], []
    for v, t in zip(columns[::2], columns[1::2], strict=True):
        depth = max(v.shape[0], t.shape[0])
        values.append(np.broadcast_to(v, (depth, size)))
        times.append(np.broadcast_to(t, (depth, size)))
    stacked, counts = np.concatenate(values), np.concatenate(times)
    order = stacked.argsort(axis=0, kind="stable")
    return np.take_along_axis(stacked, order, 0), np.take_along_axis(counts, order, 0)


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


def _python(name: str, *parts: Array) -> Array:
    # imported late: it brings ball arithmetic with it, which no other operation needs
    from .plain_functions import call_on_floats

    return call_on_floats(name, *parts)


SUMS: dict[str, Callable[..., Any]] = {
    "counted_sum": _counted_sum,
    "everywhere": _everywhere,
    "least_live_value": _least_live,
    "greatest_live_value": _greatest_live,
    "place_powers": _place_powers,
    "sorted": _sorted,
    "part": lambda which, pair: pair[which],
    "window": _window,
    "python": _python,
    "at_most": lambda _, values, limit: (values <= limit) * 1.0,
}
