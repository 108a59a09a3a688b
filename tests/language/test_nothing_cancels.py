"""A base, a divisor, a root or a logarithm that an author wrote is a condition, and is kept."""

from __future__ import annotations

import pytest
import sympy as sp

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.batch.program import NotSearchableError
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import MissingPremise, Open, Proved, Verdict
from symbolic_proofs.claims.notation import I, N, W, p, u, x, y
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.language import (
    Formula,
    NonZero,
    Norm,
    PowerSum,
    Total,
    count,
    equal,
    from_wire,
    to_wire,
    unequal,
)
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Every, at_most, less, normal
from symbolic_proofs.language.operations import Power
from symbolic_proofs.notation.api import to_text

i = count("i")

#: what is written, what is forgotten, and how the left side is shown
FORGETFUL = [
    (equal(x / x, 1), unequal(x, 0), "x/x"),
    (equal(0 / x, 0), unequal(x, 0), "0/x"),
    (equal(x**0, 1), unequal(x, 0), "x^0"),
    (equal(x / (u * x), 1 / u), unequal(x, 0), "x/(u·x)"),
    (equal(0 * sp.log(x), 0), less(0, x), "0·ln(x)"),
    (equal(sp.log(x) - sp.log(x), 0), less(0, x), "ln(x) - ln(x)"),
    (equal(sp.exp(sp.log(x)), x), less(0, x), "e^ln(x)"),
    (equal(sp.sqrt(x) ** 2, x), at_most(0, x), "(x^(1/2))^2"),
    (equal(x * sp.sqrt(y) - x * sp.sqrt(y), 0), at_most(0, y), "x·y^(1/2) - x·y^(1/2)"),
    (equal(PowerSum(W, 1) / PowerSum(W, 1), 1), NonZero(W), "S_1(W)/S_1(W)"),
    (equal(I(W) - I(W), 0), NonZero(W), "I(W) - I(W)"),
    (equal(Norm(W, p) ** 0, 1), NonZero(W), "‖W‖_p^0"),
    (equal(Total(W[i] / W[i], i, N), N), Every(unequal(W[i], 0), i, N), "Σ_{i=1..N} w_i/w_i"),
]
ALL = pytest.mark.parametrize(
    ("goal", "condition", "text"), FORGETFUL, ids=[f[2] for f in FORGETFUL]
)


def settled(made: Claim) -> Verdict:
    return settle(made, Hunt(budget=20_000, seed=0), default_engines())


@ALL
def test_what_was_written_is_kept_and_shown(goal: Formula, condition: Formula, text: str) -> None:
    assert to_text(goal.args[1]) == text
    assert from_wire(to_wire(goal)) == goal


@ALL
def test_it_has_a_value_under_the_condition_alone(
    goal: Formula, condition: Formula, text: str
) -> None:
    given = (less(0, u),)
    assert not Facts(given).defined(goal)
    assert Facts((*given, condition)).defined(goal)


@ALL
def test_the_forgotten_condition_is_said(goal: Formula, condition: Formula, text: str) -> None:
    verdict = settled(claim("c", "", "", given=(less(0, u),) if goal.has(u) else (), then=goal))
    assert isinstance(verdict, MissingPremise), verdict
    assert normal(verdict.condition) == normal(condition)
    assert isinstance(verdict.mended, Proved), verdict.mended


@ALL
def test_it_is_proved_with_the_condition(goal: Formula, condition: Formula, text: str) -> None:
    given = (less(0, u), condition) if goal.has(u) else (condition,)
    assert isinstance(settled(claim("c", "", "", given=given, then=goal)), Proved)


def test_what_has_a_value_nowhere_is_not_proved() -> None:
    assert isinstance(settled(claim("c", "", "", then=equal(x * (u - u) ** 0, x))), Open)


def test_a_long_number_is_not_worked_out_by_the_search() -> None:
    with pytest.raises(NotSearchableError, match="too long a number"):
        compile_claim(claim("c", "", "", then=equal(x * Power(10, 10**9), x)))


@pytest.mark.parametrize(
    "term",
    [
        (x - x) * (y - y),
        Power(1, p),
        Power(1, x),
        0 * (x - x) * y,
        Power(u - u, 2),
        Power(0, -1) * x,
    ],
)
def test_numbers_that_are_not_worked_out_are_searched_all_the_same(term: sp.Expr) -> None:
    compile_claim(claim("c", "", "", then=equal(term + x, x)))
