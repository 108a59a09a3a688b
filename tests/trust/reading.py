"""What the language built, read back as a tree, class by class."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any

import sympy as sp

from symbolic_proofs.language import formulas, sums, terms, vectors
from symbolic_proofs.language.operations import (
    Abs,
    Ceiling,
    Exp,
    Log,
    Power,
    Product,
    Sum,
    Tanh,
    Variable,
)

from .trees import KINDS, VECTORS, Tree

_OPERATIONS = {Power: "^", Abs: "Abs", Ceiling: "Ceiling", Exp: "Exp", Log: "Log", Tanh: "Tanh"}
_OPERATIONS |= {
    head: head.__name__
    for head in (
        *(vectors.Repeat, vectors.Concat, vectors.Sorted, vectors.Entry),
        *(terms.PowerSum, terms.Norm, terms.PQIndex, terms.NonzeroCount),
        *(sums.CountAtMost, sums.ShortestWindow),
        *(formulas.NonZero, formulas.Constant, formulas.Not, formulas.And),
        *(formulas.Implies, formulas.Iff),
    )
}
_BINDERS = {
    head: head.__name__
    for head in (
        *(terms.Total, terms.Least, terms.Greatest, sums.NonzeroTotal, sums.OnNonzero),
        *(vectors.Map, vectors.Steps, formulas.Every, formulas.Some),
    )
}


class ForeignError(ValueError):
    """A node that no tree stands for."""


def read(node: Any) -> Tree:
    """Return the tree of a term, vector or formula; raises ForeignError."""
    kind = type(node)
    if isinstance(node, sp.Rational):
        return "num", Fraction(int(node.p), int(node.q))
    if kind is Variable:
        if node.name[0] != "_" and KINDS.get(node.name) != node.kind:
            raise ForeignError(f"the variable {node.name} of kind {node.kind}")
        return "var", node.name
    if kind is vectors.VectorSymbol:
        if node.indices or VECTORS[node.name][1] != str(node.args[2]):
            raise ForeignError(f"the vector {node.name}")
        return "vec", node.name, read(node.args[1])
    if kind in (Sum, Product):
        op = "+" if kind is Sum else "*"
        return reduce(lambda a, b: (op, a, b), map(read, node.args))
    if kind is formulas.Relation:
        return node.op, read(node.left), read(node.right)
    if kind in _BINDERS:
        body, variable, over = node.args
        return _BINDERS[kind], read(body), variable.name, read(over)
    if kind in _OPERATIONS:
        return _OPERATIONS[kind], *map(read, node.args)
    raise ForeignError(f"{kind.__name__} {node}")
