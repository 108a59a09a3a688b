"""What an author expects of the claims in a file; read when the verdicts are there, and not before.

Only an exit code, a test of pytest and a comparison of runs look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ..errors import VERDICTS
from .claims_lines import FileLine, lines_of, step_of, text_of


@dataclass(slots=True)
class Expected:
    """The verdicts expected of a claim and of its steps, by their lines; most expect none."""

    claim: str | None = None
    steps: dict[int, str] = field(default_factory=dict)


def expectations(path: str) -> dict[str, Expected]:
    """Return what is expected of each claim in a file, by its id."""
    return _expected(text_of(path))


@lru_cache(maxsize=32)
def _expected(text: str) -> dict[str, Expected]:
    found: dict[str, Expected] = {}
    now = Expected()
    for line in lines_of(text):
        if not isinstance(line, FileLine):
            continue
        said = " ".join(text[line.start : line.end].split())
        if line.field == "claim":
            now = found.setdefault(said, Expected())
        elif line.field == "expect" and said in VERDICTS:
            now.claim = said
        elif line.field == "step" and (word := step_of(text, line).expected) in VERDICTS:
            now.steps[text.count("\n", 0, line.start) + 1] = str(word)
    return found


def with_expectations(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record of a claim of a file with what is expected of it beside the verdict."""
    path = entry.get("paper")
    expected = expectations(path).get(entry["id"]) if path else None
    if expected is None:
        return dict(entry)
    steps = [
        {**step, "expected": expected.steps.get(step["line"])}
        for step in entry["author_steps"] or ()
    ]
    return {**entry, "expected": expected.claim, "author_steps": steps or None}
