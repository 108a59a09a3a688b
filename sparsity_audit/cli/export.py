"""`sparsity-audit export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import INPUT_ERROR, INTERRUPTED, NOT_ALL_PROVED, exit_code
from .options import (
    ANY_CLAIMS,
    claims_asked,
    effort_option,
    hunting,
    jobs_option,
    quiet_option,
    verdicts_option,
)
from .problems import told

if TYPE_CHECKING:
    from symbolic_proofs.language.claim import Claim

HELP = """\
Write what is proved or refuted as files for the proof assistant Coq, to be checked without this
program.

DIR/Statements.v holds the statements alone, DIR/Definitions.v says what their words mean, and
`python3 DIR/check.py` has Coq confirm each proof and print the axioms that it rests on. Claims are
asked for as in `verify`. What has no translation is named. Exit code 0: all that was asked for is
exported; 1: something is open or has no translation.
"""


@click.command(
    "export",
    help=HELP,
    epilog="Example: sparsity-audit export --coq out/coq; "
    "sparsity-audit export --coq out/coq zeros 'p < q, W != 0 => I([W, W]) = I(W)'; "
    "sparsity-audit export --coq out/coq my.claims",
)
@claims_asked(ANY_CLAIMS)
@click.option(
    "-o",
    "--output",
    "--coq",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Write the files here.",
)
@verdicts_option
@hunting
@effort_option
@jobs_option
@quiet_option
def command(
    ids: tuple[str, ...],
    keyword: str | None,
    folder: Path,
    verdicts: Path | None,
    budget: int,
    time: float | None,
    seed: int,
    effort: int,
    jobs: int,
    quiet: bool,
) -> int:
    """Run `sparsity-audit export`."""
    from ..inputs.asked_for import select_with_ids_apart
    from ..verdicts.one_claim import Hunt
    from ..verdicts.run import Interrupted
    from ..verdicts.third_opinion import shown, write_folder
    from ..verdicts.writing import check_writable
    from .progress import progress_of

    check_writable(None, folder)
    problems = told(ids)
    claims = select_with_ids_apart(ids, keyword)
    hunt = Hunt(budget=budget, seed=seed, time=time, effort=effort)
    try:
        records = _records(claims, verdicts, hunt, jobs, quiet)
    except Interrupted:
        click.echo("sparsity-audit: interrupted, nothing was written", err=True)
        return INTERRUPTED
    by_id = {claim.id: claim for claim in claims.values()}
    parts = []
    with progress_of("translations", len(records), quiet=quiet) as advance:
        for entry in records:
            parts += shown(entry, by_id[entry["id"]])
            advance(entry["id"])
    write_folder(folder, [part.exported for part in parts if part.exported is not None])
    for part in parts:
        where = f"not exported: {part.why}"
        if part.exported is not None:
            where = f"{part.exported.name}.v"
            where += f", without {part.exported.left_out}" if part.exported.left_out else ""
        click.echo(f"{part.claim.id}: {part.verdict}, {where}")
    exported = sum(part.exported is not None for part in parts)
    click.echo(
        f"\n{exported} of {len(parts)} exported; python3 {folder}/check.py has Coq check them"
    )
    code = exit_code(records, exit_zero=True) or (INPUT_ERROR if problems else 0)
    return code or (NOT_ALL_PROVED if exported < len(parts) else 0)


def _records(
    claims: dict[str, Claim], verdicts: Path | None, hunt: Any, jobs: int, quiet: bool
) -> list[dict[str, Any]]:
    """Return the records of the claims asked for, from a file or from a new run."""
    if verdicts is not None:
        from ..verdicts.stored_json import read_verdicts

        names = [claim.id for claim in claims.values()]
        known = read_verdicts(verdicts, names)[1]
        return [known[name] for name in names]
    from ..verdicts.run import settle_all
    from .progress import progress_of

    with progress_of("claims", len(claims), quiet=quiet) as advance:
        return settle_all(list(claims), hunt, jobs, lambda entry: advance(entry["id"]))
