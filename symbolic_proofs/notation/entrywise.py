"""Vectors given entry by entry: [f(w_i) : i = 1..N], [w_i·v_i : i = 1..N], W + V.

A function of the entries of one vector is a map of it. What speaks of two vectors, or of the
index itself, is kept as steps of one entry each. Writer and reader agree on it here.
"""

from __future__ import annotations

import sympy as sp

from ..language.operations import Product, summands
from ..language.symbols import bound_symbol
from ..language.vectors import (
    Entry,
    Map,
    Repeat,
    Steps,
    Vector,
    VectorSymbol,
    entry,
    length,
    single,
)


def listed(value: sp.Expr, index: sp.Symbol, count: sp.Expr) -> Vector:
    """Return the vector of `value` at index = 1 .. count."""
    of_one = _as_map(value, index, count)
    return Steps(single(value), index, count) if of_one is None else of_one


def value_listed(steps: Steps) -> sp.Expr | None:
    """Return the value that `listed` makes these steps of, None if it does not."""
    body = steps.body
    if isinstance(body, Repeat) and body.args[1] == 1:
        value: sp.Expr = body.args[0]
        if _as_map(value, steps.variable, steps.args[2]) is None:
            return value
    return None


def _as_map(value: sp.Expr, index: sp.Symbol, count: sp.Expr) -> Map | None:
    places = {e for e in value.atoms(Entry) if e.args[1] == index}
    sources = {place.args[0] for place in places}
    if len(sources) != 1:
        return None
    (source,) = sources
    x = bound_symbol(0, "real")
    body = value.xreplace({entry(source, index): x})
    if index in body.free_symbols or index in source.free_symbols or length(source) != count:
        return None
    return Map(body, x, source)


def vectors_added(steps: Steps) -> list[tuple[int, VectorSymbol]] | None:
    """Return the vectors, each with its sign, whose sum these steps are; None if they are none."""
    value = value_listed(steps)
    parts = [] if value is None else [_signed_entry(part, steps) for part in summands(value)]
    if len(parts) < 2 or any(part is None for part in parts):
        return None
    return [part for part in parts if part is not None]


def _signed_entry(part: sp.Expr, steps: Steps) -> tuple[int, VectorSymbol] | None:
    sign = 1
    if isinstance(part, Product) and len(part.args) == 2 and part.args[0] == -1:
        sign, part = -1, part.args[1]
    if isinstance(part, Entry) and part.args[1] == steps.variable:
        vector = part.args[0]
        if isinstance(vector, VectorSymbol) and length(vector) == steps.args[2]:
            return sign, vector
    return None
