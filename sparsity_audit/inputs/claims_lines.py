"""The lines of a claims file: each starts with a word that says what it is, deeper ones go on.

Only the text is looked at here, nothing in it is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from symbolic_proofs.notation.reading import ReadError
from symbolic_proofs.notation.reading.passages import SIGN

from ..errors import InputError

MAX_BYTES = 2**20
#: what a line can start with; those of the second row belong to a claim
OF_FILE = ("paper", "source", "section", "for", "let", "claim")
OF_CLAIM = ("at", "words", "for", "let", "states", "step", "expect")
FIELDS = tuple(dict.fromkeys((*OF_FILE, *OF_CLAIM)))
#: a sign in front of it belongs to what is counted, #{x in W : ..}
_COMMENT = re.compile(r"(^|[ \t])#(?!\{)[^\n]*", re.M)
_FIELD = re.compile(r"[ \t]*([a-z]+)\b[ \t]*:?[ \t]*")
#: what a terminal acts on, what turns the direction of writing, and what has no width
_NO_TEXT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_EXPECT = re.compile(r"\sexpect\s+(\S+)\s*\Z")
_REASON = re.compile(r"\sby(\s.*)\Z", re.S)


@dataclass(frozen=True, slots=True)
class FileLine:
    """What a line says: its word, and where in the text what it says begins and ends."""

    field: str
    start: int
    end: int
    #: whether it is indented, as what belongs to a claim is
    inside: bool
    #: how deep it is; what is deeper goes on
    depth: int


@dataclass(frozen=True, slots=True)
class StepPlaces:
    """Where a step of a derivation has its statement, its reason and the verdict expected."""

    end: int
    reason: str
    expected: str | None
    place: int


def text_of(path: str) -> str:
    """Return the text of a file, comments blanked; raises InputError where it is not text."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not the name of a file"
        raise InputError(f"{path} cannot be read: {reason}") from None
    if len(content) > MAX_BYTES:
        raise InputError(f"{path} is larger than {MAX_BYTES >> 20} MiB: split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: it is not text in UTF-8; save it as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (strange := _NO_TEXT.search(text)) is not None:
        row, column = place_of(text, strange.start())
        raise InputError(f"{path}:{row}:{column}: this is not text: it holds {strange[0]!r}")
    return without_comments(text)


def without_comments(text: str) -> str:
    """Return a text with its comments blanked."""
    return _COMMENT.sub(lambda found: " " * len(found[0]), text)


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of a place, from 1."""
    offset = min(offset, len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def lines_of(text: str) -> Iterator[FileLine | ReadError]:
    """Yield the lines of a file in order, and for one that says nothing what is wrong with it."""
    now: FileLine | None = None
    place = 0
    for raw in text.split("\n"):
        start, place = place, place + len(raw) + 1
        if not raw.strip():
            continue
        bare = raw.lstrip()
        depth = len(raw[: len(raw) - len(bare)].expandtabs())
        end, first = start + len(raw.rstrip()), start + len(raw) - len(bare)
        head = _FIELD.match(raw)
        if now is not None and depth > now.depth and now.field not in ("claim", "section"):
            if now.field != "step" or SIGN.match(bare) is None:
                now = FileLine(now.field, now.start, end, now.inside, now.depth)
                continue
            yield now  # a sign goes on from the right side before
            now = FileLine("step", first, end, True, now.depth)
            continue
        if now is not None:
            yield now
            now = None
        if head is not None and head[1] in FIELDS:
            now = FileLine(head[1], start + min(head.end(), len(raw)), end, depth > 0, depth)
            continue
        word = bare.split()[0]
        near = get_close_matches(word, FIELDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"a line starts with {', '.join(FIELDS)}"
        shown = word if len(word) < 30 else f"{word[:30]}..."
        yield ReadError(f"{shown} says nothing here: {hint}", first, first + len(word))
    if now is not None:
        yield now


def step_of(text: str, line: FileLine) -> StepPlaces:
    """Return the parts of a step: STATEMENT by REASON expect VERDICT."""
    said = text[line.start : line.end]
    expected = _EXPECT.search(said)
    if expected is not None:
        said = said[: expected.start()]
    reason = _REASON.search(said)
    if reason is not None:
        said = said[: reason.start()]
    return StepPlaces(
        end=line.start + len(said),
        reason=" ".join(reason[1].split()) if reason else "",
        expected=expected[1] if expected else None,
        place=line.start + (expected.start(1) if expected else 0),
    )
