"""Witnesses: exact values for the symbols of a claim, and their JSON.

A witness is all that a counterexample consists of: a rational number for every scalar symbol, and
for every vector symbol its entries as blocks (value, multiplicity). A vector of 10^12 entries with
three distinct values is three blocks. Nothing is a float: what a witness shows is shown about these
numbers.

In JSON a witness is one flat object, `{"p": "1", "W": [["1", 2], ["0", 1]], "x": "-5/3"}`: a number
is a string, an integer or a fraction; a vector is a list of [value, multiplicity]; a family of
vectors, one a step, is `{"steps": [vector, ...]}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from itertools import groupby
from types import MappingProxyType
from typing import Any

from .errors import NumericCheckError

#: the entries of a vector in order, as (value, multiplicity); () is the vector of length 0
Blocks = tuple[tuple[Fraction, int], ...]

#: largest numerator or denominator, in bits: 3,900 decimal digits, below Python's limit for
#: printing
MAX_BITS = 13_000
MAX_MULTIPLICITY = 10**100
#: blocks of all vectors and families together
MAX_BLOCKS = 200_000
MAX_NAMES = 256

_NAME = re.compile(r"[^\W\d_]\w{0,60}'{0,3}\Z")
_NUMBER = re.compile(r"(-?[0-9]{1,4000})(?:/([0-9]{1,4000}))?\Z", re.ASCII)


class WitnessError(NumericCheckError, ValueError):
    """Values that are not a witness; the message says, in one line, which and why."""


def blocks(entries: Iterable[tuple[Fraction | int, int]]) -> Blocks:
    """Return the blocks of a vector in their one form: equal neighbours are merged.

    Raises WitnessError for a value that is not a rational number of at most `MAX_BITS` bits, or a
    multiplicity that is not a whole number from 1 to `MAX_MULTIPLICITY`.
    """
    checked = []
    for value, times in entries:
        if (
            isinstance(times, bool)
            or not isinstance(times, int)
            or not 1 <= times <= MAX_MULTIPLICITY
        ):
            raise WitnessError("a multiplicity is a whole number from 1 to 10^100")
        checked.append((_rational(value, "an entry"), times))
    return tuple(
        (value, sum(times for _, times in group))
        for value, group in groupby(checked, key=lambda b: b[0])
    )


def total_length(vector: Blocks) -> int:
    """Return the number of entries."""
    return sum(times for _, times in vector)


@dataclass(frozen=True)
class Witness:
    """A value for each symbol of a claim, by the symbol's name.

    `scalars`: numbers, lengths among them. `vectors`: vector symbols without indices. `families`:
    vector symbols with one index, the members t = 1 .. T in order. A name stands in one of the
    three. Raises WitnessError for anything else; two witnesses with the same values are equal and
    hash alike.
    """

    scalars: Mapping[str, Fraction] = field(default_factory=dict)
    vectors: Mapping[str, Blocks] = field(default_factory=dict)
    families: Mapping[str, tuple[Blocks, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [*self.scalars, *self.vectors, *self.families]
        if len(names) > MAX_NAMES:
            raise WitnessError(f"a witness names at most {MAX_NAMES} symbols")
        for name in names:
            if not isinstance(name, str) or not _NAME.match(name):
                raise WitnessError(f"{_short(name)} is not the name of a symbol")
        if len(set(names)) < len(names):
            raise WitnessError(
                "a name stands for a number, a vector or a family of vectors, not for two of them"
            )
        scalars = {n: _rational(v, n) for n, v in sorted(self.scalars.items())}
        vectors = {n: blocks(v) for n, v in sorted(self.vectors.items())}
        families = {n: tuple(map(blocks, v)) for n, v in sorted(self.families.items())}
        count = sum(map(len, vectors.values())) + sum(
            len(v) + 1 for f in families.values() for v in f
        )
        if count > MAX_BLOCKS:
            raise WitnessError(f"a witness has at most {MAX_BLOCKS} blocks")
        object.__setattr__(self, "scalars", MappingProxyType(scalars))
        object.__setattr__(self, "vectors", MappingProxyType(vectors))
        object.__setattr__(self, "families", MappingProxyType(families))

    def __hash__(self) -> int:
        return hash(tuple(tuple(m.items()) for m in (self.scalars, self.vectors, self.families)))

    def __reduce__(self) -> tuple[Any, ...]:
        # read-only mappings cannot be pickled; plain ones can, and workers send witnesses
        return Witness, (dict(self.scalars), dict(self.vectors), dict(self.families))

    def to_text(self) -> str:
        """Return the values by name on one line, `p = 1, W = [1 × 2, 0]`."""
        # the workers of a search send witnesses to and fro, and do without SymPy
        from symbolic_proofs.language.names import shown as shown_name

        shown = {name: str(value) for name, value in self.scalars.items()}
        shown |= {name: _vector_text(value) for name, value in self.vectors.items()}
        shown |= {name: "; ".join(map(_vector_text, f)) for name, f in self.families.items()}
        return ", ".join(f"{shown_name(name)} = {shown[name]}" for name in sorted(shown))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return f"<code>{escape(self.to_text())}</code>"

    def to_json(self) -> dict[str, Any]:
        """Return the witness as a JSON object."""
        out: dict[str, Any] = {name: str(value) for name, value in self.scalars.items()}
        out |= {name: vector_json(value) for name, value in self.vectors.items()}
        out |= {name: {"steps": [vector_json(v) for v in f]} for name, f in self.families.items()}
        return dict(sorted(out.items()))

    @classmethod
    def from_json(cls, data: object) -> Witness:
        """Return the witness that a parsed JSON object describes; nothing in it is evaluated.

        Raises WitnessError for anything that `to_json` could not have written, but for fractions
        that are not in lowest terms and neighbouring blocks of the same value.
        """
        if not isinstance(data, dict):
            raise WitnessError("a witness is a JSON object of values by name")
        scalars: dict[str, Fraction] = {}
        vectors: dict[str, Blocks] = {}
        families: dict[str, tuple[Blocks, ...]] = {}
        for name, value in data.items():
            if isinstance(value, str):
                scalars[name] = parse_number(value)
            elif isinstance(value, list):
                vectors[name] = _parse_vector(value)
            elif (
                isinstance(value, dict)
                and value.keys() == {"steps"}
                and isinstance(value["steps"], list)
            ):
                families[name] = tuple(map(_parse_vector, value["steps"]))
            else:
                raise WitnessError(
                    f"{_short(name)}: write a number as a string, a vector as "
                    '[[value, multiplicity], ...], a family of vectors as {"steps": [...]}'
                )
        return cls(scalars, vectors, families)


def parse_number(text: object) -> Fraction:
    """Return the rational number written as an integer or a fraction of at most 4,000 digits each.

    Raises WitnessError for anything else: floats, decimals, exponents, spaces, a zero denominator.
    """
    match = _NUMBER.match(text) if isinstance(text, str) else None
    if not match:
        raise WitnessError(
            f"{_short(text)} is not a number; write an integer or a fraction as a string"
        )
    denominator = int(match[2] or 1)
    if not denominator:
        raise WitnessError(f"{_short(text)} has the denominator 0")
    return Fraction(int(match[1]), denominator)


def _vector_text(vector: Blocks) -> str:
    shown = (str(value) if times == 1 else f"{value} × {times}" for value, times in vector)
    return f"[{', '.join(shown)}]"


def _parse_vector(data: object) -> Blocks:
    if not isinstance(data, list) or len(data) > MAX_BLOCKS:
        raise WitnessError(
            f"a vector is a list of at most {MAX_BLOCKS} pairs [value, multiplicity]"
        )
    for pair in data:
        if not isinstance(pair, list) or len(pair) != 2:
            raise WitnessError(f"{_short(pair)} is not a pair [value, multiplicity]")
    return blocks((parse_number(value), times) for value, times in data)


def vector_json(vector: Blocks) -> list[list[Any]]:
    """Return the JSON of a vector: a list of [value, multiplicity]."""
    return [[str(value), times] for value, times in vector]


def _rational(value: object, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise WitnessError(f"{what} is {_short(value)}: only whole numbers and fractions are exact")
    number = Fraction(value)
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MAX_BITS:
        raise WitnessError(f"{what} has more than {MAX_BITS} bits")
    return number


def _short(value: object) -> str:
    """Return a value as it may stand in a message: never long, never over more than one line."""
    if not isinstance(value, str | int | float | bool | None):
        return f"a {type(value).__name__}"
    # an int past Python's limit for printing would raise here
    text = (
        repr(value) if not isinstance(value, int) or value.bit_length() < 200 else "a huge number"
    )
    return text if len(text) <= 60 else text[:57] + "..."


def complexity(value: Fraction) -> int:
    """Return |a| b + 3 (b - 1) of the fraction a/b: the whole numbers count for what they are.

    1/2 stands with 5, 1/3 and 3/2 with 9: a fraction pays for its denominator, so that scaling it
    away pays off.
    """
    return abs(value.numerator) * value.denominator + 3 * (value.denominator - 1)
