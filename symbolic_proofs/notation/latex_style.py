"""How the signs of the language are set in LaTeX, as rows that can be broken into lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from ..language.names import GREEK, parts_of
from .rows import (
    ADDITION,
    BINDING,
    CONNECTIVE,
    DEEPER,
    MULTIPLICATION,
    RELATION,
    SCRIPT,
    Place,
    Row,
    Sign,
    Written,
    as_row,
    in_words,
    row,
)
from .style import Style


class Latex(Style):
    """LaTeX mathematics, with no macros but those of amsmath."""

    signs: ClassVar[Mapping[str, Row]] = {
        "=": row(" = ", RELATION),
        "!=": row(r" \ne ", RELATION),
        "<": row(" < ", RELATION),
        "<=": row(r" \le ", RELATION),
        ">": row(" > ", RELATION),
        ">=": row(r" \ge ", RELATION),
        "+": row(" + ", ADDITION),
        "-": row(" - ", ADDITION),
        "iff": row(r" \iff ", CONNECTIVE),
        "implies": row(r" \implies ", CONNECTIVE),
        "in": row(r" \in ", RELATION),
        "dots": row(r"\dots"),
        "reals": row(r"\mathbf{R}", width=0.8),
        "infinity": row(r"\infty", width=1.0),
        "Total": row(r"\sum"),
        "Least": row(r"\min"),
        "Greatest": row(r"\max"),
        "log": row(r"\ln", width=0.8),
        "tanh": row(r"\tanh", width=2.0),
        "sign": row(r"\operatorname{sign}", width=1.8),
        "sort": row(r"\operatorname{sort}", width=1.8),
        "window": row(r"\operatorname{window}", width=3.4),
        "count": row(r"\#", width=0.8),
    }
    comma = row(r",\ ")
    colon = row(r"\colon\ ") + Row(Place(BINDING))
    gap = row(r"\ ")
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
    #: words at which a line may end, before them
    _ENDING: ClassVar[dict[str, int]] = {
        **dict.fromkeys((" and ", " or "), CONNECTIVE),
        **dict.fromkeys((" such that ", " with "), BINDING),
    }

    def name(self, name: str) -> Row:
        stem, digits, primes = parts_of(name)
        if stem in GREEK:
            letter = row(r"\varepsilon" if stem == "epsilon" else "\\" + stem)
        else:
            letter = row(stem) if len(stem) == 1 else self.words(stem.replace("_", r"\_"))
        return (self.lowered(letter, digits) if digits else letter) + primes

    def words(self, text: str) -> Row:
        return in_words(text, self._ENDING.get(text))

    def identifier(self, name: str) -> Row:
        return self.words("-".join(name.split("_")) or name)

    def group(self, content: Written, bracket: str = "(") -> Row:
        left, right = self._BRACKETS[bracket]
        inside = as_row(content).bracketed()
        if any(sign in str(content) for sign in self._TALL):
            opening, closing = row(r"\left" + left), row(r"\right" + right)
            if bracket != "(" or not _joins(inside):
                return (opening + inside + closing).held()
            # no line could end in brackets that grow with their content
            opening, closing = (
                Row(Sign(str(grown), grown.width, broken=fixed))
                for grown, fixed in ((opening, r"\bigl("), (closing, r"\bigr)"))
            )
            return opening + inside + closing
        whole = row(left) + inside + right
        return whole.held() if bracket in "[{" else whole

    def power(self, base: Written, exponent: Written, *, atomic: bool = True) -> Row:
        return as_row(base) + _script("^", exponent)

    def lowered(self, base: Written, index: Written) -> Row:
        """Return base with an index in braces."""
        return as_row(base) + _script("_", index)

    def subscript(self, base: Written, index: Written) -> Row:
        if len(str(index)) == 1:
            return as_row(base) + row(f"_{index}", width=SCRIPT * as_row(index).width)
        return self.lowered(base, index)

    def entry(self, vector: Written, place: Written) -> Row:
        return self.subscript(vector, place)

    def times(self, value: Written, number: Written) -> Row:
        return as_row(value) + row(r" \times ", width=1.45) + number

    def product(self, factors: Sequence[tuple[Written, bool]]) -> Row:
        (first, before), *others = factors
        written = as_row(first)
        for text, simple in others:
            if str(text)[0].isdigit():
                written += row(r" \cdot ", MULTIPLICATION) + text
            elif before and simple:
                written += row(" ") + text
            else:
                written += Row(Place(MULTIPLICATION, gap=r"\,", lead=r"\cdot ")) + text
            before = simple
        return written

    def fraction(self, over: Written, under: Written) -> Row:
        width = max(as_row(over).width, as_row(under).width) + 0.25
        return row(rf"\frac{{{over}}}{{{under}}}", width=width)

    def ranged(self, sign: str, index: Written, count: Written, body: Written) -> Row:
        if sign != "Total":
            return self.below(sign, as_row(r"1 \le ") + index + r" \le " + count, body)
        limits = row(rf"\sum_{{{index}=1}}^{{{count}}} ", width=1.4 + SCRIPT * as_row(count).width)
        return limits + body

    def below(self, sign: str, condition: Written, body: Written) -> Row:
        width = max(self.signs[sign].width, SCRIPT * as_row(condition).width)
        return row(f"{self.signs[sign]}_{{{condition}}} ", width=width) + body

    def span(self, index: Written, count: Written) -> Row:
        return as_row(index) + r" = 1, \dots, " + count


LATEX = Latex()


def _script(mark: str, content: Written) -> Row:
    return row(f"{mark}{{{content}}}", width=SCRIPT * as_row(content).width)


def _joins(inside: Row) -> bool:
    """Tell whether a line may end in what stands in brackets, at a connective or a binder."""
    return any(isinstance(p, Place) and p.level % DEEPER <= BINDING for p in inside.parts)
