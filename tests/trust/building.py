"""Trees as the language builds them: by its heads, or by the signs of Python as a user writes."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from symbolic_proofs.language import formulas, sums, terms, vectors
from symbolic_proofs.language.operations import (
    Abs,
    Ceiling,
    Exp,
    Log,
    Operators,
    Power,
    Product,
    Sum,
    Tanh,
)
from symbolic_proofs.language.symbols import symbol

from .trees import COMPARISONS, KINDS, RANGED, VECTORS, Tree

VARIABLES = {name: symbol(name, kind) for name, kind in KINDS.items()}
SYMBOLS = {
    name: vectors.vector(name, VARIABLES[length], nonnegative=sign == "nonnegative")
    for name, (length, sign) in VECTORS.items()
}

_HEADS: dict[str, Callable[..., Any]] = {
    "+": Sum,
    "-": lambda a, b: Sum(a, Product(-1, b)),
    "*": Product,
    "/": lambda a, b: Product(a, Power(b, -1)),
    "^": Power,
    "Abs": Abs,
    "Ceiling": Ceiling,
    "Exp": Exp,
    "Log": Log,
    "Tanh": Tanh,
}
_SIGNS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "Abs": abs,
    "Ceiling": sp.ceiling,
    "Exp": sp.exp,
    "Log": sp.log,
    "Tanh": sp.tanh,
}
_NAMED: dict[str, Callable[..., Any]] = {
    **{head: getattr(vectors, head) for head in ("Repeat", "Concat", "Sorted", "Entry")},
    **{head: getattr(terms, head) for head in ("PowerSum", "Norm", "PQIndex", "NonzeroCount")},
    **{head: getattr(sums, head) for head in ("CountAtMost", "ShortestWindow")},
    **{
        head: getattr(formulas, head)
        for head in ("NonZero", "Constant", "Not", "And", "Implies", "Iff")
    },
    "at": vectors.entry,
    "length": vectors.length,
}
_BINDING: dict[str, tuple[Callable[..., Any], str]] = {
    **{head: (getattr(terms, head), "count") for head in ("Total", "Least", "Greatest")},
    **{head: (getattr(sums, head), "real") for head in ("NonzeroTotal", "OnNonzero")},
    **{head: (getattr(formulas, head), "count") for head in RANGED},
    "Map": (vectors.Map, "real"),
    "Steps": (vectors.Steps, "count"),
}


def build(tree: Tree, *, signs: bool = False, bound: Mapping[str, sp.Symbol] | None = None) -> Any:
    """Return what the language makes of a tree, with `signs` by Python's own.

    Raises LanguageError for what it cannot express.
    """
    bound = bound or {}
    op, *parts = tree
    if op == "num":
        return sp.Rational(parts[0].numerator, parts[0].denominator)
    if op == "var":
        return bound[parts[0]] if parts[0] in bound else VARIABLES[parts[0]]
    if op == "vec":
        return SYMBOLS[parts[0]]
    if op in _BINDING:
        head, kind = _BINDING[op]
        body, name, over = parts
        variable = symbol(name, kind)
        inside = build(body, signs=signs, bound={**bound, name: variable})
        return head(inside, variable, build(over, signs=signs, bound=bound))
    built = [build(part, signs=signs, bound=bound) for part in parts]
    if op in COMPARISONS:
        return formulas.Relation(op, *built)
    if op not in _HEADS:
        return _NAMED[op](*built)
    # numbers alone are SymPy's: it would work them out, or give them up, before we see them
    written = signs and any(isinstance(part, Operators) for part in built)
    return (_SIGNS if written else _HEADS)[op](*built)
