"""The text of a statement, read back into a formula: by a grammar, and nothing of the printer's.

A formula is read in the form of `in_form`: Coq knows no kinds, so they are conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import sympy as sp
from lark import Lark
from lark.exceptions import UnexpectedInput

from ..language.formulas import (
    And,
    Constant,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    NonZero,
    Not,
    Relation,
    SameVector,
    SameZeros,
    Some,
)
from ..language.operations import Variable
from ..language.vectors import Vector
from .errors import MisreadError
from .forms import conjunction, implication, in_order
from .reading_terms import Node, ReadBackTerms, Scope, is_natural

GRAMMAR = Path(__file__).with_name("statements.lark")
RELATIONS = {"=": "=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
PREDICATES = {"nonzero": NonZero, "constant": Constant}
PREDICATES |= {"same_zeros": SameZeros, "same_vector": SameVector}


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", lexer="contextual")


def read(text: str, formula: Formula) -> Formula:
    """Return what a text says with the variables of a formula, in the form of `in_form`.

    The variables have their types and kinds from the formula alone; what the text says of them is
    read. Raises MisreadError.
    """
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        at = error.get_context(text, 30).split("\n")[0].strip()
        raise MisreadError(f"this is not how a statement is written: {at}") from None
    try:
        return _Propositions(formula).proposition(tree, {})
    except ValueError as error:  # of a head that takes no such part, or a numeral too long
        raise MisreadError(str(error)) from None
    except RecursionError:
        raise MisreadError("this is nested too deeply to be read") from None


class _Propositions(ReadBackTerms):
    """Reads formulas."""

    def proposition(self, tree: Node, scope: Scope) -> Formula:
        """Return a formula."""
        parts = tree.children
        match tree.data:
            case "forall" | "exists":
                return self._quantified(tree, scope)
            case "every":
                return self._every(parts[:-1], parts[-1], scope)
            case "some":
                return self._some(parts[0], parts[1], scope)
            case "implies":
                given = []
                while tree.data == "implies":
                    given.append(self.proposition(tree.children[0], scope))
                    tree = tree.children[1]
                return implication(given, self.proposition(tree, scope))
            case "iff":
                return Iff(*(self.proposition(part, scope) for part in parts))
            case "conjoined":
                return conjunction(self.proposition(part, scope) for part in parts)
            case "negated":
                return Not(self.proposition(parts[0], scope))
            case "predicate":
                return PREDICATES[parts[0]](*(self.vector(part, scope) for part in parts[1:]))
            case "true":
                return And()
            case "of_naturals":
                return self._compared(parts[0], scope, self.natural)
        return self._compared(tree, scope, self.real)

    def _compared(
        self, tree: Node, scope: Scope, side: Callable[[Node, Scope], sp.Expr]
    ) -> Relation:
        if tree.data != "compared" or len(tree.children) != 3:
            raise MisreadError("a comparison of two numbers was to stand here")
        left, op, right = tree.children
        return Relation(RELATIONS[str(op)], side(left, scope), side(right, scope))

    def _quantified(self, tree: Node, scope: Scope) -> Formula:
        *groups, body = tree.children
        bound: list[Any] = []
        inside = dict(scope)
        for group in groups:
            *names, kind = group.children
            for name in names:
                thing, indices = self._variable(name)
                arguments = indices + 1 if isinstance(thing, Vector) else 0
                shape = ["nat"] if is_natural(thing) else [*["nat"] * arguments, "R"]
                if kind.children != shape:
                    raise MisreadError(f"{name} is of another type")
                inside[name] = thing
                bound.append(thing)
        head = ForAll if tree.data == "forall" else Exists
        return head(self.proposition(body, inside), And(), *in_order(bound))

    def _variable(self, name: str) -> tuple[Any, int]:
        if name not in self.variables:
            raise MisreadError(f"{name} is not a variable of the claim")
        return self.variables[name]

    def _every(self, names: Sequence[str], body: Node, scope: Scope) -> Formula:
        if body.data != "implies":
            raise MisreadError("`forall i : nat` is read with the range of i")
        *members, index = names
        inside: Scope = {**scope, **{name: Variable(f"_{name}", "size") for name in members}}
        variable, to, inside = self._in_range(index, body.children[0], inside)
        said: Formula = Every(self.proposition(body.children[1], inside), variable, to)
        for name in reversed(members):
            said = ForAll(said, And(), inside[name])
        return said

    def _some(self, name: str, body: Node, scope: Scope) -> Formula:
        if body.data != "conjoined":
            raise MisreadError("`exists i : nat` is read with the range of i")
        variable, to, inside = self._in_range(name, body.children[0], scope)
        parts = [self.proposition(part, inside) for part in body.children[1:]]
        return Some(conjunction(parts), variable, to)

    def _in_range(self, name: str, tree: Node, scope: Scope) -> tuple[Variable, sp.Expr, Scope]:
        """Return an index, how far it runs, and what stands for what below it."""
        variable = self.new("count")
        inside = {**scope, name: variable}
        parts = tree.children[0].children if tree.data == "of_naturals" else []
        if [str(part) for part in parts[1::2]] != ["<=", "<="]:
            raise MisreadError(f"the range of {name} was to stand here")
        if [self.natural(part, inside) for part in parts[:4:2]] != [1, variable]:
            raise MisreadError(f"the range of {name} is another")
        to = self.natural(parts[4], inside)
        if to.has(variable):
            raise MisreadError(f"the range of {name} ends at {name} itself")
        return variable, to, inside
