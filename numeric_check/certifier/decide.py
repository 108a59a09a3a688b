"""Whether a formula holds at given values: decided exactly or by balls, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from symbolic_proofs.kernel.work import spend
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
)

from .assignment import Assignment, assign
from .errors import Ambiguous, NotExact, Undecided, ValuelessError
from .numbers import balls, exact
from .numbers.arithmetic import Number, Values, difference
from .terms import FIRST_BITS, Valuation
from .truth import Decided, Finding, all_of, conjunction, iff, implies, negated, ranged
from .witness import Witness

MAX_BITS = 4096

T = TypeVar("T")

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

    `ladder` lists precisions in bits, 0 for exact arithmetic.
    """

    def __init__(self, values: Assignment, ladder: Sequence[int]) -> None:
        self._values = values
        self._valuations = [(b, Valuation(values, balls if b else exact)) for b in ladder]

    def first_answer(self, question: Callable[[Valuation], T | None]) -> tuple[T, int] | None:
        """Return the first answer that is not None, and its bits; None if there is none.

        Raises ValuelessError if a term has no value, and Undecided if that is not clear either.
        """
        ambiguous: Ambiguous | None = None
        for bits, valuation in self._valuations:
            try:
                with balls.precision(bits or FIRST_BITS):
                    answer = question(valuation)
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
        """Return whether the formula holds, and the grounds. Raises ValuelessError, Undecided."""
        spend()
        at = at or {}
        match formula:
            case Relation():
                return self._relation(formula, at)
            case NonZero() | Constant() | SameZeros() | SameVector():
                return self._predicate(formula, at)
            case Not():
                inner = self.find(formula.args[0], at)
                return Finding(negated(inner.truth), inner.grounds)
            case And():
                return all_of([self.find(part, at) for part in formula.args])
            case Iff():
                return iff(*(self.find(part, at) for part in formula.args))
            case Implies():
                return implies(self.find(formula.args[0], at), self.find(formula.args[1], at))
            case Every() | Some():
                places = self.places(formula, at)
                return ranged(formula, [self.find(formula.body, there) for there in places])
            case ForAll() | Exists():
                return self._instance(formula, at)
        raise Undecided(f"{type(formula).__name__} is not decided by the certifier")

    def _relation(self, formula: Relation, at: Values) -> Finding:
        def compare(valuation: Valuation) -> tuple[Number, Number, int] | None:
            left, right = valuation.number(formula.left, at), valuation.number(formula.right, at)
            if valuation.arithmetic is exact:
                return left, right, exact.sign(difference(exact, left, right))
            left, right = balls.enclosure(left), balls.enclosure(right)
            side = balls.sign(left - right)
            return None if side is None else (left, right, side)

        found = self.first_answer(compare)
        if found is None:
            return Finding(None)
        (left, right, side), bits = found
        truth = side in _HOLDS[formula.op]
        return Finding(truth, (Decided(formula, truth, bits, left, right, side),))

    def _predicate(self, formula: Formula, at: Values) -> Finding:
        def holds(valuation: Valuation) -> bool | None:
            a, vectors = valuation.arithmetic, valuation.vectors
            match formula:
                case NonZero():
                    zeros = [a.is_zero(x) for x, _ in vectors.counted(formula.args[0], at)]
                    return negated(conjunction(zeros))
                case Constant():
                    sizes = [a.absolute(x) for x, _ in vectors.counted(formula.args[0], at)]
                    return conjunction([a.is_zero(difference(a, x, sizes[0])) for x in sizes])
            pairs = vectors.pairs(formula.args[0], formula.args[1], at)
            if pairs is None:
                return False
            if isinstance(formula, SameVector):
                return conjunction([a.is_zero(difference(a, x, y)) for x, y in pairs])
            zero = [(a.is_zero(x), a.is_zero(y)) for x, y in pairs]
            return conjunction([None if None in z else z[0] == z[1] for z in zero])

        found = self.first_answer(holds)
        if found is None:
            return Finding(None)
        truth, bits = found
        return Finding(truth, (Decided(formula, truth, bits),))

    def places(self, formula: Every | Some, at: Values) -> Iterator[Values]:
        """Yield `at` with the index at each of the places that need looking at."""

        def rounds(valuation: Valuation) -> list[tuple[int, int]]:
            count = valuation.whole(formula.args[2], at)
            return valuation.vectors.rounds(formula.body, formula.variable, count, at)

        found = self.first_answer(rounds)
        if found is None:
            raise Undecided("the range of an index is not decided")
        for index, _ in found[0]:
            yield {**at, formula.variable: index}

    def _instance(self, formula: ForAll | Exists, at: Values) -> Finding:
        """One instance, at the witness's values: it may refute a ForAll and verify an Exists."""
        universal = isinstance(formula, ForAll)
        if not all(map(self._values.knows, formula.variables)):
            return Finding(None)
        # values that do not meet the conditions are no instance, whatever the body says there
        if not all(self.find(part, at).truth for part in formula.given):
            return Finding(None)
        try:
            body = self.find(formula.body, at)
        except ValuelessError:
            if universal:
                raise
            return Finding(None)
        return body if body.truth is (not universal) else Finding(None)


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

    Raises UnfitWitnessError when a symbol has no value of its kind, ValuelessError when a term has
    no value, and Undecided when balls of `max_bits` bits do not tell, or the formula is quantified
    over all values.
    """
    stated = as_formula(formula)
    truth = Decider(assign((stated,), witness), ladder(max_bits)).find(stated).truth
    if truth is None:
        raise Undecided(f"not decided with {max_bits} bits, or quantified over all values")
    return truth
