"""Lines that fit the terminal, or 80 columns where the output goes elsewhere.

What is too long is broken at blanks, and goes on below where it began: under the text behind a
label, or four columns further in. A command is broken so that it can still be copied.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator

#: where no terminal says how wide it is, and the least that is taken from one
COLUMNS, _LEAST = 80, 40
#: the blanks, the label and the blanks before what a line says
_LABEL = re.compile(r" *(?:[a-z]+(?: [a-z0-9]+)* {2,}|\d+\. +)?(?=\S)")
#: an option stays beside its value
_OPTION, _HELD = re.compile(r"( --[a-z-]+) (?=[0-9])"), "\0"
_COMMAND = re.compile(r"(?<!\S)sparsity-audit [a-z]")


def columns() -> int:
    """Return how wide results may be."""
    if not sys.stdout.isatty():
        return COLUMNS
    return max(_LEAST, shutil.get_terminal_size((COLUMNS, 24)).columns)


def fitted(lines: Iterable[str], width: int | None = None) -> list[str]:
    """Return lines, those that are too long broken at blanks."""
    wide = width or columns()
    return [
        piece.replace(_HELD, " ")
        for line in lines
        for piece in _fitted(_OPTION.sub(rf"\1{_HELD}", line), wide)
    ]


def _fitted(line: str, width: int) -> Iterator[str]:
    if len(line) <= width:
        yield line
        return
    found, command = _LABEL.match(line), _COMMAND.search(line)
    label = found[0] if found else ""
    indent = " " * (len(label) if label.strip() else len(label) + 4)
    begins = command.start() if command else len(line)
    now, place, quoted = label, len(label), False
    for word in line[len(label) :].split(" "):
        is_command = place >= begins
        room = width - 2 if is_command else width
        if now.strip() and now != label and len(now) + 1 + len(word) > room:
            # within quotes a statement goes on, outside of them the shell is told
            yield now + (" \\" if is_command and place > begins and not quoted else "")
            now = indent + word
        else:
            now += word if now == label else f" {word}"
        quoted ^= is_command and word.count("'") % 2 == 1
        place += len(word) + 1
    yield now
