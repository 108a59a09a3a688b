"""`sparsity-audit search`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from ..errors import INTERRUPTED, NOT_ALL_PROVED
from ..options import exponent_option, hunting

if TYPE_CHECKING:
    from numeric_check.regions import FirstLength, Point


@click.command(
    "search",
    epilog="Example: sparsity-audit search criteria.robin-hood --p 2 --q 4; "
    "sparsity-audit search criteria.robin-hood --map --budget 5000; "
    "sparsity-audit search criteria.robin-hood --first-n --p 1/4 --q 1/2",
)
@click.argument("id_", metavar="ID")
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
@click.option("--exit-zero", is_flag=True, help="Exit with 0 also when a counterexample is found.")
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
    """Hunt for a counterexample of one claim. Exit code 0: none was found.

    What is found is made rational, as small as it gets, and certified. With --map or --first-n
    the budget is for each point or length, and smaller where it is not given.
    """
    from numeric_check.executors import ExecutorUnavailableError
    from numeric_check.journal import JournalError
    from numeric_check.plain_calls import PlainFunctionError
    from numeric_check.search import SearchInputError, SearchInterrupted, search

    from ..errors import InputError
    from ..progress import progress_of_search
    from ..selection import check_exponents, claim_of

    claim = claim_of(id_)
    check_exponents(claim, p, q)
    if as_map or first_n:
        if (as_map and first_n) or any(option is not None for option in (dim, journal, time)):
            raise InputError(
                "--map and --first-n are one or the other, without --dim, --time and --journal"
            )
        if as_map and (p is None) != (q is None):
            raise InputError("--map takes both --p and --q, or neither for a grid")
        if first_n and (p is None or q is None):
            raise InputError("--first-n needs --p and --q, such as --p 1/4 --q 1/2")
        own = click.get_current_context().get_parameter_source("budget")
        options: dict[str, Any] = {"seed": seed, "jobs": jobs, "executor": executor}
        if own is not ParameterSource.DEFAULT:
            options["budget"] = budget
        try:
            lines, data, interrupted = _regions(
                claim, p, q, as_map=as_map, quiet=quiet, options=options
            )
        except (SearchInputError, PlainFunctionError, ExecutorUnavailableError) as error:
            raise InputError(str(error)) from None
        if as_json:
            from ..artefacts import write_json
            from ..verdict_json import to_json_text

            write_json("-", to_json_text(data))
        else:
            click.echo("\n".join(lines))
        return _interrupted() if interrupted else 0
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
        from ..artefacts import write_json
        from ..verdict_json import to_json_text

        write_json("-", to_json_text(found_json(claim, result)))
    else:
        options = {"p": p, "q": q, "dim": dim, "time": time, "budget": budget, "seed": seed}
        given = (f" --{name} {value}" for name, value in options.items() if value is not None)
        click.echo("\n".join(found_lines(claim, result, f"{id_}{''.join(given)}")))
    if interrupted:
        return _interrupted()
    return NOT_ALL_PROVED if result.kind == "counterexample" and not exit_zero else 0


def _interrupted() -> int:
    click.echo("sparsity-audit: interrupted; this is what there was so far", err=True)
    return INTERRUPTED


def _regions(
    claim: Any,
    p: Fraction | None,
    q: Fraction | None,
    *,
    as_map: bool,
    quiet: bool,
    options: dict[str, Any],
) -> tuple[list[str], dict[str, Any], bool]:
    """Return the map, or the first length that fails, as lines and as JSON.

    And whether Ctrl-C cut it short.
    """
    from numeric_check.regions import (
        GRID,
        LENGTHS,
        RegionInterrupted,
        first_n,
        map_region,
        pairs,
    )
    from symbolic_proofs.claims.catalogue import CATALOGUE

    from .. import exponent_table as table
    from ..exponents import proved_where
    from ..progress import progress_of

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
        return lines, table.map_json(claim, points, proved, seed), interrupted
    assert p is not None
    assert q is not None
    with progress_of("lengths", LENGTHS, quiet=quiet) as done:
        try:
            found = first_n(claim, p, q, done=done, **options)
        except RegionInterrupted as stop:
            found, interrupted = cast("FirstLength", stop.reached), True
    lines = list(table.length_lines(claim, p, q, found))
    return lines, table.length_json(claim, p, q, found, seed), interrupted


def found_json(claim: Any, result: Any) -> dict[str, Any]:
    """Return a search result as JSON; with a counterexample it is a file for `check`."""
    from symbolic_proofs.language.wire import to_wire

    from ..verdict_json import SCHEMA

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
    }


def found_lines(claim: Any, result: Any, arguments: str) -> list[str]:
    """Return the lines that show a search result."""
    from symbolic_proofs.language.printing import to_text

    from ..show import counterexample_lines
    from ..table import witness_line

    again = f"  again      sparsity-audit search {arguments}"
    claimed = f"  claim      {to_text(claim.statement)}"
    tried = f"  tried      {result.candidates} candidates, {result.effective} met the premises"
    heading = f"{claim.id} ({claim.locator}): "
    if result.kind == "counterexample":
        entry = {"witness": result.witness.to_json(), "certificate": result.certificate.to_json()}
        shown = counterexample_lines(claim, entry)
        return [heading + "counterexample", claimed, *shown, tried, again]
    if result.kind is not None:
        meaning = {
            "existence": "an example of what is said to exist",
            "universal": "a candidate for a failure at every value of the quantified variables",
        }[result.kind]
        found = f"  witness    {witness_line(result.witness.to_json())}"
        return [heading + meaning, claimed, found, tried, again]
    if result.note:
        return [heading + result.note, claimed, again]
    lines = [heading + f"not refuted in {result.effective} effective trials", claimed, tried]
    if result.rule_of_three is not None:
        lines.append(
            "  bound      at 95 % fewer than "
            f"{result.rule_of_three:.1e} of such trials are counterexamples"
        )
    lines += [f"  covered    {name}: {number}" for name, number in result.covered.items()]
    if result.best is not None:
        lines.append(f"  nearest    relative margin {result.best:.3g}")
    return [*lines, again]
