"""The compiled loops for large arrays: as accurate as NumPy's way, and never in the way."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx
from numpy.typing import NDArray

from numeric_check.arrays import compiled as array_fused
from numeric_check.arrays.compiled import FusedSums, fused_sums
from numeric_check.arrays.errors import MeasureValueError
from numeric_check.arrays.formats import CodedArray
from numeric_check.arrays.pq_index import pq_index, pq_ratio
from numeric_check.arrays.table import measure_tensors

numba = pytest.importorskip("numba")

BITS = 200

# Random arrays in the test of any exponents; CONTRIBUTING names the long run.
ARRAYS = int(os.environ.get("PQ_INDEX_ARRAYS", "1000"))

PAIRS = [
    (1.0, 2.0),
    (0.5, 1.0),
    (0.25, 0.5),
    (2.0, 4.0),
    (1.0, 3.0),
    (3.0, 4.0),
    (0.5, 1.5),
    (3.0, 12.0),
]


@pytest.fixture
def fused(monkeypatch: pytest.MonkeyPatch) -> list[FusedSums]:
    """Short arrays and pieces take the compiled loops; the list fills with what these return."""
    seen: list[FusedSums] = []

    def spy(flat: Any, p: float, q: float, *, count: bool) -> FusedSums | None:
        sums = fused_sums(flat, p, q, count=count)
        if sums is not None:
            seen.append(sums)
        return sums

    monkeypatch.setattr(array_fused, "FUSED_ENTRIES", 1)
    monkeypatch.setattr(array_fused, "_PIECE_ENTRIES", 600)
    # By its full name the module, because the package has a function of the same name.
    monkeypatch.setattr(import_module("numeric_check.arrays.pq_index"), "fused_sums", spy)
    return seen


@pytest.fixture
def forgotten() -> Any:
    """No kernel is at hand, before and after the test."""
    array_fused._kernel.cache_clear()
    yield
    array_fused._kernel.cache_clear()


def errors(array: NDArray[Any], p: float, q: float) -> float:
    """The error of `pq_ratio` against ball arithmetic, in units of the promised bound."""
    before, ctx.prec = ctx.prec, BITS
    try:
        values, counts = np.unique(np.abs(array.astype(float)), return_counts=True)
        means = []
        for exponent in (arb(p), arb(q)):
            terms = (
                arb(v) ** exponent * c
                for v, c in zip(values.tolist(), counts.tolist(), strict=True)
                if v
            )
            means.append((sum(terms, arb(0)) / array.size) ** (1 / exponent))
        ball = means[0] / means[1]
        unit = math.ulp(float(ball.mid()))
        return abs(float((arb(pq_ratio(array, p, q)) - ball) / unit)) / (8 * max(1, 1 / p))
    finally:
        ctx.prec = before


def random_array(rng: np.random.Generator, dtype: str) -> NDArray[Any]:
    length = int(rng.choice([1, 3, 100, 255, 256, 257, 600, 601, 1500]))
    values = rng.integers(1, 40)
    if dtype in ("int8", "uint64", "bool"):
        limits = {"int8": (-128, 128), "uint64": (0, 2**53), "bool": (0, 2)}[dtype]
        some = rng.integers(*limits, values).astype(dtype)
    else:
        # down to where but a bit is left of the least subnormal number, and up to the greatest
        reach = {"float64": (-323.3, 308), "float32": (-44.8, 38), "float16": (-7.2, 4.8)}[dtype]
        low, high = np.sort(rng.uniform(*reach, 2))
        some = (rng.choice([-1, 1], values) * 10 ** rng.uniform(low, high, values)).astype(dtype)
    array = rng.choice(some, length)
    array[rng.random(length) < rng.choice([0, 0, 0.5, 0.9])] = 0
    if not array.any():
        array[0] = 1
    return array


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_ratio_is_accurate_on_random_arrays(p: float, q: float, fused: list[FusedSums]) -> None:
    rng = np.random.default_rng(20230501)
    assert max(errors(random_array(rng, "float64"), p, q) for _ in range(60)) <= 1
    assert len(fused) == 60
    assert any(sums.left for sums in fused)
    assert any(sums.low and not sums.left for sums in fused)


def hostile_exponents(rng: np.random.Generator) -> tuple[float, float]:
    """From 1/1000 to 1000, at the ends and beside each other too, one of them at most special."""
    p, q = sorted(float(x) for x in 10 ** rng.uniform(-3, 3, 2))
    kind = rng.integers(8)
    if kind == 0:
        return 0.001, q
    if kind == 1:
        return p, 1000.0
    if kind == 2:
        return p, p * (1 + 2.0 ** -int(rng.integers(1, 50)))
    if kind == 3:
        return p, min(1000.0, p * int(rng.integers(2, 5)))
    if kind == 4:
        special = float(rng.choice([0.25, 0.5, 1, 2, 3, 4]))
        return (special, q) if special < q else (p, special)
    return p, q


@pytest.mark.skipif(not array_fused._has_wide_vectors(), reason="NumPy has these powers here")
def test_ratio_is_accurate_for_any_exponents(fused: list[FusedSums]) -> None:
    rng = np.random.default_rng(20261127)
    worst = 0.0
    for _ in range(ARRAYS):
        dtype = str(rng.choice(["float64", "float64", "float32", "float32", "float16", "int8"]))
        p, q = hostile_exponents(rng)
        worst = max(worst, errors(random_array(rng, dtype), p, q))
    assert worst <= 1
    assert len(fused) == ARRAYS
    assert 0.2 < sum(not sums.left for sums in fused) / ARRAYS < 0.98


@pytest.mark.parametrize("loops", [True, False])
def test_ratio_is_accurate_where_terms_round_alike(
    loops: bool, fused: list[FusedSums], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not loops:
        monkeypatch.setattr(array_fused, "FUSED_ENTRIES", sys.maxsize)
    rng = np.random.default_rng(5)
    worst = 0.0
    for _ in range(ARRAYS):
        p, q = PAIRS[rng.integers(len(PAIRS))]
        if rng.random() < 0.7:
            p = float(10 ** rng.uniform(-3, 0.5))
            q = p * (1 + 10 ** rng.uniform(-6, 0))
        values = rng.uniform(0.5, rng.choice([1, 1.5]), rng.integers(1, 3))
        worst = max(worst, errors(rng.choice(values, 256 * int(rng.integers(1, 5))), p, q))
    assert worst <= 1
    assert bool(fused) == loops


@pytest.mark.skipif(not array_fused._has_wide_vectors(), reason="NumPy has these powers here")
def test_a_power_is_within_the_stated_bound() -> None:
    rng = np.random.default_rng(3)
    before, ctx.prec = ctx.prec, BITS
    try:
        for _ in range(ARRAYS):
            p = float(10 ** rng.uniform(-3, 3))
            near = 1 + rng.choice([-1, 1]) * 2.0 ** rng.uniform(-52, -1)
            w = float(rng.choice([near, 10 ** rng.uniform(-323.3, 308), rng.uniform(0.5, 2)]))
            if abs(p * math.log2(w)) > 1020:
                continue
            kernel = array_fused._kernel(p, 1.0 if p != 1 else 2.0, 0, False, True)
            assert kernel is not None
            power = arb(w) ** arb(p)
            assert abs(float((arb(kernel(np.array([w]))[0]) - power) / power)) <= 2**-52 * max(1, p)
    finally:
        ctx.prec = before


@pytest.mark.skipif(not array_fused._has_wide_vectors(), reason="NumPy has these powers here")
def test_one_code_serves_all_exponents(fused: list[FusedSums]) -> None:
    from numeric_check.arrays import kernels

    array = np.random.default_rng(2).standard_normal(1000)
    pq_ratio(array, 0.3, 0.7)
    made = kernels._compiled.cache_info().misses
    for p in np.linspace(0.01, 0.9, 20).tolist():
        assert pq_ratio(array, p, 0.95) == pytest.approx(pq_ratio(array[::-1], p, 0.95), rel=1e-12)
    assert len(fused) == 21
    assert kernels._compiled.cache_info().misses == made


def test_powers_are_left_to_numpy_where_vectors_are_narrow(
    fused: list[FusedSums], forgotten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CPU_FEATURES", "+sse2")
    assert not array_fused._has_wide_vectors()
    array = np.random.default_rng(2).standard_normal(1000)
    assert pq_ratio(array, 0.3, 0.7) == pq_ratio(array[None, :], 0.3, 0.7, axis=1)[0]
    assert fused == []


def test_one_piece_takes_no_thread(fused: list[FusedSums], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array_fused, "ThreadPoolExecutor", None)
    pq_ratio(np.ones(600), 1, 2)
    assert len(fused) == 1


@pytest.mark.parametrize("dtype", ["float32", "float16", "int8", "uint64", "bool"])
def test_ratio_is_accurate_for_every_kind_of_number(dtype: str, fused: list[FusedSums]) -> None:
    rng = np.random.default_rng(7)
    assert max(errors(random_array(rng, dtype), 1, 2) for _ in range(60)) <= 1
    assert len(fused) == 60
    assert not any(sums.left for sums in fused)


def test_pieces_of_any_magnitudes_add_up(fused: list[FusedSums]) -> None:
    array = np.ldexp(np.linspace(1, 1.5, 6000), np.linspace(-1070, 1020, 6000).astype(int))
    for seen in (array, array[::-1].copy(), np.roll(array, 3000)):
        assert errors(seen, 1, 2) <= 1
    assert all(0 < len(sums.left) < 10 and sums.low > 0 for sums in fused)


@pytest.mark.parametrize("entries", [[5e-324], [1e-45, 0.0], [1e308] * 3, [1.0, 1e308, 5e-324]])
@pytest.mark.parametrize(("p", "q"), [(1.0, 2.0), (2.0, 4.0)])
def test_the_ends_of_the_range(
    entries: list[float], p: float, q: float, fused: list[FusedSums]
) -> None:
    assert errors(np.array(entries * 700), p, q) <= 1
    assert fused


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e-30])
@pytest.mark.parametrize("length", [1, 255, 257, 1_000_003])
def test_equal_entries_have_index_zero(
    value: float, length: int, fused: list[FusedSums], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_fused, "_PIECE_ENTRIES", 1 << 20)
    assert pq_index(np.full(length, value), 1, 2) <= 8 * 2**-53
    assert fused[0].left == []


@pytest.mark.parametrize("seed", range(4))
def test_long_sums_are_compensated(seed: int) -> None:
    # Equal entries, and those of a slow ramp, round alike over long stretches.
    length, start = (1 << 20) - 77, np.random.default_rng(seed).uniform(0.5, 1)
    for array in (np.full(length, start), np.linspace(start, 3 * start, length)):
        array.flags.writeable = False
        kernel = array_fused._kernel(1.0, 2.0, 0, False, True)
        assert kernel is not None
        low, high, _ = kernel(array)
        assert low == pytest.approx(math.fsum(array.tolist()), rel=3 * 2**-52)
        assert high == pytest.approx(math.fsum((array * array).tolist()), rel=3 * 2**-52)


@pytest.mark.parametrize(("p", "q"), [(1.0, 2.0), (2.0, 4.0)])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_arrays_without_a_value(p: float, q: float, dtype: str, fused: list[FusedSums]) -> None:
    array = np.zeros(2000, dtype)
    with pytest.raises(MeasureValueError, match="the array is all zero"):
        pq_index(array, p, q)
    array[::3] = -1
    array[1500] = -math.inf
    with pytest.raises(MeasureValueError, match=r"infinite entry, first at index \(1500,\)"):
        pq_index(array, p, q)
    array[700] = math.nan
    with pytest.raises(MeasureValueError, match=r"holds NaN, first at index \(700,\)"):
        pq_index(array, p, q)
    assert len(fused) == 3


@pytest.mark.parametrize("shift", [array_fused._FLOAT16, array_fused._BFLOAT16])
def test_every_code_of_a_short_format(shift: int) -> None:
    codes = np.arange(1 << 16).astype(np.uint16)
    codes.flags.writeable = False
    half = shift == array_fused._FLOAT16
    with np.errstate(invalid="ignore"):  # signalling NaN
        entries = codes.view(np.float16) if half else CodedArray(codes, "BF16")[...]
        numbers = entries.astype(float)
    kernel = array_fused._kernel(1.0, 2.0, shift, True, True)
    assert kernel is not None
    for at, number in enumerate(np.abs(numbers).tolist()):
        low, high, nonzero = kernel(codes[at : at + 1])
        if math.isfinite(number):
            assert (low, high, nonzero) == (number, number * number, number != 0)
        else:
            assert not math.isfinite(low)


def test_long_arrays_against_exact_integer_sums(
    fused: list[FusedSums], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_fused, "_PIECE_ENTRIES", 1 << 17)
    array = np.random.default_rng(5).integers(-120, 120, 1_300_001)
    mean, square = (Fraction(int((abs(array) ** k).sum()), array.size) for k in (1, 2))
    expected = float(mean) / math.sqrt(square)
    for dtype in ("int8", "float16", "float32", "float64"):
        assert pq_ratio(array.astype(dtype), 1, 2) == pytest.approx(expected, rel=4 * 2**-53)
    assert len(fused) == 4


def test_the_number_of_threads_changes_no_bit(
    fused: list[FusedSums], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_fused, "_PIECE_ENTRIES", 1 << 14)
    rng = np.random.default_rng(9)
    array = rng.standard_normal(1_000_017) * 10 ** rng.uniform(-9, 9, 1_000_017)
    for threads in (1, 2, 7):
        monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", threads)
        for _ in range(3):
            pq_ratio(array, 1, 2)
    assert len(fused) == 9
    assert len({(sums.low, sums.high) for sums in fused}) == 1


@pytest.mark.parametrize("layout", ["transposed", "unaligned", "read-only"])
def test_layouts(layout: str, fused: list[FusedSums]) -> None:
    array = np.random.default_rng(1).standard_normal((30, 50))
    if layout == "transposed":
        seen = array.T
    elif layout == "unaligned":
        seen = np.frombuffer(b"x" + array.tobytes(), np.uint8)[1:].view(array.dtype)
        assert not seen.flags.aligned
    else:
        seen = array.copy()
        seen.flags.writeable = False
    flags = seen.flags.writeable
    assert pq_ratio(seen, 1, 2) == pytest.approx(pq_ratio(array[:, ::-1], 1, 2), rel=1e-15)
    assert len(fused) == 1
    assert seen.flags.writeable == flags


def test_what_is_left_to_numpy(fused: list[FusedSums]) -> None:
    array = np.random.default_rng(1).standard_normal((30, 50))
    pq_index(array, 1, 2, axis=0)
    pq_index(array[:, ::2], 1, 2)
    pq_index(array.astype(">f8"), 1, 2)
    pq_index(array.astype(">f2"), 1, 2)
    pq_index(array.astype(np.longdouble), 1, 2)
    assert fused == [] or np.dtype(np.longdouble).itemsize == 8


def test_files_of_tensors(tmp_path: Path, fused: list[FusedSums]) -> None:
    safetensors = pytest.importorskip("safetensors.numpy")
    rng = np.random.default_rng(4)
    single = rng.standard_normal((40, 41)).astype(np.float32)
    single[rng.random(single.shape) < 0.3] = -0.0
    short = (single.view(np.uint32) >> 16).astype(np.uint16)
    half = single.astype(np.float16)
    safetensors.save_file({"half": half, "single": single}, tmp_path / "some.safetensors")
    header = f'{{"brain":{{"dtype":"BF16","shape":[40,41],"data_offsets":[0,{short.nbytes}]}}}}'
    (tmp_path / "brain.safetensors").write_bytes(
        len(header).to_bytes(8, "little") + header.encode() + short.tobytes()
    )
    rounded = (short.astype(np.uint32) << 16).view(np.float32)
    rows = measure_tensors(tmp_path / "some.safetensors", 1, 2)
    rows += measure_tensors(tmp_path / "brain.safetensors", 1, 2)
    assert len(fused) == 3
    arrays = {"half": half, "single": single, "brain": rounded}
    for row in rows:
        if not row.is_total:
            array = arrays[row.name]
            # Reversed columns are not a contiguous array: NumPy measures them.
            assert row.ratio == pytest.approx(pq_ratio(array[:, ::-1], 1, 2), rel=1e-15)
            assert row.nonzero == np.count_nonzero(array)


# --- without Numba --------------------------------------------------------------------------------


def test_without_numba_numpy_does_the_work(
    fused: list[FusedSums], forgotten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    array = np.random.default_rng(1).standard_normal(5000)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "numeric_check.arrays.kernels", raising=False)
    assert pq_ratio(array, 1, 2) == pytest.approx(pq_ratio(array[::-1], 1, 2), rel=1e-15)
    assert fused == []


def test_loops_that_are_not_compiled_are_not_used(
    fused: list[FusedSums], forgotten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    pq_ratio(np.ones(5000), 1, 2)
    assert fused == []


def test_a_cache_that_cannot_be_written_is_not_needed(
    fused: list[FusedSums], forgotten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from numba.core import caching

    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    pq_ratio(np.ones(5000), 1, 2)
    assert len(fused) == 1


def test_small_arrays_do_not_import_numba() -> None:
    code = (
        "import sys, numpy; from numeric_check import pq_index;"
        "pq_index(numpy.ones(100_000), 1, 2); print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
