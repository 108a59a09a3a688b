"""The journal of a run over many claims: each verdict as it is reached, with its evidence."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

from numeric_check.hunt.search import functions_of
from numeric_check.journal import JournalError, JournalFile
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.serialization import to_wire

from .. import __version__
from ..inputs.lookup import entry_of, is_in_paper
from ..inputs.paper import Paper
from .handed_over import made_again
from .one_claim import Hunt
from .stored import REFUSALS
from .verdict_json import SCHEMA, Record


class ClaimsJournal(JournalFile):
    """Verdicts by the number of their claim, kept in a file.

    A record that is read is believed as little as any file: its evidence is checked again.
    """

    run = "run of claims"

    def __init__(
        self, path: str | os.PathLike[str], claims: Mapping[str, Claim], hunt: Hunt
    ) -> None:
        """Open or create the journal at `path` for these claims by their references.

        Raises JournalError, as `JournalFile` does, and for evidence that does not hold.
        """
        self.records: dict[int, Record] = {}
        self._references = list(claims)
        self._ids = [claim.id for claim in claims.values()]
        super().__init__(path, _identity(claims, hunt))

    def add(self, number: int, entry: Record) -> None:
        """Keep a record; it is on the disk when this returns."""
        if number not in self.records:
            self.records[number] = entry
            self.write({"claim": number, "record": entry})

    @property
    def left(self) -> list[str]:
        """The ids of the claims that are not settled yet."""
        return [id_ for number, id_ in enumerate(self._ids) if number not in self.records]

    def _take(self, data: dict[str, Any]) -> None:
        number, entry = data.get("claim"), data.get("record")
        if type(number) is not int or not 0 <= number < len(self._ids):
            raise JournalError(f"{self.path} holds a verdict on another claim; name another file")
        try:
            self.records[number] = made_again(self._references[number], entry)
        except REFUSALS as reason:
            why = " ".join(str(reason).split())
            raise JournalError(
                f"{self.path}: the evidence on {self._ids[number]} is refused: {why}; "
                "start a new journal"
            ) from None


def _identity(claims: Mapping[str, Claim], hunt: Hunt) -> dict[str, Any]:
    """Return what a journal of this run must agree with."""
    said = [
        (
            *(claim.id, claim.locator, claim.title),
            *map(to_wire, (claim.statement, *claim.given, claim.conclusion)),
            [(origin.name, origin.digest) for origin in functions_of(claim)],
        )
        for claim in claims.values()
    ]
    papers = dict.fromkeys(entry_of(name)[0] for name in claims if is_in_paper(name))
    said_in = [said, *map(_said_in, papers)]
    digest = hashlib.sha256(json.dumps(said_in).encode()).hexdigest()[:16]
    return {
        "version": __version__,
        "schema": SCHEMA,
        "claims": f"{len(claims)} claims {digest}",
        **{name: getattr(hunt, name) for name in ("budget", "seed", "effort", "time", "nearby")},
    }


def _said_in(paper: Paper) -> list[Any]:
    """Return all claims and steps of a claims file: a claim may be proved by those above it."""
    return [
        [to_wire(entry.claim.statement), *(to_wire(step.formula) for step in entry.steps)]
        for entry in paper.entries
    ]
