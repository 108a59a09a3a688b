"""What stands in the appendix: sections of lemmas, claims and amendments, with their evidence."""

from __future__ import annotations

from dataclasses import dataclass

from ..verdicts.counts import Count
from .counterexample import Example
from .typeset import ProofLine, Statement


@dataclass(frozen=True, slots=True)
class Argument:
    """A proof: the lemmas it rests on, the steps it takes from another proof, its own lines."""

    lemmas: tuple[str, ...]
    lender: str | None
    borrowed: int
    lines: tuple[ProofLine, ...]


@dataclass(frozen=True, slots=True)
class LemmaBlock:
    """A lemma: its label, what it says, its proof, and the claims that use it."""

    label: str
    statement: Statement
    proof: Argument
    users: tuple[str, ...]
    kind: str = "lemma"


@dataclass(frozen=True, slots=True)
class Missing:
    """A condition that a claim has forgotten: where, why, and the verdict with it added."""

    example: Example
    reason: str
    condition: str
    verdict: str


@dataclass(frozen=True, slots=True)
class AuthorStep:
    """A step of the author's derivation: its place, what it says, why, and what came of it."""

    place: str
    shapes: tuple[str, ...]
    reason: str
    verdict: str
    #: values at which it fails, if it does
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimBlock:
    """A claim with its verdict and evidence; what does not apply is None."""

    label: str
    locator: str
    title: str
    verdict: str
    statement: Statement
    amends: str | None
    amendment: str | None
    proof: Argument | None = None
    example: Example | None = None
    negation: Statement | None = None
    fixed: bool = False
    reason: str | None = None
    missing: tuple[Missing, ...] = ()
    established: Example | None = None
    #: what is to be said of the premises
    premises: str | None = None
    #: what Coq says of it
    coq: str | None = None
    tried: tuple[str, ...] = ()
    author_steps: tuple[AuthorStep, ...] = ()
    #: what comes of the author's derivation as a whole
    derivation: str | None = None
    kind: str = "claim"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    of_paper: bool
    blocks: tuple[LemmaBlock | ClaimBlock, ...]

    @property
    def claims(self) -> tuple[ClaimBlock, ...]:
        """The claims and amendments of the section."""
        return tuple(block for block in self.blocks if isinstance(block, ClaimBlock))


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the templates are filled with."""

    sections: tuple[Section, ...]
    notation: Statement
    counts: tuple[Count, ...]
    words: dict[str, str]
    #: whether only what is true is shown, for a paper
    corrected: bool = False

    @property
    def claims(self) -> tuple[ClaimBlock, ...]:
        """The claims and amendments of all sections."""
        return tuple(claim for section in self.sections for claim in section.claims)
