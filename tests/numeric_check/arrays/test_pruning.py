"""What pruners ask: counts are exact, and the floor of the theorem stays below them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError
from numeric_check.arrays.pq_index import pq_index, pq_ratio
from numeric_check.arrays.pruning import (
    LeastKept,
    floor_of,
    joined,
    least_kept,
    magnitudes_of,
    masked,
    threshold,
)

ETAS = st.sampled_from([Fraction(n, d) for n, d in [(0, 1), (1, 100), (1, 3), (1, 1), (3, 1)]])
WHOLE = st.lists(st.integers(-9, 9), min_size=1, max_size=30)
FLOATS = st.lists(
    st.floats(-1e300, 1e300).filter(lambda x: x == 0 or abs(x) > 1e-300), min_size=1, max_size=30
)


def kept_by_trying(entries: list[Any], p: int, eta: Fraction) -> int:
    powers = sorted((abs(Fraction(entry)) ** p for entry in entries), reverse=True)
    fits = [sum(powers[r:]) <= eta * sum(powers[:r]) for r in range(len(powers) + 1)]
    return fits.index(True)


@given(st.one_of(WHOLE, FLOATS), st.integers(1, 3), ETAS)
def test_the_least_number_to_keep_is_that_of_exact_sums(
    entries: list[Any], p: int, eta: Fraction
) -> None:
    found = least_kept(magnitudes_of(np.array(entries, float)), Fraction(p), eta)
    assert found.least == found.at_most == kept_by_trying(entries, p, eta)


@given(WHOLE, ETAS)
def test_square_roots_that_are_numbers_are_exact(roots: list[int], eta: Fraction) -> None:
    squares = magnitudes_of(np.array(roots, float) ** 2)
    found = least_kept(squares, Fraction(1, 2), eta)
    assert found.least == found.at_most == kept_by_trying(roots, 1, eta)


def test_a_last_bit_decides_among_a_million() -> None:
    # Half of the sum to the last bit: rounding alone would say either.
    values = np.full(10**6, 0.1)
    assert least_kept(magnitudes_of(values), Fraction(1), Fraction(1)).least == 500_000
    values[0] = np.nextafter(0.1, 0)  # the smallest one goes: the rest is below the half
    assert least_kept(magnitudes_of(values), Fraction(1), Fraction(1)).least == 500_000
    values[0] = np.nextafter(0.1, 1)  # the largest one stays
    assert least_kept(magnitudes_of(values), Fraction(1), Fraction(1)).least == 500_000
    values[:500_001] = np.nextafter(0.1, 0)
    assert least_kept(magnitudes_of(values), Fraction(1), Fraction(1)).least == 500_000
    equal = magnitudes_of(np.full(1000, 0.3))
    assert least_kept(equal, Fraction(1, 3), Fraction(1)) == least_kept(
        equal, Fraction(1), Fraction(1)
    )


@given(
    FLOATS, ETAS, st.sampled_from([(1, 2), (Fraction(1, 2), 1), (Fraction(1, 3), Fraction(5, 2))])
)
@settings(max_examples=60)
def test_the_floor_of_the_theorem_is_below_the_count(
    entries: list[float], eta: Fraction, exponents: tuple[Any, Any]
) -> None:
    p, q = map(Fraction, exponents)
    weights = magnitudes_of(np.array(entries))
    if weights.nonzero.size:
        floor = floor_of(weights.entries, pq_ratio(entries, p, q), p, q, eta)
        assert floor <= least_kept(weights, p, eta).least * (1 + 1e-9)


@given(WHOLE.filter(any), st.sampled_from([(1, 2), (Fraction(1, 2), 1), (2, 3)]))
def test_an_entry_below_tau_raises_the_index_when_masked_and_one_above_does_not(
    entries: list[int], exponents: tuple[Any, Any]
) -> None:
    p, q = map(Fraction, exponents)
    tau, above = threshold(magnitudes_of(np.array(entries)), p, q)
    sizes = sorted(map(abs, entries), reverse=True)
    for size in sizes[:above]:
        assert size >= tau * (1 - 1e-12)
    for size in sizes[above:]:
        assert size <= tau * (1 + 1e-12)
    if q - p == 1 and p.denominator == 1:  # a rational number
        exact = Fraction(sum(s ** int(q) for s in sizes), sum(s ** int(p) for s in sizes))
        assert above == sum(size > exact for size in sizes)
    elif len(set(sizes)) == 1:
        assert above == 0


@given(WHOLE.filter(any), st.integers(1, 12))
def test_the_curve_is_the_index_of_the_masked_tensor(entries: list[int], steps: int) -> None:
    points = masked(magnitudes_of(np.array(entries)), Fraction(1), Fraction(2), steps)
    assert [count for count, _ in points] == [len(entries) * k // steps for k in range(steps)]
    for count, ratio in points:
        smallest = sorted(map(abs, entries))
        assert ratio == pytest.approx(pq_ratio([0] * count + smallest[count:], 1, 2), rel=1e-12)


def test_several_tensors_are_one_vector() -> None:
    parts = [np.array([1.0, 0, -5], np.float32), np.array([[2, 3], [0, 0]], np.int8)]
    whole = joined([magnitudes_of(part) for part in parts])
    assert whole.entries == 7
    assert whole.nonzero.tolist() == [1, 2, 3, 5]


@pytest.mark.parametrize(
    ("array", "error"),
    [
        ([1, math.nan], MeasureValueError),
        ([math.inf], MeasureValueError),
        ([2**53 + 1], MeasureTypeError),
        (np.array([1j]), MeasureTypeError),
    ],
)
def test_what_can_not_be_counted_is_refused(array: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        magnitudes_of(array)


def test_masking_to_the_last_entry_ends_at_the_sparsest_index() -> None:
    points = masked(magnitudes_of(np.arange(1, 11)), Fraction(1), Fraction(2), 10)
    assert 1 - points[-1][1] == pq_index([1] + [0] * 9, 1, 2)


@pytest.mark.parametrize(
    ("entries", "p"),
    [
        ([8, 2, 2], Fraction(1, 2)),  # sqrt(8) = 2 sqrt(2)
        ([12, 8, 3, 3, 2, 2], Fraction(1, 2)),  # with sqrt(12) = 2 sqrt(3)
        ([54, 2, 2, 2], Fraction(1, 3)),
        ([4 * 3**5, *[3**5] * 8], Fraction(3, 2)),
    ],
)
def test_a_tie_of_irrational_sums_is_decided(entries: list[int], p: Fraction) -> None:
    # The largest entries are as much as all the others, for the bound is the half.
    kept = len([x for x in entries if entries.count(x) == 1])
    assert least_kept(magnitudes_of(entries), p, Fraction(1)) == LeastKept(kept, kept)
    less = np.array([*entries[:kept], *np.nextafter(entries[kept:], 9e9)])
    assert least_kept(magnitudes_of(less), p, Fraction(1)) == LeastKept(kept + 1, kept + 1)


def test_a_tie_that_is_not_decided_is_said_and_not_guessed() -> None:
    long = Fraction(10**20 + 1, 2 * 10**20)  # too long a fraction for roots
    alike = least_kept(magnitudes_of([1, 1]), long, Fraction(1))
    assert alike == LeastKept(1, 1)
    # 2^(2r) = 2^r + 2^r for r = 1, and nearly so for p beside it: balls tell these apart
    assert least_kept(magnitudes_of([4, 2, 2]), 2 * long, Fraction(1)) == LeastKept(1, 1)
    assert least_kept(magnitudes_of([4, 2, 2]), 2 - 2 * long, Fraction(1)) == LeastKept(2, 2)


def test_what_underflows_beside_the_largest_still_counts() -> None:
    weights = magnitudes_of([1.0, 1.0, 5e-324, 5e-324])
    assert least_kept(weights, Fraction(2), Fraction(1)).least == 2
    assert least_kept(weights, Fraction(100), Fraction(1)).least == 2
    assert least_kept(weights, Fraction(1), Fraction(1, 10**400)).least == 4
