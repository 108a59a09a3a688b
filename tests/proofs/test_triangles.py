"""The triangle inequality: several vectors, factors, differences, and what looks like it."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

TRUE = [
    "for U, V in R^N: ||U + V||_2 <= ||U||_2 + ||V||_2",
    "for U, V, W in R^N: r >= 1 => ||U + V + W||_r <= ||U||_r + ||V||_r + ||W||_r",
    "for U, V, W in R^M: ||U||_3 + 2*||V||_3 + μ*||W||_3 >= ||U - 2*V + μ*W||_3",
    "for U, V, W in R^N: ||U - W||_2 <= ||U - V||_2 + ||V - W||_2",
    "for V, W in R^N: ||V||_2 - ||W||_2 <= ||V - W||_2",
    "for V, W in R^N: |(||V||_1 - ||W||_1)| <= ||V + W||_1",
    "for V, W in R^N: μ < 1, r >= 1 => ||μ*V + (1 - μ)*W||_r <= μ*||V||_r + (1 - μ)*||W||_r",
    "for V, W in R^N: μ <= 1 => ||μ*V + (1 - μ)*W||_2 <= μ*||V||_2 + (1 - μ)*||W||_2",
    "for V, W in R^N: μ < 1, V >= 0, W >= 0 => "
    "(sum_{i=1..N} (μ*v_i + (1 - μ)*w_i)^2)^(1/2) <= μ*||V||_2 + (1 - μ)*||W||_2",
]
FALSE = [
    "for V, W in R^N: ||V + W||_2 < ||V||_2 + ||W||_2",
    "for V, W in R^N: ||V + W||_(1/2) <= ||V||_(1/2) + ||W||_(1/2)",
    "for U, V, W in R^N: ||U - W||_2 <= ||U + V||_2 + ||V - W||_2",
    "for V, W in R^N: ||V + 2*W||_2 <= ||V||_2 + ||W||_2",
    "for V, W in R^N: μ*||V||_2 + (1 - μ)*||W||_2 >= ||μ*V + (1 - μ)*W||_2",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_norm_of_a_sum_is_at_most_the_sum_of_the_norms(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
