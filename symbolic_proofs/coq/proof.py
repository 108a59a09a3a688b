"""The proof of one theorem from its premises, which are lemmas before it.

A premise is stated with values in the place of its variables, as text: the language would sort
what is put in (`carrying.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sympy as sp

from ..kernel import Theorem
from ..kernel.definedness import Facts
from ..language.formulas import (
    Formula,
    Relation,
    same,
)
from ..language.kinds import is_whole
from ..language.operations import order
from ..language.symbols import kind_of
from ..language.vectors import VectorSymbol
from .carrying import Carrying
from .errors import UntranslatedError
from .expressions import in_nat, natural, real
from .hypotheses import Named
from .names import name_of, variable_name
from .operations import NOWHERE, Expression, Places
from .signs import NONNEGATIVE
from .statements import Sequent, Variables, proposition

#: a theorem by what it says
Key = tuple[frozenset[Formula], Formula]


def sequent_of(theorem: Theorem) -> Sequent:
    """Return what a theorem says, its hypotheses in a fixed order."""
    return _sequent(theorem.hypotheses, theorem.conclusion)


@lru_cache(maxsize=4096)
def _sequent(hypotheses: frozenset[Formula], conclusion: Formula) -> Sequent:
    return Sequent.of(sorted(hypotheses, key=order), conclusion)


class Lemmas:
    """What a proof may use: the names of lemmas by what they say, and the facts under hypotheses.

    Many lemmas of one theorem have the same hypotheses, and ask the same of them.
    """

    def __init__(self) -> None:
        self.names: dict[Key, str] = {}
        self._facts: dict[frozenset[Formula], Facts] = {}
        self._saying: dict[Formula, list[Theorem]] = {}
        self._strongest: dict[Key, Theorem] = {}

    def take(self, theorem: Theorem) -> None:
        """Take up a theorem after those that it rests on."""
        key = theorem.hypotheses, theorem.conclusion
        if key not in self._strongest:
            before = self._saying.setdefault(theorem.conclusion, [])
            weaker = (other for other in before if other.hypotheses <= theorem.hypotheses)
            self._strongest[key] = min(weaker, key=lambda t: len(t.hypotheses), default=theorem)
            before.append(theorem)

    def strongest(self, theorem: Theorem) -> Theorem:
        """Return the one of those before that says the same under the fewest of its hypotheses."""
        return self._strongest[theorem.hypotheses, theorem.conclusion]

    def facts(self, hypotheses: frozenset[Formula]) -> Facts:
        """Return what the kernel says under hypotheses."""
        if hypotheses not in self._facts:
            self._facts[hypotheses] = Facts(hypotheses)
        return self._facts[hypotheses]


class LemmaProof(Carrying):
    """The proof of a theorem by lemmas."""

    def __init__(self, theorem: Theorem, lemmas: Lemmas) -> None:
        self.theorem, self.lemmas = theorem, lemmas
        self.sequent = sequent_of(theorem)
        named = [(f"H{k}", h) for k, h in enumerate(self.sequent.hypotheses)]
        super().__init__(lemmas.facts(theorem.hypotheses), named)
        self.names = set(self.sequent.variables.names())
        said = self.sequent.variables.kinds()
        #: what promises the kinds of the variables, by name
        self.kinds: dict[Any, str] = {about: f"K{k}" for k, (about, _) in enumerate(said)}

    def begin(self) -> None:
        """Introduce the variables, their kinds and the hypotheses."""
        variables = self.sequent.variables
        names = [*variables.names(), *self.kinds.values(), *(n for n, _ in self.hypotheses)]
        if names:
            self.write(f"intros {' '.join(names)}.")
        self.number_facts(variables.naturals)

    # -- premises ------------------------------------------------------------------------------

    def use(self, premise: Theorem, values: Places = NOWHERE, more: Sequence[Named] = ()) -> str:
        """State a premise, with values for its variables, and return its name.

        `more` are facts beside the hypotheses, each a name or a term of Coq.
        """
        premise = self.lemmas.strongest(premise)
        sequent = sequent_of(premise)
        variables = sequent.variables
        self._take(variables, values)
        texts: list[str] = []
        for symbol in (*variables.reals, *variables.naturals):
            texts.append(self._value_of(symbol, values))
        for v, _ in variables.vectors:
            texts.append(self.entries_of(v, values))
        texts += [self._kind(about, values) for about, _ in variables.kinds()]
        known = [*self.hypotheses, *more]
        texts += [self._hypothesis(h, values, known) for h in sequent.hypotheses]
        name = self.fresh("PR")
        lemma = self.lemmas.names[premise.hypotheses, premise.conclusion]
        self.write(f"assert ({name} := {' '.join([lemma, *texts])}).")
        self._whole_vectors(name, values)
        return name

    def _value_of(self, symbol: sp.Symbol, values: Places) -> str:
        if symbol in values:
            value = values[symbol]
            return in_nat(value.natural) if is_whole(symbol) else value.text
        return variable_name(symbol)

    def entries_of(self, v: VectorSymbol, values: Places) -> str:
        """Return the function that gives the entries of what stands in the place of a vector."""
        if v in values:
            value = values[v]
            return f"({value.natural})" if value.head == "symbol" else f"(ent {value.text})"
        return name_of(v.name)

    def _take(self, variables: Variables, values: Places) -> None:
        """Take any value for a variable that only steps before speak of."""
        for symbol in (*variables.reals, *variables.naturals):
            if symbol not in values and variable_name(symbol) not in self.names:
                one = "1%nat" if is_whole(symbol) else "1"
                self._take_one(symbol, Variables.of_symbols([symbol]), one)
        for v, indices in variables.vectors:
            if v not in values and name_of(v.name) not in self.names:
                ones = f"(fun {'_ ' * (indices + 1)}=> 1)"
                self._take_one(v, Variables((), (), ((v, indices),)), ones)

    def _take_one(self, about: Any, alone: Variables, value: str) -> None:
        (name,) = alone.names()
        said = "".join(text for _, text in alone.kinds()) or "True"
        some, kind = self.fresh("SO"), self.fresh("KA")
        by = f"exists {value}; first [ exact I | lra | lia | (intros; lra) ]"
        self.write(f"assert ({some} : exists{alone.binders()}, {said}) by ({by}).")
        self.write(f"destruct {some} as ({name} & {kind}).")
        self.names = self.names | {name}
        self.kinds[about] = kind
        self.number_facts(alone.naturals)

    def _kind(self, about: Any, values: Places) -> str:
        if about not in values:
            return self.kinds.get(about) or "ltac:(first [ lia | lra | (intros; lra) ])"
        value = values[about]
        if isinstance(about, VectorSymbol):
            every = self.entries(NONNEGATIVE, value.term)
            return f"ltac:(intros; apply {every}; inrange)"
        if is_whole(about):
            self.natural_positive(value.term)
            return "ltac:(inrange)"
        if kind_of(about) == "positive":
            self.positive(value.term)
            return "ltac:(pos)"
        self.nonnegative(value.term)
        return "ltac:(nng)"

    def _hypothesis(self, h: Formula, values: Places, known: Sequence[Named]) -> str:
        name = self._as_put(h, values, known)
        for symbol, value, equation in self.as_entries(values):
            if h.has(symbol):
                hole = Expression("hole", (), value.term, "VX", natural="ent VX")
                says = proposition(h, {**values, symbol: hole})
                name = f"(eq_ind_r (fun VX : vec => {says}) {name} {equation})"
        return name

    def as_entries(self, values: Places) -> Iterator[tuple[VectorSymbol, Expression, str]]:
        """Yield the vectors that come as a length and entries, with the equation of both."""
        for symbol, value in values.items():
            if not isinstance(symbol, VectorSymbol):
                continue
            to, entries = natural(symbol.args[1], values), self.entries_of(symbol, values)
            if value.head != "symbol" or to != natural(value.term.args[1]):
                yield (
                    symbol,
                    value,
                    (f"(vec_same {value.text} {in_nat(to)} {entries} ltac:(nateq) eq_refl)"),
                )

    def _as_put(self, h: Formula, values: Places, known: Sequence[Named]) -> str:
        text = proposition(h, values)
        target = h.xreplace({key: value.term for key, value in values.items()})
        for name, formula in known:
            if formula == target and proposition(formula) == text:
                return f"({name})" if " " in name else name
        for name, formula in known:
            if same(formula, target):
                with self.proving(text, "HC") as made:
                    self.carry(name, formula, h, NOWHERE, values)
                return made
        raise UntranslatedError(f"the hypothesis {h}")

    def _whole_vectors(self, name: str, values: Places) -> None:
        """Write vectors as they are where they came as their length and the entries of another."""
        for _, _, equation in self.as_entries(values):
            self.write(f"rewrite ?{equation} in {name}.")

    def finish(self, name: str, statement: Formula, places: Places = NOWHERE) -> None:
        """Prove the conclusion by a fact that says the same."""
        self.carry(name, statement, self.theorem.conclusion, places, NOWHERE)

    # -- under an index ------------------------------------------------------------------------

    @contextmanager
    def every_index(self, index: sp.Symbol, count: sp.Expr, premise: Theorem) -> Iterator[None]:
        """Introduce an index of a premise, with what is known at it."""
        name = variable_name(index)
        self.write(f"intros {name} B{name}.")
        with self.in_range_of(index, count, premise):
            yield

    @contextmanager
    def in_range_of(self, index: sp.Symbol, count: sp.Expr, premise: Theorem) -> Iterator[None]:
        """Take up an index, named in the context with its range `B..`, under a premise's facts."""
        name = variable_name(index)
        kept = self.facts, self.hypotheses, self.names, set(self.known)
        self.index_facts(name)
        self.names = self.names | {name}
        to = natural(count)
        upto = self.fact(
            f"{real(index).text} <= {real(count).text}", f"real_range {name} {in_nat(to)}"
        )
        self.take_up(upto, Relation("<=", index, count))
        self.take_up_at(index, count)
        self.facts = self.lemmas.facts(premise.hypotheses)
        yield
        self.facts, self.hypotheses, self.names, self.known = kept


#: how a rule's theorem is proved from its premises
Translation = Callable[[LemmaProof], None]
TRANSLATIONS: dict[str, Translation] = {}


def translation(function: Translation) -> Translation:
    """Say how theorems are proved that a rule of the kernel has made; the name is the rule's."""
    TRANSLATIONS[function.__name__] = function
    return function
