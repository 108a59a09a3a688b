"""How the signs of the language are set, in plain text and in LaTeX."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from ..language.names import GREEK, parts_of, shown


def is_greek(name: str) -> bool:
    """Tell whether a symbol's name stands for a Greek letter."""
    return parts_of(name)[0] in GREEK


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
    def identifier(self, name: str) -> str:
        """Return the name of a function of a user's."""

    @abstractmethod
    def group(self, content: str, bracket: str = "(") -> str:
        """Return the content in brackets: "(", "[", "{", "|", "‖", "⌈" or "⌊"."""

    @abstractmethod
    def power(self, base: str, exponent: str, *, atomic: bool) -> str:
        """Return base to the exponent; `atomic` when the exponent is one letter or number."""

    @abstractmethod
    def subscript(self, base: str, index: str) -> str:
        """Return base with an index."""

    @abstractmethod
    def entry(self, vector: str, place: str) -> str:
        """Return the entry at a place of a vector that has no letter for its entries."""

    @abstractmethod
    def times(self, value: str, number: str) -> str:
        """Return a value, or a whole vector, so many times, as part of a vector."""

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

    def such(self, content: str, conditions: str, bracket: str) -> str:
        """Return content : conditions in brackets."""
        return self.group(f"{content} : {conditions}", bracket)

    def function(self, name: str, content: str) -> str:
        """Return a function, by the name that `signs` has for it, of what is in the content."""
        return self.signs[name] + self.group(content)

    def magnitude(self, content: str) -> str:
        """Return |content|."""
        return self.group(content, "|")

    def norm(self, content: str, exponent: str) -> str:
        """Return ‖content‖_exponent."""
        return self.subscript(self.group(content, "‖"), exponent)


class Text(Style):
    """A line of Unicode that the reader reads back."""

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
        "dots": "…",
        "reals": "ℝ",
        "infinity": "∞",
        "Total": "Σ",
        "Least": "min",
        "Greatest": "max",
        "log": "ln",
        "tanh": "tanh",
        "sign": "sign",
        "sort": "sort",
        "window": "window",
        "count": "#",
    }

    def name(self, name: str) -> str:
        return shown(name)

    def words(self, text: str) -> str:
        return text

    def identifier(self, name: str) -> str:
        return name

    def group(self, content: str, bracket: str = "(") -> str:
        closing = {"(": ")", "[": "]", "{": "}", "⌈": "⌉", "⌊": "⌋"}
        return bracket + content + closing.get(bracket, bracket)

    def magnitude(self, content: str) -> str:
        # three bars in a row can be told apart in two ways
        return f"abs({content})" if content.startswith(("|", "‖")) else self.group(content, "|")

    def power(self, base: str, exponent: str, *, atomic: bool) -> str:
        return f"{base}^{exponent}" if atomic else f"{base}^({exponent})"

    def subscript(self, base: str, index: str) -> str:
        return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"

    def entry(self, vector: str, place: str) -> str:
        return f"{vector}[{place}]"

    def times(self, value: str, number: str) -> str:
        return f"{value} × {number}"

    def product(self, factors: Sequence[tuple[str, bool]]) -> str:
        written, before = "", False
        for text, simple in factors:
            # mu is a word: only after a number or a Greek letter does a letter follow by itself
            beside = before and simple and not text[0].isdigit()
            written += text if beside or not written else f"·{text}"
            before = simple and (text.isdigit() or not text.isascii())
        return written

    def fraction(self, over: str, under: str) -> str:
        raise NotImplementedError("text has no stacked fractions")

    def ranged(self, sign: str, index: str, count: str, body: str) -> str:
        return f"{self.signs[sign]}_{{{index}=1..{count}}} {body}"

    def below(self, sign: str, condition: str, body: str) -> str:
        return f"{self.signs[sign]}_{{{condition}}} {body}"

    def span(self, index: str, count: str) -> str:
        return f"{index} = 1..{count}"


class Ascii(Text):
    """The same line in ASCII, every product with its sign."""

    signs: ClassVar[dict[str, str]] = Text.signs | {
        "!=": " != ",
        "<=": " <= ",
        ">=": " >= ",
        "iff": " <=> ",
        "implies": " => ",
        "in": " in ",
        "dots": "...",
        "reals": "R",
        "infinity": "oo",
        "Total": "sum",
    }
    _FUNCTIONS: ClassVar[dict[str, str]] = {"⌈": "ceil", "⌊": "floor"}

    def name(self, name: str) -> str:
        return name

    def times(self, value: str, number: str) -> str:
        return f"0*{number}" if value == "0" else f"repeat({value}, {number})"

    def product(self, factors: Sequence[tuple[str, bool]]) -> str:
        return "*".join(text for text, _ in factors)

    def group(self, content: str, bracket: str = "(") -> str:
        if bracket in self._FUNCTIONS:
            return f"{self._FUNCTIONS[bracket]}({content})"
        return f"||{content}||" if bracket == "‖" else super().group(content, bracket)

    def norm(self, content: str, exponent: str) -> str:
        return super().norm(f"({content})" if content.startswith("|") else content, exponent)


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
        "dots": r"\dots",
        "reals": r"\mathbf{R}",
        "infinity": r"\infty",
        "Total": r"\sum",
        "Least": r"\min",
        "Greatest": r"\max",
        "log": r"\ln",
        "tanh": r"\tanh",
        "sign": r"\operatorname{sign}",
        "sort": r"\operatorname{sort}",
        "window": r"\operatorname{window}",
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
        "⌊": (r"\lfloor ", r"\rfloor"),
    }
    _TALL = (r"\frac", r"\sum", r"\min", r"\max")

    def name(self, name: str) -> str:
        stem, digits, primes = parts_of(name)
        if stem in GREEK:
            letter = r"\varepsilon" if stem == "epsilon" else "\\" + stem
        else:
            letter = stem if len(stem) == 1 else self.words(stem.replace("_", r"\_"))
        return letter + (f"_{{{digits}}}" if digits else "") + primes

    def words(self, text: str) -> str:
        return rf"\text{{{text}}}"

    def identifier(self, name: str) -> str:
        return self.words("-".join(name.split("_")) or name)

    def group(self, content: str, bracket: str = "(") -> str:
        left, right = self._BRACKETS[bracket]
        if any(sign in content for sign in self._TALL):
            return rf"\left{left}{content}\right{right}"
        return left + content + right

    def power(self, base: str, exponent: str, *, atomic: bool) -> str:
        return f"{base}^{{{exponent}}}"

    def subscript(self, base: str, index: str) -> str:
        return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"

    def entry(self, vector: str, place: str) -> str:
        return self.subscript(vector, place)

    def times(self, value: str, number: str) -> str:
        return rf"{value} \times {number}"

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
ASCII = Ascii()
LATEX = Latex()
