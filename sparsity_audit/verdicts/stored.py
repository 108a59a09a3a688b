"""Verdicts made again from their records.

A record may have come from a file, so it is believed as little as a prover is: its evidence is read
back, through the kernel or the certifier, and judged once more. What the appendix shows is what
comes out of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numeric_check.certifier.certify import CertificateError
from numeric_check.certifier.witness import WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.derivations.replay import ReplayError
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.serialization import WireError, from_wire

from ..errors import InputError
from ..inputs.built_in import built_in
from ..inputs.selection import select
from .stored_verdict import RefusedError, verdict_of
from .verdict import Verdict
from .verdict_json import Record, failed_record, record

#: what reading or judging the evidence in a record raises where it does not hold
REFUSALS = (RefusedError, WireError, WitnessError, CertificateError, ReplayError)


def made_again(claim: Claim, fellows: Sequence[Claim], entry: Record) -> Record:
    """Return the record of the verdict that the evidence in a record supports, written anew.

    Raises one of `REFUSALS` for a record of another claim, or whose evidence does not show its
    verdict.
    """
    if entry.get("formula") is None and isinstance(error := entry.get("error"), str):
        return failed_record(claim.id, claim.locator, claim.title, error)
    if from_wire(entry.get("formula")) != claim.statement:
        raise RefusedError("it is about another statement than the claim of this id")
    verdict = verdict_of(claim, entry)
    if verdict.name != entry.get("verdict"):
        raise RefusedError("the evidence does not show what the verdict says")
    return record(verdict, fellows)


def settled(records: Sequence[Record]) -> list[Verdict]:
    """Return the verdicts of the records, each amendment after what it amends.

    Raises InputError for a record whose evidence does not support its verdict.
    """
    verdicts = {verdict.claim.id: verdict for verdict in map(_verdict, records)}
    if not verdicts:
        raise InputError("there are no verdicts to write an appendix of")
    return [verdicts[claim.id] for claim in select(list(verdicts))]


def _verdict(entry: Any) -> Verdict:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise InputError("a verdict comes without the id of a claim")
    try:
        claim, _ = built_in(entry["id"])
    except UnknownClaimError:
        raise InputError(f"{entry['id']!r} is no claim that is built in") from None
    try:
        if from_wire(entry.get("formula")) != claim.statement:
            raise InputError(f"{claim.id} has changed since this verdict; run verify again")
        verdict = verdict_of(claim, entry)
    except REFUSALS as reason:
        why = " ".join(str(reason).split())
        raise InputError(f"the evidence on {claim.id} is refused: {why}") from None
    if verdict.name != entry.get("verdict"):
        raise InputError(f"the evidence on {claim.id} does not show what its verdict says")
    return verdict
