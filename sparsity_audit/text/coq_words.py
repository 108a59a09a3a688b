"""What Coq says of a verdict, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def coq_words(note: Mapping[str, Any]) -> str:
    """Return what Coq says of a verdict, by the note in its record.

    Of a note that comes from a file it is said that it was not checked here.
    """
    version = ".".join(note["version"].split(".")[:2])
    if note["said"] == "not shown":
        return f"not shown to Coq: {note['why']}"
    why = f": {note['why']}" if note["why"] else ""
    why += "" if note["values"] else ", but not that every term has a value"
    why += ", not checked here" if note.get("stored") else ""
    return f"{note['said']} by Coq {version}{why}"
