"""Which candidates are worth certifying: those that fail, and those too close to call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..batch.program import Program
from ..batch.run import Array, Batch, Run

#: margins that lie about 0 like this are of two sides that are equal, as far as floats can tell
NEGLIGIBLE = 1e-9
#: values of the quantified scalars of a universal claim, spread over the magnitudes
_LADDER = (1.0, 1 / 3, 7.0, 1e3, 1e-3, 1e6)


@dataclass(frozen=True)
class Screened:
    """For each column: whether it meets the premise, and two ends of its margin.

    A column is a finding for sure where met and `high` < 0, and may be one where `low` <= 0 <=
    `high`. For every mode of a program, less is better. Where a claim is an equation, sides that
    agree to within rounding (not `ties`) are taken to agree.
    """

    met: Array
    low: Array
    high: Array
    ties: bool = True

    @property
    def sure(self) -> Array:
        """The columns that are findings as far as floats can tell."""
        return self.met & (self.high < 0)

    @property
    def maybe(self) -> Array:
        """The columns that rounding leaves open."""
        if not self.ties:
            return np.zeros_like(self.met)
        return self.met & (self.low <= 0) & (self.high >= 0)

    @property
    def tied(self) -> Array:
        """The columns whose two sides are equal as far as floats can tell."""
        with np.errstate(invalid="ignore"):  # from -inf to inf, where floats tell nothing
            balanced: Array = np.abs(self.low + self.high) < NEGLIGIBLE
        return self.maybe & balanced


def screen(program: Program, run: Run) -> Screened:
    """Judge the columns of a run by floats."""
    met, (low, high) = run.truth()
    if program.mode == "existence":
        return Screened(met, -high, -low)
    if program.mode == "universal":
        return _screen_universal(program, run, met, low <= 0)
    return Screened(met, low, high, program.code[program.conclusion][0] != "equal")


def _screen_universal(program: Program, run: Run, met: Array, fails: Array) -> Screened:
    """Find the columns at which the conclusion fails whatever the quantified scalars are.

    The others have no margin: how nearly it fails at one value says nothing of the next.
    """
    size = run.batch.size
    low, high = np.full(size, np.inf), np.full(size, np.inf)
    left = np.flatnonzero(met & fails)
    part = run.batch.take(left)
    for i, first in enumerate(_LADDER):
        for second in _LADDER[i % 2 :: 2]:
            if not left.size:
                return Screened(met, low, high)
            values = (first, *(second for _ in program.quantified[1:]))
            scalars = dict(part.scalars)
            for name, value in zip(program.quantified, values, strict=True):
                scalars[name] = np.full(left.size, value)
            again = Run(program, Batch(scalars, part.vectors, part.multiplicities))
            ok, (below, _) = again.truth()
            kept = ok & (below <= 0)
            left = left[kept]
            part = part.take(kept)
    low[left], high[left] = -1.0, 0.0
    return Screened(met, low, high)
