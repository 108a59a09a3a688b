"""Vectors whose entries have the sum that the premise gives: shares, or as much as another has.

Drawn at random they never do; scaled they do, and fractions do exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ..batch.program import Program, SumOf
from .candidate import Trial


def scaled(
    program: Program, vectors: Mapping[str, Any], times: Sequence[Any] | Mapping[int, Any]
) -> dict[str, Any]:
    """Return vectors, the multiplicities of their blocks beside them, with the sums given."""
    found = dict(vectors)
    klass = {slot.key: slot.klass for slot in program.vectors}

    def total(of: SumOf) -> Any:
        values = found[of.key]
        sizes = np.abs(values) if of.magnitudes else values
        return (sizes * times[klass[of.key]]).sum(axis=0)

    for given in program.sums:
        have, to = total(given.of), given.equals
        exact = found[given.of.key].dtype == object
        one: Any = Fraction(1) if exact else 1.0
        want = total(to) if isinstance(to, SumOf) else to * one
        fits = have * want > 0
        factor = np.where(fits, want, one) / np.where(fits, have, one)
        found[given.of.key] = found[given.of.key] * factor
    return found


def with_sums(program: Program, trial: Trial) -> Trial:
    """Return an exact trial with the sums that are given."""
    if not program.sums:
        return trial
    exact = {key: np.array(entries, dtype=object) for key, entries in trial.values.items()}
    times = [np.array(numbers, dtype=object) for numbers in trial.times]
    values = {key: tuple(found) for key, found in scaled(program, exact, times).items()}
    return Trial(trial.scalars, trial.times, values)
