"""The PQ index of arrays against ball arithmetic, and what it says where it has no value."""

from __future__ import annotations

import math
import os
import tracemalloc
import warnings
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from numeric_check.arrays.accumulator import LevelledSum
from numeric_check.arrays.blocks import blocks
from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError
from numeric_check.arrays.pq_index import pq_index, pq_ratio

# Random arrays in the accuracy test; the figure in the documentation is from 100000.
ARRAYS = int(os.environ.get("PQ_INDEX_ARRAYS", "2000"))

BITS = 200


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    """Nothing may leak from NumPy, whatever the entries."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def exact_ratio(entries: list[Any], p: float, q: float) -> arb:
    """1 - I as a ball; p and q are the floats themselves, entries converted exactly."""
    before, ctx.prec = ctx.prec, BITS
    try:
        sums = []
        for exponent in (arb(p), arb(q)):
            terms = (abs(exact(entry)) ** exponent for entry in entries if entry != 0)
            sums.append((sum(terms, arb(0)) / len(entries)) ** (1 / exponent))
        return sums[0] / sums[1]
    finally:
        ctx.prec = before


def exact(entry: Any) -> arb:
    if isinstance(entry, float | int):
        return arb(entry)
    ratio = Fraction(*entry.as_integer_ratio())
    return arb(ratio.numerator) / arb(ratio.denominator)


def error_in_ulps(computed: float, ball: arb) -> float:
    before, ctx.prec = ctx.prec, BITS
    try:
        return abs(float((arb(computed) - ball) / arb(math.ulp(float(ball.mid())))))
    finally:
        ctx.prec = before


def bound(p: float) -> float:
    return 8 * max(1.0, 1 / p)


SPECIAL_PAIRS = [
    (1.0, 2.0),
    (0.5, 1.0),
    (0.25, 0.5),
    (2.0, 4.0),
    (1.0, 3.0),
    (1.0, 4.0),
    (3.0, 4.0),
]


def random_exponents(rng: np.random.Generator) -> tuple[float, float]:
    if rng.random() < 0.3:
        return SPECIAL_PAIRS[rng.integers(len(SPECIAL_PAIRS))]
    p, q = sorted(float(x) for x in 10 ** rng.uniform(-2, 2, 2))
    return p, q


def random_array(rng: np.random.Generator) -> NDArray[Any]:
    length = int(10 ** rng.uniform(0, 2.3))
    kind = rng.choice(["float64", "float64", "float64", "float32", "float16", "int8", "uint64"])
    if kind == "int8":
        array = rng.integers(-128, 128, length).astype(np.int8)
    elif kind == "uint64":
        array = (2.0 ** rng.uniform(0, 63.99, length)).astype(np.uint64)
    else:
        reach = {"float64": 300.0, "float32": 37.0, "float16": 4.5}[str(kind)]
        low, high = np.sort(rng.uniform(-reach, reach, 2))
        array = (rng.choice([-1, 1], length) * 10 ** rng.uniform(low, high, length)).astype(kind)
        if rng.random() < 0.2:
            array[:] = array[0]  # equal terms round alike: the worst case of plain summation
    array[rng.random(length) < rng.choice([0, 0, 0.5, 0.9])] = 0
    if not array.any():
        array[0] = 1
    return array


def test_ratio_is_accurate_on_random_arrays() -> None:
    rng = np.random.default_rng(20230501)
    worst, culprit = 0.0, ""
    for _ in range(ARRAYS):
        array = random_array(rng)
        p, q = random_exponents(rng)
        ball = exact_ratio(array.tolist(), p, q)
        if float(ball.mid()) < 1e-300:
            continue  # near the end of float64 a unit in the last place means something else
        error = error_in_ulps(pq_ratio(array, p, q), ball) / bound(p)
        if error > worst:
            worst, culprit = error, f"p={p} q={q} {array.dtype} N={array.size}"
    print(f"largest error: {worst:.3f} of the bound 8 max(1, 1/p), at {culprit}")
    assert worst <= 1, culprit


@pytest.mark.parametrize(
    ("p", "q"), [(0.001, 0.002), (0.001, 1000.0), (0.01, 100.0), (0.5, 0.6), (7.0, 999.0)]
)
@pytest.mark.parametrize(
    "entries",
    [
        [1e-300, 1e300],
        [5e-324, 1.7e308],
        [5e-324, 5e-324, 1e-323],
        [1.7e308] * 5 + [0.0],
        [2.0**k for k in range(-1074, 1024, 7)],
        [1.0, 1.0 + 2**-52, 0.999],
    ],
)
def test_ratio_is_accurate_at_the_ends_of_the_range(
    entries: list[float], p: float, q: float
) -> None:
    ball = exact_ratio(entries, p, q)
    computed = pq_ratio(np.array(entries), p, q)
    assert error_in_ulps(computed, ball) <= bound(p)


@pytest.mark.parametrize(("p", "q"), [(0.7, 1.3), (1.0, 2.0), (30.0, 90.0)])
@pytest.mark.parametrize("descending", [False, True])
def test_blocks_of_any_magnitudes_add_up(
    p: float, q: float, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numeric_check.arrays.blocks.blocks.__defaults__", (4,))
    array = np.ldexp(np.linspace(1, 1.5, 601), np.arange(-1070, 1020, 3.48).astype(int)[:601])
    array = array[::-1] if descending else array
    assert error_in_ulps(pq_ratio(array, p, q), exact_ratio(array.tolist(), p, q)) <= bound(p)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e-200])
@pytest.mark.parametrize("length", [1, 2, 111, 255, 257, 1_000_003])
def test_equal_entries_have_index_zero(value: float, length: int) -> None:
    # Equal terms round alike, which is where naive sums drift.
    assert pq_index(np.full(length, value), 1, 2) <= 8 * 2**-53


def test_long_array_against_exact_integer_sums() -> None:
    rng = np.random.default_rng(5)
    array = rng.integers(-1000, 1000, 1_300_001)
    wide = array.astype(object)
    mean, square = Fraction(sum(abs(wide)), len(array)), Fraction(sum(wide * wide), len(array))
    before, ctx.prec = ctx.prec, BITS
    ball = exact(mean) / exact(square).sqrt()
    ctx.prec = before
    for dtype in (np.int16, np.int64, np.float32, np.float64, ">f4", np.longdouble):
        assert error_in_ulps(pq_ratio(array.astype(dtype), 1, 2), ball) <= 4


def test_int8_minimum_has_an_absolute_value() -> None:
    assert pq_index(np.array([-128, 128 - 1], np.int8), 1, 2) == pq_index([128.0, 127.0], 1, 2)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float16", "float32", "longdouble"])
def test_dtypes_agree(dtype: str) -> None:
    array = np.array([[0, 1, 1], [1, 0, 1]], dtype=dtype)
    assert pq_ratio(array, 1, 2) == pytest.approx(math.sqrt(4 / 6), rel=1e-15)


def test_longdouble_beyond_float64() -> None:
    if np.finfo(np.longdouble).maxexp <= 1024:
        pytest.skip("longdouble is no wider than float64 here")
    array = np.ldexp(np.array([3, 4, 0], np.longdouble), np.array([9000, 9000, 0]))
    for p, q in [(0.01, 0.02), (1, 2), (0.3, 7), (10, 100)]:
        assert error_in_ulps(pq_ratio(array, p, q), exact_ratio([3, 4, 0], p, q)) <= bound(p)
    tiny = np.ldexp(np.array([1, 1], np.longdouble), np.array([0, -9000]))
    ball = exact_ratio([Fraction(1), Fraction(1, 2**9000)], 0.01, 0.5)
    assert error_in_ulps(pq_ratio(tiny, 0.01, 0.5), ball) <= bound(0.01)


def test_ratio_resolves_what_the_index_cannot() -> None:
    sparse = np.zeros(1000)
    sparse[7] = -3
    ball = exact_ratio([3.0] + [0.0] * 999, 0.05, 1)
    assert pq_index(sparse, 0.05, 1) == 1
    assert error_in_ulps(pq_ratio(sparse, 0.05, 1), ball) <= bound(0.05)


@given(
    hnp.arrays(np.float64, st.integers(1, 40), elements=st.floats(-1e300, 1e300)).filter(np.any),
    st.floats(0.01, 50),
    st.floats(1.01, 50),
)
def test_value_is_within_bounds_and_symmetric(
    array: NDArray[np.float64], p: float, factor: float
) -> None:
    q = min(p * factor, 1000)
    index = pq_index(array, p, q)
    assert 0 <= index <= 1
    # Signs never matter; doubling the vector (cloning) moves nothing but roundings.
    assert pq_index(-array, p, q) == index
    again = pq_ratio(np.concatenate([array, array]), p, q)
    tolerance = 2 * bound(p) * 2**-52
    assert again == pytest.approx(pq_ratio(array, p, q), rel=tolerance, abs=1e-300)


# --- axes and layouts -----------------------------------------------------------------------------


@given(st.data())
def test_axis_agrees_with_the_slices(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(max_dims=4, max_side=5))
    array = np.random.default_rng(3).standard_normal(shape)
    axes = data.draw(st.lists(st.integers(0, len(shape) - 1), min_size=1, unique=True).map(tuple))
    if data.draw(st.booleans()):
        array = np.asfortranarray(array)
    got = pq_index(array, 0.5, 2, axes)
    kept = [i for i in range(len(shape)) if i not in axes]
    assert got.shape == tuple(shape[i] for i in kept)
    for index in np.ndindex(*got.shape):
        place: list[Any] = [slice(None)] * len(shape)
        for axis, position in zip(kept, index, strict=True):
            place[axis] = position
        assert got[index] == pytest.approx(pq_index(array[tuple(place)], 0.5, 2), abs=1e-14)


def test_axis_conventions() -> None:
    array = np.arange(1.0, 13).reshape(3, 4)
    assert pq_index(array, 1, 2, axis=-1).tolist() == pq_index(array, 1, 2, axis=1).tolist()
    assert pq_index(array, 1, 2, axis=(0, 1)).shape == ()
    assert pq_index(array, 1, 2, axis=()).tolist() == np.zeros((3, 4)).tolist()
    assert isinstance(pq_index(array, 1, 2), float)
    assert pq_index(np.empty((0, 3)), 1, 2, axis=1).shape == (0,)
    with pytest.raises(np.exceptions.AxisError):
        pq_index(array, 1, 2, axis=2)
    with pytest.raises(ValueError, match="repeated"):
        pq_index(array, 1, 2, axis=(0, 0))


@pytest.mark.parametrize("axis", [0, 1, (0, 2)])
def test_slices_of_any_magnitudes_side_by_side(
    axis: int | tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numeric_check.arrays.blocks.blocks.__defaults__", (16,))
    rng = np.random.default_rng(11)
    array = 10.0 ** rng.uniform(-300, 300, (9, 10, 11))
    array[rng.random(array.shape) < 0.3] = 0
    got = pq_ratio(array, 1.5, 40, axis)
    axes = (axis,) if isinstance(axis, int) else axis
    summed = np.moveaxis(array, axes, range(-len(axes), 0))
    for index in np.ndindex(*got.shape):
        ball = exact_ratio(summed[index].ravel().tolist(), 1.5, 40.0)
        assert error_in_ulps(float(got[index]), ball) <= 8


@given(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=9), st.data())
def test_blocks_cover_every_entry_once(shape: tuple[int, ...], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(shape))))
    kept = data.draw(st.sets(st.sampled_from(order))) if shape else set()
    limit = data.draw(st.integers(1, 50))
    seen = np.zeros(shape, int)
    for block in blocks(shape, order, kept, limit):
        assert seen[block].size <= limit
        seen[block] += 1
    assert (seen == 1).all()


@pytest.mark.parametrize("view", ["[::2]", "[:, ::-1]", ".T", "[:, :, None]", "[::-3, 5:7]"])
def test_views_are_read_in_place(view: str) -> None:
    array = np.random.default_rng(1).standard_normal((400, 700))
    seen = {
        "[::2]": array[::2],
        "[:, ::-1]": array[:, ::-1],
        ".T": array.T,
        "[:, :, None]": array[:, :, None],
        "[::-3, 5:7]": array[::-3, 5:7],
    }[view]
    assert pq_ratio(seen, 0.5, 3) == pytest.approx(pq_ratio(seen.copy(), 0.5, 3), rel=1e-15)


def test_memory_is_constant(tmp_path: Any) -> None:
    path = tmp_path / "large.npy"
    large = np.lib.format.open_memmap(path, "w+", np.float32, (3000, 2000))
    large[...] = np.arange(1, 2001)
    for array, axis in [(large, None), (large[:, ::2], None), (large, 0), (large.T, 0)]:
        tracemalloc.start()
        pq_index(array, 0.5, 3, axis)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 8e6  # the file holds 24 million bytes


# --- other arrays ---------------------------------------------------------------------------------


def test_sequences_and_numbers() -> None:
    assert pq_index([[3, 0], [4, 0]], 1, 2) == pq_index(np.array([3, 0, 4, 0]), 1, 2)
    assert pq_index(-2.5, 1, 2) == 0
    assert pq_index([1, 2], Fraction(1, 2), np.float32(2)) == pq_index([1, 2], 0.5, 2)


def test_torch_tensors() -> None:
    torch = pytest.importorskip("torch")
    array = np.random.default_rng(2).standard_normal((5, 6)).astype(np.float32)
    tensor = torch.tensor(array, requires_grad=True)
    assert pq_index(tensor, 1, 2) == pq_index(array, 1, 2)
    assert pq_index(tensor.T, 1, 2, axis=0).tolist() == pq_index(array.T, 1, 2, axis=0).tolist()
    short = tensor.detach().to(torch.bfloat16)
    assert pq_index(short, 1, 2) == pq_index(short.float().numpy(), 1, 2)
    with pytest.raises(MeasureTypeError, match="sparse"):
        pq_index(tensor.detach().to_sparse(), 1, 2)


def test_arrays_of_the_standard() -> None:
    xp = pytest.importorskip("array_api_strict")
    array = np.random.default_rng(2).standard_normal((5, 6))
    assert pq_index(xp.asarray(array), 1, 2) == pq_index(array, 1, 2)
    assert pq_index(xp.asarray(array), 1, 2, axis=1).shape == (5,)


def test_extension_dtypes() -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    short = np.array([1, 2, 3.5], ml_dtypes.bfloat16)
    assert pq_index(short, 1, 2) == pq_index([1, 2, 3.5], 1, 2)


# --- no value -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("array", "message"),
    [
        ([], "the array is empty; the PQ index needs finite entries, one of them nonzero"),
        (np.zeros((2, 2)), "the array is all zero, where the measure is 0/0"),
        (np.zeros(3, np.int8), "the array is all zero"),
        ([1.0, math.nan, math.inf], r"the array holds NaN, first at index \(1,\)"),
        ([[1.0, 0], [-math.inf, 1]], r"the array holds an infinite entry, first at index \(1, 0\)"),
        (np.array([1, np.inf], np.float16), "holds an infinite entry"),
    ],
)
@pytest.mark.parametrize(("p", "q"), [(0.01, 0.02), (1, 2), (0.5, 70), (20, 100)])
def test_arrays_without_a_value(array: Any, message: str, p: float, q: float) -> None:
    with pytest.raises(MeasureValueError, match=message):
        pq_index(array, p, q)


@pytest.mark.parametrize("last", [0.0, 1.0, 1e300])
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_not_finite_is_never_lost(
    last: float, bad: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numeric_check.arrays.blocks.blocks.__defaults__", (2,))
    array = np.array([1e-300, 1e-300, bad, 1.0, 1e200, 1e250, last, last])
    with pytest.raises(MeasureValueError, match="holds"):
        pq_index(array, 1, 20)


@pytest.mark.parametrize(
    ("array", "axis", "message"),
    [
        ([[1.0, 2], [0, 0], [math.nan, 1]], 1, r"slice \[1, :\] is all zero"),
        ([[1.0, math.nan], [0, 0]], 0, r"slice \[:, 1\] holds NaN"),
        (np.ones((2, 0)), 1, r"slice \[0, :\] is empty"),
        (np.zeros((2, 3, 4)), (0, 2), r"slice \[:, 0, :\] is all zero"),
    ],
)
def test_the_first_slice_without_a_value_is_named(array: Any, axis: Any, message: str) -> None:
    with pytest.raises(MeasureValueError, match=message):
        pq_index(array, 1, 2, axis)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.array([1 + 1j]), r"complex entries \(complex128\).*pass abs\(array\)"),
        (np.array(["a"]), "not real numbers"),
        (np.array([None, 1]), "not real numbers"),
        ([[1, 2], [3]], "not an array of numbers"),
        ([10**400], "not real numbers"),
        (np.array(["2020-01-01"], "M8[D]"), "not real numbers"),
        (np.zeros(2, [("a", "f8")]), "not real numbers"),
        (np.ma.masked_array([1, 2], [True, False]), "masked"),
    ],
)
def test_entries_that_are_not_real_numbers(array: Any, message: str) -> None:
    with pytest.raises(MeasureTypeError, match=message):
        pq_index(array, 1, 2)


@pytest.mark.parametrize(
    ("p", "q", "message"),
    [
        (0, 2, "p must be a positive number, but p = 0"),
        (-1, 2, "p must be a positive number"),
        (math.nan, 2, "p must be a positive number"),
        (1, math.nan, "q must be a positive number"),
        (2, 2, "p must be smaller than q, but p = 2 and q = 2"),
        (3, 2, "p must be smaller than q"),
        (1, math.inf, "q must lie between 0.001 and 1000"),
        (1e-4, 2, "p must lie between"),
        (1, 10**400, "q must lie between"),
        (-(10**400), 2, "p must be a positive number"),
    ],
)
def test_exponents_out_of_range(p: float, q: float, message: str) -> None:
    with pytest.raises(MeasureValueError, match=message):
        pq_index([1.0], p, q)


@pytest.mark.parametrize("p", ["1", None, 1j, True])
def test_exponents_that_are_not_numbers(p: Any) -> None:
    with pytest.raises(MeasureTypeError, match="p must be a real number"):
        pq_index([1.0], p, 2)


@given(
    st.lists(st.tuples(st.floats(0, 1e300), st.integers(-4, 4)), max_size=12),
    st.integers(0, 12),
)
def test_merged_sums_equal_sums_in_one_go(terms: list[tuple[float, int]], cut: int) -> None:
    together, first, second = (LevelledSum(2.0) for _ in range(3))
    for position, (value, level) in enumerate(terms):
        for total in (together, first if position < cut else second):
            total.add(np.array(value), np.array(level))
    first.merge(second)
    (merged, merged_level), (total, level) = first.total(), together.total()
    if total > 0:
        shift = 600 * int(merged_level - level)
        assert math.ldexp(float(merged), shift) == pytest.approx(float(total), rel=1e-15)
