"""The hunt for a counterexample: pieces of work, then rational, then small, then certified."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.language.formulas import Exists, Formula

from .certify import Certificate, certify, verify_existence
from .compile_claim import compile_claim, families
from .executors import pieces_in_order
from .judge import judge_of
from .pieces import Piece, Task, sizes
from .program import Program
from .sample import Fixed
from .shrink import Shrinker
from .trial import Trial, witness_of
from .witness import Witness

BUDGET = 200_000
#: numbers of members that families of vectors are given
MEMBERS = (2, 3)

#: finished pieces, pieces in all, candidates a second, least relative margin
Progress = Callable[[int, int, float, float | None], None]


class SearchInputError(ValueError):
    """Exponents, a length or another option that the claim can not be searched with; one line."""


@dataclass(frozen=True)
class SearchResult:
    """What a search came to. Nothing in it depends on time or on the number of workers.

    `kind` is None when nothing was found; "counterexample": the certificate shows that the witness
    refutes the claim; "existence": it shows that the witness is an example of what is said to
    exist; "universal": the witness is a candidate for a failure whatever the quantified variables
    are, tested at a few of their values, and for an identity to prove. `effective` counts the
    trials that met the premise, `covered` the same by regime. `best` is the least relative margin
    among trials clear of rounding. `note` says why a claim was not searched.
    """

    claim_id: str
    seed: int
    kind: str | None = None
    witness: Witness | None = None
    certificate: Certificate | None = None
    candidates: int = 0
    effective: int = 0
    covered: Mapping[str, int] = field(default_factory=dict)
    best: float | None = None
    note: str = ""

    @property
    def rule_of_three(self) -> float | None:
        """Bound of the share of refuting trials, at 95 %, when none of the effective ones
        refuted."""
        return 3 / self.effective if self.kind is None and self.effective else None


def search(
    claim: Claim,
    *,
    budget: int = BUDGET,
    seed: int = 0,
    time: float | None = None,
    jobs: int = 1,
    executor: Any = None,
    p: Fraction | int | None = None,
    q: Fraction | int | None = None,
    dim: int | None = None,
    journal: Any = None,
    progress: Progress | None = None,
) -> SearchResult:
    """Search for a counterexample of a claim, or for an example of what it says to exist."""
    exact = {n: Fraction(v) for n, v in (("p", p), ("q", q)) if v is not None}
    fixed = Fixed({n: float(v) for n, v in exact.items()}, dim)
    hunt = Hunt(claim, fixed, exact, seed, budget)
    result = SearchResult(claim.id, seed)
    for piece in pieces_in_order(hunt.task, list(sizes(budget)), jobs=jobs, executor=executor):
        result = hunt.take(result, piece)
        if result.kind is not None:
            break
    return result


class Hunt:
    """The part of a search that is done where it was started: from pieces to a certified
    witness."""

    def __init__(
        self, claim: Claim, fixed: Fixed, exact: dict[str, Fraction], seed: int, budget: int
    ):
        self.claim = claim
        programs = programs_of(claim)
        self.task = Task(programs, stream_key(claim, seed), fixed, budget)
        self.shrinkers = [
            Shrinker(program, fixed, judge_of(claim, program), exact) for program in programs
        ]

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
        return SearchResult(result.claim_id, result.seed, **values, **self._found(piece))

    def _found(self, piece: Piece) -> dict[str, Any]:
        for tries, candidates in ((8, piece.sure), (1, piece.maybe)):
            for which, trial in candidates:
                if found := self._settled(which, trial, tries):
                    return found
        return {}

    def _settled(self, which: int, trial: Trial, tries: int) -> dict[str, Any] | None:
        shrinker = self.shrinkers[which]
        rational = shrinker.rational(trial, tries)
        if rational is None:
            return None
        smallest = shrinker.smallest(rational)
        witness = witness_of(shrinker.program, smallest)
        match shrinker.program.mode:
            case "existence":
                certificate = verify_existence(self.claim, witness)
                return {"kind": "existence", "witness": witness, "certificate": certificate}
            case "universal":
                scalars = {
                    k: v for k, v in witness.scalars.items() if k not in shrinker.program.quantified
                }
                return {
                    "kind": "universal",
                    "witness": Witness(scalars, witness.vectors, witness.families),
                }
        return {
            "kind": "counterexample",
            "witness": witness,
            "certificate": certify(self.claim, witness),
        }


def programs_of(claim: Claim) -> tuple[Program, ...]:
    """Return the programs of a claim, one for each number of members of its families."""
    formulas: tuple[Formula, ...] = (*claim.given, claim.conclusion)
    if isinstance(claim.conclusion, Exists):
        formulas += (*claim.conclusion.given, claim.conclusion.body)
    return tuple(compile_claim(claim, m) for m in (MEMBERS if families(*formulas) else MEMBERS[:1]))


def stream_key(claim: Claim, seed: int) -> int:
    """Return the key of the random streams: a hash of the seed and the claim's id."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{claim.id}".encode()).digest()[:8], "big")
