"""Comparisons in which what is given as equal is put in: an equation, or that a vector is 0."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Formula, NonZero, Not, Relation, equal
from ...language.operations import order
from ...language.terms import NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol
from ..tactics.combine import (
    Given,
    algebra,
    left,
    right,
    then,
)
from ..tactics.sorting import hidden
from ..tactics.unfold import plain, restated
from ..tactics.vanishing import vanishing
from .cases import Way


def by_putting_in(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a relation from that in which equal terms are put for each other."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    relations = [h for h in given if isinstance(h, Relation)]
    said = [K.assume(h) for h in relations if h.op == "="]
    zero = [h.args[0].args[0] for h in given if _is_zero(h)]
    if not said and not any(goal.has(vector) for vector in zero):
        return None
    proof = Proof()
    # without what is put in, if that will do: |x|^p has no form where x is said to be 0
    rest = tuple(h for h in relations if h.op != "=")
    try:
        try:
            sides = _written_out(goal, rest)
        except KernelError:
            sides = _written_out(goal, given)
        for vector in zero:
            sides = [_without(side, vector, given) for side in sides]
        said = [h for h in said if any(right(side).has(left(h)) for side in sides)]
        one, two = (then(side, *said) for side in sides)
        inner = Relation(goal.op, right(one), right(two))
        if inner == goal:
            return None
        found = way(replace(claim, conclusion=inner))
        if found is None:
            return None
        proof.show(found.theorem, "put equal terms for each other")
        proof.show(restated(goal, found.theorem, one, two), "so it follows")
    except KernelError:
        return None
    return proof.done()


def _written_out(goal: Relation, given: Given) -> list[Theorem]:
    _, equations = plain(goal, given)
    return [then(algebra(equal(s, s), given), *equations) for s in (goal.left, goal.right)]


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
            side = then(side, vanishing(head, vector, given))
    return side
