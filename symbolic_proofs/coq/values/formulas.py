"""Whether formulas hold at values, each with the proof of it or of its negation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp

from ...language.formulas import (
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
from ...language.operations import Abs
from ...language.symbols import bound_symbol
from ...language.vectors import Entry, Vector, length
from ..errors import UntranslatedError
from ..expressions import natural, real, vector
from ..operations import NOWHERE, Expression, Places
from ..script import Script
from ..statements import Variables, in_range, proposition
from .context import closed, listing
from .equality import at_most, equal
from .numbers import compare, less, unequal
from .variables import ValuedVariables, families

#: whether a formula holds, and the proof of it or of its negation
Settled = tuple[bool, str]

_INDEX = bound_symbol(95, "count")

#: how a comparison is decided, which holds or fails: a lemma, and what it asks of the values, which
#: may be turned
_COMPARED: dict[tuple[str, bool], tuple[str, Callable[[Script, sp.Expr, sp.Expr], str], bool]] = {
    ("<", True): ("at_lt", less, False),
    ("<", False): ("at_not_lt", at_most, True),
    ("<=", True): ("at_le", at_most, False),
    ("<=", False): ("at_not_le", less, True),
    ("=", True): ("at_eq", equal, False),
    ("=", False): ("at_not_eq", unequal, False),
    ("!=", True): ("at_ne", unequal, False),
    ("!=", False): ("at_not_ne", equal, False),
}


class SettledFormulas(ValuedVariables):
    """The formulas of a claim at values of its variables."""

    def settle(self, formula: Formula, places: Places = NOWHERE) -> Settled:
        """Return whether a formula holds, and the proof of it or of its negation."""
        match formula:
            case Relation():
                return self._relation(formula, places)
            case NonZero(args=(v,)):
                blocks = self.listed(v, places)
                if any(compare(x, sp.S.Zero) for x, k in blocks.blocks if k):
                    one = self.one_of(
                        blocks.blocks,
                        "(fun x => x <> 0)",
                        lambda x: unequal(self, x, sp.S.Zero) if compare(x, sp.S.Zero) else None,
                    )
                    return True, self._typed(
                        formula, places, True, f"nonzero_blocks _ _ {blocks.in_blocks} {one}"
                    )
                return False, self.not_nonzero(v, places)
            case Constant(args=(v,)):
                return self._constant(formula, v, places)
            case SameZeros(args=(u, v)) | SameVector(args=(u, v)):
                return self._same(formula, u, v, places)
            case Not(args=(inside,)):
                truth, proof = self.settle(inside, places)
                if not truth:
                    return True, proof
                return False, self._typed(formula, places, False, f"fun no => no {proof}")
            case And(args=parts):
                return self._all(formula, parts, places)
            case Iff(args=(left, right)):
                (a, one), (b, other) = self.settle(left, places), self.settle(right, places)
                return a is b, self._by_logic(formula, places, a is b, [one, other])
            case Implies(args=(given, then)):
                return self._implication(formula, given.args, then, places)
            case Every() | Some():
                return self._ranged(formula, places)
            case ForAll() | Exists():
                return self._instance(formula, places)
        raise UntranslatedError(f"the formula {type(formula).__name__} at values")

    def _relation(self, formula: Relation, places: Places) -> Settled:
        op, left, right = formula.op, formula.left, formula.right
        if op in (">", ">="):
            op, left, right = {">": "<", ">=": "<="}[op], right, left
        a, b = self.worth(left, places), self.worth(right, places)
        side = compare(a.value, b.value)
        truth = {"<": side < 0, "<=": side <= 0, "=": side == 0, "!=": side != 0}[op]
        lemma, shown, turned = _COMPARED[op, truth]
        sides = (b.value, a.value) if turned else (a.value, b.value)
        proof = f"{lemma} _ _ _ _ {a.proof} {b.proof} {shown(self, *sides)}"
        return truth, self._typed(formula, places, truth, proof)

    def _typed(self, formula: Formula, places: Places, truth: bool, proof: str) -> str:
        """Write what a proof shows as the text of the formula, and return the name."""
        name = self.fresh("ST")
        self.write(f"assert ({name} : {_said(formula, places, truth)}).")
        self.write(f"{{ exact ({proof}). }}")
        return name

    def _by_logic(self, formula: Formula, places: Places, truth: bool, known: Sequence[str]) -> str:
        """Write what follows from the parts of a formula, and return the name."""
        name = self.fresh("ST")
        self.write(f"assert ({name} : {_said(formula, places, truth)}).")
        with self.block():
            for by in known:
                self.write(f"pose proof {by}.")
            self.write("tauto.")
        return name

    def _all(self, formula: Formula, parts: Sequence[Formula], places: Places) -> Settled:
        known = []
        for part in parts:
            truth, proof = self.settle(part, places)
            if not truth:
                return False, self._by_logic(formula, places, False, [proof])
            known.append(proof)
        return True, self._by_logic(formula, places, True, known)

    def _implication(
        self, formula: Formula, given: Sequence[Formula], then: Formula, places: Places
    ) -> Settled:
        known = []
        for part in given:
            truth, proof = self.settle(part, places)
            if not truth:
                return True, self._by_logic(formula, places, True, [proof])
            known.append(proof)
        truth, proof = self.settle(then, places)
        return truth, self._by_logic(formula, places, truth, [*known, proof])

    def _constant(self, formula: Formula, v: Vector, places: Places) -> Settled:
        listed = self.listed(v, places)
        x = bound_symbol(94, "real")
        sizes = {value: self.worth(Abs(x), {x: closed(value)}) for value, _ in listed.blocks}
        first = sizes[listed.blocks[0][0]].value if listed.blocks else sp.S.Zero
        if not any(compare(size.value, first) for size in sizes.values()):
            says = f"(fun x => Rabs x = {real(first).text})"
            each = self.each_of(
                listed.blocks, says, lambda value: self.chained(sizes[value], first)
            )
            proof = f"constant_blocks _ _ {real(first).text} {listed.in_blocks} {each}"
            return True, self._typed(formula, places, True, proof)
        is_first = f"Rabs x = {real(first).text}"
        same = self.one_of(
            listed.blocks,
            f"(fun x => {is_first})",
            lambda value: sizes[value].proof if value == listed.blocks[0][0] else None,
        )
        other = self.one_of(
            listed.blocks,
            f"(fun x => Rabs x <> {real(first).text})",
            lambda value: (
                f"(at_ne _ _ _ _ {sizes[value].proof} (eq_refl _) "
                f"{unequal(self, sizes[value].value, first)})"
                if compare(sizes[value].value, first)
                else None
            ),
        )
        proof = f"not_constant_blocks _ _ {real(first).text} {listed.in_blocks} {same} {other}"
        return False, self._typed(formula, places, False, proof)

    def _same(self, formula: Formula, u: Vector, v: Vector, places: Places) -> Settled:
        """Settle what two vectors have in common, entry by entry."""
        one, other = self.listed(u, places), self.listed(v, places)
        kind = "zeros" if isinstance(formula, SameZeros) else "vector"
        if sum(k for _, k in one.blocks) != sum(k for _, k in other.blocks):
            unlike = self.fact(
                f"times {listing(one.blocks)} <> times {listing(other.blocks)}",
                "discriminate",
                "NL",
            )
            proof = f"not_same_{kind}_length _ _ _ _ {one.in_blocks} {other.in_blocks} {unlike}"
            return False, self._typed(formula, places, False, proof)
        a, b = Entry(u, _INDEX), Entry(v, _INDEX)
        says = (
            Iff(Relation("=", a, 0), Relation("=", b, 0))
            if kind == "zeros"
            else Relation("=", a, b)
        )
        truth, proof = self.settle(Every(says, _INDEX, length(v)), places)
        if not truth:
            return False, self._typed(formula, places, False, f"fun both => {proof} (proj2 both)")
        alike = self.fact(
            f"len {vector(u, places).text} = len {vector(v, places).text}",
            f"apply Nat2Z.inj; rewrite (len_times _ _ {one.in_blocks}), "
            f"(len_times _ _ {other.in_blocks}); reflexivity",
            "SL",
        )
        return True, self._typed(formula, places, True, f"conj {alike} {proof}")

    # -- indices and quantifiers -------------------------------------------------------------------

    def _ranged(self, formula: Any, places: Places) -> Settled:
        """Settle what is said of every index, or of some, by stretches of indices alike."""
        n, known = self.whole(formula.args[2], places)
        every = isinstance(formula, Every)
        found = []
        for low, high in self.stretches(formula.body, formula.variable, n, places):
            at = self.stretch(formula.variable, low, high)
            with at as index, self.inside(), self.apart() as lines:
                truth, proof = self.settle(formula.body, {**places, formula.variable: index})
            if truth is not every:
                return truth, self._at_index(formula, low, known, places)
            found.append((index, low, high, [*lines, f"exact {proof}."]))
        runs = []
        for index, low, high, lines in found:
            says = _said(formula.body, {**places, formula.variable: index}, every)
            runs.append((self.run(index, low, high, says, lines), high))
        name, j, holds = self.fresh("ST"), self.fresh("j"), self.fresh("HJ")
        self.write(f"assert ({name} : {_said(formula, places, every)}).")
        with self.block():
            pattern = f"{j} B{j}" if every else f"({j} & B{j} & {holds})"
            self.write(f"intros {pattern}; pose proof {known}.")
            last = "" if every else f" {holds}"
            for run, high in runs[:-1]:
                here = f"exact ({run} {j} ltac:(lia){last})"
                self.write(f"destruct (Z_le_gt_dec (Z.of_nat {j}) {high}); [ {here} |].")
            self.write(f"exact ({runs[-1][0]} {j} ltac:(lia){last})." if runs else "lia.")
        return every, name

    def _at_index(self, formula: Any, index: int, known: str, places: Places) -> str:
        """Write what the formula's truth is by one index, and return the name."""
        every = isinstance(formula, Every)
        name, at, there = self.fresh("ST"), self.fresh("j"), self.fresh("ZI")
        self.write(f"assert ({name} : {_said(formula, places, not every)}).")
        with self.block():
            self.write(f"destruct (some_whole {index}%Z ltac:(lia)) as ({at} & {there}).")
            self.wholes[at] = index, there
            place = Expression("whole", (), formula.variable, f"(INR {at})", natural=at)
            _, proof = self.settle(formula.body, {**places, formula.variable: place})
            inside = self.fact(
                in_range(at, natural(formula.args[2], places)), f"pose proof {known}; lia", "IN"
            )
            if every:
                self.write(f"intro HE; exact ({proof} (HE {at} {inside})).")
            else:
                self.write(f"exists {at}; split; [ exact {inside} | exact {proof} ].")
        return name

    def _instance(self, formula: Any, places: Places) -> Settled:
        """Settle a quantified formula by the values of its variables."""
        variables = Variables.of_symbols(formula.variables, families(formula))
        missing = [v.name for v in formula.variables if v.name not in self.values]
        universal = isinstance(formula, ForAll)
        if missing:
            raise UntranslatedError(f"{formula}: no value is given for {', '.join(missing)}")
        parts = [self.kind(about) for about, _ in variables.kinds()]
        for part in formula.given:
            truth, proof = self.settle(part, places)
            if not truth:
                raise UntranslatedError(f"{part}, a condition that the values do not meet")
            parts.append(proof)
        truth, proof = self.settle(formula.body, places)
        if truth is universal:
            raise UntranslatedError(f"{formula}, which one instance does not settle")
        name = self.fresh("ST")
        self.write(f"assert ({name} : {_said(formula, places, truth)}).")
        with self.block():
            names = variables.names()
            if universal:
                self.write(f"intro HA; exact ({proof} (HA {' '.join([*names, *parts])})).")
            else:
                self.write(f"exists {', '.join(names)}.")
                for part in parts:
                    self.write(f"split; [ exact {part} |].")
                self.write(f"exact {proof}.")
        return truth, name


def _said(formula: Formula, places: Places, truth: bool) -> str:
    text = proposition(formula, places)
    return text if truth else f"~ ({text})"
