"""The walk over an array in blocks that fit in the cache."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

__all__ = ["BLOCK_ENTRIES", "Block", "blocks"]

Block = tuple[slice, ...]

# 2^17 float64 are 1 MiB: in the second-level cache, and long enough to hide the interpreter.
BLOCK_ENTRIES = 1 << 17

# When slices are summed side by side, a block spans at least this many of them if there are.
_SLICES_A_BLOCK = 512


def blocks(
    shape: Sequence[int],
    order: Sequence[int],
    kept: Collection[int],
    limit: int = BLOCK_ENTRIES,
) -> Iterator[Block]:
    """Cut an array of `shape` into blocks of at most `limit` entries; each entry is in one block.

    `order` lists the axes from slowest to fastest, `kept` those that are not summed over: a block
    takes many entries along the others, so that few partial sums are left to add up.
    """
    summed = [axis for axis in order if axis not in kept]
    apart = [axis for axis in order if axis in kept]
    slices = max(min(_SLICES_A_BLOCK, limit), limit // max(1, math.prod(shape[i] for i in summed)))
    lengths = _fill(shape, apart, slices)
    taken = math.prod(lengths.values())
    lengths |= _fill(shape, summed, limit // max(1, taken))
    yield from _walk(shape, order, lengths, (slice(0, 0),) * len(shape))


def _walk(
    shape: Sequence[int], order: Sequence[int], lengths: dict[int, int], chosen: Block
) -> Iterator[Block]:
    """Every block that agrees with `chosen` outside the axes in `order`, slowest axis first."""
    if not order:
        yield chosen
        return
    axis, length = order[0], lengths[order[0]]
    for start in range(0, shape[axis], length):
        cut = slice(start, min(start + length, shape[axis]))
        here = (*chosen[:axis], cut, *chosen[axis + 1 :])
        yield from _walk(shape, order[1:], lengths, here)


def _fill(shape: Sequence[int], axes: Sequence[int], budget: int) -> dict[int, int]:
    """Block lengths with a product of at most max(1, budget), the fastest axes first."""
    lengths: dict[int, int] = {}
    for axis in reversed(axes):
        lengths[axis] = max(1, min(shape[axis], budget))
        budget //= lengths[axis]
    return lengths
