"""The way that a function takes: all that it sees but its numbers.

A function that tells exact numbers from floats does so by something that is another thing over one
than over the other: a truth, a name, a type, a place, a length. As it runs, what its operations,
calls, tests and indices are given is written down; both ways have to be the same. So what counts is
that it asks and heeds the answer, however little the value that it returns is changed by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .arrays import AnyFloat
from .numbers import PlainNumber

_OURS = __name__.partition(".")[0]
#: a list with more items is taken for its length, and an array of so many truths
_MANY = 256


@dataclass(frozen=True)
class _Kind:
    """What is written down in place of a thing that has no equal elsewhere."""

    name: str


@dataclass(frozen=True)
class _Array:
    """The shape of an array, and the bytes of truths."""

    shape: tuple[int, ...]
    truths: bytes


_NUMBER, _THING = _Kind("number"), _Kind("thing")


def sight(value: Any) -> Any:
    """Return what is written down of a value."""
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    if isinstance(value, bool | int | str | bytes | None):
        return value
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, PlainNumber):
        return _NUMBER
    if isinstance(value, np.ndarray):
        truths = value.dtype.kind == "b" and value.size <= _MANY
        return _Array(value.shape, np.ndarray.tobytes(value) if truths else b"")
    if isinstance(value, type):
        ours = value.__module__.partition(".")[0] == _OURS and not issubclass(value, AnyFloat)
        return _Kind(value.__name__) if ours else _THING
    if isinstance(value, list | tuple):
        return [sight(part) for part in value] if len(value) <= _MANY else len(value)
    return len(value) if isinstance(value, dict | set | frozenset) else _THING


def alike(floats: Any, exact: Any) -> bool:
    """Tell whether what was seen in floats and over exact numbers may be the same."""
    if isinstance(floats, list) and isinstance(exact, list):
        return len(floats) == len(exact) and all(map(alike, floats, exact))
    if isinstance(floats, _Array) and isinstance(exact, _Array):
        known = floats.truths and exact.truths
        return floats.shape == exact.shape and (not known or floats.truths == exact.truths)
    if type(floats) is float:
        # whole numbers are made of exact ones where NumPy keeps a float
        return exact in (_NUMBER, floats) or (exact != exact and floats != floats)
    if type(floats) is int and exact == _NUMBER:
        return True
    return type(floats) is type(exact) and bool(floats == exact)
