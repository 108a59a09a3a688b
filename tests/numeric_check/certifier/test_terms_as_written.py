"""A term that has no value at a point has none for the certifier, for batches and in verdicts."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import numpy as np
import pytest
import sympy as sp

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.batch.run import Batch, Run
from numeric_check.certifier.certify import certify, check_certificate
from numeric_check.certifier.decide import decide
from numeric_check.certifier.errors import NotACounterexample, NotExact, Undecided, ValuelessError
from numeric_check.certifier.numbers import exact
from numeric_check.certifier.terms import evaluate_ball, evaluate_exact
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.search import search
from numeric_check.spot_check.instances import Draw
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import MissingPremise, Proved
from symbolic_proofs import read
from symbolic_proofs.language import count, nonnegative, positive, real, size, vector
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import Formula, equal, less, unequal
from symbolic_proofs.language.operations import (
    Abs,
    Ceiling,
    Exp,
    Log,
    Power,
    Tanh,
)
from symbolic_proofs.language.terms import Norm, PowerSum, PQIndex, Total
from symbolic_proofs.language.vectors import Map, repeat
from symbolic_proofs.notation.api import to_text

x, y, u = real("x"), real("y"), nonnegative("u")
p, q, N, n, i = positive("p"), positive("q"), count("N"), size("n"), count("i")
W = vector("W", N)
S = PowerSum(W, 1)
HALF = sp.Rational(1, 2)


def scalars(**values: object) -> Witness:
    return Witness({name: F(str(value)) for name, value in values.items()}, {})


def entries(*values: int) -> Witness:
    return Witness({}, {"W": tuple((F(value), 1) for value in values)})


ZERO, TWO = scalars(x=0), scalars(x=2)
NOTHING, SOMETHING = entries(0, 0), entries(1, 2)
WITH_P = {"p": F(1)}

#: a term, a point where it has no value, one where it has
HOLES: dict[str, tuple[sp.Expr, Witness, Witness]] = {
    "x over x": (x / x, ZERO, TWO),
    "x to the 0": (x**0, ZERO, TWO),
    "u to the 0": (u**0, scalars(u=0), scalars(u=2)),
    "0 to the x": (Power(0, x), ZERO, TWO),
    "x to the x - x": (x ** (x - x), ZERO, TWO),
    "0 times a logarithm": (0 * Log(x), ZERO, TWO),
    "0 times the logarithm of a number < 0": (0 * Log(x), scalars(x=-1), TWO),
    "a quotient less itself": (1 / x - 1 / x, ZERO, TWO),
    "x squared over x": (x**2 / x, ZERO, TWO),
    "an inverse of an inverse": (1 / (1 / x), ZERO, TWO),
    "the square of a root": (Power(x, HALF) ** 2, scalars(x=-1), TWO),
    "an exponential of a logarithm": (Exp(Log(x)), ZERO, scalars(x=1)),
    "a power of 1": (1 ** (1 / x), ZERO, TWO),
    "0 times a function": (0 * Tanh(1 / x), ZERO, TWO),
    "0 under the line": (0 * Ceiling(1 / x), ZERO, TWO),
    "0 in an absolute value": (Abs(0 / x), ZERO, TWO),
    "a difference over itself": ((x - y) / (x - y), scalars(x=1, y=1), scalars(x=1, y=2)),
    "the first power sum over itself": (S / S, NOTHING, SOMETHING),
    "a norm to the 0": (
        Norm(W, p) ** 0,
        Witness(WITH_P, NOTHING.vectors),
        Witness(WITH_P, SOMETHING.vectors),
    ),
    "0 times an index": (0 * PQIndex(W, 1, 2), NOTHING, SOMETHING),
    "an index less itself": (PQIndex(W, 1, 2) - PQIndex(W, 1, 2), NOTHING, SOMETHING),
    "a sum of entries over themselves": (Total(W[i] / W[i], i, N), entries(1, 0), entries(1, 2)),
    "a sum weighed by place": (
        Total((i - i) * W[i] * Log(x), i, N),
        Witness({"x": F(0)}, SOMETHING.vectors),
        Witness({"x": F(2)}, SOMETHING.vectors),
    ),
    "entries over themselves": (PowerSum(Map(y / y, y, W), 1), entries(1, 0), entries(1, 2)),
    "a length less 1 to the 0": ((N - 1) ** 0, scalars(N=1), scalars(N=2)),
}
over_holes = pytest.mark.parametrize("name", HOLES)


def stated(conclusion: Formula, *premises: Formula) -> Claim:
    return claim("a.claim", "-", "-", given=premises, then=conclusion)


def has_value(term: sp.Expr, witness: Witness) -> bool:
    """Tell whether floats see a value of a term; what cancels is cancelled in the comparison."""
    program = compile_claim(stated(equal(term, term)))
    columns = {name: np.array([float(value)]) for name, value in witness.scalars.items()}
    vectors, multiplicities = {}, {}
    for slot in program.vectors:
        blocks = witness.vectors[slot.name]
        vectors[slot.key] = np.array([[float(value)] for value, _ in blocks])
        multiplicities[slot.klass] = np.array([[float(times)] for _, times in blocks])
        columns["N"] = np.array([float(len(blocks))])
    met, _ = Run(program, Batch(columns, vectors, multiplicities)).truth()
    return bool(met[0])


@over_holes
def test_exact_arithmetic_and_balls_see_that_there_is_no_value(name: str) -> None:
    term, hole, elsewhere = HOLES[name]
    for evaluate in (evaluate_exact, evaluate_ball):
        with pytest.raises(ValuelessError):
            evaluate(term, hole)
    evaluate_ball(term, elsewhere)
    with pytest.raises(ValuelessError):
        decide(equal(term, term), hole)
    assert decide(equal(term, term), elsewhere)


@over_holes
def test_batches_see_that_there_is_no_value(name: str) -> None:
    term, hole, elsewhere = HOLES[name]
    assert not has_value(term, hole)
    assert has_value(term, elsewhere)


@over_holes
def test_no_certificate_is_given_or_accepted_where_a_term_has_no_value(name: str) -> None:
    term, hole, elsewhere = HOLES[name]
    false = stated(unequal(term, term))
    certificate = certify(false, elsewhere)
    check_certificate(false, elsewhere, certificate)
    with pytest.raises(NotACounterexample):
        certify(false, hole)
    with pytest.raises(NotACounterexample):
        check_certificate(false, hole, certificate)


@pytest.mark.parametrize(
    ("conclusion", "point", "condition"),
    [
        (equal(S / S, 1), entries(0), "W ≠ 0"),
        (equal(Norm(W, p) ** 0, 1), None, "W ≠ 0"),
        (equal(x / x, 1), ZERO, "x ≠ 0"),
        (equal(x**0, 1), ZERO, "x ≠ 0"),
        (equal(0 * Log(x), 0), ZERO, "x > 0"),
        (equal(1 / x - 1 / x, 0), ZERO, "x ≠ 0"),
        (equal(Power(x, HALF) ** 2, x), scalars(x=-1), "x ≥ 0"),
        (equal((x - y) / (x - y), 1), None, "x ≠ y"),
        (equal((N - 1) ** 0, 1), scalars(N=1), "N > 1"),
        (equal(Total(W[i] / W[i], i, N), N), entries(0), "for every i = 1..N: w_i ≠ 0"),
    ],
)
def test_what_cancels_is_not_proved_without_the_condition_that_it_needs(
    conclusion: Formula, point: Witness | None, condition: str
) -> None:
    verdict = settle(stated(conclusion), Hunt(budget=500), default_engines())
    assert isinstance(verdict, MissingPremise)
    assert to_text(verdict.condition) == condition
    assert isinstance(verdict.mended, Proved)
    if point is not None:
        assert verdict.witness.vectors == point.vectors
        assert point.scalars.items() <= verdict.witness.scalars.items()
    mended = settle(stated(conclusion, verdict.condition), Hunt(budget=500), default_engines())
    assert isinstance(mended, Proved)


def test_bounds_of_a_scalar_are_read_off_a_premise_that_is_not_multiplied_out() -> None:
    premise = less(2 * (x + y), 3 * (y - x))
    (first, second) = compile_claim(stated(less(x, y), premise)).scalars
    assert [len(slot.bounds) for slot in (first, second)] == [0, 1]
    assert second.bounds[0].relation == ">"
    assert search(stated(less(x, y), premise), budget=2_000).effective > 500


@pytest.mark.parametrize(
    "hypothesis",
    [equal(0 * x, 1), equal(Power(x, 0), 2), equal(x**2, 2), equal(2 * x + 1, y), equal(x * y, 3)],
)
def test_instances_are_drawn_for_equations_that_cannot_be_solved(hypothesis: Formula) -> None:
    draw = Draw([hypothesis], equal(x, y), Random(1))
    for _ in range(20):
        draw.instance()


def test_a_closed_form_that_may_be_0_has_no_exact_power_0() -> None:
    zero = Tanh(1) * (Exp(2) + 1) - Exp(2) + 1
    with pytest.raises(NotExact):
        exact.power(evaluate_exact(zero, Witness({}, {})), exact.exactly(0))
    with pytest.raises(Undecided):
        decide(equal(zero**0, 1), Witness({}, {}))
    assert decide(equal(Log(2) ** 0, 1), Witness({}, {}))


def test_terms_that_sympy_put_together_are_evaluated_as_those_of_the_language() -> None:
    assert decide(equal(sp.sqrt(2) * sp.sqrt(2), 2), Witness({}, {}))
    assert evaluate_exact(sp.sqrt(4), Witness({}, {})).fraction == 2
    assert abs(float(evaluate_ball(sp.exp(1), Witness({}, {})).mid()) - np.e) < 1e-12


def test_a_block_of_a_value_that_does_not_exist_has_no_value_even_where_it_is_empty() -> None:
    term = PowerSum(repeat(1 / x, n), 1)
    for size_ in (0, 1):
        point = scalars(x=0, n=size_)
        with pytest.raises(ValuelessError):
            evaluate_exact(term, point)
        assert not has_value(term, point)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("sum_{i=1..5} (sum_{j=1..4} [x × j, y × 5]_i)", 50),
        ("sum_{i=1..5} (max_{j=1..4} [x × j, y × 5]_i)", 14),
        ("max_{i=1..5} (sum_{j=1..4} [x × j, y × 5]_i)", 12),
        ("sum_{i=1..5} (sum_{z in [1, 7]} [x, z, y × 5]_i)", 30),
        ("sum_{i=1..5} i*(sum_{j=1..i} [x × j, y × 5]_i)", 150),
    ],
)
def test_a_vector_that_changes_inside_of_a_sum_is_looked_at_in_every_round(
    term: str, value: int
) -> None:
    at = Witness({"x": F(2), "y": F(3)})
    assert decide(read(f"{term} = {value}"), at) is True
    assert decide(read(f"{term} != {value}"), at) is False
