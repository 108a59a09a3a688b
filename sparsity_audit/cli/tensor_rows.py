"""What `measure` says of each tensor and of all together: the rows of its table, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    from numeric_check.arrays.pruning import Magnitudes
    from numeric_check.arrays.tensor import Tensor

Row = dict[str, Any]

NO_VALUE = "is all zero, where the measure is 0/0"


@dataclass(frozen=True)
class Asked:
    """Which tensors are measured, and how: those with fewer axes than `min_axes` are in no total.

    With `keep_going`, what is wrong with a tensor is said in its row.
    """

    tensors: Sequence[Tensor]
    p: Fraction
    q: Fraction
    min_axes: int
    keep_going: bool

    def is_counted(self, tensor: Tensor) -> bool:
        """Tell whether the entries of a tensor are a part of the total."""
        return len(tensor.shape) >= self.min_axes


def index_rows(asked: Asked) -> Iterator[Row]:
    """Yield I of each tensor, and of all."""
    from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError
    from numeric_check.arrays.table import iter_rows

    undefined: Any = "keep" if asked.keep_going else "raise"
    try:
        for row in iter_rows(
            asked.tensors, asked.p, asked.q, undefined=undefined, counted=asked.is_counted
        ):
            yield {
                "name": row.name,
                "file": row.file,
                "shape": None if row.shape is None else list(row.shape),
                "dtype": row.dtype,
                "entries": row.entries,
                "nonzero": row.nonzero,
                "index": row.index,
                "one_minus_index": row.ratio,
                "problem": row.problem,
                "in_total": row.in_total,
            }
    except (MeasureTypeError, MeasureValueError) as error:
        raise InputError(str(error)) from None


def slice_rows(asked: Asked, axes: tuple[int, ...]) -> Iterator[Row]:
    """Yield, of each tensor, how I spreads over its slices along some axes."""
    import numpy as np

    from numeric_check.arrays.pq_index import slice_ratios

    def spread(tensor: Tensor) -> Row:
        ratios = slice_ratios(tensor.load(), asked.p, asked.q, axes).ravel()
        defined = ratios[~np.isnan(ratios)]
        cells: Row = {"slices": ratios.size, "without_value": ratios.size - defined.size}
        # 1 - I is greatest where I is least
        sizes = np.quantile(defined, [1, 0.5, 0]).tolist() if defined.size else [None] * 3
        for name, ratio in zip(("least", "median", "greatest"), sizes, strict=True):
            cells |= {name: None if ratio is None else 1 - ratio}
        return cells

    for tensor in asked.tensors:
        yield _described(tensor, asked, spread)


def magnitude_rows(asked: Asked, answer: Callable[[Magnitudes], Row]) -> Iterator[Row]:
    """Yield what `answer` says of the magnitudes of each tensor, and of all.

    A `problem` in an answer is a reason, which is completed by the name of the tensor.
    """
    from numeric_check.arrays.pruning import joined, magnitudes_of

    parts: list[Magnitudes] = []
    spoilt: str | None = None

    def answered(tensor: Tensor) -> Row:
        found = magnitudes_of(tensor.load())
        if asked.is_counted(tensor):
            parts.append(found)
        return {"nonzero": int(found.nonzero.size), **answer(found)}

    for tensor in asked.tensors:
        row = _described(tensor, asked, answered)
        if row["nonzero"] is None and row["in_total"]:
            spoilt = spoilt or row["problem"]
        yield row
    if spoilt is not None:
        yield {**_EMPTY, "name": "total", "problem": spoilt}
        return
    whole = joined(parts)
    row = {"entries": whole.entries, "nonzero": int(whole.nonzero.size), **answer(whole)}
    yield {**_EMPTY, "name": "total", **row}


_EMPTY: Row = {
    "name": "", "file": "", "shape": None, "dtype": "", "entries": None, "nonzero": None,
    "problem": None, "in_total": True,
}  # fmt: skip


def _described(tensor: Tensor, asked: Asked, answer: Callable[[Tensor], Row]) -> Row:
    import numpy as np

    from numeric_check.arrays.errors import MeasureTypeError, MeasureValueError

    row: Row = _EMPTY | {
        "name": tensor.name,
        "file": tensor.file,
        "shape": list(tensor.shape),
        "dtype": tensor.dtype,
        "entries": tensor.entries,
        "in_total": asked.is_counted(tensor),
    }
    label = f"{tensor.file}: tensor {tensor.name!r}"
    try:
        row |= answer(tensor)
    except np.exceptions.AxisError as error:
        return row | {"problem": f"{label} has no axis {error.axis}: {len(tensor.shape)} in all"}
    except (MeasureTypeError, MeasureValueError) as error:
        joint = ": " if isinstance(error, MeasureTypeError) else " "
        problem = f"{label}{joint}{error}"
        if not asked.keep_going:
            raise InputError(problem) from None
        return row | {"problem": problem}
    if row["problem"]:
        row["problem"] = f"{label} {row['problem']}"
    return row


def pruning(asked: Asked, eta: Fraction) -> Callable[[Magnitudes], Row]:
    """Return the answer for pruners: how many weights must stay, the floor, and tau."""
    from numeric_check.arrays import pruning as arrays

    p, q = asked.p, asked.q

    def answer(weights: Magnitudes) -> Row:
        kept = arrays.least_kept(weights, p, eta)
        cells: Row = {"kept": kept.least, "kept_at_most": kept.at_most}
        if not weights.nonzero.size:
            return cells | {"problem": NO_VALUE if weights.entries else "is empty"}
        ratio = arrays.masked(weights, p, q, 1)[0][1]
        tau, above = arrays.threshold(weights, p, q)
        if kept.least < kept.at_most:
            cells["problem"] = f"may do with {kept.least}: 512 bits leave it undecided"
        return cells | {
            "index": 1 - ratio,
            "one_minus_index": ratio,
            "kept_share": kept.at_most / weights.entries,
            "floor": arrays.floor_of(weights.entries, ratio, p, q, eta),
            "tau": tau,
            "above_tau": above,
            "above_tau_share": above / weights.entries,
        }

    return answer


def curve(asked: Asked, steps: int) -> Callable[[Magnitudes], Row]:
    """Return the answer that is I as the smallest weights are masked, at so many shares."""
    from numeric_check.arrays.pruning import masked

    def answer(weights: Magnitudes) -> Row:
        if not weights.nonzero.size:
            problem = NO_VALUE if weights.entries else "is empty"
            return {"curve": [], "problem": problem}
        points = masked(weights, asked.p, asked.q, steps)
        return {
            "curve": [
                {"masked": count, "index": 1 - ratio, "one_minus_index": ratio}
                for count, ratio in points
            ]
        }

    return answer


def measured(asked: Asked, names: Sequence[str]) -> Callable[[Magnitudes], Row]:
    """Return the answer that is the value of some built-in measures."""
    import numpy as np

    from ..inputs.measure_values import measures_named, values

    measures = measures_named(names, asked.p, asked.q)

    def answer(weights: Magnitudes) -> Row:
        entries = np.zeros(weights.entries)
        entries[weights.entries - weights.nonzero.size :] = weights.nonzero
        found = values(measures, entries, asked.p, asked.q)
        cells: Row = {
            "measures": {
                measure.name: None if np.isnan(value) else value
                for measure, value in zip(measures, found, strict=True)
            }
        }
        missing = [name for name, value in cells["measures"].items() if value is None]
        return cells | ({"problem": f"has no {', '.join(missing)}"} if missing else {})

    return answer
