"""Convex functions: of entries and their mean, of two numbers; logarithms of sums; rewriting."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

PAIR = "for V, W in R^N: "
TRUE = [
    # below or above the tangent at the mean: of the entries, their magnitudes, their squares
    "exp(sum_{x in W} x/N) <= sum_{x in W} exp(x)/N",
    "sum_{x in W} exp(-x) >= N*exp(-sum_{x in W} x/N)",
    "sum_{x in W} exp(-|x|) >= N*exp(-||W||_1/N)",
    "sum_{x in W} x^2/(x^2 + ε) <= N*S_2(W)/(S_2(W) + N*ε)",
    "sum_{x in W} (1 - exp(-x^2/σ)) <= N*(1 - exp(-S_2(W)/(N*σ)))",
    "w_i > 0 for every i = 1..N => sum_{i=1..N} 1/(1 + w_i) >= N^2/(N + sum_{i=1..N} w_i)",
    # the logarithm of a sum
    "max_{x in W} x <= ln(sum_{x in W} exp(x))",
    "ln(sum_{x in W} exp(x)) <= max_{x in W} x + ln(N)",
    "ln(sum_{x in W} exp(x)) >= sum_{x in W} x/N + ln(N)",
    # what is taken away on one side is added on the other
    "for A in R^k, B in R^m: p >= 1 => ||[A, B]||_p - ||A||_p <= ||B||_p",
    PAIR + "r >= 1 => ||V||_r - ||V - W||_r <= ||W||_r",
    # weighted means of two numbers, or of two vectors
    "for u, v >= 0: p >= 1 => 2*((u + v)/2)^p <= u^p + v^p",
    "for u, v >= 0: p <= 1 => u^p + v^p <= 2^(1 - p)*(u + v)^p",
    "for x, y real: λ < 1 => exp(λ*x + (1 - λ)*y) <= λ*exp(x) + (1 - λ)*exp(y)",
    "for u, v > 0: λ < 1 => ln(λ*u + (1 - λ)*v) >= λ*ln(u) + (1 - λ)*ln(v)",
    PAIR + "λ < 1, p >= 1 => S_p(λ*V + (1 - λ)*W) <= λ*S_p(V) + (1 - λ)*S_p(W)",
    # bounds put for two letters, and a number that another is given to be above
    PAIR + "||V||_0 <= k, ||W||_0 <= m => ||V + W||_0 <= k + m",
    "W != 0, ||W||_0 <= k, k < N => hoyer(W) >= (sqrt(N) - sqrt(k))/(sqrt(N) - 1)",
    # an equation with what is given about sums
    "for P, Q in [0, oo)^N: S_1(P) = 1, S_1(Q) = 1 => "
    "sum_{i=1..N} |p_i - q_i| = 2 - 2*sum_{i=1..N} min(p_i, q_i)",
    PAIR + "||V||_2 = 1, ||W||_2 = 1 => ||V - W||_2^2 = 2 - 2*sum_{i=1..N} v_i*w_i",
    # two sums that are given, for a number
    "for P, Q in [0, oo)^N: S_1(P) = 1, S_1(Q) = 1 => sum_{i=1..N} |p_i - q_i| <= 2",
    "for P, Q in [0, oo)^N: S_1(P) = 1, S_1(Q) = 1 => sum_{i=1..N} sqrt(p_i*q_i) <= 1",
]
FALSE = [
    "exp(sum_{x in W} x) <= sum_{x in W} exp(x)/N",
    "sum_{x in W} exp(-|x|) <= N*exp(-||W||_1/N)",
    "sum_{x in W} x^2/(x^2 + ε) >= N*S_2(W)/(S_2(W) + N*ε)",
    "ln(sum_{x in W} exp(x)) <= max_{x in W} x",
    "ln(sum_{x in W} exp(x)) >= sum_{x in W} x + ln(N)",
    PAIR + "||V||_2 - ||W||_2 < ||V - W||_2",
    "for u, v >= 0: 2*((u + v)/2)^p <= u^p + v^p",
    "for u, v >= 0: p <= 1 => u^p + v^p <= 2^(p - 1)*(u + v)^p",
    "for x, y real: λ < 1 => exp(λ*x + (1 - λ)*y) >= λ*exp(x) + (1 - λ)*exp(y)",
    PAIR + "λ < 1 => S_p(λ*V + (1 - λ)*W) <= λ*S_p(V) + (1 - λ)*S_p(W)",
    PAIR + "||V||_0 <= k, ||W||_0 <= m => ||V + W||_0 < k + m",
    "for P, Q in [0, oo)^N: S_1(P) = 1, S_1(Q) = 1 => "
    "sum_{i=1..N} |p_i - q_i| = 2 - sum_{i=1..N} min(p_i, q_i)",
    "for P, Q in [0, oo)^N: S_1(P) = 1, S_1(Q) = 1 => sum_{i=1..N} |p_i - q_i| <= 1",
    "for P, Q in [0, oo)^N: S_1(P) = 1 => sum_{i=1..N} sqrt(p_i*q_i) <= 1",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
