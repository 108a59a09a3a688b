"""A verdict made again from its record: the evidence in it is read and judged, and not believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from numeric_check.certifier.added_condition import Forgotten, with_condition
from numeric_check.certifier.certify import Certificate
from numeric_check.certifier.definedness import no_value
from numeric_check.certifier.witness import Witness
from symbolic_proofs.derivations.replay import from_data
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.language.serialization import from_wire

from ..errors import AuditError
from .verdict import Effort, Evidence, Open, Verdict, judge

#: texts of a list, of what was tried on an open claim say
_MOST_LINES = 1_000


class RefusedError(AuditError, ValueError):
    """The evidence does not show what it is said to show; the message says why, in one line."""


def verdict_of(claim: Claim, entry: Mapping[str, Any]) -> Verdict:
    """Return the verdict on the claim that the evidence in a record supports.

    How often was searched, how long that took and what an open claim was tried by is taken as it
    stands. Raises RefusedError, or what reading the evidence raises (WireError, WitnessError,
    CertificateError, ReplayError), for evidence that does not hold against the claim.
    """
    effort = Effort(
        candidates=_whole(entry, "candidates"),
        effective=_whole(entry, "effective"),
        examined=_whole(entry, "examined"),
        confirmed=_whole(entry, "confirmed"),
        best_margin=_number(entry, "best_margin"),
    )
    seconds = _number(entry, "seconds") or 0.0
    evidence = _evidence(claim, entry)
    verdict = judge(claim, evidence, effort=effort, seconds=seconds)
    if evidence.example is not None and verdict.example is None:
        raise RefusedError("the premises do not hold at the values said to be an example of them")
    if evidence.vacuity is not None and verdict.vacuity is None:
        raise RefusedError("it is not shown that the premises contradict each other")
    if not isinstance(verdict, Open):
        return verdict
    if verdict.tried:
        raise RefusedError("; ".join(verdict.tried))
    found = entry.get("found")
    return replace(
        verdict,
        tried=_lines(entry, "tried"),
        found=None if found is None else Witness.from_json(found),
        error=_text(entry, "error"),
    )


def _evidence(claim: Claim, entry: Mapping[str, Any]) -> Evidence:
    """Return the evidence in a record, each theorem made again by the kernel."""
    found: dict[str, Any] = {}
    if entry.get("example") is not None:
        found["example"] = Witness.from_json(entry["example"])
    if entry.get("vacuity") is not None:
        found["vacuity"] = from_data(entry["vacuity"])
    if entry.get("missing") is not None:
        found["missing"] = _missing(claim, _object(entry, "missing"))
    elif entry.get("established") is not None:
        found["established"] = _certified(_object(entry, "established"))
    elif "derivation" in entry:
        found["derivation"] = from_data(entry["derivation"])
    elif "certificate" in entry:
        found["counterexample"] = _certified(entry)
    elif "disproof" in entry:
        witness = Witness.from_json(entry.get("witness"))
        found["disproof"] = from_data(entry["disproof"]), witness, _lines(entry, "fixed")
    elif "limits" in entry:
        witness = Witness.from_json(entry.get("witness"))
        found["undefined"] = witness, from_data(entry["limits"])
    return Evidence(**found)


def _certified(entry: Mapping[str, Any]) -> tuple[Witness, Certificate]:
    witness = Witness.from_json(entry.get("witness"))
    return witness, Certificate.from_json(entry.get("certificate"))


def _missing(claim: Claim, stored: Mapping[str, Any]) -> tuple[Forgotten, Verdict]:
    """Return a condition that the claim has forgotten, and the verdict with it added."""
    witness, condition = (
        Witness.from_json(stored.get("witness")),
        from_wire(stored.get("condition")),
    )
    if not isinstance(condition, Formula):
        raise RefusedError("the condition said to be missing is not a formula")
    lacking = no_value(claim, witness)
    if lacking is None:
        raise RefusedError("the claim has a value where a condition is said to be missing")
    mended = with_condition(claim, condition, lacking.given)
    inner = _object(stored, "claim")
    verdict = verdict_of(mended, inner)
    if inner.get("verdict") != verdict.name:
        raise RefusedError("the evidence does not show what the verdict says of the claim mended")
    return Forgotten(witness, lacking.reason, condition, mended), verdict


def _object(entry: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = entry.get(key)
    if not isinstance(value, dict):
        raise RefusedError(f"what stands under {key} is not an object")
    return value


def _whole(entry: Mapping[str, Any], key: str) -> int:
    value = entry.get(key, 0)
    if type(value) is not int or value < 0:
        raise RefusedError(f"what stands under {key} is not a whole number >= 0")
    return value


def _number(entry: Mapping[str, Any], key: str) -> float | None:
    value = entry.get(key)
    if value is None or (type(value) in (int, float) and abs(value) < 1e300 and isfinite(value)):
        return value
    raise RefusedError(f"what stands under {key} is not a number")


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is None or isinstance(value, str):
        return value
    raise RefusedError(f"what stands under {key} is not a text")


def _lines(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or len(value) > _MOST_LINES:
        raise RefusedError(f"what stands under {key} is not a list of at most {_MOST_LINES} texts")
    if not all(isinstance(line, str) for line in value):
        raise RefusedError(f"what stands under {key} is not a list of texts")
    return tuple(value)
