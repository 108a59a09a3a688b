"""One candidate: float or exact values for the symbols of a program, on the way to a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from ..batch.program import Program
from ..batch.run import Batch
from ..certifier.witness import Blocks, Witness


@dataclass(frozen=True)
class Trial:
    """Values in the layout of a batch: vectors of one length class share their multiplicities.

    `scalars` by name; `times[c]` the multiplicities of class c; `values[key]` one value for each of
    them.
    """

    scalars: Mapping[str, Any]
    times: tuple[tuple[int, ...], ...]
    values: Mapping[str, tuple[Any, ...]]

    def to_json(self) -> list[Any]:
        """Return the trial as JSON values; floats keep every bit."""
        return [
            {k: float(v) for k, v in self.scalars.items()},
            [list(t) for t in self.times],
            {k: [float(x) for x in v] for k, v in self.values.items()},
        ]

    @classmethod
    def from_json(cls, data: Any) -> Trial:
        """Return the trial that `to_json` wrote."""
        scalars, times, values = data
        return cls(scalars, tuple(map(tuple, times)), {k: tuple(v) for k, v in values.items()})


def trial_of(program: Program, batch: Batch, column: int) -> Trial:
    """Return one column of a batch, merged."""
    scalars = {k: float(v[column] if v.ndim else v) for k, v in batch.scalars.items() if k}
    times, values = [], {}
    for klass in range(len(program.classes)):
        numbers = batch.multiplicities[klass][:, column]
        times.append(tuple(int(n) for n in numbers))
        for slot in program.vectors:
            if slot.klass == klass:  # + 0.0 makes -0.0 a plain zero
                values[slot.key] = tuple(float(x) + 0.0 for x in batch.vectors[slot.key][:, column])
    return merged(program, Trial(scalars, tuple(times), values))


def merged(program: Program, trial: Trial) -> Trial:
    """Return the trial, empty blocks left out and equal ones put together.

    Where the order of entries matters, those are put together that stand next to each other.
    """
    times, values = [], {}
    for keys, multiplicities in zip(program.keys, trial.times, strict=True):
        columns = zip(*(trial.values[key] for key in keys), strict=True)
        blocks = [(b, n) for b, n in zip(columns, multiplicities, strict=True) if n]
        if not program.positional and len(blocks) > 1:
            place = {block: i for i, (block, _) in reversed(list(enumerate(blocks)))}
            blocks.sort(key=lambda block: place[block[0]])
        joined = [(b, sum(n for _, n in run)) for b, run in groupby(blocks, itemgetter(0))]
        times.append(tuple(n for _, n in joined))
        for i, key in enumerate(keys):
            values[key] = tuple(block[i] for block, _ in joined)
    return Trial(trial.scalars, tuple(times), values)


def batch_of(program: Program, trials: Sequence[Trial]) -> Batch:
    """Return the batch whose columns are the trials."""
    size = len(trials)
    names = [*program.exponents, *(s.name for s in (*program.counts, *program.scalars))]
    scalars = {n: np.array([float(t.scalars[n]) for t in trials]) for n in names}
    scalars |= {name: np.full(size, float(number)) for name, number in program.families}
    multiplicities, vectors = {}, {}
    for klass in range(len(program.classes)):
        depth = max(1, *(len(t.times[klass]) for t in trials))
        block = np.zeros((depth, size))
        for column, trial in enumerate(trials):
            block[: len(trial.times[klass]), column] = trial.times[klass]
        multiplicities[klass] = block
        for slot in program.vectors:
            if slot.klass == klass:
                block = np.zeros((depth, size))
                for column, trial in enumerate(trials):
                    block[: len(trial.times[klass]), column] = [
                        float(x) for x in trial.values[slot.key]
                    ]
                vectors[slot.key] = block
    return Batch(scalars or {"": np.zeros(size)}, vectors, multiplicities)


def witness_of(program: Program, trial: Trial) -> Witness:
    """Return an exact trial as a witness."""
    vectors: dict[str, Blocks] = {}
    families: dict[str, dict[int, Blocks]] = {}
    for slot in program.vectors:
        blocks = tuple(
            zip(map(Fraction, trial.values[slot.key]), trial.times[slot.klass], strict=True)
        )
        if slot.member:
            families.setdefault(slot.name, {})[slot.member] = blocks
        else:
            vectors[slot.name] = blocks
    scalars = {name: Fraction(value) for name, value in trial.scalars.items()}
    scalars |= {name: Fraction(number) for name, number in program.families}
    members = {name: tuple(m[i] for i in sorted(m)) for name, m in families.items()}
    return Witness(scalars, vectors, members)
