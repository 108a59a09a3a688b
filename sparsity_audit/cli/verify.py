"""`sparsity-audit verify`."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any

import click

from ..errors import INPUT_ERROR, INTERRUPTED, exit_code
from .options import (
    ANY_CLAIMS,
    claims_asked,
    effort_option,
    effort_text,
    executor_options,
    exit_zero_option,
    hunting,
    jobs_option,
    json_option,
    output_folder,
    quiet_option,
)
from .problems import told

HELP = """\
Settle claims, all of them unless some are named, and print the verdicts.

Every claim goes through both engines: the proofs and the search for a counterexample. A
STATEMENT is a line such as 'p < q, W != 0 => I([W, 0*m]) > I(W)', and - reads such lines from
standard input. An ID may be a prefix (zeros), a glob ('*.lowers*') or a
section (A.5). A FILE.py stands for the
claims that it states with `claim(...)`; it is Python, and it is run. A FILE.claims is a paper in
plain text, with the steps of its author; what is wrong in it is told with line and column.
"""


@click.command(
    "verify",
    help=HELP,
    epilog="Example: sparsity-audit verify; sparsity-audit verify 'p < q, W != 0 => I(W) >= 0'; "
    "sparsity-audit verify my_claims.py; sparsity-audit verify scaling gini.robin-hood; "
    "sparsity-audit verify paper.claims --executor tcp://scheduler:8786 --journal kept; "
    "sparsity-audit verify --coq zeros",
)
@claims_asked(ANY_CLAIMS)
@json_option
@output_folder(required=False)
@hunting
@effort_option
@jobs_option
@executor_options
@click.option(
    "--format",
    "as_",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="github adds lines that mark what is not as expected in the claims file.",
)
@click.option("--numpy", "as_numpy", is_flag=True, help="Show counterexamples as lines of NumPy.")
@click.option(
    "--nearby/--no-nearby",
    default=None,
    help="Settle statements near a claim that is refuted; done for one claim unless told not to.",
)
@click.option("--coq", is_flag=True, help="Have the proof assistant Coq confirm the evidence.")
@exit_zero_option
@quiet_option
def command(
    ids: tuple[str, ...],
    keyword: str | None,
    json_path: str | None,
    folder: Path | None,
    budget: int,
    time: float | None,
    seed: int,
    effort: int,
    jobs: int,
    executor: str | None,
    journal: str | None,
    as_: str,
    as_numpy: bool,
    nearby: bool | None,
    coq: bool,
    exit_zero: bool,
    quiet: bool,
) -> int:
    """Run `sparsity-audit verify`."""
    from ..inputs.asked_for import select_references
    from ..inputs.expectations import with_expectations
    from ..text.verdict_list import print_summary
    from ..verdicts.json_text import to_json_text
    from ..verdicts.one_claim import Hunt
    from ..verdicts.run_files import write_all
    from ..verdicts.verdict_json import document
    from ..verdicts.writing import check_writable, write_json
    from .settling import settled_records

    if as_ == "github" and json_path == "-":
        raise click.UsageError("--json - and --format github both write to standard output")
    if coq:
        from ..verdicts.third_opinion import required_coq

        required_coq()
    problems = told(ids)
    claims = select_references(ids, keyword)
    check_writable(json_path, folder)
    hunt = Hunt(budget=budget, seed=seed, time=time, effort=effort, nearby=bool(nearby))
    records, interrupted = settled_records(
        claims, hunt, jobs, "claims", quiet=quiet, executor=executor, journal=journal
    )
    if coq and not interrupted:
        records = _with_opinions(records, list(claims.values()), quiet=quiet)
    records = [with_expectations(entry) for entry in records]
    written = to_json_text(document(records, seed, interrupted=interrupted))
    if json_path is not None:
        write_json(json_path, written)
    if folder is not None:
        write_all(folder, records, written)
    if json_path != "-" and records:
        options = f" --budget {budget} --seed {seed}{effort_text(effort)}"
        _print(records, claims if ids else {}, options, as_numpy=as_numpy)
        if nearby is None and len(claims) == 1:
            _print_nearby(claims, records, hunt)
        print_summary(records)
    if interrupted:
        click.echo(
            f"sparsity-audit: interrupted after {len(records)} of {len(claims)} claims; "
            "these verdicts are kept",
            err=True,
        )
        return INTERRUPTED
    if as_ == "github":
        from ..text.annotations import github_lines

        click.echo("".join(f"{line}\n" for line in github_lines(records, problems)), nl=False)
    code = exit_code(records, exit_zero=exit_zero)
    return INPUT_ERROR if problems and code < INPUT_ERROR else code


def _with_opinions(
    records: list[dict[str, Any]], claims: list[Any], *, quiet: bool
) -> list[dict[str, Any]]:
    from ..verdicts.third_opinion import with_opinions
    from .progress import progress_of

    with progress_of("Coq", len(records), quiet=quiet) as advance:
        return with_opinions(records, claims, lambda one: advance(one.claim.id))


def _print(
    records: list[dict[str, Any]], named: dict[str, Any], options: str, *, as_numpy: bool
) -> None:
    from ..inputs.lookup import paper_of
    from ..text.numpy_code import refutation_lines
    from ..text.verdict import verdict_lines
    from ..text.verdict_list import print_paragraph, print_verdicts

    if not named:
        print_verdicts(records)
        return
    references = {
        (paper_of(reference), claim.id): (reference, claim) for reference, claim in named.items()
    }
    for number, entry in enumerate(records):
        reference, claim = references[entry.get("paper"), entry["id"]]
        again = f"sparsity-audit verify {quote(reference)}{options}"
        click.echo("\n" * bool(number), nl=False)
        print_paragraph(entry, verdict_lines(claim, entry, again, reference))
        if as_numpy and "certificate" in entry:
            click.echo("\n" + "\n".join(refutation_lines(claim, entry["witness"])))


def _print_nearby(claims: dict[str, Any], records: list[dict[str, Any]], hunt: Any) -> None:
    """Settle and print what is near the one claim that was asked for, a line as it comes."""
    from ..text.fitted import fitted
    from ..text.verdict import near_lines
    from ..verdicts.nearby import nearby

    for entry, claim in zip(records, claims.values(), strict=False):
        if entry["verdict"] == "refuted":
            for line in near_lines(nearby(claim, entry, hunt)):
                click.echo("\n".join(fitted([line])))
