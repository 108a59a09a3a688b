"""Heads of real value, and those two that SymPy would evaluate by its assumptions: |x| and ⌈x⌉.

Of a head SymPy is told that it commutes, and nothing else: what its value may be is said by
`least` and `whole`, which `kinds.py` asks.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from .display import Display
from .kinds import is_nonnegative, is_whole, least
from .symbols import scalar


class Real(Display, sp.Expr):
    """A real-valued head."""

    is_commutative = True
    #: whether the value is never negative, whatever the parts are
    never_negative = False
    #: whether the value is a whole number, whatever the parts are
    always_whole = False

    def least(self) -> Fraction | None:
        """Return a number that the value is shown not to be below, None if there is none."""
        return Fraction(0) if self.never_negative else None

    def whole(self) -> bool:
        """Tell whether the value is shown to be a whole number."""
        return self.always_whole

    def meaning(self) -> sp.Expr | None:
        """Return the term that this one is short for, None if it is its own."""
        return None

    def __abs__(self) -> sp.Expr:
        return Abs(self)


class Abs(Real):
    """|x|; numbers and what is >= 0 by its kinds stand in front of the bars."""

    never_negative = True

    def __new__(cls, value: object) -> Any:
        number, rest = scalar(value).as_coeff_Mul()
        outside, inside = [abs(number)], []
        for factor in sp.Mul.make_args(rest):
            if is_nonnegative(factor):
                outside.append(factor)
            elif is_nonnegative(-factor):
                outside.append(-factor)
            elif isinstance(factor, sp.Pow) and isinstance(factor.exp, sp.Integer):
                outside.append(cls(factor.base) ** factor.exp)
            else:
                inside.append(factor)
        if inside:
            left = sp.Mul(*inside)
            if isinstance(left, sp.Add) and left.could_extract_minus_sign():
                left = -left
            outside.append(super().__new__(cls, left))
        return sp.Mul(*outside)

    def _eval_power(self, e: sp.Expr) -> sp.Expr | None:
        even = isinstance(e, sp.Integer) and int(e) % 2 == 0
        return self.args[0] ** e if even else None

    def whole(self) -> bool:
        """Tell whether the value is shown to be a whole number."""
        return is_whole(self.args[0])


class Ceiling(Real):
    """The least whole number that is not below x; whole summands stand outside."""

    always_whole = True

    def __new__(cls, value: object) -> Any:
        outside, inside = [], []
        for part in sp.Add.make_args(scalar(value)):
            if isinstance(part, sp.Rational):
                outside.append(sp.Integer(int(part.p) // int(part.q)))
                inside.append(part - outside[-1])
            else:
                (outside if is_whole(part) else inside).append(part)
        rest = sp.Add(*inside)
        if isinstance(rest, sp.Rational):
            return sp.Add(*outside, 0 if rest == 0 else 1)
        return sp.Add(*outside, super().__new__(cls, rest))

    def least(self) -> Fraction | None:
        """Return a number that the value is shown not to be below, None if there is none."""
        bound = least(self.args[0])
        return None if bound is None else Fraction(-(-bound.numerator // bound.denominator))
