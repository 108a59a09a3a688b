"""The PQ index of real arrays: one pass, constant extra memory, accurate to the last few bits.

    I_{p,q}(W) = 1 - N^(1/q - 1/p) * ||W||_p / ||W||_q,        0 < p < q,  W in R^N,  W != 0

(E. Diao et al., "Pruning deep neural networks from a sparsity perspective", ICLR 2023; one plus the
pq-mean of N. Hurley and S. Rickard, "Comparing measures of sparsity", IEEE Trans. Inf. Theory 55,
2009.) It is computed as one minus the quotient of the power means of order p and q.
"""

from __future__ import annotations

import math
from operator import index
from typing import Any, SupportsIndex, overload

import numpy as np
from numpy.typing import NDArray

from .accumulator import LevelledSum
from .blocks import BLOCK_ENTRIES, Block, blocks
from .compiled import fused_sums
from .errors import MeasureTypeError, MeasureValueError
from .mean_quotient import mean_quotient
from .power_sums import block_sums, small_multiple
from .source import ArraySource, as_source, magnitudes

__all__ = [
    "LARGEST_EXPONENT", "SMALLEST_EXPONENT", "PowerSums", "pq_index", "pq_ratio", "slice_ratios",
]  # fmt: skip

Axes = int | tuple[int, ...]

# glibc gives freed memory back to the system, and every call pays for getting it again, page by
# page, until a block as large as this one, which is never touched, has been freed.
np.empty(1 << 21)

# Outside, the p-th root would throw away more than ten bits, or the q-th power its range.
SMALLEST_EXPONENT = 1 / 1000
LARGEST_EXPONENT = 1000.0


@overload
def pq_index(array: Any, p: Any, q: Any, axis: None = None) -> float: ...
@overload
def pq_index(array: Any, p: Any, q: Any, axis: Axes) -> NDArray[np.float64]: ...
def pq_index(array: Any, p: Any, q: Any, axis: Axes | None = None) -> float | NDArray[np.float64]:
    """The PQ index I_{p,q} of `array`: 0 for entries of equal size, towards 1 as they get sparse.

    `array` has any shape and any real dtype: NumPy (bool, integers, float16 to longdouble), memory
    maps, torch tensors, arrays of the array API standard, of scipy.sparse and of ml_dtypes,
    sequences of numbers. It is read once, a block at a time. With `axis` None all entries are one
    vector and the result is a float; with an axis or a tuple of axes, each slice along them is a
    vector and the result is a float64 array of the remaining shape. Every value lies in [0, 1].

    1 - I is accurate to 8 * max(1, 1/p) units in the last place of float64, where p and q are taken
    as the float64 numbers they convert to. Near I = 1 the float I itself cannot say how far from 1
    it is; `pq_ratio` can.

    Raises MeasureValueError unless 1/1000 <= p < q <= 1000, or if a vector is empty, all zero (the
    measure is 0/0), or holds NaN or infinity; MeasureTypeError if entries are complex, masked or
    not numbers; numpy.exceptions.AxisError for an axis that does not exist.

    >>> pq_index([3, 0, 4, 0], 1, 2)
    0.30000000000000004
    """
    if axis is None:
        return 1.0 - pq_ratio(array, p, q)
    return np.asarray(1.0 - pq_ratio(array, p, q, axis))


@overload
def pq_ratio(array: Any, p: Any, q: Any, axis: None = None) -> float: ...
@overload
def pq_ratio(array: Any, p: Any, q: Any, axis: Axes) -> NDArray[np.float64]: ...
def pq_ratio(array: Any, p: Any, q: Any, axis: Axes | None = None) -> float | NDArray[np.float64]:
    """1 - I_{p,q}, the power mean of order p over that of order q, to full relative accuracy.

    Takes and raises the same as `pq_index`. The result lies in [0, 1]; it is 0 only where it is
    below the least float64 (p near 0 and few nonzero entries among many).
    """
    low, high = checked_exponents(p, q)
    source = as_source(array, flatten=axis is None)
    kept = _kept_axes(source, axis)
    sums = PowerSums(low, high, tuple(source.shape[i] for i in kept))
    sums.add(source, kept)
    _require_defined(sums, source, kept, array)
    ratio = sums.ratio()
    return float(ratio) if axis is None else ratio


def slice_ratios(array: Any, p: Any, q: Any, axis: Axes) -> NDArray[np.float64]:
    """`pq_ratio` along an axis, with NaN for slices that are all zero or empty."""
    low, high = checked_exponents(p, q)
    source = as_source(array)
    kept = _kept_axes(source, axis)
    sums = PowerSums(low, high, tuple(source.shape[i] for i in kept))
    sums.add(source, kept)
    found = sums.problem(zeros=True)
    if found is not None:
        raise MeasureValueError(found[0])
    return sums.ratio() if sums.entries else np.full(sums.ratio().shape, np.nan)


class PowerSums:
    """Running sums of |w|^p and |w|^q, in one slot or in an array of slots.

    Blocks and whole arrays may be added in any order, and other PowerSums merged in; `ratio` can be
    asked for at any time. The p and q are floats with 1/1000 <= p < q <= 1000.
    """

    def __init__(
        self, p: float, q: float, shape: tuple[int, ...] = (), *, count_nonzero: bool = False
    ) -> None:
        """Start with no entries; nonzero ones are counted only if `count_nonzero`."""
        self.entries = 0  # of each slot
        self.nonzero = 0  # of all slots, where asked for
        self._count_nonzero = count_nonzero
        self._low = LevelledSum(p, shape)
        self._high = LevelledSum(q, shape)

    def add(self, source: ArraySource, kept: tuple[int, ...] = ()) -> None:
        """Add all entries; the axes `kept` stay apart and have the shape of the slots."""
        summed = tuple(i for i in range(len(source.shape)) if i not in kept)
        self.entries += math.prod(source.shape[i] for i in summed) + source.zeros
        p, q = self._low.exponent, self._high.exponent
        flat = source.flat
        fused = None if flat is None else fused_sums(flat, p, q, count=self._count_nonzero)
        if flat is None or fused is None:
            self._add_blocks(source, kept, summed)
            return
        self._low.add(np.array(fused.low))
        self._high.add(np.array(fused.high))
        self.nonzero += fused.nonzero
        for piece in fused.left:
            self._add_blocks(as_source(flat[piece]), (), (0,))

    def _add_blocks(
        self, source: ArraySource, kept: tuple[int, ...], summed: tuple[int, ...]
    ) -> None:
        """Add all entries by NumPy's means, a block at a time."""
        scratch = np.empty(min(BLOCK_ENTRIES, source.entries), source.work_dtype)
        space = np.empty_like(scratch)
        p, q = self._low.exponent, self._high.exponent
        multiple, reach = small_multiple(p, q), source.reach
        # NaN and infinity are reported from the sums, in words; underflow is harmless by design.
        with np.errstate(all="ignore"):
            for block in blocks(source.shape, source.order, kept):
                entries = source.read(block).transpose(kept + summed)
                if self._count_nonzero:
                    self.nonzero += int(np.count_nonzero(entries))
                rows = scratch[: entries.size].reshape(entries.shape)
                magnitudes(entries, rows)
                slots = entries.shape[: len(kept)]
                flat = rows.reshape(math.prod(slots), -1)
                powers = space[: flat.size].reshape(flat.shape)
                low, high = block_sums(flat, p, q, multiple, reach, powers)
                where = tuple(block[i] for i in kept)
                for total, part in ((self._low, low), (self._high, high)):
                    levels = None if part.levels is None else part.levels.reshape(slots)
                    total.add(part.sums.reshape(slots), levels, where)

    def merge(self, other: PowerSums) -> None:
        """Concatenate: add the vectors of `other` (same p, q and slots) to these."""
        self.entries += other.entries
        self.nonzero += other.nonzero
        with np.errstate(all="ignore"):
            self._low.merge(other._low)
            self._high.merge(other._high)

    def ratio(self) -> NDArray[np.float64]:
        """1 - I of each slot; NaN where `problem` finds something."""
        with np.errstate(all="ignore"):
            low, low_level = self._low.total()
            high, high_level = self._high.total()
            shift = self._low.step * low_level - self._high.step * high_level
            ratio = mean_quotient(
                low, high, self.entries, self._low.exponent, self._high.exponent, shift
            )
            # The power mean inequality; rounding may step over it.
            return np.asarray(np.minimum(ratio, 1.0))

    def problem(self, zeros: bool = False) -> tuple[str, tuple[int, ...]] | None:
        """Why the first slot without a value (in C order) has none, and its index; else None.

        With `zeros`, slots that are all zero or empty may have none.
        """
        sums = self._high.total()[0]
        if self.entries == 0 and sums.size and not zeros:
            return "is empty", (0,) * sums.ndim
        bad = ~np.isfinite(sums) | ((sums == 0) & (not zeros))
        if not bad.any():
            return None
        index = tuple(int(i) for i in np.unravel_index(int(np.argmax(bad)), bad.shape))
        value = sums[index]
        if value == 0:
            return "is all zero, where the measure is 0/0", index
        return ("holds NaN" if np.isnan(value) else "holds an infinite entry"), index


def checked_exponents(p: Any, q: Any) -> tuple[float, float]:
    """p and q as floats; raises unless SMALLEST_EXPONENT <= p < q <= LARGEST_EXPONENT."""
    low, high = _exponent("p", p), _exponent("q", q)
    if low >= high:
        raise MeasureValueError(f"p must be smaller than q, but p = {p} and q = {q}")
    return low, high


def _exponent(name: str, value: Any) -> float:
    if isinstance(value, bool | str | bytes | complex) or not hasattr(value, "__float__"):
        raise MeasureTypeError(f"{name} must be a real number, not {value!r}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    if math.isnan(number) or number <= 0:
        raise MeasureValueError(f"{name} must be a positive number, but {name} = {value}")
    if not SMALLEST_EXPONENT <= number <= LARGEST_EXPONENT:
        raise MeasureValueError(
            f"{name} must lie between {SMALLEST_EXPONENT} and {LARGEST_EXPONENT:g} to be computed "
            f"accurately in float64, but {name} = {value}"
        )
    return number


def _kept_axes(source: ArraySource, axis: Axes | None) -> tuple[int, ...]:
    if axis is None:
        return ()
    dimensions = len(source.shape)
    summed = set()
    for given in map(index, (axis,) if isinstance(axis, SupportsIndex) else axis):
        if not -dimensions <= given < dimensions:
            raise np.exceptions.AxisError(given, dimensions, "axis")
        if given % dimensions in summed:
            raise MeasureValueError(f"repeated axis {given}; name each axis once")
        summed.add(given % dimensions)
    return tuple(i for i in range(dimensions) if i not in summed)


def _require_defined(
    sums: PowerSums, source: ArraySource, kept: tuple[int, ...], array: Any
) -> None:
    found = sums.problem()
    if found is None:
        return
    reason, index = found
    if len(index) == 0:
        if reason.startswith("holds"):
            reason += f", first at index {_first_not_finite(as_source(array))}"
        raise MeasureValueError(f"the array {reason}; {_REMEDY}")
    place = [":"] * len(source.shape)
    for axis, position in zip(kept, index, strict=True):
        place[axis] = str(position)
    raise MeasureValueError(f"slice [{', '.join(place)}] {reason}; {_REMEDY}")


_REMEDY = "the PQ index needs finite entries, one of them nonzero"


def _first_not_finite(source: ArraySource) -> tuple[int, ...]:
    """The index of the first entry in C order that is NaN or infinite; there must be one."""
    natural = tuple(range(len(source.shape)))
    for block in blocks(source.shape, natural, ()):
        bad = ~np.isfinite(source.read(block))
        if bad.any():
            return _shifted(block, np.unravel_index(int(np.argmax(bad)), bad.shape))
    raise AssertionError("every entry is finite, but their sum is not")


def _shifted(block: Block, index: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(int(cut.start + i) for cut, i in zip(block, index, strict=True))
