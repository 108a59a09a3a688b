"""`sparsity-audit new`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import InputError

HELP = """\
Write a claims file to begin with: two claims, commented, that verify as they stand.

A file that is there already is left as it is.
"""


@click.command("new", help=HELP, epilog="Example: sparsity-audit new paper.claims")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.claims")
def command(file: Path) -> None:
    """Run `sparsity-audit new`."""
    if file.suffix != ".claims":
        raise InputError(f"{file} does not end in .claims; write {file.stem}.claims")
    if file.exists():
        raise InputError(f"{file} is there already; name another file")
    from importlib.resources import files

    from ..verdicts.writing import write_text

    template = files("sparsity_audit") / "templates" / "new.claims"
    write_text(str(file), template.read_text(encoding="utf-8"))
    click.echo(f"{file}; now: sparsity-audit verify {file}")
