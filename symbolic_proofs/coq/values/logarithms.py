"""Exponents as sums of rational multiples of 1 and of logarithms of primes."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from ...language.operations import Exp, Log, Product, Sum
from .numbers import compare

#: divisors that a number is tried by; what is left counts as prime
_LARGEST_DIVISOR = 10_000

#: what exponents are made of: 1, the logarithms of primes and of other numbers
Linear = dict[sp.Expr, Fraction]


def linear(term: sp.Expr) -> Linear | None:
    """Return an exponent as a sum of rational multiples of 1 and of logarithms, if it is one."""
    match term:
        case sp.Rational():
            return {sp.S.One: Fraction(int(term.p), int(term.q))} if term else {}
        case Log(args=(sp.Rational() as n,)):
            return {Log(sp.Integer(p)): Fraction(k) for p, k in _factors(n).items()}
        case Log():
            return {term: Fraction(1)}
        case Sum():
            total: Linear = {}
            for part in term.args:
                form = linear(part)
                if form is None:
                    return None
                for base, c in form.items():
                    total[base] = total.get(base, Fraction(0)) + c
            return {base: c for base, c in total.items() if c}
        case Product():
            factor, rest = Fraction(1), []
            for part in term.args:
                if isinstance(part, sp.Rational):
                    factor *= Fraction(int(part.p), int(part.q))
                else:
                    rest.append(part)
            inside = linear(rest[0]) if len(rest) == 1 else None
            return None if inside is None else {base: c * factor for base, c in inside.items()}
    return None


def logarithm(atom: sp.Expr) -> Linear | None:
    """Return the logarithm of a rational number by those of primes."""
    if not (isinstance(atom, Log) and isinstance(atom.args[0], sp.Rational)):
        return None
    return linear(atom)


def _factors(value: sp.Rational) -> dict[int, int]:
    """Return the factors of a positive number with their exponents; a large one may be no prime."""
    found: dict[int, int] = {}
    for n, sign in ((int(value.p), 1), (int(value.q), -1)):
        rest, p = n, 2
        while p <= _LARGEST_DIVISOR and p * p <= rest:
            while rest % p == 0:
                found[p] = found.get(p, 0) + sign
                rest //= p
            p += 1
        if rest > 1:
            root = sp.perfect_power(rest) if rest > _LARGEST_DIVISOR**2 else False
            base, exponent = root if isinstance(root, tuple) else (rest, 1)
            found[int(base)] = found.get(int(base), 0) + sign * int(exponent)
    return {p: k for p, k in found.items() if k}


def least_part(term: sp.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    """Return ln of the least part of a sum, and the sum beside it: the same for multiples of it.

    None if that is the sum itself, or parts of it are no multiples of exponentials.
    """
    forms: list[tuple[int, Linear, sp.Expr]] = []
    for part in term.args:
        factors = part.args if isinstance(part, Product) else (part,)
        sign, form = 1, Linear()
        for factor in factors:
            exponent: Linear | None = None
            if isinstance(factor, sp.Rational):
                sign *= 1 if factor > 0 else -1
                exponent = linear(Log(abs(factor)))
            elif isinstance(factor, Exp):
                exponent = linear(factor.args[0])
            if exponent is None:
                return None
            form = _added(form, exponent, 1)
        forms.append((sign, form, Product(sign, part)))
    least = forms[0]
    for other in forms[1:]:
        if compare(other[2], least[2]) < 0:
            least = other
    rest = Sum(
        *(Product(sign, _exponential(_added(form, least[1], -1))) for sign, form, _ in forms)
    )
    return None if rest == term else (_sum_of(least[1]), rest)


def _added(a: Linear, b: Linear, factor: int) -> Linear:
    found = dict(a)
    for base, c in b.items():
        found[base] = found.get(base, Fraction(0)) + factor * c
    return {base: c for base, c in found.items() if c}


def _exponential(form: Linear) -> sp.Expr:
    """Return e to an exponent, whole powers of primes as a number."""
    number, rest = Fraction(1), Linear()
    for base, c in form.items():
        whole = c.__floor__() if isinstance(base, Log) and base.args[0].is_Integer else 0
        number *= Fraction(int(base.args[0])) ** whole if whole else 1
        if c != whole:
            rest[base] = c - whole
    value = sp.Rational(number.numerator, number.denominator)
    return Product(value, Exp(_sum_of(rest))) if rest else value


def _sum_of(form: Linear) -> sp.Expr:
    if not form:
        return sp.S.Zero
    parts = (Product(sp.Rational(c.numerator, c.denominator), base) for base, c in form.items())
    return Sum(*parts)
