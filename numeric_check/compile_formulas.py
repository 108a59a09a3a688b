"""From formulas to instructions: intervals of relative margins."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

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
)
from symbolic_proofs.language.vectors import length

from .compile_terms import TermCompiler
from .instructions import Term, Value, log_of
from .program import NotSearchableError


class FormulaCompiler(TermCompiler):
    """Emits instructions for formulas."""

    def formula(self, formula: Formula, positive: bool = True) -> int:
        """Compile a formula to the register of its truth interval.

        A quantified variable under ∀ is sampled like a free one, which can refute the formula and
        not establish it; ∃ (or ∀ where `positive` is False) can not be refuted so, and counts as
        holding (failing).
        """
        match formula:
            case Relation():
                return self._relation(formula)
            case NonZero(args=(v,)):
                return self.emit("truth", self.emit("positive", self.top(v)))
            case Constant(args=(v,)):
                least = [
                    self.emit("least_live", p.values, p.times, literal=p.wide)
                    for p in self.parts(v)
                ]
                return self.emit(
                    "truth", self.emit("not_below", self.emit("least", *least), self.top(v))
                )
            case SameZeros() | SameVector():
                return self._same(formula)
            case Not(args=(inner,)):
                return self.emit("not", self.formula(inner, not positive))
            case And():
                return self.emit("and", *(self.formula(part, positive) for part in formula.args))
            case Implies(args=(left, right)):
                return self._implies(left, right, positive)
            case Iff(args=(left, right)):
                return self.emit(
                    "and",
                    self._implies(left, right, positive),
                    self._implies(right, left, positive),
                )
            case Every() | Some():
                return self._over_all(formula, positive)
            case ForAll() if positive:
                return self._implies(And(*formula.given), formula.body, positive)
            case Exists() if not positive:
                return self.emit(
                    "and", *(self.formula(f, positive) for f in (*formula.given, formula.body))
                )
            case ForAll() | Exists():
                return self.emit(
                    "truth", self.emit("positive", self.constant(1 if positive else 0))
                )
        raise NotSearchableError(f"{formula} is not evaluated")

    def _implies(self, left: Formula, right: Formula, positive: bool) -> int:
        return self.emit(
            "or", self.emit("not", self.formula(left, not positive)), self.formula(right, positive)
        )

    def _over_all(self, formula: Any, positive: bool) -> int:
        op = "and" if isinstance(formula, Every) else "or"
        if self.is_one_by_one(formula):
            rounds = self.each(formula, lambda: self.formula(formula.body, positive))
            return self.emit(op, *rounds)
        word = "every" if isinstance(formula, Every) else "some"
        stretches = self.over_index(formula, lambda: self.formula(formula.body, positive))
        return self.emit(
            op, *(self.emit("ranged", s.body, s.times, literal=(word, s.wide)) for s in stretches)
        )

    def _same(self, formula: Any) -> int:
        if sp.expand(length(formula.args[0]) - length(formula.args[1])) != 0:
            raise NotSearchableError(f"two lengths are compared in {formula}")
        op = "same_zeros" if isinstance(formula, SameZeros) else "same_values"
        same = [
            self.emit(op, left.values, right.values, times, literal=wide)
            for times, wide, (left, right) in self.lined_up(formula.args)
        ]
        return self.emit("and", *(self.emit("truth", register) for register in same))

    def _relation(self, relation: Relation) -> int:
        op = relation.op
        left, right = self.value(relation.left), self.value(relation.right)
        # the margin is of larger - smaller
        margin = left.plus(right.times(-1)) if op in (">", ">=") else right.plus(left.times(-1))
        if op in ("=", "!="):
            equal = self._margin(margin, "=")
            return equal if op == "=" else self.emit("not", equal)
        return self._margin(margin, "<" if op in ("<", ">") else "<=")

    def _margin(self, value: Value, sense: str) -> int:
        constant, terms = value.constant, value.terms
        factors = tuple(float(t.factor) for t in terms)
        by_log = any(t.addends for t in terms)
        if not by_log and all(t.atom for t in terms) and len(terms) + bool(constant) <= 2:
            literal = (float(constant), factors, sense)
            return self.emit("compare_atoms", *(t.register for t in terms), literal=literal)
        if not by_log:
            literal = (float(constant), factors, sense)
            register = self.emit("compare_linear", *(t.register for t in terms), literal=literal)
        else:
            register = self._margin_by_logs(value)
        return self.emit("equal", register) if sense == "=" else register

    def _margin_by_logs(self, value: Value) -> int:
        sides = [Value(value.constant)] if value.constant else []
        sides += [Value(Fraction(0), (t,)) for t in value.terms]
        if len(sides) == 2:
            signed = [(self.as_log(s) or self.as_log(s.times(-1)), s) for s in sides]
            above = [log for log, s in signed if log and self.as_log(s)]
            below = [log for log, s in signed if log and not self.as_log(s)]
            if len(above) == len(below) == 1:
                return self._compare_logs(above[0], below[0])
        kinds, registers = [], []
        if value.constant:
            kinds.append((float(value.constant), "plain"))
            registers.append(self.constant(1))
        for term in value.terms:
            kinds.append((float(term.factor), "log" if term.addends else "plain"))
            registers.append(self.log(term) if term.addends else term.register)
        return self.emit("compare_mixed", *registers, literal=tuple(kinds))

    def _compare_logs(self, above: Term, below: Term) -> int:
        constant = log_of(above.factor) - log_of(below.factor)
        groups: dict[Any, dict[int, float]] = {}
        for side, term in ((1.0, above), (-1.0, below)):
            for role, sign, register in term.addends:
                group = groups.setdefault(role, {})
                group[register] = group.get(register, 0.0) + side * sign
        literal: list[tuple[float, ...]] = []
        registers: list[int] = []
        for group in groups.values():
            kept = {register: sign for register, sign in group.items() if sign}
            if kept:
                literal.append(tuple(kept.values()))
                registers += kept
        noise = dict.fromkeys(above.noise + below.noise)
        return self.emit("compare_logs", *registers, *noise, literal=(tuple(literal), constant))
