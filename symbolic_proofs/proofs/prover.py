"""Which proof is offered for which claim.

Whether it proves the claim is for the reader of its theorem to see.
"""

from __future__ import annotations

from collections.abc import Callable

from ..derivations.derivation import Derivation
from ..kernel.sequents import states, states_negation
from ..language.claim import Claim
from .automation.criteria import by_rules
from .automation.identities import by_unfolding
from .paper import concatenation, counting, one_entry, transfers
from .paper import norms as comparisons
from .paper import range as power_means
from .paper import rising_tide as tide

_MODULES = (power_means, counting, concatenation, one_entry, transfers, tide, comparisons)
_PROOFS: dict[str, Callable[[], Derivation]] = {k: f for m in _MODULES for k, f in m.PROOFS.items()}
_DISPROOFS: dict[str, Callable[[], Derivation]] = dict(power_means.DISPROOFS)


def prove(claim: Claim) -> Derivation | None:
    """Return a derivation whose theorem states the claim, None if there is none."""
    offered = _PROOFS.get(claim.id)
    derivation = offered() if offered else by_unfolding(claim) or by_rules(claim)
    return derivation if derivation is not None and states(derivation.theorem, claim) else None


def disprove(claim: Claim) -> Derivation | None:
    """Return a derivation of the negation of the claim's conclusion, None if there is none.

    Only an existence claim is refuted so: the negation of a claim about all values is not that it
    fails for all.
    """
    offered = _DISPROOFS.get(claim.id)
    derivation = offered() if offered else None
    return (
        derivation
        if derivation is not None and states_negation(derivation.theorem, claim)
        else None
    )
