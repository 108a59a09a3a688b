"""`sparsity-audit report`."""

from __future__ import annotations

import click

from ..errors import INTERRUPTED
from ..options import hunting, jobs_option


@click.command("report", epilog="Example: sparsity-audit report -o report.html")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "-o", "--output", "path", required=True, metavar="FILE", help="The page; - is stdout."
)
@hunting
@jobs_option
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    ids: tuple[str, ...],
    path: str,
    budget: int,
    time: float | None,
    seed: int,
    jobs: int,
    quiet: bool,
) -> int:
    """Settle claims, all of them unless some are named, and write one HTML page.

    The page needs no network: the verdicts, proofs, counterexamples and pictures are all in it.
    """
    from ..artefacts import check_writable, write_text
    from ..progress import progress_of
    from ..report import write_page
    from ..run import Interrupted, settle_all
    from ..selection import select
    from ..settle import Hunt

    claims = select(ids)
    check_writable(path, None)
    hunt = Hunt(budget=budget, seed=seed, time=time)
    with progress_of("claims", len(claims), quiet=quiet) as advance:
        try:
            records = settle_all(
                [claim.id for claim in claims], hunt, jobs, lambda entry: advance(entry["id"])
            )
        except Interrupted as stop:
            done = len(stop.records)
            click.echo(
                f"sparsity-audit: interrupted after {done} of {len(claims)} claims; "
                "no page was written",
                err=True,
            )
            return INTERRUPTED
    write_text(path, write_page(claims, records, hunt))
    return 0
