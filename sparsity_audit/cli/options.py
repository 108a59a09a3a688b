"""Options that commands share: each means the same in all of them.

| option              | says                                                          |
|---------------------|---------------------------------------------------------------|
| `-k WORDS`          | of the claims asked for, those that hold these words          |
| `--json PATH`       | the results as JSON, `-` is standard output                   |
| `-o, --output PATH` | the files or the folder that a command makes                  |
| `-j, --jobs N`      | processes that work at the same time                          |
| `-q, --quiet`       | no progress on standard error                                 |
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from ..verdicts.defaults import DEFAULT_BUDGET, DEFAULT_EFFORT, DEFAULT_SEED
from .completion import complete_claims

Command = TypeVar("Command", bound=Callable[..., Any])

_NUMBER = re.compile(r"[0-9]{1,40}(?:/[0-9]{1,40}|\.[0-9]{1,40})?\Z", re.ASCII)


def exponent(text: str) -> Fraction:
    """Return the exact number > 0 that is written as 2, 1/2 or 0.5."""
    if not _NUMBER.match(text.removeprefix("-")) or re.search(r"/0+\Z", text):
        raise click.BadParameter(f"{text!r} is not a number; write 2, 1/2 or 0.5")
    number = Fraction(text)
    if number <= 0:
        raise click.BadParameter(f"{text} is not above 0, as an exponent must be")
    return number


def seconds(text: str) -> float:
    """Return a time in seconds, > 0 and finite."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise click.BadParameter(f"{text!r} is not a time; write a number of seconds > 0")
    return value


def exponent_option(name: str, says: str, default: str | None = None) -> Callable[..., Any]:
    """Return an option that takes an exponent."""
    return click.option(
        name,
        type=exponent,
        metavar="NUMBER",
        default=default,
        show_default=default is not None,
        help=says,
    )


def hunting(command: Command) -> Command:
    """Add the options that say how much to search: --budget, --time, --seed."""
    timed = click.option(
        "--time",
        type=seconds,
        metavar="SECONDS",
        help="Stop the search of a claim after so many seconds.",
    )
    return budget_option(DEFAULT_BUDGET)(timed(seed_option(command)))


def budget_option(default: int) -> Callable[[Command], Command]:
    """Return --budget."""
    return click.option(
        "--budget",
        type=click.IntRange(min=1),
        metavar="N",
        default=default,
        show_default=True,
        help="Candidates to try for each claim.",
    )


def seed_option(command: Command) -> Command:
    """Add --seed."""
    return click.option(
        "--seed",
        type=click.IntRange(0, 2**63 - 1),
        metavar="N",
        default=DEFAULT_SEED,
        show_default=True,
        help="Where the random candidates begin.",
    )(command)


def effort_option(command: Command) -> Command:
    """Add --effort."""
    return click.option(
        "--effort",
        type=click.IntRange(min=1),
        metavar="N",
        default=DEFAULT_EFFORT,
        show_default=True,
        help="Rules that the proof search may apply for each claim.",
    )(command)


def effort_text(effort: int) -> str:
    """Return the option as it is to be given again, nothing where it is the default."""
    return "" if effort == DEFAULT_EFFORT else f" --effort {effort}"


def cores() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_option(command: Command) -> Command:
    """Add --jobs."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        default=cores,
        show_default="number of cores",
        metavar="N",
        help="Processes that work at the same time.",
    )(command)


def quiet_option(command: Command) -> Command:
    """Add --quiet."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")(
        command
    )


def json_option(command: Command) -> Command:
    """Add --json."""
    return click.option(
        "--json", "json_path", metavar="PATH", help="Write the results here as JSON; - is stdout."
    )(command)


def output_folder(*, required: bool) -> Callable[[Command], Command]:
    """Return --output for a command that makes several files."""
    return click.option(
        "-o",
        "--output",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        required=required,
        metavar="DIR",
        help="Write the files here.",
    )


def exit_zero_option(command: Command) -> Command:
    """Add --exit-zero."""
    return click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")(command)


def claims_asked(metavar: str) -> Callable[[Command], Command]:
    """Return the argument that says which claims a command is about, with -k."""

    def added(command: Command) -> Command:
        command = click.option(
            "-k",
            "keyword",
            metavar="WORDS",
            help="Of these, the claims with WORDS in their id, words, place or section, such as "
            "'norm or cloning', 'A.5 and not amended'.",
        )(command)
        return click.argument("ids", nargs=-1, metavar=metavar, shell_complete=complete_claims)(
            command
        )

    return added


#: what a claim is asked for by, in commands that read Python files too and in those that do not
ANY_CLAIMS = "[ID|STATEMENT|FILE.claims|FILE.py|-]..."
CLAIMS_OF_DOCUMENTS = "[ID|STATEMENT|FILE.claims|-]..."


def verdicts_option(command: Command) -> Command:
    """Add --verdicts."""
    return click.option(
        "--verdicts",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Take the verdicts of a verdicts.json, checked again, instead of a new run.",
    )(command)


def executor_options(command: Command) -> Command:
    """Add --executor and --journal."""
    command = click.option(
        "--journal", type=click.Path(), metavar="FILE", help="Keep finished work here, to go on."
    )(command)
    return click.option(
        "--executor", metavar="NAME", help="processes, dask, or tcp://scheduler:port."
    )(command)
