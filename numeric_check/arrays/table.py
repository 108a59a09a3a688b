"""The PQ index of every tensor of some files, and of all of them as one vector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .errors import MeasureTypeError, MeasureValueError
from .files import list_tensors
from .pq_index import PowerSums, checked_exponents
from .source import as_source
from .tensor import Tensor

__all__ = ["TensorRow", "iter_rows", "iter_tensor_rows", "measure_tensors"]


@dataclass(frozen=True)
class TensorRow:
    """One line of the table: a tensor, or the total over all entries of all tensors.

    `index` is I_{p,q} and `ratio` is 1 - I to full relative accuracy; both are None where the
    measure has no value, and then `problem` says why. `nonzero` counts entries (NaN included) and
    is None where they could not be read. `in_total` tells whether the entries are a part of the
    total, which has shape None and whose dtype is empty.
    """

    name: str
    shape: tuple[int, ...] | None
    dtype: str
    entries: int
    nonzero: int | None
    index: float | None
    ratio: float | None
    problem: str | None = None
    file: str = ""
    in_total: bool = True

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
    """The rows of `iter_rows` for the tensors of one file."""
    checked_exponents(p, q)
    yield from iter_rows(list_tensors(path), p, q, undefined=undefined)


def iter_rows(
    tensors: Iterable[Tensor],
    p: Any,
    q: Any,
    *,
    undefined: Literal["raise", "keep"] = "raise",
    counted: Callable[[Tensor], bool] = lambda tensor: True,
) -> Iterator[TensorRow]:
    """Measure tensors, a row each as soon as it is known; the total comes last.

    Each is read once and in blocks. The total is the index of all entries concatenated, of tensors
    that are `counted`. One that is all zero or empty has a row that says so, and a part in the
    total, of which the same may be said. One without a value for another reason (NaN, infinite,
    complex) leaves the total without one; `undefined` says what to do with it: "raise" an error
    that names it, or "keep" a row that says why.

    Raises what `list_tensors` and `pq_index` raise; the latter name the file and the tensor.
    """
    low, high = checked_exponents(p, q)
    total = PowerSums(low, high, count_nonzero=True)
    obstacle: MeasureTypeError | MeasureValueError | None = None
    files: list[str] = []
    for tensor in tensors:
        files.append(tensor.file)
        sums = PowerSums(low, high, count_nonzero=True)
        failure: MeasureTypeError | MeasureValueError | None = None
        label = f"{tensor.file}: tensor {tensor.name!r}"
        here = counted(tensor)
        try:
            sums.add(as_source(tensor.load(), flatten=True))
        except MeasureTypeError as error:
            failure = MeasureTypeError(f"{label}: {error}")
        else:
            if here:
                total.merge(sums)
            found = sums.problem()
            if found is not None:
                failure = MeasureValueError(f"{label} {found[0]}")
                if not _is_fault(found):
                    yield _row(tensor, sums, failure, here)
                    continue
        if failure is not None and undefined == "raise":
            raise failure
        if failure is not None and here:
            obstacle = obstacle or failure
        yield _row(tensor, sums, failure, here)
    found = total.problem()
    faulty = obstacle is not None or (found is not None and _is_fault(found))
    if obstacle is None and found is not None:
        where = ", ".join(dict.fromkeys(files)) or "no tensors"
        obstacle = MeasureValueError(f"{where}: the total over all tensors {found[0]}")
    if obstacle is not None and faulty and undefined == "raise":
        raise obstacle
    yield _row(None, total, obstacle, True)


def _is_fault(problem: tuple[str, tuple[int, ...]]) -> bool:
    """Tell whether a tensor holds what it should not: zeros alone, or nothing, is no fault."""
    return problem[0].startswith("holds")


def _row(
    tensor: Tensor | None,
    sums: PowerSums,
    failure: MeasureTypeError | MeasureValueError | None,
    in_total: bool,
) -> TensorRow:
    ratio = None if failure else float(sums.ratio())
    return TensorRow(
        name=tensor.name if tensor else "total",
        shape=tensor.shape if tensor else None,
        dtype=tensor.dtype if tensor else "",
        entries=tensor.entries if tensor else sums.entries,
        nonzero=None if isinstance(failure, MeasureTypeError) else sums.nonzero,
        index=None if ratio is None else 1.0 - ratio,
        ratio=ratio,
        problem=None if failure is None else str(failure),
        file=tensor.file if tensor else "",
        in_total=in_total,
    )
