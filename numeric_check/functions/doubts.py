"""What keeps a number from answering: remembered, for a function may swallow the exception."""

from __future__ import annotations

from ..certifier.errors import Undecided


class Doubts:
    """What kept a number from answering, should the function swallow the exception."""

    def __init__(self) -> None:
        self._first: Exception | None = None

    def raised(self, error: Exception) -> Exception:
        """Remember an exception, the first of all, and return it."""
        self._first = self._first or error
        return error

    def lacking(self, what: str) -> Exception:
        """Remember that exact numbers do not have what the function needs."""
        return self.raised(Undecided(f"the function needs {what}, which exact numbers lack"))

    def raise_first(self) -> None:
        """Raise the first exception that came up."""
        if self._first is not None:
            raise self._first
