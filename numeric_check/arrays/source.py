"""Any array, seen as something that hands out NumPy blocks on demand.

An array larger than memory is fine as long as its blocks are not: memory maps, tensors on
another device and coded tensors are all read one block at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from .blocks import Block
from .errors import MeasureTypeError
from .formats import CodedArray
from .sparse import SparseArray, sparse_from_scipy

__all__ = ["ArraySource", "BlockReader", "as_source", "is_extension", "magnitudes"]

# Formats that NumPy knows only through extension types; all convert to float64 exactly.
_EXTENSION_PREFIXES = ("bfloat16", "float8_", "float6_", "float4_", "int", "uint")


@runtime_checkable
class BlockReader(Protocol):
    """An array that decodes itself block by block, such as a bfloat16 tensor in a file."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of each axis."""

    def read_block(self, index: Block) -> NDArray[Any]:
        """The entries at `index` (one slice an axis), with a real NumPy dtype."""


@dataclass(frozen=True)
class ArraySource:
    """Real entries that are read block by block.

    `order` lists the axes from the slowest to the fastest in memory, so that a walk can follow it.
    `flat` is there if all entries lie side by side in memory (or in a mapped file), in one axis.
    `zeros` are further entries, all zero, that nothing stores.
    """

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    order: tuple[int, ...]
    read: Callable[[Block], NDArray[Any]]
    flat: NDArray[Any] | CodedArray | None = None
    zeros: int = 0

    @property
    def entries(self) -> int:
        """The number of entries that are read: all but `zeros`."""
        return math.prod(self.shape)

    @property
    def reach(self) -> int:
        """An R such that every nonzero finite entry lies within 2^-R and 2^R in absolute value."""
        if is_extension(self.dtype):
            return 149  # none of the extension types goes beyond float32
        if self.dtype.kind == "b":
            return 1
        if self.dtype.kind in "iu":
            return 8 * self.dtype.itemsize
        limits = np.finfo(self.dtype)
        return int(max(limits.maxexp, limits.nmant - limits.minexp))

    @property
    def work_dtype(self) -> np.dtype[Any]:
        """The dtype to compute in: float64, or the entries' own where that is wider."""
        wide = self.dtype.kind == "f" and self.dtype.itemsize > 8
        return self.dtype.newbyteorder("=") if wide else np.dtype(np.float64)


def as_source(array: Any, *, flatten: bool = False) -> ArraySource:
    """View `array` as a source of blocks, without copying it.

    Accepts NumPy arrays, memory maps, `BlockReader`s, torch tensors on any device, arrays that
    follow the array API standard, and what `numpy.asarray` understands. With `flatten`, axes that
    are contiguous in memory may be merged (the order of the entries is then not specified).

    Raises MeasureTypeError if the entries are not real numbers.
    """
    if isinstance(array, np.ma.MaskedArray):
        raise MeasureTypeError(
            "a masked array has no agreed length N; pass array.compressed() or array.filled(0)"
        )
    if hasattr(array, "tocoo"):  # scipy.sparse
        array = sparse_from_scipy(array)
    if isinstance(array, SparseArray):
        _require_real(array.values.dtype)
        if flatten:
            stored = _numpy_source(array.values, True)
            return replace(stored, zeros=array.entries - array.values.size)
        return _lazy_source(array.shape, array.read_block)
    if isinstance(array, np.ndarray):
        return _numpy_source(np.asarray(array), flatten)
    if isinstance(array, CodedArray) and flatten and array.codes.flags.c_contiguous:
        flat = CodedArray(array.codes.reshape(-1), array.format)
        return replace(_lazy_source(flat.shape, flat.read_block), flat=flat)
    if isinstance(array, BlockReader):
        return _lazy_source(array.shape, array.read_block)
    if hasattr(array, "detach") and hasattr(array, "cpu"):
        tensor = array.detach()  # entries that require a gradient cannot leave torch otherwise
        return _lazy_source(tensor.shape, lambda index: _from_torch(tensor, index))
    if hasattr(array, "__array_namespace__"):
        return _lazy_source(array.shape, lambda index: _from_standard(array[index]))
    try:
        converted = np.asarray(array)
    except (TypeError, ValueError) as error:
        raise MeasureTypeError(f"not an array of numbers: {error}") from error
    return _numpy_source(converted, flatten)


def _numpy_source(array: NDArray[Any], flatten: bool) -> ArraySource:
    _require_real(array.dtype)
    if flatten and array.flags.forc:
        flat = array.reshape(-1) if array.flags.c_contiguous else array.T.reshape(-1)
        return ArraySource(flat.shape, flat.dtype, (0,), flat.__getitem__, flat)
    by_stride = sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis]))
    return ArraySource(array.shape, array.dtype, tuple(by_stride), array.__getitem__)


def _lazy_source(shape: Any, read: Callable[[Block], NDArray[Any]]) -> ArraySource:
    lengths = tuple(int(length) for length in shape)
    # An empty block tells the dtype that blocks will have, at no cost.
    dtype = read(tuple(slice(0, 0) for _ in lengths)).dtype
    _require_real(dtype)
    return ArraySource(lengths, dtype, tuple(range(len(lengths))), read)


def _from_torch(tensor: Any, index: Block) -> NDArray[Any]:
    kind = str(tensor.dtype)
    try:
        block = tensor[index]
        if "bfloat16" in kind or "float8" in kind:
            block = block.float()  # exact, and NumPy has no such dtype
        return np.asarray(block.cpu().numpy())
    except (RuntimeError, TypeError) as error:
        raise MeasureTypeError(
            f"cannot read a tensor of type {kind} and layout {tensor.layout} as NumPy; "
            f"convert it to a dense floating-point one"
        ) from error


def _from_standard(block: Any) -> NDArray[Any]:
    try:
        return np.asarray(block)
    except (TypeError, ValueError, RuntimeError):
        pass  # arrays on another device refuse the implicit copy; an explicit one remains
    try:
        return np.from_dlpack(block, device="cpu")
    except (TypeError, ValueError, RuntimeError, BufferError) as error:
        raise MeasureTypeError(
            f"cannot read {type(block).__name__} as NumPy ({error}); move it to the CPU first"
        ) from error


def magnitudes(entries: NDArray[Any], out: NDArray[Any]) -> None:
    """The absolute values of real entries of any dtype, exact but for integers beyond 2^53."""
    if entries.dtype.kind == "f" and not is_extension(entries.dtype):
        np.abs(entries, out=out)
    else:
        # Converted first, because abs(-128) does not exist in int8.
        np.copyto(out, entries, casting="unsafe")
        np.abs(out, out=out)


def is_extension(dtype: np.dtype[Any]) -> bool:
    """Tell whether a library has added a dtype to NumPy's; in ml_dtypes one has the kind "f"."""
    return dtype.isbuiltin == 2


def _require_real(dtype: np.dtype[Any]) -> None:
    if is_extension(dtype):
        if dtype.name.startswith(_EXTENSION_PREFIXES):
            return
    elif dtype.kind in "biuf":
        return
    elif dtype.kind == "V" and dtype.names is None:
        raise MeasureTypeError(
            f"entries of dtype {dtype} are bare bytes: .npy keeps no name of bfloat16 or float8; "
            "save them as float32, or in a .safetensors file"
        )
    if dtype.kind == "c":
        raise MeasureTypeError(
            f"complex entries ({dtype}): the measure is defined for real ones; pass abs(array)"
        )
    raise MeasureTypeError(
        f"entries of dtype {dtype} are not real numbers; convert them, e.g. to float64"
    )
