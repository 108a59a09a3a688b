"""A file of a user's functions, rewritten so that its numbers and operations can be given meanings.

| as written                    | rewritten                                                      |
|-------------------------------|----------------------------------------------------------------|
| `0.5`                         | the name ` 0.5`                                                |
| `x - y`, and `x -= y`         | ` -(x, y)`, and `x =  -=(x, y)`                                |
| `f(x)`, and `x < y`           | `f( number(x))`, and ` number( number(x) <  number(y))`        |
| `d[x]`, `for y in x`          | the same, with ` number(x)`                                    |
| `if x:`, `not x`              | the same, with ` truth(x)`                                     |
| `def f(x):`, and `case x:`    | the same, with ` entered(line)` first                          |
| `except E:`                   | the same, with ` caught(line)` first                           |
| `with c:`, and `finally:`     | the same, with ` caught(line)` for what leaves the body        |
| `import numpy as np`          | the same, and `np =  meaning(np)`                              |

Names that begin with a space cannot be written in Python, so none is taken. The caller says what
they mean: numbers and operations of floats, or exact ones.
"""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from typing import Any

#: an operation of Python -> the sign that names it
OPERATIONS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
}
NUMBER, MEANING, CAUGHT, ANYTHING = " number", " meaning", " caught", " anything"
TRUTH, ENTERED = " truth", " entered"

_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


class Source:
    """The text of a file, for the digits of its numbers."""

    def __init__(self, text: str) -> None:
        # columns of the syntax tree count bytes
        self._lines = [line.encode() for line in text.split("\n")]

    def number(self, node: ast.Constant) -> Fraction | None:
        """Return the number that is written, None for what is none or no float can hold."""
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if isinstance(value, int):
            return Fraction(value)
        # of 1e-400 nothing is left in the float; its exponent may be too large to be written out
        lost = not value and any(digit in "123456789" for digit in self._mantissa(node))
        if not math.isfinite(value) or lost:
            return None
        return Fraction(self.digits(node)) if value else Fraction(0)

    def digits(self, node: ast.Constant) -> str:
        """Return a number as it is written; raises ValueError where the text has something else."""
        line = self._lines[node.lineno - 1][node.col_offset : node.end_col_offset]
        digits = line.decode().replace("_", "")
        if float(digits) != node.value:
            raise ValueError(f"the text has {digits} where the program has {node.value!r}")
        return digits

    def _mantissa(self, node: ast.Constant) -> str:
        return self.digits(node).lower().partition("e")[0]


class Rewriter(ast.NodeTransformer):
    """Rewrites a file; `literals` collects (the number that is written, the float) by name."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.literals: dict[str, tuple[Fraction, float]] = {}

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        value = node.value
        number = self.source.number(node) if isinstance(value, float) else None
        if number is None or not isinstance(value, float):
            return node
        name = f" {self.source.digits(node)}"
        self.literals[name] = (number, value)
        return ast.copy_location(_name(name), node)

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        if type(node.op) not in OPERATIONS:
            return node
        return _at(node, _call(f" {OPERATIONS[type(node.op)]}", node.left, node.right))

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        if type(node.op) not in OPERATIONS:
            return node
        if not isinstance(node.target, ast.Name):
            # what is changed is not to be looked up twice
            node.value = _number(node.value)
            return node
        value = _call(f" {OPERATIONS[type(node.op)]}=", _name(node.target.id), node.value)
        return _at(node, ast.Assign([node.target], value))

    def visit_Compare(self, node: ast.Compare) -> Any:
        self.generic_visit(node)
        if all(isinstance(op, _COMPARISONS) for op in node.ops):
            node.left = _number(node.left)
            node.comparators = [_number(part) for part in node.comparators]
        elif isinstance(node.ops[0], ast.In | ast.NotIn):
            node.left = _number(node.left)
        return _number(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        self.generic_visit(node)
        if isinstance(node.slice, ast.Tuple):
            node.slice.elts = [_number(part) for part in node.slice.elts]
        else:
            node.slice = _number(node.slice)
        return node

    def visit_Slice(self, node: ast.Slice) -> ast.Slice:
        self.generic_visit(node)
        for name in ("lower", "upper", "step"):
            part = getattr(node, name)
            if part is not None:
                setattr(node, name, _number(part))
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.Starred:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.value = _number(node.value)
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        self.generic_visit(node)
        node.iter = _number(node.iter)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.body.insert(0, _entered(node))
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        self.generic_visit(node)
        both = ast.Tuple([_entered(node).value, node.body], ast.Load())
        node.body = _at(node.body, ast.Subscript(both, ast.Constant(1), ast.Load()))
        return node

    def visit_If(self, node: Any) -> Any:
        self.generic_visit(node)
        node.test = _truth(node.test)
        return node

    visit_While = visit_IfExp = visit_Assert = visit_If  # noqa: N815  (the names that ast knows)

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        node.iter = _number(node.iter)
        node.ifs = [_truth(test) for test in node.ifs]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.BoolOp:
        self.generic_visit(node)
        # the last one is handed on, whatever it is
        node.values = [*map(_truth, node.values[:-1]), _number(node.values[-1])]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.UnaryOp:
        self.generic_visit(node)
        node.operand = (_truth if isinstance(node.op, ast.Not) else _number)(node.operand)
        return node

    def visit_Match(self, node: ast.Match) -> ast.Match:
        self.generic_visit(node)
        node.subject = _number(node.subject)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        node.args = [_number(argument) for argument in node.args]
        for keyword in node.keywords:
            keyword.value = _number(keyword.value)
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        self.generic_visit(node)
        node.body.insert(0, _caught(node))
        return node

    def visit_Try(self, node: Any) -> Any:
        self.generic_visit(node)
        if not node.finalbody:
            return node
        # a return in the last part loses what was raised
        final, node.finalbody = node.finalbody, []
        body = [node] if node.handlers else node.body
        return _at(node, ast.Try(body, [_watching(node)], [], final))

    visit_TryStar = visit_Try  # noqa: N815  (the name that ast looks for)

    def visit_With(self, node: ast.With) -> ast.With:
        self.generic_visit(node)
        node.body = [_at(node, ast.Try(node.body, [_watching(node)], [], []))]
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        return [node, *(_meant(node, alias, dotted=True) for alias in node.names)]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        if node.module == "__future__" or node.names[0].name == "*":
            return [node]
        return [node, *(_meant(node, alias, dotted=False) for alias in node.names)]

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        # a pattern holds numbers as numbers
        if node.guard is not None:
            node.guard = self.visit(node.guard)
        body = [line for part in node.body for line in _several(self.visit(part))]
        node.body = [_entered(node.body[0]), *body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return node


def _several(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _at(node: ast.AST, new: Any) -> Any:
    return ast.fix_missing_locations(ast.copy_location(new, node))


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(_name(name), list(arguments), [])


def _number(node: ast.expr) -> Any:
    """Wrap what may be a float that nobody has written; what is written or computed here is not."""
    match node:
        case ast.Constant() | ast.Starred() | ast.Lambda() | ast.Slice():
            return node
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)) if name.startswith(" "):
            return node
    return _at(node, _call(NUMBER, node))


def _truth(node: ast.expr) -> ast.expr:
    test: ast.expr = _at(node, _call(TRUTH, node))
    return test


def _entered(node: Any) -> ast.Expr:
    statement: ast.Expr = _at(node, ast.Expr(_call(ENTERED, ast.Constant(node.lineno))))
    return statement


def _caught(node: Any) -> ast.stmt:
    statement: ast.stmt = _at(node, ast.Expr(_call(CAUGHT, ast.Constant(node.lineno))))
    return statement


def _watching(node: Any) -> ast.ExceptHandler:
    handler: ast.ExceptHandler = _at(
        node, ast.ExceptHandler(_name(ANYTHING), None, [_caught(node), ast.Raise()])
    )
    return handler


def _meant(node: ast.AST, alias: ast.alias, *, dotted: bool) -> ast.stmt:
    """Give what an import binds its meaning."""
    name = alias.asname or (alias.name.partition(".")[0] if dotted else alias.name)
    statement: ast.stmt = _at(
        node, ast.Assign([ast.Name(name, ast.Store())], _call(MEANING, _name(name)))
    )
    return statement
