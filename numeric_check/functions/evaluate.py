"""Measures that are plain Python functions of a one-dimensional NumPy array.

Nothing is known of such a function. The search calls it on floats, and what fails there (an
exception, a result that is not a finite number) puts the vector outside the measure's domain. A
certificate calls the same function on an array of exact numbers or balls (`plain_numbers`), so that
rounding never decides. It counts only where the same function gives the same in floats, but for
what rounding explains (`following`), and goes the same way to it (`way`): one that tells exact
numbers from floats, by their dtype say, is not a witness against itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from ..certifier import functions as applied
from ..certifier.errors import Ambiguous, Undecided, ValuelessError
from ..certifier.numbers import balls, exact
from ..certifier.numbers import logarithms as closed_forms
from ..certifier.numbers.arithmetic import Arithmetic, Number
from .arrays import worn
from .calls import (
    EXACT_SECONDS,
    FLOAT_SECONDS,
    EndedError,
    Function,
    PlainFunctionError,
    called,
    quietly,
    text_of_error,
)
from .doubts import Doubts
from .following import Followed, Following
from .foreign import watched
from .names import FunctionRun, running
from .numbers import PlainNumber

#: entries of a vector that a function is called with at most
MAX_ENTRIES = 64
#: how far a value in floats may be from the exact one in any case, relative to it
_NEAR = 1e-12
#: how far at most, whatever the balls tell: relative to it, and absolutely where one of them is 0
_FAR = 1e-9

_FUNCTIONS: dict[str, Function] = {}


def register(name: str, function: Function) -> None:
    """Let terms `Applied(name, V)` mean function(V); raises ValueError for a name that is taken."""
    if _FUNCTIONS.setdefault(name, function) is not function:
        raise ValueError(f"two functions have the name {name}; give one of them another name")
    applied.let_mean(name, partial(value_of, name))


def is_registered(name: str) -> bool:
    """Tell whether a function has this name."""
    return name in _FUNCTIONS


def call_on_floats(name: str, *parts: NDArray[Any]) -> NDArray[Any]:
    """Return the function's value for each column; parts are values and multiplicities in turn.

    Vectors longer than `MAX_ENTRIES`, and those on which the function fails, have the value NaN.
    Raises PlainFunctionError for a function that does not return in time.
    """
    size = max((part.shape[-1] for part in parts if part.ndim), default=1)
    stacked = [part if part.ndim == 2 else part[None] for part in map(np.asarray, parts)]
    rows = [np.broadcast_to(part, (part.shape[0], size)) for part in stacked]
    values, times = np.concatenate(rows[::2]), np.concatenate(rows[1::2])
    found = np.full(size, np.nan)
    short = times.sum(axis=0) <= MAX_ENTRIES
    with quietly():
        for column in np.flatnonzero(short):
            entries = np.repeat(values[:, column], times[:, column].astype(np.intp))
            found[column] = in_floats(name, entries)[0]
    return found


def in_floats(name: str, entries: NDArray[np.float64]) -> tuple[float, str]:
    """Return the function's value at a vector of floats, and "" or why there is none: NaN.

    To be used inside of `quietly`. Raises PlainFunctionError as `call_on_floats` does.
    """
    try:
        value = called(_FUNCTIONS[name], entries.copy(), FLOAT_SECONDS)
        number = (
            value.reshape(-1)[0] if isinstance(value, np.ndarray) and value.size == 1 else value
        )
        if isinstance(number, int | float | np.bool_ | np.integer | np.floating):
            found = float(number)
            return (found, "") if np.isfinite(found) else (np.nan, f"returns {found}")
    except TimeoutError as error:
        raise PlainFunctionError(f"{name}({entries.tolist()}) {error}") from None
    except Exception as error:
        return np.nan, _raised(error)
    shape = f" of shape {value.shape}" if isinstance(value, np.ndarray) else ""
    return np.nan, f"returns no number but {_kind(value)}{shape}"


def _raised(error: Exception) -> str:
    said = text_of_error(error)
    name = "" if isinstance(error, EndedError) else type(error).__name__
    return "raises " + (f"{name}: {said}" if name and said else name or said)


def _kind(value: Any) -> str:
    return "None" if value is None else f"a {type(value).__name__}"


def value_of(name: str, blocks: Sequence[tuple[Number, int]], arithmetic: Arithmetic) -> Number:
    """Return the function's value at a vector, computed in this arithmetic.

    Raises ValuelessError where the function fails, NotExact or Ambiguous where a comparison is not
    decided in this arithmetic, and Undecided where the function needs what exact numbers lack,
    gives something else in floats or the next time it is called, or the vector is too long.
    """
    if sum(times for _, times in blocks) > MAX_ENTRIES:
        raise Undecided(f"{name} is called with {MAX_ENTRIES} entries at most")
    with quietly():
        floats = np.array([_float_of(v) for v, times in blocks for _ in range(times)])
        with running(_FUNCTIONS[name], FunctionRun(None)) as in_text:
            inside, reason = in_floats(name, floats)
        try:
            found = _once(name, blocks, arithmetic, in_text)
            # in between something else, for a function that remembers
            in_floats(name, floats[::-1] * 2 + 1)
            again = _once(name, blocks, arithmetic, in_text)
        except (ValuelessError, Undecided) as failure:
            if reason:
                raise ValuelessError(f"{name} {reason}") from failure
            if isinstance(failure, Undecided):
                raise
            raise Undecided(
                f"{name} has a value in floats, over exact numbers it {failure}"
            ) from None
        if reason:
            raise Undecided(f"{name} has a value over exact numbers, in floats it {reason}")
        as_it_stands = in_floats(name, floats)[0]
        if not _identical(found.number, again.number) or as_it_stands != inside:
            raise Undecided(f"{name} gives one vector two values")
    _compare(name, found, inside)
    return found.number


def _once(
    name: str, blocks: Sequence[tuple[Number, int]], arithmetic: Arithmetic, floats: FunctionRun
) -> Followed:
    """Run the function over numbers of the arithmetic, as it has run over floats."""
    doubts, followed = Doubts(), Following(arithmetic)
    function, seed = _FUNCTIONS[name], PlainNumber(followed.exactly(0), followed, doubts)
    vector = [
        PlainNumber(followed.follow(v, _enclosure(v)), followed, doubts)
        for v, times in blocks
        for _ in range(times)
    ]
    entries = worn(seed, np.array([*vector, None], dtype=object)[:-1])
    run = FunctionRun(seed)
    try:
        with running(function, run), watched(doubts, run.rewritten):
            result = called(function, entries, EXACT_SECONDS)
    except TimeoutError as error:
        raise Undecided(f"{name} {error} over exact numbers") from None
    except Exception as error:
        # the function may have caught and renamed what a number raised
        doubts.raise_first()
        raise ValuelessError(_raised(error)) from error
    doubts.raise_first()
    if run.caught != floats.caught:
        lines = ", ".join(map(str, dict.fromkeys(run.caught or floats.caught)))
        numbers = "exact numbers" if run.caught else "floats"
        raise Undecided(f"{name} catches an exception over {numbers} alone, in line {lines}")
    if run.differs_from(floats):
        raise Undecided(f"{name} takes another way over exact numbers than in floats")
    lone = isinstance(result, np.ndarray) and result.size == 1
    found = seed.like(result.reshape(-1)[0] if lone else result)
    if found is None or found.number is None:
        raise ValuelessError("returns what is not a finite number")
    return found.number


def _float_of(number: Number) -> float:
    return float(_enclosure(number).mid())


def _enclosure(number: Number) -> arb:
    if isinstance(number, closed_forms.ClosedForm | exact.RadicalSum):
        return closed_forms.enclosure(number)
    return balls.enclosure(number)


def _identical(one: Number, other: Number) -> bool:
    """Tell whether two numbers come of the same computation."""
    if isinstance(one, arb) and isinstance(other, arb):
        return bool(one.mid() == other.mid() and one.rad() == other.rad())
    if isinstance(one, closed_forms.ClosedForm) and isinstance(other, closed_forms.ClosedForm):
        return one.terms == other.terms
    return type(one) is type(other) and bool(one == other)


def _compare(name: str, found: Followed, inside: float) -> None:
    """Raise unless a number is what the function gives in floats, but for rounding."""
    ball, rounding = _enclosure(found.number), float(found.ball.rad())
    if not ball.is_finite():
        raise Ambiguous(f"{name} is not clear at this precision")
    middle, radius = float(ball.mid()), float(ball.rad())
    size = max(abs(middle), abs(inside))
    told = found.ball.is_finite()
    far = _FAR if told and (not inside or ball.contains(0)) else _FAR * size
    near = (min(rounding, far) if told else far) + _NEAR * size + radius
    if not np.isfinite(near) or abs(middle - inside) > near:
        raise Undecided(f"{name} gives {inside:.15g} in floats, {middle:.15g} over exact numbers")
