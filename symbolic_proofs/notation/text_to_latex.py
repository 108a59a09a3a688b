"""Formulas in the text form, `t = |w_i|^p ≤ S_p` say, sign by sign as LaTeX.

Reasons, titles and certificates hold them: they need not be whole statements of the language.
Letters side by side are a word, unless all but the last are Greek, or the last alone is a capital;
a single x between blanks is a cross.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language.names import GREEK
from .latex_style import LATEX
from .rows import DIGITS, MULTIPLICATION, RELATION, Place, Row, row

#: the signs that LaTeX takes for commands
ESCAPED = {c: "\\" + c for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': "''",
}
_TOKEN = re.compile(r" x |\d+(?:\.\d+)?(?:e-?\d+)?| *[^\W\d_]{2,} *|<=>|<=|>=|!=|=>|\.\.|\S")
_SIGNS = {
    **{sign: LATEX.signs[sign] for sign in ("=", "!=", "<", "<=", ">", ">=", "+", "-")},
    **{"≤": LATEX.signs["<="], "≥": LATEX.signs[">="], "≠": LATEX.signs["!="]},
    **{"≈": row(r" \approx ", RELATION), "∈": LATEX.signs["in"], "→": row(r" \to ", RELATION)},
    **{"⇒": LATEX.signs["implies"], "=>": LATEX.signs["implies"]},
    **{"⇔": LATEX.signs["iff"], "<=>": LATEX.signs["iff"], "−": LATEX.signs["-"]},
    **{"·": row(r" \cdot ", MULTIPLICATION), "*": row(r" \cdot ", MULTIPLICATION)},
    **dict.fromkeys(("×", " x "), row(r" \times ")),
    **{"∞": LATEX.signs["infinity"], "±": row(r" \pm ")},
    **{"ℝ": LATEX.signs["reals"], "…": row(r"\dots"), "..": row(r", \dots, "), "Σ": row(r"\sum ")},
    **{",": row(", "), ":": row(" : "), ";": row(r";\ "), "{": row(r"\{"), "}": row(r"\}")},
    **{sign: row(sign) for sign in "/[]()!'."},
}
_LETTERS = {letter: LATEX.name(word) for word, letter in GREEK.items()}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BARS = {"|": (r"\lvert ", r"\rvert"), "‖": (r"\lVert ", r"\rVert")}
_FUNCTIONS = ("ln", "min", "max", "tanh")
#: what the sign of a number follows, which is no sign between two terms
_OPENING = {"", *"([{,:;/·*=<>≤≥≠≈∈⇒⇔|‖", "!=", "<=", ">=", "=>", "<=>", ".."}
#: digits from which on a number is broken, and those that stay together
_LONG, _GROUP = 30, 10


def text_to_row(text: str) -> Row:
    """Return a formula in the text form as LaTeX that can be broken into lines."""
    return _row(_TOKEN.findall(text))


def text_to_latex(text: str) -> str:
    """Return a formula in the text form as LaTeX for math mode."""
    return str(text_to_row(text))


def _row(tokens: Sequence[str]) -> Row:
    written = Row()
    bars: list[str] = []
    start = 0
    while start < len(tokens):
        token, before = tokens[start], tokens[start - 1] if start else ""
        end = start + 1
        if token in ("^", "_"):
            inside, end = _script(tokens, end)
            shape = LATEX.power if token == "^" else LATEX.lowered
            written = shape(written, inside)
        elif token in _CLOSING and (closed := _closed(tokens, start)):
            written += LATEX.group(_row(tokens[end : closed - 1]), token)
            end = closed
        elif token in _BARS:
            closes = bool(bars) and bars[-1] == token
            written += row(_BARS[token][closes])
            bars = bars[:-1] if closes else [*bars, token]
        elif token in "+-" and before in _OPENING and not (before in _BARS and not bars):
            written += row(token)
        elif token == "·" and (gap := _gap(before, *tokens[end : end + 1])):
            written += row(gap)
        else:
            spaced = str(written).endswith((" ", " }"))
            written = _beside(written, _sign(token.lstrip() if spaced else token))
        start = end
    return written


def has_sign(sign: str) -> bool:
    """Tell whether a sign or letter beyond ASCII is one of mathematics."""
    return not sign.isascii() and (sign in _SIGNS or sign in _BARS or sign in _LETTERS)


def _script(tokens: Sequence[str], start: int) -> tuple[Row, int]:
    """Return what is raised or lowered, without its brackets, and the place after it."""
    if start < len(tokens) and tokens[start] in ("(", "{") and (end := _closed(tokens, start)):
        return _row(tokens[start + 1 : end - 1]), end
    return _row(tokens[start : start + 1]), start + 1


def _closed(tokens: Sequence[str], start: int) -> int:
    """Return the place after the bracket that closes, 0 if there is no such."""
    waiting: list[str] = []
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token in _CLOSING:
            waiting.append(_CLOSING[token])
        elif token in _CLOSING.values() and waiting.pop() != token:
            return 0
        if not waiting:
            return place + 1
    return 0


def _gap(before: str, after: str = "") -> str:
    """Return what stands for the dot of a product that needs none, "" where it does."""
    if after.strip() in _FUNCTIONS:
        return r"\,"
    number, letter = before.isdigit(), len(after) == 1 and after.isalpha()
    return " " if letter or (after == "(" and not number) else ""


def _sign(token: str) -> Row:
    name = token.strip()
    if token in _SIGNS:
        return _SIGNS[token]
    if token[0].isdigit():
        return _number(token)
    if name in _FUNCTIONS:
        return LATEX.signs["log"] if name == "ln" else row(f"\\{name}")
    if _is_product(name):
        written = Row()
        for letter in name:
            written = _beside(written, _LETTERS.get(letter, row(letter)))
        return written
    return LATEX.words("".join(ESCAPED.get(c, c) for c in token))


def _beside(written: Row, part: Row) -> Row:
    """Return both, with a space where a letter follows a command."""
    before, after = str(written), str(part)
    command = before.rpartition("\\")[2]
    apart = "\\" in before and command.isalpha() and after[:1].isalpha()
    return written + (row(" ") if apart else Row()) + part


def _is_product(name: str) -> bool:
    if not name.isalpha():
        return False
    before = name[:-1]
    return all(letter in _LETTERS for letter in before) or (before.islower() and name[-1].isupper())


def _number(digits: str) -> Row:
    digits, _, exponent = digits.partition("e")
    if exponent:
        power = LATEX.power("10", exponent)
        return power if digits == "1" else _number(digits) + _SIGNS["·"] + power
    if len(digits) <= _LONG:
        return row(digits)
    first, *others = (digits[i : i + _GROUP] for i in range(0, len(digits), _GROUP))
    written = row(first)
    for group in others:
        written += Row(Place(DIGITS, gap=r"\allowbreak ")) + group
    return written
