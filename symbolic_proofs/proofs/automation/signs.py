"""Comparisons of entries, by cases on the signs of what stands under bars."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import combinations, product

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import exponent
from ...language.formulas import Relation, negation
from ...language.operations import Abs, Power, order
from ...language.symbols import nonnegative, real
from ...language.vectors import Entry, is_nonnegative_vector
from ..tactics.combine import Given, algebra, combine
from ..tactics.lift import factor_of
from ..tactics.sorting import hidden
from .norms import to_power

_MOST_SIGNS = 6
_X = nonnegative("x")


def seen(goal: Relation, premise: Relation, here: Given) -> Theorem:
    """Prove a comparison of entries by cases on signs, with letters for the entries."""
    entries = sorted({*goal.atoms(Entry), *premise.atoms(Entry)}, key=order)
    relations = [h for h in here if isinstance(h, Relation) and h.atoms(Entry) <= {*entries}]
    letters: dict[sp.Basic, sp.Symbol] = {}
    for k, e in enumerate(entries, 1):
        bare = any(h.xreplace({Abs(e): _X}).has(e) for h in (goal, premise, *relations))
        kind = real if bare and not is_nonnegative_vector(e.args[0]) else nonnegative
        letters[e if bare else Abs(e)] = kind(f"e{k}")
    indices = {e.args[1] for e in entries}
    said = (h.xreplace(letters) for h in relations)
    there = tuple(h for h in said if not h.free_symbols & indices)
    wanted, below = goal.xreplace(letters), premise.xreplace(letters)
    shown = by_signs_of(wanted, there, _powers_of(below, wanted, there))
    values = {letter: term for term, letter in letters.items()}
    return K.instantiate(shown, values, here) if values else shown


def _powers_of(below: Relation, goal: Relation, here: Given) -> list[Theorem]:
    """Return powers of a comparison that a goal with powers may ask for."""
    one, facts = sp.Integer(1), Facts(here)
    own = sorted({n.exp for n in (*goal.atoms(Power), *below.atoms(Power))}, key=order)
    wanted = (f for e in own for f in (e - one, one - e, (one - e) / e) if facts.positive(f))
    raised = (to_power(K.assume(below), e, here) for e in dict.fromkeys(map(exponent, wanted)))
    return [fact for fact in raised if fact is not None]


def by_signs_of(
    goal: Relation, here: Given, facts: Sequence[Theorem] = (), depth: int = 0
) -> Theorem:
    """Prove a comparison by cases on the signs of what stands under its bars.

    In each case one premise or fact times a factor gives it, or two add up to it, or they
    contradict each other.
    """
    with suppress(KernelError):
        return combine(goal, given=here)
    if goal.op == "=":
        with suppress(KernelError):
            low, high = (Relation(op, goal.left, goal.right) for op in ("<=", ">="))
            return K.antisymmetry(combine(low, given=here), combine(high, given=here))
    relations = [h for h in here if isinstance(h, Relation) and h.op != "!="]
    known = [K.assume(h) for h in relations if h.op != "="]
    for fact in (*known, *facts):
        with suppress(KernelError):
            return combine(goal, (factor_of(goal, fact.conclusion, here), fact), given=here)
    never = Relation("<", 0, 0)
    with suppress(KernelError):
        return K.absurd(added_up(never, relations, here), algebra(negation(never)), goal)
    undecided = _undecided(goal, here)
    if undecided is None:
        return added_up(goal, [h for h in relations if h.op != "="], here)
    if depth == _MOST_SIGNS:
        raise KernelError("{} is not seen", goal)
    sign = Relation(">=", undecided, 0)
    cases = (by_signs_of(goal, (*here, s), facts, depth + 1) for s in (sign, negation(sign)))
    return K.cases(*cases, sign)


def added_up(goal: Relation, relations: Sequence[Relation], here: Given) -> Theorem:
    """Prove a relation as the sum of one or two that are given."""
    for chosen in (*((h,) for h in relations), *combinations(relations, 2)):
        for signs in product(*((1, -1) if h.op == "=" else (1,) for h in chosen)):
            with suppress(KernelError):
                parts = zip(signs, map(K.assume, chosen), strict=True)
                return combine(goal, *parts, given=here)
    raise KernelError("{} is not a sum of what is given", goal)


def _undecided(goal: Relation, here: Given) -> sp.Expr | None:
    """Return what stands under bars and has a sign that is not seen, the shortest first."""
    facts = Facts(here)
    bars = {bar.args[0] for h in (goal, *here) for bar in h.atoms(Abs)}
    for term in sorted(bars, key=lambda t: (sp.count_ops(t), order(t))):
        if not hidden(term) and not facts.nonnegative(term) and not facts.nonnegative(-term):
            return term
    return None
