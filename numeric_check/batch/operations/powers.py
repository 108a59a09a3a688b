"""Operations on batches for power sums: logarithms, with the largest entry divided out.

Values and multiplicities have the shape (K, B), a column a candidate, or (K, .., B) inside an
index. One logarithm a distinct value serves every exponent: |v|^r = peak^r exp(r ln(|v| / peak)).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: where exp would leave the normal numbers, and what stands for 0 under a logarithm
_LEAST_LOG, _TINY = -700.0, 1e-300
#: a sum is formed as it is between this and its reciprocal
_LEAST_SUM = 1e-280


def _relative_logs(_: Any, sizes: Array, peak: Array) -> Array:
    """ln(|v| / peak) of each distinct value; some number far below 0 for 0, which has no weight."""
    logs = np.asarray(sizes / (peak if peak.all() else np.where(peak > 0, peak, 1.0)))
    if logs.min(initial=1.0) < _TINY:
        np.maximum(logs, _TINY, out=logs)
    return np.asarray(np.log(logs, out=logs))


def _weights(_: Any, sizes: Array, times: Array) -> Array:
    """Multiplicities, 0 for zero entries: exp and log take ten times as long at their limits."""
    return times if sizes.all() else np.asarray(times * (sizes != 0))


def _scaled_sum(_: Any, logs: Array, weights: Array, exponent: Array) -> Array:
    """The sum of weight * e^(r log); what is below e^-700 counts as that."""
    powers = np.asarray(logs * exponent)
    if powers.min(initial=0.0) < _LEAST_LOG:
        np.maximum(powers, _LEAST_LOG, out=powers)
    np.exp(powers, out=powers)
    if powers.ndim == 2 and weights.shape == powers.shape:
        return np.asarray(np.einsum("kb,kb->b", powers, weights))
    return np.asarray(np.add.reduce(powers * weights, axis=0))


def _gather(_: Any, exponent: Array, first: Array, *others: Array) -> Array:
    """ln(T_0 + the sum of T_i e^(r d_i)) for T_0 `first` and the pairs (T_i, d_i)."""
    total: Any = first
    for times, ratio in zip(others[::2], others[1::2], strict=True):
        power = np.asarray(exponent * ratio)
        if power.min(initial=0.0) < _LEAST_LOG:  # a sum this small is formed anew below
            np.maximum(power, _LEAST_LOG, out=power)
        np.exp(power, out=power)
        if times.ndim or times != 1:
            power = power * times
        total = total + power
    logs = np.asarray(np.log(total))
    if not (total.min(initial=1.0) > _LEAST_SUM and total.max(initial=1.0) < 1 / _LEAST_SUM):
        far = np.flatnonzero(~((total > _LEAST_SUM) & (total < 1 / _LEAST_SUM)))
        parts = (exponent, first, *others)
        logs.ravel()[far] = _gather_far(*(_columns(part, total.shape, far) for part in parts))
    return logs


def _columns(part: Array, shape: tuple[int, ...], columns: NDArray[np.intp]) -> Array:
    if part.size == 1:
        return np.full(columns.size, part)
    return (part if part.shape == shape else np.broadcast_to(part, shape)).ravel()[columns]


def _gather_far(exponent: Array, first: Array, *others: Array) -> Array:
    """The same where the sum itself would leave the floats: its largest part is divided out."""
    logs = np.empty((1 + len(others) // 2, first.size))
    np.log(first, out=logs[0])
    for i, (times, ratio) in enumerate(zip(others[::2], others[1::2], strict=True), 1):
        np.log(times, out=logs[i])
        logs[i] += exponent * ratio
    largest = logs.max(axis=0)
    largest[~np.isfinite(largest)] = 0.0
    logs -= largest
    return np.asarray(np.log(np.exp(logs, out=logs).sum(axis=0)) + largest)


POWERS: dict[str, Callable[..., Any]] = {
    "sizes": lambda _, values: np.abs(values),
    "peak": lambda _, sizes: sizes.max(axis=0),
    "top": lambda _, *peaks: reduce(np.maximum, peaks),
    "anchor": lambda _, peak: peak if peak.all() else np.where(peak > 0, peak, 1.0),
    "relative_logs": _relative_logs,
    "weights": _weights,
    "scaled_sum": _scaled_sum,
    "log_ratio": lambda _, peak, anchor: np.log(peak / anchor),
    "gather": _gather,
    "log_norm": lambda _, log_top, g, r: log_top + g / r,
    "log_sum": lambda _, log_top, g, r: log_top * r + g,
}
