"""What `prove` answers: it states the claim, keeps its conditions, and each step is true."""

from __future__ import annotations

import pytest
import sympy as sp
from proving import proof

from numeric_check.spot_check.recheck import recheck
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import p, q
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.kernel.sequents import states, states_negation
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import (
    Constant,
    Exists,
    ForAll,
    Formula,
    NonZero,
    Not,
    Relation,
    at_most,
    less,
    normal,
)
from symbolic_proofs.language.terms import PQIndex
from symbolic_proofs.language.vectors import VectorSymbol
from symbolic_proofs.proofs import disprove

IDS = [claim.id for claim in CATALOGUE]


def proved() -> list[tuple[Claim, Derivation]]:
    pairs = ((claim, proof(claim)) for claim in CATALOGUE)
    return [(claim, derivation) for claim, derivation in pairs if derivation is not None]


@pytest.mark.parametrize("claim_id", IDS)
def test_a_proof_states_its_claim(claim_id: str) -> None:
    claim, derivation = find_claim(claim_id), proof(find_claim(claim_id))
    if derivation is None:
        opposite = disprove(claim)
        assert opposite is None or states_negation(opposite.theorem, claim)
        return
    theorem = derivation.theorem
    assert states(theorem, claim)
    assert normal(theorem.conclusion) == normal(claim.conclusion)
    assert {normal(h) for h in theorem.hypotheses} <= {normal(h) for h in claim.given}
    assert not disprove(claim)


def test_nothing_false_is_proved_and_much_is() -> None:
    names = {claim.id for claim, _ in proved()}
    assert len(names) >= 46
    # false as printed; their amendments are what is proved
    assert not names & {"range.dense-is-zero", "time.printed-normaliser", "criteria.robin-hood"}
    for name in ("range.lower", "zeros.raise", "criteria.bill-gates", "adjust.threshold.amended"):
        assert name in names


def test_a_theorem_states_no_other_claim() -> None:
    for claim, derivation in proved():
        for other in CATALOGUE:
            if normal(other.conclusion) != normal(claim.conclusion):
                assert not states(derivation.theorem, other)


def _speaks_of_the_index(theorem: Theorem) -> bool:
    return any(isinstance(node, PQIndex) for node in sp.preorder_traversal(theorem.conclusion))


#: p < q is a condition of the measure itself; these hold for any two exponents as well
ANY_EXPONENTS = {
    "range.upper",
    "scaling.invariance",
    "scaling.magnitudes.amended",
    "cloning.invariance",
    "time.invariance",
    "time.printed-normaliser.amended",
    "time.printed-last-step.amended",
    "adjust.inference.amended",
    "criteria.scaling",
    "criteria.cloning",
}


@pytest.mark.parametrize("claim_id", IDS)
def test_no_theorem_about_the_index_lost_a_condition(claim_id: str) -> None:
    derivation = proof(find_claim(claim_id))
    if derivation is None or not _speaks_of_the_index(derivation.theorem):
        pytest.skip("not proved, or not about I")
    theorem = derivation.theorem
    for dropped in sorted(theorem.hypotheses, key=str):
        rest = theorem.hypotheses - {dropped}
        if isinstance(dropped, NonZero):
            # false or undefined at 0, unless the other conditions have no value there
            opposite = recheck({*rest, Not(dropped)}, theorem.conclusion, trials=20)
            # "there is β: for every α" is decided on no instance; every other conclusion must fail
            quantified = isinstance(theorem.conclusion, Exists)
            assert opposite.violation is not None or not opposite.met or quantified, dropped
        elif normal(dropped) == less(p, q) and claim_id not in ANY_EXPONENTS:
            opposite = recheck({*rest, at_most(q, p)}, theorem.conclusion, trials=60)
            wrong = opposite.violation is not None
            assert wrong or opposite.undecided == opposite.met, dropped


def test_a_theorem_about_the_index_of_w_speaks_of_no_zero_vector() -> None:
    for claim, derivation in proved():
        conclusion = derivation.theorem.conclusion
        for index in conclusion.atoms(PQIndex):
            vector = index.args[0]
            if isinstance(vector, VectorSymbol) and not vector.indices:
                said = {*derivation.theorem.hypotheses, *_conditions(conclusion)}
                shown = NonZero(vector) in said or Not(Constant(vector)) in said
                assert shown, (claim.id, vector)


def _conditions(formula: Formula) -> set[Formula]:
    return {
        condition
        for node in sp.preorder_traversal(formula)
        if isinstance(node, ForAll | Exists)
        for condition in node.given
    }


@pytest.mark.parametrize("claim_id", IDS)
def test_every_displayed_step_is_checked_by_the_second_route(claim_id: str) -> None:
    derivation = proof(find_claim(claim_id))
    if derivation is None:
        pytest.skip("not proved")
    for step in derivation.steps:
        found = recheck(step.theorem.hypotheses, step.formula, trials=6)
        assert found.violation is None, (step.formula, found.violation)
        assert step.reason


def test_the_second_route_can_fail() -> None:
    wrong = 0
    for _, derivation in proved():
        last = derivation.theorem
        if isinstance(last.conclusion, Relation) and last.conclusion.op in ("<", ">", "="):
            op = {"<": ">", ">": "<", "=": "<"}[last.conclusion.op]
            false = Relation(op, last.conclusion.left, last.conclusion.right)
            found = recheck(last.hypotheses, false, trials=30)
            assert found.violation is not None or not found.met, last
            wrong += found.violation is not None
    assert wrong >= 10
