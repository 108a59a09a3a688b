"""`sparsity-audit appendix`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import INPUT_ERROR, INTERRUPTED, exit_code
from .options import (
    CLAIMS_OF_DOCUMENTS,
    claims_asked,
    hunting,
    jobs_option,
    output_folder,
    quiet_option,
    verdicts_option,
)
from .problems import told

if TYPE_CHECKING:
    from symbolic_proofs.language.claim import Claim

HELP = """\
Write the LaTeX appendix: a fragment for a paper, its style file, a document around it.

Every statement in it comes from a proof or a certificate that was checked for it.
"""


@click.command(
    "appendix",
    help=HELP,
    epilog="Example: sparsity-audit appendix -o out/appendix --pdf; "
    "sparsity-audit appendix paper.claims --corrected -o out",
)
@claims_asked(CLAIMS_OF_DOCUMENTS)
@output_folder(required=True)
@click.option(
    "--prefix",
    default="audit",
    show_default=True,
    metavar="LETTERS",
    help="What labels, macros and environments begin with.",
)
@click.option(
    "--corrected", is_flag=True, help="Print what is true and its proofs alone, for the paper."
)
@click.option("--pdf", is_flag=True, help="Compile the standalone document, with latexmk.")
@verdicts_option
@hunting
@jobs_option
@quiet_option
def command(
    ids: tuple[str, ...],
    keyword: str | None,
    folder: Path,
    prefix: str,
    corrected: bool,
    pdf: bool,
    verdicts: Path | None,
    budget: int,
    time: float | None,
    seed: int,
    jobs: int,
    quiet: bool,
) -> int:
    """Run `sparsity-audit appendix`."""
    from ..appendix import (
        Asked,
        checked_prefix,
        compile_pdf,
        files,
        required_latexmk,
        settled,
        settled_steps,
        write_files,
    )
    from ..inputs.asked_for import select_for_document
    from ..inputs.lookup import headings_of
    from ..text.verdict import stored_coq_lines
    from ..verdicts.run import Interrupted
    from ..verdicts.writing import check_writable

    # What cannot be done is said before the work and not after it.
    checked_prefix(prefix)
    latexmk = required_latexmk() if pdf else None
    check_writable(None, folder)
    problems = told(ids)
    claims = select_for_document(ids, keyword)
    try:
        records = _records(claims, verdicts, bool(ids or keyword), budget, time, seed, jobs, quiet)
    except Interrupted:
        click.echo("sparsity-audit: interrupted, nothing was written", err=True)
        return INTERRUPTED
    own = list(claims.values())
    steps = settled_steps(records, own)
    asked = Asked(headings_of(claims), steps, stored_coq_lines(records), corrected)
    written = files(settled(records, own), prefix, asked)
    write_files(folder, written)
    made = [folder / file for file in written]
    if latexmk is not None:
        made.append(compile_pdf(written, folder, latexmk))
    for path in made:
        click.echo(str(path))
    code = exit_code(records, exit_zero=True) if verdicts is None else 0
    return code or (INPUT_ERROR if problems else 0)


def _records(
    claims: dict[str, Claim],
    verdicts: Path | None,
    named: bool,
    budget: int,
    time: float | None,
    seed: int,
    jobs: int,
    quiet: bool,
) -> list[dict[str, Any]]:
    """Return the records of the claims asked for, from a file or from a new run."""
    if verdicts is not None:
        from ..verdicts.stored_json import read_verdicts

        names = [claim.id for claim in claims.values()] if named else []
        data, known = read_verdicts(verdicts, names)
        return [known[name] for name in names] if named else data["claims"]
    from ..verdicts.one_claim import Hunt
    from ..verdicts.run import settle_all
    from .progress import progress_of

    hunt = Hunt(budget=budget, seed=seed, time=time)
    with progress_of("claims", len(claims), quiet=quiet) as advance:
        return settle_all(list(claims), hunt, jobs, lambda entry: advance(entry["id"]))
