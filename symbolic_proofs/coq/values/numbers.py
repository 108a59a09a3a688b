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

#: digits in which two numbers are told apart; those that none tells apart are taken to be equal
_DIGITS = (50, 100, 400, 800)
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
    apart, _ = _distance(a, b)
    return (apart > 0) - (apart < 0)


def _distance(a: sp.Expr, b: sp.Expr) -> tuple[Any, Any]:
    """Return a - b, 0 where no digits tell, and how large that is beside a and b."""
    before, _ = _difference(a, b, _DIGITS[0])
    for digits in _DIGITS[1:]:
        apart, size = _difference(a, b, digits)
        # what is left of two equal numbers is noise, which more digits change
        if apart and abs(apart - before) < abs(apart) / 1000:
            return apart, abs(apart) / size
        before = apart
    return mpmath.mpf(0), mpmath.mpf(0)


def _difference(a: sp.Expr, b: sp.Expr, digits: int) -> tuple[Any, Any]:
    with mpmath.workdps(digits):
        left, right = _approximate(a), _approximate(b)
        return left - right, abs(left) + abs(right)


def _approximate(term: sp.Expr) -> Any:
    match term:
        case sp.Rational():
            return mpmath.mpf(int(term.p)) / int(term.q)
        case Sum():
            return mpmath.fsum(map(_approximate, term.args))
        case Product():
            return mpmath.fprod(map(_approximate, term.args))
        case Power():
            return _approximate(term.base) ** int(term.exp)
        case Exp():
            return mpmath.exp(_approximate(term.args[0]))
        case Log():
            return mpmath.log(_approximate(term.args[0]))
    raise UntranslatedError(f"the head {type(term).__name__} in a number")


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
        value = _approximate(term)
        if abs(value) > 10**15:
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
    _, size = _distance(a, b)
    bits = _SPARE_BITS - min(0, int(mpmath.log(size, 2)))
    return script.fact(statement, f"below {bits}%positive", "LT")


def unequal(script: Script, a: sp.Expr, b: sp.Expr) -> str:
    """Write that a != b and return a proof."""
    if compare(a, b) > 0:
        return f"(Rgt_not_eq _ _ {less(script, b, a)})"
    return f"(Rlt_not_eq _ _ {less(script, a, b)})"
