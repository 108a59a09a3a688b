"""What can go wrong in a run, and the exit code that says so.

| code | meaning                                                    |
|------|------------------------------------------------------------|
| 0    | every claim asked for is proved; every file checks         |
| 1    | some claim is refuted, undefined or open; a file is refuted|
| 2    | usage or input error; a search that could test nothing     |
| 3    | the program contradicts itself                             |
| 130  | stopped by Ctrl-C                                          |
"""

from __future__ import annotations

import click

NOT_ALL_PROVED = 1
INPUT_ERROR = 2
NOTHING_TESTED = 2
CONTRADICTION = 3
INTERRUPTED = 130


class InputError(click.ClickException):
    """What was asked for can not be done; the message says why and what to do, in one line."""

    exit_code = INPUT_ERROR


class Contradiction(Exception):  # noqa: N818
    """A claim both proved and refuted, or a proved step that fails: a defect of the program."""

    def __init__(self, claim_id: str, what: str = "is both proved and refuted") -> None:
        super().__init__(claim_id, what)
        self.claim_id = claim_id
        self.what = what

    def __str__(self) -> str:
        return (
            f"{self.claim_id} {self.what}: this is a defect of the program; "
            "no verdict of this run can be relied on"
        )
