"""Strategies state a claim in a user's own test suite."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, find, given, settings

from numeric_check.certifier.certify import decide
from numeric_check.certifier.witness import total_length
from numeric_check.strategies import block_vectors, exponents, holds, inputs
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.language.formulas import And, Exists
from symbolic_proofs.language.names import LanguageError

QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TRUE = [
    "zeros.raise", "scaling.invariance", "firing.lowers.weights.amended",
    "criteria.robin-hood.amended",
    "time.varying-lowers.mean.amended", "sensitivity.count.amended", "order.p-less-q",
]  # fmt: skip
FALSE = ["adjust.literal", "sensitivity.example-p-norm"]


@pytest.mark.parametrize("id_", TRUE)
def test_true_claims_hold_on_inputs(id_):
    claim = find_claim(id_)

    @QUICK
    @given(inputs(claim))
    def check(values):
        assert decide(And(*claim.given), values)
        assert holds(claim, values)

    check()


@pytest.mark.parametrize("id_", FALSE)
def test_false_claims_fall(id_):
    claim = find_claim(id_)
    values = find(inputs(claim), lambda values: not holds(claim, values), settings=QUICK)
    assert decide(And(*claim.given), values)


def test_every_claim_has_inputs():
    for claim in CATALOGUE:
        if isinstance(claim.conclusion, Exists):
            with pytest.raises(LanguageError, match="no inputs"):
                inputs(claim)
        elif claim.id != "range.zero-vector":
            met = []

            @settings(QUICK, max_examples=4)
            @given(inputs(claim))
            def collect(values):
                met.append(values)  # noqa: B023 - it is called before the next round

            collect()
            assert met, claim.id


@QUICK
@given(block_vectors(nonnegative=True, max_blocks=3), exponents())
def test_vectors_and_exponents_are_as_asked(vector, exponent):
    assert 1 <= len(vector) <= 3
    assert all(value >= 0 for value, _ in vector)
    assert total_length(vector) <= 3000
    assert 0.25 <= exponent <= 10
