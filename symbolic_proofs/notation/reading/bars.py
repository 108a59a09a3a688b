"""Which bar opens and which closes.

|x| and ||W||_p use one sign for both sides. A bar that follows an operand closes what such a bar
opened last; every other bar opens. Each bar becomes a private character, so that the grammar sees
brackets; the text keeps its length and its places.
"""

from __future__ import annotations

import re

from .errors import ReadError

#: what opened -> the characters for the sides
_SIDES = {"|": ("\ue000", "\ue001"), "‖": ("\ue002", "\ue003"), "||": ("\ue004", "\ue005")}
_OPERAND = re.compile(r"[\w)\]}'⌉⌋∞\ue001\ue003\ue005]\Z")
_BIG = re.compile(r"(?:sum|max|min|Σ|∑)\s*_\s*\Z")
_WORD = re.compile(
    r"(?:\b(?:and|or|not|all|every|some|with|that|for|in|is|are|forall|exists)|∀|∃)\s*\Z"
)
#: the longest word above, and space
_LOOK_BACK = 40


def _ends_operand(marked: list[str]) -> bool:
    before = "".join(marked[-_LOOK_BACK:]).rstrip()
    if not _OPERAND.search(before) or _WORD.search(before):
        return False
    return before[-1] != "}" or not _ends_range(marked)


def _ends_range(marked: list[str]) -> bool:
    """Tell whether the last brace closes the range of a sum, whose body follows."""
    depth = 0
    for place in range(len(marked) - 1, -1, -1):
        depth += (marked[place] == "}") - (marked[place] == "{")
        if marked[place] == "{" and depth == 0:
            return bool(_BIG.search("".join(marked[max(0, place - _LOOK_BACK) : place])))
    return False


def mark_bars(text: str) -> str:
    """Return the text with its bars marked; raises ReadError for a bar that is not closed."""
    marked: list[str] = []
    opened: list[tuple[str, int]] = []
    place = 0
    while place < len(text):
        bar = "||" if text.startswith("||", place) else text[place]
        if bar not in _SIDES:
            marked.append(text[place])
            place += 1
            continue
        closes = bool(opened) and _ends_operand(marked)
        if closes and bar == "||" and opened[-1][0] == "|":
            bar = "|"
        if closes and bar == opened[-1][0]:
            opened.pop()
            marked += _SIDES[bar][1] * len(bar)
        else:
            if bar == "||" and text.startswith("|||", place):
                raise ReadError(
                    "three bars can be read in two ways: write abs(...) for the outer pair",
                    place,
                    place + 3,
                )
            opened.append((bar, place))
            marked += _SIDES[bar][0] * len(bar)
        place += len(bar)
    if opened:
        bar, at = opened[-1]
        what = "an absolute value" if bar == "|" else "a norm"
        raise ReadError(
            f"this bar opens {what} that is not closed: write another {bar}, or abs(...)",
            at,
            at + len(bar),
        )
    return "".join(marked)
