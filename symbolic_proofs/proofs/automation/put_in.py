"""Comparisons in which what is given as equal is put in: an equation, or that a vector is 0."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Formula, NonZero, Not, Relation, at_most, equal
from ...language.operations import order
from ...language.terms import NonzeroCount, OnNonzero, PowerSum, Total
from ...language.vectors import Entry, VectorSymbol, length
from ..tactics.combine import (
    Given,
    algebra,
    discharge,
    fresh_index,
    reduced,
    right,
    then,
)
from ..tactics.sorting import hidden
from ..tactics.unfold import plain, restated

Way = Callable[[Claim], Derivation | None]


def by_putting_in(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a relation from that in which equal terms are put for each other."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    relations = [h for h in given if isinstance(h, Relation)]
    said = [K.assume(h) for h in relations if h.op == "=" and goal.has(h.left)]
    zero = [h.args[0].args[0] for h in given if _is_zero(h)]
    if not said and not any(goal.has(vector) for vector in zero):
        return None
    proof = Proof()
    try:
        _, equations = plain(goal, given)
        sides = [then(algebra(equal(s, s), given), *equations) for s in (goal.left, goal.right)]
        for vector in zero:
            sides = [_without(side, vector, given) for side in sides]
        one, two = (then(side, *said) for side in sides)
        inner = Relation(goal.op, right(one), right(two))
        if inner == goal:
            return None
        found = way(replace(claim, conclusion=inner))
        if found is None:
            return None
        proof.show(found.theorem, "equal terms put for each other")
        proof.show(restated(goal, found.theorem, one, two), "so")
    except KernelError:
        return None
    return proof.done()


def _is_zero(formula: Formula) -> bool:
    match formula:
        case Not(args=(NonZero(args=(VectorSymbol() as v,)),)):
            return not v.indices
    return False


def _without(side: Theorem, vector: VectorSymbol, given: Given) -> Theorem:
    """Put 0 for the sums over a vector that is 0."""
    heads = right(side).atoms(PowerSum, NonzeroCount, Total)
    for head in sorted((h for h in heads if h.has(vector) and not hidden(h)), key=order):
        with suppress(KernelError):
            side = then(side, _vanishing(head, vector, given))
    return side


def _vanishing(head: sp.Expr, vector: VectorSymbol, given: Given) -> Theorem:
    """Return V = 0 |- a sum over the entries of V = what is left of it."""
    itself = isinstance(head, Total)
    meaning = algebra(equal(head, head), given) if itself else K.define(head, given)
    total = right(meaning)
    i = fresh_index(total, *given)
    here = (*given, at_most(i, length(vector)))
    zero = equal(Entry(vector, i), 0)
    body = total.at(i)
    counted = (K.on_nonzero(h, (*here, zero)) for h in sorted(body.atoms(OnNonzero), key=order))
    each = then(algebra(equal(body, body), here), *counted, K.assume(zero))
    each = then(each, reduced(right(each), (*here, zero)))
    said = K.open_predicate(Not(NonZero(vector)), None, given)
    shown = discharge(K.sum_up(each, i, length(vector)), said)
    return then(meaning, then(shown, K.linear(right(shown), given)))
