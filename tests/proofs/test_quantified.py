"""There is, for every: constants, values that make two sides equal, limits with ε and δ."""

from __future__ import annotations

import pytest

from sparsity_audit.verdicts.proof_budget import ProofBudget
from symbolic_proofs import claim, from_data, prove, to_data

PROVED = [
    "exists c > 0: ||W||_1 <= c*||W||_2",
    "exists c > 0: for every V in R^N: ||V||_1 <= c*||V||_2",
    "W != 0 => exists c > 0: ||c*W||_2 = 1",
    "W != 0 => exists c > 0: S_1(c*W) = 1",
    "theta > 0 => exists d > 0: for every t > 0 with t < d: t*||W||_1 < theta",
    "theta > 0 => exists d > 0: for every V in R^N with ||V - W||_1 < d: ||V||_1 < ||W||_1 + theta",
    "theta > 0 => exists d > 0: for every t > 0 with t < d:"
    " sum_{x in W} max(|x| - t, 0) > ||W||_1 - theta",
    "W != 0, theta > 0 => exists d > 0: for every p > 0 with p < q, q - d < p: I(W) < theta",
    "W != 0, theta > 0 => exists d > 0:"
    " for every p > 0 with p > d: ||W||_p <= (1 + theta)*||W||_oo",
    # what is put in for a letter or a norm, alone
    "W != 0, p < q => I(W) <= (1/p - 1/q)*ln(N)",
    "for V, W in R^N: ||V - W||_1 < theta => ||V||_1 < ||W||_1 + theta",
    "for x > 0, t > 0: (x^t - 1)/t >= ln(x)",
]
NOT_PROVED = [
    "exists c > 0: for every V in R^N: ||V||_2 <= c*||V||_1^2",
    "exists d > 0: for every t > 0 with t < d: t*||W||_1 < 0",
    "theta > 0 => exists d > 0: for every V in R^N with ||V - W||_1 < d: ||V||_1 < ||W||_1",
    "W != 0, theta > 0 => exists d > 0: for every p > 0 with p > d: ||W||_p <= theta*||W||_oo",
    "W != 0, p < q => I(W) < (1/p - 1/q)*ln(N)",
]


@pytest.mark.parametrize("text", PROVED)
def test_a_value_is_found_that_will_do(text):
    stated = claim(text)
    found = prove(stated)
    assert found is not None
    assert found.theorem.conclusion == stated.conclusion
    assert found.theorem.hypotheses <= {*stated.given}
    assert from_data(to_data(found)).theorem.conclusion == stated.conclusion


@pytest.mark.parametrize("text", NOT_PROVED)
def test_no_value_is_found_where_none_is(text):
    assert ProofBudget(2_000).within(prove)(claim(text)) is None


def test_the_value_is_said():
    found = prove(claim("exists c > 0: for every V in R^N: ||V||_1 <= c*||V||_2"))
    assert found is not None
    assert found.steps[-1].reason == "$c = N^(1/2)$ will do"
