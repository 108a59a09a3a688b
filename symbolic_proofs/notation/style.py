"""How the signs of the language are set: what each output has to say, and lines of text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from ..language.names import GREEK, parts_of, shown
from .rows import Written, join


def is_greek(name: str) -> bool:
    """Tell whether a symbol's name stands for a Greek letter."""
    return parts_of(name)[0] in GREEK


class Style(ABC):
    """The signs of one kind of output."""

    #: comparison, connective or binder -> its sign, with the space around it
    signs: ClassVar[Mapping[str, Written]]
    comma: Written = ", "
    colon: Written = ": "
    gap: Written = " "
    #: whether fractions can be set one above the other
    stacks_fractions = False

    @abstractmethod
    def name(self, name: str) -> Written:
        """Return the letter that a symbol's name stands for."""

    @abstractmethod
    def words(self, text: str) -> Written:
        """Return words between signs."""

    @abstractmethod
    def identifier(self, name: str) -> Written:
        """Return the name of a function of a user's."""

    @abstractmethod
    def group(self, content: Written, bracket: str = "(") -> Written:
        """Return the content in brackets: "(", "[", "{", "|", "‖", "⌈" or "⌊"."""

    @abstractmethod
    def power(self, base: Written, exponent: Written, *, atomic: bool) -> Written:
        """Return base to the exponent; `atomic` when the exponent is one letter or number."""

    @abstractmethod
    def subscript(self, base: Written, index: Written) -> Written:
        """Return base with an index."""

    @abstractmethod
    def entry(self, vector: Written, place: Written) -> Written:
        """Return the entry at a place of a vector that has no letter for its entries."""

    @abstractmethod
    def times(self, value: Written, number: Written) -> Written:
        """Return a value, or a whole vector, so many times, as part of a vector."""

    @abstractmethod
    def product(self, factors: Sequence[tuple[Written, bool]]) -> Written:
        """Return the product; each factor says whether it is a number or one letter."""

    @abstractmethod
    def fraction(self, over: Written, under: Written) -> Written:
        """Return a stacked fraction."""

    @abstractmethod
    def ranged(self, sign: str, index: Written, count: Written, body: Written) -> Written:
        """Return Σ, min or max of the body for an index from 1 to count."""

    @abstractmethod
    def below(self, sign: str, condition: Written, body: Written) -> Written:
        """Return Σ or min of the body under a condition."""

    @abstractmethod
    def span(self, index: Written, count: Written) -> Written:
        """Return that an index runs from 1 to count."""

    def set_of(self, elements: Sequence[Written]) -> Written:
        """Return the set of the elements."""
        return self.group(join(", ", elements), "{")

    def such(self, content: Written, conditions: Written, bracket: str) -> Written:
        """Return content : conditions in brackets."""
        return self.group(content + " : " + conditions, bracket)

    def function(self, name: str, content: Written) -> Written:
        """Return a function, by the name that `signs` has for it, of what is in the content."""
        return self.signs[name] + self.group(content)

    def magnitude(self, content: Written) -> Written:
        """Return |content|."""
        return self.group(content, "|")

    def norm(self, content: Written, exponent: Written) -> Written:
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
        "+": " + ",
        "-": " - ",
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

    def group(self, content: Written, bracket: str = "(") -> str:
        closing = {"(": ")", "[": "]", "{": "}", "⌈": "⌉", "⌊": "⌋"}
        return f"{bracket}{content}{closing.get(bracket, bracket)}"

    def magnitude(self, content: Written) -> str:
        # three bars in a row can be told apart in two ways
        return (
            f"abs({content})" if str(content).startswith(("|", "‖")) else self.group(content, "|")
        )

    def power(self, base: Written, exponent: Written, *, atomic: bool) -> str:
        return f"{base}^{exponent}" if atomic else f"{base}^({exponent})"

    def subscript(self, base: Written, index: Written) -> str:
        return f"{base}_{index}" if len(str(index)) == 1 else f"{base}_{{{index}}}"

    def entry(self, vector: Written, place: Written) -> str:
        return f"{vector}[{place}]"

    def times(self, value: Written, number: Written) -> str:
        return f"{value} × {number}"

    def product(self, factors: Sequence[tuple[Written, bool]]) -> str:
        written, before = "", False
        for factor, simple in factors:
            text = str(factor)
            # mu is a word: only after a number or a Greek letter does a letter follow by itself
            beside = before and simple and not text[0].isdigit()
            written += text if beside or not written else f"·{text}"
            before = simple and (text.isdigit() or not text.isascii())
        return written

    def fraction(self, over: Written, under: Written) -> str:
        raise NotImplementedError("text has no stacked fractions")

    def ranged(self, sign: str, index: Written, count: Written, body: Written) -> str:
        return f"{self.signs[sign]}_{{{index}=1..{count}}} {body}"

    def below(self, sign: str, condition: Written, body: Written) -> str:
        return f"{self.signs[sign]}_{{{condition}}} {body}"

    def span(self, index: Written, count: Written) -> str:
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

    def times(self, value: Written, number: Written) -> str:
        return f"0*{number}" if value == "0" else f"repeat({value}, {number})"

    def product(self, factors: Sequence[tuple[Written, bool]]) -> str:
        return "*".join(str(text) for text, _ in factors)

    def group(self, content: Written, bracket: str = "(") -> str:
        if bracket in self._FUNCTIONS:
            return f"{self._FUNCTIONS[bracket]}({content})"
        return f"||{content}||" if bracket == "‖" else super().group(content, bracket)

    def norm(self, content: Written, exponent: Written) -> str:
        inside = f"({content})" if str(content).startswith("|") else content
        return self.subscript(self.group(inside, "‖"), exponent)


TEXT = Text()
ASCII = Ascii()
