"""`sparsity-audit list`."""

from __future__ import annotations

import click

HELP = "List the claims: id, where it stands in the paper, statement."


@click.command("list", help=HELP, epilog="Example: sparsity-audit list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def command(as_json: bool) -> None:
    """Run `sparsity-audit list`."""
    from symbolic_proofs.notation.api import to_text

    from ..inputs.selection import select

    rows = [(claim.id, claim.locator, to_text(claim.statement)) for claim in select(())]
    if as_json:
        from ..verdicts.files import write_json
        from ..verdicts.verdict_json import to_json_text

        names = ("id", "locator", "statement")
        write_json("-", to_json_text([dict(zip(names, row, strict=True)) for row in rows]))
        return
    from ..text.table import print_table

    print_table(("claim", "where", "statement"), rows)
