"""The header of the .npy format: a Python literal, checked before anything is set aside for it."""

from __future__ import annotations

import math
import tokenize
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray

from .errors import TensorFileError
from .tensor import Tensor, TensorArray


@dataclass(frozen=True)
class NpyHeader:
    """What precedes the entries in the .npy format, checked against the bytes that follow."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]
    length: int

    def tensor(self, name: str, load: Callable[[], TensorArray]) -> Tensor:
        """Return the tensor that it describes."""
        return Tensor(name, self.shape, str(self.dtype), load)

    def mapped(self, path: Path, start: int) -> NDArray[Any]:
        """Return the entries of a file in which it begins at `start`, mapped into memory."""
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


def npy_header(file: IO[bytes], label: str, size: int) -> NpyHeader:
    """Return the header of a file of so many bytes, read past; `label` is what errors call it."""
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
    return NpyHeader(shape, fortran, dtype, length)
