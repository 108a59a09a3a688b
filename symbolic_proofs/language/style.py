"""How the signs of the language are set, in plain text and in LaTeX."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from .names import GREEK

_PARTS = re.compile(r"(.*?)_?(\d*)('*)\Z")


def is_greek(name: str) -> bool:
    """Tell whether a symbol's name stands for a Greek letter."""
    return _parts(name)[0] in GREEK


def _parts(name: str) -> tuple[str, str, str]:
    """Return the letter of a name, its number and its primes."""
    stem, digits, primes = _PARTS.match(name).groups()  # type: ignore[union-attr]
    return (stem, digits, primes) if stem else (name, "", "")


class Style(ABC):
    """The signs of one kind of output."""

    #: comparison, connective or binder -> its sign, with the space around it
    signs: ClassVar[dict[str, str]]
    comma = ", "
    colon = ": "
    gap = " "
    #: whether fractions can be set one above the other
    stacks_fractions = False

    @abstractmethod
    def name(self, name: str) -> str:
        """Return the letter that a symbol's name stands for."""

    @abstractmethod
    def words(self, text: str) -> str:
        """Return words between signs."""

    @abstractmethod
    def group(self, content: str, bracket: str = "(") -> str:
        """Return the content in brackets: "(", "[", "{", "|", "‖" or "⌈"."""

    @abstractmethod
    def power(self, base: str, exponent: str, *, atomic: bool) -> str:
        """Return base to the exponent; `atomic` when the exponent is one letter or number."""

    @abstractmethod
    def subscript(self, base: str, index: str) -> str:
        """Return base with an index."""

    @abstractmethod
    def product(self, factors: Sequence[tuple[str, bool]]) -> str:
        """Return the product; each factor says whether it is a number or one letter."""

    @abstractmethod
    def fraction(self, over: str, under: str) -> str:
        """Return a stacked fraction."""

    @abstractmethod
    def ranged(self, sign: str, index: str, count: str, body: str) -> str:
        """Return Σ, min or max of the body for an index from 1 to count."""

    @abstractmethod
    def below(self, sign: str, condition: str, body: str) -> str:
        """Return Σ or min of the body under a condition."""

    @abstractmethod
    def span(self, index: str, count: str) -> str:
        """Return that an index runs from 1 to count."""

    def set_of(self, elements: Sequence[str]) -> str:
        """Return the set of the elements."""
        return self.group(", ".join(elements), "{")

    def where(self, content: str, condition: str) -> str:
        """Return the content under a condition, 0 without it."""
        return content + self.words(" where ") + condition + self.words(", else 0")

    def magnitude(self, content: str) -> str:
        """Return |content|."""
        return self.group(content, "|")

    def norm(self, content: str, exponent: str) -> str:
        """Return ‖content‖_exponent."""
        return self.subscript(self.group(content, "‖"), exponent)


class Text(Style):
    """Plain text, with the letters of Unicode."""

    signs: ClassVar[dict[str, str]] = {
        "=": " = ",
        "!=": " ≠ ",
        "<": " < ",
        "<=": " ≤ ",
        ">": " > ",
        ">=": " ≥ ",
        "iff": " ⇔ ",
        "implies": " ⇒ ",
        "in": " ∈ ",
        "times": " × ",
        "dots": "…",
        "reals": "ℝ",
        "infinity": "∞",
        "Total": "Σ",
        "Least": "min",
        "Greatest": "max",
        "log": "ln",
        "tanh": "tanh",
        "count": "#",
    }

    def name(self, name: str) -> str:
        stem, digits, primes = _parts(name)
        letter = GREEK.get(stem, stem)
        return letter + (f"_{digits}" if digits else "") + primes

    def words(self, text: str) -> str:
        return text

    def group(self, content: str, bracket: str = "(") -> str:
        return bracket + content + {"(": ")", "[": "]", "{": "}", "⌈": "⌉"}.get(bracket, bracket)

    def power(self, base: str, exponent: str, *, atomic: bool) -> str:
        return f"{base}^{exponent}" if atomic else f"{base}^({exponent})"

    def subscript(self, base: str, index: str) -> str:
        return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"

    def product(self, factors: Sequence[tuple[str, bool]]) -> str:
        written, before = "", True
        for text, simple in factors:
            # mu is a word: only after a number or a Greek letter does a letter follow by itself
            beside = before and simple and not text[0].isdigit() and not written[-1:].isascii()
            beside |= written.isdigit() and simple
            written += text if not written or beside else f"·{text}"
            before = simple
        return written

    def fraction(self, over: str, under: str) -> str:
        raise NotImplementedError("text has no stacked fractions")

    def ranged(self, sign: str, index: str, count: str, body: str) -> str:
        return f"{self.signs[sign]}_{{{index}=1..{count}}} {body}"

    def below(self, sign: str, condition: str, body: str) -> str:
        return f"{self.signs[sign]}_{{{''.join(condition.split())}}} {body}"

    def span(self, index: str, count: str) -> str:
        return f"{index} = 1..{count}"


class Latex(Style):
    """LaTeX mathematics, with no macros but those of amsmath."""

    signs: ClassVar[dict[str, str]] = {
        "=": " = ",
        "!=": r" \ne ",
        "<": " < ",
        "<=": r" \le ",
        ">": " > ",
        ">=": r" \ge ",
        "iff": r" \iff ",
        "implies": r" \implies ",
        "in": r" \in ",
        "times": r" \times ",
        "dots": r"\dots",
        "reals": r"\mathbf{R}",
        "infinity": r"\infty",
        "Total": r"\sum",
        "Least": r"\min",
        "Greatest": r"\max",
        "log": r"\ln",
        "tanh": r"\tanh",
        "count": r"\#",
    }
    comma = r",\ "
    colon = r"\colon\ "
    gap = r"\ "
    stacks_fractions = True

    _BRACKETS: ClassVar[dict[str, tuple[str, str]]] = {
        "(": ("(", ")"),
        "[": ("[", "]"),
        "{": (r"\{", r"\}"),
        "|": (r"\lvert ", r"\rvert"),
        "‖": (r"\lVert ", r"\rVert"),
        "⌈": (r"\lceil ", r"\rceil"),
    }
    _TALL = (r"\frac", r"\sum", r"\min", r"\max")

    def name(self, name: str) -> str:
        stem, digits, primes = _parts(name)
        if stem in GREEK:
            letter = r"\varepsilon" if stem == "epsilon" else "\\" + stem
        else:
            letter = stem if len(stem) == 1 else self.words(stem.replace("_", r"\_"))
        return letter + (f"_{{{digits}}}" if digits else "") + primes

    def words(self, text: str) -> str:
        return rf"\text{{{text}}}"

    def group(self, content: str, bracket: str = "(") -> str:
        left, right = self._BRACKETS[bracket]
        if any(sign in content for sign in self._TALL):
            return rf"\left{left}{content}\right{right}"
        return left + content + right

    def power(self, base: str, exponent: str, *, atomic: bool) -> str:
        return f"{base}^{{{exponent}}}"

    def subscript(self, base: str, index: str) -> str:
        return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"

    def product(self, factors: Sequence[tuple[str, bool]]) -> str:
        written, before = "", True
        for text, simple in factors:
            if written:
                plain = " " if before and simple else r"\,"
                written += r" \cdot " if text[0].isdigit() else plain
            written, before = written + text, simple
        return written

    def fraction(self, over: str, under: str) -> str:
        return rf"\frac{{{over}}}{{{under}}}"

    def ranged(self, sign: str, index: str, count: str, body: str) -> str:
        if sign == "Total":
            return rf"\sum_{{{index}=1}}^{{{count}}} {body}"
        return rf"{self.signs[sign]}_{{1 \le {index} \le {count}}} {body}"

    def below(self, sign: str, condition: str, body: str) -> str:
        return rf"{self.signs[sign]}_{{{condition}}} {body}"

    def span(self, index: str, count: str) -> str:
        return rf"{index} = 1, \dots, {count}"


TEXT = Text()
LATEX = Latex()
