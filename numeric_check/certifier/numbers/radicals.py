"""Real numbers that are sums of c · b₁^e₁ · b₂^e₂ ··· over the rationals.

A power sum with whole exponents is rational, a norm is a root of it, 1 - I is a product of two
roots: such values are kept exactly, so that not only their order but their equality is decided.

The form is canonical. The bases of a sum are made pairwise coprime by greatest common divisors
(nothing is factored), and no base is a perfect k-th power for a k that matters; each exponent is
brought into [0, 1). A product of such powers is rational only if every exponent is 0, so two
different products have an irrational ratio, and real radicals with irrational ratios are linearly
independent over the rationals (Mordell 1953; Besicovitch 1940 for primes). A sum is therefore zero
exactly when it has no term left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from symbolic_proofs.kernel.work import spend_bits

from ..errors import NotExact, ValuelessError
from .coprime import on_coprime_roots

#: largest numerator or denominator kept, in bits; beyond it balls are the better tool
MAX_BITS = 32_768
#: largest numerator or denominator of a comparison by powers: 3,600 digits, which Python can print
MAX_POWER_BITS = 12_000
MAX_TERMS = 64

#: the powers of a product, (base, exponent) by base, the exponents in (0, 1)
Radical = tuple[tuple[int, Fraction], ...]
ONE: Radical = ()


@dataclass(frozen=True, eq=False)
class RadicalSum:
    """A real number, exactly: the sum of coefficient · radical over `terms`, in canonical form.

    Made by `rational` and by arithmetic. An operation raises ValuelessError where it has no real
    value, and NotExact where this form cannot hold the result.
    """

    terms: tuple[tuple[Radical, Fraction], ...]

    @property
    def is_rational(self) -> bool:
        """Whether the number is rational."""
        return not self.terms or (len(self.terms) == 1 and self.terms[0][0] == ONE)

    @property
    def fraction(self) -> Fraction:
        """The number as a fraction; raises NotExact if it is irrational."""
        if not self.is_rational:
            raise NotExact("an irrational number")
        return self.terms[0][1] if self.terms else Fraction(0)

    def __eq__(self, other: object) -> bool:
        # √6 and √2·√3 are written on different bases; only their difference tells
        return isinstance(other, RadicalSum) and not (self - other).terms

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: RadicalSum) -> RadicalSum:
        return total((self, other))

    def __neg__(self) -> RadicalSum:
        return RadicalSum(tuple((r, -c) for r, c in self.terms))

    def __sub__(self, other: RadicalSum) -> RadicalSum:
        return self + -other

    def __mul__(self, other: RadicalSum) -> RadicalSum:
        for one, factor in ((self, other), (other, self)):
            if factor.is_rational:
                return _checked({r: c * factor.fraction for r, c in one.terms})
        return _canonical([(c * d, _product(r, s)) for r, c in self.terms for s, d in other.terms])

    def sign(self) -> int:
        """Return -1, 0 or 1.

        Zero is always recognised. Raises NotExact when the order needs more than one comparison of
        two products, or powers of more than `MAX_POWER_BITS` bits.
        """
        positive = [t for t in self.terms if t[1] > 0]
        negative = [t for t in self.terms if t[1] < 0]
        if not negative or not positive:
            return bool(positive) - bool(negative)
        if len(self.terms) > 2:
            raise NotExact("the order of a sum of three radicals or more")
        (more, less), _ = common_power(RadicalSum((positive[0],)), -RadicalSum((negative[0],)))
        return (more > less) - (more < less)

    def power(self, exponent: RadicalSum) -> RadicalSum:
        """Return the power; raises ValuelessError for 0^e, e <= 0, and the root of a number < 0."""
        e = exponent.fraction
        if not self.terms:
            if e <= 0:
                raise ValuelessError("0 to a power that is not positive")
            return self
        if len(self.terms) > 1:
            return self._power_of_sum(e)
        ((radical, c),) = self.terms
        if not radical and e.denominator == 1:
            _guard(max(c.numerator.bit_length(), c.denominator.bit_length()) * abs(e), MAX_BITS)
            return rational(c ** int(e))
        if c < 0 and e.denominator != 1:
            raise ValuelessError("a root of a negative number")
        sign = -1 if c < 0 and e.numerator % 2 else 1
        powers = [(base, exponent * e) for base, exponent in radical]
        powers += [(abs(c.numerator), e), (c.denominator, -e)]
        return _canonical([(Fraction(sign), _product(powers))])

    def _power_of_sum(self, e: Fraction) -> RadicalSum:
        if e.denominator != 1 and self.sign() < 0:
            raise ValuelessError("a root of a negative number")
        if e.denominator == 1 and -16 <= e < 0 and len(self.terms) == 2:
            # 1/(a + b) = (a - b)/(a^2 - b^2), which helps where both squares are single radicals
            first, (radical, c) = self.terms
            conjugate = RadicalSum((first, (radical, -c)))
            product = self * conjugate
            if len(product.terms) == 1:
                return (conjugate * product.power(rational(-1))).power(rational(-e))
        if e.denominator != 1 or not 0 <= e <= 16:
            raise NotExact("a root or a large power of a sum of radicals")
        result = rational(1)
        for _ in range(int(e)):
            result = result * self
        return result


def rational(value: Fraction | int) -> RadicalSum:
    """Return a rational number as a sum of radicals; raises NotExact beyond `MAX_BITS` bits."""
    number = value if type(value) is Fraction else Fraction(value)
    if not number:
        return RadicalSum(())
    _guard(max(number.numerator.bit_length(), number.denominator.bit_length()), MAX_BITS)
    return RadicalSum(((ONE, number),))


def total(numbers: Iterable[RadicalSum]) -> RadicalSum:
    """Return the sum of numbers, 0 if there are none."""
    parts: dict[Radical, Fraction] = {}
    for number in numbers:
        for radical, c in number.terms:
            parts[radical] = parts[radical] + c if radical in parts else c
    if len(parts.keys() - {ONE}) < 2:
        # what is rational is a term of its own: nothing to make canonical
        return _checked(parts)
    return _canonical([(c, dict(radical)) for radical, c in parts.items()])


def common_power(left: RadicalSum, right: RadicalSum) -> tuple[tuple[Fraction, Fraction], int]:
    """Return (left^k, right^k) and the least k >= 1 that makes both rational, for left, right >= 0.

    Raises NotExact if one is a sum of two terms or more, or the powers have over `MAX_POWER_BITS`
    bits.
    """
    terms = [t for number in (left, right) for t in number.terms]
    if max(len(left.terms), len(right.terms)) > 1 or any(c < 0 for _, c in terms):
        raise NotExact("a power of a sum")
    k = lcm(*(e.denominator for radical, _ in terms for _, e in radical))
    return (_rational_power(left, k), _rational_power(right, k)), k


def _rational_power(number: RadicalSum, k: int) -> Fraction:
    if not number.terms:
        return Fraction(0)
    ((radical, c),) = number.terms
    bits = max(c.numerator.bit_length(), c.denominator.bit_length()) * k
    bits += sum(base.bit_length() * int(e * k) for base, e in radical)
    _guard(bits, MAX_POWER_BITS)
    result = c**k
    for base, e in radical:
        result *= base ** int(e * k)
    return result


def _guard(bits: int | Fraction, limit: int) -> None:
    spend_bits(int(min(bits, limit)))
    if bits > limit:
        raise NotExact(f"a number of more than {limit} bits")


def _product(*factors: Iterable[tuple[int, Fraction]]) -> dict[int, Fraction]:
    powers: dict[int, Fraction] = {}
    for factor in factors:
        for base, e in factor:
            powers[base] = powers.get(base, Fraction(0)) + e
    return powers


def _canonical(products: list[tuple[Fraction, dict[int, Fraction]]]) -> RadicalSum:
    """Return the sum of c · prod base^e over the products, bases >= 1, in canonical form."""
    if len(products) > MAX_TERMS:
        raise NotExact(f"a sum of more than {MAX_TERMS} radicals")
    written = sorted({base for _, powers in products for base in powers if base > 1})
    _guard(sum(base.bit_length() for base in written), 4 * MAX_BITS)
    denominators = {e.denominator for _, powers in products for e in powers.values()} - {1}
    parts = on_coprime_roots(tuple(written), tuple(sorted(denominators)))
    total: dict[Radical, Fraction] = {}
    for c, powers in products:
        exponents: dict[int, Fraction] = {}
        for base, e in powers.items():
            for root, times in parts.get(base, ()):
                exponents[root] = exponents.get(root, Fraction(0)) + e * times
        radical, factor = [], c
        for root, e in sorted(exponents.items()):
            whole, rest = divmod(e, 1)
            _guard(root.bit_length() * abs(whole), MAX_BITS)
            factor *= Fraction(root) ** whole
            if rest:
                radical.append((root, rest))
        key = tuple(radical)
        total[key] = total.get(key, Fraction(0)) + factor
    return _checked(total)


def _checked(total: Mapping[Radical, Fraction]) -> RadicalSum:
    for c in total.values():
        _guard(max(c.numerator.bit_length(), c.denominator.bit_length()), MAX_BITS)
    return RadicalSum(tuple(sorted((r, c) for r, c in total.items() if c)))
