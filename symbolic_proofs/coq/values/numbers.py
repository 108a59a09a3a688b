"""Numbers without variables: made of rational ones by arithmetic, exponentials and logarithms.

Floats propose which of two numbers is less, or that they are equal; Coq proves it, order by
intervals and equality by algebra. For algebra each exponential becomes whole powers of letters:
2^(1/2) = e^(1/2 ln 2) and 8^(1/3) are powers of e^(1/6 ln 2), whose sixth power is 2.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from ...language.operations import Exp, Log, Power, Product, Sum
from ..errors import UntranslatedError
from ..expressions import real
from ..script import Script

#: digits in which two numbers are told apart, and in which they are taken to be equal
_DIGITS = (50, 400)
#: divisors that a number is tried by; what is left counts as prime
_LARGEST_DIVISOR = 10_000
_LARGEST_EXPONENT = 5_000
_MOST_TERMS = 3_000
#: bits beyond those that tell two numbers apart
_SPARE_BITS = 60

#: what exponents are made of: 1, the logarithms of primes and of other numbers
Linear = dict[sp.Expr, Fraction]


def compare(a: sp.Expr, b: sp.Expr) -> int:
    """Return -1, 0 or 1 as a < b, a = b or a > b; a proposal, unless both are rational."""
    if isinstance(a, sp.Rational) and isinstance(b, sp.Rational):
        return int(bool(a > b)) - int(bool(a < b))
    for digits in _DIGITS:
        apart, _ = _distance(a, b, digits)
        if apart:
            return 1 if apart > 0 else -1
    return 0


def _distance(a: sp.Expr, b: sp.Expr, digits: int) -> tuple[Any, Any]:
    """Return a - b, 0 where these digits do not tell, and the largest number on the way."""
    with mpmath.workdps(digits):
        sizes = [mpmath.mpf(1)]
        left, right = _approximate(a, sizes), _approximate(b, sizes)
        largest = max(sizes)
        # numbers on the way that are large leave fewer digits
        apart = left - right
        return (apart if abs(apart) > largest * mpmath.mpf(10) ** (5 - digits) else 0), largest


def _approximate(term: sp.Expr, sizes: list[Any]) -> Any:
    match term:
        case sp.Rational():
            value = mpmath.mpf(int(term.p)) / int(term.q)
        case Sum():
            parts = [_approximate(part, sizes) for part in term.args]
            value = sum(parts[1:], parts[0])
        case Product():
            value = mpmath.mpf(1)
            for part in term.args:
                value *= _approximate(part, sizes)
        case Power():
            value = _approximate(term.base, sizes) ** int(term.exp)
        case Exp():
            value = mpmath.exp(_approximate(term.args[0], sizes))
        case Log():
            value = mpmath.log(_approximate(term.args[0], sizes))
        case _:
            raise UntranslatedError(f"the head {type(term).__name__} in a number")
    sizes.append(abs(value))
    return value


def times(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """Return a product."""
    if isinstance(a, sp.Rational) and isinstance(b, sp.Rational):
        return a * b
    return sp.S.Zero if a == 0 or b == 0 else Product(a, b)


def plus(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """Return a sum."""
    return a + b if isinstance(a, sp.Rational) and isinstance(b, sp.Rational) else Sum(a, b)


def folded(value: sp.Expr) -> sp.Rational | None:
    """Return the number that arithmetic makes of rational ones."""
    if isinstance(value, sp.Rational):
        return value
    if not isinstance(value, Sum | Product | Power):
        return None
    parts = [folded(part) for part in value.args]
    if None in parts:
        return None
    if isinstance(value, Power):
        return sp.Rational(parts[0]) ** int(value.exp)
    total = sp.S.Zero if isinstance(value, Sum) else sp.S.One
    for part in parts:
        total = total + part if isinstance(value, Sum) else total * part
    return sp.Rational(total)


def rational(term: sp.Expr) -> sp.Rational | None:
    """Return the rational number with a small denominator that a number seems to be."""
    with mpmath.workdps(_DIGITS[0]):
        sizes = [mpmath.mpf(1)]
        value = _approximate(term, sizes)
        if not max(sizes) < mpmath.mpf(10) ** 15:
            return None
        whole = Fraction(int(mpmath.nint(value * mpmath.mpf(10) ** 30)), 10**30)
    near = whole.limit_denominator(10**9)
    found = sp.Rational(near.numerator, near.denominator)
    return found if abs(near - whole) < Fraction(1, 10**27) and not compare(term, found) else None


# -- order -----------------------------------------------------------------------------------------


def less(script: Script, a: sp.Expr, b: sp.Expr) -> str:
    """Write that a < b and return the name."""
    statement = f"{real(a).text} < {real(b).text}"
    if compare(a, b) >= 0:
        raise UntranslatedError(f"{statement}, which does not hold")
    if isinstance(a, sp.Rational) and isinstance(b, sp.Rational):
        return script.fact(statement, "lra", "LT")
    for digits in _DIGITS:
        apart, largest = _distance(a, b, digits)
        if apart:
            bits = _SPARE_BITS + max(0, int(mpmath.log(largest / abs(apart), 2)))
            return script.fact(statement, f"below {bits}%positive", "LT")
    raise AssertionError(statement)


def unequal(script: Script, a: sp.Expr, b: sp.Expr) -> str:
    """Write that a != b and return a proof."""
    if compare(a, b) > 0:
        return f"(Rgt_not_eq _ _ {less(script, b, a)})"
    return f"(Rlt_not_eq _ _ {less(script, a, b)})"
