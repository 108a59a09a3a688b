"""Ball arithmetic: rational numbers as long as they stay rational, balls from the first root on.

A ball (`arb`) encloses the true value, so a comparison of two balls that are apart is a proof. Sums
and products of fractions stay exact, which keeps the zeros of a vector zeros: a ball around 0 could
not say whether there is an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from math import ceil, floor

from flint import arb, ctx, fmpq, fmpz

from symbolic_proofs.kernel.work import spend, spend_bits

from ..errors import Ambiguous, ValuelessError
from .radicals import RadicalSum

#: a number that is known exactly, or enclosed
Ball = fmpq | arb

#: fractions with more bits than this become balls: they cost more than they tell
_MAX_RATIONAL_BITS = 40_000


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with balls of `bits` bits; the precision, which is global in FLINT, is restored."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def exactly(value: Fraction | int) -> fmpq:
    """Return a rational number."""
    return fmpq(value.numerator, value.denominator)


def about(value: Fraction, radius: Fraction) -> arb:
    """Return a ball around all numbers within the radius of a value, whatever the precision."""
    return arb(exactly(value), arb(exactly(radius)))


def enclosure(value: Ball) -> arb:
    """Return a number as a ball."""
    return value if isinstance(value, arb) else arb(value)


def exact_ball(number: RadicalSum) -> arb:
    """Return a ball, of the present precision, around an exact number."""
    total = arb(0)
    for radical, c in number.terms:
        product: Ball = exactly(c)
        for base, e in radical:
            product = multiply(product, power(exactly(base), exactly(e)))
        total += product
    return total


def add(a: Ball, b: Ball) -> Ball:
    """Return a + b."""
    return _slim(a + b) if isinstance(a, fmpq) and isinstance(b, fmpq) else enclosure(a) + b


def total(numbers: Iterable[Ball]) -> Ball:
    """Return the sum of numbers, 0 if there are none."""
    start: Ball = exactly(0)
    return reduce(add, numbers, start)


def multiply(a: Ball, b: Ball) -> Ball:
    """Return a · b; 0 · b is 0, since every value here is finite."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return _slim(a * b)
    for x in (a, b):
        if isinstance(x, fmpq) and x == 0:
            return x
    return enclosure(a) * b


def sign(value: Ball) -> int | None:
    """Return -1, 0 or 1, or None if the ball does not tell."""
    if isinstance(value, fmpq):
        return (value > 0) - (value < 0)
    # one-sided comparisons: True means certainly, False means nothing
    return 1 if value > 0 else -1 if value < 0 else 0 if value == 0 else None


def is_zero(value: Ball) -> bool | None:
    """Tell whether the number is 0, None if the ball does not tell."""
    side = sign(value)
    return None if side is None else side == 0


def whole(value: Ball) -> int | None:
    """Return a number as an int, None if it is not whole; raises Ambiguous for a ball."""
    if isinstance(value, arb):
        raise Ambiguous("an irrational number where a whole one is needed")
    return int(value.p) if value.q == 1 else None


def absolute(value: Ball) -> Ball:
    """Return |value|."""
    return arb.__abs__(value) if isinstance(value, arb) else fmpq.__abs__(value)


def power(base: Ball, exponent: Ball) -> Ball:
    """Return base^exponent.

    Raises ValuelessError for 0^e with e <= 0 and for a base < 0 unless the exponent is a whole
    number, and Ambiguous if the balls do not tell whether that is so.
    """
    whole = int(exponent.p) if isinstance(exponent, fmpq) and exponent.q == 1 else None
    side = sign(base)
    if side == 0:
        return _power_of_zero(exponent)
    if side is None and (whole is None or whole <= 0):
        raise Ambiguous("a base that may be 0")
    if side == -1 and whole is None:
        if isinstance(exponent, arb) and exponent.contains_integer():
            raise Ambiguous("a negative base, and an exponent that may be a whole number")
        raise ValuelessError("a root of a negative number")
    spend_bits(ctx.prec)
    if whole is None:
        return enclosure(base) ** enclosure(exponent)
    if isinstance(base, fmpq):
        if _bits(base) * abs(whole) <= _MAX_RATIONAL_BITS:
            return base**whole
        base = arb(base)
    # a product for every binary digit of the exponent
    spend(whole.bit_length() * (1 + ctx.prec // 4_096) // 4)
    return base ** fmpz(whole)


def _power_of_zero(exponent: Ball) -> Ball:
    match sign(exponent):
        case 1:
            return fmpq(0)
        case None:
            raise Ambiguous("0 to a power that may be positive")
    raise ValuelessError("0 to a power that is not positive")


def logarithm(value: Ball) -> Ball:
    """Return log(value); raises ValuelessError for a value <= 0, Ambiguous if that is not told."""
    spend_bits(ctx.prec)
    side = sign(value)
    if side is None:
        raise Ambiguous("the logarithm of a number that may not be positive")
    if side <= 0:
        raise ValuelessError("the logarithm of a number that is not positive")
    return fmpq(0) if isinstance(value, fmpq) and value == 1 else enclosure(value).log()


def exponential(value: Ball) -> Ball:
    """Return e^value."""
    spend_bits(ctx.prec)
    return fmpq(1) if isinstance(value, fmpq) and value == 0 else enclosure(value).exp()


def tanh(value: Ball) -> Ball:
    """Return the hyperbolic tangent."""
    spend_bits(ctx.prec)
    return fmpq(0) if isinstance(value, fmpq) and value == 0 else enclosure(value).tanh()


def ceiling(value: Ball) -> Ball:
    """Return the least whole number >= value; raises Ambiguous for a ball."""
    if isinstance(value, arb):
        raise Ambiguous("an irrational number where a rational one is needed")
    return fmpq(value.ceil())


def lesser(a: Ball, b: Ball) -> Ball:
    """Return the lesser of two numbers."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a if a <= b else b
    return enclosure(a).min(enclosure(b))


def apart(a: arb, b: arb) -> tuple[str, str]:
    """Return two balls that do not meet as decimal intervals "[low, high]" that do not meet.

    The digits shown are four more than the distance needs, or what it takes. Raises ValueError if
    the balls meet or are not finite.
    """
    if not (a.is_finite() and b.is_finite()) or a.overlaps(b):
        raise ValueError("the balls are not apart")
    if not (_is_moderate(a) and _is_moderate(b)):
        return a.str(30), b.str(30)
    (low, high), (other_low, other_high) = _ends(a), _ends(b)
    exponent = _magnitude(max(low - other_high, other_low - high)) - 4
    while True:
        unit = Fraction(10) ** exponent
        ends = [floor(low / unit), ceil(high / unit), floor(other_low / unit)]
        ends.append(ceil(other_high / unit))
        if ends[1] < ends[2] or ends[3] < ends[0]:
            shown = [_decimal(m, exponent) for m in ends]
            return f"[{shown[0]}, {shown[1]}]", f"[{shown[2]}, {shown[3]}]"
        exponent -= 1


def decimal(value: arb, digits: int = 12) -> str:
    """Return a ball as a decimal of about `digits` digits, "m ± u" (for people to read)."""
    if not value.is_finite():
        return "not finite"
    if not _is_moderate(value):
        return str(value.str(digits))
    middle, radius = _fraction(value.mid()), _fraction(value.rad())
    exponent = _magnitude(abs(middle)) - digits if middle else -digits
    if radius:
        exponent = max(exponent, _magnitude(radius))
    while True:
        unit = Fraction(10) ** exponent
        m = round(middle / unit)
        if abs(middle - m * unit) + radius <= unit:
            return f"{_decimal(m, exponent)} ± 1e{exponent}"
        exponent += 1


def _decimal(m: int, exponent: int) -> str:
    """Return m·10^exponent as text."""
    if not -40 <= exponent <= 0:
        return f"{m}e{exponent}"
    digits = f"{abs(m):0{1 - exponent}d}"
    minus = "-" if m < 0 else ""
    return f"{minus}{digits[:exponent]}.{digits[exponent:]}" if exponent else minus + digits


def _ends(value: arb) -> tuple[Fraction, Fraction]:
    middle, radius = _fraction(value.mid()), _fraction(value.rad())
    return middle - radius, middle + radius


def _is_moderate(value: arb) -> bool:
    """Tell whether a ball can be written as a fraction: not with an exponent of 10^9, say."""
    return all(abs(part.man_exp()[1]) <= 10_000 for part in (value.mid(), value.rad()))


def _magnitude(value: Fraction) -> int:
    """Return about log10 of a number > 0."""
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    return round(bits * 0.30103)


def _fraction(value: arb) -> Fraction:
    number = value.fmpq()
    return Fraction(int(number.p), int(number.q))


def _slim(value: fmpq) -> Ball:
    bits = _bits(value)
    spend(1 + bits // 1_024)
    return value if bits <= _MAX_RATIONAL_BITS else arb(value)


def _bits(value: fmpq) -> int:
    return int(value.height_bits())
