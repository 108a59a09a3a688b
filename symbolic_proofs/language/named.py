"""Which names stand in a formula, and what for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from .formulas import Formula
from .names import as_entry, entry_of, member_of
from .operations import Variable
from .vectors import VectorSymbol


@lru_cache(maxsize=65536)
def names_of(formula: Formula) -> frozenset[tuple[str, object]]:
    """Return the names of scalars and vectors, free and quantified, and what they stand for."""
    found = _named_in(formula)
    scalars = {node for node in found if isinstance(node, Variable)}
    symbols = found - scalars
    vectors = {v.func(*v.args[:3]) for v in symbols}
    named = {(thing.name, thing) for thing in scalars | vectors}
    # w_1 beside the entries of W would be shown as one of them, and so would the entries of w
    shown = {(entry_of(v.name), v) for v in vectors}
    # and W_1 beside a family W as its member at 1
    members = {v.func(*v.args[:3]) for v in symbols if v.indices}
    shown |= {(member_of(v.name), v) for v in members}
    shown |= {(like, str) for thing in scalars | vectors if (like := as_entry(thing.name))}
    return frozenset(named | shown)


@lru_cache(maxsize=262144)
def _named_in(node: sp.Basic) -> frozenset[Any]:
    """Return the scalars and vectors in a node, but for the variables that a binder makes."""
    if isinstance(node, Variable):
        return frozenset() if node.name.startswith("_") else frozenset((node,))
    found = frozenset[Any]().union(*map(_named_in, node.args))
    return found | {node} if isinstance(node, VectorSymbol) else found
