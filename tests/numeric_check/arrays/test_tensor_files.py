"""Files of tensors: what they hold, and that a hostile one costs a line of text and no more."""

from __future__ import annotations

import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError, TensorFileError
from numeric_check.arrays.files import iter_tensors, list_tensors
from numeric_check.arrays.formats import CodedArray
from numeric_check.arrays.pq_index import pq_index
from numeric_check.arrays.table import iter_tensor_rows, measure_tensors

RNG = np.random.default_rng(8)
WEIGHTS = {
    "first": RNG.standard_normal((4, 5)).astype(np.float32),
    "second": RNG.integers(-128, 128, 7).astype(np.int8),
    "third": np.asfortranarray(RNG.standard_normal((3, 2, 2)).astype(np.float16)),
    "scalar": np.float64(3.5),
}
NAMES = {"float32": "F32", "int8": "I8", "float16": "F16", "float64": "F64", "complex64": "C64"}


def write_safetensors(path: Path, tensors: dict[str, Any], **codes: str) -> None:
    """A file as the format describes it; `codes` overrides the dtype of a tensor."""
    header: dict[str, Any] = {"__metadata__": {"format": "np"}}
    data = b""
    for name, value in tensors.items():
        array = np.asarray(value)
        dtype = codes.get(name) or NAMES[array.dtype.name]
        stop = len(data) + array.nbytes
        header[name] = {"dtype": dtype, "shape": array.shape, "data_offsets": [len(data), stop]}
        data += array.tobytes()
    write_raw(path, json.dumps(header).encode(), data)


def write_raw(path: Path, header: bytes, data: bytes = b"") -> None:
    path.write_bytes(len(header).to_bytes(8, "little") + header + data)


WRITERS: dict[str, Callable[[Path], None]] = {
    "plain.npz": lambda path: np.savez(path, **WEIGHTS),
    "packed.npz": lambda path: np.savez_compressed(path, **WEIGHTS),
    "model.safetensors": lambda path: write_safetensors(path, WEIGHTS),
}


@pytest.mark.parametrize("name", WRITERS)
def test_tensors_come_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    found = dict(iter_tensors(path))
    assert list(found) == list(WEIGHTS)
    for key, array in WEIGHTS.items():
        assert np.array_equal(np.asarray(found[key]), array)
    assert [tensor.entries for tensor in list_tensors(path)] == [20, 7, 12, 1]
    if name != "packed.npz":
        assert isinstance(found["first"], np.ndarray)
        assert not found["first"].flags.owndata  # mapped, not loaded


@pytest.mark.parametrize("order", ["C", "F"])
def test_npy(order: Any, tmp_path: Path) -> None:
    path = tmp_path / "weights.npy"
    array = np.asarray(RNG.standard_normal((6, 7)), dtype=">f8", order=order)
    np.save(path, array)
    [(name, found)] = iter_tensors(path)
    assert name == "weights"
    assert isinstance(found, np.memmap)
    assert np.array_equal(found, array)


def test_the_reference_writer_agrees(tmp_path: Path) -> None:
    numpy_writer = pytest.importorskip("safetensors.numpy")
    path = tmp_path / "model.safetensors"
    numpy_writer.save_file({name: np.ascontiguousarray(a) for name, a in WEIGHTS.items()}, path)
    found = dict(iter_tensors(path))
    for key, array in WEIGHTS.items():
        assert np.array_equal(np.asarray(found[key]).reshape(array.shape), array)


def test_table_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    write_safetensors(path, WEIGHTS)
    rows = measure_tensors(path, 1, 2)
    assert [row.name for row in rows] == [*WEIGHTS, "total"]
    for row, array in zip(rows, WEIGHTS.values(), strict=False):
        assert row.index == pq_index(array, 1, 2)
        assert row.shape == np.shape(array)
        assert row.nonzero == np.count_nonzero(array)
        assert not row.is_total
    everything = np.concatenate([np.ravel(array).astype(float) for array in WEIGHTS.values()])
    assert rows[-1].is_total
    assert rows[-1].entries == everything.size
    assert rows[-1].index == pytest.approx(pq_index(everything, 1, 2), abs=1e-15)
    assert rows[-1].nonzero_fraction == np.count_nonzero(everything) / everything.size


def test_the_total_over_very_different_scales(tmp_path: Path) -> None:
    path = tmp_path / "scales.npz"
    parts = [1e-200 * RNG.random(50), 1e200 * RNG.random(5), RNG.random(20), np.zeros(4)]
    np.savez(path, *parts)
    for p, q in [(0.01, 0.02), (1, 2), (0.3, 60)]:
        total = measure_tensors(path, p, q, undefined="keep")[-1]
        assert total.ratio == pytest.approx(1 - pq_index(np.concatenate(parts), p, q), rel=1e-12)


def test_formats_that_numpy_lacks(tmp_path: Path) -> None:
    path = tmp_path / "codes.safetensors"
    short = (np.array([1, -2.5, 0, 3e38], np.float32).view(np.uint32) >> 16).astype(np.uint16)
    octets = np.arange(256, dtype=np.uint8)
    names = ("five", "four", "eight", "four-nuz", "five-nuz")
    tensors = {"short": short} | dict.fromkeys(names, octets)
    codes = {"short": "BF16", "five": "F8_E5M2", "four": "F8_E4M3", "eight": "F8_E8M0"}
    codes |= {"four-nuz": "F8_E4M3FNUZ", "five-nuz": "F8_E5M2FNUZ"}
    write_safetensors(path, tensors, **codes)
    found = dict(iter_tensors(path))
    assert isinstance(found["short"], CodedArray)
    assert found["short"][:3].tolist() == [1, -2.5, 0]
    ml_dtypes = pytest.importorskip("ml_dtypes")
    for name, dtype in [
        ("five", ml_dtypes.float8_e5m2),
        ("four", ml_dtypes.float8_e4m3fn),
        ("eight", ml_dtypes.float8_e8m0fnu),
        ("four-nuz", ml_dtypes.float8_e4m3fnuz),
        ("five-nuz", ml_dtypes.float8_e5m2fnuz),
    ]:
        expected = octets.view(dtype).astype(np.float32)
        assert np.array_equal(np.asarray(found[name], np.float32), expected, equal_nan=True)


# --- tensors without a value ----------------------------------------------------------------------

SOUND = np.array([1.0, 0, 2])


@pytest.mark.parametrize(
    ("array", "error", "message"),
    [
        (np.zeros(3), None, "tensor 'bias' is all zero, where the measure is 0/0"),
        (np.empty((0, 3)), None, "tensor 'bias' is empty"),
        (np.array([1, np.nan]), MeasureValueError, "tensor 'bias' holds NaN"),
        (np.array([1, -np.inf]), MeasureValueError, "tensor 'bias' holds an infinite entry"),
        (np.array([1j]), MeasureTypeError, r"tensor 'bias': complex entries \(complex128\)"),
        (np.array(["a"]), MeasureTypeError, "tensor 'bias': entries of dtype <U1"),
    ],
)
def test_a_tensor_without_a_value_is_named(
    array: Any, error: type[Exception] | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "model.npz"
    np.savez(path, weight=SOUND, bias=array)
    rows = iter_tensor_rows(path, 1, 2)
    assert next(rows).name == "weight"  # known before the fault is met
    if error is None:  # no fault: the run goes on
        assert message in str(next(rows).problem)
    else:
        with pytest.raises(error, match=message):
            next(rows)
    kept = measure_tensors(path, 1, 2, undefined="keep")
    assert kept[0].index == pq_index(SOUND, 1, 2)
    assert kept[1].index is None
    assert str(path) in str(kept[1].problem)
    # Zeros and nothing at all still have a place in the total; what has no value spoils it.
    whole = np.concatenate([SOUND, array.ravel()]) if array.dtype.kind == "f" else None
    if whole is not None and np.isfinite(whole).all():
        assert kept[2].index == pq_index(whole, 1, 2)
    else:
        assert kept[2].index is None
        assert kept[2].problem


def test_exponents_are_checked_before_the_file() -> None:
    with pytest.raises(MeasureValueError, match="p must be smaller than q"):
        measure_tensors("absent.npy", 2, 1)
    with pytest.raises(FileNotFoundError):
        measure_tensors("absent.npy", 1, 2)


# --- hostile files --------------------------------------------------------------------------------


def described(**changes: Any) -> bytes:
    fields = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} | changes
    return json.dumps({"w": fields}).encode()


TWO = {"a": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}}


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[1]", "is not a JSON object"),
        (b'{"w": {}, "w": {}}', "'w' occurs twice"),
        (b'{"w": 3}', "'w' lacks a proper dtype, shape or offsets"),
        (described(dtype=3), "lacks a proper"),
        (described(shape=[2.0]), "lacks a proper"),
        (described(shape=[True, 2]), "lacks a proper"),
        (described(shape=[-1, -2]), "lacks a proper"),
        (described(data_offsets=[0]), "lacks a proper"),
        (described(shape=[10**30]), "cannot occupy bytes 0 to 8"),
        (described(data_offsets=[8, 0]), "cannot occupy"),
        (described(shape=[2**61], data_offsets=[0, 2**63]), "the tensors end at byte"),
        (described(shape=[1], data_offsets=[4, 8]), "leaves a gap before it"),
        (described(shape=[1], data_offsets=[0, 4]), "the tensors end at byte"),
        (
            json.dumps(TWO | {"b": {"dtype": "U8", "shape": [6], "data_offsets": [2, 8]}}).encode(),
            "'b' overlaps the one before it",
        ),
        (described(dtype="F4"), "dtype F4, which cannot be measured"),
    ],
)
def test_hostile_safetensors(header: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.safetensors"
    write_raw(path, header, bytes(8))
    check_refused(path, message)


@pytest.mark.parametrize("content", [b"", b"1234567", b"\xff" * 8 + b"{}", b"\x00" * 8])
def test_safetensors_whose_length_is_a_lie(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "hostile.safetensors"
    path.write_bytes(content)
    check_refused(path, "safetensors")


def check_refused(path: Path, message: str) -> None:
    with pytest.raises(TensorFileError, match=message) as caught:
        measure_tensors(path, 1, 2)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


def npy_bytes(header: str) -> bytes:
    text = header.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no readable .npy header"),
        (b"\x93NUMPY\x09\x00", "no readable .npy header"),
        (npy_bytes("{"), "no readable .npy header"),
        (npy_bytes("(" * 9000), "no readable .npy header"),
        (npy_bytes("-" * 9000 + "1"), "no readable .npy header"),
        (npy_bytes("{'descr': '<f8', 'fortran_order': False, 'shape': (9L,)}"), "cut short"),
        (npy_bytes("__import__('os').abort()"), "no readable .npy header"),
        (npy_bytes("{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9)}"), "cut short"),
        (npy_bytes("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"), "cut short"),
        (
            npy_bytes("{'descr': '<f8', 'fortran_order': False, 'shape': (" + "9" * 50 + ",)}"),
            "cut short",
        ),
        (npy_bytes("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"), "never unpickled"),
        (npy_bytes("{'descr': '|S0', 'fortran_order': False, 'shape': (8,)}"), "hold nothing"),
    ],
)
@pytest.mark.parametrize("kind", ["npy", "stored", "deflated"])
def test_hostile_npy_and_npz(kind: str, content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / ("hostile.npy" if kind == "npy" else "hostile.npz")
    if kind == "npy":
        path.write_bytes(content)
    else:
        method = zipfile.ZIP_STORED if kind == "stored" else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("w.npy", content)
    check_refused(path, message)


@pytest.mark.parametrize("name", ["plain.npz", "packed.npz"])
def test_damaged_entries_are_noticed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("second.npy")
    middle = info.header_offset + 30 + len("second.npy") + info.compress_size - 3
    content[middle] ^= 1
    path.write_bytes(content)
    check_refused(path, "second")


def test_other_hostile_files(tmp_path: Path) -> None:
    path = tmp_path / "not.npz"
    path.write_bytes(b"PK nothing")
    check_refused(path, "not a readable .npz file")
    with zipfile.ZipFile(tmp_path / "other.npz", "w") as archive:
        archive.writestr("readme.txt", "hello")
    check_refused(tmp_path / "other.npz", "holds 'readme.txt', which is not an array")
    zipfile.ZipFile(tmp_path / "empty.npz", "w").close()
    check_refused(tmp_path / "empty.npz", "holds no arrays")
    path = tmp_path / "model.pt"
    path.write_bytes(pickle.dumps([1]))
    check_refused(path, "never run; convert it first")
    path = tmp_path / "model.h5"
    path.write_bytes(b"")
    check_refused(path, "no tensors are read from .h5 files; use one of .npy")
    path = tmp_path / "words.txt"
    path.write_text("1 2\n3 four\n")
    check_refused(path, "line 2, column 3: 'four' is not a number")
    path.write_bytes(b"\xff\x00")
    check_refused(path, "not a text file")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 10**6), octet=st.integers(0, 255), kind=st.sampled_from([*WRITERS]))
def test_one_wrong_byte_is_read_or_refused(
    position: int, octet: int, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / kind
    WRITERS[kind](path)
    content = bytearray(path.read_bytes())
    content[position % len(content)] = octet
    path.write_bytes(content)
    try:
        measure_tensors(path, 1, 2)
    except (TensorFileError, MeasureTypeError, MeasureValueError) as error:
        assert path.name in str(error)  # noqa: PT017
