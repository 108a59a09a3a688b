"""Premises that contradict each other: from some of them 0 = 1 is derived.

Two may be each other's negation. Or a sum of two or three comparisons says 0 < 0, as p < q and
q < p do, or y < 0 alone of a positive y. A vector that is said not to be zero is opened, and its
entries are all shown to be 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Formula, NonZero, Relation, Some, at_most, equal, negation, same
from ..tactics.combine import fresh_index

#: premises that are added up at once
MOST_TOGETHER = 3
#: what a comparison may be multiplied by, where no more than two are added up
_FACTORS = (sp.Integer(1), sp.Integer(2), sp.Integer(3), sp.Rational(1, 2), sp.Rational(1, 3))


def contradiction(claim: Claim) -> Derivation | None:
    """Return a derivation of 0 = 1 from premises of the claim, None if none is found."""
    goal = equal(0, 1)
    proof = Proof()
    for yes, no, reason in _opposites(claim.given):
        try:
            absurd = K.absurd(yes, no, goal)
        except KernelError:
            continue
        proof.show(yes, reason)
        proof.show(no, "but it does not hold")
        proof.show(absurd, "from a contradiction anything follows")
        return proof.done()
    return None


def _opposites(given: Sequence[Formula]) -> Iterator[tuple[Theorem, Theorem, str]]:
    """Yield pairs of theorems that say the opposite of each other, and why the first holds."""
    for one in given:
        for other in given:
            if same(negation(one), other):
                yield K.assume(one), K.assume(other), "it is a premise"
    comparisons = [f for f in given if isinstance(f, Relation) and f.op != "!="]
    never = Relation("<", 0, 0)
    for number in range(1, min(MOST_TOGETHER, len(comparisons)) + 1):
        for chosen in combinations(comparisons, number):
            for theorem in _sums(chosen, never, given):
                yield theorem, K.arithmetic(negation(never), (), ()), "the premises add up to it"
    yield from _unequal(given)
    yield from _zero_vectors(given)


def _sums(
    chosen: Sequence[Relation], goal: Relation, given: Sequence[Formula]
) -> Iterator[Theorem]:
    theorems = [K.assume(relation) for relation in chosen]
    for factors in product(*(_factors(relation, len(chosen)) for relation in chosen)):
        try:
            yield K.arithmetic(*theorems, goal, factors, ())
        except KernelError:
            pass
        else:
            return
        # what else is known of signs: a vector that is not zero has a positive norm
        try:
            yield K.arithmetic(*theorems, goal, factors, tuple(given))
        except KernelError:
            continue
        else:
            return


def _factors(relation: Relation, number: int) -> tuple[sp.Rational, ...]:
    factors = _FACTORS if number == 2 else _FACTORS[:1]
    return (*factors, *(-factor for factor in factors)) if relation.op == "=" else factors


def _unequal(given: Sequence[Formula]) -> Iterator[tuple[Theorem, Theorem, str]]:
    """Yield a != b with a proof of a = b."""
    for relation in given:
        if isinstance(relation, Relation) and relation.op == "!=":
            same = Relation("=", relation.left, relation.right)
            others = [f for f in given if isinstance(f, Relation) and f.op == "="]
            for number in range(min(2, len(others)) + 1):
                for chosen in combinations(others, number):
                    for theorem in _sums(chosen, same, given):
                        yield theorem, K.assume(relation), "both sides agree"


def _zero_vectors(given: Sequence[Formula]) -> Iterator[tuple[Theorem, Theorem, str]]:
    """Yield "every entry is 0" with "some entry is not"."""
    for premise in given:
        if not isinstance(premise, NonZero):
            continue
        try:
            some = K.open_predicate(premise)
            stated = some.conclusion
            if not isinstance(stated, Some):
                continue
            index = fresh_index(*given)
            entry = negation(stated.at(index))
            zero = K.arithmetic(entry, (), (at_most(index, stated.args[2]),))
            yield K.every(zero, index, stated.args[2]), some, "every entry is $0$"
        except KernelError:
            continue
