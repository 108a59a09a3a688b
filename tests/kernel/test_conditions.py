"""Side conditions: what is shown, and, more often, what must not be."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.work import WorkLimitError, limited
from symbolic_proofs.language.formulas import (
    And,
    Constant,
    Every,
    ForAll,
    NonZero,
    Not,
    Some,
    at_most,
    equal,
    less,
    unequal,
)
from symbolic_proofs.language.operations import Abs, Ceiling, Exp, Log
from symbolic_proofs.language.symbols import count, nonnegative, positive, real, size
from symbolic_proofs.language.terms import Greatest, Least, Norm, PowerSum, PQIndex, Total
from symbolic_proofs.language.vectors import Map, concat, copies, repeat, vector, zeros

a, b, p, q = map(positive, "abpq")
x, y = map(real, "xy")
u = nonnegative("u")
N, i = count("N"), count("i")
n = size("n")
W, R, P = vector("W", N), vector("R", n), vector("P", N, nonnegative=True)


@pytest.mark.parametrize(
    ("term", "hypotheses"),
    [
        (a + u, ()),
        (q - p, (less(p, q),)),
        (1 / p - 1 / q, (less(p, q),)),
        (q / p - 1, (less(p, q),)),
        (x**2, (unequal(x, 0),)),
        (u, (unequal(u, 0),)),
        (Abs(x - y), (unequal(x, y),)),
        (Abs(x * y), (unequal(x * y, 0),)),
        (Exp(x), ()),
        (PowerSum(W, p), (NonZero(W),)),
        (PowerSum(W, p), (Not(Constant(W)),)),
        (Norm(concat(1, R), p), ()),
        (PowerSum(copies(W, N), p), (NonZero(W),)),
        (PowerSum(x * W, p), (NonZero(W), unequal(x, 0))),
        (Total(a, i, N), ()),
        (Total(W[i], i, N), (Every(less(0, W[i]), i, N),)),
        (N + n, ()),
        (2 * N - 1, ()),
        (x - y, (less(y, x),)),
        ((x - y) * a, (less(y, x),)),
    ],
    ids=str,
)
def test_positive(term: Any, hypotheses: tuple[Any, ...]) -> None:
    assert Facts(hypotheses).positive(term)


@pytest.mark.parametrize(
    ("term", "hypotheses"),
    [
        (u, ()),
        (q - p, ()),
        (q - p, (at_most(p, q),)),
        (p - q, (less(p, q),)),
        (x**2, ()),
        (x, (unequal(x, 0),)),
        (x**3, (unequal(x, 0),)),
        (PowerSum(W, p), ()),
        (PowerSum(W, p), (NonZero(R),)),
        (PowerSum(zeros(N), p), ()),
        (PowerSum(copies(W, n), p), (NonZero(W),)),
        (PowerSum(repeat(1, n), p), ()),
        (PowerSum(x * W, p), (NonZero(W),)),
        (PowerSum(Map(0 * x, x, W), p), (NonZero(W),)),
        (PowerSum(W + 1, p), (NonZero(W),)),
        (Total(a, i, n), ()),
        (Total(W[i], i, N), (NonZero(W),)),
        (Total(W[i], i, n), (Every(less(0, W[i]), i, N),)),
        (n, ()),
        (N - 1, ()),
        (Log(a), ()),
        (sp.Integer(-1), (at_most(n, 0),)),
        (sp.Integer(-1), (equal(Log(a), 0),)),
        (a * (x - y), (at_most(y, x),)),
        (x * y, (less(x, 0), less(y, 0))),  # true, but not shown
    ],
    ids=str,
)
def test_not_shown_to_be_positive(term: Any, hypotheses: tuple[Any, ...]) -> None:
    assert not Facts(hypotheses).positive(term)


@pytest.mark.parametrize(
    ("node", "hypotheses"),
    [
        (1 / a, ()),
        (1 / x, (unequal(x, 0),)),
        (u**p, ()),
        (u ** (q - p), (less(p, q),)),
        (Log(x), (less(0, x),)),
        (PQIndex(W, p, q), (NonZero(W),)),
        (Least(a, i, N), ()),
        (Total(1 / W[i], i, N), (Every(unequal(W[i], 0), i, N),)),
        (W[1], ()),
        (ForAll(at_most(0, Log(x)), And(less(1, x)), x), ()),
    ],
    ids=str,
)
def test_defined(node: Any, hypotheses: tuple[Any, ...]) -> None:
    assert Facts(hypotheses).defined(node)


@pytest.mark.parametrize(
    ("node", "hypotheses"),
    [
        (1 / x, ()),
        (1 / u, ()),
        (1 / (q - p), ()),
        (u ** (q - p), ()),
        (u ** (-p), ()),
        (u**x, ()),
        (x**p, ()),
        ((x**3) ** (1 / p), ()),
        (Log(u), ()),
        (PowerSum(W, x), ()),
        (PowerSum(W, q - p), ()),
        (PQIndex(W, p, q), ()),
        (PQIndex(R, p, q), (NonZero(W),)),
        (Least(a, i, n), ()),
        (Greatest(R[i], i, n), ()),
        (Total(1 / W[i], i, N), ()),
        (Total(1 / W[i], i, N), (NonZero(W),)),
        (Total(W[i], i, n), ()),
        (Map(1 / x, x, W), (unequal(x, 0),)),
        (R[1], ()),
        (W[N + 1], ()),
        (ForAll(at_most(0, Log(x)), And(), x), (less(1, x),)),
        (Not(less(1 / x, 1)), ()),
        (sp.sin(1), ()),
        (sp.pi, ()),
    ],
    ids=str,
)
def test_not_shown_to_be_defined(node: Any, hypotheses: tuple[Any, ...]) -> None:
    assert not Facts(hypotheses).defined(node)


def test_a_question_that_asks_itself_ends() -> None:
    around = Facts((less(x, y), less(y, x), equal(x, y + u), unequal(x * y, u)))
    assert not around.positive(u - x * y)
    assert Facts((less(0, Total(Total(W[i], i, N) * a, i, N)),)).nonnegative(u)


@pytest.mark.parametrize("quantifier", [Every, Some])
@pytest.mark.parametrize("last", [x, x + 1, N / 2, -N, n - 1, Exp(1), q])
def test_an_index_runs_to_a_whole_number_or_the_formula_has_no_value(
    quantifier: Any, last: Any
) -> None:
    assert not Facts(()).defined(quantifier(less(x, 1), i, last))
    assert not Facts((less(0, x), unequal(n, 1))).defined(Not(quantifier(less(x, 1), i, last)))


@pytest.mark.parametrize("quantifier", [Every, Some])
def test_hypotheses_may_say_that_an_index_runs_to_a_whole_number(quantifier: Any) -> None:
    for last in (N, n, 2 * n + 1, N - 1, n**2, Ceiling(u)):
        assert Facts(()).defined(quantifier(less(x, 1), i, last))
    assert Facts((at_most(2, n),)).defined(quantifier(less(x, 1), i, n - 2))


def test_an_answer_that_took_too_much_work_is_found_when_there_is_more() -> None:
    facts = Facts([less(1, (x + y) * (x - 2 * y)), less(0, x)])
    for operations in range(100):
        try:
            with limited(operations):
                assert facts.positive((x + y) * (x - 2 * y))
        except WorkLimitError:
            continue
        return
    pytest.fail("a hundred operations were not enough")
