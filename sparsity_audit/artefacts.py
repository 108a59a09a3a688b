"""Files that a run leaves: verdicts.json, and the evidence for each verdict on its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import InputError
from .verdict_json import SCHEMA, Record, to_json_text

#: what a record holds -> the kind of evidence that its file says it is
EVIDENCE = {
    "derivation": ("derivation",),
    "counterexample": ("witness", "certificate"),
    "disproof": ("witness", "fixed", "disproof"),
    "undefined": ("witness", "reason", "limits"),
}


def evidence_of(entry: Record) -> Record | None:
    """Return the evidence in a record as a document of its own, None for an open claim."""
    for kind, keys in EVIDENCE.items():
        if all(key in entry for key in keys):
            parts = {key: entry[key] for key in keys}
            return {
                "schema": SCHEMA,
                "kind": kind,
                "claim": entry["id"],
                "formula": entry["formula"],
                **parts,
            }
    return None


def write_all(folder: Path, records: Sequence[Record], verdicts: str) -> None:
    """Write verdicts.json and evidence/ID.json under the folder."""
    write_text(str(folder / "verdicts.json"), verdicts)
    for entry in records:
        evidence = evidence_of(entry)
        if evidence is not None:
            write_text(str(folder / "evidence" / f"{entry['id']}.json"), to_json_text(evidence))


def write_text(path: str, text: str) -> None:
    """Write text to a file, or to standard output for "-"; raises InputError if that fails."""
    if path == "-":
        sys.stdout.write(text)
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can not be written: {error.strerror or error}") from None


def check_writable(path: str | None, folder: Path | None) -> None:
    """Raise InputError where the output can not go, before the work is done and not after."""
    try:
        if path is not None and path != "-":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            with Path(path).open("a", encoding="utf-8"):
                pass
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{path or folder} can not be written: {error.strerror or error}"
        ) from None
