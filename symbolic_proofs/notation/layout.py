"""Rows broken into lines as one would by hand.

Where a formula has to be broken depends on the page: a column may be half as wide as another. So
each formula comes in several shapes, from one line to narrow ones, and TeX takes the first that
fits (the macro `fit` of the appendix measures them). The widths here are estimates, good enough to
choose where to break; what fits is decided by TeX.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .rows import ADDITION, DEEPER, MULTIPLICATION, RELATION, Place, Row, Sign, width_of

#: widths in em for which shapes are made: a page, a wide and a narrow column
WIDTHS = (31.0, 23.0, 17.0, 12.0)

_INDENT, _SHORT = 1.0, 8.0
#: in running text, where TeX would not end a line by itself
_RATHER_NOT = r"\penalty900 "


def shapes(row: Row) -> list[str]:
    """Return a formula in its shapes, the widest first; a short one has no other."""
    found = [str(row)]
    for width in WIDTHS:
        if row.width > width:
            broken = _stacked(lines(row, width))
            if broken not in found:
                found.append(broken)
    return found


def aligned_shapes(rows: Sequence[Row], *, at_relation: bool = False) -> list[str]:
    """Return formulas one below the other, in their shapes.

    A formula that begins with its relation goes on from the one above. The widest shape is aligned
    at the relations if that is wanted, all others at the left.
    """
    if len(rows) == 1:
        return shapes(rows[0])
    sides = [_sides(row) for row in rows] if at_relation else [None]
    found = [_aligned([f"{s[0]}&{s[1]}" for s in sides if s])] if None not in sides else []
    for width in (max(row.width for row in rows), *WIDTHS):
        written: list[str] = []
        for row in rows:
            first, *rest = lines(row, width)
            indent = r"\quad " if _goes_on(row) else ""
            written += [f"&{indent}{first}", *(rf"&\quad {line}" for line in rest)]
        shape = _aligned(written)
        if shape not in found:
            found.append(shape)
    return found


def on_page(rows: Sequence[Row], *, at_relation: bool = False) -> str:
    """Return formulas one below the other, in the shape for a page."""
    found = aligned_shapes(rows, at_relation=at_relation)
    is_wide = any(row.width > WIDTHS[0] for row in rows)
    return found[1] if is_wide and len(found) > 1 else found[0]


def lines(row: Row, width: float) -> list[str]:
    """Return the lines of a formula, none much wider than `width` em if that can be."""
    pieces = _pieces(row)
    if row.width <= width or len(pieces) == 1:
        return [str(row).strip()]
    return [line.latex.strip() for line in _lines(pieces, width)]


def in_text(row: Row) -> str:
    """Return a formula for running text, its words outside of mathematics: lines may end there."""
    written, run = "", ""
    has_words = any(isinstance(part, Sign) and part.words for part in row.parts)
    for part in row.parts:
        if isinstance(part, Place):
            run += part.gap
            if part.level == MULTIPLICATION and row.width > WIDTHS[-1]:
                run += _RATHER_NOT
        elif part.words:
            written += _run(run) + part.words
            run = ""
        else:
            # no bracket grows with what stands in two pieces of mathematics
            run += part.broken if has_words and part.broken else part.latex
    return written + _run(run)


def _run(formula: str) -> str:
    """Return a formula between words; a space that it ends with is one between words."""
    spaced = formula.endswith("\\ ")
    bare = formula.removesuffix("\\ ").strip()
    return (f"${bare}$" if bare else "") + (" " if spaced else "")


def _goes_on(row: Row) -> bool:
    """Tell whether a formula begins with its relation."""
    first = row.parts[0]
    return isinstance(first, Place) and first.level == RELATION


def _sides(row: Row) -> tuple[str, str] | None:
    """Return a relation's left side, and the rest; None for a formula that is no plain relation."""
    if _goes_on(row):
        return "", str(row).strip()
    for place, part in enumerate(row.parts):
        if place and isinstance(part, Place) and part.level <= RELATION:
            if part.level < RELATION:
                return None
            return str(Row(*row.parts[:place])).strip() + " ", str(Row(*row.parts[place:])).strip()
    return None


def _stacked(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _aligned([f"&{parts[0]}", *(rf"&\quad {part}" for part in parts[1:])])


def _aligned(rows: Sequence[str]) -> str:
    return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A part of a formula that stays on one line, and the place before it."""

    latex: str
    width: float
    before: Place

    def __add__(self, other: _Line) -> _Line:
        gap = other.before.gap
        width = self.width + width_of(gap) + other.width
        return _Line(self.latex + gap + other.latex, width, self.before)

    def leading(self) -> _Line:
        """Return the part as it is where it begins a line."""
        lead = self.before.lead
        return _Line(lead + self.latex, width_of(lead) + self.width, self.before)


def _pieces(row: Row) -> list[_Line]:
    """Return the parts of a formula between the places at which lines may end."""
    pieces = [_Line("", 0.0, Place(0))]
    for part in row.parts:
        if isinstance(part, Sign):
            pieces[-1] += _Line(part.broken or part.latex, part.width, Place(0))
        elif pieces[-1].latex.strip():
            pieces.append(_Line("", 0.0, part))
    return pieces


def _lines(pieces: Sequence[_Line], width: float) -> list[_Line]:
    whole = _joined(pieces).leading()
    if whole.width <= width or len(pieces) == 1:
        return [whole]
    level = min(piece.before.level for piece in pieces[1:])
    groups: list[list[_Line]] = [[pieces[0]]]
    for piece in pieces[1:]:
        if piece.before.level == level:
            groups.append([])
        groups[-1].append(piece)
    rows: list[_Line] = []
    # Relations and connectives begin a line unless what they follow is short; sums and products
    # fill it.
    fills = level % DEEPER >= ADDITION
    for group in groups:
        added = _joined(group)
        room = width if len(rows) <= 1 else width - _INDENT
        if rows and (fills or rows[-1].width < _SHORT) and (rows[-1] + added).width <= room:
            rows[-1] += added
        else:
            rows += _lines(group, width - _INDENT if rows else width)
    return rows


def _joined(pieces: Sequence[_Line]) -> _Line:
    first, *others = pieces
    for piece in others:
        first += piece
    return first
