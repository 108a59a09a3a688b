"""Text files of numbers: one grammar, and what it does not cover is refused, never guessed."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from numeric_check.arrays.errors import TensorFileError
from numeric_check.arrays.files import iter_tensors
from sparsity_audit.cli.main import main


def read(path: Path, text: str) -> NDArray[np.float64]:
    path.write_text(text, encoding="utf-8", newline="")
    [(name, found)] = iter_tensors(path)
    assert name == path.stem
    return np.asarray(found)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7", [7]),
        ("1 2 3\n", [1, 2, 3]),
        ("1\n2\n\n3\n", [1, 2, 3]),
        ("1, 2\n3,4\n", [[1, 2], [3, 4]]),
        ("1;2\n3;4", [[1, 2], [3, 4]]),
        ("1\t2\n3\t4", [[1, 2], [3, 4]]),
        ("  1   2\n3 4   \n", [[1, 2], [3, 4]]),
        ("1 , 2,\t3 # the first row\n\n# nothing\n4,5,6\n", [[1, 2, 3], [4, 5, 6]]),
        ("\ufeffa,b\r\n1,2\r\n3,4\r\n", [[1, 2], [3, 4]]),
        ("+1 -.5 1. 1e3 1E-3 -0 0.0 -0e5", [1, -0.5, 1, 1000, 0.001, 0, 0, 0]),
        ("w\n1\n2.5\n", [1, 2.5]),
        ("first name,\"second\",n3\n1,2,3\n4,5,6", [[1, 2, 3], [4, 5, 6]]),
        ("1\n2\n0.5\n", [1, 2, 0.5]),
        ("5,7\n0.5,0\n", [[5, 7], [0.5, 0]]),
        ("1.0,2.0\n0.5,0.25\n", [[1, 2], [0.5, 0.25]]),
        ("5e-324 1.7976931348623157e308", [5e-324, 1.7976931348623157e308]),
    ],
)  # fmt: skip
def test_what_the_grammar_covers_is_read(text: str, numbers: object, tmp_path: Path) -> None:
    assert read(tmp_path / "numbers.csv", text).tolist() == numbers


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("1,2,,4", 1, 5, "no number between two commas; write the number, or remove the comma"),
        ("1,2\n3,4,\n", 2, 5, "no number after the last comma"),
        (";1;2", 1, 1, "no number before the first semicolon"),
        ("1\t\t2", 1, 3, "no number between two tabs"),
        (",", 1, 1, "no number before the first comma"),
        ("0,5\n1,5\n", 1, 1, "1,5 may be one number or two; write 1.5 for one"),
        ("\n -3,75 # one\n+1,5e3\n", 2, 2, "a semicolon or a blank after the comma for two"),
        ("0,5;1,5", 1, 4, "use one of them, and write 0.5 for 0,5"),
        ("0,5\t1,5", 1, 3, "is not one number; a comma separates entries"),
        ("0,5 1,5", 1, 3, "is not one number; a comma separates entries"),
        ("0,05\n", 1, 3, "'05' begins with 0"),
        ("1,000\n", 1, 3, "'000' begins with 0"),
        ("1 2\n3\n", 2, 1, "the number of entries is 1 here and 2 in line 1"),
        ("1 2\n3 4 5\n", 2, 5, "the number of entries is 3 here and 2 in line 1"),
        ("1\n1 2\n", 2, 3, "the number of entries is 2 here and 1 in line 1"),
        ("a,b\n\n1,2,3\n", 3, 5, "the number of entries is 3 here and 2 in line 1"),
        ("1 2\n3,4\n", 2, 2, "a comma between entries, blanks in line 1; use one separator"),
        ("1;2\n  3 4\n", 2, 4, "blanks between entries, a semicolon in line 1"),
        ("0,1,2\n0.5,0,1\n", 1, 1, "may be a header; put # before it"),
        ("1,2,3\n0.5,0.25,1e-3\n", 1, 1, "may be a header"),
        ("# years\n 2019 2020\n.5 .25\n", 2, 2, "may be a header"),
        ("0\n0.5\n0.25\n", 1, 1, "may be a header"),
        ('"1","2"\n3,4', 1, 1, "is not a number"),
        ("w,2\n3,4", 1, 1, "'w' is not a number"),
        ("1 2\n3 four\n", 2, 3, "'four' is not a number; write numbers as 12, -0.5 or 1e-3"),
        ("a b\nc d\n", 2, 1, "'c' is not a number"),
        ("1_000", 1, 1, "write 1000"),
        ("0x1F", 1, 1, "'0x1F' is not a number"),
        ("1e400 1", 1, 1, "'1e400' is too large for a float; scale all entries"),
        ("1 -1e-400", 1, 3, "'-1e-400' is too close to 0 for a float"),
        ("nan", 1, 1, "'nan' is not a finite number"),
        ("1\n-Infinity\n", 2, 1, "'-Infinity' is not a finite number"),
        ("NaN,inf\n1,2\n", 1, 1, "'NaN' is not a finite number"),
        ("1/2", 1, 1, "'1/2' is not a number"),
        ("1.5.2", 1, 1, "'1.5.2' is not a number"),
        ("--1", 1, 1, "'--1' is not a number"),
        ("1e", 1, 1, "'1e' is not a number"),
        ("\u22121", 1, 1, "is not a number"),
        ("1\u00a02", 1, 1, "is not a number"),
        ("\u0661", 1, 1, "is not a number"),
        ("1\x002", 1, 1, "is not a number"),
        ("1" * 99 + "x", 1, 1, "11...' is not a number"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_anything_else_is_refused_with_its_place(
    text: str, line: int, column: int, said: str, mark: str, tmp_path: Path
) -> None:
    path = tmp_path / "numbers.txt"
    with pytest.raises(TensorFileError) as caught:
        read(path, mark + text)
    assert str(caught.value).startswith(f"{path}, line {line}, column {column}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n", "\ufeff", "a,b\n"])
def test_a_file_without_numbers_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(TensorFileError, match="holds no numbers; write one at least"):
        read(tmp_path / "numbers.txt", text)


@pytest.mark.parametrize("content", [b"\xff\xfe1\x00", b"1 2\xff"])
def test_a_file_that_is_not_text_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "numbers.txt"
    path.write_bytes(content)
    with pytest.raises(TensorFileError, match="not a text file in UTF-8"):
        list(iter_tensors(path))


def test_the_command_says_the_place_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("1,2,,4\n")
    with pytest.raises(SystemExit) as stop:
        main(["measure", str(path)])
    assert stop.value.code == 2
    captured = capfd.readouterr()
    assert "line 1, column 5: no number between two commas" in captured.err
    assert captured.err.count("\n") == 1
    assert not captured.out


FINITE = st.floats(allow_nan=False, allow_infinity=False)
MATRICES = arrays(np.float64, array_shapes(min_dims=1, max_dims=2, max_side=5), elements=FINITE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    matrix=MATRICES,
    separator=st.sampled_from([",", ", ", ";", "\t", " ", "   "]),
    end=st.sampled_from(["\n", "\r\n", " # c\n", "\n\n"]),
    head=st.sampled_from(["", "\ufeff", "# 1 2 3\n"]),
    named=st.booleans(),
)
def test_numbers_written_out_are_read_back(
    matrix: NDArray[np.float64], separator: str, end: str, head: str, named: bool, tmp_path: Path
) -> None:
    rows = np.atleast_2d(matrix)
    lines = [separator.join(map(repr, row.tolist())) for row in rows]
    if named:
        lines.insert(0, separator.join(f"w{place}" for place in range(rows.shape[1])))
    found = read(tmp_path / "numbers.csv", head + "".join(line + end for line in lines))
    expected = rows.reshape(-1) if 1 in rows.shape else rows
    assert found.shape == expected.shape
    assert np.array_equal(found, expected)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(text=st.text("0123459.,; \t\n#-+ex_", max_size=25))
def test_no_entry_is_made_up_or_lost(text: str, tmp_path: Path) -> None:
    path = tmp_path / "numbers.txt"
    try:
        found = read(path, text)
    except TensorFileError as error:
        place = re.search(r", line (\d+), column (\d+): ", str(error))
        assert place or "holds no numbers" in str(error)  # noqa: PT017
        if place:
            line = text.split("\n")[int(place[1]) - 1]
            assert 1 <= int(place[2]) <= len(line) + 1
        return
    rows = [row for line in text.split("\n") if (row := line.partition("#")[0]).strip()]
    assume(not any(row.strip()[0] in "ex" for row in rows[:1]))  # names of columns
    entries = [re.split(r"\s*[,;\t]\s*|\s+", row.strip()) for row in rows]
    assert [float(entry) for row in entries for entry in row] == found.reshape(-1).tolist()
    assert len({len(row) for row in entries}) == 1
