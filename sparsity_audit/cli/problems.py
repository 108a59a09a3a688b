"""What is wrong in the claims files that a command is asked about."""

from __future__ import annotations

from collections.abc import Sequence

import click


def told(ids: Sequence[str]) -> list[str]:
    """Print what is wrong, a line each with its place, to standard error; return the lines."""
    from ..inputs.asked_for import problems_in

    problems = problems_in(ids)
    for line in problems:
        click.echo(line, err=True)
    return problems
