"""What can go wrong in a run, and the exit code that says so.

| code | meaning                                                    |
|------|------------------------------------------------------------|
| 0    | every claim asked for is proved, or what its author says   |
|      | is expected; of a file that is checked all evidence is     |
|      | confirmed, that of refutations too                         |
| 1    | some claim is refuted, undefined, open or vacuous; a part  |
|      | of a file is refused, open or not checked; of two runs     |
|      | some verdict changed                                       |
| 2    | usage or input error; a search that could test nothing     |
| 3    | the program contradicts itself, or fails on a claim        |
| 130  | stopped by Ctrl-C; 143 by SIGTERM                          |

    AuditError
    ├── InputError                 what was asked for cannot be done
    ├── Contradiction              a defect of the program
    ├── RefusedError               evidence that does not show what it is said to show
    │   └── ShownError             good evidence beside which something else is shown
    ├── NoCodeError                a counterexample that no lines of NumPy show
    └── Interrupted                the run was stopped
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

#: the names of the verdicts
VERDICTS = ("proved", "refuted", "undefined", "open")
NOT_ALL_PROVED = 1
NOT_ALL_CONFIRMED = 1
SOME_CHANGED = 1
INPUT_ERROR = 2
NOTHING_TESTED = 2
CONTRADICTION = 3
INTERRUPTED = 130
#: how the line on a contradiction ends
DEFECT = "this is a defect of the program"


def exit_code(records: Iterable[Mapping[str, Any]], *, exit_zero: bool = False) -> int:
    """Return the exit code for the records of a run, and say on standard error what failed in it.

    `exit_zero` is for verdicts, not for failures of the program.
    """
    entries = [part for entry in records for part in (*(entry["author_steps"] or ()), entry)]
    failures = {entry["id"]: said for entry in entries if (said := failure_in(entry))}
    if failures:
        for id_, said in failures.items():
            click.echo(f"sparsity-audit: {said if id_ in said else f'{id_}: {said}'}", err=True)
        if any(said.endswith(DEFECT) for said in failures.values()):
            click.echo("sparsity-audit: no verdict of this run can be relied on", err=True)
        return CONTRADICTION
    return 0 if exit_zero or all(map(as_expected, entries)) else NOT_ALL_PROVED


def as_expected(entry: Mapping[str, Any]) -> bool:
    """Tell whether a claim, or a step of an author's, is what is expected: proved if nothing is."""
    if entry["expected"] is not None:
        return bool(entry["expected"] == entry["verdict"])
    return entry["verdict"] == "proved" and not entry["vacuous"]


def failure_in(entry: Mapping[str, Any]) -> str | None:
    """Return how the program failed on the claim of a record, or with a condition added to it."""
    if entry["missing"] is not None:
        return failure_in(entry["missing"]["claim"])
    error: str | None = entry["error"]
    return error


class AuditError(Exception):
    """The root of all errors of this package."""


class InputError(AuditError, click.ClickException):
    """What was asked for cannot be done; the message says why and what to do, in one line.

    `pointed` shows the place of what is wrong, in lines of its own.
    """

    exit_code = INPUT_ERROR

    def __init__(self, message: str, pointed: str = "") -> None:
        super().__init__(message)
        self.pointed = pointed


class Contradiction(AuditError):  # noqa: N818
    """A claim both proved and refuted, or a proved step that fails: a defect of the program."""

    def __init__(self, claim_id: str, what: str = "is both proved and refuted") -> None:
        super().__init__(claim_id, what)
        self.claim_id = claim_id
        self.what = what

    def __str__(self) -> str:
        return f"{self.claim_id} {self.what}: {DEFECT}"
