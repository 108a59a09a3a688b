"""The second route: a step of a derivation, checked again on random instances.

The kernel argues with terms; this evaluates them. An instance gives every symbol of a sequent an
exact value of its kind. Where the hypotheses hold, the conclusion must have a value and be true.

It can refute a step, never prove one. An instance that does not meet the hypotheses counts for
nothing, so a report says how many did: none, if the hypotheses contradict each other, as they may
inside a proof by contradiction. Such a step is neither confirmed nor refuted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

import sympy as sp

from symbolic_proofs.language.formulas import (
    ForAll,
    Formula,
    Implies,
    Relation,
    as_formula,
    free_variables,
)
from symbolic_proofs.language.symbols import kind_of, symbol
from symbolic_proofs.language.vectors import VectorSymbol

from ..certifier.assignment import Assignment
from ..certifier.errors import Undecided, UnfitWitnessError, ValuelessError
from ..certifier.numbers import balls, exact
from ..certifier.truth import Decided
from ..certifier.witness import vector_json
from .instances import Draw
from .tolerance import NearDecider

#: draws for every instance that is wanted
DRAWS = 30
#: precision at which the premises of a conclusion that fails are read once more
_FINE_BITS = 4096


class Outcome(StrEnum):
    """What a recheck came to; only the first two say anything of the step."""

    #: on an instance at least, and violated by none
    HELD = "held"
    #: false or undefined on an instance that meets the hypotheses
    VIOLATED = "violated"
    #: no instance met the hypotheses: they may contradict each other, or be met too rarely
    NEVER_MET = "never met"
    #: the hypotheses were met, and nothing was decided: as of "there is .." on every instance
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Violation:
    """An instance that meets the hypotheses and not the conclusion.

    `values` are its symbols, as in a witness's JSON, or a term where a hypothesis defines a symbol;
    `reason` says how the conclusion fails: "undefined: ..", or the two sides.
    """

    values: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Recheck:
    """What the instances showed.

    `tried` were drawn, `met` the hypotheses; of these the conclusion `held` on some, was not
    decided on `undecided`, and failed on the one of `violation`, after which no more were drawn.
    """

    tried: int
    met: int
    held: int
    undecided: int
    violation: Violation | None

    @property
    def outcome(self) -> Outcome:
        """What the instances say of the step, "never met" if none met the hypotheses."""
        if self.violation is not None:
            return Outcome.VIOLATED
        if self.held:
            return Outcome.HELD
        return Outcome.UNDECIDED if self.met else Outcome.NEVER_MET

    @property
    def passed(self) -> bool:
        """Whether the step was put to the test and held; what was never met did not pass."""
        return self.outcome is Outcome.HELD


def recheck(
    hypotheses: Iterable[object], conclusion: object, *, seed: int = 0, trials: int = 20
) -> Recheck:
    """Check on random instances that the conclusion follows from the hypotheses.

    Draws until `trials` instances met the hypotheses or `DRAWS` times as many were tried; the same
    seed gives the same instances. A conclusion that says that something exists stays undecided; of
    one that holds for all values, values are drawn. Raises LanguageError for what is not a formula.
    """
    given, goal = _opened([as_formula(h) for h in hypotheses], as_formula(conclusion))
    draw = Draw(given, goal, Random(seed))
    tried = met = held = undecided = 0
    while met < trials and tried < DRAWS * trials:
        tried += 1
        values = draw.instance()
        if values is None:
            continue
        decider = NearDecider(values)
        if not _meets(given, decider):
            continue
        met += 1
        failed = None
        try:
            found = decider.find(goal)
        except ValuelessError as reason:
            failed = f"undefined: {reason}"
        except UnfitWitnessError:  # an index past the members of a family: no instance after all
            met -= 1
        except Undecided:
            undecided += 1
        else:
            if found.truth is False:
                failed = "; ".join(map(_sides, found.grounds))
            held += found.truth is True
            undecided += found.truth is None
        if failed is not None:
            # a premise that fails by less than balls show is none that holds
            if _meets(given, NearDecider(values, _FINE_BITS)):
                return Recheck(tried, met, held, undecided, Violation(_shown(values), failed))
            met -= 1
    return Recheck(tried, met, held, undecided, None)


def _opened(given: list[Formula], goal: Formula) -> tuple[list[Formula], Formula]:
    """Return the sequent with the premises of its conclusion among the hypotheses.

    A quantified variable gets a name of its own, for what is free may have a value beside it.
    """
    while isinstance(goal, ForAll | Implies):
        if isinstance(goal, ForAll):
            goal = _apart(goal, {v.name for f in (*given, goal) for v in free_variables(f)})
            given, goal = [*given, *goal.given], goal.body
        else:
            given, goal = [*given, goal.args[0]], goal.args[1]
    return given, goal


def _apart(goal: ForAll, taken: set[str]) -> ForAll:
    """Return the same statement, no variable of which has a name that is taken."""
    used = taken | {v.name for v in goal.atoms(sp.Symbol, VectorSymbol)}
    names: dict[sp.Basic, sp.Basic] = {}
    for v in sorted(goal.variables, key=lambda v: isinstance(v, VectorSymbol)):
        name = v.name
        if name in taken:
            while name in used:
                name += "'"
            used.add(name)
        if isinstance(v, VectorSymbol):
            names[v] = VectorSymbol(name, v.args[1].xreplace(names), v.args[2])
        else:
            names[v] = symbol(name, kind_of(v))
    changed = {v: new for v, new in names.items() if v != new}
    return goal.xreplace(changed) if changed else goal


def _meets(given: Sequence[Formula], decider: NearDecider) -> bool:
    try:
        return all(decider.find(formula).truth for formula in given)
    except (ValuelessError, Undecided, UnfitWitnessError):
        return False


def _shown(values: Assignment) -> dict[str, Any]:
    shown: dict[str, Any] = {name: str(value) for name, value in values.scalars.items()}
    shown |= {name: str(term) for name, term in values.defined.items()}
    shown |= {name: vector_json(entries) for name, entries in values.vectors.items()}
    for name, steps in values.families.items():
        shown[name if name not in shown else f"{name}_t"] = {"steps": [*map(vector_json, steps)]}
    return dict(sorted(shown.items()))


def _sides(decided: Decided) -> str:
    if not isinstance(decided.formula, Relation):
        return f"{decided.formula} is {str(decided.truth).lower()}"
    sides = []
    for side in (decided.left, decided.right):
        if decided.bits:
            with balls.precision(decided.bits):
                sides.append(balls.decimal(side, 20))
        else:
            sides.append(exact.text(side) or "a long number")
    return f"{decided.formula} is {str(decided.truth).lower()}: {sides[0]} against {sides[1]}"
