"""That every term of a statement has a value where its hypotheses hold.

Coq's functions have a value everywhere: 1/0 is some number, and so is ln 0. So beside a claim
stands what it takes for granted: every divisor is not 0, every base of a power is where the power
is defined, a logarithm is of a positive number, a norm has a positive exponent, an index is in its
range, a least value is of at least one. It is proved as the kernel shows it
(`kernel/definedness.py`), and what is bound is bound in it too. What the kernel does not see, since
the proof of the claim did not ask for it, a prover may (`proved_signs.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sympy as sp

from ..language.binders import Binder
from ..language.formulas import Formula, Implies, Relation, _Quantified, at_most, less, unequal
from ..language.operations import Log, Power
from ..language.sums import NonzeroTotal, ShortestWindow
from ..language.symbols import bound_symbol
from ..language.terms import Greatest, Least, Norm, OnNonzero, PowerSum, PQIndex, Total
from ..language.vectors import Entry, Map, length
from .errors import UntranslatedError
from .expressions import natural, real, vector
from .names import variable_name
from .proved_signs import ProvedSigns
from .rules.indices import range_of
from .signs import NONNEGATIVE, NONZERO, POSITIVE, TACTICS
from .signs_by_hypotheses import shown
from .statements import Variables, in_range, proposition

#: a condition: what it says, and what writes its proof
Condition = tuple[str, Callable[[], None]]


class Definedness(ProvedSigns):
    """The proof that the terms of a theorem have values under its hypotheses."""

    @property
    def statement(self) -> str:
        """The proposition: under the hypotheses, all the conditions."""
        conditions = self._needs()
        body = " /\\ ".join(f"({text})" for text, _ in conditions) or "True"
        variables = self.sequent.variables
        parts = [text for _, text in variables.kinds()]
        parts += [proposition(h) for h in self.sequent.hypotheses] + [body]
        binders = variables.binders()
        return f"forall{binders}, {' -> '.join(parts)}" if binders else " -> ".join(parts)

    def prove(self) -> None:
        """Write the proof of the statement."""
        self.begin()
        conditions = self._needs()
        if not conditions:
            self.write("exact I.")
        for k, (_, show) in enumerate(conditions):
            if k < len(conditions) - 1:
                self.write("split.")
                with self.block():
                    show()
            else:
                show()

    def _needs(self) -> list[Condition]:
        formulas = (*self.sequent.hypotheses, self.sequent.conclusion)
        found: dict[str, Condition] = {}
        for formula in formulas:
            for text, show in self._conditions(formula):
                found.setdefault(text, (text, show))
        return list(found.values())

    def _conditions(self, node: Any) -> Iterator[Condition]:
        match node:
            case sp.Symbol() | sp.Rational():
                return
            case _Quantified():
                yield from self._under_quantifier(node)
            case Implies(args=(given, then)):
                yield from self._conditions(given)
                yield from self._under_premises(given.args, then)
            case NonzeroTotal():
                yield from self._conditions(node.args[2])
                yield from self._under_entries(node)
            case OnNonzero():
                yield from self._conditions(node.args[2])
                yield from self._under_value(node)
            case Map():
                yield from self._conditions(node.args[2])
                yield from self._under_variable(node)
            case Binder():
                if isinstance(node, Least | Greatest):
                    yield self._nonempty(node)
                yield from self._conditions(node.args[2])
                yield from self._under_index(node)
            case _:
                for part in node.args:
                    if isinstance(part, sp.Basic):
                        yield from self._conditions(part)
                yield from self._own(node)

    def _own(self, node: Any) -> Iterator[Condition]:
        """Yield the conditions of the head alone."""
        match node:
            case Power(args=(base, sp.Integer() as k)):
                if k < 0 and not isinstance(base, sp.Rational):
                    yield self._sign(unequal(base, 0))
            case Power(args=(base, e)) if self.facts.positive(base):
                yield self._sign(less(0, base))
            case Power(args=(base, e)):
                yield self._sign(at_most(0, base))
                yield self._sign(less(0, e))
            case Log(args=(inside,)):
                yield self._sign(less(0, inside))
            case PowerSum(args=(_, r)) | Norm(args=(_, r)):
                yield self._sign(less(0, r))
            case PQIndex(args=(v, p, q)):
                yield self._sign(less(0, p))
                yield self._sign(less(0, q))

                def nonzero() -> None:
                    self.nonzero_vector(v)
                    self.write("nzv.")

                yield f"nonzero {vector(v).text}", nonzero
            case Entry(args=(v, index)) if not self._in_its_range(index, length(v)):
                yield self._range_needed(index, length(v))
            case ShortestWindow(args=(v, width)):
                yield self._range_needed(width, length(v))

    def _sign(self, said: Relation) -> Condition:
        """Return the condition that a term has a sign."""
        term = said.left if said.op == "!=" else said.right
        sign = {"!=": NONZERO, "<": POSITIVE, "<=": NONNEGATIVE}[said.op]

        def show() -> None:
            kept = self.facts, self.hypotheses
            if shown(self.facts, sign, term) or self.take_up_step(sign, term):
                self._show(sign, term)
                self.write(f"{TACTICS[sign]}.")
            else:
                self.by_proof(said)
            self.facts, self.hypotheses = kept

        return proposition(said), show

    def _in_its_range(self, index: sp.Expr, count: sp.Expr) -> bool:
        ranges = self.facts._ranges
        return index in ranges and self.facts.algebra.is_zero(count - ranges[index])

    def _range_needed(self, index: sp.Expr, count: sp.Expr) -> Condition:
        i, n = natural(index), natural(count)

        def show() -> None:
            self.write(f"exact {range_of(self, index, count)}.")

        return in_range(i, n), show

    def _nonempty(self, node: Any) -> Condition:
        n = natural(node.args[2])

        def show() -> None:
            self.natural_positive(node.args[2])
            self.write("inrange.")

        return f"(1 <= {n})%nat", show

    def _under_index(self, node: Any) -> Iterator[Condition]:
        kept = self.facts
        under, index, body = self.facts.opened(node)
        self.facts = under
        inside = list(self._conditions(body))
        self.facts = kept
        name, count = variable_name(index), natural(node.args[2])
        for text, _ in inside:

            def show(text: str = text) -> None:
                with self.under(node) as (_, there):
                    self._among(self._conditions(there), text)

            yield f"forall {name} : nat, {in_range(name, count)} -> {text}", show

    def _among(self, conditions: Iterator[Condition], wanted: str) -> None:
        """Write the proof of the one of these conditions that says what is wanted."""
        for text, show in conditions:
            if text == wanted:
                show()
                return
        raise UntranslatedError(f"that {wanted}")

    def _under_entries(self, node: NonzeroTotal) -> Iterator[Condition]:
        v = node.args[2]
        binder = Total(Entry(v, bound_symbol(0, "count")), bound_symbol(0, "count"), length(v))
        kept = self.facts
        under, index, entry = self.facts.opened(binder)
        said = Relation("!=", entry, 0)
        self.facts = under._with((*under.hypotheses, said))
        inside = list(self._conditions(node.at(entry)))
        self.facts = kept
        name, count, value = variable_name(index), natural(length(v)), real(entry).text
        for text, _ in inside:

            def show(text: str = text) -> None:
                with self.under(binder) as (_, there):
                    self.write("intro BV.")
                    with self.not_zero(there):
                        self._among(self._conditions(node.at(there)), text)

            yield f"forall {name} : nat, {in_range(name, count)} -> {value} <> 0 -> {text}", show

    def _under_value(self, node: OnNonzero) -> Iterator[Condition]:
        value = node.args[2]
        if value == 0:
            return
        kept = self.facts
        self.facts = self.facts._with((*self.facts.hypotheses, Relation("!=", value, 0)))
        inside = list(self._conditions(node.at(value)))
        self.facts = kept
        for text, _ in inside:

            def show(text: str = text) -> None:
                self.write("intro BV.")
                with self.not_zero(value):
                    self._among(self._conditions(node.at(value)), text)

            yield f"{real(value).text} <> 0 -> {text}", show

    def _under_variable(self, node: Map) -> Iterator[Condition]:
        x = bound_symbol(-900, "real")
        for text, show in self._conditions(node.at(x)):

            def shown(show: Callable[[], None] = show) -> None:
                self.write(f"intros {variable_name(x)}.")
                show()

            yield f"forall {variable_name(x)} : R, {text}", shown

    def _under_quantifier(self, node: Any) -> Iterator[Condition]:
        variables = Variables.of_symbols(node.variables)
        word = f"forall{variables.binders()}, "
        word += "".join(f"{text} -> " for _, text in variables.kinds())
        word += "".join(f"{proposition(h)} -> " for h in node.given)
        kept = self.facts
        self.facts = self.facts._with((*self.facts.hypotheses, *node.given))
        inside = [*(c for h in node.given for c in self._conditions(h))]
        inside += list(self._conditions(node.body))
        self.facts = kept
        for text, _ in inside:

            def show(text: str = text) -> None:
                self._quantified(node, variables, text)

            yield f"{word}{text}", show

    def _quantified(self, node: Any, variables: Variables, text: str) -> None:
        kinds = [self.fresh("KQ") for _ in variables.kinds()]
        given = [(self.fresh("HQ"), h) for h in node.given]
        self.write(f"intros {' '.join([*variables.names(), *kinds, *(n for n, _ in given)])}.")
        self.number_facts(variables.naturals)
        kept = self.facts, self.hypotheses, self.names
        self.facts = self.facts._with((*self.facts.hypotheses, *node.given))
        self.hypotheses = [*self.hypotheses, *given]
        self.names = self.names | set(variables.names())
        inside = [*(c for h in node.given for c in self._conditions(h))]
        self._among(iter([*inside, *self._conditions(node.body)]), text)
        self.facts, self.hypotheses, self.names = kept

    def _under_premises(self, given: Sequence[Formula], then: Formula) -> Iterator[Condition]:
        names = [(self.fresh("HG"), h) for h in given]
        kept = self.facts
        self.facts = self.facts._with((*self.facts.hypotheses, *given))
        inside = list(self._conditions(then))
        self.facts = kept
        guard = "".join(f"{proposition(h)} -> " for h in given)
        for text, _ in inside:

            def show(text: str = text) -> None:
                self.write(f"intros {' '.join(n for n, _ in names)}.")
                before = self.facts, self.hypotheses
                self.facts = self.facts._with((*self.facts.hypotheses, *given))
                self.hypotheses = [*self.hypotheses, *names]
                self._among(self._conditions(then), text)
                self.facts, self.hypotheses = before

            yield f"{guard}{text}", show
