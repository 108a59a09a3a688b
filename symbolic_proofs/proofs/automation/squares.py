"""Comparisons whose sides differ by squares and by factors of known sign: x + 1/x >= 2."""

from __future__ import annotations

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...language.claim import Claim
from ...language.formulas import Relation
from ..tactics.combine import combine
from ..tactics.products import difference_in_factors
from ..tactics.unfold import folded, plain


def by_factors(claim: Claim) -> Derivation | None:
    """Return a derivation from the factors of the difference of both sides, None if none is seen.

    A factor to an even power has no sign to be shown.
    """
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    proof = Proof()
    try:
        wanted, equations = plain(goal, given)
        product = difference_in_factors(wanted, given)
        proof.show(product, "a square is not below $0$, and the other factors have their signs")
        shown = combine(wanted, (1, product), given=given)
        proof.show(folded(goal, shown, equations), "the difference of both sides")
    except KernelError:
        return None
    return proof.done()
