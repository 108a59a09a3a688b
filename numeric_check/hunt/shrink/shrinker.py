"""From a candidate to the smallest witness.

First the simplest candidates of all are enumerated: most claims that are false fail at one of them,
and then it is the least. Else the candidate is made rational and shrinks greedily, with the judge
(exact arithmetic) to say whether what remains is still a witness. Last, everything smaller in the
`order` is enumerated, up to a bound: whatever the search came upon, the same least witness results,
and the random numbers that led to it leave no trace. Floats only sort out what need not be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from heapq import merge
from itertools import count, islice
from math import inf
from operator import itemgetter
from typing import Any

import numpy as np

from numeric_check.certifier.witness import complexity

from ...batch.program import Program
from ...batch.run import Run
from ..acceptance import Judge
from ..candidate import Trial, batch_of, merged, witness_of
from ..sampler import Fixed
from ..screening import screen
from .enumeration import (
    MAX_LEVEL,
    Places,
    Shape,
    batch_of_rows,
    count_fillings,
    fillings,
    places,
    shapes,
    trial_of_row,
)
from .lengths import LONG, shortened
from .moves import Moves, carried_trials, kept_scalars, rescaled, simpler_trials
from .order import Key, arranged, key
from .roundings import roundings

#: candidates that enumeration looks at: in all, for one length while longer ones are to come, and
#: of its own length where a witness is long: few shapes, many numbers
MAX_ENUMERATED = 400_000
MAX_SHAPE = 40_000
MAX_LONG = 1_500_000
#: entries that there are too many ways to share out to vectors to look through
LONGEST = 1_000
#: what it costs to look at one level of a shape, in candidates
OVERHEAD = 100
#: candidates of low levels that are looked at together
TOGETHER = 1000
#: candidates that are enumerated before a witness is made smaller step by step, their level, and
#: refusals by the judge, of one length, after which it is given up: each may take many bits
MAX_SIMPLEST = 40_000
SIMPLEST_LEVEL = 10
PATIENCE = 8
#: shapes of one length, and distinct values in them, that are enumerated
MAX_SHAPES = 300
MAX_BLOCKS = 4
#: candidates of one level that pass the floats and are judged
MAX_JUDGED = 40
#: candidates that greedy shrinking has judged, and steps that it takes
MAX_GREEDY = 100
#: the simplest witnesses of the least length, from which greedy shrinking begins anew
BEST = 3
#: witnesses of larger numbers are also scaled down as a whole
LARGE = 1000
MAX_STEPS = 300


@dataclass(frozen=True)
class Limits:
    """How far one shape is enumerated: the highest level, the candidates, the judge's refusals."""

    level: int
    budget: int
    patience: float = inf


@dataclass
class Shrinker:
    """Finds the smallest witness of one program; `exact` has the fixed scalars as fractions."""

    program: Program
    fixed: Fixed
    judge: Judge
    exact: dict[str, Fraction] = field(default_factory=dict)
    _judged: dict[Any, bool] = field(default_factory=dict)

    def rational(self, trial: Trial, tries: int = 8) -> Trial | None:
        """Return a rational witness near a float candidate, as simple as it can be, or None.

        Numbers are rounded with growing precision until the judge accepts; it is asked about the
        `tries` coarsest roundings that pass the floats, and about the candidate as it stands.
        """
        variants = self._screened(roundings(trial, self.exact, self.program))
        for variant in variants[:tries] + variants[max(tries, len(variants) - 1) :]:
            if self._accepts(variant):
                return variant
        return None

    @cached_property
    def simplest(self) -> Trial | None:
        """The smallest witness if it is among the simplest candidates, else None.

        Most claims that are false fail at numbers like 0, 1 and 2: these are soon enumerated.
        """
        left, limits = MAX_SIMPLEST, Limits(SIMPLEST_LEVEL, MAX_SHAPE, PATIENCE)
        for entries in count():
            for blocks in range(min(entries, MAX_BLOCKS) + 1):
                found, used = self._least_of(entries, blocks, limits, None)
                left -= used + OVERHEAD
                if found is not None:
                    return self._arranged(found)
                if left < 0 or used > MAX_SHAPE:  # a shape that was not looked at to the end
                    return None
        return None

    def smallest(self, trial: Trial) -> Trial:
        """Return the smallest witness that can be reached from a rational one."""
        trial = self._greedy(merged(self.program, trial), carried_trials)
        trial = self._greedy(trial, simpler_trials)
        if (scaled := self._scaled_down(trial)) is not trial:
            trial = self._greedy(scaled, simpler_trials)
        if shorter := shortened(self.program, self.fixed, trial, self.rational):
            shorter.sort(key=self._key)
            trial = min((self._greedy(t, simpler_trials) for t in shorter[:BEST]), key=self._key)
        return self._arranged(self._enumerated(trial) or trial)

    def _arranged(self, least: Trial) -> Trial:
        ordered = arranged(self.program, least)
        # a plain function may depend on the order of the entries
        return ordered if ordered == least or self._accepts(ordered) else least

    def _key(self, trial: Trial) -> Key:
        return key(self.program, trial)

    def _accepts(self, trial: Trial) -> bool:
        """Ask the judge, once for all orders of the entries where these are one question."""
        question: Any = self._key(trial)
        if self._ordered:
            question = (*trial.scalars.values(), trial.times, *trial.values.values())
        if question not in self._judged:
            self._judged[question] = self.judge(witness_of(self.program, trial))
        return self._judged[question]

    @cached_property
    def _ordered(self) -> bool:
        """Whether the judge's answer may depend on the order of entries."""
        return self.program.positional or any(op == "python" for op, _, _ in self.program.code)

    def _screened(self, trials: Iterable[Trial]) -> list[Trial]:
        listed = list(trials)
        if not listed:
            return []
        seen = screen(self.program, Run(self.program, batch_of(self.program, listed)))
        passed = seen.sure | seen.maybe
        return [t for t, ok in zip(listed, passed, strict=True) if ok]

    def _greedy(self, trial: Trial, moves: Moves) -> Trial:
        """Take the smallest of the neighbours that is still a witness, until there is none."""
        best = key(self.program, trial)
        left = MAX_GREEDY
        for _ in range(MAX_STEPS):
            near = moves(self.program, self.fixed, self.exact, trial)
            smaller = {key(self.program, t): t for t in near}
            ordered = [smaller[k] for k in sorted(smaller) if k < best]
            found = None
            for candidate in self._screened(ordered)[:left]:
                left -= 1
                if self._accepts(candidate):
                    found = candidate
                    break
            if found is None:
                break
            trial, best = found, key(self.program, found)
        return trial

    def _scaled_down(self, trial: Trial) -> Trial:
        """Find by bisection how far all numbers together can be scaled down to whole ones.

        A witness in a narrow sliver needs large numbers; one by one they cannot be made smaller.
        """
        kept = kept_scalars(self.program, self.exact)
        free = [v for n, v in trial.scalars.items() if n not in {*kept, *self.program.exponents}]
        largest = max([0, *map(abs, free), *(abs(x) for v in trial.values.values() for x in v)])
        best = trial
        low, high = 0, int(largest)
        while high - low > 1 and largest > LARGE:
            middle = (low + high) // 2
            found = None
            for scaled in rescaled(self.program, kept, trial, Fraction(middle) / largest):
                smaller = key(self.program, scaled) < key(self.program, best)
                if smaller and self._screened([scaled]) and self._accepts(scaled):
                    found = best = scaled
                    break
            low, high = (low, middle) if found else (middle, high)
        return best

    def _enumerated(self, trial: Trial) -> Trial | None:
        """Return the least witness below `trial` within the bounds, None if there is none."""
        bound = self._key(trial)
        own = bound[2] - sum(complexity(value) for value in self.exact.values())
        limits, left = Limits(max(own, 8), MAX_SHAPE), MAX_ENUMERATED
        for entries in range(bound[0] + 1):
            if left <= 0:
                break
            for blocks in range((bound[1] if entries == bound[0] else MAX_BLOCKS) + 1):
                if left > 0 and (entries, blocks) != bound[:2]:
                    found, used = self._least_of(entries, blocks, limits, bound)
                    left -= used + OVERHEAD
                    if found is not None:
                        return found
        if bound[0] > LONGEST:
            return None
        budget = MAX_LONG if bound[0] > LONG else left
        return self._least_of(bound[0], bound[1], Limits(own, budget), bound)[0]

    def _least_of(
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
        refused = 0
        groups, spent = _levels_together([place for _, place in known], limits)
        for levels in groups:
            passing = (self._passing(shape, place, levels) for shape, place in known)
            for candidate_key, candidate in merge(*passing, key=itemgetter(0)):
                if bound is not None and candidate_key >= bound:
                    break
                if self._accepts(candidate):
                    return candidate, spent
                refused += 1
                if refused >= limits.patience:
                    return None, limits.budget + 1
        return None, spent

    def _passing(
        self, shape: Shape, place: Places, levels: Sequence[int]
    ) -> Iterator[tuple[Key, Trial]]:
        """Yield the candidates of some levels that pass the floats, the least first."""
        by_level = [fillings(place.signs, level) for level in levels]
        rows = np.concatenate(by_level)
        passed = np.zeros(len(rows), dtype=bool)
        for start in range(0, len(rows), 4096):
            part = slice(start, start + 4096)
            batch = batch_of_rows(self.program, self.fixed, shape, place, rows[part])
            seen = screen(self.program, Run(self.program, batch))
            passed[part] = seen.sure | seen.maybe
        ends = np.cumsum([len(level) for level in by_level])
        columns = np.flatnonzero(passed)
        for found in np.split(columns, np.searchsorted(columns, ends)):
            trials = [
                merged(self.program, trial_of_row(self.program, self.exact, shape, place, rows[i]))
                for i in found[: 50 * MAX_JUDGED]
            ]
            keyed = sorted(((key(self.program, t), i) for i, t in enumerate(trials)))
            yield from ((k, trials[i]) for k, i in keyed[:MAX_JUDGED])


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
