"""`sparsity-audit diff`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import SOME_CHANGED
from ..text.escapes import escaped

HELP = """\
Say which verdicts changed between two runs, from the verdicts.json of each.

Exit code 0: none changed; 1: some did, or claims came or went; 2: a file cannot be read. The
files are taken at their word: `sparsity-audit check` checks the evidence in one.
"""


@click.command("diff", help=HELP, epilog="Example: sparsity-audit diff old.json new.json")
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
def command(old: Path, new: Path) -> int:
    """Run `sparsity-audit diff`."""
    from ..verdicts.changes import changes

    found = list(changes(old, new))
    for line in found:
        click.echo(escaped(line))
    if not found:
        click.echo("no verdict changed")
    return SOME_CHANGED if found else 0
