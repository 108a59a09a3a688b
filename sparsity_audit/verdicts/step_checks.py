"""The second route in a run: each step shown is evaluated on exact random instances."""

from __future__ import annotations

from numeric_check.spot_check.recheck import Outcome, recheck
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim

from ..errors import Contradiction

#: instances for each step; a wrong exponent or sign fails on nearly every one
TRIALS = 4


def confirm(claim: Claim, derivation: Derivation) -> int:
    """Return how many steps held on random instances that meet their hypotheses.

    Raises Contradiction if a step fails on one: then the kernel and the arithmetic disagree. A step
    whose hypotheses contradict each other, inside a proof by contradiction, counts for neither.
    """
    held = 0
    for number, step in enumerate(derivation.steps, 1):
        found = recheck(step.theorem.hypotheses, step.formula, seed=number, trials=TRIALS)
        if found.outcome is Outcome.VIOLATED:
            raise Contradiction(claim.id, f"has a proof whose step {number} fails on an instance")
        held += found.outcome is Outcome.HELD
    return held
