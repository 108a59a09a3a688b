"""The second route confirms what is true, and rings when a step is not."""

from types import SimpleNamespace

import pytest

from sparsity_audit.errors import Contradiction
from sparsity_audit.verdicts.step_checks import confirm
from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.claims.notation import I, W, alpha, nonzero
from symbolic_proofs.derivations.derivation import Step
from symbolic_proofs.language.formulas import equal
from symbolic_proofs.proofs import prove


def test_every_step_of_a_proof_holds_on_instances() -> None:
    claim = find_claim("cloning.invariance")
    derivation = prove(claim)
    assert derivation is not None
    assert confirm(claim, derivation) == len(derivation.steps)


def test_a_wrong_step_is_a_contradiction() -> None:
    claim = find_claim("scaling.invariance")
    wrong = equal(I(alpha * W), alpha * I(W))
    theorem = SimpleNamespace(hypotheses=frozenset({*claim.given}), conclusion=wrong)
    derivation = SimpleNamespace(steps=(Step(theorem, "wrong"),))  # type: ignore[arg-type]
    with pytest.raises(Contradiction, match="step 1 fails on an instance"):
        confirm(claim, derivation)  # type: ignore[arg-type]


def test_a_step_that_lost_a_condition_is_a_contradiction() -> None:
    claim = find_claim("scaling.invariance")
    theorem = SimpleNamespace(hypotheses=frozenset(), conclusion=I(W) >= 0)
    theorem.conclusion = claim.conclusion
    kept = frozenset(h for h in claim.given if h != nonzero(W))
    theorem.hypotheses = kept
    derivation = SimpleNamespace(steps=(Step(theorem, "W may be 0"),) * 20)  # type: ignore[arg-type]
    with pytest.raises(Contradiction):
        confirm(claim, derivation)  # type: ignore[arg-type]
