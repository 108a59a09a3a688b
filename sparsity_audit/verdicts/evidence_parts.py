"""The parts of a record that are evidence, and the document of each kind of it."""

from __future__ import annotations

from .verdict_json import SCHEMA, Record

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
