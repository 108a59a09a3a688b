"""Roots of whole numbers: every perfect power is seen to be one."""

from __future__ import annotations

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from numeric_check.certifier.numbers.coprime import on_coprime_roots, root_of
from symbolic_proofs.kernel.work import limited

ROOTS = st.integers(2, 10**12)
EXPONENTS = st.sampled_from([2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 25, 60, 97])


@given(root=ROOTS, exponent=EXPONENTS)
def test_a_power_is_written_by_its_root(root: int, exponent: int) -> None:
    base, times = root_of(root**exponent, [exponent])
    assert times % exponent == 0
    assert base**times == root**exponent


@given(root=ROOTS, exponent=EXPONENTS, other=st.sampled_from([2, 3, 5, 7]))
def test_what_is_no_power_stays_as_it_is(root: int, exponent: int, other: int) -> None:
    number = root**exponent + 1  # by Catalan's theorem 8 + 1 alone is a power of its own
    base, times = root_of(number, [other])
    assert base**times == number
    assert times == 1 or (root, exponent) == (2, 3)


@given(numbers=st.lists(st.integers(2, 10**6), min_size=1, max_size=6, unique=True))
def test_what_was_found_before_costs_the_same(numbers: list[int]) -> None:
    costs = []
    for _ in range(2):
        with limited() as meter:
            parts = on_coprime_roots(tuple(numbers), (2, 3))
        costs.append(meter.operations)
    assert costs[0] == costs[1] > 0
    assert {n: prod(root**e for root, e in parts[n]) for n in numbers} == {n: n for n in numbers}
