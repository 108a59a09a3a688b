"""Candidates for a claim, its premise built in.

Nothing here knows a claim: what to draw comes from the compiled premise. Vectors of one length share
their block boundaries; exponents come in the order that the premise asks for; a scalar with bounds is
drawn between them, at the ends, near the ends in the logarithmic scale, and in between; vectors that only
need to change places to meet the premise do. What remains of the premise is left to rejection.

A batch is drawn in one of a few styles, so that no column pays for the style of another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .evaluate import Array, Batch, Run
from .program import LengthClass, Program, ScalarSlot, VectorSlot

#: exponents that people use, and simple fractions on each side of 1
SIMPLE_EXPONENTS = np.array(
    [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 1, 3 / 2, 2, 2, 5 / 2, 3, 4, 5, 6, 10]
)
SMALL_EXPONENTS = np.array([1.0, 2.0, 3.0, 0.5, 4.0, 1.5])
#: values to try first for a scalar
SIMPLE_NUMBERS = np.array([1.0, 2.0, 0.5, 3.0, 0.25, 4.0, 1.5, 10.0, 0.125, 6.0, 100.0, 5.0])


@dataclass(frozen=True)
class Style:
    """How a batch is drawn.

    `blocks`: distinct values of a vector; `whole`: entries are small integers up to `spread`, else
    they spread over `spread` factors of e; `reach`: multiplicities go up to 10^reach; `exponents`:
    "simple", "any" or "close"; `simple`: scalars from a short list.
    """

    name: str
    blocks: int
    whole: bool
    spread: float
    reach: int
    exponents: str
    simple: bool


SPECIAL = (
    Style("special", 2, True, 1, 0, "small", True),
    Style("special", 3, True, 2, 0, "small", True),
    Style("special", 3, True, 4, 0, "simple", True),
    Style("special", 4, True, 4, 3, "simple", True),
)
RANDOM = (
    Style("dense", 8, False, 3, 0, "simple", False),
    Style("blocks", 8, False, 8, 4, "any", False),
    Style("small integers", 4, True, 6, 1, "simple", False),
    Style("dense", 8, False, 8, 0, "any", False),
    Style("blocks", 3, False, 3, 12, "simple", False),
    Style("close exponents", 8, False, 4, 2, "close", False),
)


@dataclass(frozen=True)
class Fixed:
    """What the user has fixed: scalars by name (p and q above all), and the length of what is
    measured."""

    scalars: dict[str, float] = field(default_factory=dict)
    length: int | None = None


class Sampler:
    """Draws batches for one program."""

    def __init__(self, program: Program, fixed: Fixed, rng: np.random.Generator):
        self.program = program
        self.fixed = fixed
        self.rng = rng

    def draw(self, style: Style, size: int) -> Run:
        """Return a run over `size` candidates, the registers that sampling needed already
        computed."""
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
        self._draw_exponents(style, batch, size)
        for place, scalar in enumerate(self.program.scalars):
            batch.scalars[scalar.name] = self._scalar(style, run, scalar, place, size)
        if not batch.scalars:
            batch.scalars[""] = np.zeros(size)
        run = self._exchange(run)
        if self.fixed.length is not None and self.program.measured:
            run.allowed = self._excess(run) == 0
        return run

    def _uniform(self, *shape: int) -> Array:
        """16 random bits a number, which is plenty for a logarithm and a third of the price."""
        bits = self.rng.integers(0, 1 << 16, size=shape, dtype=np.uint16)
        return (bits + 0.5) * 2.0**-16

    # --- lengths
    # --------------------------------------------------------------------------------------

    def _draw_counts(self, style: Style, batch: Batch, size: int) -> None:
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

    def _draw_lengths(
        self, style: Style, run: Run, number: int, klass: LengthClass, size: int
    ) -> None:
        batch, blocks = run.batch, style.blocks
        times = np.ones((blocks, size))
        if style.reach:
            reach = self._uniform(size) * (style.reach * np.log(10.0))
            np.floor(np.exp(self._uniform(blocks, size) * reach), out=times)
        live = np.floor(self._uniform(size) * (blocks + 1))
        if not style.whole:  # most columns use all of their blocks
            live = np.where(live < blocks / 2, np.ceil(live * 2), blocks)
        times *= np.arange(blocks)[:, None] < live
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
        """The excess over the fixed length; 0 while lengths that it depends on are not drawn
        yet."""
        try:
            return self._excess(run)
        except KeyError:
            return np.zeros(run.batch.size)

    # --- entries
    # --------------------------------------------------------------------------------------

    def _vector(self, style: Style, batch: Batch, slot: VectorSlot, size: int) -> Array:
        times = batch.multiplicities[slot.klass]
        draws = self._uniform(style.blocks, size)
        if style.whole:
            values = np.floor(draws * (style.spread + 1))
        else:
            zeros = self._uniform(size)
            spread = style.spread * self._uniform(size)
            values = np.exp((draws - 0.5) * spread)
            # a third of the columns has zeros, in a share of places that differs by column
            values *= draws * 7919 % 1 >= (zeros - 2 / 3) * 2
        if not slot.nonnegative:
            signed = self._uniform(size) < 0.25
            values *= np.where(signed & (draws * 104729 % 1 < 0.5), -1.0, 1.0)
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
    # ------------------------------------------------------------------------

    def _draw_exponents(self, style: Style, batch: Batch, size: int) -> None:
        fixed = self.fixed.scalars
        for name in self.program.exponents:
            pool = {"small": SMALL_EXPONENTS, "simple": SIMPLE_EXPONENTS}.get(style.exponents)
            if name in fixed:
                batch.scalars[name] = np.full(size, fixed[name])
            elif pool is not None:
                batch.scalars[name] = pool[(self._uniform(size) * len(pool)).astype(np.intp)]
            else:
                reach = np.log(100.0) if style.exponents == "any" else np.log(8.0)
                batch.scalars[name] = np.exp((2 * self._uniform(size) - 1) * reach)
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

    def _scalar(self, style: Style, run: Run, slot: ScalarSlot, place: int, size: int) -> Array:
        if slot.name in self.fixed.scalars:
            return np.full(size, self.fixed.scalars[slot.name])
        low, high, signed = interval(run, slot, size)
        if isinstance(low, np.ndarray) and low is high:
            return low
        u = self._uniform(size)
        values = self._between(low, high, u, place)
        if style.simple:
            simple = SIMPLE_NUMBERS[(u * 997 % 1 * len(SIMPLE_NUMBERS)).astype(np.intp)]
            inside = (simple >= low) & (simple <= high)
            values = np.where(inside & (u * 31 % 1 < 0.9), simple, values)
        elif style.whole:
            rounded = np.ceil(values)
            values = np.where((rounded >= low) & (rounded <= high), rounded, values)
        if signed:
            values = np.where(u * 8191 % 1 < 0.5, values, -values)
        return values

    def _between(self, low: Array, high: Array, u: Array, place: int) -> Array:
        """Points of [low, high]: both ends, near them, in between; which one depends on the column
        alone.

        Scalar number `place` changes its case every size / 8^(place + 1) columns, so that every
        case of one scalar meets every case of another.
        """
        size = u.shape[0]
        case = np.arange(size) * 8 ** (place % 3 + 1) // max(size, 1) % 8
        near = np.exp(-35.0 * u)
        bounded = np.isfinite(high)
        with np.errstate(invalid="ignore"):
            width = np.where(bounded, high - low, np.where(low > 0, low, 1.0))
            top = np.where(bounded, high, low + width * np.exp(14 * u - 7))
            inner = np.where(bounded, low + width * u, low + width * np.exp(8 * u - 4))
            wide = np.where(bounded, high - width * near, low + width * np.exp(35 * u - 21))
            return np.select(
                [case == 0, case == 1, case == 2, case <= 4],
                [low, top, low + width * near, wide],
                inner,
            )


def interval(run: Run, slot: ScalarSlot, size: int) -> tuple[Array, Array, bool]:
    """Return the ends between which a scalar lies by the premise, and whether they are of its
    magnitude.

    Both ends are the same array when the premise gives the scalar's value.
    """
    magnitudes = slot.kind == "real" and all(b.magnitude or b.relation == "!=" for b in slot.bounds)
    low = np.full(size, 0.0 if magnitudes or slot.kind != "real" else -np.inf)
    high = np.full(size, np.inf)
    for bound in slot.bounds:
        if bound.magnitude and not magnitudes and slot.kind == "real":
            continue
        end = run.value(bound.register)
        if bound.relation == "=":
            value = np.array(np.broadcast_to(end, (size,)))
            return value, value, bound.magnitude
        if bound.relation in ("<", "<="):
            high = np.minimum(high, end)
        elif bound.relation in (">", ">="):
            low = np.maximum(low, end)
    return _finite_low(low, high), high, magnitudes


def _finite_low(low: Array, high: Array) -> Array:
    """Stand in for an end at minus infinity: far below 0, or below the other end."""
    far = np.where(np.isfinite(high), -2 * np.abs(high) - 1, -1e3)
    return np.where(
        np.isfinite(low), low, np.minimum(low, far) if np.all(np.isfinite(low)) else far
    )


def generator(key: int, piece: int) -> np.random.Generator:
    """Return the random stream of one piece of work: it depends on the key and the piece alone."""
    words: NDArray[Any] = np.array([key & (2**64 - 1), piece], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=words))
