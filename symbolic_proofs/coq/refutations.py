"""Counterexamples and examples as theorems of Coq.

What a counterexample proves is that there are values, of the kinds that the variables have, which
meet the hypotheses and at which the conclusion fails; an example, that the conclusion holds there.
A proof stands in a file that begins with `From SA Require Import Witnesses.`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from ..language.claim import Claim
from ..language.formulas import (
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
from ..language.kinds import is_whole
from ..language.operations import Abs
from ..language.symbols import bound_symbol
from ..language.vectors import Entry, Vector, VectorSymbol, is_nonnegative_vector, length
from .errors import UntranslatedError
from .expressions import NOWHERE, Expression, Places, natural, real, vector
from .names import name_of, variable_name
from .statements import Sequent, Variables, in_range, proposition
from .values.algebra import at_most, equal
from .values.context import Listed, NoValueError, Worth, closed, listing
from .values.evaluation import Evaluation
from .values.numbers import compare, less, unequal

#: a number, the blocks of a vector as (value, times), or the vectors of a family in turn
Value = Any
Values = Mapping[Any, Value]
#: whether a formula holds, and the proof of it or of its negation
Settled = tuple[bool, str]

_INDEX = bound_symbol(95, "count")


def denial(claim: Claim) -> str:
    """Return that values exist which meet the hypotheses and at which the conclusion fails."""
    return _existence(claim, f"~ ({proposition(claim.conclusion)})")


def affirmation(claim: Claim) -> str:
    """Return that values exist which meet the hypotheses and at which the conclusion holds."""
    return _existence(claim, f"({proposition(claim.conclusion)})")


def refutation(claim: Claim, values: Values) -> str:
    """Return the proof of the denial at these values, without `Proof.` and `Qed.`.

    `values` are those of the claim's symbols, free or quantified, by the symbol or its name. Raises
    UntranslatedError, which names what stands in the way, if only that these refute nothing.
    """
    return _AtValues(claim, values).proof(claim.conclusion, False)


def example(claim: Claim, values: Values) -> str:
    """Return the proof of the affirmation at these values. Raises UntranslatedError."""
    return _AtValues(claim, values).proof(claim.conclusion, True)


def gap(claim: Claim, values: Values) -> tuple[str, str]:
    """Return a theorem about values at which a term of the conclusion has none, and its proof.

    The theorem says that values exist which meet the hypotheses and make a divisor 0, say. Raises
    UntranslatedError.
    """
    made = _AtValues(claim, values)
    reason, script = made.gap(claim.conclusion)
    return _existence(claim, reason), script


def _existence(claim: Claim, last: str) -> str:
    sequent = Sequent.of(claim.given, claim.conclusion)
    parts = [text for _, text in sequent.variables.kinds()]
    parts += [proposition(h) for h in sequent.hypotheses]
    binders = sequent.variables.binders()
    body = " /\\ ".join([*parts, last])
    return f"exists{binders}, {body}" if binders else body


class _AtValues(Evaluation):
    """The formulas of a claim at values of its variables."""

    def __init__(self, claim: Claim, values: Values) -> None:
        super().__init__()
        self.claim = claim
        self.sequent = Sequent.of(claim.given, claim.conclusion)
        self.values = {str(getattr(key, "name", key)): value for key, value in values.items()}
        self.nonnegative: dict[str, str] = {}
        quantified = claim.statement.atoms(ForAll, Exists)
        inside = Variables.of_symbols(
            {v for q in quantified for v in q.variables}, _families(claim.statement)
        )
        free = self.sequent.variables
        self._lengths((*free.vectors, *inside.vectors))
        for symbol in dict.fromkeys((*free.reals, *free.naturals, *inside.reals, *inside.naturals)):
            self._take(symbol, required=symbol in (*free.reals, *free.naturals))
        for v, indices in dict.fromkeys((*free.vectors, *inside.vectors)):
            self._take_vector(v, indices, required=(v, indices) in free.vectors)

    # -- values --------------------------------------------------------------------------------

    def _lengths(self, vectors: Sequence[tuple[VectorSymbol, int]]) -> None:
        """Take the lengths of vectors for values of what is their length alone."""
        for v, indices in vectors:
            size = v.args[1]
            if (
                v.name in self.values
                and isinstance(size, sp.Symbol)
                and size.name not in self.values
            ):
                given = self.values[v.name]
                first = (given[0] if given else ()) if indices else given
                self.values[size.name] = sum(int(k) for _, k in first)

    def _take(self, symbol: sp.Symbol, required: bool) -> None:
        if symbol.name not in self.values:
            if required:
                raise UntranslatedError(f"{symbol.name}, of which no value is given")
            return
        value, name = _exact(self.values[symbol.name]), variable_name(symbol)
        known = self.fresh("VA")
        if is_whole(symbol):
            if not isinstance(value, sp.Integer) or value < 0:
                raise UntranslatedError(f"{symbol.name} = {value}, which is not a whole number")
            self.write(f"destruct (some_whole {value}%Z ltac:(lia)) as ({name} & {known}).")
            self.wholes[name] = int(value), known
        else:
            found = self.worth(value)
            self.write(f"destruct (some_real {real(found.value).text}) as ({name} & {known}).")
            self.scalars[symbol] = Worth(found.value, known)

    def _take_vector(self, v: VectorSymbol, indices: int, required: bool) -> None:
        if v.name not in self.values:
            if required:
                raise UntranslatedError(f"{v.name}, of which no values are given")
            return
        name, given = name_of(v.name), self.values[v.name]
        if indices == 0:
            self._entries(name, given, is_nonnegative_vector(v))
            return
        if indices > 1:
            raise UntranslatedError(f"{v.name}, a family with {indices} indices")
        members = []
        for member in given:
            members.append(self.fresh("ws"))
            self._entries(members[-1], member, is_nonnegative_vector(v))
        function = f"(fun t => nth (t - 1) [{'; '.join(members)}] (fun _ => 0))"
        family = self.fresh("FX")
        self.write(f"destruct (some_family {function}) as ({name} & {family}).")
        for step, member in enumerate(members, 1):
            made = self.vectors.pop(member)
            known = self.fresh("BF")
            entries = f"{name} {step}%nat"
            shown = listing(made.blocks)
            says = f"Z.of_nat n = times {shown} -> in_order (mkvec n ({entries})) {shown}"
            self.write(f"assert ({known} : forall n, {says}).")
            self.write(f"{{ rewrite {family}; exact {made.proof}. }}")
            self.vectors[entries] = Listed(made.blocks, known, True)
        if is_nonnegative_vector(v):
            known = self.fresh("NF")
            every = "(Forall_nil _)"
            for member in reversed(members):
                every = f"(Forall_cons _ {self.nonnegative[member]} {every})"
            self.write(f"assert ({known} : forall t i, 0 <= {name} t i).")
            self.write(f"{{ rewrite {family}; exact (family_ge0 _ {every}). }}")
            self.nonnegative[name] = known

    def _entries(self, name: str, given: Any, nonnegative: bool) -> None:
        """Introduce the function that gives the entries of a vector."""
        worths = [(self.worth(_exact(x)), int(k)) for x, k in given]
        blocks = tuple((worth.value, k) for worth, k in worths if k)
        known, positive = self.fresh("BV"), self.fresh("NV")
        self.write(
            f"destruct (some_vector {listing(blocks)} eq_refl) as ({name} & {known} & {positive})."
        )
        self.vectors[name] = Listed(blocks, known, True)
        if nonnegative:
            every = self.fresh("NE")
            shown = [at_most(self, sp.S.Zero, x) for x, _ in blocks]
            self.write(f"assert ({every} : forall i, 0 <= {name} i).")
            with self.block():
                self.write(f"apply {positive}.")
                for by in shown:
                    self.write(f"apply Forall_cons; [ exact {by} |].")
                self.write("apply Forall_nil.")
            self.nonnegative[name] = every

    # -- theorems ------------------------------------------------------------------------------

    def proof(self, conclusion: Formula, wanted: bool) -> str:
        """Return the proof that the conclusion holds at the values, or that it fails."""
        parts = self._given()
        truth, last = self.settle(conclusion)
        if truth is not wanted:
            raise UntranslatedError(
                f"{conclusion}, which {'holds' if truth else 'fails'} at the values"
            )
        return self._finished([*parts, last])

    def gap(self, conclusion: Formula) -> tuple[str, str]:
        """Return why a term of the conclusion has no value, and the proof."""
        parts = self._given()
        depth, lines = self._depth, self.lines
        try:
            self.settle(conclusion)
        except NoValueError as missing:
            if (depth, lines) != (self._depth, self.lines):
                raise
            return missing.reason, self._finished([*parts, missing.proof])
        raise UntranslatedError(f"{conclusion}, all terms of which have values")

    def _given(self) -> list[str]:
        parts = [self._kind(about) for about, _ in self.sequent.variables.kinds()]
        for hypothesis in self.claim.given:
            truth, proof = self.settle(hypothesis)
            if not truth:
                raise UntranslatedError(f"the hypothesis {hypothesis}, which fails at the values")
            parts.append(proof)
        return parts

    def _finished(self, parts: Sequence[str]) -> str:
        names = self.sequent.variables.names()
        if names:
            self.write(f"exists {', '.join(names)}.")
        for part in parts[:-1]:
            self.write(f"split; [ exact {part} |].")
        self.write(f"exact {parts[-1]}.")
        return "\n".join(self.lines)

    def _kind(self, about: Any) -> str:
        """Return the proof of what the kind of a variable promises."""
        if isinstance(about, VectorSymbol):
            name = name_of(about.name)
            says = dict(_every_kind(self.claim))[about]
            return self.fact(says, f"intros; apply {self.nonnegative[name]}", "KI")
        name = variable_name(about)
        says = dict(_every_kind(self.claim))[about]
        if is_whole(about):
            value, known = self.wholes[name]
            if value < 1:
                raise UntranslatedError(f"{name} = 0, which is not a count")
            return self.fact(says, f"pose proof {known}; lia", "KI")
        worth = self.scalars[about]
        if says == f"0 < {name}":
            if compare(worth.value, sp.S.Zero) <= 0:
                raise UntranslatedError(f"{name} = {worth.value}, which is not positive")
            return f"(at_lt _ _ _ _ (eq_refl _) {worth.proof} {less(self, sp.S.Zero, worth.value)})"
        if compare(worth.value, sp.S.Zero) < 0:
            raise UntranslatedError(f"{name} = {worth.value}, which is negative")
        return f"(at_le _ _ _ _ (eq_refl _) {worth.proof} {at_most(self, sp.S.Zero, worth.value)})"

    # -- formulas ------------------------------------------------------------------------------

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
        of = f"_ _ _ _ {a.proof} {b.proof}"
        match op:
            case "<" if side < 0:
                return True, self._typed(
                    formula, places, True, f"at_lt {of} {less(self, a.value, b.value)}"
                )
            case "<":
                return False, self._typed(
                    formula, places, False, f"at_not_lt {of} {at_most(self, b.value, a.value)}"
                )
            case "<=" if side <= 0:
                return True, self._typed(
                    formula, places, True, f"at_le {of} {at_most(self, a.value, b.value)}"
                )
            case "<=":
                return False, self._typed(
                    formula, places, False, f"at_not_le {of} {less(self, b.value, a.value)}"
                )
            case "=" if side == 0:
                return True, self._typed(
                    formula, places, True, f"at_eq {of} {equal(self, a.value, b.value)}"
                )
            case "=":
                return False, self._typed(
                    formula, places, False, f"at_not_eq {of} {unequal(self, a.value, b.value)}"
                )
            case "!=" if side:
                return True, self._typed(
                    formula, places, True, f"at_ne {of} {unequal(self, a.value, b.value)}"
                )
        return False, self._typed(
            formula, places, False, f"at_not_ne {of} {equal(self, a.value, b.value)}"
        )

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

    # -- indices and quantifiers ---------------------------------------------------------------

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
        variables = Variables.of_symbols(formula.variables, _families(formula))
        missing = [v.name for v in formula.variables if v.name not in self.values]
        universal = isinstance(formula, ForAll)
        if missing:
            raise UntranslatedError(f"{formula}: no value is given for {', '.join(missing)}")
        parts = [self._kind(about) for about, _ in variables.kinds()]
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


def _every_kind(claim: Claim) -> list[tuple[Any, str]]:
    """Return what is promised of all variables of a claim, free or quantified."""
    said = Sequent.of(claim.given, claim.conclusion).variables.kinds()
    for quantified in claim.statement.atoms(ForAll, Exists):
        said += Variables.of_symbols(quantified.variables, _families(quantified)).kinds()
    return said


def _families(formula: Formula) -> dict[str, int]:
    return {v.name: len(v.indices) for v in formula.atoms(VectorSymbol)}


def _exact(value: Any) -> sp.Expr:
    if isinstance(value, bool | float):
        raise UntranslatedError(f"{value}, which is not an exact number")
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    if isinstance(value, str):
        made = Fraction(value)
        return sp.Rational(made.numerator, made.denominator)
    if isinstance(value, int):
        return sp.Integer(value)
    return value
