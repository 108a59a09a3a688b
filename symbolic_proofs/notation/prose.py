"""From words with plain mathematics in them, `t = |w_i|^p ≤ S_p` say, to LaTeX.

Titles, reasons and certificates are written so. There is no mark-up in them that says where the
mathematics begins: single letters, numbers and the signs between them are mathematics, words of two
letters or more are not, and brackets are what stands inside of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language.names import GREEK

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?)|(?P<letters>[^\W\d_]+)"
    r"|(?P<sign><=|>=|!=|\.\.|\S)"
)
_ESCAPED = {c: "\\" + c for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': "''",
}
#: a Greek letter -> its command; a capital sigma is the sum
_GREEK = {letter: word for word, letter in GREEK.items()} | {"ε": "varepsilon", "Σ": "sum"}
_SIGNS = {
    **{"<=": r"\le", "≤": r"\le", ">=": r"\ge", "≥": r"\ge", "!=": r"\ne", "≠": r"\ne"},
    **{"·": r"\cdot", "×": r"\times", "±": r"\pm", "≈": r"\approx", "−": "-", "∈": r"\in"},
    **{"⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "∞": r"\infty", "ℝ": r"\mathbf{R}"},
    **{"…": r"\dots", "..": r",\dots,", "{": r"\{", "}": r"\}"},
    **{sign: sign for sign in "+-*/=<>()[],'"},
}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BARS = {"|": (r"\lvert", r"\rvert"), "‖": (r"\lVert", r"\rVert")}
_SCRIPTS = ("^", "_")
_FUNCTIONS = ("ln", "min", "max")
#: letters side by side are a product when no English word is spelt so
_PRODUCT = re.compile(r"[^\W\d_aeiouyA-Z]{2,3}\Z|[^\W\d_A-Z]+[A-Z]\Z")

#: digits from which on a number is broken, and those that stay together
_LONG, _GROUP = 30, 10

Token = tuple[str, str]


def words_to_latex(text: str) -> str:
    """Return words with mathematics in them as LaTeX for text mode."""
    tokens = _tokens(text)
    written, start = "", 0
    while start < len(tokens):
        end = _end_of_mathematics(tokens, start)
        if end > start:
            written += f"${_mathematics(tokens[start:end])}$"
            start = end
        else:
            written += plain_to_latex(tokens[start][1])
            start += 1
    return written


def mathematics_to_latex(text: str) -> str:
    """Return a formula written in plain text as LaTeX for math mode."""
    return _mathematics(_tokens(text))


def plain_to_latex(text: str) -> str:
    """Return text for LaTeX, with nothing in it that it would take for a command."""
    return "".join(_ESCAPED.get(c) or (f"${_SIGNS[c]}$" if c in "≤≥≠×…" else c) for c in text)


def _tokens(text: str) -> list[Token]:
    """Return (kind, text): space, number, letter, word, sign or a full stop and its like."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match[0]
        if kind == "letters":
            is_one = len(token) == 1 or token in _FUNCTIONS or _PRODUCT.match(token)
            kind = "letter" if is_one else "word"
        elif kind == "sign" and token not in _SIGNS and token not in _BARS and token not in "^_":
            kind = "stop"
        found.append((kind, token))
    return [_in_place(found, i) for i in range(len(found))]


def _in_place(tokens: Sequence[Token], i: int) -> Token:
    """Return a token as what it is where it stands: "a" may be an article, "x" a cross."""
    kind, token = tokens[i]
    before, after = _beside(tokens, i, -1), _beside(tokens, i, +1)
    spaced = i + 1 < len(tokens) and tokens[i + 1][0] == "space"
    if token == "a" and spaced and after[0] != "sign" and (before[0] != "sign" or before[1] == ","):
        return "word", token
    if token == "x" and before[0] == after[0] == "letter" and before[1] != "a":
        return "sign", "×"
    if token == "'" and i and tokens[i - 1][0] == "word":
        return "stop", token
    if token == "s" and i > 1 and tokens[i - 1][1] == "'" and tokens[i - 2][0] == "word":
        return "word", token
    return kind, token


def _beside(tokens: Sequence[Token], i: int, step: int) -> Token:
    i += step
    while 0 <= i < len(tokens) and tokens[i][0] == "space":
        i += step
    return tokens[i] if 0 <= i < len(tokens) else ("", "")


def _end_of_mathematics(tokens: Sequence[Token], start: int) -> int:
    """Return where the mathematics that begins at `start` ends; `start` if it is none."""
    end = i = start
    if tokens[start][0] == "space":
        return start
    while i < len(tokens):
        kind, token = tokens[i]
        if kind in ("word", "stop") or token == ",":
            break
        hyphen = token == "-" and i and tokens[i - 1][0] != "space"
        if hyphen and i + 1 < len(tokens) and tokens[i + 1][0] == "word":
            break
        if token in _CLOSING:
            i = _closed(tokens, i)
            if not i:
                break
            end = i
            continue
        if token in _CLOSING.values():
            break
        i += 1
        end = i if kind != "space" else end
    return end


def _closed(tokens: Sequence[Token], start: int) -> int:
    """Return the place after the bracket that closes, 0 if there are words inside or no such."""
    depth = 0
    for i in range(start, len(tokens)):
        kind, token = tokens[i]
        if kind in ("word", "stop"):
            return 0
        depth += (token in _CLOSING) - (token in _CLOSING.values())
        if not depth:
            return i + 1
    return 0


def _mathematics(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    open_bars: list[str] = []
    i = 0
    while i < len(tokens):
        kind, token = tokens[i]
        i += 1
        if kind == "space":
            continue
        if token in _SCRIPTS:
            raised, i = _script(tokens, i)
            parts.append(f"{token}{{{raised}}}")
        elif token in _BARS:
            closes = bool(open_bars) and open_bars[-1] == token
            parts.append(_BARS[token][closes])
            if closes:
                open_bars.pop()
            else:
                open_bars.append(token)
        else:
            parts.append(_sign(kind, token))
    return _joined(parts)


def _script(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Return what is raised or lowered, without its brackets, and the place after it."""
    if i < len(tokens) and tokens[i][1] in ("(", "{"):
        end = _closed(tokens, i)
        if end:
            return _mathematics(tokens[i + 1 : end - 1]), end
    return _mathematics(tokens[i : i + 1]), i + 1


def _sign(kind: str, token: str) -> str:
    if kind == "letter" and any(letter in _GREEK for letter in token):
        letters = ["\\" + _GREEK[letter] if letter in _GREEK else letter for letter in token]
        return _joined(letters)
    if kind == "letter":
        return "\\" + token if token in _FUNCTIONS else token
    if kind in ("word", "stop"):
        return rf"\text{{{plain_to_latex(token)}}}"
    if kind == "number" and len(token) > _LONG:
        # A line may end within such a number.
        return r"\allowbreak ".join(token[i : i + _GROUP] for i in range(0, len(token), _GROUP))
    return _SIGNS.get(token, token)


def _joined(parts: Sequence[str]) -> str:
    """Return the parts in a row, a space after a command only where a letter follows."""
    written = ""
    for part in parts:
        if re.search(r"\\[A-Za-z]+\Z", written) and part[0].isalpha():
            written += " "
        written += f" {part} " if part in ("+", "-", "=", "<", ">") and written else part
    return written.rstrip()
