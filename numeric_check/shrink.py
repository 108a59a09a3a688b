"""From a candidate to the smallest witness.

First the candidate is made rational, then it shrinks greedily, with the judge (exact arithmetic) to say
whether what remains is still a witness. Last, everything smaller in the `order` is enumerated, up to a
bound: whatever the search came upon, the same least witness results, and the random numbers that led to
it leave no trace. Floats only sort out what need not be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice

import numpy as np

from .evaluate import Run
from .judge import Judge
from .order import Key, arranged, key
from .program import Program
from .rational import complexity, of_complexity, simplest_near
from .sample import Fixed
from .screen import screen
from .simplest_first import (
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
from .trial import Trial, batch_of, witness_of

#: candidates that enumeration looks at, in all and for one shape when larger ones are still to come
MAX_ENUMERATED = 400_000
MAX_SHAPE = 40_000
#: what it costs to look at a level of a shape, in candidates
OVERHEAD = 100
#: shapes of one length, and distinct values in them, that are enumerated
MAX_SHAPES = 300
MAX_BLOCKS = 4
#: candidates of one level that pass the floats and are judged
MAX_JUDGED = 40
_TOLERANCES = tuple(Fraction(1, 10**k) for k in (1, 2, 3, 5, 7, 9, 12, 15))


@dataclass
class Shrinker:
    """Finds the smallest witness of one program; `exact` has the fixed scalars as fractions."""

    program: Program
    fixed: Fixed
    judge: Judge
    exact: dict[str, Fraction] = field(default_factory=dict)

    def rational(self, trial: Trial, tries: int = 8) -> Trial | None:
        """Return a rational witness near a float candidate, as simple as it can be; None if there
        is none.

        Numbers are rounded with growing precision, exponents as finely as the rest, until the judge
        accepts; it is asked about the `tries` coarsest, and about the candidate as it stands.
        """
        variants = self._screened(_variants(trial, self.exact, self.program))
        for variant in variants[:tries] + variants[max(tries, len(variants) - 1) :]:
            if self.judge(witness_of(self.program, variant)):
                return variant
        return None

    def smallest(self, trial: Trial) -> Trial:
        """Return the smallest witness that can be reached from a rational one."""
        trial = self._greedy(trial)
        return arranged(self.program, self._enumerated(trial) or trial)

    def _screened(self, trials: Iterable[Trial]) -> list[Trial]:
        listed = list(trials)
        if not listed:
            return []
        seen = screen(self.program, Run(self.program, batch_of(self.program, listed)))
        passed = seen.sure | seen.maybe
        return [t for t, ok in zip(listed, passed, strict=True) if ok]

    # --- greedy
    # ---------------------------------------------------------------------------------------

    def _greedy(self, trial: Trial) -> Trial:
        """Take the smallest of the neighbours that is still a witness, until there is none."""
        best = key(self.program, trial)
        for _ in range(200):
            smaller = {key(self.program, t): t for t in self._neighbours(trial)}
            ordered = [smaller[k] for k in sorted(smaller) if k < best]
            for candidate in self._screened(ordered)[:MAX_JUDGED]:
                if self.judge(witness_of(self.program, candidate)):
                    trial, best = candidate, key(self.program, candidate)
                    break
            else:
                return trial
        return trial

    def _neighbours(self, trial: Trial) -> Iterator[Trial]:
        yield from self._shorter(trial)
        for name, value in trial.scalars.items():
            if name in self.exact or name in self.program.quantified or self._is_count(name):
                continue
            for simpler in _simpler(value):
                yield replace(trial, scalars={**trial.scalars, name: simpler})
        for slot in self.program.vectors:
            values = trial.values[slot.key]
            for i, value in enumerate(values):
                for simpler in _simpler(value):
                    changed = (*values[:i], simpler, *values[i + 1 :])
                    yield self._merged(replace(trial, values={**trial.values, slot.key: changed}))

    def _is_count(self, name: str) -> bool:
        return any(slot.name == name for slot in self.program.counts)

    def _shorter(self, trial: Trial) -> Iterator[Trial]:
        """Yield the trial with a multiplicity or a count made smaller."""
        for number, klass in enumerate(self.program.classes):
            for i, times in enumerate(trial.times[number]):
                for fewer in _fewer(times, 0):
                    changed = (*trial.times[number][:i], fewer, *trial.times[number][i + 1 :])
                    scalars = dict(trial.scalars)
                    if klass.own is not None:
                        if klass.own in self.exact or self.fixed.length is not None:
                            continue
                        run = Run(self.program, batch_of(self.program, [trial]))
                        step = Fraction(times - fewer) / int(
                            np.ravel(run.value(klass.coefficient))[0]
                        )
                        scalars[klass.own] = scalars[klass.own] - step
                        if step.denominator != 1 or scalars[klass.own] < klass.least:
                            continue
                    else:
                        continue
                    all_times = (*trial.times[:number], changed, *trial.times[number + 1 :])
                    yield self._merged(replace(trial, scalars=scalars, times=all_times))
        owned = {klass.own for klass in self.program.classes}
        for slot in self.program.counts:
            if slot.name not in owned and slot.name not in self.exact and not self.program.classes:
                for fewer in _fewer(
                    int(trial.scalars[slot.name]), 1 if slot.kind == "count" else 0
                ):
                    yield replace(trial, scalars={**trial.scalars, slot.name: Fraction(fewer)})

    def _merged(self, trial: Trial) -> Trial:
        """Return the trial, empty blocks left out and equal ones put together."""
        times, values = [], {}
        for number, multiplicities in enumerate(trial.times):
            keys = [slot.key for slot in self.program.vectors if slot.klass == number]
            counted: dict[tuple[Fraction, ...], int] = {}
            for i, count in enumerate(multiplicities):
                if count:
                    column = tuple(trial.values[k][i] for k in keys)
                    counted[column] = counted.get(column, 0) + count
            times.append(tuple(counted.values()))
            for i, k in enumerate(keys):
                values[k] = tuple(column[i] for column in counted)
        return Trial(trial.scalars, tuple(times), values)

    # --- everything smaller
    # ---------------------------------------------------------------------------

    def _enumerated(self, trial: Trial) -> Trial | None:
        """Return the least witness below `trial` among those within the bounds, None if there is
        none."""
        bound = key(self.program, trial)
        spent = 0
        for entries in range(bound[0] + 1):
            for blocks in range(1 if entries else 0, (bound[1] if entries == bound[0] else 4) + 1):
                known = list(shapes(self.program, self.fixed, entries, blocks))
                last = (entries, blocks) == bound[:2]
                found, used = self._least_of(known, bound, last, MAX_ENUMERATED - spent)
                spent += used + OVERHEAD
                if found is not None:
                    return found
                if spent >= MAX_ENUMERATED:
                    return None
        return None

    def _least_of(
        self, known: list[Shape], bound: Key, last: bool, budget: int
    ) -> tuple[Trial | None, int]:
        spent = 0
        top = min(bound[2] if last else max(bound[2], 8), MAX_LEVEL)
        where = [(shape, places(self.program, self.fixed, shape)) for shape in known]
        allowance = budget if last else min(budget, MAX_SHAPE)
        offset = sum(complexity(value) for value in self.exact.values())
        for level in range(top - offset + 1 if last else top + 1):
            size = sum(max(count_fillings(place.signs, level), OVERHEAD) for _, place in where)
            if spent + size > allowance:
                return None, spent
            spent += size
            best: tuple[Key, Trial] | None = None
            for shape, place in where:
                for candidate_key, candidate in self._passing(shape, place, level):
                    if candidate_key >= bound or (best and candidate_key >= best[0]):
                        break
                    if self.judge(witness_of(self.program, candidate)):
                        best = candidate_key, candidate
                        break
            if best:
                return best[1], spent
        return None, spent

    def _passing(self, shape: Shape, place: Places, level: int) -> list[tuple[Key, Trial]]:
        rows = fillings(place.signs, level)
        found = []
        for start in range(0, len(rows), 4096):
            part = rows[start : start + 4096]
            batch = batch_of_rows(self.program, self.fixed, shape, place, part)
            seen = screen(self.program, Run(self.program, batch))
            found += [part[i] for i in np.flatnonzero(seen.sure | seen.maybe)]
        trials = [
            self._merged(trial_of_row(self.program, self.exact, shape, place, row))
            for row in found[: 50 * MAX_JUDGED]
        ]
        keyed = sorted(
            ((key(self.program, t), i) for i, t in enumerate(trials)), key=lambda k: k[0]
        )
        return [(k, trials[i]) for k, i in keyed[:MAX_JUDGED]]


def _fewer(number: int, least: int) -> list[int]:
    """Return smaller counts: the least ones, and steps down of a half, a quarter, .. of the number."""
    steps = {number - (number >> k) for k in range(1, number.bit_length())} | {number - 1}
    return sorted(n for n in steps | {least, least + 1, least + 2} if least <= n < number)


def _simpler(value: Fraction) -> list[Fraction]:
    """Return simpler numbers: the simplest few, those near by, whole ones below."""
    small = [f for level in range(5) for f in of_complexity(level)]
    near = [simplest_near(abs(value), tolerance) for tolerance in _TOLERANCES]
    whole = [
        Fraction(abs(value.numerator) // value.denominator),
        Fraction(abs(value.numerator) // value.denominator + 1),
    ]
    less = [Fraction(max(abs(value.numerator) - 1, 0), value.denominator)]
    if value.denominator > 1:
        less.append(Fraction(abs(value.numerator), value.denominator - 1))
    sizes = dict.fromkeys([*small, *near, *whole, *less])
    signs = (1, -1) if value < 0 else (1,)
    limit = complexity(value) + (value < 0)
    return [
        sign * f
        for f in sizes
        for sign in signs
        if complexity(f) < limit or (sign > 0 > value and complexity(f) <= limit)
    ]


def _variants(trial: Trial, exact: dict[str, Fraction], program: Program) -> list[Trial]:
    """Return the trial with its numbers rounded ever more finely, at last as they are."""
    counts = {slot.name for slot in program.counts} | {name for name, _ in program.families}
    variants: dict[Key, Trial] = {}
    for tolerance in (*_TOLERANCES, Fraction(0)):

        def near(value: float, tolerance: Fraction = tolerance) -> Fraction:
            fraction = Fraction(value)
            return simplest_near(fraction, tolerance) if tolerance else fraction

        scalars = {
            name: exact.get(name, Fraction(int(value)) if name in counts else near(value))
            for name, value in trial.scalars.items()
        }
        values = {name: tuple(map(near, v)) for name, v in trial.values.items()}
        variants.setdefault(
            (*scalars.values(), *values.values()), Trial(scalars, trial.times, values)
        )
    return list(variants.values())
