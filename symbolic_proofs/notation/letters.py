"""What a letter stands for when nothing is said of it.

Exponents p q r s and Greek letters are > 0, N n k m d T count from 1, capitals are vectors of N
real entries, i j t h l are for indices, and every other letter is a real number. A statement says
the kinds of all other names in front: `for x > 0, R in R^n:`; that of π as well, which readers take
for a number unless they are told.
"""

from __future__ import annotations

import sympy as sp

from ..language.formulas import Formula, free_variables
from ..language.names import GREEK, parts_of
from ..language.sums import Applied
from ..language.symbols import bound_level, kind_of, symbol
from ..language.vectors import VectorSymbol
from .formula_writer import FormulaWriter

COUNTS, EXPONENTS, INDICES = set("NnkmdT"), set("pqrs"), set("ijlth")
#: Greek letters, by their words, that stand for one number everywhere
CONSTANTS = {"pi"}


def usual_kind(name: str) -> str | None:
    """Return the kind of a name of which nothing is said, "vector" or None where there is none."""
    stem = parts_of(name)[0]
    if name in CONSTANTS:
        return None
    if stem in GREEK or stem in EXPONENTS:
        return "positive"
    if stem in COUNTS:
        return "count"
    if stem in INDICES or stem in ("e", "I") or len(stem) > 1:
        return None
    return "vector" if stem.isupper() else "real"


def usual_vector(name: str) -> VectorSymbol:
    """Return the vector that a capital stands for: N real entries."""
    return VectorSymbol(name, symbol("N", "count"))


def goes_without_saying(variable: sp.Basic) -> bool:
    """Tell whether all readers know the kind of a symbol: an exponent, a count, one usual vector.

    That a Greek letter is positive is the usual kind as well, but a claim may hang on it.
    """
    if isinstance(variable, VectorSymbol):
        return usual_kind(variable.name) == "vector" and variable == usual_vector(variable.name)
    name = str(variable.name)
    usual = usual_kind(name) == kind_of(variable)
    return usual and parts_of(name)[0] in EXPONENTS | COUNTS


def declarations(writer: FormulaWriter, statement: Formula) -> str:
    """Return the `for ..:` in front of a statement, "" where the letters say it all.

    Names of one kind stand together.
    """
    free = free_variables(statement)
    vectors = sorted((v for v in free if isinstance(v, VectorSymbol)), key=lambda v: v.name)
    scalars = [s for s in free if isinstance(s, sp.Symbol) and not bound_level(s)]
    scalars.sort(key=lambda s: (kind_of(s) in ("size", "count"), s.name))
    members = {v.args[:3]: v for v in statement.atoms(VectorSymbol) if v.indices}
    said: dict[str, list[str]] = {}
    for scalar in scalars:
        if usual_kind(scalar.name) != kind_of(scalar):
            name, kind = map(str, writer.kind_in_two(scalar))
            if usual_kind(scalar.name) == "vector" and kind_of(scalar) == "nonnegative":
                kind = " nonnegative"  # W >= 0 is said of a vector
            said.setdefault(kind, []).append(name)
    for vector in vectors:
        usual = len(vectors) == 1 and usual_kind(vector.name) == "vector"
        member = members.get(vector.args[:3])
        if member is not None or not usual or vector != usual_vector(vector.name):
            name, kind = map(str, writer.kind_in_two(member or vector))
            said.setdefault(kind, []).append(name)
    functions = sorted({a.name for a in statement.atoms(Applied)})
    if functions:
        said[" measure"] = functions
    if not said:
        return ""
    return "for " + ", ".join(f"{', '.join(names)}{kind}" for kind, names in said.items()) + ": "
