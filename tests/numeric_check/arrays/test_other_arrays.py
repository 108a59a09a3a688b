"""Arrays of other libraries: scipy's sparse ones, ml_dtypes' floats, and shards with an index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from numeric_check.arrays.errors import MeasureTypeError, PickleFileError, TensorFileError
from numeric_check.arrays.files import list_tensors, tensors_of_stream
from numeric_check.arrays.pq_index import pq_index
from numeric_check.arrays.table import measure_tensors

ml_dtypes = pytest.importorskip("ml_dtypes")
scipy = pytest.importorskip("scipy")
pytest.importorskip("scipy.sparse")

DTYPES = sorted(
    {
        np.dtype(kind).name
        for kind in vars(ml_dtypes).values()
        if isinstance(kind, type) and issubclass(kind, np.generic)
    }
)
DENSE = np.random.default_rng(3).standard_normal((12, 9))
DENSE[np.abs(DENSE) < 1] = 0
DENSE[:, 0] = DENSE[0, :] = 2


@pytest.mark.parametrize("name", DTYPES)
def test_every_dtype_of_ml_dtypes_is_measured_or_refused_in_words(name: str) -> None:
    zero = 1 if name == "float8_e8m0fnu" else 0  # it has powers of two alone
    array = np.array([1, 1, zero, 1, 1], np.float32).astype(np.dtype(getattr(ml_dtypes, name)))
    if "complex" in name:
        with pytest.raises(MeasureTypeError, match="not real numbers"):
            pq_index(array, 1, 2)
        return
    assert pq_index(array, 1, 2) == pq_index(array.astype(np.float64), 1, 2)
    assert pq_index(array[:, None], 1, 2, axis=0) == pq_index(array.astype(np.float64), 1, 2)


@pytest.mark.parametrize("name", [name for name in DTYPES if "complex" not in name])
def test_npy_of_a_dtype_that_it_can_not_name_is_refused_in_words(name: str, tmp_path: Path) -> None:
    np.save(tmp_path / "w.npy", np.ones(3, np.dtype(getattr(ml_dtypes, name))))
    said = r"no name .*; save them as float32, or in a \.safetensors file"
    with pytest.raises((MeasureTypeError, TensorFileError), match=said):
        measure_tensors(tmp_path / "w.npy", 1, 2)


@pytest.mark.parametrize("kind", ["csr", "csc", "coo", "bsr", "dia", "lil", "dok"])
def test_sparse_arrays_are_measured_with_the_entries_they_leave_out(kind: str) -> None:
    array = scipy.sparse.csr_array(DENSE).asformat(kind)
    assert pq_index(array, 1, 2) == pytest.approx(pq_index(DENSE, 1, 2), rel=1e-14)
    for axis in (0, 1):
        assert np.allclose(pq_index(array, 1, 2, axis=axis), pq_index(DENSE, 1, 2, axis=axis))


def test_a_sparse_array_far_too_large_to_write_out_is_measured() -> None:
    array = scipy.sparse.coo_array(([1.0, 1.0], ([0, 10**6], [5, 7])), shape=(10**7, 10**7))
    assert pq_index(array, 1, 2) == pytest.approx(1 - (2 / 10**14) ** 0.5, rel=1e-15)


def test_entries_at_one_place_are_added_as_scipy_adds_them() -> None:
    array = scipy.sparse.coo_array(([1.0, 2.0, 3.0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    assert pq_index(array, 1, 2) == pq_index(array.toarray(), 1, 2)


@pytest.mark.parametrize("kind", ["csr", "csc", "coo"])
def test_files_of_scipy_are_one_tensor(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    scipy.sparse.save_npz(path, scipy.sparse.csr_array(DENSE).asformat(kind))
    row, total = measure_tensors(path, 1, 2)
    assert (row.name, row.shape, row.dtype) == ("weights", (12, 9), "sparse float64")
    assert row.index == total.index == pytest.approx(pq_index(DENSE, 1, 2), rel=1e-14)
    assert row.entries == total.entries == 108
    assert row.nonzero == np.count_nonzero(DENSE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": np.array(b"bsr")}, "save array.tocsr"),
        ({"indices": np.array([0, 9])}, "outside of its shape"),
        ({"indices": np.array([1, 1])}, "two entries at one place"),
        ({"indices": np.array([1])}, "fewer places than entries"),
        ({"indptr": np.array([0, 3, 2])}, "do not increase"),
        ({"indptr": np.array([0, 1, 1])}, "do not fit its entries"),
        ({"shape": np.array([2, -4])}, "is not a sparse array"),
        ({"shape": np.array([2**40, 2**40])}, "is not a sparse array"),
        ({"shape": np.array([1.5, 4])}, "is not a sparse array"),
        ({"format": np.zeros(10**4, "S1")}, "is not a sparse array"),
    ],
)
def test_sparse_files_that_contradict_themselves_are_refused(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    fields = {
        "format": np.array(b"csr"),
        "shape": np.array([2, 4]),
        "data": np.array([1.0, 2.0]),
        "indices": np.array([0, 3]),
        "indptr": np.array([0, 2, 2]),
    }
    np.savez(tmp_path / "w.npz", **(fields | change))
    with pytest.raises(TensorFileError, match=said):
        list_tensors(tmp_path / "w.npz")


def shards(folder: Path, weight_map: Any) -> Path:
    save_file = pytest.importorskip("safetensors.numpy").save_file
    save_file({"a": DENSE, "b": np.ones(3)}, folder / "m-1.safetensors")
    save_file({"c": DENSE[0].copy()}, folder / "m-2.safetensors")
    path = folder / "model.safetensors.index.json"
    path.write_text(json.dumps({"metadata": {}, "weight_map": weight_map}))
    return path


WHOLE = {"a": "m-1.safetensors", "b": "m-1.safetensors", "c": "m-2.safetensors"}


def test_an_index_stands_for_its_shards(tmp_path: Path) -> None:
    rows = measure_tensors(shards(tmp_path, WHOLE), 1, 2)
    assert sorted(row.name for row in rows[:-1]) == ["a", "b", "c"]
    whole = np.concatenate([DENSE.ravel(), np.ones(3), DENSE[0]])
    assert rows[-1].index == pytest.approx(pq_index(whole, 1, 2), rel=1e-14)


@pytest.mark.parametrize(
    ("weight_map", "said"),
    [
        ({}, "says of no tensor"),
        ([], "says of no tensor"),
        (WHOLE | {"d": "../m-1.safetensors"}, "is not a file beside it"),
        (WHOLE | {"d": "/etc/passwd"}, "is not a file beside it"),
        (WHOLE | {"d": 3}, "is not a file beside it"),
        (WHOLE | {"d": "m-3.safetensors"}, "the shard 'm-3.safetensors' is not beside it"),
        (WHOLE | {"d": "m-2.safetensors"}, "'d' is not in 'm-2.safetensors'"),
        ({"a": "m-1.safetensors"}, "'b' is in 'm-1.safetensors' unsaid"),
        ({"a": "model.safetensors.index.json"}, "is not a .safetensors file"),
    ],
)
def test_an_index_that_does_not_fit_its_shards_is_refused(
    weight_map: Any, said: str, tmp_path: Path
) -> None:
    with pytest.raises(TensorFileError, match=said):
        list_tensors(shards(tmp_path, weight_map))


@pytest.mark.parametrize("name", ["model.pt", "pytorch_model.bin", "a'b.pth", "x.pkl"])
def test_the_lines_that_convert_a_pickle_are_python(name: str) -> None:
    with pytest.raises(PickleFileError, match="never run") as caught:
        list_tensors(name)
    assert caught.value.conversion.count("\n") == 1
    compile(caught.value.conversion, "shown", "exec")
    assert repr(name) in caught.value.conversion


def test_standard_input_is_text_or_an_array(tmp_path: Path) -> None:
    np.save(tmp_path / "w.npy", np.asfortranarray(DENSE))
    [tensor] = tensors_of_stream((tmp_path / "w.npy").read_bytes())
    assert np.array_equal(tensor.load(), DENSE)
    [tensor] = tensors_of_stream(b"3 4\r\n0 0\n")
    assert np.asarray(tensor.load()).tolist() == [[3, 4], [0, 0]]
    np.savez(tmp_path / "w.npz", a=DENSE)
    for data in ((tmp_path / "w.npz").read_bytes(), b"\x02\0\0\0\0\0\0\0{}", b"", b"\xff", b"1 x"):
        with pytest.raises(TensorFileError, match="standard input"):
            tensors_of_stream(data)
    whole = (tmp_path / "w.npy").read_bytes()
    with pytest.raises(TensorFileError, match="standard input is cut short"):
        tensors_of_stream(whole[:-1])
