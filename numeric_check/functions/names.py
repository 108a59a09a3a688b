"""What the names in a function's text mean while it runs: floats, or exact numbers and balls.

The numbers and operations of the rewritten text (`plain_rewriting`) are those of floats, or exact.
In the second case `math` and NumPy compute exactly as well, `float` and arrays of float leave
numbers as they are: floats are how a function is run, not what it means. Names are changed for the
time of a call.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from types import CellType, CodeType, FunctionType
from typing import Any

import numpy as np

from .arrays import PlainArray, noted, worn
from .modules import meanings
from .numbers import PlainNumber
from .rewriting import ANYTHING, CAUGHT, ENTERED, MEANING, NUMBER, TRUTH
from .source import FunctionText, codes_in, is_about, text_of
from .way import alike, sight

_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
_IN_PLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.iadd,
    "-": operator.isub,
    "*": operator.imul,
    "/": operator.itruediv,
    "//": operator.ifloordiv,
    "%": operator.imod,
    "**": operator.ipow,
}


@dataclass
class FunctionRun:
    """One call of a function: over floats, or over numbers of the kind of `seed`.

    `caught` collects the lines in which the function caught an exception, or may have, `way` what
    it saw, and `rewritten` the code that is run by its text.
    """

    seed: PlainNumber | None
    caught: list[int] = field(default_factory=list)
    way: list[Any] = field(default_factory=list)
    rewritten: set[CodeType] = field(default_factory=set)

    def number(self, written: Fraction, value: float) -> Any:
        """Return what a number means that is written in a text."""
        return value if self.seed is None else self.seed.exactly(written)

    @cached_property
    def meanings(self) -> dict[int, Any]:
        """What stands for a module, a function or a type, by its identity."""
        return {} if self.seed is None else meanings(self.seed)

    def names(self) -> dict[str, Any]:
        """Return the meanings of the names that a rewritten text has."""
        seed = self.seed
        found: dict[str, Any] = {CAUGHT: self.caught.append, ANYTHING: BaseException}
        found |= {NUMBER: self._number, TRUTH: self._truth, ENTERED: self.way.append}
        found[MEANING] = lambda x: self.meanings.get(id(x), x)
        for sign, operation in _OPERATIONS.items():
            operations = operation, _IN_PLACE[sign]
            if seed is not None:
                operations = (
                    _exactly(seed, operation, sign),
                    _exactly(seed, _IN_PLACE[sign], sign, in_place=True),
                )
            found[f" {sign}"], found[f" {sign}="] = map(self._seeing, operations)
        return found

    def _number(self, value: Any) -> Any:
        self.way.append(sight(value))
        return value if self.seed is None else _number(self.seed, value)

    def _truth(self, value: Any) -> Any:
        found = self._number(value)
        if not isinstance(found, np.ndarray):
            self.way.append(bool(found))
        return found

    def _seeing(self, operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def computed(x: Any, y: Any) -> Any:
            self.way.extend((sight(x), sight(y)))
            return operation(x, y)

        return computed

    def differs_from(self, floats: FunctionRun) -> bool:
        """Tell whether this run, over exact numbers, took another way than one over floats."""
        return not alike(floats.way, self.way)


@contextmanager
def running(function: Any, run: FunctionRun) -> Iterator[FunctionRun]:
    """Give a function, and those of its file, their text and the names their meaning for a run."""
    if not isinstance(function, FunctionType):
        yield run
        return
    names = function.__globals__
    functions = list(_functions_of_file(function))
    kept = [(f, f.__code__, f.__defaults__, f.__kwdefaults__) for f in functions]
    texts = [text_of(f) for f in functions]
    changed = run.names() | _numbers_of(names, texts, run) | _names_with_meaning(names, run)
    before = {name: names[name] for name in changed if name in names}
    try:
        for (f, *_), text in zip(kept, texts, strict=True):
            if text is not None:
                _run_by_text(f, text, run)
                run.rewritten.update((text.code, *codes_in(text.code)))
        names.update(changed)
        yield run
    finally:
        for name in changed:
            names.pop(name, None)
        names.update(before)
        for f, code, defaults, by_keyword in kept:
            f.__code__, f.__defaults__, f.__kwdefaults__ = code, defaults, by_keyword


def _functions_of_file(function: FunctionType) -> Iterator[FunctionType]:
    """Yield a function and those of its file that it can reach: methods and decorated ones too."""
    names = function.__globals__
    waiting: list[Any] = [function, *names.values()]
    seen: dict[int, Any] = {}
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        match value:
            case FunctionType() if value.__globals__ is names:
                yield value
                waiting += [cell.cell_contents for cell in value.__closure__ or () if _filled(cell)]
            case type() if value.__module__ == names.get("__name__"):
                waiting += vars(value).values()
            case staticmethod() | classmethod():
                waiting.append(value.__func__)
            case property():
                waiting += [value.fget]
            case partial():
                waiting += [value.func]
            case list() | tuple() | set():
                waiting += value
            case dict() if value is not names.get("__builtins__"):
                waiting += value.values()
            case _:
                # what functools makes of a function, a cache say
                waiting.append(getattr(value, "__wrapped__", None))


def _filled(cell: CellType) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _run_by_text(f: FunctionType, text: FunctionText, run: FunctionRun) -> None:
    placed: CodeType = f.__code__
    parameters = placed.co_varnames[: placed.co_argcount]

    def meant(parameter: str, value: Any) -> Any:
        number = text.defaults.get(parameter)
        if number is None or not is_about(value, number):
            return value
        return run.number(number, value)

    if f.__defaults__:
        last = parameters[-len(f.__defaults__) :]
        f.__defaults__ = tuple(map(meant, last, f.__defaults__))
    if f.__kwdefaults__:
        f.__kwdefaults__ = {name: meant(name, value) for name, value in f.__kwdefaults__.items()}
    f.__code__ = text.code


def _numbers_of(
    names: Mapping[str, Any], texts: list[FunctionText | None], run: FunctionRun
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    # functions of one file have its numbers in common
    for text in {id(text.literals): text for text in texts if text is not None}.values():
        found |= {name: run.number(*number) for name, number in text.literals.items()}
        for name, number in text.constants.items():
            if is_about(names.get(name), number):
                found[name] = run.number(number, names[name])
    return found


def _names_with_meaning(names: Mapping[str, Any], run: FunctionRun) -> dict[str, Any]:
    meanings = run.meanings
    found = {name: meanings[id(value)] for name, value in names.items() if id(value) in meanings}
    for value in (float, print):
        if id(value) in meanings and value.__name__ not in names:
            found[value.__name__] = meanings[id(value)]
    return found


def _number(seed: PlainNumber, value: Any) -> Any:
    """Return what a value means: a float that nobody has written stands for all that are near."""
    if isinstance(value, PlainArray):
        return value
    if isinstance(value, Decimal):
        # they are rounded as well, to digits that the context has
        raise seed.doubts.lacking("decimal numbers")
    return worn(seed, value) if isinstance(value, float | np.floating | np.ndarray) else value


def _exactly(
    seed: PlainNumber, operation: Callable[[Any, Any], Any], sign: str, *, in_place: bool = False
) -> Callable[[Any, Any], Any]:
    whole = (int, np.integer, np.bool_)

    def computed(x: Any, y: Any) -> Any:
        if isinstance(x, whole) and isinstance(y, whole):
            # what Python and NumPy make floats of; the rest is exact, or fails, as it stands
            if (sign == "/" and y) or (sign == "**" and y < 0 and x and isinstance(x, int)):
                x = seed.like(x)
            return operation(x, y)
        # an array that is changed in place has to stay the same array
        left = x if in_place and isinstance(x, np.ndarray) else _number(seed, x)
        right = _number(seed, y)
        if not isinstance(left, np.ndarray) and not isinstance(right, np.ndarray):
            return operation(left, right)
        return noted(seed, operation, lambda: operation(left, right))

    return computed
