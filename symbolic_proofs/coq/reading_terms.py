"""Terms and vectors, read from the trees of a text; nothing is known here of how they are written.

What Coq takes for another thing than the language would is not read: x^2 as `pw x 2`, which is 1
for x < 0, or a natural number i - 1 + 1, which is 1 for i = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

import sympy as sp
from lark import Tree

from ..language.formulas import Formula
from ..language.kinds import is_nonnegative, is_whole
from ..language.operations import Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh, Variable
from ..language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from ..language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from ..language.vectors import Concat, Entry, Map, Repeat, Sorted, Steps, Vector, VectorSymbol
from .errors import MisreadError
from .names import name_of

#: word -> head, and what each argument is: a real number, a natural one, a vector; a function of
#: an index, or of an entry, becomes a body and its variable
REAL_WORDS: dict[str, tuple[Callable[..., Any], str]] = {
    "Rabs": (Abs, "real"),
    "exp": (Exp, "real"),
    "ln": (Log, "real"),
    "tanh": (Tanh, "real"),
    "sum": (Total, "of_index natural"),
    "least": (Least, "of_index natural"),
    "greatest": (Greatest, "of_index natural"),
    "psum": (PowerSum, "vector real"),
    "norm": (Norm, "vector real"),
    "PQI": (PQIndex, "vector real real"),
    "nzcount": (NonzeroCount, "vector"),
    "atmost": (CountAtMost, "vector real"),
    "onz": (OnNonzero, "of_entry real"),
    "nztotal": (NonzeroTotal, "of_entry vector"),
    "window": (ShortestWindow, "vector natural"),
    "ent": (Entry, "vector natural"),
}
VECTOR_WORDS: dict[str, tuple[Callable[..., Any], str]] = {
    "rep": (Repeat, "real natural"),
    "vmap": (Map, "of_entry vector"),
    "steps": (Steps, "vectors_of_index natural"),
    "sorted": (Sorted, "vector"),
}

#: a tree of Lark, whose children are trees and tokens, as its rule in the grammar says
Node = Any
#: what a name stands for where it is used
Scope = Mapping[str, Any]


class ReadBackTerms:
    """Reads terms with the variables that a formula speaks of, by the names that they have."""

    def __init__(self, formula: Formula) -> None:
        self.variables: dict[str, tuple[Any, int]] = {}
        for part in formula.atoms(Variable, VectorSymbol):
            family = isinstance(part, VectorSymbol)
            thing, indices = (part.func(*part.args[:3]), len(part.indices)) if family else (part, 0)
            if part.name.startswith("_"):
                continue
            before, most = self.variables.setdefault(name_of(part.name), (thing, indices))
            if before != thing:
                raise MisreadError(f"{name_of(part.name)} is the name of two things")
            self.variables[name_of(part.name)] = thing, max(indices, most)
        self._fresh = count()

    def new(self, kind: str) -> Variable:
        """Return a variable that no other thing is."""
        return Variable(f"_read{next(self._fresh)}", kind)

    # -- terms -------------------------------------------------------------------------------------

    def real(self, tree: Node, scope: Scope) -> sp.Expr:
        """Return a term that stands for a real number."""
        parts = tree.children
        match tree.data:
            case "number":
                return sp.Integer(str(parts[0]))
            case "name":
                return self.scalar(parts[0], scope, natural=False)
            case "add" | "subtract":
                first, rest = _in_turn(tree, ("add", "subtract"))
                terms = [(sign, self.real(part, scope)) for sign, part in rest]
                signed = [Product(-1, x) if sign == "subtract" else x for sign, x in terms]
                return Sum(self.real(first, scope), *signed)
            case "minus":
                return Product(-1, self.real(parts[0], scope))
            case "multiply" | "divide":
                first, rest = _in_turn(tree, ("multiply", "divide"))
                read = {"multiply": self.real, "divide": self._inverse}
                factors = [read[sign](part, scope) for sign, part in rest]
                return Product(self.real(first, scope), *factors)
            case "inverse":
                return self._inverse(parts[0], scope)
            case "power":
                return Power(self.real(parts[0], scope), self._exponent(parts[1]))
            case "apply":
                return self._applied(tree, scope)
        raise MisreadError(f"a real number was to stand here, not a {tree.data}")

    def _inverse(self, tree: Node, scope: Scope) -> sp.Expr:
        if tree.data == "power":
            base, exponent = tree.children
            return Power(self.real(base, scope), -self._exponent(exponent))
        return Power(self.real(tree, scope), -1)

    def _exponent(self, tree: Node) -> sp.Integer:
        if tree.data != "number":
            raise MisreadError("the exponent after ^ is a number that is written out")
        return sp.Integer(str(tree.children[0]))

    def _applied(self, tree: Node, scope: Scope) -> sp.Expr:
        word, *arguments = tree.children
        if isinstance(scope.get(str(word)), Vector):
            *indices, at = (self.natural(part, scope) for part in arguments)
            return Entry(self._member(str(word), indices, scope), at)
        match str(word), arguments:
            case "INR", [Tree(data="name", children=[name])]:
                return self.scalar(str(name), scope, natural=True)
            case "IZR", [inside]:
                return self._ceiling(inside, scope)
            case "pw", [base, exponent]:
                e = self.real(exponent, scope)
                if isinstance(e, sp.Integer):
                    raise MisreadError("a whole power is written with ^")
                return Power(self.real(base, scope), e)
        return self._by_table(REAL_WORDS, tree, scope)

    def _by_table(
        self, words: Mapping[str, tuple[Callable[..., Any], str]], tree: Node, scope: Scope
    ) -> Any:
        word, *arguments = tree.children
        head, shape = words.get(str(word), (None, ""))
        if head is None or len(arguments) != len(shape.split()):
            raise MisreadError(f"{word} of {len(arguments)} is not known here")
        parts: list[Any] = []
        for kind, argument in zip(shape.split(), arguments, strict=True):
            parts += getattr(self, f"_{kind}")(argument, scope)
        return head(*parts)

    def _real(self, tree: Node, scope: Scope) -> list[Any]:
        return [self.real(tree, scope)]

    def _natural(self, tree: Node, scope: Scope) -> list[Any]:
        return [self.natural(tree, scope)]

    def _vector(self, tree: Node, scope: Scope) -> list[Any]:
        return [self.vector(tree, scope)]

    def _of_index(self, tree: Node, scope: Scope) -> list[Any]:
        return self._function(tree, scope, "count", self.real)

    def _of_entry(self, tree: Node, scope: Scope) -> list[Any]:
        return self._function(tree, scope, "real", self.real)

    def _vectors_of_index(self, tree: Node, scope: Scope) -> list[Any]:
        return self._function(tree, scope, "count", self.vector)

    def _function(
        self, tree: Node, scope: Scope, kind: str, body: Callable[[Any, Scope], Any]
    ) -> list[Any]:
        if tree.data != "function":
            raise MisreadError("a function was to stand here")
        variable = self.new(kind)
        inside = {**scope, str(tree.children[0]): variable}
        return [body(tree.children[1], inside), variable]

    def scalar(self, name: str, scope: Scope, *, natural: bool) -> Variable:
        """Return a variable that is a natural number, or one that is a real number."""
        found = scope.get(str(name))
        if not isinstance(found, Variable) or is_whole(found) != natural:
            kind = "natural" if natural else "real"
            raise MisreadError(f"{name} is not a {kind} number here")
        return found

    def _ceiling(self, tree: Node, scope: Scope) -> sp.Expr:
        if tree.data != "apply" or tree.children[0] != "ceil" or len(tree.children) != 2:
            raise MisreadError("a whole number is read of `ceil` alone")
        return Ceiling(self.real(tree.children[1], scope))

    # -- natural numbers ---------------------------------------------------------------------------

    def natural(self, tree: Node, scope: Scope) -> sp.Expr:
        """Return a term that stands for a natural number, for 0 where it is negative."""
        parts = tree.children
        match tree.data:
            case "number" | "number_of_naturals":
                return sp.Integer(str(parts[0]))
            case "name" | "name_of_naturals":
                return self.scalar(parts[0], scope, natural=True)
            case "natural":
                return self.natural(parts[0], scope)
            case "apply" if parts[0] == "Z.to_nat" and len(parts) == 2:
                if parts[1].data == "number":
                    return sp.Integer(str(parts[1].children[0]))
                return self._ceiling(parts[1], scope)
        if tree.data not in ("add", "subtract", "multiply", "power"):
            raise MisreadError("a natural number was to stand here")
        left, right = (self.natural(part, scope) for part in parts)
        if not (is_nonnegative(left) and is_nonnegative(right)):
            raise MisreadError("what may be negative would be 0 in the middle of a natural number")
        if tree.data == "subtract":
            return Sum(left, Product(-1, right))
        return {"add": Sum, "multiply": Product, "power": Power}[tree.data](left, right)

    # -- vectors -----------------------------------------------------------------------------------

    def vector(self, tree: Node, scope: Scope) -> Vector:
        """Return a vector."""
        if tree.data != "apply":
            raise MisreadError("a vector was to stand here")
        if tree.children[0] == "mkvec" and len(tree.children) == 3:
            return self._symbol(tree, scope)
        parts = []
        while tree.data == "apply" and tree.children[0] == "cat" and len(tree.children) == 3:
            parts.append(self.vector(tree.children[1], scope))
            tree = tree.children[2]
        last = self.vector if parts else self._of_a_word
        return Concat(*parts, last(tree, scope))

    def _of_a_word(self, tree: Node, scope: Scope) -> Vector:
        found: Vector = self._by_table(VECTOR_WORDS, tree, scope)
        return found

    def _symbol(self, tree: Node, scope: Scope) -> Vector:
        _, to, entries = tree.children
        if entries.data not in ("name", "apply"):
            raise MisreadError("the entries of a vector were to stand here")
        name, *indices = entries.children
        member = self._member(str(name), [self.natural(part, scope) for part in indices], scope)
        if self.natural(to, scope) != member.args[1]:
            raise MisreadError(f"{name} has another length")
        return member

    def _member(self, name: str, indices: Sequence[sp.Expr], scope: Scope) -> VectorSymbol:
        found = scope.get(name)
        if not isinstance(found, VectorSymbol) or len(indices) != self.variables[name][1]:
            raise MisreadError(f"{name} is not such a vector here")
        if not all(map(is_nonnegative, indices)):
            raise MisreadError(f"the member of {name} below 0 would be that at 0")
        return VectorSymbol(*found.args, *indices)


def _in_turn(tree: Node, signs: tuple[str, str]) -> tuple[Node, list[tuple[str, Node]]]:
    """Return the first of what is added up or multiplied, and the others, each with its sign."""
    rest = []
    while tree.data in signs:
        rest.append((str(tree.data), tree.children[1]))
        tree = tree.children[0]
    return tree, rest[::-1]


def is_natural(thing: Any) -> bool:
    """Tell whether a variable is a natural number."""
    return isinstance(thing, Variable) and is_whole(thing)
