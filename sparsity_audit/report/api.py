"""What a script or a notebook calls to write the report."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from symbolic_proofs.claims.catalogue import CATALOGUE

from ..verdicts.api import for_document
from ..verdicts.one_claim import Hunt
from ..verdicts.verdict import Verdict
from ..verdicts.verdict_json import record
from ..verdicts.writing import write_text
from .page import write_page


def write_report(verdicts: Iterable[Verdict], path: str | os.PathLike[str]) -> Path:
    """Write one HTML page of verdicts, their proofs and counterexamples; return its path.

    The page needs no network, and the same verdicts give the same bytes.

    Raises InputError where there are no verdicts, or two of one id, and where the file cannot be
    written.
    """
    found = for_document(verdicts)
    claims = [verdict.claim for verdict in found]
    records = [record(verdict, (*CATALOGUE, *claims)) for verdict in found]
    write_text(os.fspath(path), write_page(records, Hunt(), claims))
    return Path(path)
