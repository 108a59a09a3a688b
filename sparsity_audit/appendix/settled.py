"""Verdicts made again from their records.

A record may have come from a file, so it is believed as little as a prover is: its evidence is read
back, through the kernel or the certifier, and judged once more. What the appendix shows is what
comes out of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from numeric_check.certify import Certificate, CertificateError
from numeric_check.definedness import no_value
from numeric_check.witness import Witness, WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.language.wire import WireError, from_wire
from symbolic_proofs.proofs import ReplayError, from_data

from ..added_condition import Forgotten, with_condition
from ..errors import InputError
from ..references import built_in
from ..selection import select
from ..verdict_json import Record
from ..verdicts import Effort, Evidence, Open, Verdict, judge


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
        verdict = _judged(claim, entry)
    except (WireError, WitnessError, CertificateError, ReplayError) as reason:
        why = " ".join(str(reason).split())
        raise InputError(f"the evidence on {claim.id} is refused: {why}") from None
    except (AttributeError, KeyError, TypeError):
        raise InputError(f"the evidence on {claim.id} is malformed") from None
    if verdict.name != entry.get("verdict"):
        raise InputError(f"the evidence on {claim.id} does not show what its verdict says")
    return verdict


def _judged(claim: Claim, entry: Record) -> Verdict:
    effort = Effort(
        candidates=_whole(entry.get("candidates")),
        effective=_whole(entry.get("effective")),
        examined=_whole(entry.get("examined")),
    )
    verdict = judge(claim, _evidence(claim, entry), effort=effort, tried=_tried(entry))
    error = entry.get("error")
    if isinstance(verdict, Open) and isinstance(error, str):
        return replace(verdict, error=error)
    return verdict


def _whole(value: object) -> int:
    return value if type(value) is int and value >= 0 else 0


def _evidence(claim: Claim, entry: Record) -> Evidence:
    """Return the evidence in a record, each theorem made again by the kernel."""
    found: dict[str, Any] = {}
    if entry.get("example") is not None:
        found["example"] = Witness.from_json(entry["example"])
    if entry.get("vacuity") is not None:
        found["vacuity"] = from_data(entry["vacuity"])
    if entry.get("missing") is not None:
        found["missing"] = _missing(claim, entry["missing"])
    elif entry.get("established") is not None:
        found["established"] = _certified(entry["established"])
    elif "derivation" in entry:
        found["derivation"] = from_data(entry["derivation"])
    elif "certificate" in entry:
        found["counterexample"] = _certified(entry)
    elif "disproof" in entry:
        fixed = entry.get("fixed")
        if not isinstance(fixed, list) or not all(isinstance(name, str) for name in fixed):
            raise WitnessError("the names that are fixed are no list of names")
        witness = Witness.from_json(entry.get("witness"))
        found["disproof"] = from_data(entry["disproof"]), witness, tuple(fixed)
    elif "limits" in entry:
        witness = Witness.from_json(entry.get("witness"))
        found["undefined"] = witness, from_data(entry["limits"])
    return Evidence(**found)


def _certified(entry: Record) -> tuple[Witness, Certificate]:
    witness = Witness.from_json(entry.get("witness"))
    return witness, Certificate.from_json(entry["certificate"])


def _missing(claim: Claim, stored: Record) -> tuple[Forgotten, Verdict]:
    """Return a condition that the claim has forgotten, and the verdict with it added."""
    witness, condition = Witness.from_json(stored["witness"]), from_wire(stored["condition"])
    lacking = no_value(claim, witness)
    if lacking is None or not isinstance(condition, Formula):
        raise WitnessError("the claim has a value where a condition is said to be missing")
    mended = with_condition(claim, condition, lacking.given)
    verdict = _judged(mended, stored["claim"])
    if verdict.name != stored["claim"].get("verdict"):
        raise WitnessError("the evidence does not show what the verdict says of the claim mended")
    return Forgotten(witness, lacking.reason, condition, mended), verdict


def _tried(entry: Record) -> tuple[str, ...]:
    tried = entry.get("tried", [])
    if not isinstance(tried, list) or not all(isinstance(line, str) for line in tried):
        raise WitnessError("what was tried is no list of lines")
    return tuple(tried)
