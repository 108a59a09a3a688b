"""The work of a search, cut into numbered pieces that can be done anywhere, in any order.

A piece draws from a random stream of its own, so its outcome depends on the claim, the seed and its
number alone. It returns counts and a few candidates; certifying them is for the process that
started the search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, repeat

import numpy as np

from ..batch.program import Program
from ..batch.run import Array, Run
from ..functions.origins import Origin, make_known
from .candidate import Trial, batch_of, trial_of
from .drawing_styles import RANDOM, SPECIAL
from .local_search import COPIES, SEEDS, refine
from .sampler import Fixed, Sampler, generator
from .screening import Screened, screen

#: candidates of a batch: few enough for the cache, enough that the calls cost little beside the
#: work; a small piece takes small ones, to see several styles
LEAST_BATCH, BATCH = 2048, 4096
#: by how much it is smaller for each index that runs inside another, over up to eight blocks
INSIDE = 4
#: raise this when what a piece draws changes: journals of other draws are refused
DRAWS = 4
#: the first pieces are small, for most false claims fall at once; they hold special vectors only
FIRST_SIZES = (1024, 4096, 16384, 65536)
SIZE = 131072
SPECIAL_PIECES = 2
#: candidates of a batch from which local search may begin
BEST_OF_BATCH = 4
#: candidates that a piece hands on: findings for sure, and those too close to call
MAX_SURE, MAX_MAYBE = 8, 4


@dataclass(frozen=True)
class Task:
    """What the pieces of a search share; `programs` differ in the members of families.

    `functions` are the plain functions that they call.
    """

    programs: tuple[Program, ...]
    key: int
    fixed: Fixed
    functions: tuple[Origin, ...] = ()


@dataclass
class Piece:
    """What came of one piece.

    `covered` counts effective trials by regime. `best` is the least relative margin of a trial that
    is clear of rounding. `sure` and `maybe` are candidates as (index of the program, trial).
    """

    number: int
    candidates: int = 0
    effective: int = 0
    covered: dict[str, int] = field(default_factory=dict)
    best: float | None = None
    sure: list[tuple[int, Trial]] = field(default_factory=list)
    maybe: list[tuple[int, Trial]] = field(default_factory=list)


@lru_cache(maxsize=8)
def sizes(budget: int) -> tuple[int, ...]:
    """Return the number of candidates of each piece, `budget` in all."""
    found = []
    for size in chain(FIRST_SIZES, repeat(SIZE)):
        if budget <= 0:
            break
        found.append(min(size, budget))
        budget -= size
    return tuple(found)


def run_piece(task: Task, number: int, size: int) -> Piece:
    """Do one piece of the work; raises FunctionUnavailableError for what cannot be run here."""
    make_known(task.functions)
    return _Worker(task, number).work(size)


class _Worker:
    def __init__(self, task: Task, number: int):
        self.task = task
        self.piece = Piece(number)
        self.rng = generator(task.key, number)
        self.seeds: list[tuple[float, int, Trial]] = []

    def work(self, size: int) -> Piece:
        number, programs = self.piece.number, self.task.programs
        special = number < SPECIAL_PIECES
        styles = SPECIAL if special else RANDOM
        left = size if special else size * 3 // 4
        axes = max(program.axes for program in programs)
        batch = min(BATCH, max(LEAST_BATCH, size // 8)) // INSIDE ** max(axes - 1, 0)
        i = 0
        while left > 0:
            which = (i + number) % len(programs)
            style = styles[(i + number) % len(styles)]
            count = min(batch, left)
            run = Sampler(programs[which], self.task.fixed, self.rng).draw(style, count)
            seen = screen(programs[which], run)
            if self._visit(which, style.name, run, seen):
                return self.piece
            if not special:
                self._keep_seeds(which, run, seen)
            left -= count
            i += 1
        if not special:
            self._refine(size - size * 3 // 4)
        return self.piece

    def _visit(self, which: int, regime: str, run: Run, seen: Screened) -> bool:
        """Count a batch and keep what it found; True when the piece has found enough."""
        piece, program = self.piece, self.task.programs[which]
        effective = int(np.count_nonzero(seen.met))
        piece.candidates += seen.met.shape[0]
        piece.effective += effective
        for name, columns in _regimes(program, regime, run, seen.met):
            piece.covered[name] = piece.covered.get(name, 0) + int(np.count_nonzero(columns))
        clear = np.where(seen.met & (seen.low > 0), seen.high, np.inf).min(initial=np.inf)
        if np.isfinite(clear):
            piece.best = float(clear) if piece.best is None else min(piece.best, float(clear))
        # of an equation the greatest difference is often that of two sides that cancel to rounding
        equation = program.code[program.conclusion][0] == "equal"
        self._keep(which, run, seen.sure, None if equation else seen.high, piece.sure, MAX_SURE)
        self._keep(which, run, seen.maybe, None, piece.maybe, MAX_MAYBE)
        return len(piece.sure) >= MAX_SURE

    def _keep(
        self,
        which: int,
        run: Run,
        columns: Array,
        order: Array | None,
        kept: list[tuple[int, Trial]],
        limit: int,
    ) -> None:
        found = np.flatnonzero(columns)
        room = limit - len(kept)
        if not found.size or room <= 0:
            return
        program = self.task.programs[which]
        if order is not None:
            found = found[np.argsort(order[found], kind="stable")][:room]
        else:
            found = _spread(found, _tightness(program, run)[found], min(room, 3))
        kept += [(which, trial_of(program, run.batch, int(column))) for column in found]

    def _keep_seeds(self, which: int, run: Run, seen: Screened) -> None:
        margins = np.where(seen.met & (seen.low > 0), seen.high, np.inf)
        # the least, and what is as great as the last of these: few to be sorted
        few = min(BEST_OF_BATCH, margins.size)
        least = np.flatnonzero(margins <= np.partition(margins, few - 1)[few - 1])
        for column in least[np.argsort(margins[least], kind="stable")][:few]:
            if np.isfinite(margins[column]):
                trial = trial_of(self.task.programs[which], run.batch, int(column))
                self.seeds.append((float(margins[column]), which, trial))

    def _refine(self, left: int) -> None:
        for which, program in enumerate(self.task.programs):
            seeds = sorted((s for s in self.seeds if s[1] == which), key=lambda s: s[0])[:SEEDS]
            if not seeds or program.mode == "universal" or self.piece.sure:
                continue
            rounds = left // (len(self.task.programs) * COPIES * len(seeds))
            refine(
                program,
                self.task.fixed,
                self.rng,
                batch_of(program, [trial for _, _, trial in seeds]),
                rounds,
                lambda run, seen, which=which: self._visit(which, "refined", run, seen),  # type: ignore[misc]
            )


def _tightness(program: Program, run: Run) -> Array:
    """Return how close each column is to where the premise would fail."""
    least = np.full(run.batch.size, np.inf)
    for register in program.given:
        low, high = run.value(register)
        least = np.minimum(least, np.maximum(np.abs(low + high) / 2, 1e-12))
    return least


def _spread(found: Array, tightness: Array, number: int) -> Array:
    """Choose columns that rounding leaves open: of the tightest premise, spread over the batch.

    What fails by less than rounding shows fails where the premise only just holds.
    """
    tight = found[tightness <= tightness.min() * 2]
    return np.asarray(
        tight[np.linspace(0, tight.size - 1, min(number, tight.size)).astype(np.intp)]
    )


def _regimes(program: Program, regime: str, run: Run, met: Array) -> Iterator[tuple[str, Array]]:
    """Name the regimes that candidates belong to, and count those that meet the premise."""
    yield regime, met
    scalars = run.batch.scalars
    if program.ordered:
        low, high = (scalars[name] for name in program.ordered[0])
        names = program.ordered[0]
        yield f"{names[0]} < {names[1]} <= 1", met & (high <= 1)
        yield f"{names[0]} <= 1 <= {names[1]}", met & (low <= 1) & (high >= 1)
        yield f"1 <= {names[0]} < {names[1]}", met & (low >= 1)
    if program.measured:
        length = np.broadcast_to(run.value(program.measured[0]), met.shape)
        yield "length <= 3", met & (length <= 3)
        yield "length 4 to 100", met & (length > 3) & (length <= 100)
        yield "length > 100", met & (length > 100)
