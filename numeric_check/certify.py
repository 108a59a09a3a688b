"""The certifier: whether a concrete witness refutes a claim, decided exactly or by balls.

This is what a refutation rests on, so it stands apart from the search: it reads the claim's own
terms and a witness, and floats have no part in it. A relation is decided by exact arithmetic with
radicals (`exact`) where that can hold both sides, order and equality alike, and otherwise by balls
(`balls`) of doubled precision until the two sides are apart. What is not decided is never called
refuted.

A formula is true, false, or undecided; a formula with an undefined term (0/0, I of a zero vector)
is none of these and raises Undefined, wherever in the formula the term stands.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cmp_to_key
from hashlib import sha256
from itertools import accumulate
from typing import Any, Protocol, TypeVar

import sympy as sp
from flint import arb

from symbolic_proofs.language.formulas import (
    And,
    Constant,
    Every,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonZero,
    Not,
    Relation,
    SameVector,
    SameZeros,
    Some,
    as_formula,
    free_variables,
)
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    PowerSum,
    PQIndex,
    Total,
)
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
from symbolic_proofs.language.wire import to_wire

from . import balls, exact
from .balls import Ambiguous
from .exact import NotExact, RadicalSum, Undefined
from .witness import Blocks, Witness, total_length

FIRST_BITS = 53
MAX_BITS = 4096
#: rounds of a sum or quantifier that has to be run through one by one
MAX_ROUNDS = 100_000
#: blocks of one vector when its order matters
MAX_BLOCKS = 300_000
#: facts kept in a certificate
MAX_FACTS = 100

Number = Any  # RadicalSum in exact arithmetic; fmpq or arb in ball arithmetic
Values = Mapping[sp.Symbol, Any]  # bound variables: an index as an int, an entry as a Number
T = TypeVar("T")


class NotACounterexample(Exception):  # noqa: N818
    """The witness does not refute the claim; the message says what it lacks."""


class Undecided(Exception):  # noqa: N818
    """Neither exact arithmetic nor balls of the greatest precision decide; never a refutation."""


class UnfitWitnessError(ValueError):
    """The witness gives no value for a symbol, or one that is not of the symbol's kind."""


class CertificateError(ValueError):
    """A certificate that is malformed, or not the one that claim and witness give."""


# --- values of symbols --------------------------------------------------------------------------


@dataclass(frozen=True)
class Assignment:
    """The values of the symbols of some formulas.

    `defined` gives scalars by a term in the other symbols, for values that need not be rational.
    """

    scalars: Mapping[str, Fraction]
    vectors: Mapping[str, Blocks]
    families: Mapping[str, tuple[Blocks, ...]]
    defined: Mapping[str, sp.Expr] = field(default_factory=dict)

    def knows(self, variable: sp.Basic) -> bool:
        """Tell whether the symbol has a value."""
        if isinstance(variable, VectorSymbol):
            return variable.name in self.vectors or variable.name in self.families
        return variable.name in self.scalars or variable.name in self.defined


def assign(
    formulas: Iterable[sp.Basic],
    witness: Witness,
    defined: Mapping[str, sp.Expr] | None = None,
    *,
    strict: bool = False,
) -> Assignment:
    """Return the values of the symbols of formulas (or terms), each of the symbol's kind.

    A length that is a lone symbol is taken from its vector when the witness does not give it.
    Raises UnfitWitnessError when a free symbol has no value or one of the wrong kind, or `strict`
    and the witness names what is no symbol of the formulas.
    """
    formulas = tuple(formulas)
    free = set().union(*map(free_variables, formulas))
    bound = {
        v
        for formula in formulas
        for node in sp.preorder_traversal(formula)
        if isinstance(node, ForAll | Exists)
        for v in node.variables
    }
    scalars = dict(witness.scalars)
    for v in free | bound:
        if isinstance(v, VectorSymbol) and isinstance(v.args[1], sp.Symbol):
            for vector in (witness.vectors.get(v.name), *witness.families.get(v.name, ())[:1]):
                if vector is not None:
                    scalars.setdefault(v.args[1].name, Fraction(total_length(vector)))
    values = Assignment(scalars, witness.vectors, witness.families, defined or {})
    for v in sorted(free, key=str):
        if not values.knows(v):
            raise UnfitWitnessError(f"the witness gives no value for {_name(v)}")
    if strict:
        names = {_name(v) for v in free | bound} | {
            s.name for v in free | bound if isinstance(v, VectorSymbol) for s in v.free_symbols
        }
        for name in (*witness.scalars, *witness.vectors, *witness.families):
            if name not in names:
                raise UnfitWitnessError(f"the claim has no symbol {name}")
    for v in free | bound:
        _check_kind(v, values)
    return values


def _name(variable: sp.Basic) -> str:
    return str(variable.name)


def _check_kind(variable: sp.Basic, values: Assignment) -> None:
    """Raise UnfitWitnessError unless the value of the symbol, if any, is of its kind."""
    name = _name(variable)
    if isinstance(variable, VectorSymbol):
        if str(variable.args[2]) == "nonnegative":
            for vector in (values.vectors.get(name, ()), *values.families.get(name, ())):
                if any(value < 0 for value, _ in vector):
                    raise UnfitWitnessError(f"{name} has an entry below 0")
        return
    if name not in values.scalars:
        if name in values.vectors or name in values.families:
            raise UnfitWitnessError(f"{name} is a number, not a vector")
        return
    value, kind = values.scalars[name], kind_of(variable)
    fits = {
        "real": True,
        "nonnegative": value >= 0,
        "positive": value > 0,
        "size": value >= 0 and value.denominator == 1,
        "count": value >= 1 and value.denominator == 1,
    }
    if not fits[kind]:
        raise UnfitWitnessError(f"{name} = {value} is not of its kind, {kind}")


# --- values of terms ----------------------------------------------------------------------------


class Arithmetic(Protocol):
    """What `exact` and `balls` have in common."""

    def exactly(self, value: Fraction | int) -> Number: ...
    def add(self, a: Number, b: Number) -> Number: ...
    def multiply(self, a: Number, b: Number) -> Number: ...
    def power(self, base: Number, exponent: Number) -> Number: ...
    def absolute(self, value: Number) -> Number: ...
    def logarithm(self, value: Number) -> Number: ...
    def exponential(self, value: Number) -> Number: ...
    def lesser(self, a: Number, b: Number) -> Number: ...
    def sign(self, value: Number) -> int | None: ...
    def is_zero(self, value: Number) -> bool | None: ...
    def whole(self, value: Number) -> int | None: ...


class Valuation:
    """The values of terms and vectors under an assignment, in one arithmetic, at one precision.

    Every operation evaluates all parts of a term, so a part that is undefined is never lost to a
    factor 0. Raises Undefined, NotExact or Ambiguous as the arithmetic does, and Undecided for a
    term that is not evaluated here or takes more than `MAX_ROUNDS` rounds.
    """

    def __init__(self, values: Assignment, arithmetic: Any) -> None:
        self._values = values
        self._a: Arithmetic = arithmetic
        self._known: dict[sp.Basic, Any] = {}

    def number(self, term: sp.Expr, at: Values) -> Number:
        """Return the value of a term; `at` gives the bound variables."""
        if at or isinstance(term, sp.Rational):
            return self._number(term, at)
        if term not in self._known:
            self._known[term] = self._number(term, at)
        known: Number = self._known[term]
        return known

    def _number(self, term: sp.Expr, at: Values) -> Number:
        a = self._a
        match term:
            case sp.Rational():
                return a.exactly(Fraction(int(term.p), int(term.q)))
            case sp.Symbol():
                return self._symbol(term, at)
            case sp.Add():
                return self._sum(self.number(part, at) for part in term.args)
            case sp.Mul():
                product = a.exactly(1)
                for part in [self.number(part, at) for part in term.args]:
                    product = a.multiply(product, part)
                return product
            case sp.Pow():
                return a.power(self.number(term.args[0], at), self.number(term.args[1], at))
            case sp.Abs():
                return a.absolute(self.number(term.args[0], at))
            case sp.exp():
                return a.exponential(self.number(term.args[0], at))
            case sp.log() if len(term.args) == 1:
                return a.logarithm(self.number(term.args[0], at))
            case _ if term is sp.E:
                return a.exponential(a.exactly(1))
            case Entry():
                return self._entry(term.args[0], self.whole(term.args[1], at), at)
            case PowerSum():
                return self._power_sum(term.args[0], self.number(term.args[1], at), at)
            case Norm():
                r = self.number(term.args[1], at)
                return a.power(self._power_sum(term.args[0], r, at), self._inverse(r))
            case PQIndex():
                return self._pq_index(term, at)
            case NonzeroCount():
                return self._nonzero_count(term.args[0], at)
            case Total() | Least() | Greatest():
                return self._over_index(term, at)
        raise Undecided(f"{type(term).__name__} is not evaluated by the certifier")

    def whole(self, term: sp.Expr, at: Values) -> int:
        """Return the value of a term as a whole number; raises Undefined if it is none."""
        value = self._a.whole(self.number(term, at))
        if value is None:
            raise Undefined("a count or an index that is not a whole number")
        return value

    def _symbol(self, symbol: sp.Symbol, at: Values) -> Number:
        if symbol in at:
            value = at[symbol]
            return self._a.exactly(value) if isinstance(value, int) else value
        if symbol.name in self._values.defined:
            return self.number(self._values.defined[symbol.name], {})
        if symbol.name not in self._values.scalars:
            raise UnfitWitnessError(f"there is no value for {symbol.name}")
        return self._a.exactly(self._values.scalars[symbol.name])

    def _sum(self, numbers: Iterable[Number]) -> Number:
        total = self._a.exactly(0)
        for number in numbers:
            total = self._a.add(total, number)
        return total

    def _negative(self, number: Number) -> Number:
        return self._a.multiply(self._a.exactly(-1), number)

    def _inverse(self, number: Number) -> Number:
        return self._a.power(number, self._a.exactly(-1))

    def difference(self, left: Number, right: Number) -> Number:
        """Return left - right."""
        return self._a.add(left, self._negative(right))

    def _power_sum(self, vector: Vector, r: Number, at: Values) -> Number:
        a = self._a
        side = a.sign(r)
        if side is None:
            raise Ambiguous("an exponent that may not be positive")
        if side <= 0:
            raise Undefined("a power sum with an exponent that is not positive")
        return self._sum(
            a.multiply(a.exactly(times), a.power(a.absolute(value), r))
            for value, times in self.counted(vector, at)
        )

    def _pq_index(self, term: PQIndex, at: Values) -> Number:
        a = self._a
        vector, p, q = term.args[0], self.number(term.args[1], at), self.number(term.args[2], at)
        entries = self.counted(vector, at)
        zero = [a.is_zero(value) for value, _ in entries]
        if False not in zero:
            if None in zero:
                raise Ambiguous("a vector that may be zero")
            raise Undefined("I of a zero vector")
        n = a.exactly(sum(times for _, times in entries))
        inverse_p, inverse_q = self._inverse(p), self._inverse(q)
        ratio = a.power(n, self.difference(inverse_q, inverse_p))
        ratio = a.multiply(ratio, a.power(self._power_sum(vector, p, at), inverse_p))
        norm_q = a.power(self._power_sum(vector, q, at), inverse_q)
        return self.difference(a.exactly(1), a.multiply(ratio, self._inverse(norm_q)))

    def _nonzero_count(self, vector: Vector, at: Values) -> Number:
        count = 0
        for value, times in self.counted(vector, at):
            zero = self._a.is_zero(value)
            if zero is None:
                raise Ambiguous("an entry that may be 0")
            count += 0 if zero else times
        return self._a.exactly(count)

    def _over_index(self, term: Any, at: Values) -> Number:
        a = self._a
        rounds = self.rounds(term.body, term.variable, self.whole(term.args[2], at), at)
        found = [(self.number(term.body, {**at, term.variable: i}), times) for i, times in rounds]
        if isinstance(term, Total):
            return self._sum(a.multiply(value, a.exactly(times)) for value, times in found)
        if not found:
            raise Undefined("the least or greatest of no values")
        flip: Callable[[Number], Number] = (
            self._negative if isinstance(term, Greatest) else lambda x: x
        )
        best = flip(found[0][0])
        for value, _ in found[1:]:
            best = a.lesser(best, flip(value))
        return flip(best)

    def rounds(
        self, body: sp.Basic, variable: sp.Symbol, count: int, at: Values
    ) -> list[tuple[int, int]]:
        """Return (index, times) such that the body takes at 1 .. count its values at these.

        Where the body depends on its index through entries V[i] alone, one round a block is enough,
        however many entries there are.
        """
        if count < 0:
            raise Undefined("an index that runs from 1 to a negative number")
        vectors = _read_at(body, variable)
        if vectors is None:
            if count > MAX_ROUNDS:
                raise Undecided(f"an index that runs from 1 to {count} one by one")
            return [(i, 1) for i in range(1, count + 1)]
        if not count:
            return []
        cuts = {count, *(end for v in vectors for end in self._ends(v, at) if end < count)}
        ends = sorted(cuts)
        return [(start + 1, end - start) for start, end in zip([0, *ends[:-1]], ends, strict=True)]

    # vectors

    def counted(self, vector: Vector, at: Values) -> list[tuple[Number, int]]:
        """Return the entries as (value, multiplicity), in any order."""
        match vector:
            case Sorted():
                return self.counted(vector.args[0], at)
            case Steps() if vector.variable not in vector.body.free_symbols:
                steps = self.whole(vector.args[2], at)
                inside = self.counted(vector.body, at)
                return [(value, times * steps) for value, times in inside] if steps else []
        return self._parts(vector, at, self.counted)

    def blocks(self, vector: Vector, at: Values) -> list[tuple[Number, int]]:
        """Return the entries in order, as (value, multiplicity)."""
        match vector:
            case Sorted():
                return sorted(self.counted(vector.args[0], at), key=cmp_to_key(self._order))
            case Steps() if vector.variable not in vector.body.free_symbols:
                steps = self.whole(vector.args[2], at)
                inside = self.blocks(vector.body, at)
                if len(inside) == 1 and steps:
                    return [(inside[0][0], inside[0][1] * steps)]
                _limit(len(inside) * steps)
                return inside * steps
        return self._parts(vector, at, self.blocks)

    def _parts(
        self,
        vector: Vector,
        at: Values,
        inside: Callable[[Vector, Values], list[tuple[Number, int]]],
    ) -> list[tuple[Number, int]]:
        match vector:
            case VectorSymbol():
                return self._given(vector, at)
            case Repeat():
                value, times = self.number(vector.args[0], at), self.whole(vector.args[1], at)
                if times < 0:
                    raise Undefined("a value repeated a negative number of times")
                return [(value, times)] if times else []
            case Map():
                return [
                    (self.number(vector.body, {**at, vector.variable: value}), times)
                    for value, times in inside(vector.args[2], at)
                ]
            case Concat():
                return [block for part in vector.args for block in inside(part, at)]
            case Steps():
                steps = self.whole(vector.args[2], at)
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
            t = self.whole(vector.indices[0], at)
            steps = self._values.families.get(name, ())
            if not 1 <= t <= len(steps):
                raise UnfitWitnessError(f"there is no step {t} of {name}")
            entries = steps[t - 1]
        if entries is None:
            raise UnfitWitnessError(f"there is no vector {name}")
        size = self.whole(vector.args[1], at)
        if total_length(entries) != size:
            raise UnfitWitnessError(f"{name} has {total_length(entries)} entries, not {size}")
        return [(self._a.exactly(value), times) for value, times in entries]

    def _ends(self, vector: Vector, at: Values) -> list[int]:
        return self._located(vector, at)[0]

    def _located(self, vector: Vector, at: Values) -> tuple[list[int], list[Number]]:
        # the entries of a vector that no bound variable changes are looked up many times
        fixed = not any(symbol in vector.free_symbols for symbol in at)
        if fixed and vector in self._known:
            known: tuple[list[int], list[Number]] = self._known[vector]
            return known
        entries = self.blocks(vector, at)
        found = list(accumulate(times for _, times in entries)), [value for value, _ in entries]
        if fixed:
            self._known[vector] = found
        return found

    def _entry(self, vector: Vector, index: int, at: Values) -> Number:
        ends, values = self._located(vector, at)
        if not ends or not 1 <= index <= ends[-1]:
            raise Undefined(f"entry {index} of a vector of {ends[-1] if ends else 0} entries")
        return values[bisect_left(ends, index)]

    def _order(self, a: tuple[Number, int], b: tuple[Number, int]) -> int:
        side = self._a.sign(self.difference(a[0], b[0]))
        if side is None:
            raise Ambiguous("entries whose order is not clear")
        return side

    def pairs(self, left: Vector, right: Vector, at: Values) -> list[tuple[Number, Number]] | None:
        """Return the pairs of entries at the same places; None if the lengths differ."""
        (ends, values), (other_ends, other_values) = (self._located(v, at) for v in (left, right))
        if ends[-1:] != other_ends[-1:]:
            return None
        return [
            (values[bisect_left(ends, end)], other_values[bisect_left(other_ends, end)])
            for end in sorted({*ends, *other_ends})
        ]


def _limit(blocks: int) -> None:
    if blocks > MAX_BLOCKS:
        raise Undecided(f"a vector of more than {MAX_BLOCKS} blocks")


def _read_at(body: sp.Basic, variable: sp.Symbol) -> list[Vector] | None:
    """Return the vectors V whose V[variable] the body reads; None if it uses it otherwise."""
    if isinstance(body, Entry) and body.args[1] == variable:
        vector = body.args[0]
        return None if variable in vector.free_symbols else [vector]
    if body == variable:
        return None
    found: list[Vector] = []
    for part in body.args:
        inside = _read_at(part, variable)
        if inside is None:
            return None
        found += inside
    return found


# --- truth of formulas --------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """What settled an atomic formula: the precision (0: exact) and, of a relation, its sides.

    `side` is the sign of left - right.
    """

    formula: Formula
    truth: bool
    bits: int
    left: Number = None
    right: Number = None
    side: int = 0


@dataclass(frozen=True)
class Finding:
    """Whether a formula holds (None: undecided), and the decisions that this rests on."""

    truth: bool | None
    grounds: tuple[Decided, ...] = ()


_HOLDS: dict[str, frozenset[int]] = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}


class Decider:
    """Decides formulas under an assignment, by each arithmetic of `ladder` in turn.

    `ladder` lists precisions in bits, 0 for exact arithmetic. With `near`, a relation = or <= or >=
    whose two balls still meet is taken to hold if both are narrower than `near`: that is evidence
    for a test, not a decision, and the certifier does not use it.
    """

    def __init__(
        self, values: Assignment, ladder: Sequence[int], near: Fraction | None = None
    ) -> None:
        self._ladder = ladder
        self._near = near
        self._valuations = {bits: Valuation(values, balls if bits else exact) for bits in ladder}
        self._values = values

    def settle(self, question: Callable[[Valuation, Arithmetic], T | None]) -> tuple[T, int] | None:
        """Return the first answer that is not None, and its bits; None if there is none.

        Raises Undefined if a term has no value, and Undecided if that is not clear either.
        """
        ambiguous: Ambiguous | None = None
        for bits in self._ladder:
            arithmetic: Any = balls if bits else exact
            try:
                with balls.precision(bits or FIRST_BITS):
                    answer = question(self._valuations[bits], arithmetic)
            except NotExact:
                continue
            except Ambiguous as doubt:
                ambiguous = doubt
                continue
            ambiguous = None
            if answer is not None:
                return answer, bits
        if ambiguous:
            raise Undecided(str(ambiguous)) from ambiguous
        return None

    def find(self, formula: Formula, at: Values | None = None) -> Finding:
        """Return whether the formula holds, and the grounds. Raises Undefined, Undecided."""
        at = at or {}
        match formula:
            case Relation():
                return self._relation(formula, at)
            case NonZero() | Constant() | SameZeros() | SameVector():
                return self._predicate(formula, at)
            case Not():
                inner = self._strictly(formula.args[0], at)
                return Finding(None if inner.truth is None else not inner.truth, inner.grounds)
            case And():
                return _all([self.find(part, at) for part in formula.args])
            case Iff():
                return _iff(*(self._strictly(part, at) for part in formula.args))
            case Implies():
                return _implies(self._strictly(formula.args[0], at), self.find(formula.args[1], at))
            case Every() | Some():
                found = [self.find(formula.body, there) for there in self._places(formula, at)]
                return _all(found) if isinstance(formula, Every) else _any(found)
            case ForAll() | Exists():
                return self._instance(formula, at)
        raise Undecided(f"{type(formula).__name__} is not decided by the certifier")

    def _strictly(self, formula: Formula, at: Values) -> Finding:
        """Decide where "nearly equal" would count as the opposite of what it is evidence for."""
        near, self._near = self._near, None
        try:
            return self.find(formula, at)
        finally:
            self._near = near

    def _relation(self, formula: Relation, at: Values) -> Finding:
        def compare(valuation: Valuation, a: Arithmetic) -> tuple[Number, Number, int] | None:
            left, right = valuation.number(formula.left, at), valuation.number(formula.right, at)
            if a is exact:
                return left, right, exact.sign(valuation.difference(left, right))
            left, right = balls.enclosure(left), balls.enclosure(right)
            side = balls.sign(left - right)
            return None if side is None else (left, right, side)

        found = self.settle(compare)
        if found is None:
            return Finding(True if self._nearly(formula, at) else None)
        (left, right, side), bits = found
        truth = side in _HOLDS[formula.op]
        return Finding(truth, (Decided(formula, truth, bits, left, right, side),))

    def _nearly(self, formula: Relation, at: Values) -> bool:
        if self._near is None or formula.op not in ("=", "<=", ">="):
            return False
        bits = max(self._ladder)
        with balls.precision(bits):
            sides = [
                balls.enclosure(self._valuations[bits].number(side, at))
                for side in (formula.left, formula.right)
            ]
            near = balls.exactly(self._near)
            return all(x.is_finite() and x.rad() < near * (1 + abs(x.mid())) for x in sides)

    def _predicate(self, formula: Formula, at: Values) -> Finding:
        def holds(valuation: Valuation, a: Arithmetic) -> bool | None:
            match formula:
                case NonZero():
                    zeros = [a.is_zero(x) for x, _ in valuation.counted(formula.args[0], at)]
                    return _negated(_conjunction(zeros))
                case Constant():
                    sizes = [a.absolute(x) for x, _ in valuation.counted(formula.args[0], at)]
                    return _conjunction(
                        [a.is_zero(valuation.difference(x, sizes[0])) for x in sizes]
                    )
            pairs = valuation.pairs(formula.args[0], formula.args[1], at)
            if pairs is None:
                return False
            if isinstance(formula, SameVector):
                return _conjunction([a.is_zero(valuation.difference(x, y)) for x, y in pairs])
            zero = [(a.is_zero(x), a.is_zero(y)) for x, y in pairs]
            return _conjunction([None if None in z else z[0] == z[1] for z in zero])

        found = self.settle(holds)
        if found is None:
            return Finding(None)
        truth, bits = found
        return Finding(truth, (Decided(formula, truth, bits),))

    def _places(self, formula: Any, at: Values) -> Iterator[Values]:
        def rounds(valuation: Valuation, _: Arithmetic) -> list[tuple[int, int]]:
            count = valuation.whole(formula.args[2], at)
            return valuation.rounds(formula.body, formula.variable, count, at)

        found = self.settle(rounds)
        if found is None:
            raise Undecided("the range of an index is not decided")
        for index, _ in found[0]:
            yield {**at, formula.variable: index}

    def _instance(self, formula: Any, at: Values) -> Finding:
        """One instance, at the witness's values: it may refute a ForAll and verify an Exists."""
        universal = isinstance(formula, ForAll)
        if not all(map(self._values.knows, formula.variables)):
            return Finding(None)
        # values that do not meet the conditions are no instance, whatever the body says there
        if not all(self._strictly(part, at).truth for part in formula.given):
            return Finding(None)
        try:
            body = self._strictly(formula.body, at)
        except Undefined:
            if universal:
                raise
            return Finding(None)
        return body if body.truth is (not universal) else Finding(None)


def _negated(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _conjunction(truths: Sequence[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _all(found: Sequence[Finding]) -> Finding:
    for finding in found:
        if finding.truth is False:
            return finding
    truth = _conjunction([finding.truth for finding in found])
    return Finding(truth, tuple(g for finding in found for g in finding.grounds)[:MAX_FACTS])


def _any(found: Sequence[Finding]) -> Finding:
    turned = _all([Finding(_negated(finding.truth), finding.grounds) for finding in found])
    return Finding(_negated(turned.truth), turned.grounds)


def _iff(left: Finding, right: Finding) -> Finding:
    if left.truth is None or right.truth is None:
        return Finding(None)
    return Finding(left.truth == right.truth, left.grounds + right.grounds)


def _implies(premise: Finding, then: Finding) -> Finding:
    if premise.truth is False or then.truth is True:
        return Finding(True, premise.grounds if premise.truth is False else then.grounds)
    if premise.truth is None or then.truth is None:
        return Finding(None)
    return Finding(False, premise.grounds + then.grounds)


def ladder(max_bits: int = MAX_BITS) -> tuple[int, ...]:
    """Return the precisions that the certifier tries: exact (0), then 53 bits, doubled."""
    rungs = [0]
    bits = FIRST_BITS
    while bits <= max_bits:
        rungs.append(bits)
        bits *= 2
    return tuple(rungs)


def decide(formula: object, witness: Witness, *, max_bits: int = MAX_BITS) -> bool:
    """Decide a formula, or a comparison written with Python's operators, at the witness's values.

    Raises UnfitWitnessError when a symbol has no value of its kind, Undefined when a term has no
    value, and Undecided when balls of `max_bits` bits do not tell, or the formula is quantified
    over all values.
    """
    stated = as_formula(formula)
    truth = Decider(assign((stated,), witness), ladder(max_bits)).find(stated).truth
    if truth is None:
        raise Undecided(f"not decided with {max_bits} bits, or quantified over all values")
    return truth


def evaluate_exact(term: sp.Expr, witness: Witness) -> RadicalSum:
    """Return the value of a term; raises UnfitWitnessError, Undefined, Undecided or NotExact."""
    result: RadicalSum = Valuation(assign((term,), witness), exact).number(term, {})
    return result


def evaluate_ball(term: sp.Expr, witness: Witness, bits: int = FIRST_BITS) -> arb:
    """Return a ball of `bits` bits around the value of a term.

    Raises UnfitWitnessError and Undefined as `decide` does, and Undecided if it is not clear at
    this precision whether the term has a value.
    """
    with balls.precision(bits):
        try:
            return balls.enclosure(Valuation(assign((term,), witness), balls).number(term, {}))
        except Ambiguous as doubt:
            raise Undecided(str(doubt)) from doubt


# --- certificates -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """One decided comparison, or predicate on vectors, at the witness's values.

    `left` and `right` are the two sides, exact ("1 - (25/51)^(1/4)") or as intervals ("[0.4368,
    0.4369]"); `relation` is what the claim says of them and `holds` what is so: <, = or >. For a
    predicate `left` is the formula, `relation` is "is", `right` and `holds` are its truth.

    Exact comparisons of irrational sides come with a way to check them by hand: what the sides have
    in common is dropped and the terms with a minus sign are moved across, so that left `holds`
    right exactly when moved[0] `holds` moved[1]; both are raised to the `power`, which makes them
    the fractions `reduced`. `power` is 0 when there is nothing to raise, and the two pairs are then
    empty.
    """

    method: str
    bits: int
    left: str
    relation: str
    right: str
    holds: str
    power: int = 0
    moved: tuple[str, ...] = ()
    reduced: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the fact as a JSON object."""
        return {
            "method": self.method,
            "bits": self.bits,
            "left": self.left,
            "relation": self.relation,
            "right": self.right,
            "holds": self.holds,
            "power": self.power,
            "moved": list(self.moved),
            "reduced": list(self.reduced),
        }


@dataclass(frozen=True)
class Certificate:
    """What shows that a witness refutes a claim: the facts by which its conclusion is false.

    A conclusion that is one relation has one fact; a failing "A exactly when B" has those of both.
    `seal` is a digest of the claim's terms and the witness: an interval has few digits and would
    fit a slightly different witness as well.
    """

    facts: tuple[Fact, ...]
    seal: str

    @property
    def method(self) -> str:
        """How it was decided: "exact", or "ball" if any fact was."""
        return "ball" if any(fact.method == "ball" for fact in self.facts) else "exact"

    @property
    def bits(self) -> int:
        """The greatest precision that was needed, 0 for exact arithmetic."""
        return max((fact.bits for fact in self.facts), default=0)

    @property
    def left(self) -> str:
        """The left-hand side of the first fact."""
        return self.facts[0].left

    @property
    def right(self) -> str:
        """The right-hand side of the first fact."""
        return self.facts[0].right

    @property
    def relation(self) -> str:
        """What the claim says of the two sides of the first fact."""
        return self.facts[0].relation

    @property
    def holds(self) -> str:
        """What is so of the two sides of the first fact."""
        return self.facts[0].holds

    def to_json(self) -> dict[str, Any]:
        """Return the certificate as a JSON object."""
        return {
            "method": self.method,
            "bits": self.bits,
            "left": self.left,
            "relation": self.relation,
            "right": self.right,
            "holds": self.holds,
            "facts": [fact.to_json() for fact in self.facts],
            "seal": self.seal,
        }

    @classmethod
    def from_json(cls, data: object) -> Certificate:
        """Return the certificate that a parsed JSON object describes; nothing in it is evaluated.

        Raises CertificateError unless it is, to the letter, what `to_json` writes. What it says is
        believed only after `check_certificate`.
        """
        if not isinstance(data, dict) or not isinstance(data.get("facts"), list):
            raise CertificateError("a certificate is a JSON object with a list of facts")
        if not 1 <= len(data["facts"]) <= MAX_FACTS:
            raise CertificateError(f"a certificate has 1 to {MAX_FACTS} facts")
        if not isinstance(data.get("seal"), str):
            raise CertificateError("the seal of a certificate is a string")
        certificate = cls(tuple(map(_parse_fact, data["facts"])), data["seal"])
        if not _same_json(certificate.to_json(), data):
            raise CertificateError("the certificate does not agree with its own facts")
        return certificate


def _seal(claim: Any, witness: Witness) -> str:
    stated = [to_wire(formula) for formula in (*claim.given, claim.conclusion)]
    text = json.dumps([claim.id, stated, witness.to_json()], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _parse_fact(data: object) -> Fact:
    keys = Fact.__dataclass_fields__.keys()
    if not isinstance(data, dict) or data.keys() != keys:
        raise CertificateError(f"a fact is a JSON object with the keys {', '.join(keys)}")
    for key in ("bits", "power"):
        if isinstance(data[key], bool) or not isinstance(data[key], int) or data[key] < 0:
            raise CertificateError(f"{key} of a fact is a whole number >= 0")
    for key in ("moved", "reduced"):
        if not isinstance(data[key], list) or len(data[key]) not in (0, 2):
            raise CertificateError(f"{key} of a fact is a pair of numbers as strings, or empty")
    strings = [data[key] for key in ("method", "left", "relation", "right", "holds")]
    if not all(isinstance(s, str) for s in [*strings, *data["moved"], *data["reduced"]]):
        raise CertificateError("the values of a fact are strings")
    return Fact(**{**data, "moved": tuple(data["moved"]), "reduced": tuple(data["reduced"])})


def _same_json(ours: Any, theirs: Any) -> bool:
    # in Python 1 == True == 1.0, in JSON they differ
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(_same_json(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(_same_json, ours, theirs))
    return bool(ours == theirs)


def _fact(decided: Decided) -> Fact:
    method = "ball" if decided.bits else "exact"
    if not isinstance(decided.formula, Relation):
        truth = str(decided.truth).lower()
        return Fact(method, decided.bits, str(decided.formula), "is", truth, truth)
    holds = "<=>"[decided.side + 1]
    relation = decided.formula.op
    if decided.bits:
        with balls.precision(decided.bits):
            left, right = (
                balls.apart(decided.left, decided.right)
                if decided.side
                else (balls.decimal(decided.left), balls.decimal(decided.right))
            )
        return Fact(method, decided.bits, left, relation, right, holds)
    left, right = _written(decided.left), _written(decided.right)
    return Fact(method, 0, left, relation, right, holds, *_reduced(decided))


def _reduced(decided: Decided) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return power, moved and reduced of the Fact of an exact comparison."""
    if not decided.side or (decided.left.is_rational and decided.right.is_rational):
        return 0, (), ()
    terms = (decided.left - decided.right).terms
    plus = RadicalSum(tuple(t for t in terms if t[1] > 0))
    minus = RadicalSum(tuple((r, -c) for r, c in terms if c < 0))
    try:
        reduced, power = exact.common_power(plus, minus)
    except NotExact:  # all terms on one side: the sign is plain
        return 0, (), ()
    moved, pair = (_written(plus), _written(minus)), tuple(map(str, reduced))
    return power, moved, pair


def _written(number: RadicalSum) -> str:
    """Return an exact number as text; a very long one as a decimal interval."""
    short = exact.text(number)
    if short is not None:
        return short
    with balls.precision(128):
        return balls.decimal(exact_ball(number), 30)


def exact_ball(number: RadicalSum) -> arb:
    """Return a ball, of the present precision, around an exact number."""
    total = arb(0)
    for radical, c in number.terms:
        product: balls.Ball = balls.exactly(c)
        for base, e in radical:
            product = balls.multiply(product, balls.power(balls.exactly(base), balls.exactly(e)))
        total += product
    return total


def certify(claim: Any, witness: Witness, *, max_bits: int = MAX_BITS) -> Certificate:
    """Certify that the witness refutes the claim (its `given` and `conclusion` are read).

    Raises NotACounterexample when a symbol has no value of its kind, a hypothesis is false, a term
    is undefined or the conclusion is true; Undecided when a hypothesis or the conclusion is not
    decided by balls of up to `max_bits` bits, or says that something exists.
    """
    try:
        values = assign((*claim.given, claim.conclusion), witness, strict=True)
        decider = Decider(values, ladder(max_bits))
        _check_given(claim, decider)
        found = decider.find(claim.conclusion)
    except (UnfitWitnessError, Undefined) as reason:
        raise NotACounterexample(str(reason)) from reason
    if found.truth:
        raise NotACounterexample("the conclusion holds")
    if found.truth is None:
        raise Undecided(
            "the conclusion is not decided: it says that something exists or holds for all values, "
            f"or {max_bits} bits do not tell"
        )
    return Certificate(tuple(map(_fact, found.grounds)), _seal(claim, witness))


def verify_existence(claim: Any, witness: Witness, *, max_bits: int = MAX_BITS) -> Certificate:
    """Certify that a claim "some .. exist" holds at the witness's values of its other symbols.

    The witness gives the values of the quantified variables too. This shows one instance: a claim
    that speaks of every p and q is not proved by it. Raises NotACounterexample when a hypothesis is
    false or these values are not an example, Undecided as `certify` does.
    """
    if not isinstance(claim.conclusion, Exists):
        raise Undecided("the conclusion does not say that something exists")
    try:
        values = assign((*claim.given, claim.conclusion), witness, strict=True)
        for variable in claim.conclusion.variables:
            if not values.knows(variable):
                raise UnfitWitnessError(f"the witness gives no value for {_name(variable)}")
        decider = Decider(values, ladder(max_bits))
        _check_given(claim, decider)
        found = _all([decider.find(f) for f in (*claim.conclusion.given, claim.conclusion.body)])
    except (UnfitWitnessError, Undefined) as reason:
        raise NotACounterexample(str(reason)) from reason
    if found.truth is None:
        raise Undecided(f"{max_bits} bits do not tell whether this is an example")
    if not found.truth:
        raise NotACounterexample("these values are not an example")
    return Certificate(tuple(map(_fact, found.grounds)), _seal(claim, witness))


def _check_given(claim: Any, decider: Decider) -> None:
    for number, formula in enumerate(claim.given, 1):
        truth = decider.find(formula).truth
        if truth is None:
            raise Undecided(f"hypothesis {number} is not decided: {formula}")
        if not truth:
            raise NotACounterexample(f"hypothesis {number} does not hold: {formula}")


def check_certificate(claim: Any, witness: Witness, certificate: Certificate) -> None:
    """Recompute the certificate, and raise CertificateError unless it is this one to the letter.

    Raises NotACounterexample or Undecided when the witness does not refute the claim at all.
    """
    bits = min(max(MAX_BITS, certificate.bits), 4 * MAX_BITS)
    if certify(claim, witness, max_bits=bits) != certificate:
        raise CertificateError("the certificate is not the one that this claim and witness give")


# --- what a reader is shown ---------------------------------------------------------------------


@dataclass(frozen=True)
class ShownMeasure:
    """A measure of a vector at the witness: exact as text if short, and as a decimal."""

    term: sp.Expr
    exact: str | None
    decimal: str


@dataclass(frozen=True)
class ShownVector:
    """A vector of a claim's conclusion at the witness: its entries and its measures."""

    vector: Vector
    blocks: tuple[tuple[str, int], ...]
    measures: tuple[ShownMeasure, ...]


def vectors_shown(claim: Any, witness: Witness) -> tuple[ShownVector, ...]:
    """Return each vector whose index, norm or power sum the conclusion speaks of, at the witness.

    A vector that depends on an index 1 .. T is shown for the first twelve. Raises
    UnfitWitnessError, Undefined and Undecided as `decide` does.
    """
    values = assign((*claim.given, claim.conclusion), witness)
    exactly = Valuation(values, exact)
    found: dict[Vector, list[sp.Expr]] = {}
    for term in _measures(claim.conclusion, exactly):
        terms = found.setdefault(term.args[0], [])
        if term not in terms:
            terms.append(term)
    with balls.precision(2 * FIRST_BITS):
        closely = Valuation(values, balls)
        try:
            return tuple(
                ShownVector(
                    vector,
                    tuple(_shown_block(block) for block in closely.blocks(vector, {})),
                    tuple(_shown_measure(term, exactly, closely) for term in terms),
                )
                for vector, terms in found.items()
            )
        except Ambiguous as doubt:
            raise Undecided(str(doubt)) from doubt


def _measures(node: sp.Basic, exactly: Valuation) -> Iterator[sp.Expr]:
    if isinstance(node, PQIndex | Norm | PowerSum):
        yield node
    elif isinstance(node, Total | Least | Greatest | Every | Some):
        for t in range(1, min(12, exactly.whole(node.args[2], {})) + 1):
            yield from _measures(node.at(sp.Integer(t)), exactly)
    else:
        for part in node.args:
            yield from _measures(part, exactly)


def _shown_block(block: tuple[Number, int]) -> tuple[str, int]:
    value, times = block
    return balls.decimal(value) if isinstance(value, arb) else str(value), times


def _shown_measure(term: sp.Expr, exactly: Valuation, closely: Valuation) -> ShownMeasure:
    try:
        written = exact.text(exactly.number(term, {}))
    except NotExact:
        written = None
    return ShownMeasure(term, written, balls.decimal(balls.enclosure(closely.number(term, {})), 15))
