"""Sums of monomials with symbolic exponents, and fractions of them: the data of normal forms.

A monomial is a product of atoms a^e, where e is a rational function of p, q, ... with rational
coefficients.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import sympy as sp

from .multiplied_out import TOO_MANY, is_soon_factored, products_of
from .work import spend

#: atom -> exponent, as a frozen set of pairs
Monomial = frozenset[tuple[sp.Expr, sp.Expr]]
#: monomial -> coefficient, none of them 0
Polynomial = dict[Monomial, Fraction]

ONE: Monomial = frozenset()
_LARGEST_FACTORED = 10**20
#: operations that a product counts for where a fraction is cancelled
_CANCELLING = 10
#: operations that factoring a polynomial counts for
_FACTORING = 1_000


class NotAlgebraicError(ValueError):
    """A term has no normal form here (the square root of a negative number, say)."""


@lru_cache(maxsize=65536)
def exponent(e: sp.Expr) -> sp.Expr:
    """Return the canonical form of an exponent."""
    if e.is_Rational or e.is_Symbol:
        return e
    products = products_of(e)
    if products >= TOO_MANY:
        raise NotAlgebraicError("an exponent is too long to be multiplied out")
    spend(_CANCELLING * products)
    try:
        return sp.cancel(sp.together(e))
    except sp.polys.polyerrors.BasePolynomialError as error:
        raise NotAlgebraicError(f"the exponent {e} is no rational function") from error


@lru_cache(maxsize=65536)
def whole_part(e: sp.Expr) -> tuple[int, sp.Expr]:
    """Return (k, e - k) for a whole k that depends on the value of e alone.

    How e is written makes no difference.
    """
    if e.is_Rational:
        k = int(sp.floor(e))
        return k, e - k
    numerator, denominator = sp.fraction(exponent(e))
    letters = sorted(e.free_symbols, key=str)
    try:
        quotient, _ = sp.div(sp.Poly(numerator, *letters), sp.Poly(denominator, *letters))
    except sp.polys.polyerrors.BasePolynomialError as error:
        raise NotAlgebraicError(f"the exponent {e} is no rational function") from error
    constant = quotient.as_dict().get((0,) * len(letters), sp.Integer(0))
    if not constant.is_Rational:
        return 0, exponent(e)
    k = int(sp.floor(constant))
    return k, exponent(e - k)


class Form:
    """A numerator and a denominator, both polynomials.

    It is not reduced: compare by `Algebra.is_zero`.
    """

    __slots__ = ("denominator", "numerator")

    def __init__(self, numerator: Polynomial, denominator: Polynomial) -> None:
        self.numerator = numerator
        self.denominator = denominator

    def below(self) -> Form:
        """Return the denominator as a form of its own."""
        return Form(self.denominator, {ONE: Fraction(1)})


def constant(value: Fraction) -> Form:
    """Return a number as a normal form."""
    return Form({ONE: value} if value else {}, {ONE: Fraction(1)})


def as_term(form: Form) -> sp.Expr:
    """Return a term with this normal form."""
    numerator = as_sum(form.numerator)
    return (
        numerator
        if form.denominator == {ONE: Fraction(1)}
        else numerator / as_sum(form.denominator)
    )


def monomial_term(coefficient: Fraction, m: Monomial) -> sp.Expr:
    """Return c m as a term."""
    return sp.Mul(
        sp.Rational(coefficient.numerator, coefficient.denominator),
        *(atom**e for atom, e in sorted(m, key=lambda pair: sp.default_sort_key(pair[0]))),
    )


@lru_cache(maxsize=4096)
def polynomial_factors(total: sp.Expr) -> tuple[tuple[sp.Expr, int], ...]:
    """Return factors and multiplicities of a polynomial, itself alone if it is none."""
    if not all(
        e.is_Integer and e > 0
        for part in total.args
        for _, e in [f.as_base_exp() for f in part.as_coeff_mul()[1]]
    ):
        return ((total, 1),)
    if not is_soon_factored(total):
        return ((total, 1),)
    spend(_FACTORING)
    content, factors = sp.factor_list(total)
    return tuple(factors) if content == 1 else ((total, 1),)


def as_sum(a: Polynomial) -> sp.Expr:
    """Return a sum of monomials as a term."""
    return sp.Add(*(monomial_term(c, m) for m, c in a.items()))


def single(c: Fraction, m: Monomial) -> Form:
    """Return c m as a normal form."""
    return Form({m: c} if c else {}, {ONE: Fraction(1)})


def plus(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return the sum of two polynomials."""
    total = dict(a)
    for m, c in b.items():
        total[m] = total.get(m, Fraction(0)) + c
    return {m: c for m, c in total.items() if c}


def rational_content(a: Polynomial) -> Fraction:
    """Return the positive rational that makes the coefficients whole and coprime.

    For one term that is the coefficient.
    """
    numbers = list(a.values())
    numerator = (
        int(sp.igcd(*(abs(c.numerator) for c in numbers)))
        if len(numbers) > 1
        else abs(numbers[0].numerator)
    )
    denominator = (
        int(sp.ilcm(*(c.denominator for c in numbers)))
        if len(numbers) > 1
        else numbers[0].denominator
    )
    return Fraction(numerator, denominator)


def primes(c: Fraction) -> list[tuple[int, int]]:
    """Return the primes of a number and their exponents, those below the line negative."""
    if max(abs(c.numerator), c.denominator) > _LARGEST_FACTORED:
        raise NotAlgebraicError("a number is too large to be factored")
    powers = dict(sp.factorint(c.numerator))
    for prime, k in sp.factorint(c.denominator).items():
        powers[prime] = powers.get(prime, 0) - k
    return [(int(prime), int(k)) for prime, k in powers.items() if prime != 1]
