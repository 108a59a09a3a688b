"""Files of tensors, one tensor at a time: .npy, .npz, .safetensors, their index, and text.

Files are not trusted: nothing is unpickled, a header is checked against the file before memory is
set aside, and what is wrong with a file is said in one line that names it.
"""

from __future__ import annotations

import io
import json
import math
import struct
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray

from .errors import MeasureTypeError, MeasureValueError, PickleFileError, TensorFileError
from .formats import CodedArray
from .safetensors import read_entry, read_header
from .sparse import SparseArray, sparse_from_fields
from .text import read_numbers, read_rows

__all__ = [
    "ARRAY_SUFFIXES", "INDEX_SUFFIX", "Tensor", "iter_tensors", "list_tensors", "shards_of",
    "tensors_of_stream",
]  # fmt: skip

TensorArray = NDArray[Any] | CodedArray | SparseArray

#: what a folder is searched for: text of other kinds has the same suffixes as text of numbers
ARRAY_SUFFIXES = frozenset({".npy", ".npz", ".safetensors"})
#: ends the name of the file that says which shard holds which tensor
INDEX_SUFFIX = ".safetensors.index.json"

_STRETCH_BYTES = 1 << 20


@dataclass(frozen=True)
class Tensor:
    """A tensor that is described but not read yet; `load` reads it, or maps it into memory.

    `file` is what it was asked for by.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    load: Callable[[], TensorArray]
    file: str = ""

    @property
    def entries(self) -> int:
        """The number of entries."""
        return math.prod(self.shape)


def list_tensors(path: str | Path) -> list[Tensor]:
    """The tensors of a file, from its headers alone (a text file is read whole).

    The format goes by the suffix: .npy, .npz, .safetensors, .safetensors.index.json (the tensors of
    its shards); .txt, .csv, .tsv, .dat and no suffix are text (`text` has its grammar). A .npy or
    text file is one tensor named after the file, as is an .npz that scipy.sparse wrote.
    Uncompressed members of an .npz are mapped, compressed ones loaded.

    Raises TensorFileError if the file does not hold what its format promises, and OSError if it
    cannot be read.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if path.name.lower().endswith(INDEX_SUFFIX):
        return _from(path, _list_shards(path))
    reader = _READERS.get(suffix)
    if reader is not None:
        return _from(path, reader(path))
    refused = f"{path}: no tensors are read from {suffix} files; "
    if suffix in _PICKLES:
        raise PickleFileError(
            f"{refused}it may hold pickled code, which is never run; convert it first", path
        )
    kinds = ", ".join([*(kind for kind in _READERS if kind), INDEX_SUFFIX])
    raise TensorFileError(f"{refused}use one of {kinds}")


def tensors_of_stream(data: bytes) -> list[Tensor]:
    """The tensor that standard input has brought: a .npy file, or numbers as text."""
    name = "standard input"
    if data.startswith(npy_format.MAGIC_PREFIX):
        header = _npy_header(io.BytesIO(data), name, len(data))
        entries = np.frombuffer(data, header.dtype, math.prod(header.shape), header.length)
        array = entries.reshape(header.shape, order="F" if header.fortran else "C")
        return _from(name, [header.tensor(name, lambda: array)])
    if data.startswith(b"PK"):
        raise TensorFileError(f"{name} is an .npz file; save it and name the file")
    if data[8:9] == b"{":
        raise TensorFileError(f"{name} is a .safetensors file; save it and name the file")
    values = read_rows(name, io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig"))
    return _from(name, [Tensor(name, values.shape, str(values.dtype), lambda: values)])


def _from(file: str | Path, tensors: list[Tensor]) -> list[Tensor]:
    return [replace(tensor, file=str(file)) for tensor in tensors]


def iter_tensors(path: str | Path) -> Iterator[tuple[str, TensorArray]]:
    """The name and the entries of each tensor of a file; raises as `list_tensors` does."""
    for tensor in list_tensors(path):
        yield tensor.name, tensor.load()


def _list_safetensors(path: Path) -> list[Tensor]:
    return [
        Tensor(entry.name, entry.shape, entry.dtype, partial(read_entry, path, entry))
        for entry in read_header(path)
    ]


def shards_of(path: Path) -> dict[str, Path]:
    """Which shard holds which tensor, from an index file; TensorFileError if it does not say so."""
    try:
        index = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise TensorFileError(f"{path}: not JSON ({error})") from error
    shards = index.get("weight_map") if isinstance(index, dict) else None
    if not isinstance(shards, dict) or not shards:
        raise TensorFileError(f"{path}: says of no tensor which file holds it (weight_map)")
    for shard in shards.values():
        # A file that somebody sends must not have others of the machine opened.
        if not isinstance(shard, str) or Path(shard).name != shard or {*shard} & {"\\", "\0"}:
            raise TensorFileError(f"{path}: {str(shard)[:80]!r} is not a file beside it")
    return {name: path.parent / shard for name, shard in shards.items()}


def _list_shards(path: Path) -> list[Tensor]:
    shards = shards_of(path)
    tensors: list[Tensor] = []
    for shard in dict.fromkeys(shards.values()):
        if not shard.is_file():
            raise TensorFileError(f"{path}: the shard {shard.name!r} is not beside it")
        if shard.suffix != ".safetensors":
            raise TensorFileError(f"{path}: {shard.name!r} is not a .safetensors file")
        found = {tensor.name: tensor for tensor in _list_safetensors(shard)}
        said = {name for name, where in shards.items() if where == shard}
        if said != set(found):
            name = min(said ^ set(found))
            raise TensorFileError(
                f"{path}: tensor {name!r} is "
                + (f"not in {shard.name!r}" if name in said else f"in {shard.name!r} unsaid")
            )
        tensors += found.values()
    return tensors


def _list_npy(path: Path) -> list[Tensor]:
    with path.open("rb") as file:
        header = _npy_header(file, str(path), path.stat().st_size)
    return [header.tensor(path.stem, lambda: header.mapped(path, 0))]


# What zipfile raises for archives that are broken, encrypted or packed in an unknown way.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip


def _list_npz(path: Path) -> list[Tensor]:
    with path.open("rb") as file:  # outside the try: that a file is missing is not its fault
        try:
            with zipfile.ZipFile(file) as archive:
                tensors = [_npz_member(path, archive, info) for info in archive.infolist()]
        except TensorFileError:
            raise
        except _ZIP_ERRORS as error:
            raise TensorFileError(f"{path}: not a readable .npz file ({error})") from error
    if not tensors:
        raise TensorFileError(f"{path}: holds no arrays")
    by_name = {tensor.name: tensor for tensor in tensors}
    return [_scipy_tensor(path, by_name)] if by_name.keys() >= _SCIPY_FIELDS else tensors


#: what every file of `scipy.sparse.save_npz` holds
_SCIPY_FIELDS = frozenset({"format", "shape", "data"})


def _scipy_tensor(path: Path, members: dict[str, Tensor]) -> Tensor:
    if any(members[name].entries > 64 for name in ("format", "shape")):
        raise TensorFileError(f"{path}: is not a sparse array as scipy.sparse.save_npz writes it")
    try:
        array = sparse_from_fields({name: np.asarray(t.load()) for name, t in members.items()})
    except (MeasureValueError, MeasureTypeError) as error:
        raise TensorFileError(f"{path}: {error}") from error
    return Tensor(path.stem, array.shape, f"sparse {array.values.dtype}", lambda: array)


def _npz_member(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Tensor:
    name = info.filename.removesuffix(".npy")
    if name == info.filename:
        raise TensorFileError(f"{path}: holds {name!r}, which is not an array (.npy)")
    label = f"{path}: array {name!r}"
    with archive.open(info) as file:
        header = _npy_header(file, label, info.file_size)

    def load() -> TensorArray:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(info) as file:
                if info.compress_type == zipfile.ZIP_STORED:
                    # A map would not notice damage: zipfile compares the checksum at the end.
                    while file.read(_STRETCH_BYTES):
                        pass
                    return header.mapped(path, _stored_start(path, info))
                array = npy_format.read_array(file, allow_pickle=False)
                file.read(1)
                return np.asarray(array)
        except (*_ZIP_ERRORS, MemoryError) as error:
            raise TensorFileError(f"{label} cannot be read ({error})") from error

    return header.tensor(name, load)


def _stored_start(path: Path, info: zipfile.ZipInfo) -> int:
    """Where the bytes of an uncompressed member begin: after its local header (APPNOTE 4.3.7)."""
    with path.open("rb") as file:
        file.seek(info.header_offset + 26)
        name, extra = struct.unpack("<HH", file.read(4))
    return int(info.header_offset + 30 + name + extra)


@dataclass(frozen=True)
class _NpyHeader:
    """What precedes the entries in the .npy format, checked against the bytes that follow."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]
    length: int

    def tensor(self, name: str, load: Callable[[], TensorArray]) -> Tensor:
        return Tensor(name, self.shape, str(self.dtype), load)

    def mapped(self, path: Path, start: int) -> NDArray[Any]:
        if 0 in self.shape:
            return np.empty(self.shape, self.dtype)  # nothing to map
        offset = start + self.length
        try:
            return np.memmap(
                path, self.dtype, "r", offset, self.shape, "F" if self.fortran else "C"
            )
        except ValueError as error:
            raise TensorFileError(f"{path} is cut short ({error})") from error


# The header is a Python literal; these are what parsing an arbitrary one has been seen to raise.
_HEADER_ERRORS = (
    ValueError, SyntaxError, TypeError, EOFError, MemoryError, RecursionError, tokenize.TokenError
)  # fmt: skip


def _npy_header(file: IO[bytes], label: str, size: int) -> _NpyHeader:
    try:
        version = npy_format.read_magic(file)
        with warnings.catch_warnings(action="ignore"):  # about headers written by Python 2
            # Version 3 differs from 2 in the encoding of field names, which no plain array has.
            if version == (1, 0):
                shape, fortran, dtype = npy_format.read_array_header_1_0(file)
            else:
                shape, fortran, dtype = npy_format.read_array_header_2_0(file)
    except _HEADER_ERRORS as error:
        reason = " ".join(str(error).split())
        # what ml_dtypes calls <f1 is a float8
        hint = "; save them as float32, or in a .safetensors file" if "descriptor" in reason else ""
        said = "has entries that NumPy has no name for" if hint else "has no readable .npy header"
        raise TensorFileError(f"{label} {said} ({reason}){hint}") from error
    if dtype.hasobject:
        raise TensorFileError(f"{label} holds Python objects, which are never unpickled")
    if dtype.itemsize == 0:
        raise TensorFileError(f"{label} has entries of dtype {dtype}, which hold nothing")
    length = file.tell()
    if min(shape, default=0) < 0 or length + math.prod(shape) * dtype.itemsize > size:
        raise TensorFileError(f"{label} is cut short: shape {shape} of {dtype} does not fit in it")
    return _NpyHeader(shape, fortran, dtype, length)


def _list_text(path: Path) -> list[Tensor]:
    values = read_numbers(path)
    return [Tensor(path.stem, values.shape, str(values.dtype), lambda: values)]


_READERS: dict[str, Callable[[Path], list[Tensor]]] = {
    ".npy": _list_npy,
    ".npz": _list_npz,
    ".safetensors": _list_safetensors,
    ".txt": _list_text,
    ".csv": _list_text,
    ".tsv": _list_text,
    ".dat": _list_text,
    "": _list_text,
}

_PICKLES = frozenset({".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt"})
