"""`sparsity-audit criteria`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import INTERRUPTED, InputError, exit_code
from .completion import complete_measures
from .options import (
    budget_option,
    effort_option,
    effort_text,
    executor_options,
    exit_zero_option,
    jobs_option,
    json_option,
    quiet_option,
    seed_option,
)

if TYPE_CHECKING:
    from ..text.criteria import CriteriaRow
    from ..verdicts.one_claim import Hunt


HELP = """\
Settle the six criteria of Hurley & Rickard for measures of sparsity.

NAME is a built-in measure. FILE.py:NAME is a Measure or a plain function of a one-dimensional
NumPy array that the file defines; the file is Python, and IT IS RUN: use files you trust. A
function is searched for counterexamples, and what is found is certified by running the
function over exact numbers and balls; it is never proved.

D1 Robin Hood, D2 Scaling, D3 Rising Tide, D4 Cloning, P1 Bill Gates, P2 Babies, for vectors of
two entries or more, all >= 0, not all 0; a larger value is sparser, every inequality strict.
"""


@click.command(
    "criteria",
    help=HELP,
    epilog="Example: sparsity-audit criteria gini hoyer; sparsity-audit criteria --all; "
    "sparsity-audit criteria my_measure.py:spread",
)
@click.argument(
    "names", nargs=-1, metavar="[NAME|FILE.py:NAME]...", shell_complete=complete_measures
)
@click.option("--all", "every", is_flag=True, help="All built-in measures.")
@json_option
@click.option("--latex", is_flag=True, help="Print the table as LaTeX.")
@budget_option(50_000)
@seed_option
@effort_option
@jobs_option
@executor_options
@exit_zero_option
@quiet_option
def command(
    names: tuple[str, ...],
    every: bool,
    json_path: str | None,
    latex: bool,
    budget: int,
    seed: int,
    effort: int,
    jobs: int,
    executor: str | None,
    journal: str | None,
    exit_zero: bool,
    quiet: bool,
) -> int:
    """Run `sparsity-audit criteria`."""
    from ..text.criteria import rows_json, rows_latex
    from ..verdicts.json_text import to_json_text
    from ..verdicts.one_claim import Hunt
    from ..verdicts.writing import check_writable, write_json

    if json_path == "-" and latex:
        raise InputError("--json - and --latex both write to standard output; give --json a file")
    asked = _asked(names, every)
    check_writable(json_path, None)
    hunt = Hunt(budget=budget, seed=seed, effort=effort)
    rows, interrupted = _settled(asked, hunt, jobs, quiet=quiet, executor=executor, journal=journal)
    if json_path is not None:
        write_json(json_path, to_json_text(rows_json(rows, seed, interrupted=interrupted)))
    if latex:
        click.echo(rows_latex(rows))
    elif json_path != "-" and rows:
        _print(rows, bool(names), f" --budget {budget} --seed {seed}{effort_text(effort)}")
    if interrupted:
        click.echo(
            f"sparsity-audit: interrupted after {len(rows)} of {len(asked)} measures; "
            "these verdicts are kept",
            err=True,
        )
        return INTERRUPTED
    return exit_code((e for row in rows for e in row.records.values()), exit_zero=exit_zero)


def _asked(names: tuple[str, ...], every: bool) -> list[str]:
    from symbolic_proofs.measures import MEASURES

    known = [measure.name for measure in MEASURES]
    if not names and not every:
        raise InputError(f"name a measure, or --all: {', '.join(known)}; or FILE.py:NAME")
    return list(dict.fromkeys([*(known if every else ()), *names]))


def _settled(
    asked: list[str], hunt: Hunt, jobs: int, **options: Any
) -> tuple[list[CriteriaRow], bool]:
    """Return a row for each measure whose criteria are all settled, and whether it was stopped."""
    from symbolic_proofs.claims.criteria_of import LETTERS, criteria_of

    from ..inputs.asked_for import refuse_same_ids
    from ..inputs.functions import noticed
    from ..inputs.lookup import measure_of
    from ..text.criteria import CriteriaRow
    from .settling import settled_records

    measures = {name: measure_of(name) for name in asked}
    notices = {name: noticed(measure) for name, (measure, _) in measures.items()}
    claims_asked = {
        reference: claim
        for measure, criteria in measures.values()
        for reference, claim in zip(criteria, criteria_of(measure), strict=True)
    }
    refuse_same_ids(claims_asked)
    records, interrupted = settled_records(claims_asked, hunt, jobs, "criteria", **options)
    settled = {entry["id"]: entry for entry in records}
    rows = []
    for name, (measure, _) in measures.items():
        claims = dict(zip(LETTERS.values(), criteria_of(measure), strict=True))
        if all(claim.id in settled for claim in claims.values()):
            found = {letter: settled[claim.id] for letter, claim in claims.items()}
            rows.append(CriteriaRow(measure, name, claims, found, notices[name]))
    return rows, interrupted


def _print(rows: list[CriteriaRow], at_length: bool, options: str) -> None:
    from symbolic_proofs.notation.marked import unmarked

    from ..text.criteria import DIFFERS, differences, print_rows, row_lines
    from ..text.fitted import fitted

    print_rows(rows)
    said = list(differences(rows))
    if said:
        click.echo(f"\n{DIFFERS} something else is published:")
        click.echo("\n".join(fitted(f"  {where}: {unmarked(what)}" for where, what in said)))
    if at_length:
        for row in rows:
            click.echo("\n" + "\n".join(fitted(row_lines(row, options))))
