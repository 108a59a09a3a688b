"""Normal forms: what is an identity, what is none, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symbolic_proofs.kernel.definedness import Facts
from symbolic_proofs.kernel.normal_form import Algebra
from symbolic_proofs.kernel.polynomials import NotAlgebraicError, as_term, exponent
from symbolic_proofs.language.formulas import less
from symbolic_proofs.language.operations import Abs, Exp, Log, Power, Sum
from symbolic_proofs.language.symbols import count, nonnegative, positive, real

a, b, p, q = map(positive, "abpq")
x, y = map(real, "xy")
u = nonnegative("u")
N = count("N")


def zero(term: Any, *hypotheses: Any) -> bool:
    return Facts(hypotheses).algebra.is_zero(term)


@pytest.mark.parametrize(
    "term",
    [
        (a * b) ** p - a**p * b**p,
        a**p * a ** (q - p) - a**q,
        (a**p) ** (q / p) - a**q,
        Abs(x * y) - Abs(x) * Abs(y),
        Abs(x) ** 2 - x**2,
        Abs(x) ** 3 - x**2 * Abs(x),
        Abs(x - y) - Abs(y - x),
        (x**2) ** p - Abs(x) ** (2 * p),
        Log(a * b) - Log(a) - Log(b),
        Exp(p * Log(a)) - a**p,
        Exp(x + y) - Exp(x) * Exp(y),
        Exp(-Log(a)) - 1 / a,
        (a + b) ** 2 - a**2 - 2 * a * b - b**2,
        (a**2 - b**2) / (a - b) - a - b,
        (4 * N) ** p - 2 ** (2 * p) * N**p,
        6 ** (p + 1) - 6 * 2**p * 3**p,
        sp.sqrt(8) - 2 * sp.sqrt(2),
        N ** (1 / q - 1 / p) * N ** (1 / p) - N ** (1 / q),
        (u + u * a) ** p - u**p * (1 + a) ** p,
        1 / (1 / a + 1 / b) - a * b / (a + b),
    ],
    ids=str,
)
def test_an_identity_is_one(term: Any) -> None:
    assert zero(term)


@pytest.mark.parametrize(
    "term",
    [
        (a + b) ** p - a**p - b**p,
        a**p * b**q - (a * b) ** (p + q),
        Abs(x) - x,
        Abs(x + y) - Abs(x) - Abs(y),
        (x**2) ** p - Abs(x) ** p,
        Log(a + b) - Log(a) - Log(b),
        Exp(x * y) - Exp(x) * Exp(y),
        a ** (p * q) - a ** (p + q),
        2**p - p**2,
        sp.sqrt(2) - 1,
        sp.Integer(1),
    ],
    ids=str,
)
def test_what_is_no_identity_is_not_zero(term: Any) -> None:
    assert not zero(term)


@pytest.mark.parametrize(
    "term",
    [
        x**p,
        (x * y) ** p,
        Log(x),
        Power(-2, p),
        sp.Integer(10**21 + 7) ** p,
    ],
    ids=str,
)
def test_a_term_without_a_normal_form_is_refused(term: Any) -> None:
    with pytest.raises(NotAlgebraicError):
        Facts(()).algebra.form(term)


def test_a_sign_decides_what_splits() -> None:
    with pytest.raises(NotAlgebraicError):
        zero((x * a) ** p - x**p * a**p)
    assert zero((x * a) ** p - x**p * a**p, less(0, x))


def test_long_products_are_not_multiplied_out() -> None:
    algebra = Facts(()).algebra
    long = Sum(*(positive(f"a{k}") for k in range(60)))
    with pytest.raises(NotAlgebraicError):
        algebra.form(long**8)


def test_exponents_have_one_form() -> None:
    assert exponent((q**2 - p**2) / (q - p)) == p + q
    assert exponent(1 / p - 1 / q - (q - p) / (p * q)) == 0


@given(
    st.lists(st.sampled_from([a, b, u, x, y, a**p, u**q, Abs(x), N]), min_size=1, max_size=4),
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
)
def test_a_form_is_that_of_its_own_term(atoms: list[Any], numbers: list[int]) -> None:
    algebra = Algebra(Facts(()).nonnegative)
    term = Sum(*(k * t for k, t in zip(numbers, atoms, strict=False))) * atoms[0] + atoms[-1]
    form = algebra.form(term)
    assert algebra.is_zero(term - as_term(form))
    assert algebra.is_zero(term - sp.expand(term))
    assert not algebra.is_zero(term + 1 - as_term(form))


def test_a_high_power_of_a_sum_stays_one_factor() -> None:
    high = Algebra(Facts(()).nonnegative)
    assert high.is_zero((a + b) ** 60 / (a + b) ** 59 - a - b)
    assert not high.is_zero((a + b) ** 60 - a**60 - b**60)
