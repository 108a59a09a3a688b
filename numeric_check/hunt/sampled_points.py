"""Points that the search draws for a claim: some that meet its premises, some without a value.

They are the search's own candidates, made rational; floats only propose them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from symbolic_proofs.language.claim import Claim

from ..batch.program import NotSearchableError, Program
from ..batch.run import Array, Run
from ..certifier.witness import Witness
from .candidate import Trial, trial_of, witness_of
from .drawing_styles import RANDOM, SPECIAL
from .sampler import Fixed, Sampler, generator
from .search import programs_of, stream_key
from .shrink.rationals import simplest_near

#: candidates of each style, and how many of them are handed on
SIZE = 512
MOST = 4
#: no piece of a search has this number
_STREAM = 2**63
#: how far a number may be moved to make it simple
_TOLERANCES = (Fraction(1, 10), Fraction(1, 1000), Fraction(0))


@dataclass(frozen=True)
class SampledPoints:
    """Points that meet the premises as far as floats tell, and those where a term has no value.

    `drawn` is the number of candidates that were looked at.
    """

    met: tuple[Witness, ...]
    without_value: tuple[Witness, ...]
    drawn: int


def sampled_points(claim: Claim) -> SampledPoints:
    """Return points for a claim from a stream of its own; none where it cannot be searched."""
    met: list[Witness] = []
    without: list[Witness] = []
    drawn = 0
    try:
        programs = programs_of(claim)
    except NotSearchableError:
        return SampledPoints((), (), 0)
    for program in programs:
        if any(op == "python" for op, _, _ in program.code):
            continue
        sampler = Sampler(program, Fixed(), generator(stream_key(claim, 0), _STREAM))
        for style in (*SPECIAL, *RANDOM):
            run = sampler.draw(style, SIZE)
            holds, has_value = _judged(program, run)
            met += _points(program, run, holds & has_value)
            without += _points(program, run, holds & ~has_value)
            drawn += SIZE
    return SampledPoints(tuple(dict.fromkeys(met)), tuple(dict.fromkeys(without)), drawn)


def _judged(program: Program, run: Run) -> tuple[Array, Array]:
    """Return where the premises hold, and where every term has a value, as floats see it."""
    met, _ = run.truth()
    holds = np.ones(run.batch.size, dtype=bool)
    for register in program.given:
        holds &= run.value(register)[1] >= 0
    return holds | met, met


def _points(program: Program, run: Run, columns: Array) -> Iterator[Witness]:
    for column in np.flatnonzero(columns)[:MOST]:
        trial = trial_of(program, run.batch, int(column))
        whole = {slot.name for slot in program.counts} | {name for name, _ in program.families}
        for tolerance in _TOLERANCES:
            with suppress(ValueError, OverflowError):  # a float that is not a number, or too large
                yield witness_of(program, _rounded_trial(trial, whole, tolerance))


def _rounded_trial(trial: Trial, whole: set[str], tolerance: Fraction) -> Trial:
    scalars = {
        name: _rounded(value, Fraction(0) if name in whole else tolerance)
        for name, value in trial.scalars.items()
    }
    values = {
        name: tuple(_rounded(x, tolerance) for x in entries)
        for name, entries in trial.values.items()
    }
    return Trial(scalars, trial.times, values)


def _rounded(value: float, tolerance: Fraction) -> Fraction:
    number = Fraction(value)
    return simplest_near(number, tolerance) if tolerance else number
