"""`sparsity-audit report`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import INPUT_ERROR, INTERRUPTED, exit_code
from .options import (
    CLAIMS_OF_DOCUMENTS,
    claims_asked,
    hunting,
    jobs_option,
    quiet_option,
    verdicts_option,
)
from .problems import told

HELP = """\
Settle claims, all of them unless some are named, and write one HTML page.

The page needs no network: the verdicts, proofs, counterexamples and pictures are all in it.
"""


@click.command(
    "report",
    help=HELP,
    epilog="Example: sparsity-audit report -o report.html; "
    "sparsity-audit report my.claims -o my.html",
)
@claims_asked(CLAIMS_OF_DOCUMENTS)
@click.option(
    "-o", "--output", "path", required=True, metavar="FILE", help="The page; - is stdout."
)
@verdicts_option
@hunting
@jobs_option
@quiet_option
def command(
    ids: tuple[str, ...],
    keyword: str | None,
    path: str,
    verdicts: Path | None,
    budget: int,
    time: float | None,
    seed: int,
    jobs: int,
    quiet: bool,
) -> int:
    """Run `sparsity-audit report`."""
    from ..inputs.asked_for import select_for_document
    from ..inputs.lookup import headings_of
    from ..report import stored_records, write_page
    from ..verdicts.one_claim import Hunt
    from ..verdicts.run import Interrupted, settle_all
    from ..verdicts.writing import check_writable, write_text
    from .progress import progress_of

    problems = told(ids)
    asked = select_for_document(ids, keyword)
    claims = list(asked.values())
    check_writable(path, None)
    if verdicts is not None:
        names = [claim.id for claim in claims] if ids or keyword else []
        records, seed = stored_records(verdicts, names, claims)
    else:
        hunt = Hunt(budget=budget, seed=seed, time=time)
        try:
            with progress_of("claims", len(claims), quiet=quiet) as advance:
                records = settle_all(list(asked), hunt, jobs, lambda entry: advance(entry["id"]))
        except Interrupted:
            click.echo("sparsity-audit: interrupted, nothing was written", err=True)
            return INTERRUPTED
    hunt = Hunt(budget=budget, seed=seed, time=time)
    write_text(path, write_page(records, hunt, claims, headings_of(asked)))
    return exit_code(records, exit_zero=True) or (INPUT_ERROR if problems else 0)
