"""The sign of a difference, read off its factors: x + 1/x - 2 is (x - 1)^2/x."""

from __future__ import annotations

import sympy as sp

from ...kernel import KernelError, Theorem
from ...language.formulas import Relation
from ...language.operations import Abs, Power, Product
from ...rational_terms import factored
from .combine import Given, algebra


def difference_in_factors(goal: Relation, given: Given) -> Theorem:
    """Return 0 <= d, or 0 < d, for the difference d of both sides, as a product.

    Raises KernelError where it is no product, or its factors are not seen to have such a sign.
    """
    low, high = goal.oriented().args[1:]
    difference = high - low
    # |x|^2 is x^2
    squares = {
        power: power.base.args[0] ** power.exp
        for power in difference.atoms(Power)
        if isinstance(power.base, Abs) and power.exp.is_Integer and int(power.exp) % 2 == 0
    }
    product = factored(difference.xreplace(squares))
    if not isinstance(product, Product | Power):
        raise KernelError(f"{difference} is not a product")
    return algebra(Relation(goal.oriented().op, sp.Integer(0), product), given)
