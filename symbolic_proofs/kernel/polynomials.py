"""Sums of monomials with symbolic exponents, and fractions of them: the data of normal forms.

A monomial is a product of atoms a^e, where e is a rational function of p, q, ... with rational
coefficients.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

import sympy as sp

from ..errors import SymbolicProofsError
from ..language.operations import (
    E,
    Exp,
    Power,
    Product,
    Sum,
    base_and_exponent,
    factors,
    order,
    summands,
)
from .multiplied_out import TOO_MANY, is_high, is_soon_factored, products_of
from .work import spend

#: atom -> exponent, as a frozen set of pairs
Monomial = frozenset[tuple[sp.Expr, sp.Expr]]
#: monomial -> coefficient, none of them 0
Polynomial = Mapping[Monomial, Fraction]

ONE: Monomial = frozenset()
UNIT = Fraction(1)
#: the denominator of what is no fraction
UNDIVIDED: Polynomial = MappingProxyType({ONE: UNIT})
_LARGEST_FACTORED = 10**20
_LARGEST_EXPONENT = 9_999
_MOST_BITS = 200_000
#: operations that a product counts for where a fraction is cancelled
_CANCELLING = 10
#: operations that factoring a polynomial counts for
_FACTORING = 1_000


class NotAlgebraicError(SymbolicProofsError, ValueError):
    """A term has no normal form here (the square root of a negative number, say)."""


def in_letters(term: sp.Expr, letters: dict[sp.Symbol, sp.Expr]) -> sp.Expr:
    """Return a term as SymPy's sums, products and whole powers of letters, for its polynomials.

    Each letter is added to `letters`, with what it stands for; SymPy knows nothing of it.
    """
    if isinstance(term, sp.Rational):
        return term
    if isinstance(term, Sum):
        return sp.Add(*(in_letters(part, letters) for part in term.args))
    if isinstance(term, Product):
        return sp.Mul(*(in_letters(part, letters) for part in term.args))
    if isinstance(term, Power) and isinstance(term.exp, sp.Integer):
        base = in_letters(term.base, letters)
        if base == 0 and term.exp <= 0:
            raise NotAlgebraicError("a power of 0 with an exponent <= 0 is not defined")
        if base.is_number and abs(int(term.exp)) > _LARGEST_EXPONENT:
            raise NotAlgebraicError("a power of a number is too large to be worked out")
        return base**term.exp
    base, e = base_and_exponent(term)
    root, times = _apart(e)
    term = Power(base, root)
    letter = sp.Symbol(str(order(term)))
    letters[letter] = term
    return letter**times


def _apart(e: sp.Expr) -> tuple[sp.Expr, int]:
    """Return an exponent as one that is taken a whole number of times."""
    if isinstance(e, sp.Rational):
        return sp.Rational(1, e.q), int(e.p)
    number, *others = factors(e)
    if isinstance(number, sp.Rational):
        return Product(sp.Rational(1, number.q), *others), int(number.p)
    return e, 1


def from_letters(term: sp.Expr, letters: dict[sp.Symbol, sp.Expr]) -> sp.Expr:
    """Return the term of the language for SymPy's sums, products and powers of letters."""
    if isinstance(term, sp.Rational):
        return term
    if term in letters:
        return letters[term]
    if isinstance(term, sp.Pow) and term.base in letters:
        base, e = base_and_exponent(letters[term.base])
        return Power(base, Product(term.exp, e))
    head = {sp.Add: Sum, sp.Mul: Product, sp.Pow: Power}[term.func]
    return head(*(from_letters(part, letters) for part in term.args))


def exponent(e: sp.Expr) -> sp.Expr:
    """Return the canonical form of an exponent."""
    return e if isinstance(e, sp.Rational | sp.Symbol) else _cancelled(e)


@lru_cache(maxsize=65536)
def _cancelled(e: sp.Expr) -> sp.Expr:
    terms: dict[tuple[sp.Expr, ...], Fraction] = {}
    if _collect(e, UNIT, terms):
        return Sum(
            *(Product(sp.Rational(c.numerator, c.denominator), *m) for m, c in terms.items() if c)
        )
    letters: dict[sp.Symbol, sp.Expr] = {}
    quotient = in_letters(e, letters)
    products = products_of(quotient)
    if products >= TOO_MANY or is_high(quotient):
        raise NotAlgebraicError("an exponent is too long to be multiplied out")
    spend(_CANCELLING * products)
    try:
        return from_letters(sp.cancel(sp.together(in_letters(e, letters))), letters)
    except sp.polys.polyerrors.BasePolynomialError as error:
        raise NotAlgebraicError(f"the exponent {e} is not a rational function") from error


def whole_part(e: sp.Expr) -> tuple[int, sp.Expr]:
    """Return (k, e - k) for a whole k that depends on the value of e alone.

    How e is written makes no difference.
    """
    if isinstance(e, sp.Rational):
        k = int(e.p) // int(e.q)
        return k, e - k if k else e
    return _divided(e)


def _collect(e: sp.Expr, c: Fraction, terms: dict[tuple[sp.Expr, ...], Fraction]) -> bool:
    """Add c e to terms, products of symbols; tell whether it is a sum of such products."""
    if isinstance(e, Sum):
        return all(_collect(part, c, terms) for part in e.args)
    symbols = []
    for factor in factors(e):
        if isinstance(factor, sp.Rational):
            c *= Fraction(int(factor.p), int(factor.q))
        else:
            symbols.append(factor)
    if len(symbols) == 1 and isinstance(symbols[0], Sum):
        return _collect(symbols[0], c, terms)
    m = tuple(symbols)
    terms[m] = terms.get(m, Fraction(0)) + c
    return len(set(m)) == len(m) and all(isinstance(s, sp.Symbol) for s in m)


@lru_cache(maxsize=65536)
def _divided(e: sp.Expr) -> tuple[int, sp.Expr]:
    letters: dict[sp.Symbol, sp.Expr] = {}
    numerator, denominator = sp.fraction(in_letters(exponent(e), letters))
    names = sorted(letters, key=str)
    try:
        quotient, _ = sp.div(sp.Poly(numerator, *names), sp.Poly(denominator, *names))
    except sp.polys.polyerrors.BasePolynomialError as error:
        raise NotAlgebraicError(f"the exponent {e} is not a rational function") from error
    constant = quotient.as_dict().get((0,) * len(names), sp.Integer(0))
    if not isinstance(constant, sp.Rational):
        return 0, exponent(e)
    k = int(constant.p) // int(constant.q)
    return k, exponent(e - k)


class Form:
    """A numerator and a denominator, both polynomials.

    It is not reduced: compare by `Algebra.is_zero`.
    """

    __slots__ = ("denominator", "numerator")

    def __init__(self, numerator: Polynomial, denominator: Polynomial = UNDIVIDED) -> None:
        self.numerator = numerator
        self.denominator = denominator

    def below(self) -> Form:
        """Return the denominator as a form of its own."""
        return Form(self.denominator)


def constant(value: Fraction) -> Form:
    """Return a number as a normal form."""
    return Form({ONE: value} if value else {})


def as_term(form: Form) -> sp.Expr:
    """Return a term with this normal form."""
    numerator = as_sum(form.numerator)
    return numerator if form.denominator == UNDIVIDED else numerator / as_sum(form.denominator)


def monomial_term(coefficient: Fraction, m: Monomial) -> sp.Expr:
    """Return c m as a term."""
    number = sp.Rational(coefficient.numerator, coefficient.denominator)
    return Product(number, *(power_term(atom, e) for atom, e in m))


def power_term(atom: sp.Expr, e: sp.Expr) -> sp.Expr:
    """Return atom^e as a term."""
    return Exp(e) if atom == E else Power(atom, e)


@lru_cache(maxsize=4096)
def polynomial_factors(total: sp.Expr) -> tuple[int, tuple[tuple[sp.Expr, int], ...]]:
    """Return 1 or -1, factors and multiplicities of a polynomial, itself alone if it is none."""
    powers = [base_and_exponent(f)[1] for part in summands(total) for f in factors(part)]
    whole = 1, ((total, 1),)
    if not all(isinstance(e, sp.Integer) and e > 0 for e in powers):
        return whole
    letters: dict[sp.Symbol, sp.Expr] = {}
    polynomial = in_letters(total, letters)
    if not is_soon_factored(polynomial):
        return whole
    spend(_FACTORING)
    content, found = sp.factor_list(polynomial, *letters)
    if abs(content) != 1:
        return whole
    return int(content), tuple((from_letters(factor, letters), int(k)) for factor, k in found)


def as_sum(a: Polynomial) -> sp.Expr:
    """Return a sum of monomials as a term."""
    return Sum(*(monomial_term(c, m) for m, c in a.items()))


def single(c: Fraction, m: Monomial) -> Form:
    """Return c m as a normal form."""
    return Form({m: c} if c else {})


def plus(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return the sum of two polynomials."""
    total = dict(a)
    for m, c in b.items():
        total[m] = total[m] + c if m in total else c
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


def number_power(c: Fraction, k: int) -> Fraction:
    """Return c^k, if it is not too long to be written out."""
    bits = max(abs(c.numerator), c.denominator).bit_length() * abs(k)
    if bits > _MOST_BITS and abs(c) != 1:
        raise NotAlgebraicError("a power of a number is too large to be worked out")
    return c**k


def primes(c: Fraction) -> list[tuple[int, int]]:
    """Return the primes of a number and their exponents, those below the line negative."""
    if max(abs(c.numerator), c.denominator) > _LARGEST_FACTORED:
        raise NotAlgebraicError("a number is too large to be factored")
    powers = dict(sp.factorint(c.numerator))
    for prime, k in sp.factorint(c.denominator).items():
        powers[prime] = powers.get(prime, 0) - k
    return [(int(prime), int(k)) for prime, k in powers.items() if prime != 1]
