"""The least witness of one size: all candidates with so many entries and blocks, the least first.

Floats sort out what need not be judged. Sides that they cannot tell apart are judged a few times:
if they are equal each time, and that is no witness, the others are taken to be equal too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from itertools import islice
from math import inf
from operator import itemgetter

import numpy as np

from ...batch.program import Program
from ...batch.run import Run
from ..candidate import Trial
from ..sampler import Fixed
from ..screening import screen
from .enumeration import (
    MAX_LEVEL,
    Places,
    Rows,
    Shape,
    batch_of_rows,
    count_fillings,
    fillings,
    of_distinct_blocks,
    places,
    shapes,
    trial_of_row,
)
from .order import Key, key

#: what it costs to look at one level of a shape, in candidates
OVERHEAD = 100
#: candidates of low levels that are looked at together
TOGETHER = 1000
#: ties that are refused before others are taken to be ties: a difference of such numbers would show
MAX_TIES = 2
#: shapes of one size that are enumerated
MAX_SHAPES = 300
#: candidates of one level that pass the floats and are judged
MAX_JUDGED = 40


@dataclass(frozen=True)
class Limits:
    """How far one shape is enumerated: the highest level, the candidates, the judge's refusals."""

    level: int
    budget: int
    patience: float = inf


@dataclass(frozen=True)
class Sizes:
    """Finds the least witness of each size; `exact` has the fixed scalars as fractions.

    `ordered`: the order of entries matters. `refuses_ties`: two sides that are equal are no
    witness. `accepts` is the judge.
    """

    program: Program
    fixed: Fixed
    exact: dict[str, Fraction]
    ordered: bool
    refuses_ties: bool
    accepts: Callable[[Trial], bool]

    def least_of(
        self, entries: int, blocks: int, limits: Limits, bound: Key | None
    ) -> tuple[Trial | None, int]:
        """Return the least witness of so many entries and blocks, and how many were looked at.

        It is below `bound`. More than the budget were looked at when it came to an early end.
        """
        all_shapes = shapes(self.program, self.fixed, entries, blocks)
        known = [
            (shape, places(self.program, self.fixed, shape))
            for shape in islice(all_shapes, MAX_SHAPES)
        ]
        refused = ties = 0

        def with_ties() -> bool:
            return ties < MAX_TIES

        groups, spent = _levels_together([place for _, place in known], limits)
        for levels in groups:
            passing = (self._passing(shape, place, levels, with_ties) for shape, place in known)
            for candidate_key, candidate, tied in merge(*passing, key=itemgetter(0)):
                if bound is not None and candidate_key >= bound:
                    break
                if tied and not with_ties():
                    continue
                if self.accepts(candidate):
                    return candidate, spent
                ties += tied
                refused += not tied
                if refused >= limits.patience:
                    return None, limits.budget + 1
        return None, spent

    def _passing(
        self, shape: Shape, place: Places, levels: Sequence[int], with_ties: Callable[[], bool]
    ) -> Iterator[tuple[Key, Trial, bool]]:
        """Yield the candidates of some levels that pass the floats, the least first.

        With each goes whether it is a tie that the judge is to refuse; `with_ties` may end those.
        """
        by_level = [
            of_distinct_blocks(
                self.program, shape, place, fillings(place.signs, level), ordered=self.ordered
            )
            for level in levels
        ]
        rows = np.concatenate(by_level)
        passed, tied = np.zeros((2, len(rows)), dtype=bool)
        for start in range(0, len(rows), 4096):
            part = slice(start, start + 4096)
            batch = batch_of_rows(self.program, self.fixed, shape, place, rows[part])
            seen = screen(self.program, Run(self.program, batch))
            passed[part] = seen.sure | seen.maybe
            if self.refuses_ties:
                tied[part] = seen.tied
        ends = np.cumsum([len(level) for level in by_level])
        columns = np.flatnonzero(passed)
        # rows are in the order of witnesses, unless blocks of several sizes change places
        in_order = not self.ordered and all(len(set(times)) < 2 for times in shape.times)
        for found in np.split(columns, np.searchsorted(columns, ends)):
            keyed = (
                self._keyed(shape, place, rows[i], bool(tied[i]))
                for i in found
                if with_ties() or not tied[i]
            )
            if in_order:
                yield from islice(keyed, MAX_JUDGED)
            else:
                yield from sorted(islice(keyed, 50 * MAX_JUDGED), key=itemgetter(0))[:MAX_JUDGED]

    def _keyed(self, shape: Shape, place: Places, row: Rows, tied: bool) -> tuple[Key, Trial, bool]:
        trial = trial_of_row(self.program, self.exact, shape, place, row)
        return key(self.program, trial), trial, tied


def _levels_together(known: Sequence[Places], limits: Limits) -> tuple[list[list[int]], int]:
    """Return the levels to look at, those of few candidates together, and what they cost.

    One that goes beyond the budget is left out, and the cost says so.
    """
    groups: list[list[int]] = []
    spent = rows = 0
    for level in range(min(limits.level, MAX_LEVEL) + 1):
        numbers = [count_fillings(place.signs, level) for place in known]
        spent += sum(max(number, OVERHEAD) for number in numbers)
        if spent > limits.budget:
            break
        if groups and rows + sum(numbers) <= TOGETHER:
            groups[-1].append(level)
            rows += sum(numbers)
        else:
            groups.append([level])
            rows = sum(numbers)
    return groups, spent
