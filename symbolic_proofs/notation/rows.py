"""Formulas in LaTeX as rows of signs, with the places between them at which a line may end.

A place is the weaker the higher its level: connectives come first, then relations, sums, products.
Inside of round brackets a line ends at connectives and relations alone, and less readily than
outside; inside of anything else it does not end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

CONNECTIVE, BINDING, RELATION, ADDITION, MULTIPLICATION, DIGITS = range(6)
#: what a bracket adds to the levels inside of it
DEEPER = 6
#: how much smaller what is raised or lowered is
SCRIPT = 0.72

_LETTER, _SIGN, _WORD_LETTER, _BRACKET, _COMMA = 0.56, 1.45, 0.46, 0.4, 0.45
_WIDTHS = {
    **dict.fromkeys((" ", r"\left", r"\right", r"\displaystyle"), 0.0),
    **dict.fromkeys("()[]|", _BRACKET),
    **dict.fromkeys((r"\lvert", r"\rvert", r"\lVert", r"\rVert", r"\{", r"\}"), _BRACKET),
    **dict.fromkeys((",", r"\ "), _COMMA),
    **dict.fromkeys("=<>+-", _SIGN),
    **dict.fromkeys((r"\le", r"\ge", r"\ne", r"\in", r"\approx", r"\cdot"), _SIGN),
    **{r"\sum": 1.4, r"\min": 1.8, r"\max": 1.9, r"\iff": 2.4, r"\implies": 2.4, r"\dots": 1.3},
    **{r"\colon": 0.5, r"\,": 0.17, r"\quad": 1.0, r"\qquad": 2.0},
}


@dataclass(frozen=True, slots=True)
class Sign:
    """What stays on one line, and about how wide it is, in em.

    `words` is set where it is words, which running text has outside of mathematics; `broken` is
    how a bracket is written whose two sides may come to stand on two lines.
    """

    latex: str
    width: float
    words: str = ""
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line may end: the `gap` there if it does not, the `lead` of the next if it does."""

    level: int
    gap: str = ""
    lead: str = ""


class Row:
    """A formula in LaTeX: its signs, and the places between them."""

    __slots__ = ("parts",)

    def __init__(self, *parts: Sign | Place) -> None:
        self.parts = parts

    def __add__(self, other: Written) -> Row:
        return Row(*self.parts, *as_row(other).parts)

    def __radd__(self, other: str) -> Row:
        return Row(*as_row(other).parts, *self.parts)

    def __str__(self) -> str:
        return "".join(p.gap if isinstance(p, Place) else p.latex for p in self.parts)

    @property
    def width(self) -> float:
        """About how wide it is on one line, in em."""
        return sum(p.width if isinstance(p, Sign) else width_of(p.gap) for p in self.parts)

    def held(self) -> Row:
        """Return the row as one sign: no line ends in it."""
        return Row(Sign(str(self), self.width))

    def bracketed(self) -> Row:
        """Return the row as it is inside of round brackets."""
        kept = (self._inside(part) for part in self.parts)
        return Row(*(part for part in kept if part is not None))

    @staticmethod
    def _inside(part: Sign | Place) -> Sign | Place | None:
        if isinstance(part, Sign):
            return part
        if part.level in (ADDITION, MULTIPLICATION):
            return Sign(part.gap, width_of(part.gap)) if part.gap else None
        return replace(part, level=part.level + DEEPER)


#: a line of text, or a row
Written = str | Row


def as_row(written: Written) -> Row:
    """Return what is written as a row."""
    if isinstance(written, Row):
        return written
    return Row(Sign(written, width_of(written))) if written else Row()


def row(latex: str, level: int | None = None, width: float | None = None) -> Row:
    """Return a sign, with a place before it at which a line may end."""
    shown = Sign(latex, width_of(latex) if width is None else width)
    return Row(shown) if level is None else Row(Place(level), shown)


def in_words(text: str, level: int | None = None) -> Row:
    """Return words within a formula, with a place before them at which a line may end."""
    shown = Sign(rf"\text{{{text}}}", _WORD_LETTER * len(text), words=text)
    return Row(shown) if level is None else Row(Place(level), shown)


def join(between: Written, parts: Iterable[Written]) -> Written:
    """Return the parts, with what is between them."""
    written: Written = ""
    for number, part in enumerate(parts):
        written = written + between + part if number else part
    return written


def width_of(latex: str) -> float:
    """Return about how wide a few signs and letters are in the style of a display, in em."""
    total, start = 0.0, 0
    while start < len(latex):
        end = start + 1
        if latex[start] == "\\":
            end += 1
            while latex[start + 1].isalpha() and latex[end : end + 1].isalpha():
                end += 1
        total += _WIDTHS.get(latex[start:end], _LETTER)
        start = end
    return total
