"""One statement from another that differs from it in how its terms are written.

What is put in the place of a letter stands there as it is, while the language would sort it in; a
comparison may be turned round. `carry` brings a fact from the one way of writing to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

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
from .errors import UntranslatedError
from .expressions import natural, real, vector
from .hypotheses import Named
from .identities import Identities
from .operations import NOWHERE, Expression, Places
from .statements import Variables, in_range, proposition

SIDES = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le"}


class Carrying(Identities):
    """A script that knows how to prove a statement by what says the same."""

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
            case And(args=(alone,)):
                self.carry(name, alone, goal.args[0], places, to)
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
        value = self.new_index()
        index = value.natural
        inside, outside = {**places, known.variable: value}, {**to, goal.variable: value}
        count = natural(known.args[2], places)
        kept = self.facts, self.hypotheses
        if isinstance(known, Every):
            self.write(f"intros {index} B{index}.")
            self.index_facts(index)
            self.take_up_at(value.term, goal.args[2])
            self.carry(f"{name} {index} ltac:(inrange)", known.body, goal.body, inside, outside)
            self.facts, self.hypotheses = kept
            return
        at = self.fresh("HS")
        self.write(f"destruct ({name}) as ({index} & B{index} & {at}).")
        self.write(f"assert (C{index} : {in_range(index, count)}) by inrange.")
        self.index_facts(index)
        self.write(f"exists {index}; split; [ inrange |].")
        self.take_up_at(value.term, goal.args[2])
        self.carry(at, known.body, goal.body, inside, outside)
        self.facts, self.hypotheses = kept

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

    def at_index(self, name: str, every: Every, index: sp.Symbol) -> Named:
        """Write what is said of every index for one in range, and return it with its name."""
        value, there = real(index), every.at(index)
        with self.proving(proposition(there), "HE") as made:
            of = f"{name} {value.natural} ltac:(inrange)"
            self.carry(of, every.body, there, {every.variable: value}, NOWHERE)
        return made, there


def _forward(relation: Relation) -> Relation:
    return relation.oriented() if relation.op in (">", ">=") else relation
