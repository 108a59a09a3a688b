"""Why every entry of a vector has a sign, and why a vector is not 0."""

from __future__ import annotations

import sympy as sp

from ..kernel.signs import Signs
from ..language.formulas import Constant, Every, NonZero, Not, Relation
from ..language.symbols import bound_symbol
from ..language.terms import Total
from ..language.vectors import (
    Concat,
    Entry,
    Map,
    Repeat,
    Sorted,
    Steps,
    Vector,
    VectorSymbol,
    is_nonnegative_vector,
    length,
)
from .errors import UntranslatedError
from .expressions import entry_at, in_nat, natural, real, vector
from .names import variable_name
from .operations import Expression, mul
from .script import ranged
from .signs import NONNEGATIVE, POSITIVE, TACTICS, AskedSigns


class SignsOfVectors(AskedSigns):
    """A script that knows how to show signs of entries."""

    def _entry(self, facts: Signs, said: str, term: Entry, text: str) -> bool:
        v, index = term.args
        sign = facts._entries_sign(v)
        if sign not in (("positive",) if said == POSITIVE else ("positive", "nonnegative", "zero")):
            return False
        if self._said_of(said, term, text):
            return True
        name = self.entries(said, v)
        self._fact(said, text, f"exact ({name} {in_nat(natural(index))} ltac:(inrange))")
        return True

    def _said_of(self, said: str, term: Entry, text: str) -> bool:
        """Show a sign of an entry that a hypothesis says itself to be above something."""
        for name, formula in self.hypotheses:
            if not isinstance(formula, Relation):
                continue
            h = formula.oriented()
            if h.right != term or h.op not in ("<", "<="):
                continue
            strict = h.op == "<" or self.facts.positive(h.left)
            if self.facts.nonnegative(h.left) and (strict or said == NONNEGATIVE):
                self.best(h.left)
                low = real(h.left).text
                up = self.facts.positive(h.left)
                sign, tactic = ("0 <", "pos") if up else ("0 <=", "nng")
                by = f"assert (LO : {sign} {low}) by {tactic}; clear - LO {name}; lra"
                self._fact(said, text, by)
                return True
        return False

    def entries(self, said: str, v: Vector) -> str:
        """Show that every entry of a vector has a sign; returns the name of that fact."""
        text = vector(v)
        statement = ranged("i", f"len {text.text}%R", said.format(f"ent {text.text} i"))
        property = f"fun x => {said.format('x')}"
        match v:
            case Repeat(args=(value, _)):
                self._show(said, value)
                return self.fact(statement, f"intros i _; cbn [ent rep]; {TACTICS[said]}")
            case Concat(args=parts):
                *names, last = (self.entries(said, part) for part in parts)
                together = f"exact {last}"
                for name in reversed(names):
                    together = f"apply (cat_all ({property})); [ exact {name} | {together} ]"
                return self.fact(statement, together)
            case Steps():
                with self.proving(statement) as name:
                    self.write(f"apply (steps_all ({property})); [ intros; reflexivity |].")
                    with self.under(v) as (_, member):
                        every = self.entries(said, member)
                        self.write(f"exact {every}.")
                return name
            case Sorted(args=(inner,)):
                every = self.entries(said, inner)
                return self.fact(statement, f"exact (sorted_all ({property}) _ {every})")
        return self._entries_of_part(said, v, text, statement)

    def _entries_of_part(self, said: str, v: Vector, text: Expression, statement: str) -> str:
        """Show the sign of every entry of what is not put together of others."""
        index = bound_symbol(-1 - self.facts._depth, "count")
        by_kind = said == NONNEGATIVE and is_nonnegative_vector(v)
        if by_kind and isinstance(v, VectorSymbol):
            return self.fact(statement, "cbn [ent len]; auto")
        every = [h for _, h in self.hypotheses if isinstance(h, Every) and h.args[2] == length(v)]
        if isinstance(v, Map) and said == NONNEGATIVE and (by_kind or not every):
            with self.proving(statement) as name:
                self.write("intros i B; cbn [ent vmap].")
                self.write(f"{self._general_entry(v.args[2], 'i')}.")
                self.nonnegative(v.body.xreplace({v.variable: _probe(v.args[2])}))
                self.write("nng.")
            return name
        # under an index: what the hypotheses say of every one
        probe_binder = Total(Entry(v, index), index, length(v))
        with self.proving(statement) as name, self.under(probe_binder) as (_, body):
            self._show(said, body)
            self.write(f"change ({said.format(real(body).text)}); {TACTICS[said]}.")
        return name

    def nonzero_vector(self, v: Vector) -> None:
        """See to it that `nzv` shows a vector not to be 0."""
        text = vector(v).text
        if ("vector", text) in self.known:
            return
        self._show_vector(v, text)
        self.known.add(("vector", text))

    def _show_vector(self, v: Vector, text: str) -> None:
        facts = self.facts
        for name, h in self.hypotheses:
            if h == NonZero(v):
                return
            if h == Not(Constant(v)):
                self.fact(f"nonzero {text}", f"exact (nonzero_nc _ {name})")
                return
            for index in v.indices if isinstance(v, VectorSymbol) else ():
                if isinstance(h, Every) and h.at(index) == NonZero(v):
                    by = f"exact ({name} {in_nat(natural(index))} ltac:(inrange))"
                    self.fact(f"nonzero {text}", by)
                    return
        match v:
            case Repeat(args=(value, count)) if facts.nonzero(value):
                self.nonzero(value)
                self.natural_positive(count)
                return
            case Concat(args=parts):
                for part in parts:
                    if facts.nonzero_vector(part):
                        self.nonzero_vector(part)
                        return
            case Steps():
                self.natural_positive(v.args[2])
                member = f"nonzero {vector(v.body).text}"
                said = ranged(variable_name(v.variable), natural(v.args[2]), member)
                with self.proving(said, "HV") as every, self.under(v) as (_, body):
                    self.nonzero_vector(body)
                    self.write("nzv.")
                by = f"apply nonzero_steps; [ inrange | exact ({every} 1%nat ltac:(inrange)) ]"
                self.fact(f"nonzero {text}", by)
                return
            case Map():
                self._show_map(v, text)
                return
        raise UntranslatedError(f"that {v} is not 0")

    def _show_map(self, v: Map, text: str) -> None:
        factor, inner = self.facts.multiple(v), v.args[2]
        if factor is not None and self.facts.nonzero(factor):
            self.nonzero(factor)
            self.nonzero_vector(inner)
            c = real(factor).text
            with self.proving(f"nonzero {text}"):
                self.write(f"apply (nonzero_multiple {c}); [| neq0 | nzv ].")
                x = bound_symbol(-1 - self.facts._depth, "real")
                self.write(f"intros {real(x).text}.")
                self.equal(real(v.at(x)), mul(real(factor), real(x)))
            return
        self.natural_positive(length(v))
        with self.proving(f"nonzero {text}"):
            self.write("exists 1%nat; split; [ cbn [len vmap]; inrange |]; cbn [ent vmap].")
            self.write(f"{self._general_entry(inner, '1')}.")
            self.positive(v.body.xreplace({v.variable: _probe(inner)}))
            self.write("apply not_eq_sym, Rlt_not_eq; pos.")

    def _general_entry(self, v: Vector, index: str) -> str:
        """Return what puts a variable in the place of an entry, with what its kind says of it."""
        place = Expression("natural", (), bound_symbol(0, "count"), index, natural=index)
        at = entry_at(vector(v), place).text
        name = real(_probe(v)).text
        if not is_nonnegative_vector(v):
            return f"generalize {at}; intros {name}"
        every = self.entries(NONNEGATIVE, v)
        return (
            f"assert (KX : 0 <= {at}) by (apply {every}; cbn [len] in *; inrange); "
            f"revert KX; generalize {at}; intros {name} KX"
        )


def _probe(v: Vector) -> sp.Symbol:
    """Return a variable for an entry, of the kind of them all."""
    return bound_symbol(0, "nonnegative" if is_nonnegative_vector(v) else "real")
