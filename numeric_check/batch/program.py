"""Compiled claims: what a search worker needs, as plain data.

A program is a list of instructions over registers, written by `compile_claim` and run by
`evaluate`. It holds no SymPy object, so a worker process that receives one need not import SymPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..certifier.errors import NumericCheckError

#: an instruction: operation, the registers that it reads, and its literal (a name, a number,
#: coefficients)
Instruction = tuple[str, tuple[int, ...], Any]


class NotSearchableError(NumericCheckError, ValueError):
    """A claim outside what evaluation on batches can do; the message says why, in a few words."""


@dataclass(frozen=True)
class VectorSlot:
    """A vector symbol, or one member of a family, that a batch has values for.

    `key` is its name in a batch (`W`, or `W@2` for a member, counted from 1; 0 for no family),
    `klass` the number of its length class.
    """

    key: str
    name: str
    member: int
    klass: int
    nonnegative: bool


@dataclass(frozen=True)
class LengthClass:
    """Vectors of one length: they have block boundaries in the same places.

    The length is coefficient * own + rest, `own` a count that this class sets (None: the length
    follows from counts set elsewhere); `length`, `coefficient` and `rest` are registers.
    """

    length: int
    own: str | None
    least: int
    coefficient: int
    rest: int


@dataclass(frozen=True)
class Bound:
    """A relation (= != < <= > >=) of one scalar, or of its magnitude, to a register."""

    relation: str
    register: int
    magnitude: bool


@dataclass(frozen=True)
class ScalarSlot:
    """A scalar variable of the claim: its kind, and the bounds to sample it within."""

    name: str
    kind: str
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class SumOf:
    """The sum of the entries of a vector, or of their magnitudes."""

    key: str
    magnitudes: bool


@dataclass(frozen=True)
class GivenSum:
    """A sum that the premise says to be a number, or that of another vector."""

    of: SumOf
    equals: Fraction | SumOf


@dataclass(frozen=True)
class Program:
    """A claim, for a fixed number of members in each family.

    `mode` says what to look for: "counterexample" (premise met, conclusion fails), "existence"
    (premise met, conclusion holds) or "universal" (conclusion fails for all values of the scalars
    `quantified`). `given` and `conclusion` are registers of truth intervals, `defined` registers
    that must be true for the terms to have a value; `needs` lists for each register those to
    compute for it, in order. `scalars` stand in the order in which they are to be sampled.
    `ordered` are pairs of exponents, the smaller first. `swaps` are (register, U, V): exchanging
    the two vectors turns the premise around. `same_zeros` are pairs of vectors that must be zero in
    the same places, `sums` what is given of the sums of entries. `families` gives the symbol that
    counts the members of families, and their number. `axes` is how many indices run inside each
    other, `positional` tells whether the order of the entries of a vector matters, `signless` names
    the vectors (by key) and scalars whose sign does not, and `untested` tells whether a part of the
    conclusion counts as holding, since no instance refutes it.
    """

    mode: str
    code: tuple[Instruction, ...]
    needs: tuple[tuple[int, ...], ...]
    given: tuple[int, ...]
    conclusion: int
    defined: tuple[int, ...]
    measured: tuple[int, ...]
    classes: tuple[LengthClass, ...]
    vectors: tuple[VectorSlot, ...]
    exponents: tuple[str, ...]
    counts: tuple[ScalarSlot, ...]
    scalars: tuple[ScalarSlot, ...]
    quantified: tuple[str, ...]
    families: tuple[tuple[str, int], ...]
    ordered: tuple[tuple[str, str], ...]
    swaps: tuple[tuple[int, str, str], ...]
    same_zeros: tuple[tuple[str, str], ...]
    sums: tuple[GivenSum, ...]
    axes: int
    positional: bool
    signless: frozenset[str]
    untested: bool

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The keys of the vectors of each length class."""
        return tuple(
            tuple(slot.key for slot in self.vectors if slot.klass == klass)
            for klass in range(len(self.classes))
        )

    @cached_property
    def free_counts(self) -> tuple[str, ...]:
        """The names of the counts that are no length class's own."""
        owned = {klass.own for klass in self.classes}
        return tuple(slot.name for slot in self.counts if slot.name not in owned)
