"""Verdicts of an earlier run, read from its file and judged again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.language.claim import Claim

from ..verdicts.coq_note import stored_note
from ..verdicts.defaults import DEFAULT_SEED
from ..verdicts.papers import step_record
from ..verdicts.stored import settled, settled_steps
from ..verdicts.stored_json import read_verdicts
from ..verdicts.verdict_json import Record, record


def stored_records(
    path: Path, ids: Sequence[str], claims: Sequence[Claim] = ()
) -> tuple[list[Record], int]:
    """Return the records in a verdicts.json, only those of `ids` if any are named, and its seed.

    What is returned is written anew from evidence that the kernel and the certifier have confirmed;
    only the numbers of candidates, and an author's reasons, are taken as they stand; `claims` are
    those that are not built in. What it says of Coq is marked as not checked here.

    Raises InputError for anything else.
    """
    data, known = read_verdicts(path, ids)
    stored = [known[id_] for id_ in ids or known]
    verdicts = settled(stored, claims)
    steps = settled_steps(stored, claims)
    seed = data.get("seed")
    records = []
    for verdict in verdicts:
        written = record(verdict, (*CATALOGUE, *claims))
        lines = [
            step_record(line.line, line.reason, record(line.verdict, ()))
            for line in steps.get(verdict.claim.id, ())
        ]
        entry = known[verdict.claim.id]
        paper = {k: v for k, v in entry.items() if k in ("paper", "line")}
        coq = {"coq": stored_note(entry)} if entry.get("coq") is not None else {}
        records.append({**written, **paper, **coq, "author_steps": lines or None})
    return records, seed if type(seed) is int and seed >= 0 else DEFAULT_SEED
