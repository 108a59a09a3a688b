"""From a candidate to the smallest witness.

First the simplest candidates of all are enumerated: most claims that are false fail at one of them,
and then it is the least. Else the candidate is made rational and shrinks greedily, with the judge
(exact arithmetic) to say whether what remains is still a witness. Last, everything smaller in the
`order` is enumerated, up to a bound: whatever the search came upon, the same least witness results,
and the random numbers that led to it leave no trace. Floats only sort out what need not be judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import count
from typing import Any

from numeric_check.certifier.witness import complexity

from ...batch.program import Program
from ...batch.run import Run
from ..acceptance import Judge, Ties
from ..candidate import Trial, batch_of, merged, witness_of
from ..normalising import with_sums
from ..sampler import Fixed
from ..screening import screen
from .enumeration import MAX_LEVEL
from .least_of_size import OVERHEAD, Limits, Sizes
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
#: candidates that are enumerated before a witness is made smaller step by step, their level, and
#: refusals by the judge, of one length, after which it is given up: each may take many bits
MAX_SIMPLEST = 40_000
SIMPLEST_LEVEL = 10
PATIENCE = 8
#: distinct values in vectors of one length that are enumerated
MAX_BLOCKS = 4
#: candidates that greedy shrinking has judged, and steps that it takes
MAX_GREEDY = 100
#: the simplest witnesses of the least length, from which greedy shrinking begins anew
BEST = 3
#: witnesses of larger numbers are also scaled down as a whole
LARGE = 1000
MAX_STEPS = 300


@dataclass
class Shrinker:
    """Finds the smallest witness of one program.

    `ties`: what two sides that are equal are to the judge. `exact` has the fixed scalars as
    fractions.
    """

    program: Program
    fixed: Fixed
    judge: Judge
    ties: Ties = "possible"
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
        # few candidates are ties, and to look for one costs no judging
        level = MAX_LEVEL if self.ties == "sought" else SIMPLEST_LEVEL
        left, limits = MAX_SIMPLEST, Limits(level, MAX_SHAPE, PATIENCE)
        for entries in count():
            for blocks in range(min(entries, MAX_BLOCKS) + 1):
                found, used = self._sizes.least_of(entries, blocks, limits, None)
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
    def _sizes(self) -> Sizes:
        return Sizes(
            self.program,
            self.fixed,
            self.exact,
            self._ordered,
            self.ties == "refused",
            self._accepts,
        )

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
            moved = moves(self.program, self.fixed, self.exact, trial)
            near = (with_sums(self.program, t) for t in moved)
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
                    found, used = self._sizes.least_of(entries, blocks, limits, bound)
                    left -= used + OVERHEAD
                    if found is not None:
                        return found
        if bound[0] > LONGEST:
            return None
        budget = MAX_LONG if bound[0] > LONG else left
        return self._sizes.least_of(bound[0], bound[1], Limits(own, budget), bound)[0]
