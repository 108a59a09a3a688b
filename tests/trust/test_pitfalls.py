"""The traps of SymPy 1.14 that touch the language or the kernel, each by the number of its row."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
import sympy as sp

from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import KernelError, Theorem
from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.language.formulas import NonZero, Relation, at_most, equal, less, unequal
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import Abs, Power
from symbolic_proofs.language.symbols import count, positive, real, size
from symbolic_proofs.language.terms import NonzeroCount, PowerSum, PQIndex, Total
from symbolic_proofs.language.vectors import (
    VectorSymbol,
    concat,
    copies,
    length,
    repeat,
    vector,
    zeros,
)
from symbolic_proofs.notation.api import to_latex
from symbolic_proofs.proofs.tactics.combine import power_sum, right

a, b, p, q, alpha = (positive(name) for name in ("a", "b", "p", "q", "alpha"))
x, y = real("x"), real("y")
N, T, d, i, j, k, m = (count(name) for name in ("N", "T", "d", "i", "j", "k", "m"))
n = size("n")
U, V, W, R = vector("U", d), vector("V", m), vector("W", N), vector("R", n)


def by_algebra(goal: Any, *hypotheses: Any) -> Theorem:
    return K.arithmetic(goal, (), hypotheses)


def refuses(goal: Any, *hypotheses: Any) -> None:
    with pytest.raises(KernelError):
        by_algebra(goal, *hypotheses)


def test_row_1_a_power_of_a_product_splits_by_signs_alone() -> None:
    by_algebra(
        equal((alpha * PowerSum(W, p)) ** (1 / p), alpha ** (1 / p) * PowerSum(W, p) ** (1 / p))
    )
    refuses(equal((x * y) ** p, x**p * y**p))
    refuses(equal(sp.sqrt(x**2), x))
    by_algebra(equal(sp.sqrt(x**2), Abs(x)))


def test_row_2_a_constant_comes_out_of_a_sum() -> None:
    total = Total(Abs(alpha * W[i]) ** p, i, N)
    assert K.linear(total, ()).conclusion == equal(total, alpha**p * Total(Abs(W[i]) ** p, i, N))


def test_row_3_a_factor_of_any_sign() -> None:
    by_algebra(equal(Abs(x * y), Abs(x) * Abs(y)))
    assert right(power_sum(x * W, p)) == Abs(x) ** p * PowerSum(W, p)
    refuses(equal(Abs(x * y), x * Abs(y)))


def test_row_4_a_side_condition_is_kept() -> None:
    with pytest.raises(KernelError):
        K.define(PQIndex(W, p, q), ())
    assert K.define(PQIndex(W, p, q), (NonZero(W),)).hypotheses == {NonZero(W)}
    # x/x is not 1 before anybody is asked: an assumption would lose x != 0
    assert K.instantiate(K.assume(less(0, x / y)), {y: x}, ()).hypotheses == {less(0, x / x)}
    refuses(equal(x / x, 1))
    by_algebra(equal(x / x, 1), unequal(x, 0))


def test_row_5_zero_to_the_power_zero() -> None:
    assert not Facts(()).defined(Abs(x) ** (p - q))
    with pytest.raises(KernelError):
        K.define(PowerSum(W, p - q), ())
    with pytest.raises(KernelError):
        K.instantiate(K.define(PowerSum(W, p), ()), {p: sp.Integer(0)}, ())
    refuses(equal(PowerSum(W, p) ** (q - q), NonzeroCount(W)))


def test_row_6_a_sum_captures_nothing() -> None:
    total = Total(x * W[i], i, N)
    assert total.xreplace({x: i}) == Total(i * W[j], j, N) != Total(i * W[i], i, N)
    put = K.instantiate(by_algebra(equal(total, total)), {x: W[i]}, (at_most(i, N),)).conclusion
    assert put == equal(Total(W[i] * W[j], j, N), Total(W[i] * W[j], j, N))
    rows = Total(Total(x * U[i] * V[j], i, d), j, m)
    inner = Total(W[k], k, N)
    assert rows.xreplace({x: inner}) == Total(Total(inner * U[i] * V[j], i, d), j, m)


def test_row_7_indices_are_symbols() -> None:
    with pytest.raises(LanguageError):
        Total(W[1], sp.Idx("k", N), N)
    ranged = sp.Symbol("k", integer=True)
    with pytest.raises(LanguageError):
        Total(x, ranged, N)


def test_row_8_the_letter_of_an_index_does_not_matter() -> None:
    assert Total(W[i] ** 2, i, N) == Total(W[j] ** 2, j, N)
    assert Facts(()).algebra.is_zero(Total(W[i], i, N) - Total(W[j], j, N))


@pytest.mark.parametrize("types", ["python", "flint"])
def test_row_9_ground_types_do_not_matter(types: str) -> None:
    code = (
        "import os; before = os.environ.get('SYMPY_GROUND_TYPES')\n"
        "from symbolic_proofs.claims.catalogue import find_claim\n"
        "from symbolic_proofs import from_data, prove, to_data\n"
        "for name in ('range.lower', 'zeros.raise', 'scaling.invariance'):\n"
        "    assert from_data(to_data(prove(find_claim(name)))).theorem\n"
        "print('proved')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "SYMPY_GROUND_TYPES": types},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.stdout == "proved\n", run.stderr


def test_row_10_a_sum_over_a_concatenation_splits() -> None:
    whole = concat(U, V)
    total = Total(Abs(whole[i]) ** p, i, length(whole))
    parts = Total(Abs(U[i]) ** p, i, d) + Total(Abs(V[i]) ** p, i, m)
    assert K.split(total, whole, ()).conclusion == equal(total, parts)
    assert right(power_sum(concat(W, W), p)) == PowerSum(W, p) + PowerSum(W, p)


def test_row_11_a_shifted_range_keeps_its_index() -> None:
    whole = concat(U, V)
    with pytest.raises(KernelError):
        K.split(Total(whole[i] * i, i, length(whole)), whole, ())


def test_row_12_repetition_and_padding_are_blocks() -> None:
    assert right(power_sum(copies(W, T), p)) == T * PowerSum(W, p)
    assert right(power_sum(concat(W, zeros(m)), p)) == PowerSum(W, p)


def test_row_13_a_sum_of_constant_sums() -> None:
    total = Total(Total(W[i], i, N), j, T)
    assert K.linear(total, ()).conclusion == equal(total, T * Total(W[i], i, N))


def test_row_14_the_cost_does_not_depend_on_the_length() -> None:
    large = vector("W", 10**12)
    assert right(power_sum(copies(large, 10**6), p)) == 10**6 * PowerSum(large, p)


def test_row_15_the_order_of_exponents() -> None:
    by_algebra(less(0, 1 / p - 1 / q), less(p, q))
    refuses(less(0, 1 / p - 1 / q))
    refuses(less(0, 1 / p - 1 / q), at_most(p, q))
    refuses(less(1 / p, 1 / q), less(p, q))


def test_row_16_no_power_is_compared_by_guess() -> None:
    refuses(less(1, 2**p), less(1, p))  # true, and for a proof: from the tangent
    refuses(less(1, 2 ** (p - q)))


def test_row_17_symbols_keep_their_assumptions() -> None:
    assert real("x") != positive("x")
    assert vector("W", N) != vector("W", N, nonnegative=True)
    assert W[i].is_real is None  # SymPy is told nothing
    assert Abs(W[i]).is_nonnegative is None
    with pytest.raises(KernelError, match="not an identity"):
        by_algebra(equal(Abs(W[i]), W[i]), at_most(i, N))
    signed = vector("P", N, nonnegative=True)[i]
    by_algebra(equal(Abs(signed), signed), at_most(i, N))
    # the first entry of what may have none
    refuses(equal(R[1], R[1]))
    with pytest.raises(LanguageError):
        by_algebra(equal(sp.Symbol("z") ** 2, Abs(sp.Symbol("z")) ** 2))


def test_row_18_what_sympy_evaluates_has_one_form() -> None:
    by_algebra(equal(Abs(x) ** 2, x**2))
    by_algebra(equal(d ** (1 / q) * d ** (-1 / p), d ** (1 / q - 1 / p)))
    moments = K.instantiate(K.define(PowerSum(W, p), ()), {p: sp.Integer(2)}, ()).conclusion
    assert moments == equal(PowerSum(W, 2), Total(Abs(W[i]) ** 2, i, N))
    by_algebra(equal(Abs(W[i]) ** 2, W[i] ** 2), at_most(i, N))


@pytest.mark.parametrize("number", [-1, -2, sp.Rational(1, 2), d - m, x])
def test_row_19_no_range_is_reversed(number: Any) -> None:
    with pytest.raises(LanguageError):
        Total(W[i], i, number)
    with pytest.raises(LanguageError):
        repeat(1, number)
    with pytest.raises(LanguageError):
        VectorSymbol("W", sp.sympify(number))


def test_row_20_a_bound_index_is_not_free() -> None:
    assert Total(W[i], i, N).free_symbols == {N}
    total = Total(W[i], i, N)
    assert K.every(by_algebra(equal(total, total), less(x, y)), i, N).hypotheses == {less(x, y)}


@pytest.mark.parametrize("number", [0.5, sp.Float(2), sp.nan, sp.zoo, sp.oo, sp.I, float("nan")])
def test_rows_21_and_22_terms_are_exact(number: Any) -> None:
    with pytest.raises(LanguageError):
        Relation("<", x, number)
    with pytest.raises(LanguageError):
        PowerSum(W, number)


def test_row_22_no_huge_power_is_worked_out() -> None:
    raised = by_algebra(equal(a**b, a**b))
    large = sp.Integer(2), sp.Integer(10) ** 12
    kept = K.instantiate(raised, dict(zip((a, b), large, strict=True)), ()).conclusion
    assert kept == equal(Power(*large), Power(*large))
    with pytest.raises(KernelError):
        by_algebra(equal((a + b) ** 1000, (b + a) ** 999 * (a + b) + 1))


def test_row_24_latex_keeps_the_order() -> None:
    assert to_latex(1 - x).replace(" ", "") == "1-x"


def test_row_25_a_vector_is_put_into_sums() -> None:
    theorem = K.define(PowerSum(W, p), ())
    flat = repeat(x, N)
    put = K.instantiate(theorem, {W: flat}, ()).conclusion
    assert put == equal(PowerSum(flat, p), Total(Abs(flat[i]) ** p, i, N))
    by_algebra(equal(Total(Abs(flat[i]) ** p, i, N), Total(Abs(x) ** p, i, N)))


def test_the_negative_controls_fail() -> None:
    from symbolic_proofs.claims.catalogue import find_claim
    from symbolic_proofs.proofs import prove

    # without the dimension factor; and with n T where the count of entries is d T
    ratio = PowerSum(copies(W, T), p) ** (1 / p) / PowerSum(copies(W, T), q) ** (1 / q)
    assert prove(find_claim("time.printed-normaliser")) is None
    refuses(equal(ratio, PowerSum(W, p) ** (1 / p) / PowerSum(W, q) ** (1 / q)), NonZero(W))
    refuses(less(2 ** (1 / p - 1 / q), 1), less(p, q))
