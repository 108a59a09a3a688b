"""`sparsity-audit list`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from .options import ANY_CLAIMS, claims_asked, json_option
from .problems import told

if TYPE_CHECKING:
    from symbolic_proofs.language.claim import Claim

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
    from symbolic_proofs.notation.api import to_text

    from ..errors import INPUT_ERROR
    from ..inputs.selection import select_references

    problems = told(ids)
    claims = list(select_references(ids, keyword).values())
    if json_path is not None:
        from ..verdicts.verdict_json import to_json_text
        from ..verdicts.writing import write_json

        rows = [
            {"id": c.id, "locator": c.locator, "title": c.title, "statement": to_text(c.statement)}
            for c in claims
        ]
        write_json(json_path, to_json_text(rows))
    if json_path != "-":
        from ..text.fitted import fitted

        for claim in claims:
            click.echo("\n".join(fitted(_paragraph(claim))))
    return INPUT_ERROR if problems else 0


def _paragraph(claim: Claim) -> Iterator[str]:
    from symbolic_proofs.notation.api import kinds_to_tell, to_text

    statement = to_text(claim.statement)
    yield f"{claim.id} ({claim.locator})"
    if claim.title not in ("", statement):
        yield f"  {claim.title}"
    yield f"  {statement}"
    if kinds := kinds_to_tell(claim.statement):
        yield f"  for {', '.join(kinds)}"
