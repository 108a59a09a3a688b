"""Terms as polynomials and fractions of them, worked out by SymPy: proposals, to be checked.

What is no sum, product or whole power counts as a letter. None of it is trusted: a fraction in
lowest terms may have a value where the fraction that it was made of had none.
"""

from __future__ import annotations

import sympy as sp

from .kernel.polynomials import from_letters, in_letters


def expanded(term: sp.Expr) -> sp.Expr:
    """Return a term with products of sums multiplied out.

    Raises NotAlgebraicError where it divides by 0.
    """
    letters: dict[sp.Symbol, sp.Expr] = {}
    return from_letters(sp.expand(in_letters(term, letters)), letters)


def cancelled(term: sp.Expr) -> sp.Expr:
    """Return a fraction in lowest terms; raises NotAlgebraicError where it divides by 0."""
    letters: dict[sp.Symbol, sp.Expr] = {}
    return from_letters(sp.cancel(in_letters(term, letters)), letters)


def coefficient(term: sp.Expr, part: sp.Expr) -> sp.Expr:
    """Return the factor of a part, to the first power, in a term that is multiplied out.

    Raises NotAlgebraicError where the term divides by 0.
    """
    letters: dict[sp.Symbol, sp.Expr] = {}
    letter, total = in_letters(part, letters), sp.expand(in_letters(term, letters))
    return from_letters(total.coeff(letter), letters)
