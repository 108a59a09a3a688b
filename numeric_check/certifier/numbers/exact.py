"""Exact arithmetic: the operations of `Arithmetic`, and how a number is written.

Numbers are sums of radicals; with logarithms and the like they are closed forms, of which equality
alone can be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from math import ceil

from ..errors import NotExact, ValuelessError
from . import logarithms as closed_forms
from . import radicals
from .logarithms import ClosedForm, Exact
from .radicals import RadicalSum, common_power, rational

__all__ = [
    "NotExact",
    "RadicalSum",
    "ValuelessError",
    "about",
    "absolute",
    "add",
    "ceiling",
    "exactly",
    "exponential",
    "is_zero",
    "lesser",
    "logarithm",
    "multiply",
    "power",
    "rational",
    "sign",
    "tanh",
    "text",
    "total",
    "whole",
]


def exactly(value: Fraction | int) -> RadicalSum:
    """Return a rational number."""
    return rational(value)


def about(value: Fraction, radius: Fraction) -> Exact:
    """Raise NotExact: a number known to some digits alone is for balls."""
    raise NotExact(f"a number near {float(value)!r}")


def add(a: Exact, b: Exact) -> Exact:
    """Return a + b."""
    if isinstance(a, ClosedForm) or isinstance(b, ClosedForm):
        return closed_forms.add(a, b)
    return a + b


def total(numbers: Iterable[Exact]) -> Exact:
    """Return the sum of numbers, 0 if there are none."""
    known = list(numbers)
    roots = [number for number in known if isinstance(number, RadicalSum)]
    others = [number for number in known if isinstance(number, ClosedForm)]
    start: Exact = radicals.total(roots)
    return reduce(add, others, start)


def multiply(a: Exact, b: Exact) -> Exact:
    """Return a · b."""
    if isinstance(a, ClosedForm) or isinstance(b, ClosedForm):
        return closed_forms.multiply(a, b)
    return a * b


def power(base: Exact, exponent: Exact) -> Exact:
    """Return base^exponent; see RadicalSum.power."""
    e = _radical(exponent)
    return closed_forms.power(base, e) if isinstance(base, ClosedForm) else base.power(e)


def absolute(value: Exact) -> Exact:
    """Return |value|."""
    number = _radical(value)
    return -number if number.sign() < 0 else number


def logarithm(value: Exact) -> Exact:
    """Return log(value); raises ValuelessError for a value <= 0, NotExact for a sum of radicals."""
    return closed_forms.logarithm(_radical(value))


def exponential(value: Exact) -> Exact:
    """Return e^value of a rational number."""
    return closed_forms.exponential(_radical(value))


def tanh(value: Exact) -> Exact:
    """Return the hyperbolic tangent of a rational number."""
    return closed_forms.tanh(_radical(value))


def ceiling(value: Exact) -> RadicalSum:
    """Return the least whole number that is >= value, for a rational number."""
    return rational(ceil(_radical(value).fraction))


def lesser(a: Exact, b: Exact) -> Exact:
    """Return the lesser of two numbers."""
    return a if sign(add(a, multiply(rational(-1), b))) <= 0 else b


def sign(value: Exact) -> int:
    """Return -1, 0 or 1; see RadicalSum.sign."""
    return _radical(value).sign()


def is_zero(value: Exact) -> bool:
    """Tell whether the number is 0; always decided for a sum of radicals."""
    return not _radical(value).terms


def whole(value: Exact) -> int | None:
    """Return a number as an int, None if it is not whole."""
    number = _radical(value)
    if not number.is_rational or number.fraction.denominator != 1:
        return None
    return int(number.fraction)


def _radical(value: Exact) -> RadicalSum:
    """Return a sum of radicals; raises NotExact for a number with logarithms."""
    if isinstance(value, ClosedForm):
        raise NotExact("a logarithm, exponential or hyperbolic tangent")
    return value


def text(value: Exact, limit: int = 400) -> str | None:
    """Return the number with fractions and roots, None if that takes over `limit` signs."""
    if isinstance(value, ClosedForm):
        written = str(value)
        return written if len(written) <= limit else None
    parts = []
    for radical, c in value.terms:
        try:
            (inside, _), k = common_power(RadicalSum(((radical, abs(c)),)), rational(0))
        except NotExact:
            return None
        if max(inside.numerator.bit_length(), inside.denominator.bit_length()) > 4 * limit:
            return None
        written = str(inside) if k == 1 else f"{_bracketed(inside)}^(1/{k})"
        parts.append(f"{'-' if c < 0 else '+'} {written}")
    whole_text = " ".join(parts).removeprefix("+ ") or "0"
    if whole_text.startswith("- "):
        whole_text = "-" + whole_text[2:]
    return whole_text if len(whole_text) <= limit else None


def _bracketed(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"({value})"
