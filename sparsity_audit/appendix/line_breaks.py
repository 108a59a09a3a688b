"""Long formulas, broken into lines as one would by hand.

Where a formula has to be broken depends on the page: a column may be half as wide as another. So
each formula comes in several shapes, from one line to narrow ones, and TeX takes the first that
fits (the macro `fit` of the style file measures them). The widths here are estimates, good enough
to choose where to break; what fits is decided by TeX.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: widths in em for which shapes are made: a page, a wide and a narrow column
WIDTHS = (31.0, 23.0, 17.0, 12.0)

_PART = re.compile(r"\\text\{[^{}]*\}|\\colon\\ |\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_AFTER = r"\colon\ "
#: signs for which a bracket is not left to grow with its content: no line could end in it
_CONNECTIVES = (r"\iff", r"\implies", r"\colon", r"\text{ and }")
_HELD, _HELD_END = "\x00", "\x01"
#: what opens and what closes a group inside of which no line may end; round brackets are apart
_OPEN = {"{": 1, r"\left": 1, "[": 1, r"\{": 1, "}": -1, r"\right": -1, "]": -1, r"\}": -1}
_RELATIONS = ("=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\in")
#: signs at which a line may break, before the sign, by how readily: 0 first
_BEFORE = {
    **dict.fromkeys((r"\text{ and }", r"\iff", r"\implies", r"\qquad"), 0),
    **dict.fromkeys((r"\text{ such that }", r"\text{ with }"), 1),
    **dict.fromkeys(_RELATIONS, 2),
    **dict.fromkeys(("+", "-"), 3),
    **dict.fromkeys((r"\cdot", r"\,"), 4),
    r"\allowbreak": 5,
}
#: gaps that are left out where a line breaks, and what begins the next one
_GAPS = {r"\,": r"\cdot ", r"\qquad": "", r"\allowbreak": ""}
_WEAKEST = 5
#: inside of brackets, relations and connectives alone, and long numbers if they must
_WEAKEST_INSIDE = 2
_WIDE = {r"\sum": 1.4, r"\min": 1.8, r"\max": 1.9, r"\iff": 2.4, r"\implies": 2.4, r"\dots": 1.3}
#: what a + or - follows that is no sign between two terms
_AFTER_THESE_A_SIGN = ("(", "=", "<", ">", r"\le", r"\ge", r"\ne")
_INDENT, _SHORT = 1.0, 8.0
_SCRIPT = 0.72
_LETTER, _SIGN, _WORD_LETTER, _BRACKET, _COMMA = 0.56, 1.45, 0.46, 0.4, 0.45


def shapes(formula: str) -> list[str]:
    """Return the formula in its shapes, the widest first; a short one has no other."""
    found = [formula]
    for width in WIDTHS:
        if estimate(formula) > width:
            broken = _stacked(lines(formula, width))
            if broken not in found:
                found.append(broken)
    return found


def aligned_shapes(formulas: Sequence[str], *, at_relation: bool = False) -> list[str]:
    """Return formulas one below the other, in their shapes.

    A formula that begins with its relation goes on from the one above. The widest shape is aligned
    at the relations if that is wanted, all others at the left.
    """
    if len(formulas) == 1:
        return shapes(formulas[0])
    sides = [_sides(formula) for formula in formulas] if at_relation else [None]
    found = [_rows([f"{s[0]}&{s[1]}" for s in sides if s])] if None not in sides else []
    for width in (max(map(estimate, formulas)), *WIDTHS):
        rows: list[str] = []
        for formula in formulas:
            first, *rest = lines(formula, width)
            indent = r"\quad " if _goes_on(first) else ""
            rows += [f"&{indent}{first}", *(rf"&\quad {line}" for line in rest)]
        shape = _rows(rows)
        if shape not in found:
            found.append(shape)
    return found


def parts_of(formula: str) -> list[str]:
    """Return the commands, words and signs of a formula, in order."""
    return _PART.findall(formula)


def lines(formula: str, width: float) -> list[str]:
    """Return the lines of a formula, none much wider than `width` em if that can be."""
    return [line.strip() for line in _lines(_pieces(formula), width)]


def _sides(formula: str) -> tuple[str, str] | None:
    """Return a relation's left side, and the rest; None for a formula that is no plain relation."""
    if _goes_on(formula):
        return "", formula
    pieces = _pieces(formula)
    places = [n for n, piece in enumerate(pieces) if n and piece.level <= _BEFORE["="]]
    if not places or pieces[places[0]].level != _BEFORE["="]:
        return None
    before, after = pieces[: places[0]], pieces[places[0] :]
    return _joined(before), _joined(after)


def _goes_on(formula: str) -> bool:
    """Tell whether a formula begins with its relation."""
    return parts_of(formula.lstrip())[0] in _RELATIONS


def _stacked(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _rows([f"&{parts[0]}", *(rf"&\quad {part}" for part in parts[1:])])


def _rows(rows: Sequence[str]) -> str:
    return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a formula that stays on one line, and how readily a line may break before it.

    `joint` stands between it and what comes before it on the same line, `lead` before it where it
    begins a line.
    """

    text: str
    level: int = 0
    joint: str = ""
    lead: str = ""


def _pieces(formula: str) -> list[_Piece]:
    """Return the parts of a formula; it breaks less readily inside of round brackets."""
    pieces: list[_Piece] = []
    text, level, depth, round_depth, joint, lead = "", 0, 0, 0, "", ""
    for part in _PART.findall(_breakable(formula)):
        outside = round_depth
        if part in "()" and not depth and not text.endswith((r"\left", r"\right")):
            round_depth += 1 if part == "(" else -1
        depth += _OPEN.get(part, 0)
        at = None if depth or not text.strip() else _BEFORE.get(part)
        if text.endswith(_AFTER) and not depth:
            at = 1
        inside = at is not None and round_depth and _WEAKEST_INSIDE < at < _WEAKEST
        if at is None or inside or _is_sign_of_number(part, text):
            text += part
            continue
        pieces.append(_Piece(text, level, joint, lead))
        is_gap = part in _GAPS
        joint, lead = (part, _GAPS[part]) if is_gap else ("", "")
        text, level = "" if is_gap else part, at + min(outside, round_depth) * (_WEAKEST + 1)
    return [*pieces, _Piece(text, level, joint, lead)]


def _is_sign_of_number(part: str, before: str) -> bool:
    return part in "+-" and before.rstrip().endswith(_AFTER_THESE_A_SIGN)


def _breakable(formula: str) -> str:
    """Return the formula with brackets of a fixed size where lines are to end in them."""
    while match := _innermost(formula):
        start, end = match
        inside = formula[start + len(r"\left(") : end]
        rest = formula[end + len(r"\right)") :]
        big = any(sign in inside for sign in _CONNECTIVES)
        left, right = (r"\bigl(", r"\bigr)") if big else (_HELD, _HELD_END)
        formula = formula[:start] + left + inside + right + rest
    return formula.replace(_HELD, r"\left(").replace(_HELD_END, r"\right)")


def _innermost(formula: str) -> tuple[int, int] | None:
    """Return where the first bracket that closes opens and closes."""
    end = formula.find(r"\right)")
    start = formula.rfind(r"\left(", 0, end) if end >= 0 else -1
    return None if start < 0 else (start, end)


def _lines(pieces: Sequence[_Piece], width: float) -> list[str]:
    whole = pieces[0].lead + _joined(pieces)
    if estimate(whole) <= width or len(pieces) == 1:
        return [whole]
    level = min(piece.level for piece in pieces[1:])
    groups: list[list[_Piece]] = [[pieces[0]]]
    for piece in pieces[1:]:
        if piece.level == level:
            groups.append([])
        groups[-1].append(piece)
    rows: list[str] = []
    # Relations and connectives begin a line unless what they follow is short; sums and products
    # fill it.
    fills = level % (_WEAKEST + 1) >= _BEFORE["+"]
    for group in groups:
        added = group[0].joint + _joined(group)
        room = width if len(rows) <= 1 else width - _INDENT
        if rows and (fills or estimate(rows[-1]) < _SHORT) and estimate(rows[-1] + added) <= room:
            rows[-1] += added
        else:
            rows += _lines(group, width - _INDENT if rows else width)
    return rows


def _joined(pieces: Sequence[_Piece]) -> str:
    return pieces[0].text + "".join(piece.joint + piece.text for piece in pieces[1:])


def estimate(formula: str) -> float:
    """Return about how wide a formula is in the style of a display, in em."""
    return _width(_PART.findall(formula), 0)[0]


def _width(parts: Sequence[str], start: int) -> tuple[float, int]:
    """Return the width of the parts from `start` to the end of their group, and where that is."""
    total, i = 0.0, start
    while i < len(parts):
        part = parts[i]
        i += 1
        if part == "}":
            break
        if part == r"\frac":
            over, i = _width(parts, i + 1)
            under, i = _width(parts, i + 1)
            total += max(over, under) + 0.25
        elif part in "^_" and i < len(parts) and parts[i] == "{":
            script, i = _width(parts, i + 1)
            total += _SCRIPT * script
        elif part == "{":
            group, i = _width(parts, i)
            total += group
        else:
            total += _width_of(part)
    return total, i


def _width_of(part: str) -> float:
    if part.startswith(r"\text{"):
        return _WORD_LETTER * len(part.removeprefix(r"\text{").removesuffix("}"))
    if part in _WIDE:
        return _WIDE[part]
    if part in _BEFORE:
        return {r"\,": 0.17, r"\qquad": 2.0, r"\allowbreak": 0.0}.get(part, _SIGN)
    if part.isspace() or part in ("^", "_", r"\left", r"\right", r"\displaystyle"):
        return 0.0
    if part in "()[]|" or part in (r"\lvert", r"\rvert", r"\lVert", r"\rVert", r"\{", r"\}"):
        return _BRACKET
    return {r"\quad": 1.0, r"\ ": _COMMA, ",": _COMMA}.get(part, _LETTER)
