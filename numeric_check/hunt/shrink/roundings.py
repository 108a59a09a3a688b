"""The rational candidates near one of floats, the coarsest first."""

from __future__ import annotations

from fractions import Fraction

from ...batch.program import Program
from ..candidate import Trial
from ..normalising import with_sums
from .moves import TOLERANCES
from .order import Key
from .rationals import simplest_near


def roundings(trial: Trial, exact: dict[str, Fraction], program: Program) -> list[Trial]:
    """Return the trial with its numbers rounded ever more finely, at last as they are."""
    counts = {slot.name for slot in program.counts} | {name for name, _ in program.families}
    variants: dict[Key, Trial] = {}
    for tolerance in (*TOLERANCES, Fraction(0)):

        def near(value: float, tolerance: Fraction = tolerance) -> Fraction:
            fraction = Fraction(value)
            return simplest_near(fraction, tolerance) if tolerance else fraction

        scalars = {
            name: exact.get(name, Fraction(int(value)) if name in counts else near(value))
            for name, value in trial.scalars.items()
        }
        values = {name: tuple(map(near, v)) for name, v in trial.values.items()}
        rounded = with_sums(program, Trial(scalars, trial.times, values))
        variants.setdefault((*scalars.values(), *rounded.values.values()), rounded)
    return list(variants.values())
