"""All exact candidates of a given size, simplest first, for the last part of shrinking.

A shape fixes the counts and the multiplicities of the blocks; a filling gives each of the shape's
places (exponents, scalars, values) a fraction. Fillings come by the sum of complexities, as rows of
indices into a table of fractions, so a batch is made without a Python object for each candidate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from ...batch.program import Program
from ...batch.run import Batch
from ..candidate import Trial
from ..sampler import Fixed
from .rationals import of_complexity

#: levels of complexity for which the table of fractions is made
MAX_LEVEL = 60

Rows = NDArray[np.int16]


def _table() -> tuple[tuple[Fraction, ...], tuple[tuple[int, int], ...]]:
    """Return the fractions by level, each followed by its negative, and each level's place."""
    fractions: list[Fraction] = []
    levels = []
    for level in range(MAX_LEVEL + 1):
        start = len(fractions)
        for fraction in of_complexity(level):
            fractions += [fraction, -fraction] if level else [fraction]
        levels.append((start, len(fractions)))
    return tuple(fractions), tuple(levels)


FRACTIONS, LEVELS = _table()
_FLOATS = np.array([float(f) for f in FRACTIONS])


@dataclass(frozen=True)
class Shape:
    """Counts by name, and multiplicities by length class; `entries` and `blocks` in all."""

    entries: int
    blocks: int
    counts: tuple[tuple[str, int], ...]
    times: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Places:
    """What a filling fills: the signs at each place, where they matter, and what values they are.

    The exponents and scalars that are not fixed come first, then, for each block of each class, the
    values of the vectors of that class.
    """

    scalars: tuple[str, ...]
    signs: tuple[str, ...]
    slots: tuple[tuple[str, int], ...]


def shapes(program: Program, fixed: Fixed, entries: int, blocks: int) -> Iterator[Shape]:
    """Yield the shapes with so many entries and blocks in all."""
    owned = {klass.own for klass in program.classes}
    free = [s for s in program.counts if s.name not in owned]
    ranges = []
    for slot in free:
        least = 1 if slot.kind == "count" else 0
        given = fixed.scalars.get(slot.name)
        ranges.append([int(given)] if given is not None else range(least, entries + 1))
    for counts in product(*ranges):
        used = sum(counts)
        if used > entries:
            continue
        named = {slot.name: number for slot, number in zip(free, counts, strict=True)}
        yield from _with_lengths(program, fixed, named, entries, entries - used, blocks)


def _with_lengths(
    program: Program, fixed: Fixed, counts: dict[str, int], entries: int, left: int, blocks: int
) -> Iterator[Shape]:
    weights = [sum(v.klass == k for v in program.vectors) for k in range(len(program.classes))]
    options = [range(left // weight + 1) if weight else range(1) for weight in weights]
    for lengths in product(*options):
        if sum(w * n for w, n in zip(weights, lengths, strict=True)) != left:
            continue
        named = _own_counts(program, fixed, counts, lengths)
        if named is None:
            continue
        for split in _compositions(blocks, lengths):
            for times in product(*map(_partitions, lengths, split)):
                yield Shape(entries, blocks, tuple(sorted(named.items())), times)


def _compositions(blocks: int, lengths: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the ways to share out blocks to vectors of these lengths: none to the empty ones."""
    if not lengths:
        if blocks == 0:
            yield ()
        return
    for first in range(min(1, lengths[0]), min(blocks, lengths[0]) + 1):
        for others in _compositions(blocks - first, lengths[1:]):
            yield first, *others


def _own_counts(
    program: Program, fixed: Fixed, counts: dict[str, int], lengths: tuple[int, ...]
) -> dict[str, int] | None:
    """Return the counts that give the classes these lengths, None if there are none."""
    from ...batch.run import Run

    named = dict(counts)
    for klass, length in zip(program.classes, lengths, strict=True):
        batch = Batch({n: np.array([float(v)]) for n, v in named.items()}, {}, {})
        batch.scalars.update({name: np.array([float(m)]) for name, m in program.families})
        run = Run(program, batch if batch.scalars else Batch({"": np.zeros(1)}, {}, {}))
        if klass.own is None:
            if float(np.ravel(run.value(klass.length))[0]) != length:
                return None
            continue
        coefficient, rest = (
            float(np.ravel(run.value(r))[0]) for r in (klass.coefficient, klass.rest)
        )
        own = (length - rest) / coefficient
        if own != int(own) or own < klass.least or fixed.scalars.get(klass.own, own) != own:
            return None
        named[klass.own] = int(own)
    if fixed.length is not None and program.measured:
        run = Run(program, Batch({n: np.array([float(v)]) for n, v in named.items()}, {}, {}))
        if min(float(np.ravel(run.value(r))[0]) for r in program.measured) != fixed.length:
            return None
    return named


def _partitions(total: int, parts: int, largest: int | None = None) -> Iterator[tuple[int, ...]]:
    """Yield the ways to write a number as a sum of `parts` numbers >= 1, the largest first."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    top = min(total - parts + 1, largest or total)
    for first in range(top, 0, -1):
        if first * parts < total:
            return
        for others in _partitions(total - first, parts - 1, first):
            yield first, *others


def places(program: Program, fixed: Fixed, shape: Shape) -> Places:
    """Return what is to be filled in a shape."""
    names, signs, slots = [], [], []
    for name in program.exponents:
        if name not in fixed.scalars:
            names.append(name)
            signs.append("positive")
    for scalar in program.scalars:
        if scalar.name not in fixed.scalars and scalar.name not in program.quantified:
            names.append(scalar.name)
            signless = scalar.kind == "real" and scalar.name in program.signless
            signs.append("nonnegative" if signless else scalar.kind)
    for klass, times in enumerate(shape.times):
        for block in range(len(times)):
            for vector in program.vectors:
                if vector.klass == klass:
                    slots.append((vector.key, block))
                    signless = vector.nonnegative or vector.key in program.signless
                    signs.append("nonnegative" if signless else "real")
    return Places(tuple(names), tuple(signs), tuple(slots))


@lru_cache(maxsize=64)
def _indices(sign: str, level: int) -> Rows:
    start, stop = LEVELS[level]
    indices = np.arange(start, stop, dtype=np.int16)
    if level == 0:
        return indices if sign != "positive" else indices[:0]
    return indices if sign == "real" else indices[::2]


@lru_cache(maxsize=4096)
def count_fillings(signs: tuple[str, ...], level: int) -> int:
    """Return the number of fillings of one level."""
    if not signs:
        return int(level == 0)
    return sum(
        len(_indices(signs[0], first)) * count_fillings(signs[1:], level - first)
        for first in range(level + 1)
        if len(_indices(signs[0], first))
    )


@lru_cache(maxsize=512)
def fillings(signs: tuple[str, ...], level: int) -> Rows:
    """Return all fillings of one level, a row of indices into `FRACTIONS` each."""
    if not signs:
        return np.zeros((int(level == 0), 0), dtype=np.int16)
    parts = []
    for first in range(level + 1):
        heads = _indices(signs[0], first)
        tails = fillings(signs[1:], level - first) if len(heads) else None
        if tails is not None and len(tails):
            part = np.empty((len(heads) * len(tails), len(signs)), dtype=np.int16)
            part[:, 0] = np.repeat(heads, len(tails))
            part[:, 1:] = np.tile(tails, (len(heads), 1))
            parts.append(part)
    return np.concatenate(parts) if parts else np.zeros((0, len(signs)), dtype=np.int16)


def of_distinct_blocks(
    program: Program, shape: Shape, where: Places, rows: Rows, *, ordered: bool
) -> Rows:
    """Return the rows that no smaller shape has and, where blocks may change places, one of each.

    `ordered` tells that they may not.
    """
    kept = np.ones(len(rows), dtype=bool)
    start = len(where.scalars)
    for keys, times in zip(program.keys, shape.times, strict=True):
        blocks = [rows[:, start + i * len(keys) :][:, : len(keys)] for i in range(len(times))]
        start += len(times) * len(keys)
        for i, j in combinations(range(len(times)), 2):
            if ordered and j > i + 1:
                continue
            less, equal = np.zeros(len(rows), dtype=bool), np.ones(len(rows), dtype=bool)
            for a, b in zip(blocks[i].T, blocks[j].T, strict=True):
                less |= equal & (a < b)
                equal &= a == b
            kept &= less if times[i] == times[j] and not ordered else ~equal
    return rows[kept]


def batch_of_rows(program: Program, fixed: Fixed, shape: Shape, where: Places, rows: Rows) -> Batch:
    """Return the candidates of some rows as a batch."""
    size = len(rows)
    numbers = _FLOATS[rows.T]
    scalars = {name: np.full(size, float(value)) for name, value in shape.counts}
    scalars |= {name: np.full(size, float(number)) for name, number in program.families}
    scalars |= {name: np.full(size, float(value)) for name, value in fixed.scalars.items()}
    scalars |= {name: np.ones(size) for name in program.quantified}
    scalars |= {name: numbers[i] for i, name in enumerate(where.scalars)}
    vectors, multiplicities = {}, {}
    first = len(where.scalars)
    for klass, times in enumerate(shape.times):
        depth = max(1, len(times))
        block = np.zeros((depth, size))
        block[: len(times)] = np.array(times, dtype=float)[:, None]
        multiplicities[klass] = block
        for vector in program.vectors:
            if vector.klass == klass:
                vectors[vector.key] = np.zeros((depth, size))
    for i, (name, block_number) in enumerate(where.slots):
        vectors[name][block_number] = numbers[first + i]
    return Batch(scalars or {"": np.zeros(size)}, vectors, multiplicities)


def trial_of_row(
    program: Program, exact: dict[str, Fraction], shape: Shape, where: Places, row: Rows
) -> Trial:
    """Return one row as an exact trial; `exact` gives the fixed scalars."""
    fractions = [FRACTIONS[i] for i in row]
    scalars: dict[str, Fraction] = {name: Fraction(value) for name, value in shape.counts}
    scalars |= exact
    scalars |= dict(zip(where.scalars, fractions, strict=False))
    values: dict[str, list[Fraction]] = {v.key: [] for v in program.vectors}
    for (name, _), fraction in zip(where.slots, fractions[len(where.scalars) :], strict=True):
        values[name].append(fraction)
    return Trial(scalars, shape.times, {name: tuple(v) for name, v in values.items()})
