"""What `math`, NumPy, `float` and `print` mean while a function runs over exact numbers."""

from __future__ import annotations

import math
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from .arrays import AnyFloat, applied, is_float, noted, worn
from .numbers import PlainNumber

_ONE_NUMBER = ("sqrt", "cbrt", "exp2", "log1p", "log2", "log10", "exp", "expm1", "tanh")
_TESTS = ("isnan", "isinf", "isfinite")
#: makers of arrays, and how many arguments stand before the dtype
_ARRAYS = {"array": 1, "asarray": 1, "zeros": 1, "ones": 1, "empty": 1, "full": 2}
#: those of them that take over the dtype of what they are given
_TAKING_OVER = ("array", "asarray")


def meanings(seed: PlainNumber) -> dict[int, Any]:
    """Return what stands for a module, a function or a type, by its identity."""
    mathematics, arrays = _mathematics(seed), _arrays(seed)
    found: dict[int, Any] = {id(getattr(math, n)): f for n, f in mathematics.items()}
    found |= {id(getattr(np, n)): f for n, f in arrays.items()}
    found |= {id(float): _float_of(seed), id(np.float64): _float_of(seed)}
    # what a function prints is not an operation on its numbers
    found[id(print)] = lambda *things, **options: None
    found[id(math)] = _StandIn(math, mathematics)
    found[id(np)] = _NumPy(np, {**arrays, "float64": found[id(np.float64)]}, seed)
    return found


class _StandIn:
    """A module, some of its names changed."""

    def __init__(self, module: ModuleType, changed: dict[str, Any]) -> None:
        self.__dict__.update(changed)
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


class _NumPy(_StandIn):
    """NumPy, or a module of it: what fails over exact numbers is noted."""

    def __init__(self, module: ModuleType, changed: dict[str, Any], seed: PlainNumber) -> None:
        super().__init__(module, changed)
        self._seed = seed

    def __getattr__(self, name: str) -> Any:
        value, seed = getattr(self._module, name), self._seed
        if isinstance(value, ModuleType):
            return _NumPy(value, {}, seed)
        if not callable(value) or isinstance(value, type):
            return value

        def call(*arguments: Any, **options: Any) -> Any:
            return worn(seed, noted(seed, value, lambda: value(*arguments, **options)))

        return call


class _Universal:
    """A universal function of NumPy: of whole numbers it gives no floats."""

    def __init__(self, function: Any, seed: PlainNumber) -> None:
        self._function = function
        self._seed = seed

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        return self._apply("__call__", *inputs, **options)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._function, name)
        if not callable(value) or name.startswith("_"):
            return value
        return lambda *inputs, **options: self._apply(name, *inputs, **options)

    def _apply(self, method: str, *inputs: Any, **options: Any) -> Any:
        if method == "__call__" and len(inputs) > self._function.nin:
            inputs, options["out"] = inputs[: self._function.nin], inputs[self._function.nin :]
        if isinstance(options.get("out"), np.ndarray):
            options["out"] = (options["out"],)
        return applied(self._seed, self._function, method, inputs, options)


def _mathematics(seed: PlainNumber) -> dict[str, Any]:
    dress = seed.like

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

    def test(name: str) -> Any:
        def told(x: Any) -> Any:
            return (getattr(x, name) if isinstance(x, PlainNumber) else partial(asked, x))()

        asked = getattr(math, name)
        return told

    return {
        **{name: method(name) for name in _ONE_NUMBER},
        **{name: test(name) for name in _TESTS},
        **{"log": logarithm, "pow": power, "fabs": abs, "fsum": sum},
    }


def _arrays(seed: PlainNumber) -> dict[str, Any]:
    def maker(name: str, place: int) -> Any:
        make = getattr(np, name)

        def made(*arguments: Any, **options: Any) -> Any:
            asked = arguments[place] if len(arguments) > place else options.get("dtype")
            if is_float(asked) or (asked is None and name not in _TAKING_OVER):
                arguments = (*arguments[:place], *arguments[place + 1 :])
                options["dtype"] = object
            return worn(seed, noted(seed, make, lambda: make(*arguments, **options)))

        return made

    universal = {
        name: _Universal(value, seed)
        for name, value in vars(np).items()
        if isinstance(value, np.ufunc)
    }

    def finfo(kind: Any) -> Any:
        return np.finfo(float if is_float(kind) else kind)

    makers = {name: maker(name, place) for name, place in _ARRAYS.items()}
    return {**universal, **makers, "finfo": finfo}


def _float_of(seed: PlainNumber) -> type:
    class Kind(type):
        def __instancecheck__(cls, x: object) -> bool:
            return isinstance(x, float | PlainNumber)

        def __call__(cls, x: Any = 0.0) -> Any:
            number = seed.like(x.item() if isinstance(x, np.ndarray) and x.size == 1 else x)
            return float(x) if number is None else number

    return Kind("float", (AnyFloat,), {})
