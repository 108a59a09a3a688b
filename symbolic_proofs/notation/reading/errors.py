"""What is wrong with a text, where, and what to write."""

from __future__ import annotations

from ...language.names import LanguageError

#: how much of a long line is shown around the place
_WINDOW = 100


class ReadError(LanguageError):
    """A text that cannot be read; `start` and `end` are the place, the message says what to write.

    As a text it is the message, the line, and a caret below the place.
    """

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = start + 1 if end is None else end
        self.text = ""

    def __str__(self) -> str:
        return f"{self.message}\n{self.pointed()}" if self.text.strip() else self.message

    def pointed(self) -> str:
        """Return the line of the place, with a caret below it."""
        start = min(self.start, len(self.text))
        first = self.text.rfind("\n", 0, start) + 1
        line = self.text[first:].split("\n", 1)[0]
        shift = start - first
        width = max(1, min(self.end, first + len(line)) - start)
        if len(line) > _WINDOW:
            cut = max(0, min(shift - _WINDOW // 2, len(line) - _WINDOW))
            line, shift = line[cut : cut + _WINDOW], shift - cut
            width = max(1, min(width, len(line) - shift))
        return f"  {line}\n  {' ' * shift}{'^' * width}"
