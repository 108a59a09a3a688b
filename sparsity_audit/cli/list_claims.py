"""`sparsity-audit list`."""

from __future__ import annotations

import click

from .problems import told

HELP = """\
List the claims: id, where it stands in the paper, statement.

All of the paper's, or those asked for: ids, prefixes, globs, lines, FILE.claims, FILE.py.
"""


@click.command(
    "list", help=HELP, epilog="Example: sparsity-audit list; sparsity-audit list my.claims"
)
@click.argument("ids", nargs=-1, metavar="[ID|STATEMENT|FILE.claims|FILE.py|-]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def command(ids: tuple[str, ...], as_json: bool) -> int:
    """Run `sparsity-audit list`."""
    from symbolic_proofs.notation.api import to_text

    from ..errors import INPUT_ERROR
    from ..inputs.selection import select_references

    problems = told(ids)
    claims = select_references(ids).values()
    rows = [(claim.id, claim.locator, to_text(claim.statement)) for claim in claims]
    if as_json:
        from ..verdicts.files import write_json
        from ..verdicts.verdict_json import to_json_text

        names = ("id", "locator", "statement")
        write_json("-", to_json_text([dict(zip(names, row, strict=True)) for row in rows]))
        return INPUT_ERROR if problems else 0
    from ..text.table import print_table

    print_table(("claim", "where", "statement"), rows)
    return INPUT_ERROR if problems else 0
