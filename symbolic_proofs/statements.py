"""What every rule of the kernel sees to: well-formed statements, and values put in without loss.

A statement is well formed if its symbols are the language's, no bound one is free, and no vector
has a length that is bound elsewhere. Putting values in place of variables must not lose a
condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.symbol import Str

from .conditions import Facts
from .language.binding import Binder
from .language.formulas import Every, Exists, ForAll, Formula, Relation, Some, free_variables
from .language.heads import Abs, Ceiling
from .language.names import name_of
from .language.sums import Applied, CountAtMost
from .language.symbols import Variable, kind_of
from .language.terms import NonzeroCount, Total
from .language.vectors import VectorSymbol
from .language.wire import NODES


class KernelError(ValueError):
    """A rule was applied where its side conditions do not hold; no theorem was made."""


def nodes(argument: Any) -> Iterable[sp.Basic]:
    """Yield the terms, vectors and formulas that an argument of a rule holds."""
    if isinstance(argument, sp.Basic):
        yield argument
    elif isinstance(argument, Mapping):
        for pair in argument.items():
            yield from nodes(pair)
    elif isinstance(argument, tuple | list | frozenset):
        for part in argument:
            yield from nodes(part)


@lru_cache(maxsize=65536)
def check_symbols(node: sp.Basic) -> None:
    """Refuse what the language did not make, and free symbols that a binder could capture."""
    _check_shape(node)
    for symbol in node.free_symbols:
        kind_of(symbol)
        require(not symbol.name.startswith("_"), "a bound variable is free in {}", node)


@lru_cache(maxsize=262144)
def _check_shape(node: sp.Basic) -> None:
    """Refuse heads that are not the language's, and nodes that their own head would not build.

    A number times a sum is kept as it is, though SymPy would multiply it out.
    """
    if isinstance(node, Variable) and not node.name.startswith("_"):
        require(name_of(node.name, "symbol") == node.name, "{} is not a name", node)
    if isinstance(node, Variable | Str | sp.Rational) or node == sp.E:
        return
    require(type(node) in _HEADS, "{} is outside of the language", node)
    for part in node.args:
        _check_shape(part)
    if type(node) in _REBUILT:
        kept = (
            isinstance(node, sp.Mul)
            and len(node.args) == 2
            and isinstance(node.args[0], sp.Rational)
            and isinstance(node.args[1], sp.Add)
        )
        built = kept or node.func(*node.args) == node
        require(built, "{} is not in the form in which the language has it", node)


#: what the language is made of: whatever can be written to a file
_HEADS = frozenset({*NODES, VectorSymbol, Relation, Applied})
_REBUILT = (sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.tanh, Abs, Ceiling)


@lru_cache(maxsize=65536)
def names_of(formula: Formula) -> frozenset[tuple[str, object]]:
    """Return the names of scalars and vectors, free and quantified, and what they stand for."""
    scalars = {s for s in formula.atoms(Variable) if not s.name.startswith("_")}
    vectors = {v.func(*v.args[:3]) for v in formula.atoms(VectorSymbol)}
    return frozenset((thing.name, thing) for thing in scalars | vectors)


@lru_cache(maxsize=65536)
def check_formula(formula: Formula) -> None:
    """Refuse a formula that is not well formed.

    What binds a symbol binds each vector whose length it is.
    """
    require(isinstance(formula, Formula), "{} is no formula", formula)
    check_symbols(formula)
    for node in sp.preorder_traversal(formula):
        if isinstance(node, ForAll | Exists):
            own = set(node.variables)
            for v in own:
                require(not getattr(v, "indices", ()), "{} is a family, no variable", v)
                if isinstance(v, sp.Symbol):
                    check_symbols(v)
                else:
                    require(isinstance(v, VectorSymbol), "{} is no variable", v)
            inside = free_variables(node.body).union(*map(free_variables, node.given)) - own
            outside = [v for v in inside if isinstance(v, VectorSymbol) and v.free_symbols & own]
            require(not outside, "{} has a length that is bound elsewhere", outside)
        elif isinstance(node, Binder):
            for v in node.body.atoms(VectorSymbol):
                hidden = not v.indices and node.variable in v.free_symbols
                require(not hidden, "{} has a length that is bound elsewhere", v)


def quantified_in(formulas: Iterable[sp.Basic]) -> set[sp.Basic]:
    """Return the variables of all quantifiers."""
    return {
        v
        for formula in formulas
        for node in sp.preorder_traversal(formula)
        if isinstance(node, ForAll | Exists)
        for v in node.variables
    }


def put(facts: Facts, formula: Any, values: Mapping[sp.Basic, sp.Basic], assumed: bool) -> Any:
    """Return the formula with values in the place of variables or terms.

    SymPy evaluates what it builds, and x/y > 0 at x = y becomes 1 > 0: true where the other has no
    value. In a conclusion that is no loss. In what is assumed, and in the conditions of a
    quantifier, each power, logarithm and head must be there still, or be shown to be defined.
    """
    for node in sp.postorder_traversal(formula):
        if isinstance(node, sp.Pow | sp.exp):
            numbers = node.exp.xreplace(values).atoms(sp.Rational)
            large = any(max(abs(n.p), n.q) > _LARGEST_EXPONENT for n in numbers)
            require(not large, "an exponent is too large to be worked out")
        elif isinstance(node, Ceiling):
            # SymPy works out the ceiling of any number, by approximations of those not rational
            number = node.args[0].xreplace(values)
            require(not number.is_number or number.is_Rational, "no ceiling of {}", number)
    for part in sp.preorder_traversal(formula):
        if isinstance(part, Formula) and (assumed or isinstance(part, ForAll | Exists)):
            for leaf in sp.preorder_traversal(part):
                if isinstance(leaf, Every | Some):
                    _check_kept(facts, leaf.args[2], values)
                elif isinstance(leaf, Formula) and not any(
                    isinstance(a, Formula) for a in leaf.args
                ):
                    _check_kept(facts, leaf, values)
            if assumed:
                break
    return formula.xreplace(values)


_LARGEST_EXPONENT = 9_999
_TOTAL = (sp.Rational, sp.Add, sp.Mul, Abs, sp.exp, Total, NonzeroCount, CountAtMost)


def _check_kept(facts: Facts, leaf: sp.Basic, values: Mapping[sp.Basic, sp.Basic]) -> None:
    present = set(sp.preorder_traversal(leaf.xreplace(values)))
    for node in sp.preorder_traversal(leaf):
        if isinstance(node, sp.Expr) and not isinstance(node, (sp.Symbol, *_TOTAL)):
            parts = tuple(part.xreplace(values) for part in node.args)
            built = node.xreplace(values)
            kept = built in present and built.func == node.func and built.args == parts
            require(kept or facts.has_value(node.func, parts), "{} may lose its condition", node)


def settled(formula: Any) -> Any:
    """Return the formula with absolute values as SymPy writes them when they are built anew."""
    unsettled = (
        {a: a.func(*a.args) for a in formula.atoms(Abs)} if isinstance(formula, sp.Basic) else {}
    )
    unsettled = {old: new for old, new in unsettled.items() if old != new}
    return formula.xreplace(unsettled) if unsettled else formula


def require(condition: bool, message: str, *parts: object) -> None:
    """Raise KernelError unless the condition holds, the parts put in the message."""
    # the message is put together only when needed: printing terms costs more than checking
    if not condition:
        raise KernelError(message.format(*parts))
