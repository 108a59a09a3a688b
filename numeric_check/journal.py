"""A file of finished work: one line a piece, so that a killed run can go on.

The first line says what is done: the version and the options of the run. Each other line is one
piece, with a checksum. A run killed at any moment loses the piece it was at: a last line without
its end, or with a wrong checksum, is dropped. A wrong line before that is damage, and refused.
"""

from __future__ import annotations

import hashlib
import json
import os
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Self

from .certifier.errors import NumericCheckError


class JournalError(NumericCheckError, ValueError):
    """A journal that belongs to another run, or is damaged; one line that says which."""


class JournalFile(ABC):
    """The lines of a journal, in a context manager that holds the file open.

    `run` is what the work is called, a search say.
    """

    run: ClassVar[str]

    def __init__(self, path: str | os.PathLike[str], identity: dict[str, Any]):
        """Open or create the journal at `path` for the run with this `identity`.

        Raises JournalError for the journal of another run, one that is damaged, or a file that
        cannot be read or written.
        """
        self.path = Path(path)
        try:
            text = self.path.read_bytes() if self.path.exists() else b""
            end = self._read(text, identity)
            self._file: IO[bytes] = open(self.path, "r+b" if text else "w+b")  # noqa: SIM115
            self._file.truncate(end)
            self._file.seek(end)
            if end == 0:
                self.write(identity)
        except OSError as error:
            raise JournalError(f"{self.path}: {error.strerror}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @abstractmethod
    def _take(self, data: dict[str, Any]) -> None:
        """Keep a piece that is read, or raise JournalError."""

    def write(self, data: dict[str, Any]) -> None:
        """Record a piece; it is on the disk when this returns."""
        body = json.dumps(data, sort_keys=True, allow_nan=False)
        self._file.write(f"{_checksum(body)} {body}\n".encode())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, text: bytes, header: dict[str, Any]) -> int:
        """Give on the pieces; return where the last whole line ends."""
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
                self._take(data)
            end += len(line) + 1
        if end == 0 and text and not _checksummed(lines[0], header):
            raise JournalError(f"{self.path} is not the journal of a {self.run}; name another file")
        return end

    def _compare(self, data: dict[str, Any], header: dict[str, Any]) -> None:
        for name, value in header.items():
            if data.get(name) != value:
                raise JournalError(
                    f"{self.path} is the journal of another {self.run}: its {name} is "
                    f"{_short(data.get(name))}, not {_short(value)}; name another file"
                )


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _checksummed(line: bytes, header: dict[str, Any]) -> bool:
    """Tell whether a cut-off first line is the beginning of this run's own header."""
    body = json.dumps(header, sort_keys=True, allow_nan=False)
    return f"{_checksum(body)} {body}\n".encode().startswith(line)


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        checksum, body = line.decode().split(" ", 1)
        data = json.loads(body) if checksum == _checksum(body) else None
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
