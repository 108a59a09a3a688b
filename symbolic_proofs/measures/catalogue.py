"""The measures that are built in: those of Hurley & Rickard in their order, then the others."""

from __future__ import annotations

from difflib import get_close_matches

from ..errors import SymbolicProofsError
from . import hurley_rickard, others
from .measure import Measure

MEASURES: tuple[Measure, ...] = (*hurley_rickard.MEASURES, *others.MEASURES)


class UnknownMeasureError(SymbolicProofsError, KeyError):
    """No measure has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


def find_measure(name: str) -> Measure:
    """Return the measure with this name; raises UnknownMeasureError, naming the nearest names."""
    for measure in MEASURES:
        if measure.name == name:
            return measure
    near = get_close_matches(name, [measure.name for measure in MEASURES], n=3)
    hint = (
        f"; did you mean {' or '.join(near)}?"
        if near
        else f"; use one of {', '.join(measure.name for measure in MEASURES)}, or FILE.py:FUNCTION"
    )
    raise UnknownMeasureError(f"no measure has the name {name!r}{hint}")
