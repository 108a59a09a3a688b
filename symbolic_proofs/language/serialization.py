"""Terms, vectors and formulas as nested lists that JSON can hold, and back.

    "1/2"                                 a rational number
    ["sym", "p", "positive"]              a symbol and its kind
    "_1"                                  a bound variable, inside of its binder
    ["+", a, ...]  ["*", a, ...]  ["^", a, b]  ["Abs", a]  ["exp", a]  ["log", a]
    ["tanh", a]  ["ceiling", a]
    ["vec", "W", length, "real", ...]     a vector symbol, then its indices
    ["PowerSum", V, r]                    a head, and so on for every head without a binder
    ["Applied", "f", V]                   a Python function, by its name alone
    ["Total", "_1", body, n]              a binder, and so on for every head with one
    ["<", a, b]                           a relation
    ["ForAll", [variables], [given], F]   a quantifier

What is read is not trusted. Every name is looked up in the tables below; size, depth and digits
are bounded before anything is built; and what is read must be what `to_wire` would write: a node
has one text.
"""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from ..errors import SymbolicProofsError
from . import formulas, sums, terms, vectors
from .binders import Binder
from .names import LanguageError
from .operations import KINDS, Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh, scalar
from .symbols import bound_level, bound_symbol, kind_of, symbol

MAX_DEPTH = 40
MAX_NODES = 5_000
MAX_DIGITS = 200
MAX_NAME = 40

_NUMBER = re.compile(rf"-?\d{{1,{MAX_DIGITS}}}(?:/\d{{1,{MAX_DIGITS}}})?\Z", re.ASCII)
_BOUND = re.compile(r"_[1-9]\d?\Z", re.ASCII)

_OPERATORS = {"+": Sum, "*": Product, "^": Power, "Abs": Abs, "exp": Exp, "log": Log}
_OPERATORS |= {"tanh": Tanh, "ceiling": Ceiling}
_HEADS = {
    head.__name__: head
    for head in (
        *(terms.PowerSum, terms.Norm, terms.PQIndex, terms.NonzeroCount),
        *(sums.CountAtMost, sums.ShortestWindow),
        *(vectors.Repeat, vectors.Concat, vectors.Sorted, vectors.Entry),
        *(formulas.NonZero, formulas.Constant, formulas.SameZeros, formulas.SameVector),
        *(formulas.Not, formulas.And, formulas.Iff, formulas.Implies),
    )
}
_BINDERS = {
    head.__name__: head
    for head in (
        *(terms.Total, terms.Least, terms.Greatest, sums.NonzeroTotal, terms.OnNonzero),
        *(vectors.Map, vectors.Steps),
        *(formulas.Every, formulas.Some),
    )
}
#: binders of an entry or another number, not of an index
_OVER_ENTRIES = ("Map", "NonzeroTotal", "OnNonzero")
_QUANTIFIERS = {"ForAll": formulas.ForAll, "Exists": formulas.Exists}
_TABLES: tuple[dict[str, Any], ...] = (_OPERATORS, _HEADS, _BINDERS, _QUANTIFIERS)
#: the heads that have a text
NODES = frozenset(head for table in _TABLES for head in table.values())
_NAMES = {head: name for table in _TABLES for name, head in table.items()}


class WireError(SymbolicProofsError, ValueError):
    """The data is not the text of a term, vector or formula; the message says where it fails."""


def to_wire(node: sp.Basic) -> Any:
    """Return the nested lists and strings of a term, vector or formula.

    Raises WireError for a node outside of the language, or a bound variable without its binder.
    """
    return _write(node, frozenset())


def _write(node: sp.Basic, bound: frozenset[sp.Basic]) -> Any:
    match node:
        case sp.Rational():
            return str(int(node.p)) if node.q == 1 else f"{int(node.p)}/{int(node.q)}"
        case sp.Symbol() if node in bound:
            return node.name
        case sp.Symbol() if not bound_level(node):
            try:
                return ["sym", node.name, kind_of(node)]
            except LanguageError as error:
                raise WireError(str(error)) from None
        case vectors.VectorSymbol(args=(_, length, sign, *indices)):
            written = (_write(index, bound) for index in indices)
            return ["vec", node.name, _write(length, bound), str(sign), *written]
        case formulas.Relation():
            return [node.op, _write(node.left, bound), _write(node.right, bound)]
        case sums.Applied(args=(_, vector)):
            return ["Applied", node.name, _write(vector, bound)]
        case Binder(args=(body, variable, over)):
            inside = _write(body, bound | {variable})
            return [_NAMES[node.func], variable.name, inside, _write(over, bound)]
        case formulas.ForAll() | formulas.Exists():
            variables = [_write(variable, bound) for variable in node.variables]
            given = [_write(condition, bound) for condition in node.given]
            return [_NAMES[node.func], variables, given, _write(node.body, bound)]
    if node.func in _NAMES:
        return [_NAMES[node.func], *(_write(part, bound) for part in node.args)]
    raise WireError(f"{node} ({node.func.__name__}) has no text in this format")


def from_wire(data: object) -> Any:
    """Return the term, vector or formula with this text.

    Raises WireError, with one line, for anything that `to_wire` does not write.
    """
    _Budget().spend(data, 0)
    try:
        node = _read(data, {})
        same = to_wire(node) == data
    except WireError:
        raise
    except (ValueError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise WireError(f"the data states nothing in the language: {reason[:200]}") from None
    if not same:
        raise WireError("the data is not in the form in which this program writes it")
    return node


class _Budget:
    """Counts what there is to read, before any of it is read."""

    def __init__(self) -> None:
        self.left = MAX_NODES

    def spend(self, data: object, depth: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise WireError(f"the data has more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise WireError(f"the data is nested deeper than {MAX_DEPTH} levels")
        if isinstance(data, list):
            for part in data:
                self.spend(part, depth + 1)
        elif not isinstance(data, str):
            raise WireError(f"{_shown(data)} is neither a list nor a string")
        elif len(data) > 2 * MAX_DIGITS + 2:
            raise WireError(f"{_shown(data)} is too long for a number or a name")


def _shown(data: object) -> str:
    text = repr(data)
    return text if len(text) <= 60 else text[:60] + "..."


def _read(data: Any, scope: dict[str, sp.Symbol]) -> Any:
    if isinstance(data, str):
        return _number(data) if data not in scope else scope[data]
    if not data or not isinstance(data[0], str):
        raise WireError(f"{_shown(data)} does not begin with a name")
    name, parts = data[0], data[1:]
    if name == "sym":
        return _symbol(*_exactly(2, data))
    if name == "Applied":
        function, vector = _exactly(2, data)
        if not isinstance(function, str) or len(function) > MAX_NAME:
            raise WireError(f"{_shown(function)} is not the name of a function")
        return sums.Applied(function, _read(vector, scope))
    if name == "vec":
        return _vector_symbol(data, scope)
    if name in _BINDERS:
        return _binder(data, scope)
    if name in _QUANTIFIERS:
        variables, given, body = _exactly(3, data)
        if not (isinstance(variables, list) and isinstance(given, list)):
            raise WireError(f"{name} needs a list of variables and a list of conditions")
        conditions = formulas.And(*(_read(condition, scope) for condition in given))
        bound = [_read(variable, scope) for variable in variables]
        return _QUANTIFIERS[name](_read(body, scope), conditions, *bound)
    read = [_read(part, scope) for part in parts]
    if name in formulas.OPPOSITE:
        left, right = _exactly(2, [name, *read])
        return formulas.Relation(name, left, right)
    if name in _OPERATORS:
        return _operation(name, read)
    if name in _HEADS:
        return _HEADS[name](*read)
    raise WireError(f"{_shown(name)} is not a name of this format")


def _exactly(number: int, data: list[Any]) -> list[Any]:
    if len(data) != number + 1:
        raise WireError(f"{data[0]} takes {number} parts, not {len(data) - 1}")
    return data[1:]


def _number(text: str) -> sp.Rational:
    if _BOUND.match(text):
        raise WireError(f"the bound variable {text} stands outside of its binder")
    if not _NUMBER.match(text):
        raise WireError(
            f"{_shown(text)} is not a number; write -3 or 2/3, up to {MAX_DIGITS} digits"
        )
    return sp.Rational(text)


def _symbol(name: object, kind: object) -> sp.Symbol:
    if isinstance(name, str) and len(name) <= MAX_NAME and isinstance(kind, str):
        return symbol(name, kind)
    raise WireError(f"a symbol is a name and one of {', '.join(KINDS)}, not {_shown([name, kind])}")


def _vector_symbol(data: list[Any], scope: dict[str, sp.Symbol]) -> vectors.VectorSymbol:
    match data:
        case [_, str(name), length, str(sign), *indices] if len(name) <= MAX_NAME:
            read = [_read(index, scope) for index in indices]
            return vectors.VectorSymbol(name, _read(length, scope), sign, *read)
    raise WireError(f"a vector is a name, a length, a sign and indices, not {_shown(data[1:])}")


def _binder(data: list[Any], scope: dict[str, sp.Symbol]) -> Binder:
    name, (variable, body, over) = data[0], _exactly(3, data)
    if not isinstance(variable, str) or not _BOUND.match(variable):
        raise WireError(f"{name} binds _1, _2, ..., not {_shown(variable)}")
    # Inner binders have the lower levels; a variable that is bound twice could be captured.
    if any(bound_level(outer) <= int(variable[1:]) for outer in scope.values()):
        raise WireError(f"{variable} is bound inside of a binder of the same or a lower level")
    bound = bound_symbol(int(variable[1:]), "real" if name in _OVER_ENTRIES else "count")
    return _BINDERS[name](_read(body, {**scope, variable: bound}), bound, _read(over, scope))


def _operation(name: str, parts: list[Any]) -> sp.Expr:
    operands = [scalar(part) for part in parts]
    if len(operands) != {"+": len(operands), "*": len(operands), "^": 2}.get(name, 1):
        raise WireError(f"{name} does not take {len(operands)} operands")
    return scalar(_OPERATORS[name](*operands))
