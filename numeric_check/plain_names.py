"""What the names of a function's module mean while it runs over exact numbers and balls.

`math` and `len` compute exactly, `float` and arrays of float leave numbers as they are: floats are
how a function is run, not what it means. A name is changed for the time of a call and only where it
stands for what is listed here.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from .plain_numbers import PlainNumber

#: from a number of Python to one of the arithmetic at work; None for what is no number
Dress = Callable[[Any], PlainNumber | None]

_ONE_NUMBER = ("sqrt", "cbrt", "log1p", "log2", "log10", "exp", "expm1", "tanh")
_TESTS = ("isnan", "isinf", "isfinite")
_FLOATS = (float, np.float64, "float", "float64", "d", "f8")
#: makers of arrays, and how many arguments stand before the dtype
_ARRAYS = {"array": 1, "asarray": 1, "zeros": 1, "ones": 1, "empty": 1, "full": 2}
#: those of them that take over the dtype of what they are given
_TAKING_OVER = ("array", "asarray")


class PlainArray(np.ndarray[Any, Any]):
    """An array of plain numbers; made an array of floats it stays what it is."""

    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool = False) -> Any:
        """Return a sum, say, as the number that it is, as arrays of floats do."""
        return array[()] if return_scalar else array.view(PlainArray)

    def astype(self, dtype: Any, *arguments: Any, **options: Any) -> Any:
        """Return the array itself where float64 is asked for."""
        if _is_float(dtype):
            return self.copy()
        return super().astype(dtype, *arguments, **options)


@contextmanager
def stand_ins(function: Callable[..., Any], dress: Dress) -> Iterator[None]:
    """Give the names of the function's module their exact meaning, and take it away again."""
    names = function.__globals__ if isinstance(function, FunctionType) else {}
    exact = _meanings(dress)
    changed = {name: exact[id(value)] for name, value in names.items() if id(value) in exact}
    for name in ("float", "len"):
        if name not in names:
            changed[name] = exact[id(getattr(builtins, name))]
    kept = {name: names[name] for name in changed if name in names}
    names.update(changed)
    try:
        yield
    finally:
        for name in changed:
            names.pop(name, None)
        names.update(kept)


def _meanings(dress: Dress) -> dict[int, Any]:
    """Return what stands for a module, a function or a type, by its identity."""
    mathematics = _mathematics(dress)
    arrays = _arrays()
    found: dict[int, Any] = {id(getattr(math, n)): f for n, f in mathematics.items()}
    found |= {id(getattr(np, n)): f for n, f in arrays.items()}
    found |= {id(float): _float_of(dress), id(np.float64): _float_of(dress)}
    found[id(len)] = lambda items: dress(len(items))
    found[id(math)] = _StandIn(math, mathematics)
    found[id(np)] = _StandIn(np, {**arrays, "float64": found[id(np.float64)]})
    return found


class _StandIn:
    """A module, some of its names changed."""

    def __init__(self, module: ModuleType, changed: dict[str, Any]) -> None:
        self.__dict__.update(changed)
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def _mathematics(dress: Dress) -> dict[str, Any]:
    def method(name: str) -> Any:
        def value(x: Any) -> Any:
            number = dress(x)
            return getattr(math, name)(x) if number is None else getattr(number, name)()

        return value

    def logarithm(x: Any, base: Any = math.e) -> Any:
        number, other = dress(x), dress(base) if base is not math.e else None
        if number is None or (other is None and base is not math.e):
            return math.log(x, base)
        return number.log() if other is None else number.log() / other.log()

    def power(x: Any, y: Any) -> Any:
        base, exponent = dress(x), dress(y)
        return math.pow(x, y) if base is None or exponent is None else base**exponent

    return {
        **{name: method(name) for name in _ONE_NUMBER},
        **{"log": logarithm, "pow": power, "fabs": abs, "fsum": sum},
        **{name: _tested(name, getattr(math, name)) for name in _TESTS},
    }


def _arrays() -> dict[str, Any]:
    def maker(name: str, place: int) -> Any:
        make = getattr(np, name)

        def made(*arguments: Any, **options: Any) -> Any:
            asked = arguments[place] if len(arguments) > place else options.get("dtype")
            if not (_is_float(asked) or (asked is None and name not in _TAKING_OVER)):
                return make(*arguments, **options)
            kept = (*arguments[:place], *arguments[place + 1 :])
            return make(*kept, **{**options, "dtype": object}).view(PlainArray)

        return made

    return {
        **{name: maker(name, place) for name, place in _ARRAYS.items()},
        **{name: _tested(name, getattr(np, name)) for name in _TESTS},
    }


def _tested(name: str, test: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def told(x: Any) -> Any:
        if isinstance(x, PlainNumber):
            return getattr(x, name)()
        if isinstance(x, np.ndarray) and x.dtype == object:
            return np.array([told(item) for item in x.flat], dtype=bool).reshape(x.shape)
        return test(x)

    return told


def _is_float(dtype: Any) -> bool:
    if isinstance(dtype, type) and issubclass(dtype, _AnyFloat):
        return True
    return any(dtype is one for one in _FLOATS[:2]) or (
        isinstance(dtype, str | np.dtype) and dtype in _FLOATS
    )


class _AnyFloat:
    """What `float` stands for; plain numbers are floats."""


def _float_of(dress: Dress) -> type:
    class Kind(type):
        def __instancecheck__(cls, x: object) -> bool:
            return isinstance(x, float | PlainNumber)

        def __call__(cls, x: Any = 0.0) -> Any:
            number = dress(x.item() if isinstance(x, np.ndarray) and x.size == 1 else x)
            return float(x) if number is None else number

    return Kind("float", (_AnyFloat,), {})
