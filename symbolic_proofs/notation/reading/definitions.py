"""What a `let` defines: a function of vectors and numbers that is written out where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import sympy as sp

from ...language.formulas import free_variables
from ...language.names import shown
from ...language.symbols import kind_of
from ...language.vectors import VectorSymbol, length
from .building import Building, Node
from .errors import ReadError
from .names import Names

#: the most parts of a term that a measure or a definition may make
MAX_PARTS = 20_000
#: how often definitions are written out in one statement: each may hold others
MAX_EXPANSIONS = 1_000


@dataclass(frozen=True, slots=True)
class Definition:
    """A function by `let`: its parameters, each with the name of its length if it is a vector.

    The body is read anew at every use, in the names of the place where it was defined.
    """

    name: str
    parameters: tuple[tuple[str, str | None], ...]
    body: Node
    names: Names


class Definitions(Building):
    """Writes out what is defined."""

    def expand(self, definition: Definition, parts: list[Node], tree: Node) -> Any:
        """Return the body of a definition with arguments in place of its parameters."""
        name, parameters = definition.name, definition.parameters
        self.only(tree, name, parts, len(parameters))
        values = [
            self.term(part) if size is None else self.vector(part, name)
            for (_, size), part in zip(parameters, parts, strict=True)
        ]
        return self.applied(definition, values, tree)

    def applied(self, definition: Definition, values: list[Any], tree: Node) -> Any:
        """Return the body of a definition with values in place of its parameters."""
        name, bound = definition.name, dict[str, Any]()
        for (parameter, size), value in zip(definition.parameters, values, strict=True):
            bound[parameter] = value
            if size is not None:
                bound[size] = length(value)
        self.names.expanded.append(name)
        if len(self.names.expanded) > MAX_EXPANSIONS:
            raise self.error(tree, f"over {MAX_EXPANSIONS} uses of definitions in one statement")
        try:
            made = self._body(definition, bound)
        except ReadError as error:
            raise self.error(tree, f"in {name}: {error.message}") from None
        self.refuse_large(tree, name, made)
        self._refuse_capture(definition, bound, made, tree)
        return made

    def _body(self, definition: Definition, bound: dict[str, Any]) -> Any:
        with self._inside(definition, bound):
            return self.build(definition.body)

    def _refuse_capture(
        self, definition: Definition, bound: dict[str, Any], made: sp.Basic, tree: Node
    ) -> None:
        """Raise ReadError where a quantifier around it binds a letter of the definition's own."""
        for variable in self.names.quantified:
            own = made
            if any(variable in free_variables(value) for value in bound.values()):
                other = self._another(variable)
                put = {name: value.xreplace({variable: other}) for name, value in bound.items()}
                own = self._body(definition, put)
            self.refuse_bound(tree, definition.name, own, variable)

    def refuse_bound(self, tree: Node, name: str, made: sp.Basic, *variables: sp.Basic) -> None:
        """Raise ReadError where what is defined speaks of a letter that is bound at its use."""
        for variable in variables or self.names.quantified:
            if variable in free_variables(made):
                letter = shown(variable.name)
                raise self.error(
                    tree,
                    f"{name} speaks of {letter}, and {letter} is bound here: take another letter, "
                    f"or make {letter} a parameter of {name}",
                )

    def _another(self, variable: Any) -> sp.Basic:
        """Return a number or a vector of the same kind that nothing else is."""
        if isinstance(variable, VectorSymbol):
            return VectorSymbol(f"{variable.name}'", *variable.args[1:3])
        return self.names.placeholder(kind_of(variable))

    @contextmanager
    def _inside(self, definition: Definition, bound: dict[str, Any]) -> Iterator[None]:
        outer = self.names
        inner = definition.names.inner(**bound)
        inner = replace(inner, placed=outer.placed, expanded=outer.expanded)
        self.names = replace(inner, quantified=outer.quantified)
        try:
            yield
        finally:
            self.names = outer

    def refuse_large(self, tree: Node, name: str, made: sp.Basic) -> None:
        """Raise ReadError where a term is too large to be worked on."""
        if sum(1 for _ in islice(sp.preorder_traversal(made), MAX_PARTS + 1)) > MAX_PARTS:
            raise self.error(tree, f"{name} of this is a term of over {MAX_PARTS} parts")
