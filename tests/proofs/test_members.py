"""Sums over a family of vectors: member by member, and by the members' norms."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

FAMILY = "for W_t in R^n: "
TRUE = [
    # what holds for each member
    "||[W_1, ..., W_T]||_1 <= sqrt(n)*sum_{t=1..T} ||W_t||_2",
    "p < q => sum_{t=1..T} ||W_t||_p <= n^(1/p - 1/q)*sum_{t=1..T} ||W_t||_q",
    "sum_{t=1..T} ||W_t||_oo <= sum_{t=1..T} ||W_t||_2",
    "||[W_1, ..., W_T]||_2^2 <= sum_{t=1..T} ||W_t||_1*||W_t||_oo",
    "W_t != 0 for every t = 1..T => T <= sum_{t=1..T} ||W_t||_1/||W_t||_2",
    # what holds of numbers, at the norms
    "||[W_1, ..., W_T]||_2 <= sum_{t=1..T} ||W_t||_2",
    "sum_{t=1..T} ||W_t||_1^2 <= ||[W_1, ..., W_T]||_1^2",
    "sum_{t=1..T} ||W_t||_2^4 <= (sum_{t=1..T} ||W_t||_2^2)^2",
]
FALSE = [
    "||[W_1, ..., W_T]||_1 <= sqrt(T)*sum_{t=1..T} ||W_t||_2",
    "sum_{t=1..T} ||W_t||_2 <= sum_{t=1..T} ||W_t||_oo",
    "||[W_1, ..., W_T]||_2 >= sum_{t=1..T} ||W_t||_2",
    "T <= sum_{t=1..T} ||W_t||_1/||W_t||_2",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(FAMILY + text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(FAMILY + text)) is None
