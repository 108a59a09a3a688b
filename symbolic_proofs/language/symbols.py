"""Scalar symbols, by kind.

The kind of a symbol is part of it: `p` as an exponent and `p` as a real number are two symbols.
What a kind promises (positive, integer) is a condition of every statement in which the symbol
stands, so it cannot be lost; a rule that puts a term in a symbol's place must first show that
the term is of that kind.
"""

from __future__ import annotations

import sympy as sp

from .names import LanguageError, name_of
from .operations import KINDS, Variable


def symbol(name: str, kind: str) -> sp.Symbol:
    """Return the symbol `name` of `kind` (one of `KINDS`).

    Raises LanguageError for an unknown kind, and for what `name_of` does not take as a name (a
    leading underscore is kept for bound variables).
    """
    if kind not in KINDS:
        raise LanguageError(f"unknown kind {kind!r} of symbol; use one of {', '.join(KINDS)}")
    return Variable(name_of(name, "symbol"), kind)


def bound_symbol(level: int, kind: str) -> sp.Symbol:
    """Return the variable bound by a binder that holds `level - 1` binders one inside the other."""
    return Variable(f"_{level}", kind)


def bound_level(variable: sp.Symbol) -> int:
    """Return the level of a bound variable, 0 for a free symbol."""
    name = variable.name
    return int(name[1:]) if name[:1] == "_" and name[1:].isdigit() else 0


def kind_of(variable: sp.Symbol) -> str:
    """Return the kind of a symbol made by this module.

    Raises LanguageError for any other symbol: the rules would know nothing of it.
    """
    if type(variable) is Variable and variable.kind in KINDS:
        return variable.kind
    raise LanguageError(
        f"the symbol {variable} was not made by the language; use real(), positive(), ..."
    )


def real(name: str) -> sp.Symbol:
    """Return a real variable."""
    return symbol(name, "real")


def nonnegative(name: str) -> sp.Symbol:
    """Return a variable in [0, ∞)."""
    return symbol(name, "nonnegative")


def positive(name: str) -> sp.Symbol:
    """Return a variable in (0, ∞), such as an exponent p or q."""
    return symbol(name, "positive")


def size(name: str) -> sp.Symbol:
    """Return an integer variable >= 0, such as the length of the rest of a vector."""
    return symbol(name, "size")


def count(name: str) -> sp.Symbol:
    """Return an integer variable >= 1, such as a length or a number of copies."""
    return symbol(name, "count")
