"""Each example on the page of the language is read, and reads back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symbolic_proofs import read, to_statement

PAGE = Path(__file__).resolve().parents[2] / "docs" / "language.md"
_BLOCK = re.compile(r"```claims\n(.*?)```", re.DOTALL)
_CELL = re.compile(r"`([^`]+)`")


def examples() -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines() if line]
    rows = [row for row in text.splitlines() if row.startswith("|") and "`" in row]
    cells = [cell.replace(r"\|", "|") for row in rows for cell in _CELL.findall(row)]
    return lines + cells


@pytest.mark.parametrize("line", examples())
def test_an_example_is_read_and_reads_back(line):
    statement = read(line)
    for ascii in (False, True):
        assert read(to_statement(statement, ascii=ascii)) == statement


def test_there_is_an_example_for_each_head_of_the_language():
    page = " ".join(examples())
    for word in (
        *("sqrt", "exp", "ln", "tanh", "abs", "floor", "ceil", "max", "min", "sign", "len", "sort"),
        *("repeat", "window", "sum_", "max_", "#{", "||W||_0", "||W||_oo", "I_{", "S_", "w_(", "×"),
        *("for every", "there is", "such that", "with", "and", "or", "not", "<=>", "=>", "!="),
        *("are zero at the same places", "equal", "measure", "nonnegative", "real", "[0, oo)^n"),
    ):
        assert word in page, word
