"""The entries of a vector as (value, multiplicity), and where in the vector they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cmp_to_key, lru_cache
from itertools import accumulate
from typing import Protocol

import sympy as sp

from symbolic_proofs.kernel.work import spend
from symbolic_proofs.language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Sorted,
    Steps,
    Vector,
    VectorSymbol,
)

from .assignment import Assignment
from .errors import Ambiguous, Undecided, UnfitWitnessError, ValuelessError
from .numbers.arithmetic import Arithmetic, Number, Values, difference
from .witness import total_length

#: rounds of a sum or quantifier that has to be run through one by one
MAX_ROUNDS = 100_000
#: blocks of one vector when its order matters
MAX_BLOCKS = 300_000


class NumberValues(Protocol):
    """Gives the terms that stand inside a vector their values; see `Valuation`."""

    def number(self, term: sp.Expr, at: Values) -> Number: ...
    def whole(self, term: sp.Expr, at: Values) -> int: ...


class VectorValues:
    """The entries of vectors under an assignment, in one arithmetic, at one precision.

    `at` gives the bound variables. Every method raises what the arithmetic raises, ValuelessError
    for a length that is not a whole number >= 0, UnfitWitnessError where the assignment has no
    vector of that length, and Undecided past `MAX_ROUNDS` and `MAX_BLOCKS`.
    """

    def __init__(self, values: Assignment, arithmetic: Arithmetic, terms: NumberValues) -> None:
        self._values = values
        self._a = arithmetic
        self._terms = terms
        self._known: dict[Vector, tuple[list[int], list[Number]]] = {}

    def counted(self, vector: Vector, at: Values) -> list[tuple[Number, int]]:
        """Return the entries as (value, multiplicity), in any order."""
        match vector:
            case Sorted():
                return self.counted(vector.args[0], at)
            case Steps() if vector.variable not in _free_symbols(vector.body):
                steps = self._terms.whole(vector.args[2], at)
                inside = self.counted(vector.body, at)
                spend(len(inside))
                return [(value, times * steps) for value, times in inside] if steps else []
        return self._parts(vector, at, self.counted)

    def blocks(self, vector: Vector, at: Values) -> list[tuple[Number, int]]:
        """Return the entries in order, as (value, multiplicity)."""
        match vector:
            case Sorted():
                return sorted(self.counted(vector.args[0], at), key=cmp_to_key(self._order))
            case Steps() if vector.variable not in _free_symbols(vector.body):
                steps = self._terms.whole(vector.args[2], at)
                inside = self.blocks(vector.body, at)
                if len(inside) == 1 and steps:
                    return [(inside[0][0], inside[0][1] * steps)]
                _limit(len(inside) * steps)
                spend(len(inside) * steps)
                return inside * steps
        return self._parts(vector, at, self.blocks)

    def _parts(
        self,
        vector: Vector,
        at: Values,
        inside: Callable[[Vector, Values], list[tuple[Number, int]]],
    ) -> list[tuple[Number, int]]:
        spend()
        match vector:
            case VectorSymbol():
                return self._given(vector, at)
            case Repeat():
                value, times = (
                    self._terms.number(vector.args[0], at),
                    self._terms.whole(vector.args[1], at),
                )
                if times < 0:
                    raise ValuelessError("a value repeated a negative number of times")
                return [(value, times)] if times else []
            case Map():
                return [
                    (self._terms.number(vector.body, {**at, vector.variable: value}), times)
                    for value, times in inside(vector.args[2], at)
                ]
            case Concat():
                return [block for part in vector.args for block in inside(part, at)]
            case Steps():
                steps = self._terms.whole(vector.args[2], at)
                if steps > MAX_ROUNDS:
                    raise Undecided(f"{steps} steps that differ")
                found: list[tuple[Number, int]] = []
                for t in range(1, steps + 1):
                    found += inside(vector.body, {**at, vector.variable: t})
                    _limit(len(found))
                return found
        raise Undecided(f"{type(vector).__name__} is not evaluated by the certifier")

    def _given(self, vector: VectorSymbol, at: Values) -> list[tuple[Number, int]]:
        name = vector.name
        entries = self._values.vectors.get(name)
        if vector.indices:
            if len(vector.indices) > 1:
                raise Undecided(f"{name} has more than one index")
            t = self._terms.whole(vector.indices[0], at)
            steps = self._values.families.get(name, ())
            if not 1 <= t <= len(steps):
                raise UnfitWitnessError(f"there is no step {t} of {name}")
            entries = steps[t - 1]
        if entries is None:
            raise UnfitWitnessError(f"there is no vector {name}")
        spend(len(entries))
        size = self._terms.whole(vector.args[1], at)
        if total_length(entries) != size:
            raise UnfitWitnessError(f"{name} has {total_length(entries)} entries, not {size}")
        return [(self._a.exactly(value), times) for value, times in entries]

    def _located(self, vector: Vector, at: Values) -> tuple[list[int], list[Number]]:
        # the entries of a vector that no bound variable changes are looked up many times
        fixed = not any(symbol in _free_symbols(vector) for symbol in at)
        if fixed and vector in self._known:
            return self._known[vector]
        entries = self.blocks(vector, at)
        found = list(accumulate(times for _, times in entries)), [value for value, _ in entries]
        if fixed:
            self._known[vector] = found
        return found

    def entry(self, vector: Vector, index: int, at: Values) -> Number:
        """Return the entry at a place, the first being 1; raises ValuelessError past the ends."""
        ends, values = self._located(vector, at)
        if not ends or not 1 <= index <= ends[-1]:
            raise ValuelessError(f"entry {index} of a vector of {ends[-1] if ends else 0} entries")
        return values[bisect_left(ends, index)]

    def _order(self, a: tuple[Number, int], b: tuple[Number, int]) -> int:
        spend()
        side = self._a.sign(difference(self._a, a[0], b[0]))
        if side is None:
            raise Ambiguous("entries whose order is not clear")
        return side

    def pairs(self, left: Vector, right: Vector, at: Values) -> list[tuple[Number, Number]] | None:
        """Return the pairs of entries at the same places; None if the lengths differ."""
        (ends, values), (other_ends, other_values) = (self._located(v, at) for v in (left, right))
        if ends[-1:] != other_ends[-1:]:
            return None
        spend(len(ends) + len(other_ends))
        return [
            (values[bisect_left(ends, end)], other_values[bisect_left(other_ends, end)])
            for end in sorted({*ends, *other_ends})
        ]

    def rounds(
        self, body: sp.Basic, variable: sp.Symbol, count: int, at: Values
    ) -> list[tuple[int, int]]:
        """Return (index, times) such that the body takes at 1 .. count its values at these.

        Where the body depends on its index through entries V[i] alone, one round a block is enough,
        however many entries there are. Raises ValuelessError for a count below 0.
        """
        if count < 0:
            raise ValuelessError("an index that runs from 1 to a negative number")
        vectors = _read_at(body, variable)
        if vectors is None:
            if count > MAX_ROUNDS:
                raise Undecided(f"an index that runs from 1 to {count} one by one")
            spend(count)
            return [(i, 1) for i in range(1, count + 1)]
        if not count:
            return []
        cuts = {count, *(end for v in vectors for end in self._located(v, at)[0] if end < count)}
        spend(len(cuts))
        ends = sorted(cuts)
        return [(start + 1, end - start) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _limit(blocks: int) -> None:
    if blocks > MAX_BLOCKS:
        raise Undecided(f"a vector of more than {MAX_BLOCKS} blocks")


# terms do not change, and in a loop the same ones are asked about in every round
@lru_cache(maxsize=8192)
def _free_symbols(term: sp.Basic) -> frozenset[sp.Basic]:
    return frozenset(term.free_symbols)


@lru_cache(maxsize=8192)
def _read_at(body: sp.Basic, variable: sp.Symbol) -> tuple[Vector, ...] | None:
    """Return the vectors V whose V[variable] the body reads; None if it uses it otherwise."""
    if isinstance(body, Entry) and body.args[1] == variable:
        vector = body.args[0]
        return None if variable in _free_symbols(vector) else (vector,)
    if body == variable:
        return None
    found: tuple[Vector, ...] = ()
    for part in body.args:
        inside = _read_at(part, variable)
        if inside is None:
            return None
        found += tuple(v for v in inside if v not in found)
    # a vector that changes with a name bound in the body is another one in each round of that
    return found if all(_free_symbols(v) <= _free_symbols(body) for v in found) else None
