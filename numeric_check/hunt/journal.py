"""The journal of a long search: one line a finished piece, so that a killed run can go on.

The first line says what is searched: the claim as stated, the seed, the version and the options.
Each other line is one piece, with a checksum. A run killed at any moment loses the piece it was at:
a last line without its end, or with a wrong checksum, is dropped. A wrong line before that is
damage, and refused.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from ..certifier.errors import NumericCheckError
from .candidate import Trial
from .pieces import Piece

VERSION = 1


class JournalError(NumericCheckError, ValueError):
    """A journal that belongs to another search, or is damaged; one line that says which."""


class Journal:
    """Finished pieces by number, kept in a file; a context manager that holds the file open."""

    def __init__(self, path: str | os.PathLike[str], identity: dict[str, Any]):
        """Open or create the journal at `path` for the search with this `identity`.

        Raises JournalError for the journal of another search, one that is damaged, or a file that
        can not be read or written.
        """
        self.path = Path(path)
        self.pieces: dict[int, Piece] = {}
        header = {"version": VERSION, **identity}
        try:
            text = self.path.read_bytes() if self.path.exists() else b""
            end = self._read(text, header)
            self._file: IO[bytes] = open(self.path, "r+b" if text else "w+b")  # noqa: SIM115
            self._file.truncate(end)
            self._file.seek(end)
            if end == 0:
                self._write(header)
        except OSError as error:
            raise JournalError(f"{self.path}: {error.strerror}") from error

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, piece: Piece) -> None:
        """Record a finished piece; it is on the disk when this returns."""
        if piece.number not in self.pieces:
            self.pieces[piece.number] = piece
            self._write(_piece_to_json(piece))

    def _write(self, data: dict[str, Any]) -> None:
        body = json.dumps(data, sort_keys=True, allow_nan=False)
        self._file.write(f"{_checksum(body)} {body}\n".encode())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, text: bytes, header: dict[str, Any]) -> int:
        """Read the pieces; return where the last whole line ends."""
        end = 0
        lines = text.split(b"\n")
        for number, line in enumerate(lines[:-1]):
            data = _parse(line)
            if data is None:
                if number == len(lines) - 2:
                    break  # cut off in the middle of a write
                raise JournalError(
                    f"{self.path}: line {number + 1} is damaged; start a new journal"
                )
            if number == 0:
                self._compare(data, header)
            else:
                piece = _piece_from_json(data)
                self.pieces[piece.number] = piece
            end += len(line) + 1
        if end == 0 and text and not _checksummed(lines[0], header):
            raise JournalError(f"{self.path} is not the journal of a search; name another file")
        return end

    def _compare(self, data: dict[str, Any], header: dict[str, Any]) -> None:
        for name, value in header.items():
            if data.get(name) != value:
                raise JournalError(
                    f"{self.path} is the journal of another search: its {name} is "
                    f"{_short(data.get(name))}, not {_short(value)}; name another file"
                )


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _checksummed(line: bytes, header: dict[str, Any]) -> bool:
    """Tell whether a cut-off first line is the beginning of this search's own header."""
    body = json.dumps(header, sort_keys=True, allow_nan=False)
    return f"{_checksum(body)} {body}\n".encode().startswith(line)


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        checksum, body = line.decode().split(" ", 1)
        data = json.loads(body) if checksum == _checksum(body) else None
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _piece_to_json(piece: Piece) -> dict[str, Any]:
    return {
        "number": piece.number,
        "candidates": piece.candidates,
        "effective": piece.effective,
        "covered": piece.covered,
        "best": piece.best,
        "sure": [[which, trial.to_json()] for which, trial in piece.sure],
        "maybe": [[which, trial.to_json()] for which, trial in piece.maybe],
    }


def _piece_from_json(data: dict[str, Any]) -> Piece:
    try:
        found = {
            name: [(int(which), Trial.from_json(trial)) for which, trial in data[name]]
            for name in ("sure", "maybe")
        }
        return Piece(
            number=int(data["number"]),
            candidates=int(data["candidates"]),
            effective=int(data["effective"]),
            covered={str(k): int(v) for k, v in data["covered"].items()},
            best=None if data["best"] is None else float(data["best"]),
            **found,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JournalError("a line of the journal is not a piece; start a new journal") from error


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
