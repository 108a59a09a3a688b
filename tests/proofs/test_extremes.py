"""The greatest and the least of some numbers: bounds, identities, and vectors made of them."""

from __future__ import annotations

import pytest
from proving import assert_proved

from numeric_check import recheck
from symbolic_proofs import claim, prove
from symbolic_proofs.language.terms import Greatest, Least
from symbolic_proofs.proofs.automation.extremes import _meaning

SOFT, CLIPPED = "[max(|x| - λ, 0) : x in W]", "[min(|x|, τ) : x in W]"
BLOCKS = "for A in R^m, B in R^n: "
TRUE = [
    "max(x, y) >= x",
    "max(x, y) = (x + y + |x - y|)/2",
    "min(x, y) + max(x, y) = x + y",
    "max(x, 0) + max(-x, 0) = |x|",
    "x >= 0 => max(x, 0) = x",
    "max(x, y, z) >= y",
    "max(x, y) <= max(x, y, z)",
    "|max(x, 0) - max(y, 0)| <= |x - y|",
    "for x, y >= 0: x + y <= 2*max(x, y)",
    "max(x, y) <= 1 => min(x, y) <= 1",
    # of what stands in a sum, and of norms
    "sum_{i=1..N} max(w_i, 0) + sum_{i=1..N} max(-w_i, 0) = S_1(W)",
    "||[max(x, 0) : x in W]||_1 <= ||W||_1",
    "max(||W||_2, ||W||_3) <= ||W||_1",
    BLOCKS + "||[A, B]||_2 >= max(||A||_2, ||B||_2)",
    BLOCKS + "p < q, A != 0, B != 0 => I([A, B]) >= min(I(A), I(B))",
    # a factor that is the same for all
    "c > 0 => max_{x in W} c*x = c*max_{x in W} x",
    "c > 0 => min_{x in W} c*x = c*min_{x in W} x",
    "c != 0 => ||c*W||_oo = |c|*||W||_oo",
    "W >= 0, W != 0 => max_{x in W} x/S_1(W) >= 1/N",
    "W != 0 => max_{x in W} |x|/||W||_2 <= 1",
    # thresholds and clipping as they are written
    f"p < q, {SOFT} != 0 => I({SOFT}) >= I(W)",
    f"p < q, W != 0 => I({CLIPPED}) <= I(W)",
]
FALSE = [
    "max_{x in W} c*x = c*max_{x in W} x",
    "c > 0 => max_{x in W} c*x <= max_{x in W} x",
    "max(x, y) < x + 1",
    "max(x, y) <= (x + y)/2",
    "max(x, 0) = x",
    "min(x, y) >= x",
    "x > 0 => max(x, y, z) = x",
    "||[max(x, 0) : x in W]||_1 >= ||W||_1",
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_proved(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_looks_like_it_is_not_proved(text: str) -> None:
    assert prove(claim(text)) is None


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("kind", [Greatest, Least])
def test_with_bars_it_is_the_same_for_all_numbers(kind: type, number: int) -> None:
    lemma = _meaning(kind, number)
    assert not lemma.hypotheses
    assert recheck(lemma.hypotheses, lemma.conclusion, trials=100).violation is None
