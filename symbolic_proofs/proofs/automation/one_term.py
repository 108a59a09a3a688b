"""A comparison of entries at one index, shown by what is known of them there.

By signs, by one thing that is known times a factor, by two that follow on each other, by cases on
the signs under the bars, or as a claim about numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, equal, negation
from ...language.names import LanguageError
from ...language.operations import Abs, Exp, Log, Power, order
from ...language.terms import Greatest, Least
from ...language.vectors import VectorSymbol
from ...rational_terms import coefficient
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    left,
    right,
    then,
)
from ..tactics.inequalities import raised, tangent
from ..tactics.lift import factor_of
from ..tactics.several import each_of, is_or
from ..tactics.support import by_support, counting
from ..tactics.unfold import restated
from .entrywise import entrywise
from .extremes import by_extremes
from .nonlinear import by_products, shown_by_products
from .positive import logarithms
from .signs import by_signs_of

#: absolute values whose signs are told apart
_MOST_CASES = 3


def by_signs(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison by cases on the signs under its bars, None if none."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">=") or not goal.atoms(Abs):
        return None
    proof = Proof()
    try:
        if goal.atoms(VectorSymbol):
            proof.show(shown_at(goal, given, []), "by cases on the signs")
        else:
            proof.show(by_signs_of(goal, given), "by cases on the signs")
    except KernelError:
        return None
    return proof.done()


def _sides(fact: Theorem) -> tuple[sp.Expr, sp.Expr]:
    one, other = left(fact), right(fact)
    relation = fact.conclusion
    return (one, other) if isinstance(relation, Relation) and relation.op == "<=" else (other, one)


def shown_at(goal: Relation, here: Given, known: list[Theorem], depth: int = 0) -> Theorem:
    """Prove a comparison for one index; raises KernelError if it is not seen."""
    shown = next(_attempts(goal, here, known), None)
    if shown is not None:
        return shown
    for some in filter(is_or, here):
        return each_of(some, goal, here, lambda at: _put_in(goal, at, depth))
    if counting(goal):

        def show(side: Relation, at: Given) -> Theorem:
            return shown_at(side, at, [*known, *_raised(side, at, here)], depth)

        return by_support(goal, here, show)
    with suppress(KernelError):
        return shown_by_products(goal, here)[0]
    values = sorted(goal.atoms(Abs), key=order)
    if depth < min(len(values), _MOST_CASES):
        sign = Relation(">=", values[depth].args[0], 0)
        sides = (shown_at(goal, (*here, s), known, depth + 1) for s in (sign, negation(sign)))
        with suppress(KernelError):
            return K.cases(*sides, sign)
    if depth == 0 and goal.atoms(Greatest, Least):
        return entrywise(goal, here, known, by_numbers)
    raise KernelError("{} is not seen for each term", goal)


def _raised(goal: Relation, at: Given, here: Given) -> Iterator[Theorem]:
    """Yield powers, as a goal has them, of what is said of its sides in one of several cases."""
    exponents = {power.exp for power in goal.atoms(Power)}
    for h in (h for h in at if h not in here and isinstance(h, Relation) and h.op != "!="):
        low, high = h.oriented().args[1:]
        weak = combine(at_most(low, high), (1, K.assume(h)), given=at)
        for e in sorted(exponents, key=order):
            with suppress(KernelError, LanguageError):
                yield raised(weak, e, at)


def by_numbers(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison of numbers, None if there is none."""
    return _without_extremes(claim) or by_extremes(claim, _without_extremes)


def _without_extremes(claim: Claim) -> Derivation | None:
    return by_signs(claim) or by_products(claim)


def _put_in(goal: Relation, here: Given, depth: int) -> Theorem:
    """Prove a comparison with the value of an entry put in, where that is said last."""
    if not (isinstance(here[-1], Relation) and here[-1].op == "="):
        return shown_at(goal, here, [], depth)
    said, rest = K.assume(here[-1]), here[:-1]
    # without what is put in: |x|^p has no form where x is said to be 0
    one, two = (then(algebra(equal(s, s), rest), said) for s in (goal.left, goal.right))
    shown = shown_at(Relation(goal.op, right(one), right(two)), here, [], depth)
    return restated(goal, shown, one, two)


def _attempts(goal: Relation, here: Given, known: list[Theorem]) -> Iterator[Theorem]:
    for premises in _ways(goal, here, known):
        try:
            yield combine(goal, *premises, given=here)
        except KernelError:
            continue


def _ways(
    goal: Relation, here: Given, known: list[Theorem]
) -> Iterator[tuple[tuple[object, Theorem], ...]]:
    yield ()
    for fact in [*known, *_exponentials(goal, here), *tangents(goal, here)]:
        try:
            yield ((factor_of(goal, fact.conclusion, here), fact),)
        except KernelError:
            continue
    # a <= b and b <= c
    low, high = (goal.left, goal.right)[:: 1 if goal.op == "<=" else -1]
    for one, other in product(known, known):
        if _sides(one)[0] == low and _sides(other) == (_sides(one)[1], high):
            yield (1, one), (1, other)
    yield from _pairs_of_logarithms(goal, here)


def _pairs_of_logarithms(
    goal: Relation, here: Given
) -> Iterator[tuple[tuple[object, Theorem], ...]]:
    """Yield ln a - ln b <= a/b - 1 for one a and each other b, by what the goal has of ln b."""
    up = goal.right - goal.left if goal.op == "<=" else goal.left - goal.right
    logs = sorted(goal.atoms(Log), key=order)
    if len(logs) < 3:
        return
    for log in logs:
        with suppress(KernelError):
            yield tuple(
                (coefficient(up, other), tangent(log - other, *here))
                for other in logs
                if other != log
            )


def _exponentials(goal: Relation, here: Given) -> Iterator[Theorem]:
    """Yield 1 + a <= e^a for the exponentials of a goal."""
    for head in sorted(goal.atoms(Exp), key=order):
        with suppress(KernelError):
            yield tangent(head.args[0], *here)


def tangents(goal: Relation, here: Given) -> Iterator[Theorem]:
    """Yield ln a <= a - 1 and ln a >= 1 - 1/a for the logarithms of a goal, and their signs."""
    yield from (fact for fact, _ in logarithms(goal, here))
    for log in sorted(goal.atoms(Log), key=order):
        for exponent in (log, -log):
            try:
                yield tangent(exponent, *here)
            except KernelError:
                continue
