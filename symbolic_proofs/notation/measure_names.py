"""Measures by their names: what a built-in measure of a vector stands for is written `hoyer(W)`.

A term is written so only if it is, node for node, what the measure makes of the vector; the reader
puts the same term in its place again.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from ..language.names import LanguageError
from ..language.operations import Operators, Variable
from ..language.sums import Applied
from ..language.symbols import count
from ..language.terms import NonzeroCount, Norm, PowerSum, PQIndex
from ..language.vectors import Vector, vector
from ..measures import MEASURES, Measure

#: a measure by the name that a statement has for it: l2-l1 is l2_l1
BY_NAME: dict[str, Measure] = {measure.name.replace("-", "_"): measure for measure in MEASURES}
#: what has a short form of its own
_SHORT = (PQIndex, Norm, PowerSum, NonzeroCount, Variable)


@lru_cache(maxsize=4096)
def value_of(name: str, v: Vector) -> sp.Expr:
    """Return what a measure makes of a vector."""
    return BY_NAME[name].term(v)


@lru_cache(maxsize=1)
def _by_head() -> dict[type, list[str]]:
    """Return the names of the measures by the heads of their terms."""
    generic = vector("W", count("N"))
    found: dict[type, list[str]] = {}
    for name in BY_NAME:
        made = value_of(name, generic)
        if not isinstance(made, _SHORT):
            found.setdefault(type(made), []).append(name)
    return found


def measures_in(node: sp.Basic) -> dict[sp.Expr, tuple[str, Vector]]:
    """Return the terms inside a node that measures make of its vectors, with name and vector."""
    parts = set(sp.preorder_traversal(node))
    vectors = [part for part in parts if isinstance(part, Vector)]
    taken = {part.name for part in parts if isinstance(part, Applied)}
    heads = {type(part) for part in parts if isinstance(part, Operators)}
    found: dict[sp.Expr, tuple[str, Vector]] = {}
    for head in heads & _by_head().keys():
        for name in _by_head()[head]:
            for v in vectors if name not in taken else ():
                made = _value_of(name, v)
                if made in parts:
                    found.setdefault(made, (name, v))
    return found


def _value_of(name: str, v: Vector) -> sp.Expr | None:
    try:
        return value_of(name, v)
    except LanguageError:
        return None  # for a vector without entries, a measure is not a term
