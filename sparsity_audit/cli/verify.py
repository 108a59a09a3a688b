"""`sparsity-audit verify`."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any

import click

from ..errors import INTERRUPTED, exit_code
from .options import effort_option, effort_text, executor_options, hunting, jobs_option

HELP = """\
Settle claims, all of them unless some are named, and print the verdicts.

Every claim goes through both engines: the proofs and the search for a counterexample. A
STATEMENT is a line such as 'p < q, W != 0 => I([W, 0*m]) > I(W)', and - reads such lines from
standard input. An ID may be a prefix (zeros) or a glob ('*.lowers*'). A FILE.py stands for the
claims that it states with `claim(...)`; it is Python, and it is run.
"""


@click.command(
    "verify",
    help=HELP,
    epilog="Example: sparsity-audit verify; sparsity-audit verify 'p < q, W != 0 => I(W) >= 0'; "
    "sparsity-audit verify my_claims.py; sparsity-audit verify scaling gini.robin-hood",
)
@click.argument("ids", nargs=-1, metavar="[ID|STATEMENT|FILE.py|-]...")
@click.option("--json", "json_path", metavar="PATH", help="Write verdicts.json here; - is stdout.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write all evidence.")
@hunting
@effort_option
@jobs_option
@executor_options
@click.option("--numpy", "as_numpy", is_flag=True, help="Show counterexamples as lines of NumPy.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdicts are.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    ids: tuple[str, ...],
    json_path: str | None,
    out: Path | None,
    budget: int,
    time: float | None,
    seed: int,
    effort: int,
    jobs: int,
    executor: str | None,
    journal: str | None,
    as_numpy: bool,
    exit_zero: bool,
    quiet: bool,
) -> int:
    """Run `sparsity-audit verify`."""
    from ..inputs.selection import select_references
    from ..verdicts.files import check_writable, write_all, write_json
    from ..verdicts.settle import Hunt
    from ..verdicts.verdict_json import document, to_json_text
    from .settling import settled_records

    claims = select_references(ids)
    check_writable(json_path, out)
    hunt = Hunt(budget=budget, seed=seed, time=time, effort=effort)
    records, interrupted = settled_records(
        claims, hunt, jobs, "claims", quiet=quiet, executor=executor, journal=journal
    )
    written = to_json_text(document(records, seed, interrupted=interrupted))
    if json_path is not None:
        write_json(json_path, written)
    if out is not None:
        write_all(out, records, written)
    if json_path != "-":
        options = f" --budget {budget} --seed {seed}{effort_text(effort)}"
        _print(records, claims if ids else {}, options, as_numpy=as_numpy)
    if interrupted:
        click.echo(
            f"sparsity-audit: interrupted after {len(records)} of {len(claims)} claims; "
            "these verdicts are kept",
            err=True,
        )
        return INTERRUPTED
    return exit_code(records, exit_zero=exit_zero)


def _print(
    records: list[dict[str, Any]], named: dict[str, Any], options: str, *, as_numpy: bool
) -> None:
    from ..text.numpy_code import refutation_lines
    from ..text.table import print_verdicts
    from ..text.verdict import verdict_lines

    if records:
        print_verdicts(records)
    references = {claim.id: (reference, claim) for reference, claim in named.items()}
    for entry in records if named else ():
        reference, claim = references[entry["id"]]
        again = f"sparsity-audit verify {quote(reference)}{options}"
        click.echo("\n" + "\n".join(verdict_lines(claim, entry, again, reference)))
        if as_numpy and "certificate" in entry:
            click.echo("\n" + "\n".join(refutation_lines(claim, entry["witness"])))
