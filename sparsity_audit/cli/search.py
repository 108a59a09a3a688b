"""`sparsity-audit search`."""

from __future__ import annotations

from fractions import Fraction
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click
from click.core import ParameterSource

from ..errors import INTERRUPTED, NOT_ALL_PROVED, NOTHING_TESTED
from .options import (
    ANY_CLAIMS,
    claims_asked,
    executor_options,
    exit_zero_option,
    exponent_option,
    hunting,
    jobs_option,
    json_option,
    quiet_option,
)
from .progress import progress_of, progress_of_search

if TYPE_CHECKING:
    from numeric_check.hunt.exponent_map import FirstLength, Point
    from symbolic_proofs.language.claim import Claim


HELP = """\
Hunt for a counterexample of a claim, or for an example of what it says to exist.

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
@claims_asked(ANY_CLAIMS)
@exponent_option("--p", "Keep to this p, such as 1/2.")
@exponent_option("--q", "Keep to this q.")
@click.option("--dim", type=click.IntRange(min=1), metavar="N", help="Keep to N entries.")
@click.option("--map", "as_map", is_flag=True, help="A grid of p and q: proved, refuted or open.")
@click.option("--first-n", is_flag=True, help="The least length that fails, at --p and --q.")
@json_option
@hunting
@jobs_option
@executor_options
@exit_zero_option
@quiet_option
def command(
    ids: tuple[str, ...],
    keyword: str | None,
    p: Fraction | None,
    q: Fraction | None,
    dim: int | None,
    as_map: bool,
    first_n: bool,
    json_path: str | None,
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
    from ..errors import InputError
    from ..inputs.asked_for import check_exponents, named_claims
    from ..text.fitted import fitted
    from ..verdicts.writing import check_writable

    if (as_map or first_n) and ((as_map and first_n) or (dim, journal, time) != (None,) * 3):
        raise InputError(
            "--map and --first-n are one or the other, without --dim, --time and --journal"
        )
    if as_map and (p is None) != (q is None):
        raise InputError("--map takes both --p and --q, or neither for a grid")
    if as_map and p is not None and q is not None and p >= q:
        raise InputError(f"--map is of exponents p < q: p = {p}, q = {q} does not fit")
    if first_n and (p is None or q is None):
        raise InputError("--first-n needs --p and --q, such as --p 1/4 --q 1/2")
    claims = named_claims(ids, keyword)
    for claim in claims.values():
        check_exponents(claim, p, q)
    if len(claims) > 1 and (json_path is not None or journal is not None):
        raise InputError(f"--json and --journal are for one claim: ask for {next(iter(claims))}")
    check_writable(json_path, None)
    options: dict[str, Any] = {"seed": seed, "jobs": jobs, "executor": executor}
    own = click.get_current_context().get_parameter_source("budget")
    if not (as_map or first_n) or own is not ParameterSource.DEFAULT:
        options["budget"] = budget
    codes: list[int] = []
    for reference, claim in claims.items():
        if as_map or first_n:
            outcome = _regions(claim, p, q, as_map=as_map, quiet=quiet, options=options)
        else:
            options |= {"p": p, "q": q, "dim": dim, "time": time, "journal": journal}
            outcome = _search(reference, claim, quiet=quiet, options=options)
        if json_path is not None:
            from ..verdicts.json_text import to_json_text
            from ..verdicts.writing import write_json

            write_json(json_path, to_json_text(outcome.data))
        if json_path != "-":
            click.echo("\n" * bool(codes) + "\n".join(fitted(outcome.lines)))
        codes.append(_exit_code(claim, outcome, exit_zero=exit_zero))
        if outcome.interrupted:
            return INTERRUPTED
    return max(codes)


class _Outcome(NamedTuple):
    """What a search came to: its lines, its JSON, and whether Ctrl-C cut it short.

    And whether something was found, whether anything was tested, and why nothing was.
    """

    lines: list[str]
    data: dict[str, Any]
    interrupted: bool
    found: bool
    tested: bool
    said: str


def _search(reference: str, claim: Claim, *, quiet: bool, options: dict[str, Any]) -> _Outcome:
    from numeric_check.functions.calls import PlainFunctionError
    from numeric_check.hunt.search import SearchInputError, SearchInterrupted, search
    from numeric_check.journal import JournalError
    from numeric_check.parallel.workers import ExecutorUnavailableError

    from ..errors import InputError
    from ..text.found import found_json, found_lines

    interrupted = False
    with progress_of_search(quiet=quiet) as progress:
        try:
            result = search(claim, progress=progress, **options)
        except SearchInterrupted as stop:
            result, interrupted = stop.result, True
        except (
            *(SearchInputError, ExecutorUnavailableError),
            *(JournalError, PlainFunctionError),
        ) as error:
            raise InputError(str(error)) from None
        except OSError as error:
            said = f"{options['journal']} cannot be used: {error.strerror or error}"
            raise InputError(said) from None
    shown = ("p", "q", "dim", "time", "budget", "seed")
    given = (f" --{name} {options[name]}" for name in shown if options[name] is not None)
    return _Outcome(
        found_lines(claim, result, f"{quote(reference)}{''.join(given)}"),
        found_json(claim, result),
        interrupted,
        result.kind is not None,
        bool(result.tested),
        result.said,
    )


def _exit_code(claim: Claim, outcome: _Outcome, *, exit_zero: bool) -> int:
    """Return 1 if something was found, 0 if nothing was, 2 if nothing was tested, and say so."""
    if outcome.interrupted:
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
) -> _Outcome:
    """Return what a map, or a search for the first length, came to."""
    from numeric_check.functions.calls import PlainFunctionError
    from numeric_check.hunt.search import SearchInputError
    from numeric_check.parallel.workers import ExecutorUnavailableError

    from ..errors import InputError

    try:
        if as_map:
            return _map(claim, p, q, quiet=quiet, options=options)
        assert p is not None
        assert q is not None
        return _first_length(claim, p, q, quiet=quiet, options=options)
    except (SearchInputError, PlainFunctionError, ExecutorUnavailableError) as error:
        raise InputError(str(error)) from None


def _map(
    claim: Claim, p: Fraction | None, q: Fraction | None, *, quiet: bool, options: dict[str, Any]
) -> _Outcome:
    from numeric_check.hunt.exponent_map import GRID, RegionInterrupted, map_region, pairs
    from symbolic_proofs.claims.catalogue import CATALOGUE

    from ..text.exact_region import proved_region
    from ..text.exponent_values import proved_where
    from ..text.exponents import map_json, map_lines

    interrupted = False
    proved, exact = proved_where(claim, CATALOGUE), proved_region(claim, CATALOGUE)
    grid = (p, q) if p and q else GRID
    with progress_of("map", len(pairs(grid)), quiet=quiet) as done:
        try:
            points = map_region(claim, grid, done=done, **options)
        except RegionInterrupted as stop:
            points, interrupted = cast("tuple[Point, ...]", stop.reached), True
    results = [point.result for point in points]
    return _Outcome(
        list(map_lines(claim, points, proved, exact)),
        map_json(claim, points, proved, exact, options["seed"]),
        interrupted,
        any(result.kind is not None for result in results),
        any(result.tested for result in results),
        results[-1].said if results else "",
    )


def _first_length(
    claim: Claim, p: Fraction, q: Fraction, *, quiet: bool, options: dict[str, Any]
) -> _Outcome:
    from numeric_check.hunt.exponent_map import LENGTHS, RegionInterrupted, first_n

    from ..text.exponents import length_json, length_lines

    interrupted = False
    with progress_of("lengths", LENGTHS, quiet=quiet) as done:
        try:
            found = first_n(claim, p, q, done=done, **options)
        except RegionInterrupted as stop:
            found, interrupted = cast("FirstLength", stop.reached), True
    refuted = found.length is not None
    return _Outcome(
        list(length_lines(claim, p, q, found)),
        length_json(claim, p, q, found, options["seed"]),
        interrupted,
        refuted,
        refuted or bool(found.effective),
        found.result.said if found.result else "",
    )
