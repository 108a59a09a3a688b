"""Verdicts of an earlier run, read from its file and judged again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from symbolic_proofs.claims.catalogue import CATALOGUE

from ..appendix import settled
from ..verdicts.defaults import DEFAULT_SEED
from ..verdicts.stored_json import read_verdicts
from ..verdicts.verdict_json import Record, record


def stored_records(path: Path, ids: Sequence[str]) -> tuple[list[Record], int]:
    """Return the records in a verdicts.json, only those of `ids` if any are named, and its seed.

    What is returned is written anew from evidence that the kernel and the certifier have confirmed;
    only the numbers of candidates are taken as they stand. Raises InputError for anything else.
    """
    data, known = read_verdicts(path, ids)
    verdicts = settled([known[id_] for id_ in ids or known])
    seed = data.get("seed")
    records = [record(verdict, CATALOGUE) for verdict in verdicts]
    return records, seed if type(seed) is int and seed >= 0 else DEFAULT_SEED
