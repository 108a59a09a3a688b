"""Pieces of a document that share their names: declarations, definitions, statements, chains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import sympy as sp

from ...language.formulas import Formula
from ...language.names import LanguageError
from ...language.symbols import symbol
from ...language.vectors import Vector, VectorSymbol
from ..letters import usual_kind
from .building import Node
from .definitions import Definition
from .errors import ReadError
from .latex import is_latex
from .names import Names, canonical
from .parsing import parse
from .statements import StatementReader, read

_LET = re.compile(r"\s*([^\W\d_]\w*'*)\s*(?:\(([^()]*)\))?\s*=(?!=)")
_PARAMETER = re.compile(r"\s*([^\W\d_]\w*'*)\s*(?:(?:in|∈)\s*(?:R|ℝ)\s*\^\s*([^\W\d_]\w*))?\s*\Z")
#: names with a meaning that nothing else can have
_TAKEN = frozenset(
    (
        *("I", "S", "e", "sqrt", "exp", "ln", "log", "abs", "tanh", "ceil", "floor", "sign"),
        *("max", "min", "sum", "len", "sort", "zeros", "repeat", "window"),
    )
)
SIGN = re.compile(r"\s*_?\s*(<=|>=|!=|==|=|<|>|≤|≥|≠|⩽|⩾)(?![=>])")


@dataclass
class Passages:
    """The names that are known so far; `inner` has those of a part of the document besides.

    Places in errors are those within the piece that is read.
    """

    names: Names = field(default_factory=Names)
    #: the right side of the last statement, where a chain goes on
    last: Node | None = None

    def inner(self) -> Passages:
        """Return passages that know these names, and keep what is said there to themselves."""
        known, constants = dict(self.names.known), dict(self.names.constants)
        return Passages(Names(known, constants=constants))

    def declare(self, text: str) -> None:
        """Read what stands between `for` and the colon."""
        front = "for "
        with _shifted(len(front), len(text)):
            binders = parse(f"{front}{text.rstrip().removesuffix(':')}: 0 = 0").children[1]
            StatementReader(self.names).declare_kinds(binders)

    def define(self, text: str) -> str:
        """Read what stands behind `let`: f(W, x) = ..., or c = ...; return the name."""
        head = _LET.match(text)
        if head is None:
            raise ReadError("write let f(W) = ..., or let c = ... for a number", 0, len(text))
        name = canonical(head[1])
        if name in _TAKEN:
            raise ReadError(f"{head[1]} has a meaning already: use another name", head.start(1))
        with _shifted(-head.end(), len(text)):
            body = _side(parse(f"{text[head.end() :]} = 0"), 0)
            parameters, bound = _parameters(head[2])
            trial = StatementReader(replace(self.names.inner(**bound), by_letter={}, expanded=[]))
            made = trial.build(body)  # a mistake is told here, not where it is used
            for letter, place in trial.names.by_letter.items():
                say = f"declare it above, `for {letter} in R^N`, or write let {head[1]}({letter})"
                raise ReadError(
                    f"{head[1]} speaks of {letter}, which is not a parameter: {say}", place
                )
            trial.refuse_large(body, head[1], made)
        scope = self.names.inner()
        if head[2] is None:
            self.names.known[name] = self.names.constants[name] = made
        else:
            self.names.known[name] = Definition(name, parameters, body, scope)
        return name

    def measures(self) -> dict[str, Callable[[Vector], sp.Expr]]:
        """Return the functions of one vector that are defined, as functions of terms."""
        return {
            name: partial(_measured, value)
            for name, value in self.names.known.items()
            if isinstance(value, Definition)
            and [size is None for _, size in value.parameters] == [False]
        }

    def state(self, text: str) -> Formula:
        """Read a statement."""
        self.last = None
        if is_latex(text):
            return read(text)
        tree = parse(text)
        builder = StatementReader(replace(self.names, expanded=[]))
        formula = builder.statement_of(tree)
        self.last = _right_side(tree)
        return formula

    def go_on(self, text: str) -> Formula:
        """Read `= TERM` or `_ <= TERM`, whose left side is the right side of what was last."""
        if self.last is None:
            raise ReadError("nothing stands on the left: write a whole comparison here", 0)
        last = self.last
        front = "0 "
        with _shifted(len(front), len(text)):
            bare = text.replace("_", " ", 1) if text.lstrip().startswith("_") else text
            tree = parse(front + bare)
            relation = _relation(tree)
            if relation is None:
                raise ReadError("a chain goes on with one sign and one term", 0, len(text))
            relation.children[0] = last
            builder = StatementReader(replace(self.names, expanded=[]))
            formula = builder.statement_of(tree)
        self.last = relation.children[-1]
        return formula


def _measured(definition: Definition, vector: Vector) -> sp.Expr:
    return StatementReader(Names()).applied(definition, [vector], definition.body)


@contextmanager
def _shifted(by: int, most: int) -> Iterator[None]:
    """Count places from where a piece of `most` characters begins, not what is parsed."""
    try:
        yield
    except LanguageError as error:
        if isinstance(error, ReadError):
            error.start = min(max(0, error.start - by), most)
            error.end = max(error.start + 1, min(error.end - by, most))
        raise


def _parameters(text: str | None) -> tuple[tuple[tuple[str, str | None], ...], dict[str, Any]]:
    """Return parameters with the names of their lengths, and what they stand for meanwhile."""
    found: list[tuple[str, str | None]] = []
    bound: dict[str, Any] = {}
    for part in filter(str.strip, (text or "").split(",")):
        said = _PARAMETER.match(part)
        if said is None:
            raise ReadError("a parameter is a letter: let f(W, x) = ..., let f(W in R^n) = ...", 0)
        letter, kind = canonical(said[1]), usual_kind(canonical(said[1]))
        size = said[2] or ("N" if kind == "vector" else None)
        if {letter, size} & bound.keys():
            raise ReadError(f"{said[1]}: two parameters of one name or length", 0)
        if size is None:
            bound[letter] = symbol(letter, kind or "real")
        else:
            bound[size] = symbol(size, "count")
            bound[letter] = VectorSymbol(letter, bound[size])
        found.append((letter, size))
    return tuple(found), bound


def _relation(tree: Node) -> Node | None:
    """Return the one comparison that a text is, if it is one."""
    _, binders, statement = tree.children
    if binders is not None or statement.data != "bare":
        return None
    parts = statement.children[0].children
    return parts[0] if len(parts) == 1 and parts[0].data == "relation" else None


def _side(tree: Node, place: int) -> Node:
    relation = _relation(tree)
    if relation is None or len(relation.children) != 3:
        raise ReadError("a name by `let` stands for one number or vector", 0)
    return relation.children[place]


def _right_side(tree: Node) -> Node | None:
    relation = _relation(tree)
    return None if relation is None else relation.children[-1]
