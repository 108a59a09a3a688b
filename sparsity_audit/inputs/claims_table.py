"""The stored table of the package's own claims, made of their claims files."""

from __future__ import annotations

import json
from dataclasses import asdict

from symbolic_proofs.claims.table import FILES, FOLDER, TABLE, Row, StoredStep
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.serialization import to_wire
from symbolic_proofs.notation.api import kinds_to_tell, to_text

from ..errors import InputError
from .claims_file import SUFFIX, load_paper
from .paper import PaperClaim


def row_of(claim: Claim) -> Row:
    """Return a claim as it is listed."""
    formula = claim.statement
    kinds = tuple(kinds_to_tell(formula))
    return Row(claim.id, claim.locator, claim.title, to_text(formula), kinds)


def text_of_table() -> str:
    """Return the text of the table; raises InputError for a file in which something is wrong."""
    return "{\n" + ",\n".join(map(_text_of_file, FILES)) + "\n}\n"


def _text_of_file(name: str) -> str:
    paper = load_paper(str(FOLDER / f"{name}{SUFFIX}"))
    if paper.problems:
        raise InputError("\n".join(paper.problems))
    rows = ",\n".join(json.dumps(_stored(e), ensure_ascii=False) for e in paper.entries)
    return f'"{name}": [\n{rows}\n]'


def _stored(entry: PaperClaim) -> dict[str, object]:
    claim = entry.claim
    steps = [StoredStep(s.said, s.reason, to_wire(s.formula)) for s in entry.steps]
    return {
        **asdict(row_of(claim)),
        "section": entry.section,
        "given": [to_wire(formula) for formula in claim.given],
        "then": to_wire(claim.conclusion),
        "steps": [asdict(step) for step in steps],
    }


if __name__ == "__main__":
    TABLE.write_text(text_of_table(), encoding="utf-8")
