"""How many claims there are and how many of each verdict, amendments apart.

An amendment is there because its claim fell: counted with the claims it would make a paper look
better than it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from symbolic_proofs.language.claim import AMENDED

from ..errors import VERDICTS
from .verdict_json import Record

#: what a claim counts for whose premises contradict each other, and one on which the program failed
VACUOUS, FAILED = "vacuous", "failed"


@dataclass(frozen=True, slots=True)
class Count:
    """How many claims, or amendments, there are, and how many of each verdict."""

    word: str
    total: int
    verdicts: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return f"{self.heading}: {', '.join(f'{number} {name}' for name, number in self.verdicts)}"

    @property
    def heading(self) -> str:
        """How many there are."""
        return f"{self.total} {self.word}"


def counts(found: Iterable[tuple[str, str]]) -> tuple[Count, ...]:
    """Return the counts of claims and of amendments, by pairs of an id and what it counts for."""
    pairs = list(found)
    made = []
    for word, amends in (("claim", False), ("amendment", True)):
        chosen = [counted for id_, counted in pairs if id_.endswith(AMENDED) is amends]
        of_each = ((name, chosen.count(name)) for name in (*VERDICTS, VACUOUS, FAILED))
        if chosen:
            kept = tuple((name, number) for name, number in of_each if number)
            made.append(Count(word + "s" * (len(chosen) > 1), len(chosen), kept))
    return tuple(made)


def counted(entry: Record) -> str:
    """Return what a record counts for: a vacuous claim says nothing, and is not proved."""
    return FAILED if entry["error"] else VACUOUS if entry["vacuous"] else str(entry["verdict"])


def counts_of(records: Iterable[Record]) -> tuple[Count, ...]:
    """Return the counts of claims and of amendments of a run."""
    return counts((entry["id"], counted(entry)) for entry in records)
