"""Derivations as text: the claim, and the steps with their reasons and conditions."""

from __future__ import annotations

from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.api import conditions, to_text


def derivation_text(claim: Claim, derivation: Derivation) -> str:
    """Return a derivation as text, a numbered step with its reason a paragraph."""
    lines = [f"{claim.id} ({claim.locator})", f"  {to_text(claim.statement)}", ""]
    said = [text for text, _ in conditions((*claim.given, claim.conclusion))]
    lines += [f"for {', '.join(said)}", ""]
    return "\n".join([*lines, derivation.to_text()])
