"""`sparsity-audit check`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import NOT_ALL_PROVED


@click.command("check", epilog="Example: sparsity-audit check out/verdicts.json")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def command(file: Path) -> int:
    """Check stored evidence again: a certificate, a derivation, or a whole verdicts.json.

    The file is not trusted, nothing in it is run, and the search has no part in it. Exit code 0:
    all of it checks; 1: some of it does not.
    """
    from ..recheck import recheck

    failed = 0
    for finding in recheck(file):
        failed += not finding.holds
        name = finding.claim if finding.claim.isprintable() else ascii(finding.claim)
        click.echo(f"{name}: {finding.said}")
    return NOT_ALL_PROVED if failed else 0
