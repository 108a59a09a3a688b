"""The sign of a difference, read off its factors: x + 1/x - 2 is (x - 1)^2/x."""

from __future__ import annotations

import sympy as sp

from ...kernel import KernelError, Theorem
from ...kernel.polynomials import exponent
from ...language.formulas import Relation
from ...language.operations import Abs, Power, Product, base_and_exponent, factors
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
        raise KernelError("{} is not a product", difference)
    return algebra(Relation(goal.oriented().op, sp.Integer(0), product), given)


def exponent_of(base: sp.Expr, term: sp.Expr, given: Given) -> sp.Expr | None:
    """Return the exponent with which a base stands in a product of powers, None if it does not."""
    found = sp.Integer(0)
    for factor in factors(term):
        inner, e = base_and_exponent(factor)
        if inner == base:
            found = found + e
        elif not isinstance(e, sp.Integer) or isinstance(inner, Product):
            within = exponent_of(base, inner, given)
            found = found + e * within if within is not None else found
    return exponent(found) if found != 0 else None
