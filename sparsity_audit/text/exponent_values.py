"""Where on p < q a claim is proved: by theorems with its conclusion and conditions on p and q."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numeric_check.certifier.decide import decide
from numeric_check.certifier.witness import Witness
from symbolic_proofs.claims.notation import LESS, p, q
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula, free_variables, normal


def is_on_exponents(formula: Formula) -> bool:
    """Tell whether a formula speaks of p and q alone."""
    return bool(free_variables(formula)) and free_variables(formula) <= {p, q}


def conditions_of(claim: Claim, other: Claim) -> tuple[Formula, ...] | None:
    """Return the conditions on p and q under which `other` says what the claim does, if it does."""
    if normal(other.conclusion) != normal(claim.conclusion):
        return None
    conditions = (LESS, *(formula for formula in other.given if formula not in claim.given))
    return conditions if all(map(is_on_exponents, conditions)) else None


def hold(conditions: Sequence[Formula], a: Fraction, b: Fraction) -> bool:
    """Tell whether conditions on the exponents hold at p = a, q = b."""
    return all(decide(condition, Witness({"p": a, "q": b})) for condition in conditions)


def is_proved(claim: Claim) -> bool:
    """Tell whether the prover finds a proof within the usual budget."""
    from symbolic_proofs.proofs import prove

    from ..verdicts.proof_budget import ProofBudget

    return ProofBudget().within(prove)(claim) is not None


def proved_where(claim: Claim, catalogue: Sequence[Claim]) -> list[tuple[Formula, ...]]:
    """Return the conditions on p and q of every theorem that has the claim's conclusion."""
    found = []
    for other in catalogue:
        conditions = conditions_of(claim, other)
        if conditions is not None and is_proved(other):
            found.append(conditions)
    return found
