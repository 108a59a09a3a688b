"""Files of tensors, one tensor at a time: .npy, .npz, .safetensors, their index, and text.

Files are not trusted: nothing is unpickled, a header is checked against the file before memory is
set aside, and what is wrong with a file is said in one line that names it.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.lib import format as npy_format

from .errors import PickleFileError, TensorFileError
from .npy import npy_header
from .npz import list_npz
from .safetensors import read_entry, read_header
from .tensor import Tensor, TensorArray
from .text import read_numbers, read_rows

__all__ = [
    "ARRAY_SUFFIXES", "INDEX_SUFFIX", "iter_tensors", "list_tensors", "shards_of",
    "tensors_of_stream",
]  # fmt: skip

#: what a folder is searched for: text of other kinds has the same suffixes as text of numbers
ARRAY_SUFFIXES = frozenset({".npy", ".npz", ".safetensors"})
#: ends the name of the file that says which shard holds which tensor
INDEX_SUFFIX = ".safetensors.index.json"


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
        header = npy_header(io.BytesIO(data), name, len(data))
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
        header = npy_header(file, str(path), path.stat().st_size)
    return [header.tensor(path.stem, lambda: header.mapped(path, 0))]


def _list_text(path: Path) -> list[Tensor]:
    values = read_numbers(path)
    return [Tensor(path.stem, values.shape, str(values.dtype), lambda: values)]


_READERS: dict[str, Callable[[Path], list[Tensor]]] = {
    ".npy": _list_npy,
    ".npz": list_npz,
    ".safetensors": _list_safetensors,
    ".txt": _list_text,
    ".csv": _list_text,
    ".tsv": _list_text,
    ".dat": _list_text,
    "": _list_text,
}

_PICKLES = frozenset({".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt"})
