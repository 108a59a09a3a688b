"""Whether a theorem is what is claimed: its conclusion, under no hypotheses but the claim's own."""

from __future__ import annotations

from collections.abc import Iterable

from ..language.claim import Claim
from ..language.formulas import Formula, negation, normal, same
from .theorem import Theorem


def is_sequent(theorem: Theorem, given: Iterable[Formula], conclusion: Formula) -> bool:
    """Tell whether the theorem has this conclusion, and no hypotheses but these.

    A relation may be written from either side.
    """
    hypotheses = {normal(hypothesis) for hypothesis in theorem.hypotheses}
    return hypotheses <= set(map(normal, given)) and same(theorem.conclusion, conclusion)


def states(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether the theorem is the claim."""
    return is_sequent(theorem, claim.given, claim.conclusion)


def states_negation(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether the theorem's conclusion is the negation of the claim's."""
    return is_sequent(theorem, claim.given, negation(claim.conclusion))
