"""Scalar symbols, by kind.

The kind of a symbol is part of it: `p` as an exponent and `p` as a real number are two symbols.
What a kind promises (positive, integer) is a condition of every statement in which the symbol
stands, so it can not be lost; a rule that puts a term in a symbol's place must first show that
the term is of that kind.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import sympy as sp

from .names import LanguageError, name_of

#: the kinds of symbols
KINDS = ("real", "nonnegative", "positive", "size", "count")


class Variable(sp.Symbol):
    """A symbol that carries its kind as data; SymPy draws nothing from it."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, name: str, kind: str) -> Variable:
        return _variable(name, kind)

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, bool]]:
        return (self.name, self.kind), {}

    def __getstate__(self) -> None:
        return None

    def __abs__(self) -> sp.Expr:
        from .heads import Abs

        return Abs(self)

    def _hashable_content(self) -> tuple[str, str]:
        return self.name, self.kind


@lru_cache(maxsize=65536)
def _variable(name: str, kind: str) -> Variable:
    made: Variable = sp.Symbol.__xnew__(Variable, name)
    made.kind = kind
    return made


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


@lru_cache(maxsize=65536)
def _own(term: sp.Expr) -> sp.Expr:
    """Return a term with heads of the language in the place of SymPy's |x| and ⌈x⌉."""
    if term.has(sp.Float, sp.nan, sp.zoo, sp.oo, sp.I):
        raise LanguageError(f"{term} is not an exact finite real term; write fractions, not floats")
    if not term.has(sp.Abs, sp.ceiling, sp.re, sp.im):
        return term
    from .heads import Abs, Ceiling

    if term.has(sp.re, sp.im):
        raise LanguageError(f"SymPy took a part of {term} for a complex number; use Abs(...)")
    return term.replace(sp.Abs, Abs).replace(sp.ceiling, Ceiling)


def scalar(value: object) -> sp.Expr:
    """Return `value` (a term, an int or a Fraction) as a term.

    Raises LanguageError for floats, whose value is rarely what was meant, and for anything else.
    """
    if isinstance(value, sp.Expr):
        return _own(value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise LanguageError(f"{value!r} is no term; use symbols, whole numbers and fractions")
    return sp.Rational(value)
