"""Comparisons that several known inequalities between sums give together, their sums as letters.

Var(W) <= m (1 - m) for entries in [0, 1] is S_2 <= S_1, divided; Popoviciu's Var(W) <= 1/4 is that
and a square. What is given about sums is written out and used as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import And, Every, Formula, Relation, equal
from ...language.operations import Power, order
from ...language.terms import NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol
from ..tactics.combine import Given, discharge, fresh_index, left, rewrite, right
from ..tactics.several import is_or
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain, unfolded
from .nonlinear import shown_by_products
from .norms import to_power, written_out
from .of_entries import of_entries
from .power_facts import facts_of
from .termwise import by_terms
from .triangles import mean_facts, quasi_triangle_facts, triangle_facts, with_bars

#: facts about sums that are used
_MOST_FACTS = 24


def by_combined(claim: Claim) -> Derivation | None:
    """Return a derivation of a relation between sums from several others, None if none is found."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op == "!=" or not goal.atoms(VectorSymbol):
        return None
    proof = Proof()
    barred = with_bars(goal, fresh_index(goal, *given), given)
    stated, goal = goal, goal.xreplace({left(e): right(e) for e in barred})
    try:
        sides, known, wanted = written_out(goal, given)
        _, equations = plain(goal, known)
        for equation in _equal_sums(claim, wanted, known):
            proof.show(discharge(equation, *sides), "term by term")
            equations.append(equation)
            wanted = wanted.xreplace({left(equation): right(equation)})
        said = [*_said(known)]
        facts = [*said, *islice(_between_sums(wanted, known, said), _MOST_FACTS)]
        words = dict(facts)
        shown, used = shown_by_products(wanted, known, [*words], deep=True)
        for fact in (t for t in words if t in _below(shown)):
            proof.show(discharge(fact, *sides), words[fact])
        for fact, reason in used:
            proof.show(fact, reason)
        shown = discharge(folded(goal, shown, equations), *sides)
        shown = rewrite(shown, *barred, backwards=True)
        proof.show(shown, "by products of these")
    except KernelError:
        return None
    return proof.done() if shown.conclusion == stated else None


def _said(given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield what is given about measures, written out in sums."""
    for h in given:
        if isinstance(h, Relation) and h.op != "!=" and h.atoms(VectorSymbol):
            with suppress(KernelError):
                equations = [*unfolded(h.left, given), *unfolded(h.right, given)]
                if equations:
                    yield rewrite(K.assume(h), *equations), "as given, written out"


def _equal_sums(claim: Claim, wanted: Relation, given: Given) -> Iterator[Theorem]:
    """Yield which sums are equal to another for entries that have few values."""
    if not any(isinstance(h, Every) and (_is_equation(h.body) or is_or(h.body)) for h in given):
        return
    first, *others = _sums(wanted) or [None]
    for other in others:
        found = by_terms(replace(claim, given=given, conclusion=equal(other, first)))
        if found is not None:
            yield found.theorem


def _is_equation(formula: sp.Basic) -> bool:
    return isinstance(formula, Relation) and formula.op == "="


def _sums(wanted: Relation) -> list[sp.Expr]:
    found = (s for s in wanted.atoms(PowerSum, Total, NonzeroCount) if not hidden(s))
    return sorted(found, key=order)


def _between_sums(
    wanted: Relation, given: Given, said: Sequence[tuple[Theorem, str]]
) -> Iterator[tuple[Theorem, str]]:
    """Yield inequalities between the sums of a goal, and of what is said: of norms and of terms."""
    if wanted.op == "=":
        return
    for fact in of_entries(wanted, given):
        yield fact, "what is said of every entry, summed"
    spoken = And(wanted, *(fact.conclusion for fact, _ in said))
    for fact in triangle_facts(spoken, given):
        yield fact, "Minkowski's inequality"
    for fact in mean_facts(spoken, given):
        yield fact, "power means rise with their exponent"
    for fact in quasi_triangle_facts(wanted, given):
        yield fact, "the power $1/r$ is convex"
    for fact, words in facts_of(spoken, given):
        yield fact, words
        for e in _roots(spoken):
            raised = to_power(fact, e, given)
            if raised is not None:
                yield raised, f"{words}, a root"


def _roots(spoken: Formula) -> list[sp.Expr]:
    """Return the exponents at which sums stand under a root."""
    powers = (p for p in spoken.atoms(Power) if isinstance(p.base, PowerSum))
    return sorted({p.exp for p in powers if not p.exp.is_Integer}, key=order)


def _below(theorem: Theorem) -> set[Theorem]:
    """Return the theorems that one was made of."""
    found: set[Theorem] = set()
    waiting = [theorem]
    while waiting:
        for premise in waiting.pop().premises:
            if premise not in found:
                found.add(premise)
                waiting.append(premise)
    return found
