"""Conditions that a claim may have forgotten, read off a term that has no value at a point.

Inside a formula without a value there is a smallest term without one: a power of 0, the logarithm
of a number that is not positive, the index of a zero vector, an entry past the end. What its parts
lack is what the claim should have said: x != 0, V != 0, N > 1, p != q. These are proposals, the
weakest first; what they are worth is decided where they are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import sympy as sp

from symbolic_proofs.language.binders import Binder
from symbolic_proofs.language.formulas import (
    Every,
    Exists,
    ForAll,
    Formula,
    Implies,
    NonZero,
    Relation,
    Some,
    free_variables,
)
from symbolic_proofs.language.kinds import least
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.operations import Log, Power
from symbolic_proofs.language.sums import NonzeroTotal, ShortestWindow
from symbolic_proofs.language.symbols import bound_level, bound_symbol, kind_of
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    Norm,
    OnNonzero,
    PowerSum,
    PQIndex,
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

from ..certifier.assignment import Stated, assign, name_of
from ..certifier.definedness import GuardedDecider
from ..certifier.errors import Undecided, UnfitWitnessError, ValuelessError
from ..certifier.numbers.arithmetic import Values
from ..certifier.terms import Valuation
from ..certifier.witness import Witness

#: places of an index that are looked at
MOST_PLACES = 24


@dataclass(frozen=True)
class Gap:
    """The smallest term that has no value at a point, and the indices that it stands under.

    `indices` are the indices with their ranges, the innermost first.
    """

    term: sp.Basic
    indices: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()


def gap_at(claim: Stated, witness: Witness) -> Gap | None:
    """Return a smallest term of the claim that has no value at the witness, None if none is found.

    What a premise guards is not looked at where that premise fails.
    """
    try:
        values = assign((*claim.given, claim.conclusion), witness)
    except UnfitWitnessError:
        return None
    finder = _Finder(GuardedDecider(values))
    for formula in (*claim.given, claim.conclusion):
        found = finder.in_formula(formula, {})
        if found is not None:
            return found
    return None


class _Finder:
    def __init__(self, decider: GuardedDecider) -> None:
        self._decider = decider
        self._fresh = 0

    def in_formula(self, formula: Formula, at: Values) -> Gap | None:
        match formula:
            case Implies():
                premise, then = formula.args
                return self.in_formula(premise, at) or (
                    self.in_formula(then, at) if self._true(premise, at) else None
                )
            case Every() | Some():
                return self._under_index(formula, at)
            case ForAll() | Exists():
                for part in formula.given:
                    if (found := self.in_formula(part, at)) or not self._true(part, at):
                        return found
                return self.in_formula(formula.body, at)
        for part in formula.args:
            if isinstance(part, Formula):
                found = self.in_formula(part, at)
            else:
                found = self._in_term(part, at) if isinstance(part, sp.Expr | Vector) else None
            if found is not None:
                return found
        return None

    def _true(self, formula: Formula, at: Values) -> bool:
        try:
            return self._decider.find(formula, at).truth is True
        except (ValuelessError, Undecided, UnfitWitnessError):
            return False

    def _in_term(self, node: sp.Basic, at: Values) -> Gap | None:
        if not self._lacks_value(node, at):
            return None
        if isinstance(node, Map | NonzeroTotal):
            found = self._in_term(node.args[2], at) or self._under_entry(node, at)
        elif isinstance(node, OnNonzero):
            found = self._in_term(node.args[2], at) or self._in_term(node.at(node.args[2]), at)
        elif isinstance(node, Binder):
            found = self._under_index(node, at)
        else:
            parts = (part for part in node.args if isinstance(part, sp.Expr | Vector))
            found = next((gap for part in parts if (gap := self._in_term(part, at))), None)
        return found or Gap(node)

    def _lacks_value(self, node: sp.Basic, at: Values) -> bool:
        def value(valuation: Valuation) -> bool:
            if isinstance(node, Vector):
                valuation.vectors.blocks(node, at)
            else:
                valuation.number(node, at)
            return True

        try:
            self._decider.first_answer(value)
        except ValuelessError:
            return True
        except (Undecided, UnfitWitnessError):
            return False
        return False

    def _under_index(self, node: Binder, at: Values) -> Gap | None:
        if (found := self._in_term(node.args[2], at)) is not None:
            return found
        return self._at_places(node.body, node.variable, node.args[2], at)

    def _under_entry(self, node: Binder, at: Values) -> Gap | None:
        """Look under a binder of entries, an entry of its vector in the place of its variable."""
        self._fresh += 1
        vector, index = node.args[2], bound_symbol(-self._fresh, "count")
        entry = Entry(vector, index)
        body = node.at(entry)
        if isinstance(node, NonzeroTotal):
            guarded = Implies(Relation("!=", entry, 0), Relation("=", body, body))
            return self._at_places(guarded, index, length(vector), at)
        return self._at_places(body, index, length(vector), at)

    def _at_places(self, body: sp.Basic, index: sp.Symbol, size: sp.Expr, at: Values) -> Gap | None:
        try:
            found = self._decider.first_answer(lambda valuation: valuation.whole(size, at))
        except (ValuelessError, Undecided, UnfitWitnessError):
            return None
        for place in range(1, min(found[0] if found else 0, MOST_PLACES) + 1):
            there = {**at, index: place}
            looked = self.in_formula if isinstance(body, Formula) else self._in_term
            if (gap := looked(body, there)) is not None:
                return Gap(gap.term, (*gap.indices, (index, size)))
        return None


def conditions(gap: Gap, witness: Witness) -> Iterator[Formula]:
    """Yield conditions under which the term may have a value, the weakest and plainest first."""
    seen: set[Formula] = set()
    for said in _conditions(gap.term, witness):
        condition = said
        for index, size in gap.indices:
            if index in condition.free_symbols:
                condition = Every(condition, index, size)
        free = {s for s in condition.free_symbols if bound_level(s)}
        if condition not in seen and not free:
            seen.add(condition)
            yield condition


def _conditions(term: sp.Basic, witness: Witness) -> Iterator[Formula]:
    with suppress(LanguageError):
        match term:
            case PQIndex(args=(vector, p, q)):
                yield from _vector_not_zero(vector)
                yield from (Relation(">", exponent, 0) for exponent in (p, q))
            case PowerSum() | Norm():
                yield Relation(">", term.args[1], 0)
            case Entry(args=(vector, index)):
                yield Relation("<=", index, length(vector))
                yield Relation(">=", index, 1)
            case Least() | Greatest():
                yield Relation(">", term.args[2], 0)
            case ShortestWindow(args=(vector, width)):
                yield Relation("<=", width, length(vector))
                yield Relation(">=", width, 1)
            case Repeat():
                yield Relation(">=", term.args[1], 0)
            case Binder():
                yield Relation(">=", term.args[2], 0)
            case Power(args=(base, exponent)):
                yield from _not_zero(base, witness)
                yield Relation(">=", base, 0)
                yield Relation(">", base, 0)
                yield Relation(">", exponent, 0)
            case Log(args=(argument,)):
                yield from _not_zero(argument, witness)
                yield Relation(">=", argument, 0)
                yield Relation(">", argument, 0)


def _not_zero(base: sp.Expr, witness: Witness) -> Iterator[Formula]:
    """Yield what may keep a term from being 0: of its vectors, of its scalars, of itself."""
    for node in sp.preorder_traversal(base):
        if isinstance(node, PowerSum | Norm | NonzeroCount):
            yield from _vector_not_zero(node.args[0])
    scalars = sorted(_plain_scalars(base), key=name_of)
    for one, other in combinations(scalars, 2):
        if kind_of(one) == kind_of(other):
            yield Relation("!=", one, other)
    for symbol in scalars:
        if symbol.name in witness.scalars:
            yield _differs(symbol, witness.scalars[symbol.name])
    yield Relation("!=", base, 0)


def _plain_scalars(term: sp.Basic) -> set[sp.Symbol]:
    """Return the free scalars of a term, but for those that only say how long a vector is."""
    if isinstance(term, VectorSymbol):
        return set()
    if isinstance(term, sp.Symbol):
        return set() if bound_level(term) else {term}
    inside = set().union(*map(_plain_scalars, term.args))
    return inside & {v for v in free_variables(term) if isinstance(v, sp.Symbol)}


def _differs(symbol: sp.Symbol, value: Fraction) -> Formula:
    """State that a symbol has not this value; above it, where its kind has no lower one."""
    return Relation(">" if value == least(symbol) else "!=", symbol, value)


def _vector_not_zero(vector: Vector) -> Iterator[Formula]:
    core = _core(vector)
    if core is not None:
        yield NonZero(core)
    yield NonZero(vector)


def _core(vector: Vector) -> Vector | None:
    """Return the one vector symbol whose zeros make this vector zero, None if there are others."""
    match vector:
        case VectorSymbol():
            return vector
        case Sorted() | Map() | Steps():
            return _core(vector.args[2] if isinstance(vector, Map) else vector.args[0])
        case Concat():
            parts = {_core(part) for part in vector.args if part != Repeat(0, length(part))}
            return parts.pop() if len(parts) == 1 else None
    return None
