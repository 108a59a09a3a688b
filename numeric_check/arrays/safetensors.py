"""The safetensors format: a length, a JSON header, one stretch of data.

Read with the standard library and a memory map, so that nothing is loaded before it is measured and
no header is believed before it is checked against the file: lengths, offsets and shapes must
describe the data exactly, without overlap or gap, as the format demands.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import TensorFileError
from .formats import DECODERS, CodedArray

__all__ = ["Entry", "read_entry", "read_header"]

# The limit of the reference implementation.
_LONGEST_HEADER = 100_000_000

_DTYPES = {
    "BOOL": "|b1", "U8": "|u1", "I8": "|i1", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4",
    "U64": "<u8", "I64": "<i8", "F16": "<f2", "F32": "<f4", "F64": "<f8", "C64": "<c8",
    "BF16": "<u2", "F8_E5M2": "|u1", "F8_E4M3": "|u1", "F8_E8M0": "|u1",
    "F8_E4M3FNUZ": "|u1", "F8_E5M2FNUZ": "|u1",
}  # fmt: skip


class Entry(NamedTuple):
    """One tensor of the file: where its bytes are and what they mean."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    stop: int


def read_header(path: Path) -> list[Entry]:
    """The tensors of a file in the order of their bytes; TensorFileError if it contradicts itself.

    Positions count from the start of the file. Dtypes that are not known here are listed as well.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        length = int.from_bytes(head, "little")
        if len(head) < 8 or length > min(size - 8, _LONGEST_HEADER):
            raise TensorFileError(f"{path}: not a safetensors file (its header does not fit in it)")
        text = file.read(length)
    try:
        header = json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise TensorFileError(f"{path}: the safetensors header is not JSON ({error})") from error
    if not isinstance(header, dict):
        raise TensorFileError(f"{path}: the safetensors header is not a JSON object")
    header.pop("__metadata__", None)
    start = 8 + length
    entries = [_entry(path, name, fields, start) for name, fields in header.items()]
    entries.sort(key=lambda entry: (entry.start, entry.stop))
    for entry in entries:
        if entry.start != start:
            fault = (
                "overlaps the one before it" if entry.start < start else "leaves a gap before it"
            )
            raise TensorFileError(f"{path}: tensor {entry.name!r} {fault}")
        start = entry.stop
    if start != size:
        raise TensorFileError(f"{path}: the tensors end at byte {start}, the file at {size}")
    return entries


def read_entry(path: Path, entry: Entry) -> NDArray[Any] | CodedArray:
    """The tensor as a memory map (bfloat16 and float8: a `CodedArray` over one)."""
    if entry.dtype not in _DTYPES:
        raise TensorFileError(
            f"{path}: tensor {entry.name!r} has dtype {entry.dtype}, which cannot be measured; "
            f"convert it to one of {', '.join(_DTYPES)}"
        )
    dtype = np.dtype(_DTYPES[entry.dtype])
    if entry.start == entry.stop:
        array: NDArray[Any] = np.empty(entry.shape, dtype)  # nothing to map
    else:
        size = (entry.stop - entry.start,)
        data = np.memmap(path, np.uint8, mode="r", offset=entry.start, shape=size)
        array = np.asarray(data).view(dtype).reshape(entry.shape)
    return CodedArray(array, entry.dtype) if entry.dtype in DECODERS else array


def _entry(path: Path, name: str, fields: Any, data: int) -> Entry:
    match fields:
        case {"dtype": str(dtype), "shape": [*shape], "data_offsets": [start, stop]} if all(
            type(number) is int and number >= 0 for number in (*shape, start, stop)
        ):
            pass
        case _:
            raise TensorFileError(f"{path}: tensor {name!r} lacks a proper dtype, shape or offsets")
    known = dtype in _DTYPES
    if start > stop or (
        known and stop - start != math.prod(shape) * np.dtype(_DTYPES[dtype]).itemsize
    ):
        raise TensorFileError(
            f"{path}: tensor {name!r} of dtype {dtype} and shape {shape} cannot occupy bytes "
            f"{start} to {stop}"
        )
    return Entry(name, dtype, tuple(shape), data + start, data + stop)


def _without_repeats(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names are distinct: of two tensors of one name, neither is believed."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise ValueError(f"{name!r} occurs twice")
        result[name] = value
    return result
