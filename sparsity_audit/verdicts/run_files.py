"""Files that a run leaves: verdicts.json, and the evidence for each verdict on its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .evidence_parts import evidence_of
from .json_text import to_json_text
from .verdict_json import Record
from .writing import write_json


def write_all(folder: Path, records: Sequence[Record], verdicts: str) -> None:
    """Write verdicts.json and evidence/ID.json under the folder."""
    write_json(str(folder / "verdicts.json"), verdicts)
    for entry in records:
        evidence = evidence_of(entry)
        if evidence is not None:
            beside = folder / "evidence" / Path(entry.get("paper", "")).stem
            write_json(str(beside / f"{entry['id']}.json"), to_json_text(evidence))
