"""Arrays that store their nonzero entries alone, such as those of scipy.sparse."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import Block
from .errors import MeasureTypeError, MeasureValueError

__all__ = ["SPARSE_FIELDS", "SparseArray", "sparse_from_fields", "sparse_from_scipy"]

Positions = NDArray[np.int64]

#: what `scipy.sparse.save_npz` writes besides `format`, `shape` and `data`, by the format
SPARSE_FIELDS = {
    "csr": ("indices", "indptr"),
    "csc": ("indices", "indptr"),
    "coo": ("row", "col"),
}


@dataclass(frozen=True, eq=False)
class SparseArray:
    """Entries `values` at increasing `positions` in C order; all others are zero."""

    shape: tuple[int, ...]
    positions: Positions
    values: NDArray[Any]

    @property
    def entries(self) -> int:
        """The number of entries, those that are not stored included."""
        return math.prod(self.shape)

    def read_block(self, index: Block) -> NDArray[Any]:
        """The entries at `index`, one slice without a step for each axis."""
        lengths = [cut.stop - cut.start for cut in index]
        block = np.zeros(lengths, self.values.dtype)
        # Whatever lies in the block lies between its first and its last entry.
        if block.size:
            first = int(np.ravel_multi_index([cut.start for cut in index], self.shape))
            last = int(np.ravel_multi_index([cut.stop - 1 for cut in index], self.shape))
            near = slice(*np.searchsorted(self.positions, [first, last + 1]))
            places = np.unravel_index(self.positions[near], self.shape)
            inside = np.ones(places[0].shape, bool)
            for cut, place in zip(index, places, strict=True):
                inside &= (cut.start <= place) & (place < cut.stop)
            here = [p[inside] - cut.start for cut, p in zip(index, places, strict=True)]
            block[tuple(here)] = self.values[near][inside]
        return block


def sparse_from_scipy(array: Any) -> SparseArray:
    """A sparse array of scipy in any format; entries stored twice are added, as scipy does."""
    entries = array.tocoo(copy=True)
    entries.sum_duplicates()
    places = getattr(entries, "coords", None) or (entries.row, entries.col)
    return _sparse(tuple(map(int, entries.shape)), places, entries.data)


def sparse_from_fields(fields: Mapping[str, NDArray[Any]]) -> SparseArray:
    """What `scipy.sparse.save_npz` has written; MeasureValueError for what it cannot have."""
    kind = (
        bytes(fields["format"].item()).decode("ascii", "replace")
        if (fields["format"].dtype.kind == "S")
        else str(fields["format"].item())
    )
    if kind not in SPARSE_FIELDS:
        raise MeasureTypeError(
            f"a sparse array in the format {kind[:20]!r} is not read; save array.tocsr() instead"
        )
    shape, data = fields["shape"], fields["data"]
    parts = [fields[name] for name in SPARSE_FIELDS[kind] if name in fields]
    if (
        len(parts) < 2
        or any(part.ndim != 1 or part.dtype.kind not in "iu" for part in (*parts, shape))
        or data.ndim != 1
        or shape.size != 2
        or min(shape.tolist()) < 0
        or math.prod(shape.tolist()) >= 1 << 62
    ):
        raise MeasureValueError("is not a sparse array as scipy.sparse.save_npz writes it")
    rows, columns = map(int, shape)
    if kind == "coo":
        return _sparse((rows, columns), parts, data)
    indices, starts = parts
    lines = rows if kind == "csr" else columns
    counts: NDArray[np.int64] = np.diff(starts.astype(np.int64)).astype(np.int64)
    if starts.size != lines + 1 or starts[0] != 0 or counts.min(initial=0) < 0:
        raise MeasureValueError("has row pointers that do not increase; save it again")
    if starts[-1] != data.size:
        raise MeasureValueError("has row pointers that do not fit its entries; save it again")
    line = np.repeat(np.arange(lines), counts)
    return _sparse((rows, columns), (line, indices) if kind == "csr" else (indices, line), data)


def _sparse(shape: tuple[int, ...], places: Any, values: NDArray[Any]) -> SparseArray:
    if any(place.size != values.size for place in places):
        raise MeasureValueError("has fewer places than entries, or more; save it again")
    try:
        positions = np.ravel_multi_index(tuple(p.astype(np.int64) for p in places), shape)
    except ValueError:
        raise MeasureValueError("has an entry outside of its shape; save it again") from None
    order = np.argsort(positions, kind="stable")
    positions = positions[order]
    if (np.diff(positions) == 0).any():
        raise MeasureValueError(
            "has two entries at one place; call its sum_duplicates() and save it again"
        )
    return SparseArray(shape, positions, values[order])
