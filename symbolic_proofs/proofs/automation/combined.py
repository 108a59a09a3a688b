"""Comparisons that several known inequalities between sums give together, their sums as letters.

Var(W) <= m (1 - m) for entries in [0, 1] is S_2 <= S_1, divided; Popoviciu's Var(W) <= 1/4 is that
and a square. What is given about sums is written out and used as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice, permutations

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Every, Relation, at_most, equal
from ...language.operations import order
from ...language.terms import NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol, length
from ..tactics.combine import Given, discharge, left, rewrite, right
from ..tactics.several import is_or
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain, unfolded
from .nonlinear import shown_by_products
from .norms import facts_of, written_out
from .termwise import by_terms

#: facts about sums that are used, and pairs of sums that are compared term by term
_MOST_FACTS, _MOST_PAIRS = 10, 6


def by_combined(claim: Claim) -> Derivation | None:
    """Return a derivation of a relation between sums from several others, None if none is found."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op == "!=" or not goal.atoms(VectorSymbol):
        return None
    proof = Proof()
    try:
        sides, known, wanted = written_out(goal, given)
        _, equations = plain(goal, known)
        for equation in _equal_sums(claim, wanted, known):
            proof.show(discharge(equation, *sides), "term by term")
            equations.append(equation)
            wanted = wanted.xreplace({left(equation): right(equation)})
        facts = [*_said(known), *islice(_between_sums(claim, wanted, known), _MOST_FACTS)]
        words = dict(facts)
        shown, used = shown_by_products(wanted, known, [*words], deep=True)
        for fact in (t for t in words if t in _below(shown)):
            proof.show(discharge(fact, *sides), words[fact])
        for fact, reason in used:
            proof.show(fact, reason)
        proof.show(discharge(folded(goal, shown, equations), *sides), "by products of these")
    except KernelError:
        return None
    return proof.done()


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


def _between_sums(claim: Claim, wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield inequalities between the sums of a goal: those that hold term by term, and of norms."""
    if wanted.op == "=":
        return
    if any(isinstance(h, Every) for h in given):
        lengths = {length(v) for v in wanted.atoms(VectorSymbol)}
        pairs = permutations([*_sums(wanted), *sorted(lengths, key=order)], 2)
        for low, high in islice(pairs, _MOST_PAIRS):
            found = by_terms(replace(claim, given=given, conclusion=at_most(low, high)))
            if found is not None:
                yield found.theorem, "term by term"
    yield from facts_of(wanted, given)


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
