"""Plain functions of a user's file as measures."""

from __future__ import annotations

from numeric_check import plain_functions
from symbolic_proofs.language.sums import Applied
from symbolic_proofs.language.symbols import LanguageError
from symbolic_proofs.measures import MEASURES, Measure

from .errors import InputError
from .user_files import UserFile


def measure_of_function(file: UserFile, name: str) -> Measure:
    """Return the measure whose value is what the file's function returns.

    Raises InputError for a name that can not stand in an id, or that stands for another function.
    """
    written = "-".join(part for part in name.lower().split("_") if part)
    if written in {measure.name for measure in MEASURES}:
        raise InputError(f"{name} has the name of a built-in measure; give it another name")
    try:
        plain_functions.register(name, file.functions[name])
        return Measure(
            written,
            (file.functions[name].__doc__ or "a plain function").strip().partition("\n")[0],
            f"{file.path}:{name}",
            lambda vector: Applied(name, vector),
        )
    except (LanguageError, ValueError) as error:
        raise InputError(str(error)) from None
