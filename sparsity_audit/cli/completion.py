"""What a shell offers at Tab for an argument: ids of claims and names of measures, beside files.

Click does the rest: commands, options, and the lines that switch it on in bash, zsh and fish.
"""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem


def complete_claims(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the ids of built-in claims that begin so, and that files may be named."""
    from ..inputs.lookup import known_ids

    return _offered(known_ids(), incomplete)


def complete_measures(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the names of built-in measures that begin so, and that files may be named."""
    from symbolic_proofs.measures import MEASURES

    return _offered((measure.name for measure in MEASURES), incomplete)


def _offered(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    # a file first: what bash has gathered before is dropped there
    return [CompletionItem(incomplete, type="file"), *found]
