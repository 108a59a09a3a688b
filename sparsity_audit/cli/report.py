"""`sparsity-audit report`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import INTERRUPTED, exit_code
from .options import hunting, jobs_option

HELP = """\
Settle claims, all of them unless some are named, and write one HTML page.

The page needs no network: the verdicts, proofs, counterexamples and pictures are all in it.
"""


@click.command("report", help=HELP, epilog="Example: sparsity-audit report -o report.html")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "-o", "--output", "path", required=True, metavar="FILE", help="The page; - is stdout."
)
@click.option(
    "--verdicts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the verdicts of a verdicts.json, checked again, instead of a new run.",
)
@hunting
@jobs_option
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    ids: tuple[str, ...],
    path: str,
    verdicts: Path | None,
    budget: int,
    time: float | None,
    seed: int,
    jobs: int,
    quiet: bool,
) -> int:
    """Run `sparsity-audit report`."""
    from ..inputs.selection import select
    from ..report import stored_records, write_page
    from ..verdicts.files import check_writable, write_text
    from ..verdicts.run import Interrupted, settle_all
    from ..verdicts.settle import Hunt
    from .progress import progress_of

    claims = [claim.id for claim in select(ids)]
    check_writable(path, None)
    if verdicts is not None:
        records, seed = stored_records(verdicts, claims if ids else ())
    else:
        hunt = Hunt(budget=budget, seed=seed, time=time)
        try:
            with progress_of("claims", len(claims), quiet=quiet) as advance:
                records = settle_all(claims, hunt, jobs, lambda entry: advance(entry["id"]))
        except Interrupted:
            click.echo("sparsity-audit: interrupted, nothing was written", err=True)
            return INTERRUPTED
    write_text(path, write_page(records, Hunt(budget=budget, seed=seed, time=time)))
    return exit_code(records, exit_zero=True)
