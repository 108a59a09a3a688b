"""Scalar symbols, by kind.

The kind of a symbol is part of it: `p` as an exponent and `p` as a real number are two symbols.
What a kind promises (positive, integer) is a condition of every statement in which the symbol
stands, so it can not be lost; a rule that puts a term in a symbol's place must first show that
the term is of that kind.
"""

from __future__ import annotations

import re
from fractions import Fraction

import sympy as sp

#: kind -> the SymPy assumptions that it stands for
KINDS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "nonnegative": {"real": True, "nonnegative": True},
    "positive": {"real": True, "positive": True},
    "size": {"integer": True, "nonnegative": True},
    "count": {"integer": True, "positive": True},
}

_NAME = re.compile(r"[^\W\d_]\w*'*\Z")


class LanguageError(ValueError):
    """A statement that the language can not express; the message says what to write instead."""


def symbol(name: str, kind: str) -> sp.Symbol:
    """Return the symbol `name` of `kind` (a key of `KINDS`).

    Raises LanguageError for an unknown kind, or a name that is not a letter followed by letters,
    digits, underscores and primes (a leading underscore is kept for bound variables).
    """
    if kind not in KINDS:
        raise LanguageError(f"unknown kind {kind!r} of symbol; use one of {', '.join(KINDS)}")
    if not _NAME.match(name):
        raise LanguageError(
            f"{name!r} is not a name for a symbol; use a letter, then letters, digits or _"
        )
    return _make(name, kind)


def _make(name: str, kind: str) -> sp.Symbol:
    return sp.Symbol(name, **KINDS[kind])


def bound_symbol(level: int, kind: str) -> sp.Symbol:
    """Return the variable bound by a binder that holds `level - 1` binders one inside the other."""
    return _make(f"_{level}", kind)


def bound_level(variable: sp.Symbol) -> int:
    """Return the level of a bound variable, 0 for a free symbol."""
    name = variable.name
    return int(name[1:]) if name[:1] == "_" and name[1:].isdigit() else 0


def kind_of(variable: sp.Symbol) -> str:
    """Return the kind of a symbol made by this module.

    Raises LanguageError for any other symbol, since its assumptions would be unknown to the rules.
    """
    for kind in KINDS:
        if variable == _make(variable.name, kind):
            return kind
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


def scalar(value: object) -> sp.Expr:
    """Return `value` (a term, an int or a Fraction) as a term.

    Raises LanguageError for floats, whose value is rarely what was meant, and for anything else.
    """
    if isinstance(value, sp.Expr):
        if value.has(sp.Float, sp.nan, sp.zoo, sp.oo, sp.I):
            raise LanguageError(
                f"{value} is not an exact finite real term; write fractions, not floats"
            )
        return value
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise LanguageError(f"{value!r} is no term; use symbols, whole numbers and fractions")
    return sp.Rational(value)
