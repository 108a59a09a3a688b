"""What a record shows, held against the record that is written anew of the same evidence.

Each text and number that a person reads in a file must be the one written. The evidence alone is
compared where it is a document of its own, or of the first schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.marked import unmarked

from .evidence_parts import EVIDENCE, evidence_of
from .stored_json import same_json
from .stored_verdict import RefusedError
from .verdict import Verdict
from .verdict_json import Record, record

#: what a person reads in a record, and what is wrong where it is not what is written anew
_SHOWN = {
    "statement": "the statement shown is not that of the formula",
    "latex": "the LaTeX shown is not that of the formula",
    "conditions": "the conditions shown are not those of the formula",
    "title": "the title shown is not that of the claim of this id",
    "locator": "the locator shown is not that of the claim of this id",
    "amendment": "the amendment shown is not that of the claim of this id",
    "steps": "the number of steps shown is not that of the derivation",
    "verdict": "the evidence does not show what the verdict says",
}
#: records of schema 1 have these and no others
_FIRST_SCHEMA = frozenset(
    (
        *("id", "locator", "title", "verdict", "statement", "latex", "conditions", "amendment"),
        *("candidates", "effective", "seconds", "formula", "steps", "confirmed", "derivation"),
        *("witness", "certificate", "fixed", "disproof", "reason", "limits", "tried"),
        "best_margin",
    )
)
#: what `search` writes beside the evidence
_SEARCHED = frozenset(
    ("seed", "candidates", "effective", "covered", "best_margin", "said", "left_out")
)


class ShownError(RefusedError):
    """The evidence is good, and what is shown beside it is not."""


def compare_record(verdict: Verdict, claims: Sequence[Claim], entry: Record) -> None:
    """Raise RefusedError unless a record is the one that is written of the verdict."""
    written = {**record(verdict, claims), "schema": entry["schema"]}
    compare_keys(written, entry)
    steps = written.get("steps", 0)
    if written.get("confirmed", 0) > steps:
        raise ShownError(f"it says that more than its {steps} steps were confirmed")


def compare_keys(written: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    """Raise RefusedError unless both have the same parts, and these are equal."""
    for key in written:
        if key not in entry:
            raise ShownError(f"it has no {key}")
    for key, shown in entry.items():
        if key not in written:
            raise ShownError(f"it has {shown_name(key)}, which this program does not write there")
        both = written[key], shown
        if key == "title" and isinstance(shown, str):
            # dollars around formulas say nothing else
            both = unmarked(written[key]), unmarked(shown)
        if not same_json(*both):
            raise ShownError(_SHOWN.get(key, f"its {key} is not what the evidence gives"))


def compare_evidence(verdict: Verdict, claims: Sequence[Claim], entry: Record) -> None:
    """Raise RefusedError unless the evidence is what is written of the verdict.

    It is a document of its own, or stands in a record of the first schema, whose other parts are
    not compared.
    """
    written = evidence_of(record(verdict, claims)) or {}
    if "id" in entry:
        if not same_json(entry.get("verdict"), verdict.name):
            raise RefusedError(_SHOWN["verdict"])
        other = sorted(entry.keys() - _FIRST_SCHEMA - {"schema"})
        kept = {key for keys in EVIDENCE.values() for key in keys} & entry.keys()
        stored = {key: entry[key] for key in kept}
        written = {key: written.get(key) for key in kept}
    else:
        other = sorted(entry.keys() - written.keys() - _SEARCHED)
        stored = {key: value for key, value in entry.items() if key not in _SEARCHED}
        written["schema"] = entry["schema"]
    if other:
        raise RefusedError(
            f"it has {shown_name(other[0])}, which this program does not write there"
        )
    compare_keys(written, stored)


def shown_name(key: object) -> str:
    """Return what stands in a file for a name, fit to be shown."""
    return ascii(key)[:60]
