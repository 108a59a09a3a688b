"""The PQ index of every tensor of a file, and of all of them as one vector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .errors import MeasureTypeError, MeasureValueError
from .files import list_tensors
from .pq_index import PowerSums, checked_exponents
from .source import as_source

__all__ = ["TensorRow", "iter_tensor_rows", "measure_tensors"]


@dataclass(frozen=True)
class TensorRow:
    """One line of the table: a tensor, or the total over all entries of all tensors.

    `index` is I_{p,q} and `ratio` is 1 - I to full relative accuracy; both are None where the
    measure has no value, and then `problem` says why. `nonzero` counts entries (NaN included) and
    is None where they could not be read. The total has shape None and its dtype is empty.
    """

    name: str
    shape: tuple[int, ...] | None
    dtype: str
    entries: int
    nonzero: int | None
    index: float | None
    ratio: float | None
    problem: str | None = None

    @property
    def is_total(self) -> bool:
        """Whether this is the line for all tensors together."""
        return self.shape is None

    @property
    def nonzero_fraction(self) -> float | None:
        """The share of entries that are not zero, in [0, 1]."""
        if self.nonzero is None or self.entries == 0:
            return None
        return self.nonzero / self.entries


def measure_tensors(
    path: str | Path, p: Any, q: Any, *, undefined: Literal["raise", "keep"] = "raise"
) -> list[TensorRow]:
    """The rows of `iter_tensor_rows`, as a list that ends with the total."""
    return list(iter_tensor_rows(path, p, q, undefined=undefined))


def iter_tensor_rows(
    path: str | Path, p: Any, q: Any, *, undefined: Literal["raise", "keep"] = "raise"
) -> Iterator[TensorRow]:
    """Measure the tensors of a file, a row each as soon as it is known; the total comes last.

    The file is read once and in blocks. The total is the index of all entries concatenated: tensors
    that are all zero count with their entries, a tensor without a value for another reason (NaN,
    infinite, complex) leaves the total without one. `undefined` says what to do with a tensor where
    the measure is undefined: "raise" an error that names it, or "keep" a row that says why.

    Raises what `list_tensors` and `pq_index` raise; the latter name the file and the tensor.
    """
    low, high = checked_exponents(p, q)
    total = PowerSums(low, high, count_nonzero=True)
    obstacle: MeasureTypeError | MeasureValueError | None = None
    for tensor in list_tensors(path):
        sums = PowerSums(low, high, count_nonzero=True)
        failure: MeasureTypeError | MeasureValueError | None = None
        try:
            sums.add(as_source(tensor.load(), flatten=True))
        except MeasureTypeError as error:
            failure = MeasureTypeError(f"{path}: tensor {tensor.name!r}: {error}")
            obstacle = obstacle or failure
        else:
            total.merge(sums)
            found = sums.problem()
            if found is not None:
                failure = MeasureValueError(f"{path}: tensor {tensor.name!r} {found[0]}")
        if failure is not None and undefined == "raise":
            raise failure
        yield _row(tensor.name, tensor.shape, tensor.dtype, tensor.entries, sums, failure)
    found = total.problem()
    if obstacle is None and found is not None:
        obstacle = MeasureValueError(f"{path}: the total over all tensors {found[0]}")
    if obstacle is not None and undefined == "raise":
        raise obstacle
    yield _row("total", None, "", total.entries, total, obstacle)


def _row(
    name: str,
    shape: tuple[int, ...] | None,
    dtype: str,
    entries: int,
    sums: PowerSums,
    failure: MeasureTypeError | MeasureValueError | None,
) -> TensorRow:
    ratio = None if failure else float(sums.ratio())
    return TensorRow(
        name=name,
        shape=shape,
        dtype=dtype,
        entries=entries,
        nonzero=None if isinstance(failure, MeasureTypeError) else sums.nonzero,
        index=None if ratio is None else 1.0 - ratio,
        ratio=ratio,
        problem=None if failure is None else str(failure),
    )
