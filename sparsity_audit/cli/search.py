"""`sparsity-audit search`."""

from __future__ import annotations

from fractions import Fraction
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click
from click.core import ParameterSource

from ..errors import INTERRUPTED, NOT_ALL_PROVED, NOTHING_TESTED
from .options import exponent_option, hunting

if TYPE_CHECKING:
    from numeric_check.hunt.exponent_map import FirstLength, Point
    from numeric_check.hunt.search_result import SearchResult
    from symbolic_proofs.language.claim import Claim


HELP = """\
Hunt for a counterexample of one claim, or for an example of what it says to exist.

What is found is made rational, as small as it gets, and certified. With --map or --first-n
the budget is for each point or length, and smaller where it is not given. Exit code 0: nothing
was found; 1: something was; 2: nothing could be tested.
"""


@click.command(
    "search",
    help=HELP,
    epilog="Example: sparsity-audit search criteria.robin-hood --p 2 --q 4; "
    "sparsity-audit search '||W||_1 <= 2*||W||_2'; "
    "sparsity-audit search criteria.robin-hood --map --budget 5000; "
    "sparsity-audit search criteria.robin-hood --first-n --p 1/4 --q 1/2",
)
@click.argument("id_", metavar="ID|STATEMENT|FILE.claims:ID")
@exponent_option("--p", "Keep to this p, such as 1/2.")
@exponent_option("--q", "Keep to this q.")
@click.option("--dim", type=click.IntRange(min=1), metavar="N", help="Keep to N entries.")
@click.option("--map", "as_map", is_flag=True, help="A grid of p and q: proved, refuted or open.")
@click.option("--first-n", is_flag=True, help="The least length that fails, at --p and --q.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@hunting
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option("--executor", metavar="NAME", help="processes, dask, or tcp://scheduler:port.")
@click.option("--journal", type=click.Path(), metavar="FILE", help="Keep finished work here.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 also when something is found.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    id_: str,
    p: Fraction | None,
    q: Fraction | None,
    dim: int | None,
    as_map: bool,
    first_n: bool,
    as_json: bool,
    budget: int,
    time: float | None,
    seed: int,
    jobs: int,
    executor: str | None,
    journal: str | None,
    exit_zero: bool,
    quiet: bool,
) -> int:
    """Run `sparsity-audit search`."""
    from numeric_check.functions.calls import PlainFunctionError
    from numeric_check.hunt.journal import JournalError
    from numeric_check.hunt.search import SearchInputError, SearchInterrupted, search
    from numeric_check.parallel import ExecutorUnavailableError

    from ..errors import InputError
    from ..inputs.selection import check_exponents, claim_of
    from .progress import progress_of_search

    claim = claim_of(id_)
    check_exponents(claim, p, q)
    if as_map or first_n:
        if (as_map and first_n) or any(option is not None for option in (dim, journal, time)):
            raise InputError(
                "--map and --first-n are one or the other, without --dim, --time and --journal"
            )
        if as_map and (p is None) != (q is None):
            raise InputError("--map takes both --p and --q, or neither for a grid")
        if as_map and p is not None and q is not None and p >= q:
            raise InputError(f"--map is of exponents p < q: p = {p}, q = {q} does not fit")
        if first_n and (p is None or q is None):
            raise InputError("--first-n needs --p and --q, such as --p 1/4 --q 1/2")
        own = click.get_current_context().get_parameter_source("budget")
        options: dict[str, Any] = {"seed": seed, "jobs": jobs, "executor": executor}
        if own is not ParameterSource.DEFAULT:
            options["budget"] = budget
        try:
            outcome, lines, data, interrupted = _regions(
                claim, p, q, as_map=as_map, quiet=quiet, options=options
            )
        except (SearchInputError, PlainFunctionError, ExecutorUnavailableError) as error:
            raise InputError(str(error)) from None
        if as_json:
            from ..verdicts.files import write_json
            from ..verdicts.verdict_json import to_json_text

            write_json("-", to_json_text(data))
        else:
            click.echo("\n".join(lines))
        return _exit_code(claim, outcome, interrupted=interrupted, exit_zero=exit_zero)
    interrupted = False
    with progress_of_search(quiet=quiet) as progress:
        try:
            result = search(
                claim,
                budget=budget,
                seed=seed,
                time=time,
                jobs=jobs,
                executor=executor,
                p=p,
                q=q,
                dim=dim,
                journal=journal,
                progress=progress,
            )
        except SearchInterrupted as stop:
            result, interrupted = stop.result, True
        except (
            *(SearchInputError, ExecutorUnavailableError),
            *(JournalError, PlainFunctionError),
        ) as error:
            raise InputError(str(error)) from None
        except OSError as error:
            raise InputError(f"{journal} can not be used: {error.strerror or error}") from None
    if as_json:
        from ..verdicts.files import write_json
        from ..verdicts.verdict_json import to_json_text

        write_json("-", to_json_text(found_json(claim, result)))
    else:
        options = {"p": p, "q": q, "dim": dim, "time": time, "budget": budget, "seed": seed}
        given = (f" --{name} {value}" for name, value in options.items() if value is not None)
        click.echo("\n".join(found_lines(claim, result, f"{quote(id_)}{''.join(given)}")))
    outcome = _Outcome(result.kind is not None, result.tested, result.said)
    return _exit_code(claim, outcome, interrupted=interrupted, exit_zero=exit_zero)


class _Outcome(NamedTuple):
    """Whether something was found, whether anything was tested, and why nothing was."""

    found: bool
    tested: bool
    said: str


def _exit_code(claim: Claim, outcome: _Outcome, *, interrupted: bool, exit_zero: bool) -> int:
    """Return 1 if something was found, 0 if nothing was, 2 if nothing was tested, and say so."""
    if interrupted:
        click.echo("sparsity-audit: interrupted; this is what there was so far", err=True)
        return INTERRUPTED
    if not outcome.tested:
        click.echo(f"sparsity-audit: {claim.id}: {outcome.said}", err=True)
        return NOTHING_TESTED
    return NOT_ALL_PROVED if outcome.found and not exit_zero else 0


def _regions(
    claim: Claim,
    p: Fraction | None,
    q: Fraction | None,
    *,
    as_map: bool,
    quiet: bool,
    options: dict[str, Any],
) -> tuple[_Outcome, list[str], dict[str, Any], bool]:
    """Return what a map, or a search for the first length, came to; its lines, and its JSON.

    And whether Ctrl-C cut it short.
    """
    from numeric_check.hunt.exponent_map import (
        GRID,
        LENGTHS,
        RegionInterrupted,
        first_n,
        map_region,
        pairs,
    )
    from symbolic_proofs.claims.catalogue import CATALOGUE

    from ..text import exponents as table
    from ..text.exponent_values import proved_where
    from .progress import progress_of

    seed, interrupted = options["seed"], False
    if as_map:
        proved = proved_where(claim, CATALOGUE)
        grid = (p, q) if p and q else GRID
        with progress_of("map", len(pairs(grid)), quiet=quiet) as done:
            try:
                points = map_region(claim, grid, done=done, **options)
            except RegionInterrupted as stop:
                points, interrupted = cast("tuple[Point, ...]", stop.reached), True
        lines = list(table.map_lines(claim, points, proved))
        results = [point.result for point in points]
        outcome = _Outcome(
            any(result.kind is not None for result in results),
            any(result.tested for result in results),
            results[-1].said if results else "",
        )
        return outcome, lines, table.map_json(claim, points, proved, seed), interrupted
    assert p is not None
    assert q is not None
    with progress_of("lengths", LENGTHS, quiet=quiet) as done:
        try:
            found = first_n(claim, p, q, done=done, **options)
        except RegionInterrupted as stop:
            found, interrupted = cast("FirstLength", stop.reached), True
    lines = list(table.length_lines(claim, p, q, found))
    refuted = found.length is not None
    said = found.result.said if found.result else ""
    outcome = _Outcome(refuted, refuted or bool(found.effective), said)
    return outcome, lines, table.length_json(claim, p, q, found, seed), interrupted


def found_json(claim: Claim, result: SearchResult) -> dict[str, Any]:
    """Return a search result as JSON; with a counterexample it is a file for `check`."""
    from symbolic_proofs.language.serialization import to_wire

    from ..verdicts.verdict_json import SCHEMA

    data: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": result.kind or "nothing",
        "claim": claim.id,
        "formula": to_wire(claim.statement),
    }
    if result.witness is not None:
        data["witness"] = result.witness.to_json()
    if result.certificate is not None:
        data["certificate"] = result.certificate.to_json()
    return {
        **data,
        "seed": result.seed,
        "candidates": result.candidates,
        "effective": result.effective,
        "covered": dict(result.covered),
        "best_margin": result.best,
        "said": result.said,
        "left_out": list(result.limits),
    }


def found_lines(claim: Claim, result: SearchResult, arguments: str) -> list[str]:
    """Return the lines that show a search result."""
    from numeric_check.hunt.search_result import FOUND
    from symbolic_proofs.notation.api import to_text

    from ..text.table import witness_line
    from ..text.verdict import counterexample_lines

    heading = f"{claim.id} ({claim.locator}): "
    lines = [f"  claim      {to_text(claim.statement)}"]
    if result.kind == "counterexample":
        assert result.witness is not None
        assert result.certificate is not None
        entry = {"witness": result.witness.to_json(), "certificate": result.certificate.to_json()}
        lines = [heading + "counterexample", *lines, *counterexample_lines(claim, entry)]
    elif result.witness is not None:
        found = f"  witness    {witness_line(result.witness.to_json())}"
        lines = [heading + FOUND[result.kind or ""], *lines, found]
    else:
        lines = [heading + result.said, *lines]
    if result.candidates:
        tried = f"{result.candidates} candidates, {result.effective} met the premises"
        lines.append(f"  tried      {tried}")
    if result.kind is None:
        lines += [f"  covered    {name}: {number}" for name, number in result.covered.items()]
        if result.best is not None:
            lines.append(f"  nearest    relative margin {result.best:.3g}")
    if result.kind != "counterexample":
        lines += [f"  limits     {limit}" for limit in result.limits]
    return [*lines, f"  again      sparsity-audit search {arguments}"]
