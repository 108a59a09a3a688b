"""Vectors made entry by entry: squares of sums, vectors that are not 0, and what is counted."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

PAIR = "for V, W in R^N: "
TRUE = [
    # squares multiplied out
    PAIR + "S_2(V + W) = S_2(V) + 2*sum_{i=1..N} v_i*w_i + S_2(W)",
    PAIR + "||V + W||_2^2 + ||V - W||_2^2 = 2*||V||_2^2 + 2*||W||_2^2",
    PAIR + "sum_{i=1..N} v_i*w_i = (S_2(V + W) - S_2(V - W))/4",
    PAIR + "||2*V - μ*W||_2^2 = 4*S_2(V) - 4*μ*sum_{i=1..N} v_i*w_i + μ^2*S_2(W)",
    PAIR + "sum_{i=1..N} v_i*w_i = 0 => ||V + W||_2^2 = ||V||_2^2 + ||W||_2^2",
    "for U, V, W in R^M: S_2(U + V + W) + S_2(U) + S_2(V) + S_2(W) = "
    "S_2(U + V) + S_2(V + W) + S_2(U + W)",
    "S_2([x - α : x in W]) = S_2(W) - 2*α*sum_{i=1..N} w_i + α^2*N",
    # what is made of a vector other than 0
    "p < q, W != 0 => 1 - I([x^2 : x in W]) = (1 - I_{2p,2q}(W))^2",
    "W != 0 => I_{1,2}([x^2 : x in W]) >= 0",
    "p < q, W != 0 => I([|x|^(1/2) : x in W]) <= 1 - N^(1/q - 1/p)",
    # what is counted, or summed, where a condition holds
    "#{x in W : |x| > λ} <= S_p(W)/λ^p",
    "λ*#{x in W : |x| >= λ} <= ||W||_1",
    "#{x in W : |x| > λ} <= ||W||_0",
    "λ < μ => #{x in W : |x| > μ} <= #{x in W : |x| > λ}",
    "sum_{x in W, |x| <= λ} x^2 <= N*λ^2",
    "sum_{x in W, |x| > λ} |x| <= S_2(W)/λ",
]
FALSE = [
    PAIR + "S_2(V - W) = S_2(V) + 2*sum_{i=1..N} v_i*w_i + S_2(W)",
    PAIR + "||V + W||_2^2 = ||V||_2^2 + ||W||_2^2",
    PAIR + "S_3(V + W) + S_3(V - W) = 2*S_3(V) + 6*sum_{i=1..N} v_i*w_i^2",
    "p < q, W != 0 => I([x - 1 : x in W]) >= 0",
    "p < q, W != 0 => 1 - I([x^2 : x in W]) = (1 - I(W))^2",
    "λ < μ => #{x in W : |x| > λ} <= #{x in W : |x| > μ}",
    "sum_{x in W, |x| > λ} |x| >= S_2(W)/λ",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
