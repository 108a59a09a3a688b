"""From formulas to instructions: intervals of relative margins."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

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
from symbolic_proofs.rational_terms import same_length

from ..instructions import Term, Value, log_of
from ..program import NotSearchableError
from .terms import TermCompiler


class FormulaCompiler(TermCompiler):
    """Emits instructions for formulas; `untested` once a part counted as holding or failing."""

    untested = False

    def formula(self, formula: Formula, positive: bool = True) -> int:
        """Compile a formula to the register of its truth interval.

        A quantified variable under ∀ is sampled like a free one, which can refute the formula and
        not establish it; ∃ (or ∀ where `positive` is False) cannot be refuted so, and counts as
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
                return self._not(self.formula(inner, not positive))
            case And():
                return self._joined("and", [self.formula(f, positive) for f in formula.args])
            case Implies(args=(left, right)):
                return self._implies(left, right, positive)
            case Iff(args=(left, right)):
                ways = ((left, right), (right, left))
                return self._joined("and", [self._implies(*way, positive) for way in ways])
            case Every() | Some():
                return self._over_all(formula, positive)
            case ForAll() if positive:
                return self._implies(And(*formula.given), formula.body, positive)
            case Exists() if not positive:
                parts = (*formula.given, formula.body)
                return self._joined("and", [self.formula(f, positive) for f in parts])
            case ForAll() | Exists():
                self.untested = True
                return self.known(positive)
        raise NotSearchableError(f"{formula} is not evaluated")

    def known(self, holds: bool) -> int:
        """Return the register of a formula that counts as holding, or as failing, everywhere."""
        return self.emit("truth", self.emit("positive", self.constant(1 if holds else 0)))

    def _not(self, register: int) -> int:
        for holds in (True, False):
            if register == self.known(holds):
                return self.known(not holds)
        return self.emit("not", register)

    def _joined(self, op: str, registers: list[int]) -> int:
        """Join formulas by "and" or "or"; one that decides the whole counts for all."""
        deciding, neutral = self.known(op == "or"), self.known(op == "and")
        if deciding in registers:
            return deciding
        left = [register for register in registers if register != neutral]
        return self.emit(op, *left) if left else neutral

    def _implies(self, left: Formula, right: Formula, positive: bool) -> int:
        negated = self._not(self.formula(left, not positive))
        return self._joined("or", [negated, self.formula(right, positive)])

    def _over_all(self, formula: Any, positive: bool) -> int:
        op = "and" if isinstance(formula, Every) else "or"
        if self.is_one_by_one(formula):
            return self._joined(
                op, self.each(formula, lambda: self.formula(formula.body, positive))
            )
        word = "every" if isinstance(formula, Every) else "some"
        stretches = self.over_index(formula, lambda: self.formula(formula.body, positive))
        decided = {self.known(True), self.known(False)}
        ends = [
            s.body
            if s.body in decided
            else self.emit("ranged", s.body, s.times, literal=(word, s.wide))
            for s in stretches
        ]
        return self._joined(op, ends)

    def _same(self, formula: Any) -> int:
        if not same_length(*map(length, formula.args)):
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
