"""Numbers as text: a vector or a matrix, in one plain grammar, so that no entry is guessed.

    file       lines in UTF-8, with or without a byte order mark, ended by LF or CR LF
    line       blank, or a row; what follows # is a comment
    row        numbers, one SEPARATOR between each two and none at the ends
    SEPARATOR  the same in the whole file: a comma, a semicolon or a tab, with or without blanks
               beside it, or else blanks, as many as there are
    number     [+-] digits [. digits] [e [+-] digits], or . digits: finite, and 0 only where it is
               written as 0; no leading zeros, so that 0,05 and 1,000 are not read as two numbers
    header     the first row may be names, one a column, each beginning with a letter

All rows have the same number of entries. One row, or one number a line, is a vector; anything else
is a matrix. A first row of whole numbers, all others with a point or an exponent, might be a header
or not, and so might 0, 1, 2, .. above numbers with a point: it is refused. So is a file without a
header each row of which is two whole numbers with a bare comma between them: 0,5 is 0.5 in half of
the world. So is everything else, with the line and the column, counted from 1, and what to do.
"""

from __future__ import annotations

import re
from array import array as typed_array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from .errors import TensorFileError

__all__ = ["read_numbers", "read_rows"]

_NUMBER = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
#: a row that is one number to those who write decimals with a comma
_DECIMAL = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?")
_BLANK = " \t\r\n"
#: separators, and what they are called
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", " ": "blanks"}
#: no names of columns, but marks of missing or infinite entries
_NO_NAMES = frozenset({"nan", "inf", "infinity", "na", "n/a", "null", "none", "nil", "missing"})


def read_numbers(path: Path) -> NDArray[Any]:
    """Return the numbers of a text file; TensorFileError, with line and column, for others."""
    with path.open(encoding="utf-8-sig") as file:
        return read_rows(str(path), file)


def read_rows(source: str, lines: Iterable[str]) -> NDArray[Any]:
    """Return the numbers of lines; errors begin with `source`."""
    rows = _Rows(source)
    try:
        for number, line in enumerate(lines, 1):
            rows.add(number, line.partition("#")[0].rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise TensorFileError(
            f"{source}: not a text file in UTF-8; save it as plain text, or as .npy"
        ) from error
    return rows.array()


class _Rows:
    """The rows of a file, as far as it has been read."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._numbers = typed_array("d")
        # what separates entries, how many a row has, and the lines that say so
        self._separator, self._separated_in = " ", 0
        self._columns, self._counted_in = 0, 0
        # where the first row stands, as long as it may be a header of digits
        self._digits: tuple[int, int] | None = None
        self._counting = self._whole_below = self._point_below = False
        # where the first row stands, as long as all may be numbers with a decimal comma
        self._decimal: tuple[int, int] | None = None
        self._two_ways = True

    def add(self, number: int, row: str) -> None:
        """Read one more line."""
        if not row.strip(_BLANK):
            return
        self._find_separator(number, row)
        words = [row[start:stop] for start, stop in self._places(row)]
        self._two_ways &= _DECIMAL.fullmatch(row.strip(_BLANK)) is not None
        self._decimal = self._decimal or (number, self._places(row)[0][0])
        if self._columns or not all(map(_is_name, words)):
            self._read(number, row, words)
        if not self._columns:
            self._columns, self._counted_in = len(words), number
        elif len(words) != self._columns:
            place = min(len(words) - 1, self._columns)
            self._refuse(
                number,
                self._places(row)[place][0],
                f"the number of entries is {len(words)} here and {self._columns} in line "
                f"{self._counted_in}; give all rows as many, and write 0 for what is 0",
            )

    def _find_separator(self, number: int, row: str) -> None:
        found = [sign for sign in (",", ";") if sign in row]
        if len(found) == 2:
            self._refuse(
                number,
                max(map(row.index, found)),
                "commas and semicolons in one row; use one of them, and write 0.5 for 0,5",
            )
        inside = row.strip(" ")
        separator = next((sign for sign in (*found, "\t", " ") if sign in inside), None)
        if separator is None:
            return
        if not self._separated_in:
            self._separator, self._separated_in = separator, number
        elif separator != self._separator:
            self._refuse(
                number,
                row.index(separator, len(row) - len(row.lstrip(" "))),
                f"{_SEPARATORS[separator]} between entries, {_SEPARATORS[self._separator]} in line "
                f"{self._separated_in}; use one separator",
            )

    def _places(self, row: str) -> list[tuple[int, int]]:
        """Return where each entry of a row begins and ends."""
        if self._separator == " ":
            return [match.span() for match in re.finditer("[^ ]+", row)]
        places, start = [], 0
        for part in row.split(self._separator):
            begin = start + len(part) - len(part.lstrip(_BLANK))
            places.append((begin, max(begin, start + len(part.rstrip(_BLANK)))))
            start += len(part) + 1
        return places

    def _read(self, number: int, row: str, words: Sequence[str]) -> None:
        first = not self._numbers
        for place, word in enumerate(words):
            value = float(word) if _NUMBER.fullmatch(word) else np.nan
            # of 1e400 and 1e-400 a float keeps nothing
            if not abs(value) < np.inf or (value == 0 and not _is_zero(word)):
                column = self._places(row)[place][0]
                self._refuse(number, column, self._fault(word, place, len(words)))
            self._numbers.append(value)
        if not first and self._digits is None:
            return
        whole = [_WHOLE.fullmatch(word) is not None for word in words]
        if not first:
            self._whole_below |= any(whole)
            self._point_below |= not all(whole)
        elif not self._columns and all(whole):
            self._digits = number, self._places(row)[0][0]
            start = int(words[0])
            counted = [str(n) for n in range(start, start + len(words))]
            self._counting = len(words) > 1 and start <= 1 and counted == list(words)

    def array(self) -> NDArray[Any]:
        """Return what has been read."""
        if not self._numbers:
            raise TensorFileError(f"{self._source}: holds no numbers; write one at least")
        if self._digits and self._point_below and (self._counting or not self._whole_below):
            self._refuse(
                *self._digits,
                "whole numbers above numbers with a point may be a header; put # before it if it "
                "is one, and else write 1.0 for 1",
            )
        if self._two_ways and self._decimal:
            self._refuse(
                *self._decimal,
                "1,5 may be one number or two; write 1.5 for one, and a semicolon or a blank "
                "after the comma for two",
            )
        values = np.frombuffer(self._numbers)
        rows = len(values) // self._columns
        return values if 1 in (rows, self._columns) else values.reshape(rows, self._columns)

    def _fault(self, word: str, place: int, count: int) -> str:
        """Return what is wrong with an entry, and what to do."""
        if not word:
            sign = _SEPARATORS[self._separator].removeprefix("a ")
            where = f"after the last {sign}" if place else f"before the first {sign}"
            where = f"between two {sign}s" if 0 < place < count - 1 else where
            return f"no number {where}; write the number, or remove the {sign}"
        shown = ascii(word if len(word) <= 40 else word[:40] + "...")
        if _NUMBER.fullmatch(word):
            fault = "too large" if float(word) else "too close to 0"
            return f"{shown} is {fault} for a float; scale all entries, I stays the same"
        if word.lstrip("+-").lower() in _NO_NAMES:
            return f"{shown} is not a finite number; give the entry a value, or remove the row"
        if re.fullmatch(r"[+-]?0[0-9.]+", word):
            return (
                f"{shown} begins with 0; remove the 0, and if the comma belongs to a number, "
                "write 0.05 for 0,05 and 1000 for 1,000"
            )
        if any(sign in word for sign in _BLANK):
            used = _SEPARATORS[self._separator]
            return f"{shown} is not one number; {used} separates entries in this file"
        if "_" in word and _NUMBER.fullmatch(word.replace("_", "")):
            return f"{shown} is not a number here; write {word.replace('_', '')}"
        return f"{shown} is not a number; write numbers as 12, -0.5 or 1e-3, and words after #"

    def _refuse(self, line: int, index: int, fault: str) -> NoReturn:
        raise TensorFileError(f"{self._source}, line {line}, column {index + 1}: {fault}")


def _is_name(word: str) -> bool:
    name = word.strip("\"'")
    return name[:1].isalpha() and name.lower() not in _NO_NAMES


def _is_zero(word: str) -> bool:
    return not any(digit in "123456789" for digit in word.lower().partition("e")[0])
