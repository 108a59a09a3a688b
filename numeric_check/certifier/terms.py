"""The value of a term, in exact arithmetic or in balls."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any

import sympy as sp
from flint import arb

from symbolic_proofs.kernel.work import spend
from symbolic_proofs.language.operations import (
    Abs,
    Ceiling,
    E,
    Exp,
    Log,
    Power,
    Product,
    Sum,
    Tanh,
    scalar,
)
from symbolic_proofs.language.sums import Applied, CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
)
from symbolic_proofs.language.vectors import Entry, Vector

from . import functions as applied
from . import sums as sum_values
from .assignment import Assignment, assign
from .errors import Ambiguous, Undecided, UnfitWitnessError, ValuelessError
from .numbers import balls, exact
from .numbers.arithmetic import Arithmetic, Number, Values, difference, inverse, negative
from .numbers.logarithms import Exact
from .vectors import VectorValues
from .witness import Witness

FIRST_BITS = 53


class Valuation:
    """The values of terms, and in `vectors` of vectors, in one arithmetic, at one precision.

    Every operation evaluates all parts of a term, so a part that is undefined is never lost to a
    factor 0. Raises ValuelessError, NotExact or Ambiguous as the arithmetic does, UnfitWitnessError
    for a symbol without a value, and Undecided for a term that is not evaluated here or takes too
    many rounds.
    """

    def __init__(self, values: Assignment, arithmetic: Arithmetic) -> None:
        self.arithmetic = arithmetic
        self.vectors = VectorValues(values, arithmetic, self)
        self._values = values
        self._known: dict[sp.Expr, Number] = {}

    def number(self, term: sp.Expr, at: Values) -> Number:
        """Return the value of a term; `at` gives the bound variables."""
        if at or isinstance(term, sp.Rational):
            return self._number(term, at)
        if term not in self._known:
            self._known[term] = self._number(term, at)
        return self._known[term]

    def _number(self, term: sp.Expr, at: Values) -> Number:
        spend()
        a = self.arithmetic
        match term:
            case sp.Rational():
                return a.exactly(Fraction(int(term.p), int(term.q)))
            case sp.Symbol():
                return self._symbol(term, at)
            case Sum():
                return a.total(self.number(part, at) for part in term.args)
            case Product():
                return reduce(a.multiply, [self.number(part, at) for part in term.args])
            case Power():
                return a.power(self.number(term.args[0], at), self.number(term.args[1], at))
            case Abs():
                return a.absolute(self.number(term.args[0], at))
            case Exp():
                return a.exponential(self.number(term.args[0], at))
            case Log() if len(term.args) == 1:
                return a.logarithm(self.number(term.args[0], at))
            case Tanh():
                return a.tanh(self.number(term.args[0], at))
            case Ceiling():
                return a.ceiling(self.number(term.args[0], at))
            case _ if term is E:
                return a.exponential(a.exactly(1))
            case Entry():
                return self.vectors.entry(term.args[0], self.whole(term.args[1], at), at)
            case PowerSum():
                return self._power_sum(term.args[0], self.number(term.args[1], at), at)
            case Norm():
                r = self.number(term.args[1], at)
                return a.power(self._power_sum(term.args[0], r, at), inverse(a, r))
            case PQIndex():
                return self._pq_index(term, at)
            case NonzeroCount():
                return self._nonzero_count(term.args[0], at)
            case OnNonzero():
                return sum_values.on_nonzero(self, term, at)
            case NonzeroTotal() | CountAtMost() | ShortestWindow():
                return sum_values.over_entries(self, term, at)
            case Applied():
                blocks = self.vectors.blocks(term.args[1], at)
                return applied.value_of(term.name, blocks, a)
            case Total() | Least() | Greatest():
                return self._over_index(term, at)
        raise Undecided(f"{type(term).__name__} is not evaluated by the certifier")

    def whole(self, term: sp.Expr, at: Values) -> int:
        """Return the value of a term as a whole number; raises ValuelessError if it is none."""
        value = self.arithmetic.whole(self.number(term, at))
        if value is None:
            raise ValuelessError("a count or an index that is not a whole number")
        return value

    def _symbol(self, symbol: sp.Symbol, at: Values) -> Number:
        if symbol in at:
            value = at[symbol]
            return self.arithmetic.exactly(value) if isinstance(value, int) else value
        if symbol.name in self._values.defined:
            return self.number(self._values.defined[symbol.name], {})
        if symbol.name not in self._values.scalars:
            raise UnfitWitnessError(f"there is no value for {symbol.name}")
        return self.arithmetic.exactly(self._values.scalars[symbol.name])

    def _power_sum(self, vector: Vector, r: Number, at: Values) -> Number:
        a = self.arithmetic
        side = a.sign(r)
        if side is None:
            raise Ambiguous("an exponent that may not be positive")
        if side <= 0:
            raise ValuelessError("a power sum with an exponent that is not positive")
        return a.total(
            power if times == 1 else a.multiply(a.exactly(times), power)
            for value, times in self.vectors.counted(vector, at)
            for power in [a.power(a.absolute(value), r)]
        )

    def _pq_index(self, term: PQIndex, at: Values) -> Number:
        a = self.arithmetic
        vector, p, q = term.args[0], self.number(term.args[1], at), self.number(term.args[2], at)
        entries = self.vectors.counted(vector, at)
        zero = [a.is_zero(value) for value, _ in entries]
        if False not in zero:
            if None in zero:
                raise Ambiguous("a vector that may be zero")
            raise ValuelessError("I of a zero vector")
        n = a.exactly(sum(times for _, times in entries))
        inverse_p, inverse_q = inverse(a, p), inverse(a, q)
        ratio = a.power(n, difference(a, inverse_q, inverse_p))
        ratio = a.multiply(ratio, a.power(self._power_sum(vector, p, at), inverse_p))
        norm_q = a.power(self._power_sum(vector, q, at), inverse_q)
        return difference(a, a.exactly(1), a.multiply(ratio, inverse(a, norm_q)))

    def _nonzero_count(self, vector: Vector, at: Values) -> Number:
        count = 0
        for value, times in self.vectors.counted(vector, at):
            zero = self.arithmetic.is_zero(value)
            if zero is None:
                raise Ambiguous("an entry that may be 0")
            count += 0 if zero else times
        return self.arithmetic.exactly(count)

    def _over_index(self, term: Any, at: Values) -> Number:
        a = self.arithmetic
        if isinstance(term, Total) and (powers := sum_values.index_powers_of(term)):
            return sum_values.weighted_total(self, term, powers, at)
        rounds = self.vectors.rounds(term.body, term.variable, self.whole(term.args[2], at), at)
        found = [(self.number(term.body, {**at, term.variable: i}), times) for i, times in rounds]
        if isinstance(term, Total):
            return a.total((a.multiply(value, a.exactly(times)) for value, times in found))
        if not found:
            raise ValuelessError("the least or greatest of no values")
        turned = isinstance(term, Greatest)
        values = [negative(a, value) if turned else value for value, _ in found]
        best = values[0]
        for value in values[1:]:
            best = a.lesser(best, value)
        return negative(a, best) if turned else best


def evaluate_exact(term: sp.Expr, witness: Witness) -> Exact:
    """Return a term's value; raises UnfitWitnessError, ValuelessError, Undecided or NotExact."""
    stated = scalar(term)
    result: Exact = Valuation(assign((stated,), witness), exact).number(stated, {})
    return result


def evaluate_ball(term: sp.Expr, witness: Witness, bits: int = FIRST_BITS) -> arb:
    """Return a ball of `bits` bits around the value of a term.

    Raises UnfitWitnessError and ValuelessError as `decide` does, and Undecided if it is not clear
    at this precision whether the term has a value.
    """
    stated = scalar(term)
    with balls.precision(bits):
        try:
            return balls.enclosure(Valuation(assign((stated,), witness), balls).number(stated, {}))
        except Ambiguous as doubt:
            raise Undecided(str(doubt)) from doubt
