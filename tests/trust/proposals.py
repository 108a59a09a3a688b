"""Applications of rules that a term invites: about it, and about the heads inside of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.formulas import Formula, Relation
from symbolic_proofs.language.operations import Ceiling
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.symbols import bound_level
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from symbolic_proofs.language.vectors import Entry, Sorted, Vector

from .building import VARIABLES
from .trees import KINDS, Drawing, Tree

Attempt = Callable[[], Theorem]
#: what holds of a variable by its kind alone
_OF_KIND = {"count": (">=", 1), "size": (">=", 0), "positive": (">", 0), "nonnegative": (">=", 0)}


def of(tree: Tree, node: Any, given: tuple[Formula, ...], drawing: Drawing) -> list[Attempt]:
    """Return a few attempts to prove something of a term, a vector or a formula."""
    found: list[Attempt] = []
    if isinstance(node, sp.Expr):
        found += _of_term(node, given, drawing)
    inside = [part for part in sp.preorder_traversal(node) if _is_closed(part)]
    drawing.random.shuffle(inside)
    for part in inside[:3]:
        found += _of_head(part, given, drawing)
    return found


def _is_closed(node: Any) -> bool:
    return isinstance(node, sp.Expr | Vector) and not any(map(bound_level, node.free_symbols))


def _of_term(term: sp.Expr, given: tuple[Formula, ...], drawing: Drawing) -> list[Attempt]:
    pick = drawing.pick
    goal = Relation(pick("<", "<=", ">", ">=", "!=", "="), term, pick(0, 0, 0, 1, -1))
    name = pick(*KINDS)
    variable, (op, bound) = VARIABLES[name], _OF_KIND.get(KINDS[name], ("=", 0))
    other = variable if op == "=" else bound
    said = Relation(op, variable**2 if pick(True, False) else variable, other)
    low, high = pick((variable, term), (term, variable), (term, sp.Integer(pick(0, 1))))
    attempts = (
        lambda: K.arithmetic(goal, (), given),
        lambda: K.whole(K.assume(Relation("<", low, high))),
        lambda: K.instantiate(
            K.arithmetic(said, (), ()) if op != "=" else K.assume(Relation("!=", said.left, 0)),
            {variable: term},
            given,
        ),
        lambda: pick(K.exponential, K.exponential_weak)(term, given),
    )
    return drawing.random.sample(attempts, 2)


def _of_head(node: Any, given: tuple[Formula, ...], drawing: Drawing) -> list[Attempt]:
    pick = drawing.pick
    index = pick(
        sp.Integer(1),
        *(VARIABLES[name] for name in "Nkn"),
        Ceiling(VARIABLES["N"] / 2),
        node.args[2] if len(node.args) > 2 else sp.Integer(2),
    )
    match node:
        case Total():
            vectors = sorted(
                {v for e in node.atoms(Entry) for v in (e.args[0], *e.args[0].args)}, key=str
            )
            whole = pick(*(v for v in vectors if isinstance(v, Vector))) if vectors else None
            inner = whole.args[0] if isinstance(whole, Sorted) else whole
            attempts: list[Attempt] = [
                lambda: K.summand(node, index, given),
                lambda: K.linear(node, given),
            ]
            if whole is not None:
                attempts += [
                    lambda: K.split(node, whole, given),
                    lambda: K.sorted_sum(node, inner, given),
                    lambda: K.ranked_sum(node, inner, given),
                ]
            return drawing.random.sample(attempts, 2)
        case Least() | Greatest():
            return [
                lambda: (K.least if isinstance(node, Least) else K.greatest)(node, index, given)
            ]
        case PowerSum() | Norm() | PQIndex() | NonzeroTotal():
            return [lambda: K.define(node, given)]
        case OnNonzero():
            return [lambda: K.on_nonzero(node, given)]
        case NonzeroCount() | CountAtMost():
            return [lambda: K.count_parts(node, given)]
        case ShortestWindow():
            rules = K.window_scaled, K.window_of_equals
            return [
                lambda: pick(*rules)(node, given),
                lambda: K.window_of_copies(node, index, given),
            ]
        case Vector():
            return [lambda: K.nonzero(node, given)]
    return []
