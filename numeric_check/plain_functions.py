"""Measures that are plain Python functions of a one-dimensional NumPy array.

Nothing is known of such a function. The search calls it on floats, and what fails there (an
exception, a result that is no finite number) puts the vector outside the measure's domain. A
certificate calls the same function on an array of exact numbers or balls (`plain_numbers`), so that
rounding never decides.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import applied
from .arithmetic import Arithmetic, Number
from .errors import Undecided, Undefined
from .plain_numbers import Doubts, PlainNumber, number_of

Function = Callable[[Any], Any]

#: entries of a vector that a function is called with at most
MAX_ENTRIES = 64

_FUNCTIONS: dict[str, Function] = {}


def register(name: str, function: Function) -> None:
    """Let terms `Applied(name, V)` mean function(V); raises ValueError for a name that is taken."""
    if _FUNCTIONS.setdefault(name, function) is not function:
        raise ValueError(f"two functions have the name {name}; give one of them another name")
    applied.let_mean(name, partial(value_of, name))


def call_on_floats(name: str, *parts: NDArray[Any]) -> NDArray[Any]:
    """Return the function's value for each column; parts are values and multiplicities in turn.

    Vectors longer than `MAX_ENTRIES`, and those on which the function fails, have the value NaN.
    """
    size = max((part.shape[-1] for part in parts if part.ndim), default=1)
    stacked = [part if part.ndim == 2 else part[None] for part in map(np.asarray, parts)]
    rows = [np.broadcast_to(part, (part.shape[0], size)) for part in stacked]
    values, times = np.concatenate(rows[::2]), np.concatenate(rows[1::2])
    found = np.full(size, np.nan)
    function = _FUNCTIONS[name]
    short = times.sum(axis=0) <= MAX_ENTRIES
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for column in np.flatnonzero(short):
            entries = np.repeat(values[:, column], times[:, column].astype(np.intp))
            found[column] = _as_float(function, entries)
    return found


def _as_float(function: Function, entries: NDArray[Any]) -> float:
    try:
        value = float(function(entries))
    except Exception:
        return np.nan
    return value if np.isfinite(value) else np.nan


def value_of(name: str, blocks: Sequence[tuple[Number, int]], arithmetic: Arithmetic) -> Number:
    """Return the function's value at a vector, computed in this arithmetic.

    Raises Undefined where the function fails, NotExact or Ambiguous where a comparison is not
    decided in this arithmetic, and Undecided where the function needs floats or the vector is
    too long.
    """
    if sum(times for _, times in blocks) > MAX_ENTRIES:
        raise Undecided(f"{name} is called with {MAX_ENTRIES} entries at most")
    doubts = Doubts()
    entries = np.empty(sum(times for _, times in blocks), dtype=object)
    entries[:] = [PlainNumber(v, arithmetic, doubts) for v, times in blocks for _ in range(times)]
    try:
        result = _FUNCTIONS[name](entries)
    except Exception as error:
        # the function may have caught and renamed what a number raised
        doubts.settle()
        raise Undefined(f"{name} raises {type(error).__name__}") from error
    doubts.settle()
    number = number_of(result, arithmetic)
    if number is None:
        raise Undefined(f"{name} returns what is no finite number")
    return number
