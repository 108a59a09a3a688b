"""The claims of the claims files here, as table.json stores them: read, and written as they print.

To list them no term is built, and to build them no line of text is read.
`python -m sparsity_audit.inputs.claims_table` makes the table anew; a test holds it to the files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TABLE = FOLDER / "table.json"
#: the claims files, in the order of the catalogue; the last is of the library alone
FILES = ("paper", "criteria", "library")


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A step of the author's: what it says, in the author's words too, and why."""

    said: str
    reason: str
    formula: Any


@dataclass(frozen=True, slots=True)
class Row:
    """A claim: as it is listed, and as `from_wire` reads it.

    `kinds` are those of its letters that do not go without saying.
    """

    id: str
    locator: str
    title: str
    statement: str
    kinds: tuple[str, ...]
    section: str = ""
    given: tuple[Any, ...] = ()
    then: Any = None
    steps: tuple[StoredStep, ...] = field(default=())


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[Row, ...]]:
    """Return the claims of each file, by its name."""
    stored = json.loads(TABLE.read_text(encoding="utf-8"))
    return {name: tuple(map(_row, stored[name])) for name in FILES}


def catalogued() -> tuple[Row, ...]:
    """Return the claims of the catalogue, in its order."""
    return *table()["paper"], *table()["criteria"]


def _row(stored: dict[str, Any]) -> Row:
    steps = tuple(StoredStep(**step) for step in stored["steps"])
    told = {name: tuple(stored[name]) for name in ("kinds", "given")}
    return Row(**{**stored, **told, "steps": steps})
