"""The proof of one theorem from its premises, which are lemmas before it.

A premise is stated with values in the place of its variables, as text: the language would sort
what is put in. `carry` brings a fact from the one way of writing to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sympy as sp

from ..kernel import Theorem
from ..kernel.definedness import Facts
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
    same,
)
from ..language.kinds import is_whole
from ..language.symbols import kind_of
from ..language.vectors import VectorSymbol
from .errors import UntranslatedError
from .expressions import NOWHERE, Expression, Places, in_nat, natural, real, vector
from .identities import Identities
from .names import name_of, variable_name
from .script import Named
from .signs import NONNEGATIVE
from .statements import Sequent, Variables, in_range, proposition

SIDES = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le"}
#: a theorem by what it says
Key = tuple[frozenset[Formula], Formula]


def sequent_of(theorem: Theorem) -> Sequent:
    """Return what a theorem says, its hypotheses in a fixed order."""
    return Sequent.of(sorted(theorem.hypotheses, key=str), theorem.conclusion)


class Proof(Identities):
    """The proof of a theorem; `lemmas` are the names of those that it may use."""

    def __init__(self, theorem: Theorem, lemmas: Mapping[Key, str]) -> None:
        self.theorem, self.lemmas = theorem, lemmas
        self.sequent = sequent_of(theorem)
        named = [(f"H{k}", h) for k, h in enumerate(self.sequent.hypotheses)]
        super().__init__(Facts(theorem.hypotheses), named)
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

    def number_facts(self, naturals: Sequence[sp.Symbol]) -> None:
        """Write what natural numbers are at least, as real ones."""
        for symbol in naturals:
            name = variable_name(symbol)
            if kind_of(symbol) == "count":
                self.write(f"assert (R{name}0 : 1 <= INR {name}) by (apply INR_count; lia).")
            else:
                self.write(f"assert (R{name}0 := pos_INR {name}).")

    # -- premises ------------------------------------------------------------------------------

    def use(self, premise: Theorem, values: Places = NOWHERE, more: Sequence[Named] = ()) -> str:
        """State a premise, with values for its variables, and return its name.

        `more` are facts beside the hypotheses, each a name or a term of Coq.
        """
        sequent = sequent_of(premise)
        variables = sequent.variables
        self._take(variables, values)
        texts: list[str] = []
        for symbol in (*variables.reals, *variables.naturals):
            texts.append(self._value_of(symbol, values))
        for v, indices in variables.vectors:
            texts.append(self._entries_of(v, indices, values))
        texts += [self._kind(about, values) for about, _ in variables.kinds()]
        known = [*self.hypotheses, *more]
        texts += [self._hypothesis(h, values, known) for h in sequent.hypotheses]
        name = self.fresh("PR")
        lemma = self.lemmas[premise.hypotheses, premise.conclusion]
        self.write(f"assert ({name} := {' '.join([lemma, *texts])}).")
        self._whole_vectors(name, values)
        return name

    def _value_of(self, symbol: sp.Symbol, values: Places) -> str:
        if symbol in values:
            value = values[symbol]
            return in_nat(value.natural) if is_whole(symbol) else value.text
        return variable_name(symbol)

    def _entries_of(self, v: VectorSymbol, indices: int, values: Places) -> str:
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
        for symbol, value in values.items():
            if not isinstance(symbol, VectorSymbol) or not h.has(symbol):
                continue
            to, entries = natural(symbol.args[1], values), self._entries_of(symbol, 0, values)
            if value.head == "symbol" and to == natural(value.term.args[1]):
                continue
            # the vector came as a length and entries
            hole = Expression("hole", (), value.term, "VX", natural="ent VX")
            says = proposition(h, {**values, symbol: hole})
            same = f"(vec_same {value.text} {in_nat(to)} {entries} ltac:(nateq) eq_refl)"
            name = f"(eq_ind_r (fun VX : vec => {says}) {name} {same})"
        return name

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
        for symbol, value in values.items():
            if isinstance(symbol, VectorSymbol):
                to = natural(symbol.args[1], values)
                entries = self._entries_of(symbol, 0, values)
                if f"(mkvec {to} {entries.strip('()')})" != value.text:
                    self.write(
                        f"rewrite ?(vec_same {value.text} {in_nat(to)} {entries} "
                        f"ltac:(nateq) eq_refl) in {name}."
                    )

    # -- from one way of writing to another ----------------------------------------------------

    def finish(self, name: str, statement: Formula, places: Places = NOWHERE) -> None:
        """Prove the conclusion by a fact that says the same."""
        self.carry(name, statement, self.theorem.conclusion, places, NOWHERE)

    def carry(self, name: str, known: Formula, goal: Formula, places: Places, to: Places) -> None:
        """Prove a goal, a formula with `to` put in, by a fact that is `known` with `places`."""
        if proposition(known, places) == proposition(goal, to):
            self.write(f"exact {name}." if " " not in name else f"exact ({name}).")
            return
        if isinstance(known, Relation) and isinstance(goal, Relation):
            self._carry_relation(name, known, goal, places, to)
            return
        if type(known) is not type(goal):
            raise UntranslatedError(f"{goal} by {known}")
        match known:
            case NonZero() | Constant() | SameZeros() | SameVector():
                self._carry_predicate(name, known, goal, places, to)
            case Not(args=(inside,)):
                other = self.fresh("HN")
                self.write(f"intro {other}; apply ({name}).")
                self.carry(other, goal.args[0], inside, to, places)
            case And(args=parts):
                names = [self.fresh("HA") for _ in parts]
                self.write(f"destruct ({name}) as ({' & '.join(names)}).")
                self._carry_all(names, parts, goal.args, places, to)
            case Iff(args=(left, right)):
                self.write("split.")
                for k, (a, b, c, d) in enumerate(
                    ((left, right, *goal.args), (right, left, *reversed(goal.args))), 1
                ):
                    with self.block():
                        other = self.fresh("HI")
                        self.write(f"intro {other}.")
                        with self.proving(proposition(a, places)) as given:
                            self.carry(other, c, a, to, places)
                        self.carry(f"proj{k} ({name}) {given}", b, d, places, to)
            case Implies(args=(given, then)):
                wanted = goal.args[0].args
                self._carry_premises(name, given.args, wanted, then, goal.args[1], places, to)
            case Every() | Some():
                self._carry_ranged(name, known, goal, places, to)
            case ForAll() | Exists():
                self._carry_quantified(name, known, goal, places, to)

    def _carry_relation(
        self, name: str, known: Relation, goal: Relation, places: Places, to: Places
    ) -> None:
        known, goal = _forward(known), _forward(goal)
        sides = [real(known.left, places), real(known.right, places)]
        wanted = [real(goal.left, to), real(goal.right, to)]
        if known.op in ("=", "!=") and sides[0].term != wanted[0].term:
            turned = self.fresh("HT")
            flip = "eq_sym" if known.op == "=" else "not_eq_sym"
            self.write(f"assert ({turned} := {flip} ({name})).")
            name, sides = turned, sides[::-1]
        self.compare(name, known.op, goal.op, sides, wanted)

    def compare(
        self,
        name: str,
        op: str,
        goal_op: str,
        sides: Sequence[Expression],
        wanted: Sequence[Expression],
    ) -> None:
        """Prove a comparison by one of equal sides."""
        if op != goal_op:
            if (op, goal_op) not in (("<", "<="), ("=", "<=")):
                raise UntranslatedError(f"{goal_op} from {op}")
            weaker = self.fresh("HW")
            text = f"{sides[0].text} <= {sides[1].text}"
            self.write(f"assert ({weaker} : {text}) by (pose proof ({name}); lra).")
            name = weaker
        equations = []
        for side, want in zip(sides, wanted, strict=True):
            if side.text == want.text:
                equations.append("eq_refl")
                continue
            with self.proving(f"{want.text} = {side.text}", "EQ") as equation:
                self.equal(want, side)
            equations.append(equation)
        self.write(f"exact (sides_{SIDES[goal_op]} _ _ _ _ {' '.join(equations)} ({name})).")

    def _carry_predicate(
        self, name: str, known: Formula, goal: Formula, places: Places, to: Places
    ) -> None:
        for a, b in zip(known.args, goal.args, strict=True):
            one, other = vector(a, places), vector(b, to)
            if one.text != other.text:
                with self.proving(f"{other.text} = {one.text}", "EQ") as equation:
                    self.same_parts(other, one)
                self.write(f"rewrite {equation}.")
        self.write(f"exact ({name}).")

    def _carry_premises(
        self,
        name: str,
        given: Sequence[Formula],
        wanted: Sequence[Formula],
        then: Formula,
        goal: Formula,
        places: Places,
        to: Places,
    ) -> None:
        """Prove G' -> .. -> F' by G -> .. -> F."""
        if len(given) != len(wanted):
            raise UntranslatedError(f"{goal} under other conditions")
        names = [self.fresh("HG") for _ in given]
        if names:
            self.write(f"intros {' '.join(names)}.")
        shown = []
        for at, mine, theirs in zip(names, wanted, given, strict=True):
            with self.proving(proposition(theirs, places)) as made:
                self.carry(at, mine, theirs, to, places)
            shown.append(made)
        self.carry(" ".join([f"({name})", *shown]), then, goal, places, to)

    def _carry_ranged(self, name: str, known: Any, goal: Any, places: Places, to: Places) -> None:
        index = f"j{self.fresh('')}"
        value = Expression("whole", (), goal.variable, f"(INR {index})", natural=index)
        inside, outside = {**places, known.variable: value}, {**to, goal.variable: value}
        count = natural(known.args[2], places)
        if isinstance(known, Every):
            self.write(f"intros {index} B{index}.")
            self.index_facts(index)
            self.carry(f"{name} {index} ltac:(inrange)", known.body, goal.body, inside, outside)
            return
        at = self.fresh("HS")
        self.write(f"destruct ({name}) as ({index} & B{index} & {at}).")
        self.write(f"assert (C{index} : {in_range(index, count)}) by inrange.")
        self.index_facts(index)
        self.write(f"exists {index}; split; [ inrange |].")
        self.carry(at, known.body, goal.body, inside, outside)

    def _carry_quantified(
        self, name: str, known: Any, goal: Any, places: Places, to: Places
    ) -> None:
        if known.variables != goal.variables:
            raise UntranslatedError(f"{goal} by {known}")
        variables = Variables.of_symbols(known.variables)
        kinds = [self.fresh("KQ") for _ in variables.kinds()]
        names = variables.names()
        if isinstance(known, ForAll):
            self.write(f"intros {' '.join([*names, *kinds])}.")
            self.number_facts(variables.naturals)
            of = " ".join([f"({name})", *names, *kinds])
            self._carry_premises(of, known.given, goal.given, known.body, goal.body, places, to)
            return
        parts = [self.fresh("HX") for _ in (*known.given, known.body)]
        pattern = " & ".join([*names, *kinds, *parts])
        self.write(f"destruct ({name}) as ({pattern}).")
        self.number_facts(variables.naturals)
        self.write(f"exists {', '.join(names)}.")
        for kind in kinds:
            self.write(f"split; [ exact {kind} |].")
        mine, theirs = (*known.given, known.body), (*goal.given, goal.body)
        self._carry_all(parts, mine, theirs, places, to)

    def _carry_all(
        self,
        names: Sequence[str],
        known: Sequence[Formula],
        goals: Sequence[Formula],
        places: Places,
        to: Places,
    ) -> None:
        """Prove G' and .. and F' by G, .. and F."""
        *first, last = zip(names, known, goals, strict=True)
        for name, mine, theirs in first:
            self.write("split.")
            with self.block():
                self.carry(name, mine, theirs, places, to)
        name, mine, theirs = last
        self.carry(name, mine, theirs, places, to)

    # -- under an index ------------------------------------------------------------------------

    def at_index(self, name: str, every: Every, index: sp.Symbol) -> Named:
        """Write what is said of every index for one in range, and return it with its name."""
        value, there = real(index), every.at(index)
        with self.proving(proposition(there), "HE") as made:
            of = f"{name} {value.natural} ltac:(inrange)"
            self.carry(of, every.body, there, {every.variable: value}, NOWHERE)
        return made, there

    @contextmanager
    def every_index(
        self, index: sp.Symbol, count: sp.Expr, premise: Theorem, introduced: str = "intros"
    ) -> Iterator[list[Named]]:
        """Introduce an index of a premise; gives what is known at it beside the hypotheses."""
        name = variable_name(index)
        self.write(f"{introduced} {name} B{name}.")
        with self.in_range_of(index, count, premise) as said:
            yield said

    @contextmanager
    def in_range_of(
        self, index: sp.Symbol, count: sp.Expr, premise: Theorem
    ) -> Iterator[list[Named]]:
        """Take up an index, named in the context with its range `B..`, under a premise's facts."""
        name = variable_name(index)
        kept = self.facts, self.hypotheses, self.names, set(self.known)
        self.index_facts(name)
        self.names = self.names | {name}
        to = natural(count)
        upto = self.fact(
            f"{real(index).text} <= {real(count).text}", f"real_range {name} {in_nat(to)}"
        )
        every = [(n, h) for n, h in self.hypotheses if isinstance(h, Every)]
        self.facts = Facts(premise.hypotheses)
        wanted = premise.hypotheses
        said = [
            self.at_index(n, h, index)
            for n, h in every
            if h.args[2] == count and any(same(h.at(index), w) for w in wanted)
        ]
        said.append((upto, Relation("<=", index, count)))
        yield said
        self.facts, self.hypotheses, self.names, self.known = kept


def _forward(relation: Relation) -> Relation:
    return relation.oriented() if relation.op in (">", ">=") else relation


#: how a rule's theorem is proved from its premises
Translation = Callable[[Proof], None]
TRANSLATIONS: dict[str, Translation] = {}


def translation(function: Translation) -> Translation:
    """Say how theorems are proved that a rule of the kernel has made; the name is the rule's."""
    TRANSLATIONS[function.__name__] = function
    return function
