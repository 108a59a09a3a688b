"""The normal form of terms: fractions of sums of monomials with symbolic exponents.

A monomial is a product of atoms a^e, where e is a rational function of p, q, ... with rational
coefficients. Atoms are symbols, prime numbers, heads such as S_p(W), absolute values, logarithms,
and sums that stand under a power that is not a whole number. Monomials with such exponents form a
torsion-free group, so their sums form a ring without zero divisors, and a fraction is 0 exactly
when its numerator is: nothing is simplified by search.

An equation of normal forms is an identity wherever both sides are defined: bases of powers that
are not whole are >= 0, divisors are not 0. The kernel checks that separately (`definedness.py`).
Splitting (ab)^e = a^e b^e needs a, b >= 0; the caller says which atoms are.
"""

from __future__ import annotations

from collections.abc import Callable
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
    Polynomial,
    as_sum,
    as_term,
    constant,
    exponent,
    number_power,
    plus,
    polynomial_factors,
    primes,
    rational_content,
    single,
    whole_part,
)
from .work import spend

Nonnegative = Callable[[sp.Expr], bool]

_LARGEST_EXPANDED_POWER = 12
_MOST_PRODUCTS = 100_000
#: how many normal forms are kept
_MOST_KEPT = 65_536
_NONE, _ONCE = sp.Integer(0), sp.Integer(1)


def _scaled(a: Fraction, b: Fraction) -> Fraction:
    """Return a b: most coefficients are 1, and a product of fractions takes long."""
    if a is UNIT:
        return b
    return a if b is UNIT else a * b


class Algebra:
    """Normal forms under one notion of which atoms are >= 0."""

    def __init__(self, nonnegative: Nonnegative) -> None:
        """Take which terms are >= 0."""
        self._nonnegative = nonnegative
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

    # -- the ring ---------------------------------------------------------------------------------

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
            if together is not _NONE:
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

    def _times(self, a: Polynomial, b: Polynomial) -> Polynomial:
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
            if 0 < whole <= _LARGEST_EXPANDED_POWER:
                left = m - {(atom, e)} | ({(atom, rest)} if rest is not _NONE else set())
                power = self._whole_power(self.form(atom).numerator, whole)
                return self._times(power, {left: UNIT})
        return {m: UNIT}

    def add(self, a: Form, b: Form) -> Form:
        """Return a + b."""
        if a.denominator == b.denominator:
            return self._reduced(plus(a.numerator, b.numerator), a.denominator)
        numerator = plus(
            self._times(a.numerator, b.denominator), self._times(b.numerator, a.denominator)
        )
        return self._reduced(numerator, self._times(a.denominator, b.denominator))

    def subtract(self, a: Form, b: Form) -> Form:
        """Return a - b."""
        return self.add(a, Form({m: -c for m, c in b.numerator.items()}, b.denominator))

    def multiply(self, a: Form, b: Form) -> Form:
        """Return a b."""
        return self._reduced(
            self._times(a.numerator, b.numerator), self._times(a.denominator, b.denominator)
        )

    def _reduced(self, numerator: Polynomial, denominator: Polynomial) -> Form:
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
                    below = self._times(below, self._whole_power(self.form(atom).numerator, -whole))
            c_inverse, inverse = self.monomial(above)
            raised = self._times(numerator, {inverse: c_inverse / c})
            if below == UNDIVIDED:
                return Form(raised, below)
            return self._reduced(raised, below)
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
            if self._times(b, {m: c * c1 / c2}) == a:
                return c * c1 / c2, m
        return None

    # -- powers, logarithms, absolute values ----------------------------------------------------

    def power(self, base: Form, e: sp.Expr) -> Form:
        """Return base^e, where base >= 0 unless e is whole."""
        e = exponent(e)
        if e.is_Integer:
            k = int(e)
            if not base.numerator:
                if k <= 0:
                    raise NotAlgebraicError("a power of 0 with an exponent <= 0 is not defined")
                return base
            if abs(k) > _LARGEST_EXPANDED_POWER:
                above = self._unexpanded_power(base.numerator, k)
                return self.multiply(above, self._unexpanded_power(base.denominator, -k))
            up, down = (
                (base.numerator, base.denominator) if k >= 0 else (base.denominator, base.numerator)
            )
            return self._reduced(self._whole_power(up, abs(k)), self._whole_power(down, abs(k)))
        if not base.numerator:
            return constant(Fraction(0))
        result = constant(UNIT)
        for atom, k in self._factors(base):
            result = self.multiply(result, self._atom_power(atom, exponent(k * e)))
        return result

    def _unexpanded_power(self, a: Polynomial, k: int) -> Form:
        """Return a high power, that of a sum left as it is.

        Two such terms may not be seen to be equal, but none is taken for another.
        """
        if len(a) == 1:
            one: Polynomial = UNDIVIDED
            raised = self._whole_power(a, abs(k))
            return Form(raised, one) if k > 0 else self._reduced(one, raised)
        return single(UNIT, frozenset({(as_sum(a), sp.Integer(k))}))

    def _whole_power(self, a: Polynomial, k: int) -> Polynomial:
        if len(a) == 1:
            ((m, c),) = a.items()
            if k == 1:
                return a
            c1, m1 = self.monomial({atom: exponent(e * k) for atom, e in m})
            return {m1: c1 * number_power(c, k)}
        result: Polynomial = UNDIVIDED
        for _ in range(k):
            result = self._times(result, a)
        return result

    def _atom_power(self, atom: sp.Expr, e: sp.Expr) -> Form:
        if isinstance(atom, Sum):
            k, rest = whole_part(e)
            if abs(k) > _LARGEST_EXPANDED_POWER:
                # left as it is: two such terms may not be seen to be equal, but none is lost
                return single(UNIT, frozenset({(atom, e)}))
            whole = self.power(self.form(atom), sp.Integer(k))
            if rest is _NONE:
                return whole
            return self.multiply(whole, Form({frozenset({(atom, rest)}): UNIT}))
        c, m = self.monomial({atom: e})
        return Form({m: c})

    def _factors(self, base: Form) -> list[tuple[sp.Expr, sp.Expr]]:
        """Return atoms and exponents whose product is `base`, a number >= 0; each atom is >= 0."""
        factors: list[tuple[sp.Expr, sp.Expr]] = []
        for polynomial, sign in ((base.numerator, 1), (base.denominator, -1)):
            content, common, rest = self._content(polynomial)
            if len(rest) == 1 and content < 0:
                raise NotAlgebraicError("a negative number has no power that is not whole")
            factors.extend(
                (sp.Integer(prime), sp.Integer(sign * k)) for prime, k in primes(content)
            )
            factors.extend((atom, sign * e) for atom, e in common)
            if len(rest) > 1:
                factors.extend((atom, k * sign) for atom, k in self._split(as_sum(rest)))
        return factors

    def _split(self, total: sp.Expr) -> list[tuple[sp.Expr, sp.Expr]]:
        """Return factors >= 0 of a polynomial, with multiplicities.

        The last one is the product of those whose sign is not known.
        """
        sign, found = polynomial_factors(total)
        kept, rest = [], sp.Integer(sign)
        for factor, k in found:
            turned = as_sum(self.form(-factor).numerator)
            if self._nonnegative(factor):
                kept.append((factor, sp.Integer(k)))
            elif self._nonnegative(turned):
                kept.append((turned, sp.Integer(k)))
                rest = Product(rest, (-1) ** k)
            else:
                rest = Product(rest, factor**k)
        if rest == -1 or not kept or (len(kept) == 1 and rest == 1 and kept[0][1] == 1):
            return [(total, sp.Integer(1))]
        if rest != 1:
            kept.append((as_sum(self.form(rest).numerator), sp.Integer(1)))
        return kept

    def _content(self, a: Polynomial) -> tuple[Fraction, Monomial, Polynomial]:
        """Return c, a monomial of atoms >= 0 and a polynomial, whose product is `a`.

        c > 0 when `a` has more than one term.
        """
        content = rational_content(a)
        if len(a) == 1:
            ((m, c),) = a.items()
            signed = [atom for atom, _ in m if not self._nonnegative(atom) and not atom.is_Integer]
            if not signed:
                return c, m, UNDIVIDED
            unknown = min(signed, key=order)  # a monomial is a set
            raise NotAlgebraicError(
                f"the sign of {unknown} is not known under a power that is not whole"
            )
        shared = {}
        for atom in {atom: None for m in a for atom, _ in m}:
            exponents = [dict(m).get(atom, sp.Integer(0)) for m in a]
            least = [
                e
                for e in dict.fromkeys(exponents)
                if all(self._at_most(e, other) for other in exponents)
            ]
            if least and least[0] is not _NONE:
                shared[atom] = least[0]
        shared = {
            atom: e for atom, e in shared.items() if self._nonnegative(atom) and not atom.is_Integer
        }
        common = frozenset(shared.items())
        _, inverse = self.monomial({atom: -e for atom, e in common})
        rest = {m: c / content for m, c in self._times(a, {inverse: UNIT}).items()}
        return content, common, rest

    def _at_most(self, a: sp.Expr, b: sp.Expr) -> bool:
        if a.is_Rational and b.is_Rational:
            return bool(a <= b)
        return a == b or self._nonnegative(exponent(b - a))

    def _exponential(self, power: Form) -> Form:
        result = constant(UNIT)
        if power.denominator != UNDIVIDED:
            return self._atom_power(E, exponent(as_term(power)))
        for m, c in power.numerator.items():
            logs = [atom for atom, e in m if isinstance(atom, Log) and e is _ONCE]
            if len(logs) == 1:
                rest = frozenset(pair for pair in m if pair[0] != logs[0])
                factor = self._atom_power(logs[0].args[0], exponent(as_term(single(c, rest))))
            else:
                factor = self._atom_power(E, exponent(as_term(single(c, m))))
            result = self.multiply(result, factor)
        return result

    def _logarithm(self, argument: Form) -> Form:
        if not argument.numerator:
            raise NotAlgebraicError("the logarithm of 0 is not defined")
        total = constant(Fraction(0))
        for atom, e in self._factors(argument):
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
