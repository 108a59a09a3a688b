"""From scalar terms to instructions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from symbolic_proofs.language.kinds import is_nonnegative, is_positive
from symbolic_proofs.language.operations import Abs, Ceiling, Exp, Log, Power, Product, Sum, Tanh
from symbolic_proofs.language.sums import Applied, CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.symbols import bound_level
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
from symbolic_proofs.language.vectors import (
    Entry,
    Sorted,
    Vector,
    is_nonnegative_vector,
    single,
)

from ..instructions import Term, Value, joined, log_of
from ..program import NotSearchableError
from . import sums as compile_sums
from .norms import NormCompiler

_FUNCTIONS = {
    Exp: "exp", Log: "log", Tanh: "tanh", Ceiling: "ceil",
}  # fmt: skip
#: a number with more bits than this is not worked out
_MOST_BITS = 4096
#: said of an outer index that reads a vector which depends on an inner one
_INNER = "an entry is read of a vector that changes with an index further in"


class TermCompiler(NormCompiler):
    """Emits instructions for scalar terms."""

    def value(self, term: sp.Expr) -> Value:
        """Compile a scalar term."""
        if not self.depth or self.varies(term):
            return self._value(term)
        with self.outside():
            return self._value(term)

    def _value(self, term: sp.Expr) -> Value:
        match term:
            case sp.Rational():
                return Value(Fraction(int(term.p), int(term.q)))
            case sp.Symbol():
                return self._symbol(term)
            case Sum():
                total = Value(Fraction(0))
                for part in term.args:
                    total = total.plus(self.value(part))
                return total
            case Product():
                return self._product(term)
            case Power():
                return self._power(term)
            case Exp() if len(term.args) == 1:
                return self.plain(
                    self.emit("function", self.linear(self.value(term.args[0])), literal="exp"),
                    True,
                )
            case Abs():
                inner = self.value(term.args[0])
                atom = len(inner.terms) == 1 and inner.terms[0].atom and not inner.constant
                register = self.emit("function", self.linear(inner), literal="abs")
                return Value(Fraction(0), (Term(Fraction(1), register, atom=atom, positive=True),))
            case PQIndex(args=(v, p, q)):
                return self.index(v, p, q)
            case Norm(args=(v, r)):
                return self.log_head(v, r, "log_norm")
            case PowerSum(args=(v, r)):
                return self.log_head(v, r, "log_sum")
            case NonzeroCount(args=(v,)):
                counts = [
                    self.emit(
                        "counted_sum",
                        self.emit("nonzero", part.values),
                        part.times,
                        literal=part.wide,
                    )
                    for part in self.parts(v)
                ]
                register = self.emit("linear", *counts, literal=(0.0, (1.0,) * len(counts)))
                return Value(Fraction(0), (Term(Fraction(1), register, atom=True, positive=True),))
            case Total() | Least() | Greatest():
                return self._over_index(term)
            case NonzeroTotal() | CountAtMost() | ShortestWindow() | Applied():
                return self.plain(compile_sums.register_of(self, term))
            case OnNonzero(args=(body, x, value)):
                return self.value(NonzeroTotal(body, x, single(value)))
            case Entry(args=(v, i)):
                return self._entry(v, i)
        if type(term) in _FUNCTIONS and len(term.args) == 1:
            register = self.linear(self.value(term.args[0]))
            if isinstance(term, Log):
                self.defined.append(self.emit("positive", register))
            return self.plain(self.emit("function", register, literal=_FUNCTIONS[type(term)]))
        raise NotSearchableError(f"{term} is not evaluated")

    def _symbol(self, symbol: sp.Symbol) -> Value:
        if symbol in self.members:
            return Value(Fraction(self.members[symbol]))
        if symbol in self.bound:
            stands_for = self.bound[symbol]
            if not isinstance(stands_for, Value):
                raise NotSearchableError("an index of entries is used as a number")
            return stands_for
        if bound_level(symbol):
            raise NotSearchableError(_INNER)
        register = self.emit("scalar", literal=symbol.name)
        known = is_nonnegative(symbol)
        return Value(Fraction(0), (Term(Fraction(1), register, atom=True, positive=known),))

    def _product(self, term: Product) -> Value:
        factor, spread, positive, plain = Fraction(1), None, [], []
        for part in term.args:
            value = self.value(part)
            log = self.as_log(value)
            if not value.terms:
                factor *= value.constant
            elif log is not None:
                positive.append((value, log))
            elif spread is None and any(t.addends for t in value.terms):
                spread = value
            else:
                plain.append(value)
        if not (plain or positive or spread):
            return Value(factor)
        by_log = spread is not None or any(value.terms[0].addends for value, _ in positive)
        if plain or not by_log:
            values = [*plain, *(value for value, _ in positive), *([spread] if spread else [])]
            register = self.linear(values[0])
            for value in values[1:]:
                register = self.emit("multiply", register, self.linear(value))
            known = not plain and spread is None
            return self.plain(register, known).times(factor)
        common = Term(Fraction(1))
        for _, log in positive:
            common = joined(common, log)
        if spread is None:
            return Value(Fraction(0), (common,)).times(factor)
        if not common.addends:
            return spread.times(factor * common.factor)
        if any(not t.addends for t in spread.terms):
            register = self.linear(spread)
            return self.plain(self.emit("multiply", register, self.exp(common))).times(factor)
        terms = [joined(common, t) for t in spread.terms]
        if spread.constant:
            terms.append(replace(common, factor=common.factor * spread.constant))
        return Value(Fraction(0), tuple(terms)).times(factor)

    def _power(self, term: Power) -> Value:
        base, exponent = self.value(term.base), self.value(term.exp)
        if not base.terms and base.constant == 1:
            return base
        if not base.terms and not exponent.terms and exponent.constant.denominator == 1:
            return self._number_power(base.constant, int(exponent.constant))
        log = self.as_log(base)
        if log is None:
            return self._plain_power(term, base, exponent)
        scale = self.linear(exponent)
        if not (is_positive(term.exp) or is_positive(term.base)):
            self.defined.append(self.emit("has_power", self.linear(base), scale))
        if log.factor != 1:
            of_factor = ("log", 1.0, self.constant(log_of(log.factor)))
            log = replace(log, factor=Fraction(1), addends=(*log.addends, of_factor))
        # (S^(1/r))^r and the like keep their registers, so that like terms cancel
        scaled = tuple(
            ((role, scale), sign, self.emit("multiply", register, scale))
            for role, sign, register in log.addends
        )
        if not exponent.terms and exponent.constant in (1, -1):
            scaled = tuple(
                (role, sign * float(exponent.constant), r) for role, sign, r in log.addends
            )
        return Value(Fraction(0), (replace(log, addends=scaled, register=-1, atom=False),))

    def _number_power(self, base: Fraction, exponent: int) -> Value:
        if base == 0 and exponent <= 0:
            self.defined.append(self.emit("has_power", self.constant(0), self.constant(exponent)))
            return Value(Fraction(0))
        if max(abs(base.numerator), base.denominator).bit_length() * abs(exponent) > _MOST_BITS:
            raise NotSearchableError(f"{base}^{exponent} is too long a number")
        return Value(base**exponent)

    def _plain_power(self, term: Power, base: Value, exponent: Value) -> Value:
        register, scale = self.linear(base), self.linear(exponent)
        whole = not exponent.terms and exponent.constant.denominator == 1
        if not (whole and exponent.constant > 0):
            self.defined.append(self.emit("has_power", register, scale))
        even = whole and exponent.constant.numerator % 2 == 0
        return self.plain(self.emit("power", register, scale), even)

    def _over_index(self, term: Any) -> Value:
        if self.is_one_by_one(term):
            values = self.each(term, lambda: self.value(term.body))
            if isinstance(term, Total):
                total = Value(Fraction(0))
                for value in values:
                    total = total.plus(value)
                return total
            return self._extreme(values, "least" if isinstance(term, Least) else "greatest")
        if isinstance(term, Total):
            return compile_sums.total_over_entries(self, term)
        op = "least" if isinstance(term, Least) else "greatest"
        return self.plain(compile_sums.extreme_over_entries(self, term, op))

    def _extreme(self, values: list[Value], op: str) -> Value:
        """The least or greatest value; of 1 - e^L_t it is taken among the L_t."""
        shapes = {(v.constant, len(v.terms)) for v in values}
        if (
            len(shapes) == 1
            and len(values[0].terms) == 1
            and all(v.terms[0].addends for v in values)
        ):
            factors = {v.terms[0].factor for v in values}
            if len(factors) == 1:
                factor = factors.pop()
                flip = {"least": "greatest", "greatest": "least"}
                logs = self.emit(
                    op if factor > 0 else flip[op], *(self.log(v.terms[0]) for v in values)
                )
                noise = tuple(dict.fromkeys(n for v in values for n in v.terms[0].noise))
                return Value(
                    values[0].constant,
                    (Term(factor, addends=(("extreme", 1.0, logs),), noise=noise),),
                )
        return self.plain(self.emit(op, *map(self.linear, values)))

    def _entry(self, v: Vector, index: sp.Expr) -> Value:
        stands_for = self.bound.get(index) if isinstance(index, sp.Symbol) else None
        if callable(stands_for):
            return stands_for(v)  # type: ignore[no-any-return]
        if stands_for is None and any(bound_level(s) for s in index.free_symbols):
            raise NotSearchableError(_INNER)
        if isinstance(v, Sorted):
            return self.plain(compile_sums.sorted_entry(self, v, index), is_nonnegative_vector(v))
        raise NotSearchableError(f"entry {index} of {v} is singled out; write concat(x, R)")
