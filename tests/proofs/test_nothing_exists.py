"""A claim that something exists is refuted by a theorem: nothing does."""

from __future__ import annotations

import pytest

from symbolic_proofs import claim
from symbolic_proofs.kernel.sequents import states_negation
from symbolic_proofs.proofs import disprove


@pytest.mark.parametrize(
    "line",
    [
        "exists x > 0: x + 1/x < 2",
        "exists W in R^N: ||W||_1 < ||W||_2",
        "p < q => exists W in R^N: ||W||_p < ||W||_q",
        "exists p > 0, q > p, W in R^N: ||W||_p < ||W||_q",
        "p < q, W != 0 => exists m in {1, 2, ...}: I([W, 0*m]) < I(W)",
        "exists V, W in R^N: ||V + W||_2 > ||V||_2 + ||W||_2",
        "exists W in R^N: ||W||_1 = 1 and ||W||_2 = 2",
    ],
)
def test_what_does_not_exist_is_shown_not_to(line: str) -> None:
    stated = claim(line)
    derivation = disprove(stated)
    assert derivation is not None
    assert states_negation(derivation.theorem, stated)
    assert "arbitrary" in derivation.steps[-1].reason


@pytest.mark.parametrize(
    "line",
    [
        "exists x > 0: x + 1/x <= 2",
        "exists W in R^N: ||W||_1 > ||W||_2",
        "exists x > 0: for all y > 0: x*y > 0",
        "exists x real: x <= 0 and x >= 0",
        "||W||_1 < ||W||_2",
    ],
)
def test_nothing_is_shown_of_what_does_or_of_a_claim_of_another_kind(line: str) -> None:
    assert disprove(claim(line)) is None
