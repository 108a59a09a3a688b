"""Verdicts made again from their records.

A record may have come from a file, so it is believed as little as a prover is: its evidence is read
back, through the kernel or the certifier, and judged once more. What the appendix shows is what
comes out of that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from numeric_check.certifier.certify import CertificateError
from numeric_check.certifier.witness import WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.derivations.replay import ReplayError
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Implies
from symbolic_proofs.language.serialization import WireError, from_wire

from ..errors import InputError
from ..inputs.asked_for import in_order
from ..inputs.built_in import built_in
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


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """A step of an author's derivation: its line, 0 in no file, its reason, and its verdict."""

    line: int
    reason: str
    verdict: Verdict


def settled(records: Sequence[Record], claims: Collection[Claim] = ()) -> list[Verdict]:
    """Return the verdicts of the records, each amendment after what it amends.

    `claims` are those of theirs that are not built in. Raises InputError for a record whose
    evidence does not support its verdict.
    """
    known = {claim.id: claim for claim in claims}
    verdicts = {v.claim: v for entry in records if (v := _verdict(entry, known))}
    if not verdicts:
        raise InputError("there are no verdicts to write an appendix of")
    return [verdicts[claim] for claim in in_order(list(verdicts))]


def settled_steps(
    records: Sequence[Record], claims: Collection[Claim]
) -> dict[str, list[AuthorLine]]:
    """Return the verdicts on the steps of authors' derivations, by the ids of the claims."""
    known = {claim.id: claim for claim in claims}
    return {
        entry["id"]: [_author_line(known[entry["id"]], step) for step in entry["author_steps"]]
        for entry in records
        if entry["author_steps"] and entry["id"] in known
    }


def _author_line(claim: Claim, step: Record) -> AuthorLine:
    formula = from_wire(step["formula"])
    conclusion = formula.args[1] if claim.given and isinstance(formula, Implies) else formula
    stated = Claim(step["id"], claim.locator, step["title"], claim.given, conclusion)
    verdict = _verdict(step, {stated.id: stated})
    return AuthorLine(int(step.get("line", 0)), str(step["reason_given"]), verdict)


def _verdict(entry: Any, known: Mapping[str, Claim] = MappingProxyType({})) -> Verdict:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise InputError("a verdict comes without the id of a claim")
    try:
        claim = known[entry["id"]] if entry["id"] in known else built_in(entry["id"])[0]
    except UnknownClaimError:
        raise InputError(
            f"{entry['id']!r} is not a claim that is built in; name the claims file that it is of"
        ) from None
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
