"""The tests in a claims file: each claim is one, and what cannot be read in the file is another.

A claim passes if its verdict is the one expected, or proved where nothing is expected; so must the
steps of its derivation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ..errors import as_expected
from ..inputs.claims_file import load_paper
from ..inputs.expectations import with_expectations
from ..inputs.paper import PaperClaim
from ..text.verdict import verdict_lines
from ..verdicts.one_claim import Hunt
from ..verdicts.run import settle_one
from ..verdicts.verdict_json import Record


class ClaimsFile(pytest.File):
    """A claims file."""

    def collect(self) -> Iterator[pytest.Item]:
        paper = load_paper(str(self.path))
        if paper.problems:
            yield Problems.from_parent(self, name="text", problems=paper.problems)
        for entry in paper.entries:
            yield ClaimTest.from_parent(self, name=entry.claim.id, entry=entry)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value)


class _Fails(Exception):  # noqa: N818
    """A test has failed; the message is all that is to be said."""


class _Test(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, _Fails):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class Problems(_Test):
    """Fails by what cannot be read in a file, a line each."""

    def __init__(self, *, problems: Sequence[str], **named: Any) -> None:
        super().__init__(**named)
        self.problems = problems

    def runtest(self) -> None:
        raise _Fails("\n".join(self.problems))


class ClaimTest(_Test):
    """Settles a claim with the steps of its derivation."""

    def __init__(self, *, entry: PaperClaim, **named: Any) -> None:
        super().__init__(**named)
        self.entry = entry

    def runtest(self) -> None:
        reference = f"{self.path}:{self.name}"
        settled = with_expectations(settle_one(reference, Hunt()))
        parts: list[Record] = [*(settled["author_steps"] or ()), settled]
        if not all(map(as_expected, parts)):
            again = f"sparsity-audit verify {reference}"
            raise _Fails("\n".join(verdict_lines(self.entry.claim, settled, again, reference)))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, self.entry.line - 1, f"claim {self.name}"
