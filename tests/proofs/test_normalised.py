"""Statements about vectors that are normalised, as papers on entropies and shares make them."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

SHARES = "W >= 0, sum_{x in W} x = 1"
POSITIVE = "for W in [0, oo)^N: w_j > 0 for every j = 1..N"
TRUE = [
    f"{SHARES} => S_2(W) <= 1",
    "W >= 0, S_1(W) = 1 => 1/N <= S_2(W)",
    "W >= 0, S_1(W) = 1 => 1/S_2(W) <= ||W||_0",
    "W >= 0, S_1(W) = 1, q > 1 => S_q(W) <= 1",
    "W >= 0, S_1(W) = 1, q < 1 => S_q(W) >= 1",
    "W >= 0, S_1(W) = 1, q > 1 => S_q(W) >= N^(1-q)",
    "W >= 0, S_1(W) = 1 => S_2(W)^2 <= S_3(W)",
    # the entropies of Tsallis and of Rényi
    "W >= 0, S_1(W) = 1, q != 1 => (1 - S_q(W))/(q - 1) >= 0",
    "W >= 0, S_1(W) = 1, q != 1 => (1 - S_q(W))/(q - 1) <= (1 - N^(1-q))/(q - 1)",
    "W >= 0, S_1(W) = 1, q > 1 => ln(S_q(W))/(1 - q) <= ln(N)",
    "W >= 0, S_1(W) = 1, q > 1 => ln(S_q(W))/(1 - q) >= 0",
    # that of Shannon, over the entries that are not 0 and over positive ones
    "W >= 0, S_1(W) = 1 => -sum_{x in W, x != 0} x*ln(x) <= ln(N)",
    "W >= 0, S_1(W) = 1 => exp(-sum_{x in W, x != 0} x*ln(x)) <= N",
    "W >= 0, S_1(W) = 1 => exp(-sum_{x in W, x != 0} x*ln(x)) >= 1",
    f"{POSITIVE}, S_1(W) = 1 => -sum_{{x in W}} x*ln(x) <= ln(N)",
    f"{POSITIVE}, S_1(W) = 1 => -sum_{{x in W}} x*ln(x) >= 0",
    f"{POSITIVE}, S_1(W) = 1 => -sum_{{x in W}} x*ln(x) >= -ln(S_2(W))",
    f"{POSITIVE} => -sum_{{x in W}} ln(x) >= N - S_1(W)",
    # few entries that are not 0
    "for k in {1, 2, ...}: ||W||_0 <= k => ||W||_1 <= sqrt(k)*||W||_2",
    "||W||_0 <= k, k > 0, W != 0, p < q => I(W) >= 1 - (k/N)^(1/p - 1/q)",
    # by another norm
    "||W||_2 = 1 => ||W||_1 <= sqrt(N)",
    "||W||_2 = 1 => ||W||_1 >= 1",
    "||W||_2 = 1 => S_4(W) >= 1/N",
    "||W||_1 = 1 => W != 0",
    # normalised so that 1 is the greatest value
    "N >= 2, W != 0 => (1 - S_1(W)^2/(N*S_2(W)))/(1 - 1/N) <= 1",
    "N >= 2, W != 0 => (1 - S_1(W)^2/(N*S_2(W)))/(1 - 1/N) >= 0",
    "N >= 2 => 1 - 1/N > 0",
    # of a theorem with < the same with <=
    "W != 0 => I_{1,2}([W, 0*m]) >= I_{1,2}(W)",
    # squares once multiplied out, and counts entry by entry
    "sum_{i=1..N} (w_i - c)^2 >= sum_{i=1..N} (w_i - (sum_{j=1..N} w_j)/N)^2",
    "sum_{i=1..N} w_i^2/(1 + w_i^2) <= ||W||_0",
]
FALSE = [
    "W >= 0, S_1(W) = 1 => -sum_{x in W, x != 0} x*ln(x) >= ln(N)",
    "W >= 0, S_1(W) = 2 => -sum_{x in W, x != 0} x*ln(x) >= 0",
    "for k in {1, 2, ...}: ||W||_0 >= k => ||W||_1 <= sqrt(k)*||W||_2",
    "W != 0, p < q => I(W) >= 1 - (k/N)^(1/p - 1/q)",
    "W >= 0, S_1(W) = 1 => S_2(W) < 1",
    "W >= 0, S_1(W) = 1 => S_2(W) <= 1/N",
    "W >= 0, S_1(W) = 2 => S_2(W) <= 1",
    "W >= 0, S_1(W) = 1 => S_q(W) <= 1",
    "S_1(W) = 0 => W != 0",
    "||W||_2 = 1 => ||W||_1 <= 1",
    "sum_{x in W} x = 1 => S_2(W) <= 1",
    "W != 0 => (1 - S_1(W)^2/(N*S_2(W)))/(1 - 1/N) <= 1",
    "sum_{i=1..N} w_i^2/(1 + w_i^2) >= ||W||_0",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
