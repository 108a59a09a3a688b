"""The journal of a long search: which search it is, and each finished piece."""

from __future__ import annotations

import os
from typing import Any

from ..journal import JournalError, JournalFile
from .candidate import Trial
from .pieces import Piece

VERSION = 1


class Journal(JournalFile):
    """Finished pieces by number, kept in a file."""

    run = "search"

    def __init__(self, path: str | os.PathLike[str], identity: dict[str, Any]):
        """Open or create the journal at `path` for the search with this `identity`.

        Raises JournalError, as `JournalFile` does.
        """
        self.pieces: dict[int, Piece] = {}
        super().__init__(path, {"version": VERSION, **identity})

    def add(self, piece: Piece) -> None:
        """Record a finished piece; it is on the disk when this returns."""
        if piece.number not in self.pieces:
            self.pieces[piece.number] = piece
            self.write(_piece_to_json(piece))

    def _take(self, data: dict[str, Any]) -> None:
        piece = _piece_from_json(data)
        self.pieces[piece.number] = piece


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
