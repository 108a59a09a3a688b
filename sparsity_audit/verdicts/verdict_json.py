"""Verdicts as JSON, schema 2, and the files that hold the evidence for one of them.

A record is all that is kept of a verdict outside of the process that made it: the table,
verdicts.json and the artefacts are all written from records. Keys that a record always has are null
where there is nothing to say; the evidence stands under keys of its own, a kind each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symbolic_proofs.derivations.replay import to_data
from symbolic_proofs.language.claim import AMENDED, Claim
from symbolic_proofs.language.serialization import to_wire
from symbolic_proofs.notation.api import conditions, to_latex, to_text

from .verdict import (
    Disproved,
    Established,
    MissingPremise,
    Open,
    Proved,
    Refuted,
    Undefined,
    Verdict,
)

SCHEMA = 2
Record = dict[str, Any]
#: keys of every record that may be null
_ALWAYS = (
    *("amendment", "formula", "vacuous", "vacuity", "example", "premises", "established"),
    *("missing", "error", "expected", "author_steps", "nearby", "best_margin", "found"),
)


def record(verdict: Verdict, claims: Sequence[Claim]) -> Record:
    """Return the record of a verdict; `claims` are those among which an amendment is looked for."""
    claim, effort = verdict.claim, verdict.effort
    amendment = claim.id + AMENDED
    written: Record = {
        "id": claim.id,
        "locator": claim.locator,
        "title": claim.title,
        "verdict": verdict.name,
        "statement": to_text(claim.statement),
        "latex": to_latex(claim.statement),
        "conditions": [
            *(to_text(formula) for formula in claim.given),
            *(text for text, _ in conditions((*claim.given, claim.conclusion))),
        ],
        "amendment": amendment if any(c.id == amendment for c in claims) else None,
        "candidates": effort.candidates,
        "effective": effort.effective,
        "seconds": round(verdict.seconds, 3),
        "formula": to_wire(claim.statement),
        "vacuous": True if verdict.vacuous else None,
        "vacuity": None if verdict.vacuity is None else to_data(verdict.vacuity),
        "example": None if verdict.example is None else verdict.example.to_json(),
        "premises": premises_line(verdict),
        "examined": effort.examined,
        "established": None,
        "missing": None,
        "error": None,
        "expected": None,
        "author_steps": None,
        "nearby": None,
    }
    match verdict:
        case Proved(derivation=derivation):
            written |= {
                "steps": len(derivation.steps),
                "confirmed": effort.confirmed,
                "derivation": to_data(derivation),
            }
        case Established(witness=witness, certificate=certificate):
            shown = {"witness": witness.to_json(), "certificate": certificate.to_json()}
            written["established"] = shown
        case Refuted(witness=witness, certificate=certificate):
            written |= {"witness": witness.to_json(), "certificate": certificate.to_json()}
        case Disproved(derivation=derivation, witness=witness, fixed=fixed):
            written |= {
                "steps": len(derivation.steps),
                "witness": witness.to_json(),
                "fixed": list(fixed),
                "disproof": to_data(derivation),
            }
        case Undefined(witness=witness, reason=reason, derivation=derivation):
            written |= {
                "witness": witness.to_json(),
                "reason": reason,
                "steps": len(derivation.steps),
                "limits": to_data(derivation),
            }
        case MissingPremise(witness=witness, reason=reason, condition=condition, mended=mended):
            written["missing"] = {
                "witness": witness.to_json(),
                "reason": reason,
                "condition": to_wire(condition),
                "text": to_text(condition),
                "latex": to_latex(condition),
                "claim": record(mended, claims),
            }
        case Open(tried=tried, found=found, error=error):
            written |= {
                "tried": list(tried),
                "best_margin": effort.best_margin,
                "found": None if found is None else found.to_json(),
                "error": error,
            }
    return written


def premises_line(verdict: Verdict) -> str | None:
    """Return what is to be said of the premises where no example of them is known."""
    if verdict.vacuous:
        return "the premises contradict each other: the claim says nothing"
    examined = verdict.effort.examined
    return f"no example found in {examined} candidates" if examined else None


def failed_record(id_: str, locator: str, title: str, error: str) -> Record:
    """Return the record of a claim that cannot even be written down, for the `error`."""
    written: Record = dict.fromkeys(_ALWAYS)
    return written | {
        "id": id_,
        "locator": locator,
        "title": title,
        "verdict": Open.name,
        "statement": "",
        "latex": "",
        "conditions": [],
        "candidates": 0,
        "effective": 0,
        "examined": 0,
        "seconds": 0.0,
        "tried": [f"the program failed on it: {error}"],
        "error": error,
    }


def document(records: Sequence[Record], seed: int, *, interrupted: bool = False) -> Record:
    """Return what verdicts.json holds."""
    written: Record = {"schema": SCHEMA, "seed": seed}
    if interrupted:
        written["interrupted"] = True
    return {**written, "claims": list(records)}
