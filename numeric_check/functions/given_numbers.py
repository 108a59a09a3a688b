"""Numbers of Python and NumPy that meet exact ones, as numbers of an arithmetic.

A float that meets such a number has been computed by rounding, whatever its digits: 1 - 5e-17 has
one. It stands for all numbers near it, so that no tie is decided by it. Numbers that are written in
the text of a function are made exact before they get here (`rewriting`).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from .following import Followed, Following

#: type of float -> how far it may be off, relative to it or to 1: what some millions of roundings
#: make at worst, or a difference of numbers some millions of times its size
_ROUNDED: dict[type, float] = {float: 2.0**-30, np.float32: 2.0**-12, np.float16: 2.0**-3}


def given_number(value: Any, arithmetic: Following) -> Followed | None:
    """Return a number of Python or NumPy as one of the arithmetic, None if it is not finite.

    Raises NotExact for a float in exact arithmetic.
    """
    if isinstance(value, np.bool_ | np.integer):
        value = value.item()
    if isinstance(value, int | Fraction):
        return arithmetic.exactly(value)
    if not isinstance(value, float | np.floating) or not math.isfinite(value):
        return None
    middle, off = Fraction(float(value)), Fraction(_ROUNDED.get(type(value), _ROUNDED[float]))
    return arithmetic.about(middle, off * max(Fraction(1), abs(middle)))
