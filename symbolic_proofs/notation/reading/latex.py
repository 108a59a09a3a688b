"""What a line of LaTeX seems to say, as a line that is read.

LaTeX is never settled unseen: products without a sign, `W_1` and `f(x)` have more than one reading
there. So it is answered with a line to look at and copy, or with the place that is not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...language.names import GREEK
from .errors import ReadError

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|[A-Za-z]'*|\s+|.", re.DOTALL)
#: what only says how it looks
_LOOKS = {
    *("left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "quad", "qquad"),
    *("displaystyle", "textstyle", "limits", ",", ";", "!", ":", " ", "(", ")", "[", "]"),
}
#: commands around one argument that is written as it is
_AROUND = {
    *("text", "mathrm", "operatorname", "mathbf", "boldsymbol", "mathbb", "mathcal", "mathit"),
    *("bm", "vec"),
}
_SIGNS = {
    **dict.fromkeys(("le", "leq", "leqslant"), "<="),
    **dict.fromkeys(("ge", "geq", "geqslant"), ">="),
    **dict.fromkeys(("ne", "neq"), "!="),
    **dict.fromkeys(("implies", "Rightarrow", "Longrightarrow", "to"), "=>"),
    **dict.fromkeys(("iff", "Leftrightarrow", "Longleftrightarrow"), "<=>"),
    **dict.fromkeys(("cdot", "times"), "*"),
    **dict.fromkeys(("dots", "ldots", "cdots"), "..."),
    **{"lt": "<", "gt": ">", "in": " in ", "colon": ":", "land": " and ", "lor": " or "},
    **{"forall": "forall ", "exists": "exists ", "neg": "not ", "lnot": "not "},
}
_BARS = {
    **{"lvert": "|(", "rvert": "|)", "vert": "|", "lVert": "||(", "rVert": "||)"},
    **{"Vert": "||", "|": "||"},
}
_OPEN = {"lceil": "⌈", "lfloor": "⌊"}
_CLOSE = {"rceil": "⌉", "rfloor": "⌋"}
_FUNCTIONS = {"ln": "ln", "log": "ln", "exp": "exp", "tanh": "tanh"}
_BIG = {"sum": "sum", "max": "max", "min": "min"}
#: letters that are followed by what they are functions of
_CALLED = {"I", "S"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the line, where it comes from, and whether an operand begins or ends there."""

    text: str
    place: int
    begins: bool = False
    ends: bool = False
    is_called: bool = False


def is_latex(text: str) -> bool:
    """Tell whether a text has a command of LaTeX in it."""
    return "\\" in text


def from_latex(text: str) -> tuple[str, list[int]]:
    """Return the line that LaTeX seems to say, and for each character of it its place in `text`.

    Raises ReadError, with the place, for what is not understood.
    """
    pieces = _with_products(_Reader(text).pieces())
    line = "".join(piece.text for piece in pieces)
    return line, [piece.place for piece in pieces for _ in piece.text]


def _with_products(pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces with a sign between operands that stand side by side."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        beside = before is not None and before.ends and piece.begins
        if beside and not (before is not None and before.is_called and piece.text == "("):
            joined.append(_Piece("*", piece.place))
        joined.append(piece)
    return joined


class _Reader:
    """Goes through the tokens of a text once."""

    def __init__(self, text: str) -> None:
        self.tokens = [(found[0], found.start()) for found in _TOKEN.finditer(text)]
        self.at = 0
        self.bars: list[str] = []
        self.made: list[_Piece] = []

    def pieces(self) -> list[_Piece]:
        """Return the pieces of all tokens."""
        while self.at < len(self.tokens):
            self._next()
        return self.made

    def _add(self, text: str, place: int, **said: bool) -> None:
        self.made.append(_Piece(text, place, **said))

    def _next(self) -> None:
        token, place = self.tokens[self.at]
        self.at += 1
        if token.startswith("\\"):
            self._command(token[1:].rstrip("*"), place)
        elif token.isspace() or token in "$&~":
            pass
        elif token[0].isdigit():
            self._add(token, place, begins=True, ends=True)
        elif token[0].isalpha():
            self._add(token, place, begins=True, ends=True, is_called=token in _CALLED)
        elif token == "|":
            self._bar("|", place)
        elif token in "^_":
            self._script(token, place)
        elif token == "{":
            self.at -= 1
            self._argument()
        elif token in "([":
            self._add(token, place, begins=True)
        elif token in ")]}":
            self._add(token, place, ends=True)
        elif token == ",":
            self._add(", ", place)
        else:
            spaced = token in "=<>:+"
            self._add(f" {token} " if spaced else token, place)

    def _command(self, name: str, place: int) -> None:
        if name in _LOOKS:
            return
        greek = name.removeprefix("var")
        if greek in GREEK:
            self._add(GREEK[greek], place, begins=True, ends=True)
        elif name in _BARS:
            self._bar(_BARS[name], place)
        elif name in _SIGNS:
            sign = _SIGNS[name]
            self._add(f" {sign} " if sign[0] in "<>=!" else sign, place)
        elif name in ("frac", "dfrac", "tfrac"):
            self._fraction(place)
        elif name == "sqrt":
            self._add("sqrt", place, begins=True)
            self._argument()
        elif name in _AROUND:
            self._argument(bare=True)
        elif name in _FUNCTIONS:
            self._function(_FUNCTIONS[name], place)
        elif name in _BIG:
            self._big(_BIG[name], place)
        elif name in _OPEN:
            self._add(_OPEN[name], place, begins=True)
        elif name in _CLOSE:
            self._add(_CLOSE[name], place, ends=True)
        elif name in ("{", "}"):
            self._add(name, place, begins=name == "{", ends=name == "}")
        elif name == "infty":
            self._add("oo", place, begins=True, ends=True)
        elif name == "\\":
            pass
        else:
            raise ReadError(
                f"this is LaTeX, and \\{name} is not understood: write it as plain text",
                place,
                place + len(name) + 1,
            )

    def _bar(self, bar: str, place: int) -> None:
        sign, side = bar.rstrip("()"), bar[-1]
        ends = bool(self.made) and self.made[-1].ends
        closes = side == ")" or (side != "(" and ends and sign in self.bars)
        if closes and self.bars:
            self.bars.pop()
            self._add(sign, place, ends=True)
        else:
            self.bars.append(sign)
            self._add(sign, place, begins=True)

    def _script(self, sign: str, place: int) -> None:
        called = bool(self.made) and self.made[-1].is_called and sign == "_"
        self.made.append(_Piece(sign, place))
        group = self._group()
        if not group:
            raise ReadError(f"nothing stands behind this {sign}", place)
        if len(group) > 1 and sign == "^":
            inner = [_Piece("(", place), *group, _Piece(")", place)]
        elif len(group) > 1:
            inner = [_Piece("{", place), *group, _Piece("}", place)]
        else:
            inner = group
        self.made += inner[:-1]
        last = inner[-1]
        self.made.append(_Piece(last.text, last.place, ends=True, is_called=called))
        first = self.made[-len(inner)]
        self.made[-len(inner)] = _Piece(
            first.text, first.place, ends=first.ends, is_called=first.is_called
        )

    def _fraction(self, place: int) -> None:
        self._add("(", place, begins=True)
        self._argument()
        self._add("/", place)
        self._argument()
        self._add(")", place, ends=True)

    def _function(self, name: str, place: int) -> None:
        self._add(name, place, begins=True)
        self._skip_spaces()
        following = self.tokens[self.at][0] if self.at < len(self.tokens) else ""
        if following in ("(", "\\left", "\\bigl", "\\big", "\\Big", "\\Bigl"):
            return
        self._add("(", place)
        self.made += self._group()
        self._add(")", place, ends=True)

    def _big(self, name: str, place: int) -> None:
        parts: dict[str, list[_Piece]] = {}
        self._skip_spaces()
        while self.at < len(self.tokens) and self.tokens[self.at][0] in "^_":
            sign = self.tokens[self.at][0]
            self.at += 1
            parts[sign] = self._group()
            self._skip_spaces()
        below = "".join(piece.text for piece in parts.get("_", []))
        above = "".join(piece.text for piece in parts.get("^", []))
        index, _, first = below.replace(" ", "").partition("=")
        if not parts:  # max(x, y)
            self._add(name, place, begins=True, is_called=True)
        elif not below or not index.isalpha() or (above and first != "1"):
            raise ReadError(
                f"how far does this {name} run? write {name}_{{i=1..N}}", place, place + 4
            )
        else:
            self._add(f"{name}_{{{index}=1..{above or 'N'}}} ", place, begins=True)

    def _argument(self, *, bare: bool = False) -> None:
        """Add the next group, in brackets where it has parts."""
        place = self.tokens[self.at][1] if self.at < len(self.tokens) else 0
        group = self._group()
        word = "".join(piece.text for piece in group if piece.text != "*")
        if bare and len(group) > 1 and word.isalnum():
            group = [_Piece(word, place, begins=True, ends=True, is_called=True)]
        if len(group) > 1 or (self.made and self.made[-1].text == "sqrt"):
            group = [
                _Piece("(", place, begins=self.made[-1:] == [] or self.made[-1].text != "sqrt"),
                *group,
                _Piece(")", place, ends=True),
            ]
        self.made += group

    def _group(self) -> list[_Piece]:
        """Return the pieces of the next token, or of what is in braces."""
        self._skip_spaces()
        if self.at >= len(self.tokens):
            place = self.tokens[-1][1] if self.tokens else 0
            raise ReadError("something is missing at the end of this LaTeX", place)
        outer, self.made = self.made, []
        bars, self.bars = self.bars, []
        if self.tokens[self.at][0] == "{":
            place = self.tokens[self.at][1]
            self.at += 1
            while self.at < len(self.tokens) and self.tokens[self.at][0] != "}":
                self._next()
            if self.at >= len(self.tokens):
                raise ReadError("this { is not closed", place)
            self.at += 1
        else:
            self._next()
        found, self.made, self.bars = self.made, outer, bars
        return _with_products(found)

    def _skip_spaces(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at][0].isspace():
            self.at += 1
