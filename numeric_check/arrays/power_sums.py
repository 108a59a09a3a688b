"""Sums of |w|^p and |w|^q over the rows of one block, accurate to a few units in the last place.

Entries are raised to p once; where q is a small multiple of p the second power is a product of the
first. Sums are pairwise, sums of squares run over short stretches: the error grows with the
logarithm of the length of the block, not with the length.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .accumulator import SPAN, level_step

__all__ = ["BlockSum", "block_sums", "small_multiple"]

Rows = NDArray[Any]

# A dot product adds naively in a few lanes; this many terms keep its error below a unit, also where
# all are so alike that they round alike.
_STRETCH = 128
_ONES = np.ones(_STRETCH)


@dataclass(frozen=True)
class BlockSum:
    """Row sums s at levels l (None: all 0), meaning s * 2^(exponent * level_step * l)."""

    sums: NDArray[np.float64]
    levels: NDArray[np.int64] | None


def small_multiple(p: float, q: float) -> int:
    """q / p if that is exactly 2, 3 or 4, else 0."""
    ratio = Fraction(q) / Fraction(p)
    return int(ratio) if ratio in (2, 3, 4) else 0


def block_sums(
    rows: Rows, p: float, q: float, multiple: int, reach: int, space: Rows
) -> tuple[BlockSum, BlockSum]:
    """Sum |w|^p and |w|^q along the rows of a block of absolute values.

    `multiple` is `small_multiple(p, q)`. `rows` is a C-contiguous floating-point array of shape
    (slices, entries), all >= 0; nonzero finite ones lie in [2^-reach, 2^reach]. A row that holds
    NaN or infinity has such a sum. Powers are written into `space`, of the shape and type of
    `rows`: fresh memory for each block costs as much as the powers.
    """
    peaks = rows.max(axis=1) if q * reach > SPAN else None
    base, low_levels = _scaled(rows, peaks, p, reach)
    other, high_levels = _scaled(rows, peaks, q, reach)
    powers = _raised(base, p, space)
    low = _row_sums(powers).astype(np.float64, copy=False)
    if base is not other:
        multiple = 0
    if multiple == 2:
        high = _square_sums(powers)
    elif multiple == 3:
        high = _product_sums(powers, powers * powers)
    elif multiple == 4:
        high = _square_sums(powers * powers)
    else:
        high = _row_sums(_raised(other, q, space))
    return (
        BlockSum(low, low_levels),
        BlockSum(high.astype(np.float64, copy=False), high_levels),
    )


def _scaled(
    rows: Rows, peaks: Rows | None, exponent: float, reach: int
) -> tuple[Rows, NDArray[np.int64] | None]:
    """The rows divided by powers of two (exact), so that powers stay within 2^-SPAN and 2^SPAN."""
    if peaks is None or exponent * reach <= SPAN:
        return rows, None
    step = level_step(exponent)
    binary = np.frexp(peaks)[1].astype(np.int64)
    levels = np.rint(np.where(np.isfinite(peaks), binary, 0) / step).astype(np.int64)
    if not levels.any():
        return rows, None
    # Twice half the shift, because 2^-shift itself may not exist as a number.
    shifts = (-levels * step)[:, np.newaxis]
    halves = shifts // 2
    one = rows.dtype.type(1)
    return rows * np.ldexp(one, halves) * np.ldexp(one, shifts - halves), levels


def _raised(rows: Rows, exponent: float, space: Rows) -> Rows:
    """rows^exponent, by products and square roots where those are at least as accurate."""
    if exponent == 1:
        return rows
    if exponent == 0.25:
        return np.sqrt(np.sqrt(rows))
    if exponent == 0.5:
        return np.sqrt(rows)
    if exponent == 2:
        return np.square(rows)
    if exponent == 3:
        return np.square(rows) * rows
    if exponent == 4:
        return np.square(np.square(rows))
    return np.asarray(np.power(rows, rows.dtype.type(exponent), out=space))


def _row_sums(rows: Rows) -> Rows:
    # A product with ones, because a dot product reads faster than a sum does.
    return _product_sums(rows, _ONES[: rows.shape[1]])


def _square_sums(rows: Rows) -> Rows:
    return _product_sums(rows, rows)


def _product_sums(left: Rows, right: Rows) -> Rows:
    """Row sums of left * right, where `right` has rows too or is one row for all.

    Short dot products, added pairwise; what is left over after them is folded.
    """
    entries = left.shape[1]
    rest = entries % _STRETCH
    if rest == 0:
        return _stretch_sums(left, right)
    tail = _folded(left[:, -rest:] * right[..., -rest:])
    if rest == entries:
        return tail
    return _stretch_sums(left[:, :-rest], right[:, :-rest] if right.ndim > 1 else right) + tail


def _stretch_sums(left: Rows, right: Rows) -> Rows:
    shape = (left.shape[0], left.shape[1] // _STRETCH, _STRETCH)
    stretches = _dots(left.reshape(shape), right.reshape(shape) if right.ndim > 1 else right)
    return np.asarray(np.add.reduce(stretches, axis=1))


def _dots(left: Rows, right: Rows) -> Rows:
    if hasattr(np, "vecdot"):
        return np.asarray(np.vecdot(left, right))
    # NumPy 1: each a matrix of one row times one of one column, which is the same dot product
    columns = right[..., np.newaxis]
    return np.asarray((left[..., np.newaxis, :] @ columns)[..., 0, 0])


def _folded(rows: Rows) -> Rows:
    """Row sums by adding halves, so that no entry passes through more than 2 log2(n) roundings."""
    while rows.shape[1] > 1:
        half = rows.shape[1] // 2
        halved = rows[:, :half] + rows[:, half : 2 * half]
        if rows.shape[1] % 2:
            halved[:, 0] += rows[:, -1]
        rows = halved
    return np.asarray(rows[:, 0])
