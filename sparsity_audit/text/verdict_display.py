"""Verdicts as text and, for Jupyter, as HTML with mathematics in it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from symbolic_proofs.claims.catalogue import CATALOGUE

from ..verdicts.verdict_json import Record, record
from .table import evidence_line, verdict_word
from .verdict import verdict_lines

if TYPE_CHECKING:
    from ..verdicts.verdict import Verdict

_HEADINGS = ("claim", "where", "verdict", "evidence", "statement")


def verdict_text(verdict: Verdict) -> str:
    """Return a verdict with its evidence, line by line, as the command line prints it."""
    return "\n".join(verdict_lines(verdict.claim, record(verdict, CATALOGUE), None))


def verdict_html(verdict: Verdict) -> str:
    """Return a verdict: the statement as mathematics, the evidence in lines."""
    entry = record(verdict, CATALOGUE)
    heading, *evidence = verdict_lines(verdict.claim, entry, None)
    lines = "\n".join(line for line in evidence if not line.startswith("  claim "))
    return (
        f"<p><strong>{escape(heading)}</strong></p>"
        f"<p>{_mathematics(entry['latex'])}</p><pre>{escape(lines)}</pre>"
    )


def table_html(records: Sequence[Record]) -> str:
    """Return verdicts as a table, one row each."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    body = "".join(f"<tr>{_cells(entry)}</tr>" for entry in records)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(entry: Record) -> str:
    words = (entry["id"], entry["locator"], verdict_word(entry), evidence_line(entry))
    cells = [*map(escape, words), _mathematics(entry["latex"])]
    return "".join(f'<td style="text-align: left">{cell}</td>' for cell in cells)


def _mathematics(latex: str) -> str:
    return f"${escape(latex, quote=False)}$"
