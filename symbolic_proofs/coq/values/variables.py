"""Variables of a claim at values: what is known of each, and what its kind promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from ...language.claim import Claim
from ...language.formulas import Exists, ForAll, Formula
from ...language.kinds import is_whole
from ...language.vectors import VectorSymbol, is_nonnegative_vector
from ..errors import UntranslatedError
from ..expressions import real
from ..names import name_of, variable_name
from ..statements import Sequent, Variables
from .context import Listed, Worth, listing
from .equality import at_most
from .evaluation import Evaluation
from .numbers import compare, less

#: a number, the blocks of a vector as (value, times), or the vectors of a family in turn
Value = Any
Values = Mapping[Any, Value]


class ValuedVariables(Evaluation):
    """The variables of a claim at their values."""

    def __init__(self, claim: Claim, values: Values) -> None:
        super().__init__()
        self.claim = claim
        self.sequent = Sequent.of(claim.given, claim.conclusion)
        self.values = {str(getattr(key, "name", key)): value for key, value in values.items()}
        self.nonnegative: dict[str, str] = {}
        quantified = claim.statement.atoms(ForAll, Exists)
        inside = Variables.of_symbols(
            {v for q in quantified for v in q.variables}, families(claim.statement)
        )
        free = self.sequent.variables
        self._lengths((*free.vectors, *inside.vectors))
        for symbol in dict.fromkeys((*free.reals, *free.naturals, *inside.reals, *inside.naturals)):
            self._take(symbol, required=symbol in (*free.reals, *free.naturals))
        for v, indices in dict.fromkeys((*free.vectors, *inside.vectors)):
            self._take_vector(v, indices, required=(v, indices) in free.vectors)

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

    def kind(self, about: Any) -> str:
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


def _every_kind(claim: Claim) -> list[tuple[Any, str]]:
    """Return what is promised of all variables of a claim, free or quantified."""
    said = Sequent.of(claim.given, claim.conclusion).variables.kinds()
    for quantified in claim.statement.atoms(ForAll, Exists):
        said += Variables.of_symbols(quantified.variables, families(quantified)).kinds()
    return said


def families(formula: Formula) -> dict[str, int]:
    """Return how many indices the vectors of a formula have, by name."""
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
