"""`sparsity-audit list`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from .options import ANY_CLAIMS, claims_asked, json_option
from .problems import told

if TYPE_CHECKING:
    from symbolic_proofs.claims.table import Row

HELP = """\
List the claims: id, where it stands in the paper, words, statement.

All of the paper's, or those asked for: ids, prefixes, globs, lines, FILE.claims, FILE.py.
"""


@click.command(
    "list", help=HELP, epilog="Example: sparsity-audit list; sparsity-audit list my.claims"
)
@claims_asked(ANY_CLAIMS)
@json_option
def command(ids: tuple[str, ...], keyword: str | None, json_path: str | None) -> int:
    """Run `sparsity-audit list`."""
    from ..errors import INPUT_ERROR

    problems = told(ids) if ids else []
    rows = _rows(ids, keyword)
    if json_path is not None:
        from ..verdicts.json_text import to_json_text
        from ..verdicts.writing import write_json

        shown = [
            {"id": r.id, "locator": r.locator, "title": r.title, "statement": r.statement}
            for r in rows
        ]
        write_json(json_path, to_json_text(shown))
    if json_path != "-":
        from ..text.fitted import fitted

        for row in rows:
            click.echo("\n".join(fitted(_paragraph(row))))
    return INPUT_ERROR if problems else 0


def _rows(ids: tuple[str, ...], keyword: str | None) -> Sequence[Row]:
    if not ids and keyword is None:
        from symbolic_proofs.claims.table import catalogued

        return catalogued()
    from ..inputs.asked_for import select_references
    from ..inputs.claims_table import row_of

    return list(map(row_of, select_references(ids, keyword).values()))


def _paragraph(row: Row) -> Iterator[str]:
    from symbolic_proofs.notation.marked import unmarked

    yield f"{row.id} ({row.locator})"
    title = unmarked(row.title)
    if title not in ("", row.statement):
        yield f"  {title}"
    yield f"  {row.statement}"
    if row.kinds:
        yield f"  for {', '.join(row.kinds)}"
