"""Comparisons of numbers that are sums of products of what is known, one by one and in sums."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

NUMBERS = [
    "c > 0 => |x|/(x^2 + c^2) <= 1/(2*c)",
    "c > 0 => sqrt(x^2 + c^2) >= x",
    "c > 0 => sqrt(x^2 + c^2) <= |x| + c",
    "c > 0 => |x|/sqrt(x^2 + c) < 1",
    "c > 0 => 1 - exp(-|x|/c) >= 0",
    "c > 0 => 1 - exp(-|x|/c) <= |x|/c",
    "tanh(x) < 1",
    "x > 0 => tanh(x) > 0",
    "x > y => tanh(x) > tanh(y)",
    "x > y => exp(x) > exp(y)",
    "x > y, y > 0 => ln(x) > ln(y)",
    "x > 0, x != 1 => ln(x) < x - 1",
    "x >= 0 => ln(1 + x) >= x/(1 + x)",
    # where nothing may be divided by what may be 0
    "x >= 0, y >= 0 => sqrt(x + y) <= sqrt(x) + sqrt(y)",
    "sqrt(x^2 + y^2) <= |x| + |y|",
    "|x| + |y| <= sqrt(2)*sqrt(x^2 + y^2)",
    "max(|x|, |y|) <= sqrt(x^2 + y^2)",
    # means
    "x > 0, y > 0 => 2*x*y/(x + y) <= sqrt(x*y)",
    "x > 0, y > 0, x != y => sqrt(x*y) < (x + y)/2",
    "x > 0, y > 0, z > 0 => x + y + z >= 3*(x*y*z)^(1/3)",
    "x >= 0, x <= 1, p >= 1 => x^p <= x",
    "0 <= x, x <= 1, 0 < p, p <= 1 => x^p >= x",
    "x^2 = 1 => x = 1 or x = -1",
]
SUMS = [
    "c != 0 => sum_{i=1..N} w_i^2/(w_i^2 + c^2) >= 0",
    "c > 0 => sum_{i=1..N} ln(1 + |w_i|/c) <= ||W||_1/c",
    "c > 0 => sum_{i=1..N} (1 - exp(-w_i^2/(2*c^2))) <= ||W||_0",
    "c > 0 => sum_{i=1..N} tanh(|w_i|/c) <= ||W||_0",
    "c > 0 => sum_{i=1..N} |w_i|/sqrt(w_i^2 + c) <= ||W||_0",
    "c > 0 => sum_{i=1..N} sqrt(w_i^2 + c^2) <= ||W||_1 + N*c",
    "c > 0 => sum_{i=1..N} max(|w_i| - c, 0) >= ||W||_1 - c*N",
    "c > 0 => c*sum_{i=1..N} min(|w_i|, c) >= sum_{i=1..N} min(w_i^2, c^2)",
    "sum_{i=1..N} (|w_i| + 1/4) >= sum_{i=1..N} sqrt(|w_i|)",
    "sum_{i=1..N} |w_i|/(1 + |w_i|) <= sum_{i=1..N} ln(1 + |w_i|)",
    "W >= 0, S_1(W) = 1 => sum_{i=1..N} w_i*(1 - w_i) <= 1 - 1/N",
    "W >= 0, (for every i = 1..N: w_i <= 1), 0 < p <= 1 => S_p(W) >= S_1(W)",
    "||c*W||_0 <= ||W||_0",
    "for V in R^N, W in R^N: ||V + W||_0 <= ||V||_0 + ||W||_0",
    "W > 0 => sum_{i=1..N} ln(w_i) <= N*ln(sum_{i=1..N} w_i/N)",
    "W > 0 => exp(sum_{i=1..N} ln(w_i)/N) <= sum_{i=1..N} w_i/N",
]
BINARY = "W >= 0, (for every i = 1..N: w_i = 0 or w_i = 1)"
SHARED = "W >= 0, (for every i = 1..N: w_i <= 1)"
TOGETHER = [
    # spikes
    f"{BINARY} => S_1(W) = ||W||_0",
    f"{BINARY} => S_q(W) = S_1(W)",
    f"{BINARY}, W != 0 => I_{{1,2}}(W) = 1 - sqrt(||W||_0/N)",
    f"{BINARY}, W != 0, p < q => I(W) = 1 - (S_1(W)/N)^(1/p - 1/q)",
    f"{BINARY} => S_2(W)/N - (S_1(W)/N)^2 = (S_1(W)/N)*(1 - S_1(W)/N)",
    "(for every i = 1..N: w_i = 1 or w_i = -1) => ||W||_1 = N",
    "(for every i = 1..N: w_i = 0 or |w_i| = c), c > 0 => ||W||_1 = c*||W||_0",
    f"{SHARED} => S_2(W)/N - (S_1(W)/N)^2 <= (S_1(W)/N)*(1 - S_1(W)/N)",
    f"{SHARED} => S_2(W)/N - (S_1(W)/N)^2 <= 1/4",
    f"{SHARED}, W != 0 => S_1(W)^2/S_2(W) >= S_1(W)",
    f"{SHARED} => S_1(W)^2 <= N*S_1(W)",
    "W != 0, I_{1,2}(W) = 0 => ||W||_1 = sqrt(N)*||W||_2",
    "0 < x, x < 1 => -x*ln(x) - (1 - x)*ln(1 - x) <= ln(2)",
    "x > 0, y > 0, z > 0 => (x + y + z)*(1/x + 1/y + 1/z) >= 9",
]
MEANS = [
    "c > 0 => sum_{i=1..N} |w_i|/(|w_i| + c) <= (N*||W||_1)/(||W||_1 + N*c)",
    "c > 0 => sum_{i=1..N} ln(1 + |w_i|/c) <= N*ln(1 + ||W||_1/(N*c))",
    "c > 0 => sum_{i=1..N} (1 - exp(-|w_i|/c)) <= N*(1 - exp(-||W||_1/(N*c)))",
    "W >= 0 => sum_{i=1..N} exp(w_i) >= N*exp(S_1(W)/N)",
    "W >= 0, c > 0 => sum_{i=1..N} sqrt(w_i + c) <= N*sqrt(S_1(W)/N + c)",
    # the gradient of l1/l2
    "for R >= 0, u >= 0, a > 0: R != 0, S_1(R)*(u + a) <= S_2(R) => "
    "||[u + a, R]||_1/||[u + a, R]||_2 > ||[u, R]||_1/||[u, R]||_2",
]
FALSE = [
    "W >= 0 => sum_{i=1..N} exp(w_i) <= N*exp(S_1(W)/N)",
    "c > 0 => sum_{i=1..N} ln(1 + |w_i|/c) <= N*ln(1 + ||W||_1/c)/2",
    f"{BINARY} => S_1(W) = N",
    f"{BINARY}, W != 0 => I_{{1,2}}(W) = 1 - ||W||_0/N",
    f"{SHARED} => S_2(W)/N - (S_1(W)/N)^2 <= 1/5",
    "(for every i = 1..N: w_i = 1 or w_i = 2) => ||W||_1 = N",
    "c > 0 => |x|/(x^2 + c^2) <= 1/(3*c)",
    "sqrt(x^2 + c^2) <= |x| + c",
    "c > 0 => 1 - exp(-|x|/c) > 0",
    "tanh(x) > 0",
    "x > y => ln(x) > ln(y)",
    "x > 0 => ln(x) < x - 1",
    "x >= 0, y >= 0 => sqrt(x + y) < sqrt(x) + sqrt(y)",
    "x > 0, y > 0, z > 0 => x + y + z >= 4*(x*y*z)^(1/3)",
    "x >= 0, p >= 1 => x^p <= x",
    "x^2 = 1 => x = 1",
    "c > 0 => sum_{i=1..N} tanh(|w_i|/c) >= ||W||_0",
    "for V in R^N, W in R^N: ||V + W||_0 <= ||V||_0",
    "sum_{i=1..N} (|w_i| + 1/5) >= sum_{i=1..N} sqrt(|w_i|)",
    "W >= 0, S_1(W) = 1 => sum_{i=1..N} w_i*(1 - w_i) <= 1 - 2/N",
]


@pytest.mark.parametrize("text", NUMBERS + SUMS + TOGETHER + MEANS)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
