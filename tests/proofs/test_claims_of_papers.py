"""Statements that papers on sparsity make, by what proves them, and near misses that are false."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

PREMISES = [
    # "and" for every entry, and the signs that it gives
    "for a, b > 0: a <= w_i <= b for every i = 1..N => S_2(W) + a*b*N <= (a + b)*S_1(W)",
    "for a, b > 0: a <= w_i <= b for every i = 1..N "
    "=> S_1(W)*(sum_{x in W} 1/x) <= N^2*(a + b)^2/(4*a*b)",
    "W != 0, p < q, (w_i = 0 or w_i = 1) for every i = 1..N => I(W) = 1 - (||W||_0/N)^(1/p - 1/q)",
    # a letter solved for
    "x >= 0, y >= 0, 1/p + 1/q = 1 => x*y <= x^p/p + y^q/q",
    "x >= 0, y >= 0, p > 1, p + q = p*q => x*y <= x^p/p + y^q/q",
    # norms and powers
    "for V, X in R^N: ||V||_1 <= ||X||_1/10 => ||V||_2 <= sqrt(N)/10*||X||_2",
    "for V, X in R^N: ||V||_p <= epsilon*||X||_p => S_p(V) <= epsilon^p*S_p(X)",
    "for V, X in R^N: ||V||_2 <= epsilon*||X||_2 => ||V + X||_2 <= (1 + epsilon)*||X||_2",
    "x > 0, y > 0, x^2 <= 2*y^2 => x <= sqrt(2)*y",
    # no entry is above the greatest
    "||W||_oo <= 1 => ||W||_1 <= ||W||_0",
    "||W||_oo <= 1, p < q => S_q(W) <= S_p(W)",
    "||W||_oo <= c, c > 0 => ||W||_1/c <= ||W||_0",
    "for V, W in R^N: ||V - W||_oo <= delta => ||V||_1 <= ||W||_1 + N*delta",
    "for V, W in R^N: |v_i - w_i| <= delta for every i = 1..N => ||V - W||_2 <= sqrt(N)*delta",
    # few entries are not 0
    "||W||_0 <= k => ||W||_2 <= sqrt(k)*||W||_oo",
    "||W||_0 <= 1 => ||W||_1 = ||W||_2",
]
HOELDER = [
    "for V, W in R^N: 1/p + 1/q = 1/r => ||[v_i*w_i : i = 1..N]||_r <= ||V||_p*||W||_q",
    "for V, W in R^N: ||[v_i*w_i : i = 1..N]||_(1/2) <= ||V||_1*||W||_1",
    "for V, W in [0, oo)^N: (sum_{i=1..N} v_i*w_i)^2 <= S_1(V)*sum_{i=1..N} v_i*w_i^2",
    "0 < s < 1, 1/r = s/p + (1 - s)/q => ||W||_r <= ||W||_p^s*||W||_q^(1 - s)",
    "for V, W in R^N: |sum_{i=1..N} v_i*w_i| <= ||V||_1*||W||_oo",
    # a sum that is 1, and entries of few values
    "for A, W in [0, oo)^N: S_1(A) = 1, p < q "
    "=> (sum_{i=1..N} a_i*w_i^p)^(1/p) <= (sum_{i=1..N} a_i*w_i^q)^(1/q)",
    "for V, W in [0, oo)^N: S_1(V) = 1, S_1(W) = 1, w_i > 0 for every i = 1..N "
    "=> sum_{i=1..N} v_i^2/w_i >= 1",
    "for V, W in R^N: (w_i = 0 or w_i = 1) for every i = 1..N "
    "=> (sum_{i=1..N} v_i*w_i)^2 <= S_1(W)*S_2(V)",
]
ENTRIES = [
    "for A in R^k, B in R^m, t >= 0: |a_i| >= t for every i = 1..k, |b_i| <= t for every i = 1..m "
    "=> ||B||_2^2 <= ||A||_1*||B||_1/k",
    "for A in R^k, B in R^m, t >= 0: |a_i| >= t for every i = 1..k, |b_i| <= t for every i = 1..m "
    "=> ||B||_oo <= ||A||_1/k",
    "for A in R^k, B in R^m, t >= 0: |a_i| >= t for every i = 1..k, |b_i| <= t for every i = 1..m "
    "=> ||B||_2 <= ||[A, B]||_1/(2*sqrt(k))",
    "for V, W in R^N: (||V||_1 - ||V||_2) - (||W||_1 - ||W||_2) <= ||V - W||_1 + ||V - W||_2",
    "for V, W in R^N: p <= 1 => S_p(V) - S_p(W) <= S_p(V - W)",
    "for V, W in R^N: abs(||W||_1 - ||V||_1) <= sqrt(N)*(sum_{i=1..N} (w_i - v_i)^2)^(1/2)",
    "for V, W in R^N: ||V - W||_2 <= epsilon => abs(||V||_1 - ||W||_1) <= sqrt(N)*epsilon",
    "for V, W in R^N: abs(||V||_oo - ||W||_oo) <= ||V - W||_oo",
    "W != 0 => ||W/||W||_2||_2 = 1",
    "W >= 0, W != 0 => gini(W) = 1 - 2*sum_{i=1..N} w_(i)/||W||_1*(N - i + 1/2)/N",
    "for V, W in R^N: p >= 1 => S_p(V - W) <= 2^(p - 1)*(S_p(V) + S_p(W))",
    "for V, W in R^N: ||V + W||_2^2 <= 2*||V||_2^2 + 2*||W||_2^2",
    "for t >= 0: ||[|x| - max(|x| - t, 0) : x in W]||_oo <= t",
    "for t >= 0: ||[max(|x| - t, 0) : x in W]||_0 <= ||W||_0",
    "for t >= 0: abs(|w_i| - max(|w_i| - t, 0)) <= t for every i = 1..N",
    "for c > 0: sum_{x in W} min(x^2/(2*c), |x|) <= ||W||_1",
]
MEANS = [
    "for W in [0, oo)^N: w_i > 0 for every i = 1..N => S_1(W)*sum_{x in W} 1/x >= N^2",
    "for W in [0, oo)^N: w_i > 0 for every i = 1..N => N/(sum_{x in W} 1/x) <= S_1(W)/N",
    "W >= 0, S_1(W) = 1, 1 < p < q => (1 - S_q(W))/(q - 1) <= (1 - S_p(W))/(p - 1)",
    "W >= 0, W != 0 => gini(W) <= 1 - 1/N",
    "for V, W in R^N: p < 1 => ||V + W||_p <= 2^(1/p - 1)*(||V||_p + ||W||_p)",
    "W >= 0, S_1(W) = 1 => -ln(max_{x in W} x) <= ln(N)",
    "x >= 0, y >= 0 => ln(1 + x + y) <= ln(1 + x) + ln(1 + y)",
]
LOGARITHMS = [
    "for W in [0, oo)^N: w_i > 0 for every i = 1..N "
    "=> N/(sum_{x in W} 1/x) <= exp(sum_{x in W} ln(x)/N)",
    "for epsilon > 0: sum_{x in W} ln(x^2 + epsilon) <= N*ln(||W||_2^2/N + epsilon)",
    "W != 0 => -sum_{x in W, x != 0} x^2/S_2(W)*ln(x^2/S_2(W)) <= ln(N)",
    "W != 0 => exp(-sum_{x in W, x != 0} |x|/||W||_1*ln(|x|/||W||_1)) <= N",
    "W >= 0, S_1(W) = 1 => -sum_{x in W, x != 0} x*ln(x) >= 1 - S_2(W)",
    "for V, W in [0, oo)^N: S_1(V) = 1, S_1(W) = 1, v_i > 0 for every i = 1..N, "
    "w_i > 0 for every i = 1..N "
    "=> sum_{i=1..N} v_i*ln(v_i/w_i) <= sum_{i=1..N} v_i^2/w_i - 1",
]
TANH = [
    "x >= 0 => tanh(x) <= x",
    "x >= 0, y >= 0 => tanh(x + y) <= tanh(x) + tanh(y)",
    "W >= 0 => sum_{x in W} tanh(x) <= ||W||_1",
]
FALSE = [
    "W != 0 => -sum_{x in W, x != 0} x^2/S_2(W)*ln(x^2/S_2(W)) <= ln(N)/2",
    "W >= 0, S_1(W) = 1 => -sum_{x in W, x != 0} x*ln(x) >= 2*(1 - S_2(W))",
    "for W in [0, oo)^N: w_i > 0 for every i = 1..N "
    "=> N/(sum_{x in W} 1/x) < exp(sum_{x in W} ln(x)/N)",
    "for V, W in R^N: abs(||W||_1 - ||V||_1) <= (sum_{i=1..N} (w_i - v_i)^2)^(1/2)",
    "for V, W in R^N: ||V||_oo + ||W||_oo <= ||V - W||_oo",
    "||W||_oo <= 2 => ||W||_1 <= ||W||_0",
    "for V, W in R^N: ||V - W||_oo <= delta => ||V||_1 < ||W||_1 + N*delta",
    "for A, W in [0, oo)^N: S_1(A) = 2 => (sum_{i=1..N} a_i*w_i)^2 <= sum_{i=1..N} a_i*w_i^2",
    "for V, W in R^N: (w_i = 0 or w_i = 2) for every i = 1..N "
    "=> (sum_{i=1..N} v_i*w_i)^2 <= S_1(W)*S_2(V)",
    "for V, W in R^N: (||V||_1 - ||V||_2) - (||W||_1 - ||W||_2) <= ||V - W||_1 - ||V - W||_2",
    "tanh(x) <= x",
    "x >= 0, y >= 0, 1/p + 1/q = 1 => x*y < x^p/p + y^q/q",
    "W >= 0, S_1(W) = 1 => S_2(W) > 1/N",
    "(w_i = 0 or w_i = 2) for every i = 1..N => S_p(W) = ||W||_0",
    "W >= 0, W != 0 => gini(W) <= 1 - 2/N",
    "||W||_0 <= 2 => ||W||_1 = ||W||_2",
    "for V, W in R^N: ||[v_i*w_i : i = 1..N]||_(1/2) <= ||V||_1*||W||_1/2",
    "for t >= 0: ||[|x| - max(|x| - t, 0) : x in W]||_oo < t",
    "for V, X in R^N: ||V||_1 <= ||X||_1/10 => ||V||_2 <= ||X||_2/10",
]


@pytest.mark.parametrize("line", [*PREMISES, *HOELDER, *ENTRIES, *MEANS, *LOGARITHMS, *TANH])
def test_what_papers_say_is_proved(line: str) -> None:
    assert_proved(claim(line))


@pytest.mark.parametrize("line", FALSE)
def test_no_near_miss_is_proved(line: str) -> None:
    assert prove(claim(line)) is None
