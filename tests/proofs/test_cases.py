"""Statements in cases: "or", signs, vectors that are 0, and what is given as equal."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

TRUE = [
    # "or", as a conclusion and as a premise
    "x <= 0 or x > 0",
    "x < y or x = y or x > y",
    "max(x, y) >= x or x > y",
    "not x > 0 or x^2 > 0",
    "x*y = 0 => x = 0 or y = 0",
    "x = 1 or x = -1 => x^2 = 1",
    "x = 1 or x = 2 => x > 0",
    "S_1(W) = 0 or S_1(W) > 0",
    "p < q => S_q(W) = 0 or ||W||_q <= ||W||_p",
    # what counts only where a value is not 0
    "sign(x)*x = |x|",
    "|sign(x)| <= 1",
    "x > 0 => sign(x) = 1",
    "x != 0 => sign(x)^2 = 1",
    "sign(-x) = -sign(x)",
    "sign(x*y) = sign(x)*sign(y)",
    "sum_{x in W} sign(x)*x = S_1(W)",
    "sum_{x in W} |sign(x)| <= N",
    # a norm is 0 at 0 alone
    "W = 0 => ||W||_1 = 0",
    "W = 0 => S_2(W) = 0",
    "S_1(W) = 0 => W = 0",
    "||W||_p = 0 <=> W = 0",
    "||W||_0 = 0 <=> W = 0",
    "W = 0 or W != 0",
    # a premise with <= is one with < or one with =
    "p <= q => ||W||_q <= ||W||_p",
    "p <= q, W != 0 => I(W) >= 0",
    "p >= 1 => S_p(W) <= S_1(W)^p",
    "p <= 1 => S_p(W) >= S_1(W)^p",
    # term by term, by what is known of a logarithm and of an exponential
    "x >= 0 => ln(1 + x) >= 0",
    "sum_{i=1..N} ln(1 + |w_i|) >= 0",
    "sum_{i=1..N} (1 - exp(-|w_i|)) <= S_1(W)",
    # squares and means
    "x^2 + y^2 + z^2 >= x*y + y*z + z*x",
    "(x + y + z)^2 <= 3*(x^2 + y^2 + z^2)",
    "x^2 + y^2 >= 2*x + 2*y - 2",
    "||[max(x, 0) : x in W]||_2 <= ||W||_2",
    "x > 0 => x + 1/x >= 2",
    "x > 0, y > 0 => x/y + y/x >= 2",
    "x > 0, y > 0 => sqrt(x*y) <= (x + y)/2",
    "x >= 0, y >= 0 => sqrt(x)*sqrt(y) <= (x + y)/2",
    "x > 0, y > 0 => x^(1/3)*y^(2/3) <= x/3 + 2*y/3",
]
FALSE = [
    "p <= q => ||W||_q < ||W||_p",
    "p <= 1 => S_p(W) <= S_1(W)^p",
    "ln(1 + x) >= 0",
    "x <= 0, x > -1 => ln(1 + x) >= 0",
    "x^2 + y^2 + z^2 >= 2*x*y + y*z + z*x",
    "(x + y + z)^2 <= 2*(x^2 + y^2 + z^2)",
    "x^2 + y^2 >= 2*x + 2*y - 1",
    "||[max(x, 0) : x in W]||_2 >= ||W||_2",
    "x < 0 or x > 0",
    "x = 0 or y = 0",
    "x = 1 or y = 1 => x = 1",
    "x*y >= 0 => x = 0 or y = 0",
    "sign(x) = 1",
    "sign(x)^2 = 1",
    "sign(x + y) = sign(x) + sign(y)",
    "sum_{x in W} sign(x) = N",
    "S_1(W) = 1 => W = 0",
    "sum_{x in W} x = 0 => W = 0",
    "x != 0 => x + 1/x >= 2",
    "x > 0, y > 0 => sqrt(x*y) >= (x + y)/2",
    "x > 0, y > 0 => x^(1/3)*y^(2/3) <= 2*x/3 + y/3",
    "x > 0, y > 0 => x^(1/2)*y^(2/3) <= x/3 + 2*y/3",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
