"""The normal form of terms: fractions of sums of monomials with symbolic exponents.

A monomial is a product of atoms a^e, where e is a rational function of p, q, ... with rational
coefficients. Atoms are symbols, prime numbers, heads such as S_p(W), absolute values, logarithms,
and sums that stand under a power that is not a whole number. Sums of such monomials form a ring
without zero divisors (`ring.py`), and a fraction is 0 exactly when its numerator is: nothing is
simplified by search.

An equation of normal forms is an identity wherever both sides are defined: bases of powers that
are not whole are >= 0, divisors are not 0. The kernel checks that separately (`definedness.py`).
Splitting (ab)^e = a^e b^e needs a, b >= 0; the caller says which atoms are.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import sympy as sp

from ..language.names import LanguageError
from ..language.operations import (
    Abs,
    Ceiling,
    E,
    Exp,
    Log,
    Power,
    Product,
    Real,
    Sum,
    base_and_exponent,
    factors,
    order,
)
from ..language.vectors import Entry, Map, Repeat, Vector, VectorSymbol, entry
from .polynomials import (
    ONE,
    UNDIVIDED,
    UNIT,
    Form,
    Monomial,
    NotAlgebraicError,
    as_sum,
    as_term,
    constant,
    exponent,
    rational_content,
    single,
)
from .powers import Powers
from .ring import Nonnegative

#: how many normal forms are kept
_MOST_KEPT = 65_536
_ONCE = sp.Integer(1)


class Algebra(Powers):
    """Normal forms under one notion of which atoms are >= 0."""

    def __init__(self, nonnegative: Nonnegative) -> None:
        """Take which terms are >= 0."""
        super().__init__(nonnegative)
        self._cache: dict[sp.Expr, Form] = {}

    def form(self, term: sp.Expr) -> Form:
        """Return the normal form of a term."""
        known = self._cache.get(term)
        if known is None:
            known = self._form(term)
            if len(self._cache) >= _MOST_KEPT:
                self._cache.clear()
            self._cache[term] = known
        return known

    def is_zero(self, term: sp.Expr) -> bool:
        """Tell whether the term is 0 by algebra alone."""
        return not self.form(term).numerator

    def _form(self, term: sp.Expr) -> Form:
        if term.is_Rational:
            return constant(Fraction(int(term.p), int(term.q)))
        if isinstance(term, Sum):
            # fractions over one denominator first, or denominators are multiplied again and again
            over: dict[frozenset[tuple[Monomial, Fraction]], Form] = {}
            for form in map(self.form, term.args):
                below = frozenset(form.denominator.items())
                over[below] = self.add(over[below], form) if below in over else form
            total = constant(Fraction(0))
            for form in over.values():
                total = self.add(total, form)
            return total
        if isinstance(term, Product):
            product = constant(UNIT)
            for base, e in _whole_powers(term, 1):
                product = self.multiply(product, self.power(self.form(base), sp.Integer(e)))
            return product
        if isinstance(term, Exp):
            return self._exponential(self.form(term.args[0]))
        if isinstance(term, Power):
            if isinstance(term.base, Product) and isinstance(term.exp, sp.Integer):
                return self.form(Product(*(Power(part, term.exp) for part in term.base.args)))
            return self.power(self.form(term.base), term.exp)
        if isinstance(term, Abs):
            return self._absolute(self.form(term.args[0]))
        if isinstance(term, Log):
            return self._logarithm(self.form(term.args[0]))
        if isinstance(term, Ceiling):
            inside = self.form(term.args[0])
            if inside.numerator.keys() <= {ONE} and inside.denominator == UNDIVIDED:
                return constant(Fraction(ceil(inside.numerator.get(ONE, Fraction(0)))))
        if isinstance(term, Entry) and isinstance(term.args[0], Repeat | Map):
            return self.form(entry(*term.args))
        return self._atom(term)

    def _exponential(self, power: Form) -> Form:
        result = constant(UNIT)
        if power.denominator != UNDIVIDED:
            return self.atom_power(E, exponent(as_term(power)))
        for m, c in power.numerator.items():
            logs = [atom for atom, e in m if isinstance(atom, Log) and e is _ONCE]
            if len(logs) == 1:
                rest = frozenset(pair for pair in m if pair[0] != logs[0])
                factor = self.atom_power(logs[0].args[0], exponent(as_term(single(c, rest))))
            else:
                factor = self.atom_power(E, exponent(as_term(single(c, m))))
            result = self.multiply(result, factor)
        return result

    def _logarithm(self, argument: Form) -> Form:
        if not argument.numerator:
            raise NotAlgebraicError("the logarithm of 0 is not defined")
        total = constant(Fraction(0))
        for atom, e in self.factors(argument):
            if atom == E:
                part = self.form(e)
            else:
                part = self.multiply(
                    self.form(e), single(UNIT, frozenset({(Log(atom), sp.Integer(1))}))
                )
            total = self.add(total, part)
        return total

    def _absolute(self, inside: Form) -> Form:
        product = constant(UNIT)
        for polynomial, sign in ((inside.numerator, 1), (inside.denominator, -1)):
            if not polynomial:
                return inside
            if len(polynomial) == 1:
                ((m, c),) = polynomial.items()
                c = abs(c)
                powers: dict[sp.Expr, sp.Expr] = {}
                for atom, e in m:
                    negative = e.is_Integer and int(e) % 2 and self._nonnegative(-atom)
                    c = -c if negative else c
                    bare = atom if negative or self._nonnegative(atom) else Abs(atom)
                    powers[bare] = exponent(powers.get(bare, sp.Integer(0)) + e)
                c1, m1 = self.monomial(powers)
                part = single(c * c1, m1)
            else:
                content = rational_content(polynomial)
                primitive = {m: c / content for m, c in polynomial.items()}
                body, mirrored = as_sum(primitive), as_sum({m: -c for m, c in primitive.items()})
                if self._nonnegative(body):
                    part = Form(polynomial)
                elif self._nonnegative(mirrored):
                    part = Form({m: -c for m, c in polynomial.items()})
                else:
                    chosen = min(body, mirrored, key=order)
                    part = single(content, frozenset({(Abs(chosen), sp.Integer(1))}))
            product = self.multiply(product, self.power(part, sp.Integer(sign)))
        return product

    def _atom(self, term: sp.Expr) -> Form:
        return single(UNIT, frozenset({(self._plain_parts(term), sp.Integer(1))}))

    def _plain_parts(self, node: sp.Basic) -> sp.Basic:
        """Return a head or vector with the terms inside of it as their normal forms have them."""
        if not node.args or isinstance(node, VectorSymbol):
            return node
        parts = tuple(map(self._plain, node.args))
        if parts == node.args:
            return node
        try:
            return node.func(*parts)
        except LanguageError:
            return node  # a length is not seen to be whole any more

    def _plain(self, part: sp.Basic) -> sp.Basic:
        if isinstance(part, Vector):
            return self._plain_parts(part)
        if not isinstance(part, Real):
            return part
        try:
            return as_term(self.form(part))
        except NotAlgebraicError:
            return part


def _whole_powers(term: sp.Expr, times: int) -> list[tuple[sp.Expr, int]]:
    """Return the factors of a product, equal ones together, and how often each is one.

    A sum is multiplied out only by what is left of its powers.
    """
    found: dict[sp.Expr, int] = {}
    for factor in factors(term):
        base, e = base_and_exponent(factor)
        if not isinstance(e, sp.Integer):
            base, e = factor, sp.Integer(1)
        inner = _whole_powers(base, int(e)) if isinstance(base, Product) else [(base, int(e))]
        for part, k in inner:
            found[part] = found.get(part, 0) + k
    return [(part, k * times) for part, k in found.items() if k]
