"""From a claim to a program: its formulas, and what the premise says about how to sample."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import sympy as sp

from symbolic_proofs.claims.claim import Claim
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
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.terms import Greatest, Least, Norm, PowerSum, PQIndex, Total
from symbolic_proofs.language.vectors import Steps, VectorSymbol, length

from .compile_terms import TermCompiler, Value, log_of
from .program import Bound, LengthClass, NotSearchableError, Program, ScalarSlot, VectorSlot

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def compile_claim(claim: Claim, members: int = 2) -> Program:
    """Return the program of a claim whose families of vectors have `members` members each.

    Raises NotSearchableError when a formula or term can not be evaluated on batches.
    """
    given, conclusion, mode, quantified = list(claim.given), claim.conclusion, "counterexample", ()
    if isinstance(conclusion, Exists):
        given += conclusion.given
        mode, variables, conclusion = "existence", conclusion.variables, conclusion.body
        if isinstance(conclusion, ForAll):
            given += conclusion.given
            mode = "universal"
            quantified = tuple(
                v.name for v in (*variables, *conclusion.variables) if isinstance(v, sp.Symbol)
            )
            conclusion = conclusion.body
    return _ClaimCompiler(given, conclusion, members).program(mode, quantified)


def families(*formulas: Formula) -> set[sp.Symbol]:
    """Return the symbols that count the members of families of vectors."""
    found = set()
    for formula in formulas:
        for node in sp.preorder_traversal(formula):
            if isinstance(node, Every | Some | Steps | Total | Least | Greatest) and any(
                node.variable in index.free_symbols
                for v in node.body.atoms(VectorSymbol)
                for index in v.indices
            ):
                found.add(node.args[2])
    return {symbol for symbol in found if isinstance(symbol, sp.Symbol)}


class _ClaimCompiler(TermCompiler):
    def __init__(self, given: list[Formula], conclusion: Formula, members: int):
        self.premise, self.conclusion = given, conclusion
        super().__init__(dict.fromkeys(families(*given, conclusion), members))

    def program(self, mode: str, quantified: tuple[str, ...]) -> Program:
        conclusion = self.formula(self.conclusion)
        given = tuple(self.formula(formula) for formula in self.premise)
        measured = tuple(dict.fromkeys(self.linear(self.value(n)) for n in self._measured()))
        classes = self._classes()
        slots = tuple(
            VectorSlot(
                key, v.name, member, self.classes.index(v.args[1]), str(v.args[2]) == "nonnegative"
            )
            for key, (v, member) in self.slots.items()
        )
        exponents, counts, scalars = self._scalars()
        swaps = tuple(swap for swap in map(self._swap, self.premise, given) if swap)
        return Program(
            mode=mode,
            needs=self._needs(),
            code=tuple(self.code),
            given=given,
            conclusion=conclusion,
            defined=tuple(dict.fromkeys(self.defined)),
            measured=measured,
            classes=classes,
            vectors=slots,
            exponents=exponents,
            counts=counts,
            scalars=scalars,
            quantified=quantified,
            families=tuple(
                (s.name, n) for s, n in sorted(self.members.items(), key=lambda m: str(m[0].name))
            ),
            ordered=self._ordered(exponents),
            swaps=swaps,
            same_zeros=tuple(
                (f.args[0].name, f.args[1].name)
                for f in self.premise
                if isinstance(f, SameZeros)
                and all(isinstance(v, VectorSymbol) and not v.indices for v in f.args)
            ),
        )

    # --- formulas
    # -------------------------------------------------------------------------------------

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
                return self.emit("truth", self.emit("positive", self._top(v)))
            case Constant(args=(v,)):
                least = [self.emit("least_live", p.values, p.times) for p in self.parts(v)]
                return self.emit(
                    "truth", self.emit("not_below", self.emit("least", *least), self._top(v))
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
        raise NotSearchableError(f"the search can not evaluate {formula}")

    def _implies(self, left: Formula, right: Formula, positive: bool) -> int:
        return self.emit(
            "or", self.emit("not", self.formula(left, not positive)), self.formula(right, positive)
        )

    def _over_all(self, formula: Any, positive: bool) -> int:
        op = "and" if isinstance(formula, Every) else "or"
        if formula.args[2] in self.members:
            count = self.members[formula.args[2]]
            return self.emit(
                op,
                *self.each(formula.variable, count, lambda: self.formula(formula.body, positive)),
            )
        literal = "every" if isinstance(formula, Every) else "some"
        pieces = self.over_entries(formula, lambda: self.formula(formula.body, positive))
        return self.emit(
            op, *(self.emit("ranged", body, times, literal=literal) for times, body in pieces)
        )

    def _same(self, formula: Any) -> int:
        left, right = (self.parts(v) for v in formula.args)
        if [p.times for p in left] != [p.times for p in right]:
            raise NotSearchableError(f"the search can not line up the entries of {formula}")
        op = "same_zeros" if isinstance(formula, SameZeros) else "same_values"
        same = [
            self.emit(op, a.values, b.values, a.times) for a, b in zip(left, right, strict=True)
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
            signed = [(self._as_log(s) or self._as_log(s.times(-1)), s) for s in sides]
            above = [log for log, s in signed if log and self._as_log(s)]
            below = [log for log, s in signed if log and not self._as_log(s)]
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

    def _compare_logs(self, above: Any, below: Any) -> int:
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

    # --- what to sample, and how
    # ----------------------------------------------------------------------

    def _measured(self) -> list[sp.Expr]:
        heads = [
            n
            for n in sp.preorder_traversal(self.conclusion)
            if isinstance(n, PQIndex | Norm | PowerSum)
        ]
        lengths = [length(head.args[0]) for head in heads]
        return [n for n in dict.fromkeys(lengths) if n.free_symbols]

    def _needs(self) -> tuple[tuple[int, ...], ...]:
        needs: list[set[int]] = []
        for i, (_, arguments, _) in enumerate(self.code):
            needs.append({i}.union(*(needs[a] for a in arguments)))
        return tuple(tuple(sorted(n)) for n in needs)

    def _symbols(self) -> list[sp.Symbol]:
        found: set[sp.Symbol] = set()
        for formula in (*self.premise, self.conclusion, *self.classes):
            for symbol in formula.atoms(sp.Symbol):
                if not symbol.name.startswith("_") and symbol not in self.members:
                    found.add(symbol)
        return sorted(found, key=lambda s: str(s.name))

    def _exponent_symbols(self) -> set[sp.Symbol]:
        """Find the exponents of norms and sums, and what the premise compares with them."""
        found: set[sp.Symbol] = set()
        for formula in (*self.premise, self.conclusion):
            for head in formula.atoms(PQIndex, Norm, PowerSum):
                found |= {e for e in head.args[1:] if isinstance(e, sp.Symbol)}
        for f in self.premise:
            if isinstance(f, Relation) and {f.left, f.right} & found:
                found |= {s for s in (f.left, f.right) if isinstance(s, sp.Symbol)}
        return found

    def _scalars(self) -> tuple[tuple[str, ...], tuple[ScalarSlot, ...], tuple[ScalarSlot, ...]]:
        exponents = self._exponent_symbols()
        counts = [s for s in self._symbols() if kind_of(s) in ("size", "count")]
        others = [s for s in self._symbols() if s not in exponents and s not in counts]
        relations = [f for f in self.premise if isinstance(f, Relation)]
        # a relation bounds the last of its variables; what stands in many relations comes first
        uses = {s: sum(s in f.atoms(sp.Symbol) for f in relations) for s in others}
        others.sort(key=lambda s: (-uses[s], str(s.name)))
        bounds: dict[sp.Symbol, list[Bound]] = {s: [] for s in others}
        for f in relations:
            inside = [s for s in others if s in f.atoms(sp.Symbol)]
            if inside and (bound := self._bound(f, inside[-1])):
                bounds[inside[-1]].append(bound)
        return (
            tuple(sorted(str(s.name) for s in exponents)),
            tuple(ScalarSlot(s.name, kind_of(s)) for s in counts),
            tuple(ScalarSlot(s.name, kind_of(s), tuple(bounds[s])) for s in others),
        )

    def _bound(self, relation: Relation, symbol: sp.Symbol) -> Bound | None:
        """Solve a relation for a symbol that stands in it linearly, alone or as a magnitude."""
        difference = sp.expand(relation.left - relation.right)
        inside = [part for part in sp.Add.make_args(difference) if symbol in part.atoms(sp.Symbol)]
        for unknown in (symbol, sp.Abs(symbol)):
            factors = [part / unknown for part in inside]
            if len(inside) == 1 and factors[0].is_Rational:
                other = -(difference - inside[0]) / factors[0]
                op = relation.op if factors[0] > 0 else _FLIPPED[relation.op]
                return Bound(op, self.linear(self.value(other)), unknown is not symbol)
        return None

    def _classes(self) -> tuple[LengthClass, ...]:
        owned: set[sp.Symbol] = set(self.members)
        found = []
        for expression in self.classes:
            own, coefficient, rest = None, sp.Integer(0), expression
            for candidate in sorted(
                expression.free_symbols - owned, key=lambda s: str(s.name), reverse=True
            ):
                slope = sp.expand(expression).coeff(candidate, 1)
                rest = sp.expand(expression - slope * candidate)
                if candidate not in rest.free_symbols and slope != 0:
                    own, coefficient = candidate, slope
                    owned |= expression.free_symbols
                    break
            least = 1 if own is not None and kind_of(own) == "count" else 0
            registers = [self.linear(self.value(e)) for e in (expression, coefficient, rest)]
            found.append(
                LengthClass(registers[0], own and own.name, least, registers[1], registers[2])
            )
        return tuple(found)

    def _ordered(self, exponents: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        pairs = []
        for f in self.premise:
            if isinstance(f, Relation) and f.op not in ("=", "!="):
                low, high = (f.left, f.right) if f.op in ("<", "<=") else (f.right, f.left)
                if (
                    getattr(low, "name", None) in exponents
                    and getattr(high, "name", None) in exponents
                ):
                    pairs.append((low.name, high.name))
        return tuple(pairs)

    def _swap(self, formula: Formula, register: int) -> tuple[int, str, str] | None:
        """Find two vectors whose exchange turns a relation around."""
        if not isinstance(formula, Relation) or formula.op in ("=", "!="):
            return None
        vectors = sorted(
            (v for v in formula.atoms(VectorSymbol) if not v.indices), key=lambda v: v.name
        )
        for one, other in combinations(vectors, 2):
            exchanged = formula.left.xreplace({one: other, other: one})
            if one.args[1:] == other.args[1:] and exchanged == formula.right:
                return register, one.name, other.name
        return None
