"""Products of two sums, compared for every two entries; what looks like it and is false is not."""

from __future__ import annotations

import pytest

from symbolic_proofs import claim
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.proofs.automation.pairs import by_pairs

NEAR = "(w_i <= 2*w_j for every j = 1..N) for every i = 1..N"
ALIKE = "((w_i - w_j)*(v_i - v_j) >= 0 for every j = 1..N) for every i = 1..N"
TRUE = [
    f"for W in [0, oo)^N: {NEAR} => ||W||_2^2 <= 2*||W||_1^2/N",
    "||W||_1^2 <= N*||W||_2^2",
    "for W in [0, oo)^N: S_1(W)*S_3(W) >= S_2(W)^2",
    "for W in [0, oo)^N: S_1(W)*S_2(W) <= N*S_3(W)",
    "S_p(W)*S_q(W) <= N*S_{p+q}(W)",
    "W != 0 => S_5(W)/S_2(W) >= S_3(W)/N",
    "for W, V in R^N: (sum_{i=1..N} w_i*v_i)^2 <= S_2(W)*S_2(V)",
    f"for W, V in R^N: {ALIKE} => (sum_{{i=1..N}} w_i)*(sum_{{i=1..N}} v_i) <= "
    "N*(sum_{i=1..N} w_i*v_i)",
]
FALSE = [
    f"for W in [0, oo)^N: {NEAR} => ||W||_2^2 <= ||W||_1^2/N",
    "for W in [0, oo)^N: ||W||_2^2 <= 2*||W||_1^2/N",
    "||W||_1^2 >= N*||W||_2^2",
    "S_p(W)*S_q(W) >= N*S_{p+q}(W)",
    "p < q => S_p(W)*S_q(W) <= N*S_q(W)^2",
    "for W in [0, oo)^N: S_1(W)*S_3(W) <= S_2(W)^2",
    "for W, V in R^N: (sum_{i=1..N} w_i)*(sum_{i=1..N} v_i) <= N*(sum_{i=1..N} w_i*v_i)",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_holds_for_every_two_entries(text: str) -> None:
    stated = claim(text)
    found = by_pairs(stated)
    assert found is not None
    assert states(found.theorem, stated)


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_is_not_shown(text: str) -> None:
    assert by_pairs(claim(text)) is None


def test_sums_of_two_lengths_are_no_pairs() -> None:
    assert by_pairs(claim("for W in [0, oo)^N, V in [0, oo)^m: S_1(W)*S_1(V) <= S_1(W)^2")) is None
