"""A claim that something exists, of nothing else, is established by an example of it."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from numeric_check.certifier.certify import verify_existence
from numeric_check.certifier.evidence import existence_problem
from numeric_check.certifier.witness import Witness
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import Established, Evidence, Open, Verdict, judge
from sparsity_audit.verdicts.verdict_json import record
from symbolic_proofs.claims.notation import N, V, W, p, q, x
from symbolic_proofs.language import And, Exists, ForAll, NonZero, PQIndex, equal
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Formula, less


def stated(then: Formula, *given: Formula) -> Claim:
    return claim("my.claim", "sec. 1", "there is one", given=given, then=then)


def settled(the_claim: Claim) -> Verdict:
    return settle(the_claim, Hunt(budget=20_000), default_engines())


NEAR_ONE = less(Fraction(9, 10), PQIndex(W, 1, 2))
SPARSE = stated(Exists(NEAR_ONE, And(NonZero(W)), N, W))
ESTABLISHED = (
    SPARSE,
    stated(Exists(NEAR_ONE, And(), N, W)),
    stated(Exists(less(x * x, x), And(), x)),
    stated(Exists(equal(PQIndex(W, p, q), 0), And(p < q, NonZero(W)), N, W, p, q)),
    stated(Exists(less(x * x, x), And(), x), less(1, 2)),
    stated(Exists(less(PQIndex(V, 1, 2), PQIndex(W, 1, 2)), And(NonZero(W), NonZero(V)), N, V, W)),
)
SPIKE = Witness({"N": Fraction(200)}, {"W": ((Fraction(1), 1), (Fraction(0), 199))})


@pytest.mark.parametrize("the_claim", ESTABLISHED, ids=str)
def test_the_example_that_the_search_finds_establishes_the_claim(the_claim: Claim) -> None:
    verdict = settled(the_claim)
    assert isinstance(verdict, Established)
    assert verdict.name == "proved"
    assert existence_problem(the_claim, verdict.witness, verdict.certificate) is None


NOT_ESTABLISHED = (
    stated(Exists(equal(PQIndex(W, p, q), 0), And(NonZero(W)), N, W), p < q),
    stated(Exists(less(x * x, -1), And(), x)),
    stated(Exists(less(x * x, x), And(less(2, x)), x)),
    stated(Exists(less(x * x, x), And(), x), less(2, 1)),
    stated(Exists(ForAll(less(x, PQIndex(W, 1, 2)), And(NonZero(W)), N, W), And(), x)),
)


@pytest.mark.parametrize("the_claim", NOT_ESTABLISHED, ids=str)
def test_one_case_and_no_example_establish_nothing(the_claim: Claim) -> None:
    assert not isinstance(settled(the_claim), Established)


def test_an_example_of_a_claim_about_all_values_is_told_and_no_verdict() -> None:
    verdict = settled(NOT_ESTABLISHED[0])
    assert isinstance(verdict, Open)
    assert any("an example of what is said to exist: " in line for line in verdict.tried)
    certificate = verify_existence(
        NOT_ESTABLISHED[0],
        one := Witness({"p": Fraction(1), "q": Fraction(2)}, {"W": ((Fraction(1), 1),)}),
    )
    said = existence_problem(NOT_ESTABLISHED[0], one, certificate)
    assert said == "the claim speaks of all values of its symbols"


def test_an_example_is_decided_again_where_a_verdict_is_made() -> None:
    certificate = verify_existence(SPARSE, SPIKE)
    assert isinstance(judge(SPARSE, Evidence(established=(SPIKE, certificate))), Established)
    ones = Witness({"N": Fraction(2)}, {"W": ((Fraction(1), 2),)})
    zero = Witness({"N": Fraction(2)}, {"W": ((Fraction(0), 2),)})
    other = replace(certificate, seal="0" * len(certificate.seal))
    for witness, shown in ((ones, certificate), (zero, certificate), (SPIKE, other)):
        verdict = judge(SPARSE, Evidence(established=(witness, shown)))
        assert isinstance(verdict, Open)
        assert any("does not establish" in line for line in verdict.tried)
    narrower = stated(Exists(NEAR_ONE, And(NonZero(W), less(N, 150)), N, W))
    assert isinstance(judge(narrower, Evidence(established=(SPIKE, certificate))), Open)


def test_the_record_holds_the_example_in_the_place_of_a_derivation() -> None:
    entry = json.loads(json.dumps(record(settled(SPARSE), ())))
    assert entry["verdict"] == "proved"
    assert "derivation" not in entry
    assert entry["established"].keys() == {"witness", "certificate"}
    lines = settled(SPARSE).to_text()
    assert "  example    N = 101, W = [1, 0 × 100]" in lines
