"""Bounds on the greatest and the least entry: with factors, of sums and blocks, equations."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim, prove

PAIR, BLOCKS = "for V, W in R^N: ", "for A in R^m, B in R^n: "
TRUE = [
    "||2*W||_oo = 2*||W||_oo",
    "min_{x in -W} x = -max_{x in W} x",
    "max_{x in W + 1} x = 1 + max_{x in W} x",
    "min_{x in W} x <= max_{x in W} x",
    "3*max_{x in W} x >= 3*sum_{i=1..N} w_i/N",
    PAIR + "||V + W||_oo <= ||V||_oo + ||W||_oo",
    PAIR + "min_{x in V + W} x >= min_{x in V} x + min_{x in W} x",
    BLOCKS + "max_{x in A} x <= max_{x in [A, B]} x",
    BLOCKS + "||[A, B]||_oo <= ||A||_oo + ||B||_oo",
    "for A in R^m: ||[A, 0]||_oo = ||A||_oo",
    # entries at random places, and extremes of one kind alone
    "||W||_oo <= ||W||_2 <= sqrt(N)*||W||_oo",
]
FALSE = [
    "max_{x in -W} x = -max_{x in W} x",
    "||W||_oo < ||W||_1",
    PAIR + "||V + W||_oo >= ||V||_oo + ||W||_oo",
    PAIR + "max_{x in V + W} x >= max_{x in V} x + max_{x in W} x",
    BLOCKS + "max_{x in A} x >= max_{x in [A, B]} x",
    "for A in R^m: max_{x in [A, 0]} x = max_{x in A} x",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None
