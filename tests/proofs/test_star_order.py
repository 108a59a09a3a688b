"""Sparser where the largest entries are: masks, thresholds, clipping, growing differences."""

from __future__ import annotations

import pytest
from proving import assert_proved

from symbolic_proofs import claim
from symbolic_proofs.proofs.automation.star_order import by_star_order

SOFT = "[(|x| - λ + |(|x| - λ)|)/2 : x in W]"
CLIPPED = "[(|x| + t - |(|x| - t)|)/2 : x in W]"
SMALL = "for A in R^m, B in R^n, t > 0: p < q, |a_i| <= t for every i = 1..m"
MASK = "for R in R^n, x real: p < q, R != 0, |x| <= |r_i| for every i = 1..n"
TRUE = [
    # masks: one entry, some, a block below a bound
    f"{MASK} => I([0, R]) >= I([x, R])",
    "for R in R^n, y real: y != 0, |r_k| >= |y| for every k = 1..n => "
    "||[0, R]||_1/||[0, R]||_2 < ||[y, R]||_1/||[y, R]||_2",
    "for A in R^m, x, y real: p < q, A != 0, |x| <= |a_i| for every i = 1..m, "
    "|y| <= |a_i| for every i = 1..m => I([0*2, A]) >= I([x, y, A])",
    f"{SMALL}, t <= |b_j| for every j = 1..n => I([0 × m, B]) >= I([A, B])",
    # entries of at most the threshold of the others, all at once
    "for R in R^n: p < q, R != 0, ε <= (S_q(R)/S_p(R))^(1/(q - p)) => "
    "I([R, 0 × m]) > I([R, ε × m])",
    "for R in R^n, u >= 0: R != 0, S_1(R)*(u + α) <= S_2(R) => "
    "||[u + α, R]||_1/||[u + α, R]||_2 >= ||[u, R]||_1/||[u, R]||_2",
    # the largest entry grows
    "for A in R^m, x real: p < q, A != 0, |x| >= |a_i| for every i = 1..m => "
    "I([2*x, A]) >= I([x, A])",
    # a function of each entry
    f"{SOFT} != 0 => ||{SOFT}||_1/||{SOFT}||_2 <= ||W||_1/||W||_2",
    f"for t > 0: p < q, W != 0 => I({CLIPPED}) <= I(W)",
    "p < q, W != 0 => I([x^2 : x in W]) >= I(W)",
    "p < q, W != 0 => I([|x|^(1/2) : x in W]) <= I(W)",
    "p < q, W != 0 => I([|x| + α : x in W]) <= I(W)",
    "p < q, W != 0 => I([x^2 : x in W]) >= I([|x| : x in W])",
    # numbers
    "p < q => I([5, 5, 0, 0]) < I([10, 0, 0, 0])",
    "p < q => I([1, 2, 3]) <= I([1, 2, 4])",
]
#: the same but for a premise, a direction or the strictness
FALSE = [
    "for R in R^n, x real: p < q, R != 0 => I([0, R]) >= I([x, R])",
    f"{MASK} => I([0, R]) > I([x, R])",
    f"{SMALL}, t/2 <= |b_j| for every j = 1..n => I([0 × m, B]) >= I([A, B])",
    "for R in R^n: p < q, R != 0, ε <= 2*(S_q(R)/S_p(R))^(1/(q - p)) => "
    "I([R, 0 × m]) > I([R, ε × m])",
    f"{SOFT} != 0 => ||{SOFT}||_1/||{SOFT}||_2 >= ||W||_1/||W||_2",
    f"{SOFT} != 0 => ||{SOFT}||_1/||{SOFT}||_2 < ||W||_1/||W||_2",
    "p < q, W != 0 => I([|x| + α : x in W]) < I(W)",
    "p < q, W != 0 => I([|x|^(1/2) : x in W]) >= I(W)",
    "p < q => I([1, 2, 4]) <= I([1, 2, 3])",
]


@pytest.mark.parametrize("text", TRUE)
def test_where_the_larger_entries_have_the_larger_shares_a_vector_is_sparser(text: str) -> None:
    assert_proved(claim(text))


@pytest.mark.parametrize("text", FALSE)
def test_no_other_comparison_is_proved(text: str) -> None:
    assert by_star_order(claim(text)) is None
