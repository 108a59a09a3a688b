"""A shorter witness, from a long one, and the same for every start.

Where a claim fails from some length on, the values that fail at the least lengths lie in a narrow
place that simplifying numbers one by one does not reach. So the multiplicity of a block is bisected
and, at each length, local search goes on from the witness. What it started from would still show in
the numbers of the result: at the least length the hunt begins anew, from random numbers that depend
on that length alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from ...batch.program import Program
from ...batch.run import Run
from ..candidate import Trial, batch_of, trial_of
from ..local_search import SEEDS, refine
from ..pieces import SPECIAL_PIECES, Task, run_piece
from ..sampler import Fixed, generator
from ..screening import Screened

#: shorter witnesses are left to enumeration
LONG = 4
#: rounds of local search at one length
ROUNDS = 80
#: pieces of random candidates at the least length, and their size
PIECES = range(SPECIAL_PIECES, SPECIAL_PIECES + 3)
SIZE = 16384
#: the key of the random streams
_STREAM = 0

Rational = Callable[[Trial], Trial | None]


def shortened(program: Program, fixed: Fixed, trial: Trial, rational: Rational) -> list[Trial]:
    """Return witnesses with multiplicities as small as bisection gets them, none if none is less.

    `rational` makes an exact witness of a float candidate, or None. Lengths that are fixed stay.
    """
    if fixed.length is not None or not program.measured:
        return []
    first = trial
    for number, klass in enumerate(program.classes):
        if klass.own is None or _value(program, trial, klass.coefficient) != 1:
            continue
        while (shorter := _bisected(program, fixed, trial, number, rational)) is not trial:
            trial = shorter
    if trial is first:
        return []
    length = _value(program, trial, program.measured[0])
    anew = Task((program,), _STREAM, replace(fixed, length=length))
    candidates = (t for i in PIECES for _, t in run_piece(anew, i, SIZE).sure)
    return [t for t in map(rational, candidates) if t is not None] or [trial]


def _value(program: Program, trial: Trial, register: int) -> int:
    """Return the value of a register that holds a length or a number of copies."""
    return int(np.ravel(Run(program, batch_of(program, [trial])).value(register))[0])


def _bisected(
    program: Program, fixed: Fixed, trial: Trial, number: int, rational: Rational
) -> Trial:
    """Return a witness whose longest block of a class is shorter, or the trial itself."""
    times = trial.times[number]
    longest = max(times, default=0)
    if longest <= LONG:
        return trial
    block = times.index(longest)
    own, least = program.classes[number].own, program.classes[number].least
    assert own is not None
    rest = int(trial.scalars[own]) - longest
    low, best = max(0, least - rest - 1), trial
    high = longest
    while high - low > 1:
        middle = (low + high) // 2
        scalars = {**best.scalars, own: Fraction(rest + middle)}
        changed = (*times[:block], middle, *times[block + 1 :])
        begin = replace(
            best, scalars=scalars, times=(*best.times[:number], changed, *best.times[number + 1 :])
        )
        found = _found_near(program, fixed, begin, own, rational)
        if found is None or len(found.times[number]) != len(times):
            low = middle
        else:
            high, best = middle, found
    return best


def _found_near(
    program: Program, fixed: Fixed, begin: Trial, own: str, rational: Rational
) -> Trial | None:
    kept = replace(fixed, scalars={**fixed.scalars, own: float(begin.scalars[own])})
    found: list[Trial] = []

    def visit(run: Run, seen: Screened) -> bool:
        failing = np.flatnonzero(seen.sure)
        if failing.size:
            worst = failing[np.argmin(seen.high[failing])]
            found.append(trial_of(program, run.batch, int(worst)))
        return bool(found)

    seeds = batch_of(program, [begin] * SEEDS)
    refine(program, kept, generator(_STREAM, int(begin.scalars[own])), seeds, ROUNDS, visit)
    return rational(found[0]) if found else None
