"""Quadratic polynomials in any terms that are sums of squares: x^2 + y^2 + z^2 >= xy + yz + zx.

Squares are completed letter by letter; a polynomial that is never below 0 always comes apart so
(Sylvester's law of inertia).
"""

from __future__ import annotations

import sympy as sp

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...kernel.multiplied_out import is_soon_factored
from ...kernel.polynomials import NotAlgebraicError, from_letters, in_letters
from ...language.claim import Claim
from ...language.formulas import Relation, at_most
from ..tactics.combine import algebra, combine


def by_completing_squares(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison as a sum of squares, None if it is not one."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    low, high = goal.oriented().args[1:]
    letters: dict[sp.Symbol, sp.Expr] = {}
    proof = Proof()
    try:
        parts = []
        for share, root in _squares(in_letters(high - low, letters), letters):
            square = algebra(at_most(0, from_letters(root, letters) ** 2), given)
            parts.append((share, proof.show(square, "a square")))
        proof.show(combine(goal, *parts, given=given), "the difference of both sides is their sum")
    except (KernelError, NotAlgebraicError):
        return None
    return proof.done()


def _squares(term: sp.Expr, letters: dict[sp.Symbol, sp.Expr]) -> list[tuple[sp.Rational, sp.Expr]]:
    """Return c > 0 and linear terms t, so that a quadratic term is the sum of c t^2."""
    if not letters or not term.is_polynomial(*letters) or not is_soon_factored(term):
        raise KernelError("{} is not a quadratic polynomial", term)
    rest = sp.Poly(term, *letters)
    if rest.total_degree() != 2 or not all(c.is_Rational for c in rest.coeffs()):
        raise KernelError("{} is not a quadratic polynomial", term)
    found = []
    for letter in letters:
        share = rest.coeff_monomial(letter**2)
        if share > 0:
            root = rest.diff(letter).as_expr() / (2 * share)
            found.append((share, root))
            rest = sp.Poly(rest.as_expr() - share * root**2, *letters)
    left = rest.as_expr()
    if not left.is_Rational or left < 0:
        raise KernelError("{} is not a sum of squares", term)
    return found
