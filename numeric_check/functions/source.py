"""The text of a user's function, and which of its floats are written there as numbers.

What has been compiled no longer tells 1 - 5e-17 from 1, nor 0.1 + 0.2 from 0.30000000000000004. The
text does. So the file is read again, rewritten (`plain_rewriting`) and compiled, and the function
is run by that code. It is believed only where the text, as it stands, compiles to the very code of
the function.
"""

from __future__ import annotations

import ast
import linecache
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from types import CodeType, FunctionType
from typing import Any
from weakref import WeakKeyDictionary

from .rewriting import Rewriter, Source

#: names by which a program changes its constants where the text does not show it
_BEHIND_THE_TEXT = frozenset(
    {"globals", "vars", "locals", "exec", "eval", "setattr", "delattr", "modules", "__dict__"}
    | {"__globals__", "__setattr__", "__defaults__", "__kwdefaults__", "__code__"}
)
#: bits of a number that is computed from what is written
_MAX_BITS = 20_000
#: how far floats may carry such a number away, relative to it
_ROUNDING = Fraction(1, 10**9)


@dataclass(frozen=True)
class FunctionText:
    """A function as its text has it: `literals` maps names of `code` to (number, float)."""

    code: CodeType
    literals: dict[str, tuple[Fraction, float]]
    #: from names of the module to the numbers that they are assigned
    constants: dict[str, Fraction]
    #: from parameters to the numbers that stand for them
    defaults: dict[str, Fraction]


def text_of(function: FunctionType) -> FunctionText | None:
    """Return the text of a function, None where it is not to be had with certainty."""
    if function not in _KNOWN:
        name = function.__code__.co_filename
        linecache.checkcache(name)
        file = _file("".join(linecache.getlines(name, function.__globals__)), name)
        _KNOWN[function] = None if file is None else file.function(function.__code__)
    return _KNOWN[function]


_KNOWN: WeakKeyDictionary[FunctionType, FunctionText | None] = WeakKeyDictionary()


@dataclass(frozen=True)
class _File:
    """A file as it stands, and rewritten."""

    source: Source
    tree: ast.Module
    written: CodeType
    rewritten: CodeType
    literals: dict[str, tuple[Fraction, float]]

    @cached_property
    def codes(self) -> tuple[dict[Any, list[CodeType]], dict[Any, list[CodeType]]]:
        """The codes of all functions by their place, as they stand and rewritten."""
        found: tuple[dict[Any, list[CodeType]], dict[Any, list[CodeType]]] = ({}, {})
        for places, whole in zip(found, (self.written, self.rewritten), strict=True):
            for code in codes_in(whole):
                places.setdefault(_place(code), []).append(code)
        return found

    @cached_property
    def constants(self) -> dict[str, Fraction]:
        """The names that the module gives a number, once."""
        found = {}
        for statement in self.tree.body if self.in_plain_sight else ():
            match statement:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    number = value_written(value, self.source)
                    if number is not None and self.bound[name] == 1:
                        found[name] = number
        return found

    @cached_property
    def bound(self) -> Counter[str]:
        """How often each name is bound or deleted, wherever in the file."""
        return Counter(_bound(self.tree))

    @cached_property
    def in_plain_sight(self) -> bool:
        """Whether nothing in the file changes names or defaults behind the text."""
        return not any(map(_changes_behind_the_text, ast.walk(self.tree)))

    def function(self, code: CodeType) -> FunctionText | None:
        alike, found = (codes.get(_place(code), []) for codes in self.codes)
        if alike != [code] or len(found) != 1:
            return None
        return FunctionText(found[0], self.literals, self.constants, self._defaults(code))

    def _defaults(self, code: CodeType) -> dict[str, Fraction]:
        nodes = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.Lambda)
            and getattr(node, "name", "<lambda>") == code.co_name
            and _first_line(node) == code.co_firstlineno
        ]
        if len(nodes) != 1 or not self.in_plain_sight:
            return {}
        given = nodes[0].args
        placed = [*given.posonlyargs, *given.args]
        pairs = [
            *zip(placed[len(placed) - len(given.defaults) :], given.defaults, strict=True),
            *zip(given.kwonlyargs, given.kw_defaults, strict=True),
        ]
        values = {
            parameter.arg: value_written(node, self.source) for parameter, node in pairs if node
        }
        return {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=16)
def _file(source: str, name: str) -> _File | None:
    try:
        tree = ast.parse(source)
        written = compile(source, name, "exec", dont_inherit=True)
        rewriter = Rewriter(Source(source))
        changed = ast.fix_missing_locations(rewriter.visit(ast.parse(source)))
        rewritten = compile(changed, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None
    return _File(rewriter.source, tree, written, rewritten, rewriter.literals)


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Yield the codes of what is defined inside of a code."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from codes_in(part)


def _place(code: CodeType) -> tuple[object, ...]:
    return (code.co_qualname, code.co_firstlineno, code.co_varnames, code.co_freevars)


def _first_line(node: ast.FunctionDef | ast.Lambda) -> int:
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _changes_behind_the_text(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _BEHIND_THE_TEXT
        case ast.alias(name="*"):
            return True
    return False


def _bound(tree: ast.Module) -> Iterator[str]:
    """Yield the names that are bound or deleted anywhere in a file, each time that they are."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0]
            case ast.Global(names=names):
                yield from (name for name in names for _ in range(2))


def value_written(node: ast.expr, source: Source) -> Fraction | None:
    """Return the exact value of numbers and + - * / ** that stand in a text, None for others."""
    match node:
        case ast.Constant():
            return source.number(node)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            value = value_written(operand, source)
            return -value if value is not None and isinstance(node.op, ast.USub) else value
        case ast.BinOp(left=first, op=op, right=second):
            left, right = value_written(first, source), value_written(second, source)
            return None if left is None or right is None else _computed(op, left, right)
    return None


def _computed(op: ast.operator, left: Fraction, right: Fraction) -> Fraction | None:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right if right else None
        case ast.Pow() if right.denominator == 1 and (left or right > 0):
            bits = max(left.numerator.bit_length(), left.denominator.bit_length())
            return left ** int(right) if bits * abs(right) <= _MAX_BITS else None
    return None


def is_about(value: object, number: Fraction) -> bool:
    """Tell whether a value of a running program is the number of the text in its place, a float."""
    if type(value) is not float or not math.isfinite(value):
        return False
    return abs(Fraction(value) - number) <= _ROUNDING * abs(number)
