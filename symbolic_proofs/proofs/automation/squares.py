"""Comparisons whose sides differ by squares and by factors of known sign: x + 1/x >= 2."""

from __future__ import annotations

import sympy as sp

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...language.claim import Claim
from ...language.formulas import Relation
from ...language.operations import base_and_exponent, factors
from ...rational_terms import factored
from ..tactics.combine import algebra, combine


def by_factors(claim: Claim) -> Derivation | None:
    """Return a derivation from the factors of the difference of both sides, None if none is seen.

    A factor to an even power has no sign to be shown.
    """
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    low, high = goal.oriented().args[1:]
    proof = Proof()
    try:
        product = factored(high - low)
        if not any(_is_even(base_and_exponent(factor)[1]) for factor in factors(product)):
            return None
        shown = algebra(Relation(goal.oriented().op, sp.Integer(0), product), given)
        proof.show(shown, "a square has no sign but one, and the other factors have theirs")
        proof.show(combine(goal, (1, shown), given=given), "the difference of both sides")
    except KernelError:
        return None
    return proof.done()


def _is_even(exponent: sp.Expr) -> bool:
    return isinstance(exponent, sp.Integer) and int(exponent) % 2 == 0
