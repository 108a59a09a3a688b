"""Local search from the least margins, for many seeds at once.

Each round perturbs every seed several times in the logarithmic scale: entries, multiplicities,
exponents and the claim's own variables; the best copy takes the seed's place. A seed's step grows
when it got better and shrinks when it did not; where all have shrunk to nothing, the search ends.
The margin is relative (see `evaluate`), so it does not fall by mere smallness.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..batch.program import Program
from ..batch.run import Array, Batch, Run
from .bounds import interval
from .normalising import scaled
from .sampler import Fixed
from .screening import Screened, screen

SEEDS = 24
COPIES = 24
#: the first step, the greatest, and one that is too small to lead anywhere: 11 rounds in vain
FIRST_STEP, GREATEST_STEP, LEAST_STEP = 0.5, 3.0, 1e-6
#: lengths stay whole numbers in float64, with room for a few more factors
LONGEST = 1e13
#: no number grows beyond this one: the largest of floats are near
LARGEST = 1e300


def refine(
    program: Program,
    fixed: Fixed,
    rng: np.random.Generator,
    seeds: Batch,
    rounds: int,
    visit: Callable[[Run, Screened], bool],
) -> None:
    """Search around the seeds; `visit` sees every batch, and ends the search by True."""
    count = seeds.size
    step = np.full(count, FIRST_STEP)
    best = np.full(count, np.inf)
    for _ in range(rounds):
        spread = np.repeat(step, COPIES)
        batch = seeds.take(np.repeat(np.arange(count), COPIES))
        kept = np.arange(count * COPIES) % COPIES == 0  # the first copy is the seed itself
        run = _perturbed(program, fixed, rng, batch, np.where(kept, 0.0, spread))
        seen = screen(program, run)
        if visit(run, seen):
            return
        # what rounding leaves open leads nowhere: it is certified elsewhere
        margins = np.where(seen.met & (seen.low > 0), seen.high, np.inf).reshape(count, COPIES)
        winner = margins.argmin(axis=1)
        value = margins[np.arange(count), winner]
        better = value < best
        step = np.minimum(np.where(better, step * 1.5, step * 0.3), GREATEST_STEP)
        if step.max() < LEAST_STEP:
            return
        best = np.minimum(best, value)
        seeds = run.batch.take(np.arange(count) * COPIES + np.where(better, winner, 0))


def _perturbed(
    program: Program, fixed: Fixed, rng: np.random.Generator, batch: Batch, spread: Array
) -> Run:
    size = batch.size
    scalars = dict(batch.scalars)
    moving = Batch(scalars, {}, {})
    for name in program.exponents:
        if name not in fixed.scalars:
            scalars[name] = np.clip(scalars[name] * np.exp(_kicks(rng, spread)), 1e-2, 1e2)
    for number, klass in enumerate(program.classes):
        times = batch.multiplicities[number]
        if klass.own is not None and klass.own not in fixed.scalars:
            grown = np.where(
                times > 0, np.maximum(np.rint(times * np.exp(_kicks(rng, spread, times))), 1), 0
            )
            change = grown.sum(axis=0) - times.sum(axis=0)
            if fixed.length is not None:
                grown[0] -= change
                allowed = grown[0] >= 0
            else:
                own = scalars[klass.own] + change
                coefficient = Run(program, batch).value(klass.coefficient)
                allowed = (coefficient == 1) & (own >= klass.least) & (own < LONGEST)
                scalars[klass.own] = np.where(allowed, own, scalars[klass.own])
            times = np.where(allowed, grown, times)
        moving.multiplicities[number] = times
    for slot in program.vectors:
        values = batch.vectors[slot.key]
        live = moving.multiplicities[slot.klass] > 0
        moving.vectors[slot.key] = _moved(rng, values, spread) * live
    moving.vectors |= scaled(program, moving.vectors, moving.multiplicities)
    run = Run(program, moving)
    for scalar in program.scalars:
        if scalar.name not in fixed.scalars:
            low, high, magnitude = interval(run, scalar, size)
            value = _moved(rng, scalars[scalar.name], spread)
            sign = np.where(value < 0, -1.0, 1.0) if magnitude else 1.0
            inside = sign * np.clip(value * sign, low, high)
            scalars[scalar.name] = np.where(np.isfinite(inside), inside, value)
    return run


def _moved(rng: np.random.Generator, values: Array, spread: Array) -> Array:
    """Return the values times e to random steps, and as they are where that is too large."""
    moved = values * np.exp(_kicks(rng, spread, values))
    return np.where(np.abs(moved) < LARGEST, moved, values)


def _kicks(rng: np.random.Generator, spread: Array, like: Array | None = None) -> Array:
    """Steps of up to twice the spread for about half of the numbers, 0 for the others."""
    drawn = 8 * rng.random(spread.shape if like is None else like.shape) - 4
    return (drawn - np.clip(drawn, -2, 2)) * spread
