"""What a claims file says: its claims, and the derivations that their author gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.measures import Measure


@dataclass(frozen=True, slots=True)
class AuthorStep:
    """A step of the author's: what it says, in the author's words too, why, and where.

    Its line is 0 where it stands in no file of a user's.
    """

    line: int
    said: str
    reason: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """A claim of a paper, the derivation that its author gives, its section and its line."""

    claim: Claim
    line: int
    section: str
    steps: tuple[AuthorStep, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a claims file says, and what is wrong in it, a line each."""

    path: str
    title: str
    source: str
    entries: tuple[PaperClaim, ...]
    problems: tuple[str, ...]
    #: what `let` says of one vector, by its name
    measures: Mapping[str, Measure] = field(default_factory=dict, compare=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that can be read."""
        return tuple(entry.claim for entry in self.entries)

    def entry(self, id_: str) -> PaperClaim | None:
        """Return the entry of a claim, None if none is read under this id."""
        return next((entry for entry in self.entries if entry.claim.id == id_), None)
