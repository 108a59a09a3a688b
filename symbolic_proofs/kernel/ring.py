"""The ring of sums of monomials, and fractions of them: what is added and multiplied.

Monomials with symbolic exponents form a torsion-free group, so their sums form a ring without zero
divisors. A whole positive power of a sum is multiplied out, and of primes it is a coefficient.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from ..language.operations import Abs, Sum
from .polynomials import (
    ONE,
    UNDIVIDED,
    UNIT,
    Form,
    Monomial,
    NotAlgebraicError,
    Polynomial,
    constant,
    exponent,
    number_power,
    plus,
    whole_part,
)
from .work import spend

Nonnegative = Callable[[sp.Expr], bool]

LARGEST_EXPANDED_POWER = 12
_MOST_PRODUCTS = 100_000
#: the exponent of what is no factor
NONE = sp.Integer(0)


def _scaled(a: Fraction, b: Fraction) -> Fraction:
    """Return a b: most coefficients are 1, and a product of fractions takes long."""
    if a is UNIT:
        return b
    return a if b is UNIT else a * b


class Ring(ABC):
    """Sums and products of normal forms, under one notion of which atoms are >= 0."""

    def __init__(self, nonnegative: Nonnegative) -> None:
        """Take which terms are >= 0."""
        self._nonnegative = nonnegative

    @abstractmethod
    def form(self, term: sp.Expr) -> Form:
        """Return the normal form of a term."""

    def monomial(self, powers: dict[sp.Expr, sp.Expr]) -> tuple[Fraction, Monomial]:
        """Return c and the canonical monomial of a product of atoms.

        Whole powers of primes go to c.
        """
        return self._canonical(powers, {})

    def _canonical(
        self, powers: dict[sp.Expr, sp.Expr], canonical: dict[sp.Expr, sp.Expr]
    ) -> tuple[Fraction, Monomial]:
        coefficient = UNIT

        def put(atom: sp.Expr, e: sp.Expr) -> None:
            together = exponent(canonical.pop(atom) + e if atom in canonical else e)
            if together is not NONE:
                canonical[atom] = together

        for atom, e in powers.items():
            if atom.is_Integer:
                k, rest = whole_part(e)
                if k:
                    coefficient *= number_power(Fraction(int(atom)), k)
                put(atom, rest)
            elif e.is_Integer and not self._nonnegative(atom):
                # x^2 is |x|^2, so that both ways to write it agree
                odd = int(e) % 2
                put(atom, sp.Integer(odd))
                put(Abs(atom), e - odd)
            else:
                put(atom, e)
        return coefficient, frozenset(canonical.items())

    def _joined(self, m1: Monomial, m2: Monomial) -> tuple[Fraction, Monomial]:
        """Return c and the canonical monomial of a product of two that are canonical."""
        powers, shared = dict(m1), {}
        for atom, e in m2:
            if atom in powers:
                shared[atom] = exponent(powers.pop(atom) + e)
            else:
                powers[atom] = e
        return self._canonical(shared, powers) if shared else (UNIT, m1 | m2)

    def times(self, a: Polynomial, b: Polynomial) -> Polynomial:
        """Return a b; raises NotAlgebraicError for more than 100,000 products."""
        if UNDIVIDED in (a, b):
            return b if a == UNDIVIDED else a
        if len(a) * len(b) > _MOST_PRODUCTS:
            raise NotAlgebraicError("a product of sums is too long to expand")
        spend(len(a) * len(b))
        product: dict[Monomial, Fraction] = {}
        for m1, c1 in a.items():
            for m2, c2 in b.items():
                c, m = _scaled(c1, c2), m1 or m2
                if m1 and m2:
                    from_primes, m = self._joined(m1, m2)
                    c = _scaled(c, from_primes)
                for m3, c3 in self._expanded(m).items():
                    more = _scaled(c, c3)
                    product[m3] = product[m3] + more if m3 in product else more
        return {m: c for m, c in product.items() if c}

    def _expanded(self, m: Monomial) -> Polynomial:
        """Return a monomial with whole positive powers of sums multiplied out."""
        for atom, e in m:
            whole, rest = whole_part(e) if isinstance(atom, Sum) else (0, e)
            if 0 < whole <= LARGEST_EXPANDED_POWER:
                left = m - {(atom, e)} | ({(atom, rest)} if rest is not NONE else set())
                power = self.whole_power(self.form(atom).numerator, whole)
                return self.times(power, {left: UNIT})
        return {m: UNIT}

    def add(self, a: Form, b: Form) -> Form:
        """Return a + b."""
        if a.denominator == b.denominator:
            return self.reduced(plus(a.numerator, b.numerator), a.denominator)
        numerator = plus(
            self.times(a.numerator, b.denominator), self.times(b.numerator, a.denominator)
        )
        return self.reduced(numerator, self.times(a.denominator, b.denominator))

    def subtract(self, a: Form, b: Form) -> Form:
        """Return a - b."""
        return self.add(a, Form({m: -c for m, c in b.numerator.items()}, b.denominator))

    def multiply(self, a: Form, b: Form) -> Form:
        """Return a b."""
        return self.reduced(
            self.times(a.numerator, b.numerator), self.times(a.denominator, b.denominator)
        )

    def reduced(self, numerator: Polynomial, denominator: Polynomial) -> Form:
        """Return the fraction with a one-term denominator moved up, and equal halves cancelled."""
        if not numerator:
            return constant(Fraction(0))
        if len(denominator) == 1:
            ((m, c),) = denominator.items()
            if m == ONE:
                if c == UNIT:
                    return Form(numerator, denominator)
                return Form({k: v / c for k, v in numerator.items()})
            # 1/S^(1/2) of a sum S is S^(1/2)/S, so that a power of S has one form
            above, below = {}, UNDIVIDED
            for atom, e in m:
                whole, rest = whole_part(-e) if isinstance(atom, Sum) else (0, -e)
                above[atom] = rest if whole < 0 else -e
                if whole < 0:
                    below = self.times(below, self.whole_power(self.form(atom).numerator, -whole))
            c_inverse, inverse = self.monomial(above)
            raised = self.times(numerator, {inverse: c_inverse / c})
            if below == UNDIVIDED:
                return Form(raised, below)
            return self.reduced(raised, below)
        ratio = self.monomial_ratio(numerator, denominator)
        if ratio is not None:
            return Form({ratio[1]: ratio[0]})
        return Form(numerator, denominator)

    def monomial_ratio(self, a: Polynomial, b: Polynomial) -> tuple[Fraction, Monomial] | None:
        """Return (c, m) with a = c m b, if there is such a monomial."""
        if len(a) != len(b) or not a:
            return None
        first, c1 = next(iter(a.items()))
        for other, c2 in b.items():
            powers = dict(first)
            for atom, e in other:
                powers[atom] = exponent(powers.get(atom, sp.Integer(0)) - e)
            c, m = self.monomial(powers)
            if self.times(b, {m: c * c1 / c2}) == a:
                return c * c1 / c2, m
        return None

    def whole_power(self, a: Polynomial, k: int) -> Polynomial:
        """Return a^k for k >= 0."""
        if len(a) == 1:
            ((m, c),) = a.items()
            if k == 1:
                return a
            c1, m1 = self.monomial({atom: exponent(e * k) for atom, e in m})
            return {m1: c1 * number_power(c, k)}
        result: Polynomial = UNDIVIDED
        for _ in range(k):
            result = self.times(result, a)
        return result
