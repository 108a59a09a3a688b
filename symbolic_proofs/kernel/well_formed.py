"""What every rule of the kernel sees to: that statements are well formed.

A statement is well formed if it is made of the language's own heads, each as the language builds
it, its symbols are the language's, no bound one is free, one name is one thing, and no vector has a
length that is bound elsewhere.

Putting a value in the place of a variable, or a term in the place of an equal one, needs no care
beyond that: no head evaluates anything away (`language/operations.py`), so the value and where
there is one go from the parts to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.symbol import Str

from ..errors import SymbolicProofsError
from ..language.binders import Binder
from ..language.formulas import Exists, ForAll, Formula, free_variables
from ..language.made_of import HEADS
from ..language.names import name_of
from ..language.operations import Variable
from ..language.symbols import kind_of
from ..language.vectors import VectorSymbol


class KernelError(SymbolicProofsError, ValueError):
    """A rule was applied where its side conditions do not hold; no theorem was made.

    Its text is a message and the parts to put in it: tactics try much and seldom ask what failed.
    """

    def __str__(self) -> str:
        message, *parts = self.args or ("",)
        return str(message).format(*parts) if parts else str(message)


def nodes(argument: Any) -> Iterable[sp.Basic]:
    """Yield the terms, vectors and formulas that an argument of a rule holds."""
    if isinstance(argument, sp.Basic):
        yield argument
    elif isinstance(argument, Mapping):
        for pair in argument.items():
            yield from nodes(pair)
    elif isinstance(argument, tuple):
        for part in argument:
            yield from nodes(part)


@lru_cache(maxsize=65536)
def check_symbols(node: sp.Basic) -> None:
    """Refuse what the language did not make, and free symbols that a binder could capture."""
    _check_shape(node)
    for symbol in node.free_symbols:
        require(not symbol.name.startswith("_"), "a bound variable is free in {}", node)


@lru_cache(maxsize=262144)
def _check_shape(node: sp.Basic) -> None:
    """Refuse heads that are not the language's, and nodes that their own head would not build."""
    if type(node) is Variable:
        kind_of(node)
        if not node.name.startswith("_"):
            require(name_of(node.name, "symbol") == node.name, "{} is not a name", node)
        return
    if type(node) is Str or isinstance(node, sp.Rational):
        return
    require(type(node) in HEADS, "{} is outside of the language", type(node).__name__)
    for part in node.args:
        _check_shape(part)
    built = node.func(*node.args) == node
    require(built, "{} is not in the form in which the language has it", node)


def check_formula(formula: Formula) -> None:
    """Refuse a formula that is not well formed.

    What binds a symbol binds each vector whose length it is.
    """
    require(isinstance(formula, Formula), "{} is not a formula", formula)
    check_symbols(formula)
    _check_binding(formula)


@lru_cache(maxsize=262144)
def _check_binding(node: sp.Basic) -> None:
    """Refuse variables that are none, and vectors with a length that is bound without them."""
    for part in node.args:
        if part.args:
            _check_binding(part)
    if isinstance(node, ForAll | Exists):
        own = set(node.variables)
        for v in own:
            require(not getattr(v, "indices", ()), "{} is a family, no variable", v)
            if isinstance(v, sp.Symbol):
                check_symbols(v)
            else:
                require(isinstance(v, VectorSymbol), "{} is not a variable", v)
        inside = free_variables(node.body).union(*map(free_variables, node.given)) - own
        outside = [v for v in inside if isinstance(v, VectorSymbol) and v.free_symbols & own]
        require(not outside, "{} has a length that is bound elsewhere", outside)
    elif isinstance(node, Binder):
        for v in node.body.atoms(VectorSymbol):
            hidden = not v.indices and node.variable in v.free_symbols
            require(not hidden, "{} has a length that is bound elsewhere", v)


def names_quantified_in(formulas: Iterable[sp.Basic]) -> frozenset[str]:
    """Return the names of the variables of all quantifiers.

    A vector is another symbol once a value is put for its length, and the same vector: what could
    be captured is told by names.
    """
    return frozenset().union(*map(_quantified, formulas))


@lru_cache(maxsize=65536)
def _quantified(formula: sp.Basic) -> frozenset[str]:
    quantifiers = (n for n in sp.preorder_traversal(formula) if isinstance(n, ForAll | Exists))
    return frozenset(v.name for quantifier in quantifiers for v in quantifier.variables)


def names_free_in(nodes: Iterable[sp.Basic]) -> frozenset[str]:
    """Return the names of what is free in terms, vectors and formulas."""
    return frozenset().union(*map(_free, nodes))


@lru_cache(maxsize=65536)
def _free(node: sp.Basic) -> frozenset[str]:
    return frozenset(v.name for v in free_variables(node))


def require(condition: bool, message: str, *parts: object) -> None:
    """Raise KernelError unless the condition holds, the parts put in the message."""
    if not condition:
        raise KernelError(message, *parts)
