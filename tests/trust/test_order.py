"""What is answered does not depend on what was asked before, or on the order of sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .answers import answers
from .seeds import seed

ROOT = Path(__file__).resolve().parents[2]


def test_the_order_of_questions_and_hypotheses_changes_no_answer() -> None:
    drawn = seed()
    first = answers(drawn)
    for turned in range(3):
        for one, other in zip(first, answers(drawn, turned), strict=True):
            assert one == other
    assert sum(line.endswith("True") for line in first) > len(first) // 20


def test_no_answer_depends_on_the_hashes_of_strings() -> None:
    drawn = seed()
    shown = [
        subprocess.run(
            [sys.executable, "-m", "tests.trust.answers", str(drawn)],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
                "PYTHONHASHSEED": hashes,
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=True,
        ).stdout.splitlines()
        for hashes in ("1", "2")
    ]
    assert len(shown[0]) > 1_000
    for one, other, here in zip(*shown, answers(drawn), strict=True):
        assert one == other == here
