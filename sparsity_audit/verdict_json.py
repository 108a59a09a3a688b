"""Verdicts as JSON, schema 1, and the files that hold the evidence for one of them.

A record is all that is kept of a verdict outside of the process that made it: the table,
verdicts.json and the artefacts are all written from records.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from symbolic_proofs.claims.claim import AMENDED, Claim
from symbolic_proofs.language.printing import conditions, to_latex, to_text
from symbolic_proofs.language.wire import to_wire
from symbolic_proofs.proofs import to_data

from .verdicts import Disproved, Open, Proved, Refuted, Undefined, Verdict

SCHEMA = 1
#: claims, a claim, its derivation, the nodes: a node stands on one line
_DEEPEST = 5
Record = dict[str, Any]


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
    }
    match verdict:
        case Proved(derivation=derivation):
            written |= {
                "steps": len(derivation.steps),
                "confirmed": effort.confirmed,
                "derivation": to_data(derivation),
            }
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
        case Open(tried=tried):
            written |= {"tried": list(tried), "best_margin": effort.best_margin}
    return written


def document(records: Sequence[Record], seed: int, *, interrupted: bool = False) -> Record:
    """Return what verdicts.json holds."""
    written: Record = {"schema": SCHEMA, "seed": seed}
    if interrupted:
        written["interrupted"] = True
    return {**written, "claims": list(records)}


def to_json_text(data: Any) -> str:
    """Return data as JSON: a line for each short or deep part, the same bytes for the same data."""
    return _lines(data, "") + "\n"


def _lines(data: Any, indent: str) -> str:
    line = json.dumps(data, ensure_ascii=False)
    short = len(indent) + len(line) <= 100 or len(indent) >= _DEEPEST
    if short or not isinstance(data, dict | list):
        return line
    inner = indent + " "
    if isinstance(data, dict):
        parts = [
            f"{inner}{json.dumps(key, ensure_ascii=False)}: {_lines(value, inner)}"
            for key, value in data.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _lines(value, inner) for value in data) + f"\n{indent}]"
