"""Functions of a user's file as measures: of the language's vectors, or of NumPy arrays."""

from __future__ import annotations

import numpy as np
import sympy as sp

from numeric_check.functions import evaluate as plain_functions
from numeric_check.functions import origins as plain_origins
from numeric_check.functions.calls import FLOAT_SECONDS, PlainFunctionError, called, quietly
from numeric_check.functions.probe import probe
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.sums import Applied
from symbolic_proofs.language.symbols import count
from symbolic_proofs.language.vectors import Vector, vector
from symbolic_proofs.measures import MEASURES, Measure

from ..errors import InputError
from .user_files import UserFile, complaint, load

_W = vector("W", count("N"), nonnegative=True)


def measure_in_file(file: UserFile, name: str) -> Measure:
    """Return a Measure of a user's file, or the one whose value a function of it returns.

    A function that returns a term for a vector of the language is that term; any other is a plain
    function, of which nothing is known. Raises InputError for what is no measure, or has the name
    of another one.
    """
    measure = file.measures.get(name) or _measure_of_function(file, name)
    if measure.name in {built_in.name for built_in in MEASURES}:
        raise InputError(
            f"{file.path}: {name} has the name of a built-in measure, {measure.name}; "
            "give it another name"
        )
    try:
        criteria_of(measure)
    except Exception as error:
        raise complaint(file.path, error, name) from None
    return measure


def _measure_of_function(file: UserFile, name: str) -> Measure:
    written, function = "-".join(filter(None, name.lower().split("_"))), file.functions[name]
    title = (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")
    source = f"{file.path}:{name}"
    try:
        if _returns_a_term(file, name):
            return Measure(written, title or "a term", source, function)
        plain_functions.register(name, function)
        plain_origins.remember(name, file.path, load_function)
        return Measure(
            written, title or "a plain function", source, lambda vector: Applied(name, vector)
        )
    except ValueError as error:
        raise InputError(str(error)) from None


def load_function(path: str, name: str) -> None:
    """Make a plain function of a file known to the search, in a worker."""
    measure_in_file(load(path), name)


def noticed(measure: Measure) -> tuple[str, ...]:
    """Return what a plain function does that its user should know; nothing for a term.

    Raises InputError for a function that is not a measure at all.
    """
    term = measure.term(_W)
    if not isinstance(term, Applied):
        return ()
    try:
        return probe(term.name)
    except PlainFunctionError as error:
        raise InputError(f"{measure.source}: {error}") from None


def _returns_a_term(file: UserFile, name: str) -> bool:
    """Tell whether a function, given a vector of the language, returns a term.

    Raises InputError for one that is meant to, for it takes no array, but fails.
    """
    function = file.functions[name]
    failure: InputError | None = None
    term = None
    with quietly():
        try:
            term = called(function, _W, FLOAT_SECONDS)
        except Exception as error:
            failure = complaint(file.path, error)
        if isinstance(term, sp.Expr) and not isinstance(term, Vector):
            return True
        try:
            called(function, np.array([1.0, 2.0]), FLOAT_SECONDS)
        except LanguageError:
            said = f"{file.path}: {name} returns no term for a vector, but {term}"
            raise failure or InputError(said) from None
        except Exception:
            return False
    return False
