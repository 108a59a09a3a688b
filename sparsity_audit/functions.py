"""Functions of a user's file as measures: of the language's vectors, or of NumPy arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from numeric_check import plain_functions
from numeric_check.plain_calls import FLOAT_SECONDS, PlainFunctionError, called, quietly
from numeric_check.plain_probe import probe
from symbolic_proofs.language.sums import Applied
from symbolic_proofs.language.symbols import LanguageError, count
from symbolic_proofs.language.vectors import Vector, vector
from symbolic_proofs.measures import MEASURES, Measure

from .errors import InputError
from .user_files import UserFile

_W = vector("W", count("N"), nonnegative=True)


def measure_of_function(file: UserFile, name: str) -> Measure:
    """Return the measure whose value is what the file's function returns.

    A function that returns a term for a vector of the language is that term; any other is a plain
    function, of which nothing is known. Raises InputError for a name that can not stand in an id,
    or that stands for another function.
    """
    written, function = (
        "-".join(part for part in name.lower().split("_") if part),
        file.functions[name],
    )
    if written in {measure.name for measure in MEASURES}:
        raise InputError(f"{name} has the name of a built-in measure; give it another name")
    title = (function.__doc__ or "").strip().partition("\n")[0]
    source = f"{file.path}:{name}"
    try:
        if _returns_a_term(function):
            return Measure(written, title or "a term", source, function)
        plain_functions.register(name, function)
        return Measure(
            written, title or "a plain function", source, lambda vector: Applied(name, vector)
        )
    except (LanguageError, ValueError) as error:
        raise InputError(str(error)) from None


def noticed(measure: Measure) -> tuple[str, ...]:
    """Return what a plain function does that its user should know; nothing for a term.

    Raises InputError for a function that is no measure at all.
    """
    term = measure.term(_W)
    if not isinstance(term, Applied):
        return ()
    try:
        return probe(term.name)
    except PlainFunctionError as error:
        raise InputError(f"{measure.source}: {error}") from None


def _returns_a_term(function: Callable[..., Any]) -> bool:
    """Tell whether a function, given a vector of the language, returns a term."""
    try:
        with quietly():
            term = called(function, _W, FLOAT_SECONDS)
    except Exception:
        return False
    return isinstance(term, sp.Expr) and not isinstance(term, Vector) and term.has(_W)
