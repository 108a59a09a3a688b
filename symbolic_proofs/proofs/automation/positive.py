"""Comparisons that need a term to be above 0 for a reason that signs alone do not see.

The logarithm of a number above 1; the greatest entry of a vector >= 0 that is not 0, which is not
below the mean of the entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, less
from ...language.operations import Log, order
from ...language.terms import Greatest, Least, NonzeroCount, PowerSum
from ...language.vectors import Entry, VectorSymbol, is_nonnegative_vector, length
from ..tactics import inequalities
from ..tactics.combine import (
    Given,
    combine,
    discharge,
    fresh_index,
    instance,
    summed,
)
from ..tactics.inequalities import logarithm_at_most, logarithm_below
from ..tactics.unfold import conclude


def by_positive(claim: Claim) -> Derivation | None:
    """Return a derivation of a relation that such a fact gives, None if none does."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    facts = [*logarithms(goal, given), *greatest_positive(goal, given)]
    facts += _counts(goal, given)
    if not facts:
        return None
    known = (*given, *(fact.conclusion for fact, _ in facts))
    proof = Proof()
    for fact, reason in facts:
        proof.show(fact, reason)
    try:
        shown = conclude(Proof(), goal, given=known, reason="", power_sums=False)
        proof.show(discharge(shown, *(fact for fact, _ in facts)), "so, by signs and algebra")
    except KernelError:
        return None
    return proof.done()


def logarithms(goal: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield 0 < ln a, or 0 <= ln a, for the logarithms of numbers above 1, or not below."""
    for log in sorted(goal.atoms(Log), key=order):
        values = {inequalities.a: sp.Integer(1), inequalities.b: log.args[0]}
        for rises, above in (
            (logarithm_below, less(0, log)),
            (logarithm_at_most, at_most(0, log)),
        ):
            with suppress(KernelError):
                shown = combine(above, (1, instance(rises(), values, given)), given=given)
                if shown.hypotheses <= {*given}:
                    yield shown, "the logarithm of a number that is not below $1$"
                    break


def _counts(goal: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield 1 <= k for the number k of nonzero entries of a vector that is not 0."""
    for counted in sorted(goal.atoms(NonzeroCount), key=order):
        try:
            above = combine(less(0, counted), given=given)
            yield K.whole(above), "a whole number above $0$"
        except KernelError:
            continue


def greatest_positive(goal: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield that the greatest entry is above 0, or the greatest magnitude, where some entry is."""
    for extreme in sorted(goal.atoms(Greatest), key=order):
        if isinstance(extreme, Least):
            continue
        i = fresh_index(extreme, *given)
        body, count = extreme.at(i), extreme.args[2]
        vectors = [e.args[0] for e in body.atoms(Entry) if isinstance(e.args[0], VectorSymbol)]
        for vector in sorted(set(vectors), key=order):
            if length(vector) != count or body not in (abs(vector[i]), vector[i]):
                continue
            if body == vector[i] and not is_nonnegative_vector(vector):
                continue
            here = (*given, at_most(i, count))
            mean = PowerSum(vector, 1) / count
            try:
                each = combine(
                    at_most(body, extreme), (1, K.greatest(extreme, i, here)), given=here
                )
                total = summed(each, i, count, given)
                above = combine(at_most(mean, extreme), (1 / count, total), given=given)
                yield combine(less(0, extreme), (1, above), given=given), "not below the mean"
            except KernelError:
                continue
