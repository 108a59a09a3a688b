"""Lines by which GitHub marks, in the file of a pull request, what is not as it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..errors import as_expected
from .table import evidence_line, verdict_word

if TYPE_CHECKING:
    from ..verdicts.verdict_json import Record

_PROBLEM = re.compile(r"(.+?):(\d+):(\d+): (.*)\Z", re.S)


def github_lines(records: Sequence[Record], problems: Sequence[str]) -> Iterator[str]:
    """Yield a line for each problem in a file, and for each claim and step that is not expected."""
    for problem in problems:
        if (found := _PROBLEM.match(problem)) is not None:
            path, line, column, said = found.groups()
            yield f"::error file={_value(path)},line={line},col={column}::{_text(said)}"
    for entry in records:
        if "paper" not in entry:
            continue
        for part in (*(entry["author_steps"] or ()), entry):
            if not as_expected(part):
                word = "expected " + part["expected"] if part["expected"] else ""
                said = "; ".join(filter(None, (part["id"], word, evidence_line(part))))
                where = f"file={_value(entry['paper'])},line={part['line']}"
                yield f"::error {where},title={_value(verdict_word(part))}::{_text(said)}"


def _text(said: str) -> str:
    return said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(said: str) -> str:
    return _text(said).replace(":", "%3A").replace(",", "%2C")
