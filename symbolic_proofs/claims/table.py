"""The claims as `list` shows them, stored in table.json: to show them no term is built.

`python -m symbolic_proofs.claims.making_table` makes the table anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("table.json")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as it is listed: `kinds` are those of its letters that do not go without saying."""

    id: str
    locator: str
    title: str
    statement: str
    kinds: tuple[str, ...]


def rows() -> list[Row]:
    """Return the rows of the claims of the catalogue, in its order."""
    stored = json.loads(TABLE.read_text(encoding="utf-8"))
    return [Row(**{**row, "kinds": tuple(row["kinds"])}) for row in stored]
