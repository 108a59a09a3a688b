"""Powers of one base with many exponents as whole powers of a few."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import lcm

import sympy as sp

from ..kernel.polynomials import (
    Monomial,
    Polynomial,
    exponent,
    from_letters,
    in_letters,
    monomial_term,
)
from ..language.operations import Power, Product, order

_Monomial = tuple[int, ...]


def monomials(polynomial: Polynomial) -> list[tuple[Monomial, Fraction]]:
    """Return the monomials with their coefficients, in the same order in every run."""
    return sorted(polynomial.items(), key=lambda pair: order(monomial_term(Fraction(1), pair[0])))


def atoms(factors: Iterable[tuple[sp.Expr, sp.Expr]]) -> list[tuple[sp.Expr, sp.Expr]]:
    """Return atoms with their exponents, in the same order in every run."""
    return sorted(factors, key=lambda pair: order(pair[0]))


def factored(term: sp.Expr) -> sp.Expr:
    """Return a polynomial as the product of its factors; another term as it is."""
    letters: dict[sp.Symbol, sp.Expr] = {}
    try:
        number, parts = sp.factor_list(in_letters(term, letters))
    except sp.polys.polyerrors.BasePolynomialError:
        return term
    return Product(number, *(Power(from_letters(part, letters), k) for part, k in parts))


@lru_cache(maxsize=4096)
def common_powers(
    exponents: tuple[sp.Expr, ...],
) -> tuple[list[sp.Expr], list[list[int]], int | None]:
    """Return steps b_j, whole numbers n_ij with e_i = n_i1 b_1 + n_i2 b_2 + .., and L.

    L is the whole number with 1 = L b_1, None where no exponent has a part along 1.
    """
    letters: dict[sp.Symbol, sp.Expr] = {}
    quotients = [sp.fraction(sp.together(in_letters(exponent(e), letters))) for e in exponents]
    names = sorted(letters, key=str)
    below = sp.Integer(1)
    for _, denominator in quotients:
        below = sp.lcm(below, denominator)
    unit = _polynomial(below, names)
    rows = [_polynomial(above * sp.cancel(below / down), names) for above, down in quotients]
    first, leading = next(iter(unit.items()))
    along_one, others = [], []
    for row in rows:
        share = row.get(first, Fraction(0)) / leading
        zero = Fraction(0)
        rest = {m: row.get(m, zero) - share * unit.get(m, zero) for m in {**row, **unit}}
        along_one.append(share)
        others.append({m: c for m, c in rest.items() if c})
    steps: list[sp.Expr] = []
    counts: list[list[int]] = [[] for _ in rows]
    whole_one = None
    if any(along_one):
        whole_one = lcm(*(c.denominator for c in along_one))
        steps.append(sp.Rational(1, whole_one))
        for row_counts, c in zip(counts, along_one, strict=True):
            row_counts.append(int(c * whole_one))
    for m in dict.fromkeys(m for row in others for m in row):
        parts = [row.get(m, Fraction(0)) for row in others]
        times = lcm(*(c.denominator for c in parts))
        monomial = sp.Mul(*(name**k for name, k in zip(names, m, strict=True)))
        steps.append(exponent(from_letters(sp.cancel(monomial / below / times), letters)))
        for row_counts, c in zip(counts, parts, strict=True):
            row_counts.append(int(c * times))
    return steps, counts, whole_one


def _polynomial(term: sp.Expr, names: list[sp.Symbol]) -> dict[_Monomial, Fraction]:
    if not names:
        return {(): Fraction(int(term.p), int(term.q))}
    terms = sp.Poly(term, *names).terms()
    return {m: Fraction(int(c.p), int(c.q)) for m, c in terms if c}
