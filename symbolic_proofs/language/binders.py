"""Binders: nodes that bind one variable in a body.

A bound variable is renamed when its node is built, by the depth of binders inside the body. Two
terms that differ in the letter alone are then the same term, and putting a term in the place of a
free symbol cannot capture anything: free symbols never have the name of a bound one (SymPy's own
Sum captures under subs).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from .names import LanguageError
from .operations import Variable
from .symbols import bound_level, bound_symbol, kind_of


class Binder(sp.Basic):
    """A node whose args are (body, variable, ...); the variable is bound in the body alone."""

    @property
    def body(self) -> Any:
        """The body, in which `variable` is bound."""
        return self.args[0]

    @property
    def variable(self) -> sp.Symbol:
        """The bound variable."""
        return self.args[1]

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """The free scalar symbols."""
        outside: set[sp.Basic] = set()
        for part in self.args[2:]:
            outside |= part.free_symbols
        return (self.body.free_symbols - {self.variable}) | outside

    def at(self, value: sp.Basic) -> Any:
        """Return the body with `value` in the place of the bound variable."""
        return self.body.xreplace({self.variable: value})

    def _xreplace(self, rule: Mapping[sp.Basic, sp.Basic]) -> tuple[sp.Basic, bool]:
        """Replace as SymPy's xreplace does, without capture.

        A value that holds a binder raises the levels of the binders around it, one after the
        other from the inside: on the way, one could take the name that the next one still has.
        So this one is opened first, under a name that no binder gives.
        """
        if self in rule:
            return rule[self], True
        if not any(value.has(Binder) for value in rule.values()):
            replaced: tuple[sp.Basic, bool] = super()._xreplace(rule)
            return replaced
        level, kind = bound_level(self.variable), kind_of(self.variable)
        opened = Variable(f"_open{level}", kind)
        parts = [part.xreplace(rule) for part in (self.at(opened), *self.args[2:])]
        node = self.func(parts[0], opened, *parts[1:])
        return node, node != self


def _level_for(body: sp.Basic, variable: sp.Symbol) -> int:
    """Return the least level above those of the binders inside that no other symbol there has."""
    depth, taken = 0, set()
    for part in sp.preorder_traversal(body):
        if isinstance(part, Binder):
            depth = max(depth, bound_level(part.variable))
        elif isinstance(part, Variable) and part != variable and part.name.startswith("_"):
            taken.add(bound_level(part))
    level = depth + 1
    # what is above all binders is bound further out, and would be captured here
    while level in taken:
        level += 1
    return level


def bind(body: sp.Basic, variable: sp.Symbol, kind: str) -> tuple[sp.Basic, sp.Symbol]:
    """Return the body and its variable, renamed to the one that this depth calls for.

    In a body that is cut out of a binder, that binder's variable is free: its level is left out
    here. When it is bound again, the binders inside take the levels that they would have had.
    """
    if not isinstance(variable, sp.Symbol):
        raise LanguageError(f"{variable} cannot be bound; bind a symbol")
    if not bound_level(variable):
        kind_of(variable)
    level = _level_for(body, variable)
    if bound_level(variable) not in (0, level):
        opened = Variable(f"_bind{bound_level(variable)}", kind)
        body, variable = body.xreplace({variable: opened}), opened
        level = _level_for(body, variable)
    fresh = bound_symbol(level, kind)
    return body.xreplace({variable: fresh}), fresh
