"""Files that a run leaves: verdicts.json, and the evidence for each verdict on its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .verdict_json import SCHEMA, Record, to_json_text
from .writing import write_json

#: what a record holds -> the kind of evidence that its file says it is
EVIDENCE = {
    "derivation": ("derivation",),
    "counterexample": ("witness", "certificate"),
    "disproof": ("witness", "fixed", "disproof"),
    "undefined": ("witness", "reason", "limits"),
    "missing": ("missing",),
    "established": ("established",),
}


def evidence_of(entry: Record) -> Record | None:
    """Return the evidence in a record as a document of its own, None for an open claim."""
    for kind, keys in EVIDENCE.items():
        if all(entry.get(key) is not None for key in keys):
            parts = {key: entry[key] for key in keys}
            if entry.get("vacuity") is not None:
                parts["vacuity"] = entry["vacuity"]
            return {
                "schema": SCHEMA,
                "kind": kind,
                "claim": entry["id"],
                "formula": entry["formula"],
                **({"paper": entry["paper"]} if "paper" in entry else {}),
                **parts,
            }
    return None


def write_all(folder: Path, records: Sequence[Record], verdicts: str) -> None:
    """Write verdicts.json and evidence/ID.json under the folder."""
    write_json(str(folder / "verdicts.json"), verdicts)
    for entry in records:
        evidence = evidence_of(entry)
        if evidence is not None:
            beside = folder / "evidence" / Path(entry.get("paper", "")).stem
            write_json(str(beside / f"{entry['id']}.json"), to_json_text(evidence))
