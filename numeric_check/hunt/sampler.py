"""Candidates for a claim, its premise built in.

Nothing here knows a claim: what to draw comes from the compiled premise. Vectors of one length
share their block boundaries; exponents come in the order that the premise asks for; a scalar with
bounds is drawn between them, at the ends and near them; vectors that only need to change places to
meet the premise do, and those whose sum is given have it. What remains of the premise is left to
rejection.

A batch is drawn in one style, so that no column pays for the style of another. Random bits are
drawn 16 at a time: plenty for a logarithm, at a quarter of the price.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..batch.program import LengthClass, Program, ScalarSlot, VectorSlot
from ..batch.run import Array, Batch, Run
from .bounds import between, interval
from .drawing_styles import SIMPLE_EXPONENTS, SIMPLE_NUMBERS, SMALL_EXPONENTS, DrawingStyle
from .normalising import scaled


@dataclass(frozen=True)
class Fixed:
    """What the user has fixed: scalars by name (p and q above all), and the measured length."""

    scalars: dict[str, float] = field(default_factory=dict)
    length: int | None = None


class Sampler:
    """Draws batches for one program."""

    def __init__(self, program: Program, fixed: Fixed, rng: np.random.Generator):
        self.program = program
        self.fixed = fixed
        self.rng = rng

    def draw(self, style: DrawingStyle, size: int) -> Run:
        """Return a run over `size` candidates; registers that sampling needed are computed."""
        if self.fixed.length is not None:
            style = replace(
                style, reach=min(style.reach, int(np.log10(max(self.fixed.length, 1))) + 1)
            )
        batch = Batch({}, {}, {})
        run = Run(self.program, batch)
        self._draw_counts(style, batch, size)
        for number, klass in enumerate(self.program.classes):
            self._draw_lengths(style, run, number, klass, size)
        for slot in self.program.vectors:
            batch.vectors[slot.key] = self._vector(style, batch, slot, size)
        self._copy_zeros(batch)
        batch.vectors |= scaled(self.program, batch.vectors, batch.multiplicities)
        self._draw_exponents(style, batch, size)
        for place, scalar in enumerate(self.program.scalars):
            batch.scalars[scalar.name] = self._scalar(style, run, scalar, place, size)
        if not batch.scalars:
            batch.scalars[""] = np.zeros(size)
        run = self._exchange(run)
        if self.fixed.length is not None and self.program.measured:
            run.allowed = self._excess(run) == 0
        return run

    def _bits(self, *shape: int) -> Array:
        number = prod(shape)
        raw = self.rng.bit_generator.random_raw(-(-number // 4)).astype("<u8", copy=False)
        return raw.view("<u2")[:number].reshape(shape)

    def _uniform(self, size: int) -> Array:
        return (self._bits(size) + 0.5) * 2.0**-16

    # --- lengths

    def _draw_counts(self, style: DrawingStyle, batch: Batch, size: int) -> None:
        owned = {klass.own for klass in self.program.classes}
        for name, number in self.program.families:
            batch.scalars[name] = np.full(size, float(number))
        for slot in self.program.counts:
            least = 1 if slot.kind == "count" else 0
            if slot.name in self.fixed.scalars:
                batch.scalars[slot.name] = np.full(size, self.fixed.scalars[slot.name])
            elif slot.name not in owned:
                top = np.log(4.0 if style.reach == 0 else 10.0**style.reach)
                batch.scalars[slot.name] = np.floor(np.exp(self._uniform(size) * top)) + (least - 1)
        if self.fixed.length is not None and not self.program.classes:
            self._fit_counts(batch, owned)

    def _fit_counts(self, batch: Batch, owned: set[str | None]) -> None:
        """Make the measured length the fixed one by the last count that can be moved."""
        for slot in reversed(self.program.counts):
            if slot.name in owned or slot.name in self.fixed.scalars or not self.program.measured:
                continue
            off = self._excess(Run(self.program, batch))
            moved = batch.scalars[slot.name] - off
            least = 1.0 if slot.kind == "count" else 0.0
            batch.scalars[slot.name] = np.maximum(moved, least)

    def _excess(self, run: Run) -> Array:
        lengths = [run.value(register) for register in self.program.measured]
        return np.asarray(np.min(np.broadcast_arrays(*lengths), axis=0) - self.fixed.length)

    def _times(self, style: DrawingStyle, size: int) -> Array:
        """Draw multiplicities; some blocks may be empty."""
        blocks = style.blocks
        if not style.whole and self.rng.integers(0, 4) == 0:  # fewer values, in the whole batch
            blocks = int(self.rng.integers(1, blocks + 1))
        if style.reach == 0:
            times = np.ones((blocks, size))
        else:
            reach = self._uniform(size) * (style.reach * np.log2(10.0))
            times = _powers_of_two(self._bits(blocks, size), np.zeros(size), reach)
            np.floor(times, out=times)
        if style.whole:
            live = np.floor(self._uniform(size) * (blocks + 1))
            times *= np.arange(blocks)[:, None] < live
        return times

    def _draw_lengths(
        self, style: DrawingStyle, run: Run, number: int, klass: LengthClass, size: int
    ) -> None:
        batch = run.batch
        times = self._times(style, size)
        total = times.sum(axis=0)
        coefficient, rest = run.value(klass.coefficient), run.value(klass.rest)
        if klass.own is None:
            wanted = np.broadcast_to(run.value(klass.length), (size,))
            times = np.floor(times * (wanted / np.maximum(total, 1)))
        else:
            own = np.maximum(np.ceil((total - rest) / coefficient), klass.least)
            own = (
                np.full(size, self.fixed.scalars[klass.own])
                if klass.own in self.fixed.scalars
                else own
            )
            batch.scalars[klass.own] = own
            if self.fixed.length is not None:
                trial = Run(self.program, Batch(batch.scalars, {}, {}))
                own = np.maximum(own - np.ceil(self._try_excess(trial) / coefficient), klass.least)
                batch.scalars[klass.own] = own
            wanted = coefficient * own + rest
            if self.fixed.length is not None:
                times = np.floor(times * np.minimum(wanted / np.maximum(total, 1), 1))
        times[0] += wanted - times.sum(axis=0)
        batch.multiplicities[number] = times

    def _try_excess(self, run: Run) -> Array:
        """Return the excess over the fixed length; 0 while other lengths are still to be drawn."""
        try:
            return self._excess(run)
        except KeyError:
            return np.zeros(run.batch.size)

    # --- entries

    def _vector(self, style: DrawingStyle, batch: Batch, slot: VectorSlot, size: int) -> Array:
        times = batch.multiplicities[slot.klass]
        bits = self._bits(*times.shape)
        if style.whole:
            values = np.floor(bits * ((style.spread + 1) * 2.0**-16))
        else:
            spread = style.spread / np.log(2.0) * self._uniform(size)
            values = _powers_of_two(bits, -spread / 2, spread)
            if self.rng.integers(0, 3) == 0:  # zeros, in a share of places that differs by column
                values *= (bits & 7) >= (self._bits(size) & 7)
        if style.signed and not slot.nonnegative:
            share = (self._bits(size) & 15).view(np.int16)
            np.copysign(values, (bits & 15).view(np.int16) - share, out=values)
        if not times.all():
            values *= times > 0
        return values

    def _copy_zeros(self, batch: Batch) -> None:
        for source, target in self.program.same_zeros:
            pattern, values = batch.vectors[source], batch.vectors[target]
            batch.vectors[target] = np.where(values == 0, 1.0, values) * (pattern != 0)

    def _exchange(self, run: Run) -> Run:
        """Exchange two vectors where that turns a premise that failed into one that holds."""
        for register, one, other in self.program.swaps:
            failed = run.value(register)[1] < 0
            u, v = run.batch.vectors[one], run.batch.vectors[other]
            vectors = run.batch.vectors | {
                one: np.where(failed, v, u),
                other: np.where(failed, u, v),
            }
            run = Run(self.program, Batch(run.batch.scalars, vectors, run.batch.multiplicities))
        return run

    # --- exponents and scalars

    def _draw_exponents(self, style: DrawingStyle, batch: Batch, size: int) -> None:
        fixed = self.fixed.scalars
        for name in self.program.exponents:
            pool = {"small": SMALL_EXPONENTS, "simple": SIMPLE_EXPONENTS}.get(style.exponents)
            if name in fixed:
                batch.scalars[name] = np.full(size, fixed[name])
            elif pool is not None:
                batch.scalars[name] = pool[(self._uniform(size) * len(pool)).astype(np.intp)]
            else:
                reach = np.full(size, np.log2(100.0 if style.exponents == "any" else 8.0))
                batch.scalars[name] = _powers_of_two(self._bits(size), -reach, 2 * reach)
        for low, high in self.program.ordered:
            a, b = batch.scalars[low], batch.scalars[high]
            apart = np.exp(self._uniform(size) * 14 - 14) if style.exponents == "close" else 1.0
            if low in fixed and high in fixed:
                continue
            if low in fixed:
                b = np.where((b > a) & (style.exponents != "close"), b, a * (1 + apart))
            elif high in fixed:
                a = np.where((a < b) & (style.exponents != "close"), a, b / (1 + apart))
            elif style.exponents == "close":
                b = a * (1 + apart)
            else:
                a, b = np.minimum(a, b), np.maximum(a, b)
                b = np.where(a == b, b + 1, b)
            batch.scalars[low], batch.scalars[high] = a, b

    def _scalar(
        self, style: DrawingStyle, run: Run, slot: ScalarSlot, place: int, size: int
    ) -> Array:
        if slot.name in self.fixed.scalars:
            return np.full(size, self.fixed.scalars[slot.name])
        low, high, signed = interval(run, slot, size)
        if low is high:
            return low
        u = self._uniform(size)
        with np.errstate(invalid="ignore"):
            values = between(low, high, u, place, slot.kind == "positive")
        if style.simple:
            simple = SIMPLE_NUMBERS[(u * 997 % 1 * len(SIMPLE_NUMBERS)).astype(np.intp)]
            inside = (simple >= low) & (simple <= high)
            values = np.where(inside & (u * 31 % 1 < 0.9), simple, values)
        elif style.whole:
            rounded = np.ceil(values)
            values = np.where((rounded >= low) & (rounded <= high), rounded, values)
        if signed:
            values *= 1.0 - 2.0 * (self._bits(size) & 1)
        return values


def _powers_of_two(bits: Array, least: Array, span: Array) -> Array:
    """Spread 16 random bits evenly over the powers of 2 from 2^least to 2^(least + span).

    The bits of a positive float, read as a whole number, are its logarithm, but for 6 %: that is
    even enough, and costs a quarter of exp.
    """
    patterns = bits * (span * 2.0**36).astype(np.int64)
    patterns += ((least + 1023) * 2.0**52).astype(np.int64)
    return patterns.view(np.float64)


def generator(key: int, piece: int) -> np.random.Generator:
    """Return the random stream of one piece of work: it depends on the key and the piece alone."""
    words: NDArray[Any] = np.array([key & (2**64 - 1), piece], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=words))
