"""A norm, or a root, against another term: compared as what stands under it, and the other's power.

||V||_2 <= c N^(1/2) is S_2(V) <= c^2 N. Two norms of one order are compared as their power sums.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation
from ...language.operations import Abs, Power, Sum, factors
from ...language.terms import Norm, PowerSum, Total
from ..tactics.combine import Given, combine, rewrite
from ..tactics.flat import flat
from .cases import Way
from .norms import to_power


def by_power_sums(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a comparison with a root from that of what is under it, or None."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    sides = goal.oriented().args[1:]
    roots = [root for root in map(_root, sides) if root is not None]
    if not roots:
        return None
    order_of_root = roots[0][1]
    try:
        powers = [_to(side, order_of_root, given) for side in sides]
        inner = Relation(goal.oriented().op, *powers)
        found = way(replace(claim, conclusion=inner))
        if found is None:
            return None
        proof = Proof(list(found.steps))
        roots_rise = to_power(found.theorem, 1 / order_of_root, given)
        if roots_rise is None:
            return None
        meanings = (K.define(side, given) for side in sides if isinstance(side, Norm))
        shown = rewrite(roots_rise, *meanings, backwards=True)
        if shown.conclusion != goal:
            shown = combine(goal, (1, shown), given=given)
        proof.show(shown, f"take the root of order ${order_of_root}$")
    except KernelError:
        return None
    return proof.done()


def _root(term: sp.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    """Return what a norm or a root of a sum is the root of, and its order."""
    match term:
        case Norm(args=(vector, e)):
            return PowerSum(vector, e), e
        case Power(base=PowerSum() | Total() as total, exp=sp.Rational(p=1, q=n)) if n > 1:
            return total, sp.Integer(n)
        case Power(base=PowerSum() | Total() as total, exp=Power(base=e, exp=sp.Integer(p=-1))):
            return total, e
    return None


def _to(side: sp.Expr, e: sp.Expr, given: Given) -> sp.Expr:
    """Return a term to the power e, for one that is not below 0."""
    root = _root(side)
    if root is not None and root[1] == e:
        return root[0]
    if any(isinstance(factor, Sum | Abs) for factor in factors(side)):
        raise KernelError("the power of {} is no product", side)
    if not Facts(given).nonnegative(side):
        raise KernelError("{} may be below 0", side)
    return flat(side**e, given)
