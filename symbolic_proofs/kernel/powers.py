"""Powers of normal forms, with symbolic exponents.

(ab)^e = a^e b^e needs a, b >= 0 unless e is whole, so a base is written as a product of atoms and
sums that are >= 0, as far as that is seen.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from ..language.operations import Product, Sum, order
from .polynomials import (
    UNDIVIDED,
    UNIT,
    Form,
    Monomial,
    NotAlgebraicError,
    Polynomial,
    as_sum,
    constant,
    exponent,
    polynomial_factors,
    primes,
    rational_content,
    single,
    whole_part,
)
from .ring import LARGEST_EXPANDED_POWER, NONE, Ring


class Powers(Ring):
    """Sums, products and powers of normal forms."""

    def power(self, base: Form, e: sp.Expr) -> Form:
        """Return base^e, where base >= 0 unless e is whole."""
        e = exponent(e)
        if e.is_Integer:
            k = int(e)
            if not base.numerator:
                if k <= 0:
                    raise NotAlgebraicError("a power of 0 with an exponent <= 0 is not defined")
                return base
            if abs(k) > LARGEST_EXPANDED_POWER:
                above = self._unexpanded_power(base.numerator, k)
                return self.multiply(above, self._unexpanded_power(base.denominator, -k))
            up, down = (
                (base.numerator, base.denominator) if k >= 0 else (base.denominator, base.numerator)
            )
            return self.reduced(self.whole_power(up, abs(k)), self.whole_power(down, abs(k)))
        if not base.numerator:
            return constant(Fraction(0))
        result = constant(UNIT)
        for atom, k in self.factors(base):
            result = self.multiply(result, self.atom_power(atom, exponent(k * e)))
        return result

    def _unexpanded_power(self, a: Polynomial, k: int) -> Form:
        """Return a high power, that of a sum left as it is.

        Two such terms may not be seen to be equal, but none is taken for another.
        """
        if len(a) == 1:
            one: Polynomial = UNDIVIDED
            raised = self.whole_power(a, abs(k))
            return Form(raised, one) if k > 0 else self.reduced(one, raised)
        return single(UNIT, frozenset({(as_sum(a), sp.Integer(k))}))

    def atom_power(self, atom: sp.Expr, e: sp.Expr) -> Form:
        """Return the power of an atom, the whole part of the exponent of a sum multiplied out."""
        if isinstance(atom, Sum):
            k, rest = whole_part(e)
            if abs(k) > LARGEST_EXPANDED_POWER:
                # left as it is: two such terms may not be seen to be equal, but none is lost
                return single(UNIT, frozenset({(atom, e)}))
            whole = self.power(self.form(atom), sp.Integer(k))
            if rest is NONE:
                return whole
            return self.multiply(whole, Form({frozenset({(atom, rest)}): UNIT}))
        c, m = self.monomial({atom: e})
        return Form({m: c})

    def factors(self, base: Form) -> list[tuple[sp.Expr, sp.Expr]]:
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
            if least and least[0] is not NONE:
                shared[atom] = least[0]
        shared = {
            atom: e for atom, e in shared.items() if self._nonnegative(atom) and not atom.is_Integer
        }
        common = frozenset(shared.items())
        _, inverse = self.monomial({atom: -e for atom, e in common})
        rest = {m: c / content for m, c in self.times(a, {inverse: UNIT}).items()}
        return content, common, rest

    def _at_most(self, a: sp.Expr, b: sp.Expr) -> bool:
        if a.is_Rational and b.is_Rational:
            return bool(a <= b)
        return a == b or self._nonnegative(exponent(b - a))
