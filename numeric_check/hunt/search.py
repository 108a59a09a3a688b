"""The hunt for a counterexample: pieces of work, then rational, then small, then certified."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from time import perf_counter
from typing import Any

import sympy as sp

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Exists, Formula
from symbolic_proofs.language.sums import Applied
from symbolic_proofs.language.vectors import Repeat, Steps

from ..batch.compiler.claim import compile_claim, families
from ..batch.program import NotSearchableError, Program
from ..certifier.certify import NotACounterexample, Undecided, certify, verify_existence
from ..certifier.errors import NumericCheckError
from ..certifier.witness import Witness
from ..functions.origins import FunctionUnavailableError, Origin, origins_of
from ..parallel.dispatch import Call, results_in_order
from ..parallel.executors import workers_for
from .acceptance import judge_of, ties_of
from .candidate import Trial, witness_of
from .pieces import DRAWS, Piece, Task, run_piece, sizes
from .sampler import Fixed
from .search_journal import Journal
from .search_result import SearchResult, limits_of
from .shrink.shrinker import Shrinker

__all__ = [
    "BUDGET",
    "Progress",
    "SearchInputError",
    "SearchInterrupted",
    "SearchResult",
    "Searcher",
    "functions_of",
    "search",
]

BUDGET = 200_000
UNLIMITED = 10**11
#: floats tell apart the lengths up to this one
LONGEST = 2**53
#: numbers of members that families of vectors are given
MEMBERS = (2, 3)

#: finished pieces, pieces in all, candidates a second, least relative margin
Progress = Callable[[int, int, float, float | None], None]


class SearchInputError(NumericCheckError, ValueError):
    """Exponents, a length or another option that the claim cannot be searched with; one line."""


class SearchInterrupted(KeyboardInterrupt):
    """Ctrl-C in a search; `result` is what it had come to."""

    def __init__(self, result: SearchResult):
        super().__init__()
        self.result = result


def search(
    claim: Claim,
    *,
    budget: int | None = None,
    seed: int = 0,
    time: float | None = None,
    jobs: int = 1,
    executor: Any = None,
    p: Fraction | int | None = None,
    q: Fraction | int | None = None,
    dim: int | None = None,
    members: Sequence[int] = MEMBERS,
    journal: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> SearchResult:
    """Search for a counterexample of a claim, or for an example of what it says to exist.

    `budget`: candidates to look at (`BUDGET`, or without limit when `time` is given). `time`:
    seconds after which no new piece is begun. `jobs`, `executor`: see `executors.workers_for`; they
    do not change the outcome. `p`, `q`, `dim` fix exponents and the length of what is measured.
    `members`: the numbers of members that families of vectors are given, if there are any.
    `journal`: a file in which finished pieces are kept, and from which a killed run goes on.
    `progress` is called after each piece.

    Raises SearchInputError, JournalError or ExecutorUnavailableError for options that do not go
    together, and SearchInterrupted, with what there is so far, on Ctrl-C.
    """
    exact = {n: Fraction(v) for n, v in (("p", p), ("q", q)) if v is not None}
    _check_options(claim, exact, dim, budget, jobs)
    total = budget if budget is not None else BUDGET if time is None else UNLIMITED
    result = SearchResult(claim.id, seed)
    try:
        hunt = Searcher(claim, exact, dim, seed, tuple(members))
    except NotSearchableError as reason:
        return replace(result, note=f"cannot be searched: {reason}")
    result = replace(result, sought=hunt.sought, limits=limits_of(hunt.task.programs))
    with ExitStack() as stack:
        known: dict[int, Piece] = {}
        finished: Callable[[Piece], None] = lambda piece: None  # noqa: E731
        if journal is not None:
            kept = stack.enter_context(Journal(journal, hunt.identity(seed, total)))
            known, finished = kept.pieces, kept.add
        engine = stack.enter_context(workers_for(executor, jobs))
        parts = sizes(total)

        def call(number: int) -> Call[Piece]:
            return run_piece, (hunt.task, number, parts[number])

        pieces = results_in_order(len(parts), call, engine, known, finished, seconds=time)
        stack.enter_context(closing(pieces))
        start = perf_counter()
        try:
            for piece in pieces:
                result = hunt.take(result, piece)
                passed = perf_counter() - start
                if progress is not None:
                    rate = result.candidates / max(passed, 1e-9)
                    progress(piece.number + 1, len(parts), rate, result.best)
                if result.kind is not None or (time is not None and passed >= time):
                    break
        except FunctionUnavailableError as error:
            raise SearchInputError(str(error)) from None
        except KeyboardInterrupt as stop:
            raise SearchInterrupted(result) from stop
    return result


def _check_options(
    claim: Claim, exact: dict[str, Fraction], dim: int | None, budget: int | None, jobs: int
) -> None:
    names = {v.name for v in claim.variables}
    for name, value in exact.items():
        if name not in names:
            raise SearchInputError(f"{claim.id} does not speak of {name}")
        if value <= 0:
            raise SearchInputError(f"{name} = {value} is not above 0")
    if dim is not None and dim < 1:
        raise SearchInputError(f"a vector of {dim} entries cannot be measured; use 1 or more")
    if dim is not None and dim > LONGEST:
        raise SearchInputError(f"{dim} entries are too many to be kept to; use at most 2^53")
    if budget is not None and budget > UNLIMITED:
        raise SearchInputError(f"{budget} candidates take years; use at most 10^11")
    if budget is not None and budget < 1:
        raise SearchInputError(f"a budget of {budget} candidates is none; use 1 or more")
    if jobs < 1:
        raise SearchInputError(f"{jobs} jobs do nothing; use 1 or more")


#: entries of vectors, some of them made entry by entry, for which a candidate is judged
LONGEST_LISTED = 2_000


class Searcher:
    """What is done where the search was started: from pieces to a certified witness."""

    def __init__(
        self,
        claim: Claim,
        exact: dict[str, Fraction],
        dim: int | None,
        seed: int,
        members: tuple[int, ...] = MEMBERS,
    ):
        self.claim, self.exact, self.dim = claim, exact, dim
        fixed = Fixed({name: float(value) for name, value in exact.items()}, dim)
        programs = programs_of(claim, members)
        self.task = Task(programs, stream_key(claim, seed), fixed, functions_of(claim))
        self.shrinkers = [
            Shrinker(program, fixed, judge_of(claim, program), ties_of(claim, program), exact)
            for program in programs
        ]

    @property
    def sought(self) -> str:
        """What the trials are for; see `SearchResult`."""
        return self.task.programs[0].mode

    def identity(self, seed: int, budget: int) -> dict[str, Any]:
        """Return what a journal of this search must agree with."""
        statement = hashlib.sha256(sp.srepr(self.claim.statement).encode()).hexdigest()[:16]
        return {
            "claim": self.claim.id,
            "statement": statement,
            "seed": seed,
            "budget": budget,
            "fixed": {**{n: str(v) for n, v in self.exact.items()}, "dim": self.dim},
            "functions": {origin.name: origin.digest for origin in self.task.functions},
            "draws": DRAWS,
        }

    def take(self, result: SearchResult, piece: Piece) -> SearchResult:
        """Return the result with a piece added, and with what it found, if the certifier agrees."""
        covered = dict(result.covered)
        for name, number in piece.covered.items():
            covered[name] = covered.get(name, 0) + number
        bests = [b for b in (result.best, piece.best) if b is not None]
        values: dict[str, Any] = {
            "candidates": result.candidates + piece.candidates,
            "effective": result.effective + piece.effective,
            "covered": dict(sorted(covered.items())),
            "best": min(bests, default=None),
        }
        found = self._found(piece)
        if not found:
            values["note"] = self._uncertified(piece) or result.note
        return replace(result, **values, **found)

    def _uncertified(self, piece: Piece) -> str:
        """Return why a candidate that fails in floats was not certified, where a function is plain.

        Of a term rounding is the only reason, and of no interest.
        """
        for which, trial in (*piece.sure, *piece.maybe):
            program = self.shrinkers[which].program
            plain = any(op == "python" for op, _, _ in program.code)
            if plain and program.mode == "counterexample":
                witness = witness_of(program, trial)
                try:
                    certify(self.claim, witness)
                except NotACounterexample:
                    continue
                except Undecided as reason:
                    return f"not certified, though it fails or ties in floats: {reason}"
        return ""

    def _found(self, piece: Piece) -> dict[str, Any]:
        for shrinker in self.shrinkers if piece.number == 0 else ():
            if shrinker.ties == "sought" and (
                found := self._certified(shrinker.program, shrinker.simplest)
            ):
                return found
        for sure, candidates in ((True, piece.sure), (False, piece.maybe)):
            for which, trial in self._worth_judging(candidates):
                if found := self._settled(which, trial, sure=sure):
                    return found
        return {}

    def _worth_judging(self, candidates: list[tuple[int, Trial]]) -> list[tuple[int, Trial]]:
        """Return the candidates, and of those for every value of a variable the first alone.

        Each of these is judged at a dozen values, and where one saturates the others do. A vector
        that is made entry by entry, as V - W is, takes as long as it has entries.
        """
        if any(isinstance(v.body, Repeat) for v in self.claim.statement.atoms(Steps)):
            candidates = [c for c in candidates if sum(map(sum, c[1].times)) <= LONGEST_LISTED]
        universal = any(s.program.mode == "universal" for s in self.shrinkers)
        return candidates[:1] if universal else candidates

    def _settled(self, which: int, trial: Trial, *, sure: bool) -> dict[str, Any] | None:
        shrinker = self.shrinkers[which]
        # where floats show no failure at all, what is simple would be judged in vain
        shown = sure or shrinker.program.mode == "universal"
        if shown and (found := self._certified(shrinker.program, shrinker.simplest)):
            return found
        rational = shrinker.rational(trial, 8 if sure else 1)
        if rational is None:
            return None
        return self._certified(shrinker.program, shrinker.smallest(rational))

    def _certified(self, program: Program, trial: Trial | None) -> dict[str, Any] | None:
        if trial is None:
            return None
        witness = witness_of(program, trial)
        try:
            match program.mode:
                case "existence":
                    certificate = verify_existence(self.claim, witness)
                    return {"kind": "existence", "witness": witness, "certificate": certificate}
                case "universal":
                    quantified = program.quantified
                    scalars = {k: v for k, v in witness.scalars.items() if k not in quantified}
                    without = Witness(scalars, witness.vectors, witness.families)
                    return {"kind": "universal", "witness": without}
            certificate = certify(self.claim, witness)
        except (NotACounterexample, Undecided):
            # a quantified variable that nothing speaks of, a function that is not always the same
            return None
        return {"kind": "counterexample", "witness": witness, "certificate": certificate}


@lru_cache(maxsize=64)
def programs_of(claim: Claim, members: tuple[int, ...] = MEMBERS) -> tuple[Program, ...]:
    """Return the programs of a claim, one for each number of members of its families."""
    formulas: tuple[Formula, ...] = (*claim.given, claim.conclusion)
    if isinstance(claim.conclusion, Exists):
        formulas += (*claim.conclusion.given, claim.conclusion.body)
    numbers = members if families(*formulas) else members[:1]
    return tuple(compile_claim(claim, number) for number in numbers)


def functions_of(claim: Claim) -> tuple[Origin, ...]:
    """Return where the plain functions come from that a claim speaks of."""
    return origins_of({term.name for term in claim.statement.atoms(Applied)})


def stream_key(claim: Claim, seed: int) -> int:
    """Return the key of the random streams: a hash of the seed and the claim's id."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{claim.id}".encode()).digest()[:8], "big")
