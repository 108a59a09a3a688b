"""Claims settled for a command: with a bar, on the workers asked for, and a journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from .progress import progress_of

if TYPE_CHECKING:
    from symbolic_proofs.language.claim import Claim

    from ..verdicts.one_claim import Hunt
    from ..verdicts.verdict_json import Record

#: of those that are left so many are named
_NAMED = 5


def settled_records(
    claims: Mapping[str, Claim],
    hunt: Hunt,
    jobs: int,
    what: str,
    *,
    quiet: bool,
    executor: str | None,
    journal: str | None,
) -> tuple[list[Record], bool]:
    """Return the records of claims by their references, and whether the run was stopped."""
    from ..verdicts.claims_journal import ClaimsJournal
    from ..verdicts.run import Interrupted, settle_all

    with ExitStack() as stack:
        kept = None
        if journal is not None:
            kept = stack.enter_context(ClaimsJournal(journal, claims, hunt))
            if kept.records and not quiet:
                _say_left(journal, len(claims), kept.left)
        advance = stack.enter_context(progress_of(what, len(claims), quiet=quiet))
        try:
            return settle_all(
                list(claims),
                hunt,
                jobs,
                lambda entry: advance(entry["id"]),
                executor=executor,
                journal=kept,
            ), False
        except Interrupted as stop:
            return stop.records, True


def _say_left(journal: str, total: int, left: Sequence[str]) -> None:
    """Say on standard error what a journal leaves to do."""
    named = ", ".join(left[:_NAMED])
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    what = f"left: {named}{more}" if left else "none is left"
    click.echo(
        f"sparsity-audit: {journal} has {total - len(left)} of {total} claims; {what}", err=True
    )
