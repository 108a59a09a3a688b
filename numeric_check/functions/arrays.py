"""Arrays of exact numbers and balls, and the functions of NumPy over them.

Entries and what is computed from them are objects (`PlainNumber`). Masks, counts and places stay
arrays of Booleans and whole numbers, which are exact as they are: they can be used as an index, and
only what NumPy would make floats of them becomes exact numbers instead. What NumPy cannot do
over exact numbers is noted with them, so that it cannot be swallowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import BuiltinMethodType
from typing import Any

import numpy as np

from .numbers import PlainNumber

_TRUTH = frozenset({"logical_and", "logical_or", "logical_xor", "logical_not"})
_TESTS = frozenset({"isnan", "isinf", "isfinite"})
_MEANS = frozenset({"mean", "var", "std"})
#: what is made of the bytes of an array
_BYTES = frozenset({"tobytes", "tofile", "byteswap", "getfield", "dump", "dumps", "data", "ctypes"})


class PlainArray(np.ndarray[Any, Any]):
    """An array of numbers of the kind of `seed`; made an array of floats it stays as it is."""

    seed: PlainNumber | None

    def __array_finalize__(self, other: Any) -> None:
        self.seed = getattr(other, "seed", None)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        arrays = [x for x in (*inputs, *options.get("out", ())) if isinstance(x, PlainArray)]
        seed = next((x.seed for x in arrays if x.seed is not None), None)
        return NotImplemented if seed is None else applied(seed, ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        call = super().__array_function__
        if self.seed is None:
            return call(function, types, arguments, options)
        found = noted(self.seed, function, lambda: call(function, types, arguments, options))
        return worn(self.seed, found)

    def __getattribute__(self, name: str) -> Any:
        seed = object.__getattribute__(self, "__dict__").get("seed")
        if seed is None:
            return super().__getattribute__(name)
        if name in _BYTES:
            raise seed.doubts.lacking(name)
        if name in _MEANS and np.ndarray.__getattribute__(self, "dtype").kind in "biu":
            return getattr(worn(seed, objects(seed, self)), name)
        value = super().__getattribute__(name)
        if isinstance(value, BuiltinMethodType) and not name.startswith("__"):
            return _method(seed, value)
        return value

    def astype(self, dtype: Any, *arguments: Any, **options: Any) -> Any:
        """Return the array itself where float64 is asked for."""
        if is_float(dtype):
            return self.copy()
        return super().astype(dtype, *arguments, **options)

    def view(self, *arguments: Any, **options: Any) -> Any:
        """Return the array as one of another type, never its bytes as other numbers."""
        asked = (*arguments, *options.values())
        if self.seed is None or all(isinstance(x, type) and _is_array(x) for x in asked):
            return super().view(*arguments, **options)
        raise self.seed.doubts.lacking("the bytes of an array")


def _method(seed: PlainNumber, method: Any) -> Callable[..., Any]:
    def call(*given: Any, **options: Any) -> Any:
        return worn(seed, noted(seed, method, lambda: method(*given, **options)))

    return call


class AnyFloat:
    """What `float` stands for; plain numbers are floats."""


def is_float(dtype: Any) -> bool:
    """Tell whether float64 is asked for, by whichever name."""
    if isinstance(dtype, type):
        return dtype in (float, np.float64) or issubclass(dtype, AnyFloat)
    return isinstance(dtype, str | np.dtype) and dtype in ("float", "float64", "d", "f8")


def _is_array(kind: type) -> bool:
    return issubclass(kind, np.ndarray)


def noted(seed: PlainNumber, function: Any, call: Callable[[], Any]) -> Any:
    """Return what a function of NumPy gives, and remember where it fails over exact numbers."""
    try:
        return call()
    except Exception:
        seed.doubts.lacking(getattr(function, "__name__", "a function of NumPy"))
        raise


def worn(seed: PlainNumber, found: Any) -> Any:
    """Return what NumPy gives in the clothes of this kind: arrays, and floats that it computed."""
    if isinstance(found, tuple | list) and type(found) in (tuple, list):
        return type(found)(worn(seed, part) for part in found)
    if isinstance(found, np.ndarray):
        if found.dtype.kind in "biuO":
            array = found if isinstance(found, PlainArray) else found.view(PlainArray)
        elif found.dtype.kind == "f":
            array = objects(seed, found).view(PlainArray)
        else:
            return found
        array.seed = seed
        return array
    if isinstance(found, float | np.floating) and np.isfinite(found):
        return seed.like(found)
    return found


def bare(value: Any) -> Any:
    """Return an array as NumPy's own, anything else as it is."""
    return np.ndarray.view(value, np.ndarray) if isinstance(value, PlainArray) else value


def objects(seed: PlainNumber, value: Any) -> Any:
    """Return a number or an array with all finite numbers as numbers of this kind."""
    if isinstance(value, list | tuple):
        value = np.array([bare(part) for part in value])
    if not isinstance(value, np.ndarray):
        return _object(seed, value)
    if value.dtype.kind not in "biufO":
        return value
    found = np.empty(value.shape, dtype=object)
    found.reshape(-1)[:] = [_object(seed, x) for x in bare(value).reshape(-1)]
    return found


def _object(seed: PlainNumber, value: Any) -> Any:
    # comparisons know what is infinite
    if isinstance(value, float | np.floating) and not np.isfinite(value):
        return float(value)
    number = seed.like(value)
    return value if number is None else number


def applied(
    seed: PlainNumber, ufunc: Any, method: str, inputs: Sequence[Any], options: Mapping[str, Any]
) -> Any:
    """Return what a universal function of NumPy gives over exact numbers."""
    return noted(seed, ufunc, lambda: _applied(seed, ufunc, method, inputs, options))


def _applied(
    seed: PlainNumber, ufunc: Any, method: str, inputs: Sequence[Any], options: Mapping[str, Any]
) -> Any:
    out = options.get("out")
    kept = {name: bare(value) for name, value in options.items()}
    if out is not None:
        kept["out"] = tuple(map(bare, out))
    call, plain = getattr(ufunc, method), [bare(x) for x in inputs]
    if all(map(_is_whole, plain)):
        # a mask, a count or a place, unless NumPy makes floats of them
        found = call(*plain, **kept)
        if out is not None or not _is_inexact(found):
            return worn(seed, found) if out is None else out[0]
    if ufunc.__name__ in _TESTS:
        return worn(seed, _tested(seed, ufunc, plain[0]))
    if ufunc.__name__ in _TRUTH:
        plain = [np.asarray(x).astype(bool) for x in plain]
        return worn(seed, call(*plain, **kept))
    # of a reduction, and where something is changed in place, the others are places
    first, last = {"__call__": (0, 9), "outer": (0, 9), "at": (2, 3)}.get(method, (0, 1))
    plain = [objects(seed, x) if first <= i < last else x for i, x in enumerate(plain)]
    if is_float(kept.get("dtype")):
        del kept["dtype"]
    if "initial" in kept:
        kept["initial"] = objects(seed, kept["initial"])
    found = call(*plain, **kept)
    return worn(seed, found) if out is None else out[0] if len(out) == 1 else out


def _tested(seed: PlainNumber, ufunc: Any, value: Any) -> Any:
    """Return whether numbers are finite, say; NumPy does not ask objects."""

    def test(x: Any) -> bool:
        return bool(getattr(x, ufunc.__name__)() if isinstance(x, PlainNumber) else ufunc(x))

    if not isinstance(value, np.ndarray):
        return test(_object(seed, value))
    found = np.empty(value.shape, dtype=bool)
    found.reshape(-1)[:] = [test(x) for x in objects(seed, value).reshape(-1)]
    return found


def _is_whole(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biu"
    return isinstance(value, int | np.integer | np.bool_)


def _is_inexact(found: Any) -> bool:
    parts = found if isinstance(found, tuple) else (found,)
    return any(getattr(part, "dtype", np.dtype(int)).kind not in "biu" for part in parts)
