"""Terms as polynomials and fractions of them, worked out by SymPy: proposals, to be checked.

What is not a sum, product or whole power counts as a letter. None of it is trusted: a fraction in
lowest terms may have a value where the fraction that it was made of had none. Each function raises
KernelError for a term that divides by 0, and for one that would take long.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from .kernel.multiplied_out import TOO_MANY, products_of
from .kernel.polynomials import NotAlgebraicError, from_letters, in_letters
from .kernel.well_formed import KernelError

#: SymPy's algorithms take minutes for higher powers of several letters
_LARGEST_EXPONENT = 12


def expanded(term: sp.Expr) -> sp.Expr:
    """Return a term with products of sums multiplied out."""
    letters: dict[sp.Symbol, sp.Expr] = {}
    return from_letters(sp.expand(_short(term, letters)), letters)


@lru_cache(maxsize=2048)
def cancelled(term: sp.Expr) -> sp.Expr:
    """Return a fraction in lowest terms."""
    letters: dict[sp.Symbol, sp.Expr] = {}
    return from_letters(sp.cancel(_short(term, letters)), letters)


@lru_cache(maxsize=2048)
def factored(term: sp.Expr) -> sp.Expr:
    """Return a fraction as a product, as far as it is one: signs are read off its factors."""
    letters: dict[sp.Symbol, sp.Expr] = {}
    return from_letters(sp.factor(_short(term, letters)), letters)


def coefficient(term: sp.Expr, part: sp.Expr) -> sp.Expr:
    """Return the factor of a part, to the first power, in a term that is multiplied out."""
    letters: dict[sp.Symbol, sp.Expr] = {}
    letter, total = in_letters(part, letters), sp.expand(_short(term, letters))
    return from_letters(total.coeff(letter), letters)


def linear(term: sp.Expr, part: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return the factor of a part and the rest; raises KernelError for another power of it."""
    whole = expanded(term)
    factor = coefficient(whole, part)
    rest = expanded(whole - factor * part)
    if factor == 0 or factor.has(part) or rest.has(part):
        raise KernelError("{} is not linear in {}", term, part)
    return factor, rest


def same_length(one: sp.Expr, other: sp.Expr) -> bool:
    """Tell whether two lengths are seen to be the same once they are multiplied out."""
    try:
        return bool(expanded(one - other) == 0)
    except KernelError:
        return one == other


def _short(term: sp.Expr, letters: dict[sp.Symbol, sp.Expr]) -> sp.Expr:
    """Return a term in letters, if it is soon worked out."""
    try:
        written = in_letters(term, letters)
    except NotAlgebraicError as error:
        raise KernelError("{}", error) from error
    powers = [abs(int(power.exp)) for power in written.atoms(sp.Pow)]
    if max(powers, default=1) > _LARGEST_EXPONENT or products_of(written) >= TOO_MANY:
        raise KernelError("a fraction is too long to be worked out")
    return written
