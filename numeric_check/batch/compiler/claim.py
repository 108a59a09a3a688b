"""From a claim to a program: its formulas, and what the premise says about how to sample."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import sympy as sp

from symbolic_proofs.kernel import KernelError
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import (
    Every,
    Exists,
    ForAll,
    Formula,
    Relation,
    SameZeros,
    Some,
)
from symbolic_proofs.language.operations import Abs, summands
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.terms import Greatest, Least, Norm, PowerSum, PQIndex, Total
from symbolic_proofs.language.vectors import Entry, Steps, VectorSymbol, length
from symbolic_proofs.rational_terms import coefficient, expanded

from ..program import (
    Bound,
    GivenSum,
    LengthClass,
    NotSearchableError,
    Program,
    ScalarSlot,
    SumOf,
    VectorSlot,
)
from .formulas import FormulaCompiler
from .parity import is_signless

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def compile_claim(claim: Claim, members: int = 2) -> Program:
    """Return the program of a claim whose families of vectors have `members` members each.

    Raises NotSearchableError when a formula or term cannot be evaluated on batches.
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


def _given_sum(formula: Formula) -> GivenSum | None:
    """Return what a premise says of the sum of the entries of a vector, None if it is no such."""
    if not isinstance(formula, Relation) or formula.op != "=":
        return None
    one, other = _sum_of(formula.left), _sum_of(formula.right)
    if one is None:
        one, other, value = other, one, formula.left
    else:
        value = formula.right
    if one is not None and other is not None and one.key != other.key:
        return GivenSum(one, other)
    if one is not None and isinstance(value, sp.Rational) and value > 0:
        return GivenSum(one, Fraction(int(value.p), int(value.q)))
    return None


def _sum_of(term: sp.Expr) -> SumOf | None:
    match term:
        case PowerSum(args=(VectorSymbol() as v, order)) | Norm(args=(VectorSymbol() as v, order)):
            return SumOf(v.name, magnitudes=True) if order == 1 and not v.indices else None
        case Total():
            entry = term.body.args[0] if isinstance(term.body, Abs) else term.body
            match entry:
                case Entry(args=(VectorSymbol() as v, i)) if i == term.variable and not v.indices:
                    return SumOf(v.name, magnitudes=entry != term.body)
    return None


class _ClaimCompiler(FormulaCompiler):
    def __init__(self, given: list[Formula], conclusion: Formula, members: int):
        self.premise, self.conclusion = given, conclusion
        super().__init__(dict.fromkeys(families(*given, conclusion), members))

    def program(self, mode: str, quantified: tuple[str, ...]) -> Program:
        if any(formula.atoms(ForAll, Exists) for formula in self.premise):
            raise NotSearchableError("a premise speaks of all values of a variable")
        conclusion = self.formula(self.conclusion, mode != "existence")
        if conclusion == self.known(mode != "existence"):
            raise NotSearchableError("it speaks of all values of a variable, as no instance does")
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
            sums=tuple(filter(None, map(_given_sum, self.premise))),
            axes=self.deepest,
            positional=self.positional,
            signless=frozenset(
                [slot.key for slot in slots if is_signless(self.code, "values", slot.key)]
                + [slot.name for slot in scalars if is_signless(self.code, "scalar", slot.name)]
            ),
            untested=self.untested,
        )

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
        free, found = set(self._symbols()), set[sp.Symbol]()
        for formula in (*self.premise, self.conclusion):
            for head in formula.atoms(PQIndex, Norm, PowerSum):
                found |= {e for e in head.args[1:] if isinstance(e, sp.Symbol)}
        for f in self.premise:
            if isinstance(f, Relation) and {f.left, f.right} & found:
                found |= {s for s in (f.left, f.right) if isinstance(s, sp.Symbol)}
        return found & free

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
        try:
            difference = expanded(relation.left - relation.right)
            inside = [part for part in summands(difference) if symbol in part.atoms(sp.Symbol)]
            for unknown in (symbol, Abs(symbol)) if len(inside) == 1 else ():
                factor = coefficient(difference, unknown)
                if isinstance(factor, sp.Rational) and factor != 0:
                    other = expanded(-(difference - factor * unknown) / factor)
                    op = relation.op if factor > 0 else _FLIPPED[relation.op]
                    return Bound(op, self.linear(self.value(other)), unknown is not symbol)
        except KernelError:
            pass  # too long to be solved: the candidates are drawn without the bound
        return None

    def _linear_in(self, symbol: sp.Symbol, length_: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
        try:
            slope = coefficient(length_, symbol)
            return slope, expanded(length_ - slope * symbol)
        except KernelError as error:
            raise NotSearchableError(f"the length {length_} is too long a term") from error

    def _classes(self) -> tuple[LengthClass, ...]:
        owned: set[sp.Symbol] = set(self.members)
        found = []
        for expression in self.classes:
            own, factor, rest = None, sp.Integer(0), expression
            for candidate in sorted(
                expression.free_symbols - owned, key=lambda s: str(s.name), reverse=True
            ):
                slope, rest = self._linear_in(candidate, expression)
                if candidate not in rest.free_symbols and slope != 0:
                    own, factor = candidate, slope
                    owned |= expression.free_symbols
                    break
            least = 1 if own is not None and kind_of(own) == "count" else 0
            registers = [self.linear(self.value(e)) for e in (expression, factor, rest)]
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
