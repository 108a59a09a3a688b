"""From terms and vectors to instructions for NumPy.

Vectors become lists of parts (distinct values, multiplicities), scalar terms sums of a constant, of
plain registers and of terms known by their logarithms. So `I(U) < I(V)` is compared as ln(1-I) with
ln(1-I), and nothing over- or underflows: 1 - e^L is never formed where it can be avoided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log
from typing import Any

import sympy as sp

from symbolic_proofs.language.sums import Applied, CountAtMost, NonzeroTotal, ShortestWindow
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
    length,
)

from . import compile_sums
from .program import Instruction, NotSearchableError

#: the part of the rounding of a logarithm of a power sum that does not shrink with it, in ulps
_SUM_NOISE = 6.0
_FUNCTIONS = {
    sp.exp: "exp", sp.log: "log", sp.tanh: "tanh", sp.sin: "sin", sp.cos: "cos", sp.sign: "sign",
    sp.floor: "floor", sp.ceiling: "ceil",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Part of a vector: registers of its values and multiplicities, (K, B) if `wide`, else (B,)."""

    values: int
    times: int
    wide: bool
    source: VectorSymbol | None = None


@dataclass(frozen=True)
class Term:
    """factor * register, or, with addends, factor * exp(sum of sign * register over them).

    An addend is (role, sign, register). `atom`: the register is a stored number. `positive`: it is
    >= 0. `noise`: registers that add to the estimate of rounding.
    """

    factor: Fraction
    register: int = -1
    addends: tuple[tuple[Any, float, int], ...] = ()
    atom: bool = False
    positive: bool = False
    noise: tuple[int, ...] = ()


@dataclass(frozen=True)
class Value:
    """constant + the sum of the terms."""

    constant: Fraction
    terms: tuple[Term, ...] = ()

    def times(self, factor: Fraction | int) -> Value:
        """Return the value times a number."""
        if not factor:
            return Value(Fraction(0))
        return Value(
            self.constant * factor, tuple(replace(t, factor=t.factor * factor) for t in self.terms)
        )

    def plus(self, other: Value) -> Value:
        """Return the sum of two values, like terms collected."""
        collected: dict[Any, Term] = {}
        for term in (*self.terms, *other.terms):
            key = (term.register, term.addends)
            factor = term.factor + (collected[key].factor if key in collected else 0)
            collected[key] = replace(term, factor=factor)
        return Value(
            self.constant + other.constant, tuple(t for t in collected.values() if t.factor)
        )


class TermCompiler:
    """Emits instructions for terms and vectors; like instructions are emitted once.

    `members` maps a symbol that counts the members of a family to their number in this program.
    `classes` collects the lengths of vector symbols, `slots` the symbols and members themselves.
    """

    def __init__(self, members: dict[sp.Symbol, int]):
        self.members = members
        self.code: list[Instruction] = []
        self.defined: list[int] = []
        self.classes: list[sp.Expr] = []
        self.slots: dict[str, tuple[VectorSymbol, int]] = {}
        self._index: dict[Any, int] = {}
        #: what a bound variable stands for: a Value, or a function from the vector to its entry's
        #: Value
        self.bound: dict[sp.Symbol, Any] = {}

    def emit(self, op: str, *arguments: int, literal: Any = None) -> int:
        """Return the register of an instruction."""
        key = (op, arguments, literal)
        if key not in self._index:
            self._index[key] = len(self.code)
            self.code.append(key)
        return self._index[key]

    def constant(self, value: Fraction | float) -> int:
        """Return a register that holds a number."""
        return self.emit("constant", literal=float(value))

    # --- scalar terms
    # ---------------------------------------------------------------------------------

    def value(self, term: sp.Expr) -> Value:
        """Compile a scalar term."""
        match term:
            case sp.Rational():
                return Value(Fraction(int(term.p), int(term.q)))
            case sp.Symbol():
                return self._symbol(term)
            case sp.Add():
                total = Value(Fraction(0))
                for part in term.args:
                    total = total.plus(self.value(part))
                return total
            case sp.Mul():
                return self._product(term)
            case sp.Pow():
                return self._power(term)
            case sp.exp() if len(term.args) == 1:
                return self._plain(
                    self.emit("function", self.linear(self.value(term.args[0])), literal="exp"),
                    True,
                )
            case sp.Abs():
                inner = self.value(term.args[0])
                atom = len(inner.terms) == 1 and inner.terms[0].atom and not inner.constant
                register = self.emit("function", self.linear(inner), literal="abs")
                return Value(Fraction(0), (Term(Fraction(1), register, atom=atom, positive=True),))
            case sp.Min() | sp.Max():
                op = "least" if isinstance(term, sp.Min) else "greatest"
                return self._plain(self.emit(op, *(self.linear(self.value(a)) for a in term.args)))
            case PQIndex(args=(v, p, q)):
                return self._index_term(v, p, q)
            case Norm(args=(v, r)):
                return self._log_head(v, r, "log_norm")
            case PowerSum(args=(v, r)):
                return self._log_head(v, r, "log_sum")
            case NonzeroCount(args=(v,)):
                counts = [
                    self.emit("weighted", self.emit("nonzero", part.values), part.times)
                    for part in self.parts(v)
                ]
                register = self.emit("linear", *counts, literal=(0.0, (1.0,) * len(counts)))
                return Value(Fraction(0), (Term(Fraction(1), register, atom=True, positive=True),))
            case Total() | Least() | Greatest():
                return self._over_index(term)
            case NonzeroTotal() | CountAtMost() | ShortestWindow() | Applied():
                return self._plain(compile_sums.register_of(self, term))
            case Entry(args=(v, i)):
                return self._entry(v, i)
        if type(term) in _FUNCTIONS and len(term.args) == 1:
            register = self.linear(self.value(term.args[0]))
            return self._plain(self.emit("function", register, literal=_FUNCTIONS[type(term)]))
        raise NotSearchableError(f"the search can not evaluate {term}")

    def linear(self, value: Value) -> int:
        """Return the register of the plain value."""
        registers, factors = [], []
        for term in value.terms:
            registers.append(self.exp(term) if term.addends else term.register)
            factors.append(float(term.factor))
        if not registers:
            return self.constant(value.constant)
        if len(registers) == 1 and factors == [1.0] and not value.constant:
            return registers[0]
        return self.emit("linear", *registers, literal=(float(value.constant), tuple(factors)))

    def log(self, term: Term) -> int:
        """Return the register of the logarithm of a term's size, its factor left out."""
        if not term.addends:
            return self.emit("log", term.register)
        (_, sign, register), *rest = term.addends
        if not rest and sign == 1:
            return register
        signs = tuple(s for _, s, _ in term.addends)
        return self.emit("linear", *(r for _, _, r in term.addends), literal=(0.0, signs))

    def exp(self, term: Term) -> int:
        """Return the register of a term known by its logarithm, its factor left out."""
        (_, sign, register), *rest = term.addends
        op, arguments, _ = self.code[register]
        if op == "log" and not rest and sign in (1, -1):  # of a number > 0, and its reciprocal
            return arguments[0] if sign == 1 else self.emit("divide", self.constant(1), *arguments)
        return self.emit("function", self.log(term), literal="exp")

    def _plain(self, register: int, positive: bool = False) -> Value:
        return Value(Fraction(0), (Term(Fraction(1), register, positive=positive),))

    def _symbol(self, symbol: sp.Symbol) -> Value:
        if symbol in self.members:
            return Value(Fraction(self.members[symbol]))
        if symbol in self.bound:
            stands_for = self.bound[symbol]
            if not isinstance(stands_for, Value):
                raise NotSearchableError("the search can not use an index of entries as a number")
            return stands_for
        register = self.emit("scalar", literal=symbol.name)
        return Value(
            Fraction(0),
            (Term(Fraction(1), register, atom=True, positive=bool(symbol.is_nonnegative)),),
        )

    def _as_log(self, value: Value) -> Term | None:
        """Return a value > 0 as one term known by its logarithm, or None."""
        if value.constant > 0 and not value.terms:
            return Term(value.constant, addends=())
        if value.constant or len(value.terms) != 1:
            return None
        term = value.terms[0]
        if term.factor > 0 and term.addends:
            return term
        if term.factor > 0 and term.positive:
            return replace(
                term,
                register=-1,
                atom=False,
                addends=(("log", 1.0, self.emit("log", term.register)),),
            )
        return None

    def _product(self, term: sp.Mul) -> Value:
        factor, spread, positive, plain = Fraction(1), None, [], []
        for part in term.args:
            value = self.value(part)
            log = self._as_log(value)
            if not value.terms:
                factor *= value.constant
            elif log is not None:
                positive.append((value, log))
            elif spread is None and any(t.addends for t in value.terms):
                spread = value
            else:
                plain.append(value)
        by_log = spread is not None or any(value.terms[0].addends for value, _ in positive)
        if plain or not by_log:
            values = [*plain, *(value for value, _ in positive), *([spread] if spread else [])]
            register = self.linear(values[0])
            for value in values[1:]:
                register = self.emit("multiply", register, self.linear(value))
            known = not plain and spread is None
            return self._plain(register, known).times(factor)
        common = Term(Fraction(1))
        for _, log in positive:
            common = _joined(common, log)
        if spread is None:
            return Value(Fraction(0), (common,)).times(factor)
        if not common.addends:
            return spread.times(factor * common.factor)
        if any(not t.addends for t in spread.terms):
            register = self.linear(spread)
            return self._plain(self.emit("multiply", register, self.exp(common))).times(factor)
        terms = [_joined(common, t) for t in spread.terms]
        if spread.constant:
            terms.append(replace(common, factor=common.factor * spread.constant))
        return Value(Fraction(0), tuple(terms)).times(factor)

    def _power(self, term: sp.Pow) -> Value:
        base, exponent = self.value(term.base), self.value(term.exp)
        if not base.terms and not exponent.terms and exponent.constant.denominator == 1:
            return Value(base.constant ** int(exponent.constant))
        log = self._as_log(base)
        if log is None:
            return self._plain_power(term, base, exponent)
        scale = self.linear(exponent)
        if (not exponent.terms and exponent.constant < 0) or term.exp.is_nonnegative is None:
            self.defined.append(self.emit("different", self.linear(base), self.constant(0)))
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

    def _plain_power(self, term: sp.Pow, base: Value, exponent: Value) -> Value:
        register, scale = self.linear(base), self.linear(exponent)
        if term.exp.is_nonnegative is not True:
            self.defined.append(self.emit("different", register, self.constant(0)))
        return self._plain(self.emit("power", register, scale), bool(term.exp.is_even))

    def _log_head(self, v: Vector, exponent: sp.Expr, op: str) -> Value:
        r = self.linear(self.value(exponent))
        role = (op, r)
        noise = (
            self.emit("divide", self.constant(_SUM_NOISE), r)
            if op == "log_norm"
            else self.constant(_SUM_NOISE)
        )
        register = self._gathered(v, r, op)
        return Value(
            Fraction(0), (Term(Fraction(1), addends=((role, 1.0, register),), noise=(noise,)),)
        )

    def _index_term(self, v: Vector, p: sp.Expr, q: sp.Expr) -> Value:
        self.defined.append(self.emit("positive", self._top(v)))
        upper = self._log_head(v, p, "log_norm").terms[0]
        lower = self._log_head(v, q, "log_norm").terms[0]
        exponent = self.linear(self.value(1 / q - 1 / p))
        log_length = self.emit("log", self.linear(self.value(length(v))))
        factor = (("length", exponent), 1.0, self.emit("multiply", exponent, log_length))
        ratio = Term(
            Fraction(-1),
            addends=(*upper.addends, *((role, -1.0, r) for role, _, r in lower.addends), factor),
            noise=upper.noise + lower.noise,
        )
        return Value(Fraction(1), (ratio,))

    def _over_index(self, term: Any) -> Value:
        count = self.value(term.args[2])
        if not count.terms:
            values = self.each(term.variable, int(count.constant), lambda: self.value(term.body))
            if isinstance(term, Total):
                total = Value(Fraction(0))
                for value in values:
                    total = total.plus(value)
                return total
            return self._extreme(values, "least" if isinstance(term, Least) else "greatest")
        if isinstance(term, Total):
            register = compile_sums.total_over_entries(self, term)
            return self._plain(register, bool(term.body.is_nonnegative))
        op = "least" if isinstance(term, Least) else "greatest"
        return self._plain(compile_sums.extreme_over_entries(self, term, op))

    def each(self, variable: sp.Symbol, count: int, compile_body: Callable[[], Any]) -> list[Any]:
        """Return what the body compiles to for each index from 1 to `count`."""
        results = []
        for t in range(1, count + 1):
            self.bound[variable] = Value(Fraction(t))
            results.append(compile_body())
        del self.bound[variable]
        return results

    def over_entries(self, node: Any, compile_body: Callable[[], Any]) -> list[tuple[int, Any]]:
        """Return the multiplicities, and the body, of each part that an index runs over.

        Raises NotSearchableError when the body's vectors do not share their parts.
        """
        variable, count = node.variable, node.args[2]
        vectors = {e.args[0] for e in node.body.atoms(Entry) if e.args[1] == variable}
        if not vectors:
            raise NotSearchableError(
                f"the search can not run an index from 1 to {count} over what is not entries"
            )
        parts = {v: self.parts(v) for v in vectors}
        layouts = {tuple(part.times for part in p) for p in parts.values()}
        if len(layouts) != 1 or any(sp.expand(length(v) - count) != 0 for v in vectors):
            raise NotSearchableError(
                f"the search can not run one index over {', '.join(map(str, vectors))}"
            )
        results = []
        for k, times in enumerate(layouts.pop()):
            self.bound[variable] = lambda v, k=k: self.entry_of(parts[v][k])
            results.append((times, compile_body()))
        del self.bound[variable]
        return results

    def entry_of(self, part: Part) -> Value:
        """Return what an entry of a part is."""
        positive = part.source is not None and str(part.source.args[2]) == "nonnegative"
        term = Term(Fraction(1), part.values, atom=part.source is not None, positive=positive)
        return Value(Fraction(0), (term,))

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
        return self._plain(self.emit(op, *map(self.linear, values)))

    def _entry(self, v: Vector, index: sp.Expr) -> Value:
        stands_for = self.bound.get(index) if isinstance(index, sp.Symbol) else None
        if callable(stands_for):
            return stands_for(v)  # type: ignore[no-any-return]
        raise NotSearchableError(
            f"the search can not single out entry {index} of {v}; write concat(x, R)"
        )

    # --- vectors
    # --------------------------------------------------------------------------------------

    def parts(self, v: Vector) -> tuple[Part, ...]:
        """Compile a vector."""
        match v:
            case VectorSymbol():
                return (self._symbol_part(v),)
            case Repeat(args=(value, count)):
                times = self.linear(self.value(count))
                values = self.linear(self.value(value))
                if not count.is_positive and values != self.constant(0):
                    values = self.emit("live", values, times)
                return (Part(values, times, False),)
            case Concat():
                return tuple(part for piece in v.args for part in self.parts(piece))
            case Map():
                return tuple(self._mapped(v, part) for part in self.parts(v.args[2]))
            case Steps():
                return self._steps(v)
            case Sorted(args=(inner,)):
                return (Part(*compile_sums.sorted_registers(self, inner), True),)
        raise NotSearchableError(f"the search can not evaluate {v}")

    def _symbol_part(self, v: VectorSymbol) -> Part:
        member = 0
        if v.indices:
            index = self.value(v.indices[0])
            if len(v.indices) > 1 or index.terms:
                raise NotSearchableError(f"the search can not evaluate {v}")
            member = int(index.constant)
        count = v.args[1]
        if count not in self.classes:
            self.classes.append(count)
        klass = self.classes.index(count)
        key = f"{v.name}@{member}" if v.indices else v.name
        self.slots.setdefault(key, (v, member))
        return Part(
            self.emit("values", literal=key), self.emit("multiplicity", literal=klass), True, v
        )

    def _mapped(self, v: Map, part: Part) -> Part:
        known = self.bound.get(v.variable)
        nonnegative = part.source is not None and str(part.source.args[2]) == "nonnegative"
        self.bound[v.variable] = self._plain(part.values, nonnegative)
        values = self.linear(self.value(v.body))
        if known is None:
            del self.bound[v.variable]
        else:
            self.bound[v.variable] = known
        return Part(self.emit("live", values, part.times), part.times, part.wide)

    def _steps(self, v: Steps) -> tuple[Part, ...]:
        count = self.value(v.args[2])
        if not count.terms and v.args[2] in self.members:
            steps = self.each(v.variable, int(count.constant), lambda: self.parts(v.body))
            return tuple(part for step in steps for part in step)
        if v.variable in v.body.free_symbols or any(
            v.variable in s.indices for s in v.atoms(VectorSymbol)
        ):
            raise NotSearchableError(f"the search can not evaluate {v}: its steps differ")
        number = self.linear(count)
        return tuple(
            replace(part, times=self.emit("multiply", part.times, number), source=None)
            for part in self.parts(v.body)
        )

    def _peak(self, part: Part) -> int:
        return self.emit("peak", self.emit("sizes", part.values))

    def _nonzero_parts(self, v: Vector) -> list[Part]:
        """Compile a vector, blocks of zeros left out: they add nothing to a sum or to a peak."""
        return [part for part in self.parts(v) if part.values != self.constant(0)]

    def _top(self, v: Vector) -> int:
        peaks = [self._peak(part) for part in self._nonzero_parts(v)] or [self.constant(0)]
        return peaks[0] if len(peaks) == 1 else self.emit("top", *peaks)

    def _gathered(self, v: Vector, r: int, op: str) -> int:
        """Emit a norm or a power sum as a logarithm, relative to the largest entry of one part.

        Of the parts a wide one is taken for that: vectors that share it share its sums.
        """
        parts = self._nonzero_parts(v)
        if not parts:
            nothing = self.emit("log", self.constant(0))
            return self.emit(op, nothing, nothing, r)
        first = max(parts, key=lambda part: part.wide)
        anchor = self.emit("anchor", self._peak(first))
        pieces = [self._relative_sum(first, r)]
        for part in parts:
            if part is not first:
                ratio = self.emit("log_ratio", self._peak(part), anchor)
                pieces += [self._relative_sum(part, r), ratio]
        gathered = self.emit("gather", r, *pieces) if pieces[1:] else self.emit("log", *pieces)
        return self.emit(op, self.emit("log", anchor), gathered, r)

    def _relative_sum(self, part: Part, r: int) -> int:
        """Emit the power sum of a part, divided by that of its largest entry."""
        if not part.wide:
            return part.times
        sizes = self.emit("sizes", part.values)
        logs = self.emit("relative_logs", sizes, self._peak(part))
        return self.emit("scaled_sum", logs, self.emit("weights", sizes, part.times), r)


def log_of(number: Fraction) -> float:
    """Return ln of a positive fraction, of any size."""
    return log(number.numerator) - log(number.denominator)


def _joined(one: Term, other: Term) -> Term:
    """Return the product of two terms known by their logarithms."""
    noise = tuple(dict.fromkeys(one.noise + other.noise))
    return Term(one.factor * other.factor, addends=one.addends + other.addends, noise=noise)
