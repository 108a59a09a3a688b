"""Which values of a theorem's symbols make it speak of what a goal speaks of.

The terms of a sum or a product may stand in any order. What is found is a proposal: the kernel sees
whether the values are of the right kinds, and what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import sympy as sp

from ..kernel import KernelError
from ..language.formulas import Formula, Relation, free_variables
from ..language.operations import Product, Sum, Variable, summands
from ..language.symbols import bound_level
from ..language.terms import Norm, PowerSum, PQIndex, definition
from ..language.vectors import Vector, VectorSymbol, length
from ..rational_terms import expanded

Values = Mapping[sp.Basic, sp.Basic]
#: what is compared may also be met from these: a < b is a way to a <= b and a != b
_WEAKER = {"<": ("<", "<=", "!="), ">": (">", ">=", "!="), "=": ("=", "<=", ">=")}
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
#: ways to match one statement that are looked at
_MOST = 40


def instances(
    statement: Formula,
    goal: Formula,
    premises: Sequence[Formula] = (),
    given: Sequence[Formula] = (),
) -> Iterator[dict[sp.Basic, sp.Basic]]:
    """Yield values of the free symbols of a statement at which it may be, or yield, the goal.

    First where the two are the same, then where the power sums of the one are those of the other.
    What that leaves open, the statement's premises may settle, which are to be among what is given.
    """
    seen: list[dict[sp.Basic, sp.Basic]] = []
    own = free_variables(statement)
    compared = [f for f in premises if isinstance(f, Relation)]
    for found in islice(_ways(statement, goal), _MOST):
        for values in _by_premises(compared, given, found, own):
            put = {k: v for k, v in values.items() if k in own and k != v}
            if own <= values.keys() and put not in seen:
                seen.append(put)
                yield put


def _by_premises(
    premises: list[Relation], given: Sequence[Formula], values: Values, own: frozenset[sp.Basic]
) -> Iterator[Values]:
    """Yield the values, with those of the symbols that are still open from one premise each."""
    missing = own - values.keys()
    speaking = [f for f in premises if free_variables(f) & missing]
    if not missing or not speaking:
        yield values
        return
    first = speaking[0].oriented()
    rest = [f for f in premises if f is not speaking[0]]
    for one in given:
        if isinstance(one, Relation) and one.oriented().op == first.op:
            for more in _match(first.left, one.oriented().left, values):
                for every in _match(first.right, one.oriented().right, more):
                    yield from _by_premises(rest, given, every, own)


def _ways(statement: Formula, goal: Formula) -> Iterator[Values]:
    if not (isinstance(statement, Relation) and isinstance(goal, Relation)):
        yield from _match(statement, goal, {})
        return
    for one, other, op in (
        (goal.left, goal.right, goal.op),
        (goal.right, goal.left, _FLIPPED[goal.op]),
    ):
        if op in _WEAKER.get(statement.op, (statement.op,)):
            for values in _match(statement.left, one, {}):
                yield from _match(statement.right, other, values)
                # what one side settles may be the other side in another writing
                if free_variables_of(statement.right) <= values.keys():
                    yield values
    yield from _by_heads([*_heads(statement)], [*_heads(goal)], {})


def _heads(relation: Relation) -> Iterator[PowerSum]:
    """Yield the power sums that a relation is about, once norms and indices are written out."""
    found: dict[PowerSum, None] = {}
    waiting: list[sp.Basic] = [relation]
    while waiting:
        node = waiting.pop()
        if isinstance(node, PQIndex | Norm):
            waiting.append(definition(node))
        elif isinstance(node, PowerSum):
            found[node] = None
        elif not isinstance(node, Vector):
            waiting.extend(node.args)
    yield from found


def _by_heads(own: list[PowerSum], heads: list[PowerSum], values: Values) -> Iterator[Values]:
    if not own:
        yield values
        return
    first, *rest = own
    for head in heads:
        for more in _match(first, head, values):
            yield from _by_heads(rest, heads, more)


def _match(pattern: sp.Basic, node: sp.Basic, values: Values) -> Iterator[Values]:
    """Yield what is to be added to the values, so that the pattern is the node."""
    if isinstance(pattern, VectorSymbol) and not pattern.indices:
        yield from _vector(pattern, node, values)
    elif isinstance(pattern, Variable) and not bound_level(pattern):
        if pattern in values:
            if values[pattern] == node:
                yield values
        elif isinstance(node, sp.Expr):
            yield {**values, pattern: node}
    elif isinstance(node, sp.Rational) and free_variables_of(pattern) <= values.keys():
        if expanded(pattern.xreplace(values)) == node:
            yield values
    elif pattern == node and all(values.get(s, s) == s for s in free_variables_of(pattern)):
        yield {**values, **{s: s for s in free_variables_of(pattern)}}
    elif isinstance(pattern, Sum | Product) and isinstance(node, type(pattern)):
        yield from _in_any_order(pattern.args, node.args, values)
    elif pattern.func is node.func and len(pattern.args) == len(node.args) and pattern.args:
        yield from _in_order(pattern.args, node.args, values)


def _vector(pattern: VectorSymbol, node: sp.Basic, values: Values) -> Iterator[Values]:
    if pattern in values:
        if values[pattern] == node:
            yield values
    elif isinstance(node, Vector):
        for more in _length(length(pattern), length(node), values):
            yield {**more, pattern: node}


def _length(pattern: sp.Expr, size: sp.Expr, values: Values) -> Iterator[Values]:
    """Match a length, where n + 2 may be any that is 2 at least: n is what is left."""
    number, *rest = summands(pattern)
    unbound = [s for s in rest if isinstance(s, Variable) and s not in values]
    if isinstance(number, sp.Rational) and len(rest) == 1 and unbound:
        try:
            yield {**values, unbound[0]: expanded(size - number)}
        except KernelError:
            return
    else:
        yield from _match(pattern, size, values)


def _in_order(
    patterns: tuple[sp.Basic, ...], nodes: tuple[sp.Basic, ...], values: Values
) -> Iterator[Values]:
    if not patterns:
        yield values
        return
    for more in _match(patterns[0], nodes[0], values):
        yield from _in_order(patterns[1:], nodes[1:], more)


def _in_any_order(
    patterns: tuple[sp.Basic, ...], nodes: tuple[sp.Basic, ...], values: Values
) -> Iterator[Values]:
    if len(patterns) != len(nodes):
        return
    if not patterns:
        yield values
        return
    # what holds no symbol that is still open has one place at most
    first = min(patterns, key=lambda part: len(free_variables_of(part) - values.keys()))
    rest = tuple(part for part in patterns if part is not first)
    for k, node in enumerate(nodes):
        for more in _match(first, node, values):
            yield from _in_any_order(rest, (*nodes[:k], *nodes[k + 1 :]), more)


def free_variables_of(term: sp.Basic) -> set[sp.Basic]:
    """Return the symbols of a term that a value may be put in the place of."""
    return {s for s in term.free_symbols if not bound_level(s)} | term.atoms(VectorSymbol)
