"""A record that another process hands over, or a journal: made again, in all its parts.

What the claim, the author's steps and the statements near it are is known here; of the record only
the evidence is read, and judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symbolic_proofs.language.claim import Claim

from ..inputs.lookup import derivation_of, resolve
from ..inputs.paper import Paper, PaperClaim
from . import stored
from .nearby import claims_near
from .papers import place_in, step_claims, step_record
from .stored_verdict import RefusedError
from .verdict_json import Record


def made_again(reference: str, entry: Any) -> Record:
    """Return the record on the claim of a reference that the evidence in a record supports.

    Raises one of `stored.REFUSALS` where the evidence does not show a verdict, of the claim or of
    what comes with it.
    """
    if not isinstance(entry, dict):
        raise RefusedError("it is not a record")
    claim, fellows = resolve(reference)
    made = stored.made_again(claim, fellows, entry)
    if (derived := derivation_of(reference)) is not None:
        made |= _of_paper(*derived, entry, failed=made["error"] is not None)
    if entry.get("nearby") is not None and made["verdict"] == "refuted":
        made["nearby"] = _near(claim, _records(entry, "nearby"))
    return made


def _of_paper(paper: Paper, place: PaperClaim, entry: Mapping[str, Any], *, failed: bool) -> Record:
    """Return what a record of a claims file has besides, the author's steps judged again."""
    own = place_in(paper, place)
    if failed:
        return own
    steps = _records(entry, "author_steps") if place.steps else []
    if len(steps) != len(place.steps):
        raise RefusedError("it has other steps of the author's than the claim")
    judged = [
        step_record(step.line, step.reason, stored.made_again(stated, (), made))
        for stated, step, made in zip(step_claims(place), place.steps, steps, strict=True)
    ]
    return {**own, "author_steps": judged or None}


def _near(claim: Claim, entries: list[Record]) -> list[Record]:
    known = claims_near(claim) if entries else {}
    made = []
    for entry in entries:
        id_ = str(entry.get("id"))
        if id_ not in known:
            raise RefusedError("what is near it is not a statement near the claim")
        stated, changes = known[id_]
        made.append({**stored.made_again(stated, (), entry), "changes": list(changes)})
    return made


def _records(entry: Mapping[str, Any], key: str) -> list[Record]:
    found = entry.get(key)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise RefusedError(f"what stands under {key} is not a list of records")
    return found
