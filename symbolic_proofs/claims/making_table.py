"""The stored table of the claims, made of the claims."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..language.claim import Claim
from ..notation.api import kinds_to_tell, to_text
from .catalogue import CATALOGUE
from .table import TABLE, Row


def row_of(claim: Claim) -> Row:
    """Return a claim as it is listed."""
    formula = claim.statement
    kinds = tuple(kinds_to_tell(formula))
    return Row(claim.id, claim.locator, claim.title, to_text(formula), kinds)


def text_of_table() -> str:
    """Return the text of the table."""
    made = [json.dumps(asdict(row_of(claim)), ensure_ascii=False) for claim in CATALOGUE]
    return "[\n" + ",\n".join(made) + "\n]\n"


if __name__ == "__main__":
    TABLE.write_text(text_of_table(), encoding="utf-8")
