"""Comparisons in which a bound stands for what it bounds, and is made up for.

For a letter it is that of a premise: ||V||_1 < ||W||_1 + ε, where ||V - W||_1 < ε, follows from
||V||_1 <= ||W||_1 + ||V - W||_1. For a norm it is another norm of the vector, for a power the
tangent 1 + e ln x <= x^e, or 1/(1 - e ln x) >= x^e: what is left speaks of numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import permutations

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, less
from ...language.operations import (
    Log,
    Power,
    Product,
    Sum,
    Variable,
    base_and_exponent,
    factors,
    order,
    summands,
)
from ...language.terms import Greatest, Least, NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol
from ...rational_terms import expanded, linear
from ..tactics.combine import Given, combine, discharge, left, right
from ..tactics.flat import flat
from ..tactics.inequalities import tangent
from ..tactics.unfold import folded, plain
from .cases import Way
from .nonlinear import shown_by_products
from .norms import conditions, raised_for
from .power_facts import facts_of

#: what bounds a term, in words, and what it rests on
Bound = tuple[Theorem, str, list[Theorem]]


def by_loosened(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a comparison from one without a letter and what bounds the letter."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    for premise in given:
        if not isinstance(premise, Relation) or premise.op in ("=", "!="):
            continue
        for inner, share in _without_a_letter(goal, premise, Facts(given)):
            found = way(replace(claim, conclusion=inner))
            if found is None:
                continue
            with suppress(KernelError):
                proof = Proof(list(found.steps))
                parts = ((1, found.theorem), (share, K.assume(premise)))
                proof.show(combine(goal, *parts, given=given), "so, with what is given")
                return proof.done()
    return None


def by_bounds(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from a bound and one of numbers, None if none is."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    try:
        facts = conditions(goal, given)
        known = (*given, *(fact.conclusion for fact in facts))
        wanted, equations = plain(goal, known)
    except KernelError:
        return None
    for bound, words, above in _bounds(wanted, known):
        here = (*known, *(fact.conclusion for fact in above))
        for inner, scale, share in _with_the_bound(wanted, bound, here):
            if inner.atoms(VectorSymbol) and len(_sums(inner)) >= len(_sums(wanted)):
                continue
            proof = Proof()
            proof.show(bound, words)
            found = _of_numbers(proof, replace(claim, given=here, conclusion=inner), wanted)
            if found is None:
                continue
            with suppress(KernelError):
                shown = combine(wanted, (scale, found), (share, bound), given=here)
                shown = discharge(folded(goal, shown, equations), *above, *facts)
                proof.show(shown, "the two together")
                return proof.done()
    return None


def _of_numbers(proof: Proof, claim: Claim, outer: Relation) -> Theorem | None:
    """Return what is left of a comparison, as a sum of products or by one bound more."""
    goal, given = claim.conclusion, tuple(claim.given)
    assert isinstance(goal, Relation)
    if not [*_powers(goal, Facts(given))]:
        with suppress(KernelError):
            shown, _ = shown_by_products(goal, given)
            return proof.show(shown, "by a sum of products of what is known")
        if not _sums(outer) and not [*_powers(outer, Facts(given))]:
            return None  # of the logarithms one is bounded
    found = by_bounds(claim)
    if found is None:
        return None
    proof.show_all(found.steps)
    return found.theorem


def _sums(goal: Relation) -> set[sp.Basic]:
    return goal.atoms(PowerSum, Total, Greatest, Least, NonzeroCount)


def _bounds(goal: Relation, given: Given) -> Iterator[Bound]:
    """Yield what bounds a norm, else a power, else a logarithm; in words, and what it rests on."""
    powers = [*_powers(goal, Facts(given))]
    if _sums(goal):
        yield from _of_norms(goal, given)
    elif powers:
        yield from _of_powers(goal, powers, given)
    else:
        yield from _of_logs(goal, given)


def _of_norms(goal: Relation, given: Given) -> Iterator[Bound]:
    without_logs = goal.xreplace({log: sp.Integer(1) for log in goal.atoms(Log)})
    for fact, words in facts_of(goal, given):
        for lifted, _ in raised_for(fact, without_logs, given):
            with suppress(KernelError):
                sides = (flat(side, given) for side in (left(lifted), right(lifted)))
                yield combine(at_most(*sides), (1, lifted), given=given), words, []


def _of_powers(goal: Relation, powers: list[sp.Expr], given: Given) -> Iterator[Bound]:
    low, high = goal.oriented().args[1:]
    seen = Facts(given)
    for power in powers:
        with suppress(KernelError):
            factor, _ = linear(high - low, power)
            point = flat(Sum(*(x.exp * Log(x.base) for x in factors(power))), given)
            if seen.positive(factor):
                line = at_most(1 + point, power)
                yield combine(line, (1, tangent(point, *given)), given=given), "a tangent", []
            elif seen.positive(-factor):
                below = 1 - point
                above, _ = shown_by_products(less(0, below), given)
                here = (*given, above.conclusion)
                part = (power / below, tangent(-point, *here))
                bound = combine(at_most(power, 1 / below), part, given=here)
                yield bound, "one over a tangent", [above]


def _of_logs(goal: Relation, given: Given) -> Iterator[Bound]:
    logs = sorted((x for x in goal.atoms(Log) if not x.atoms(VectorSymbol)), key=order)
    lines = [
        (at_most(Log(other.args[0]) + 1 - other.args[0] / log.args[0], log), other - log)
        for log, other in permutations(logs, 2)
    ]
    for log in logs:
        x = log.args[0]
        lines += [(at_most(1 - 1 / x, log), -log), (at_most(log, x - 1), log)]
    for line, point in lines:
        with suppress(KernelError):
            yield combine(line, (1, tangent(point, *given)), given=given), "a tangent", []


def _powers(goal: Relation, seen: Facts) -> Iterator[sp.Expr]:
    """Yield the products of powers of numbers with letters in their exponents, of each term."""
    found: dict[sp.Expr, None] = {}
    with suppress(KernelError):
        for term in summands(expanded(goal.left - goal.right)):
            powers = [x for x in factors(term) if isinstance(x, Power) and not x.exp.is_Rational]
            powers = [x for x in powers if not x.atoms(VectorSymbol) and seen.positive(x.base)]
            if powers:
                found[Product(*powers)] = None
    yield from found


def _with_the_bound(
    goal: Relation, bound: Theorem, given: Given
) -> Iterator[tuple[Relation, sp.Expr, sp.Expr]]:
    """Yield the goal with one side of a bound for the other, and the factors of the two.

    Where that side is one over a term the goal is multiplied by it.
    """
    low, high = goal.oriented().args[1:]
    for term, other, sign in ((left(bound), right(bound), -1), (right(bound), left(bound), 1)):
        with suppress(KernelError):
            if term.is_Rational:
                continue
            factor, rest = linear(high - low, term)
            share = sign * factor
            if not Facts(given).positive(share):
                continue
            divisor = other.base if isinstance(other, Power) and other.exp == -1 else sp.Integer(1)
            numerator = other if divisor == 1 else sp.Integer(1)
            gap, common = _divided(factor * numerator + rest * divisor, given)
            yield Relation(goal.oriented().op, sp.Integer(0), gap), common / divisor, share


def _divided(gap: sp.Expr, given: Given) -> tuple[sp.Expr, sp.Expr]:
    """Return a term without the positive factor that speaks of vectors in all of it, and that."""
    if not gap.atoms(VectorSymbol):
        return gap, sp.Integer(1)
    seen, gap = Facts(given), flat(gap, given)
    terms = [dict(map(base_and_exponent, factors(term))) for term in summands(gap)]
    shared = {
        base: exponent
        for base, exponent in terms[0].items()
        if base.atoms(VectorSymbol)
        and seen.positive(base)
        and all(term.get(base) == exponent for term in terms)
    }
    common = Product(*(Power(base, exponent) for base, exponent in shared.items()))
    return flat(gap / common, given), common


def _without_a_letter(
    goal: Relation, premise: Relation, facts: Facts
) -> Iterator[tuple[Relation, sp.Expr]]:
    """Yield the goal with what a premise says is less, or more, than a letter in its place."""
    low, high = goal.oriented().args[1:]
    under, over = premise.oriented().args[1:]
    strict = "<" if goal.oriented().op == "<" else "<="
    for letter in sorted(goal.atoms(Variable) & premise.atoms(Variable), key=order):
        with suppress(KernelError):
            gain, _ = linear(high - low, letter)
            slope, bound = linear(over - under, letter)
            share = gain / slope
            # what a sign or a number says is tried elsewhere
            if bound.is_Rational or not facts.positive(share):
                continue
            # what the premise gives strictly is strict in the goal
            op = "<=" if premise.oriented().op == "<" else strict
            sides = (side.xreplace({letter: -bound / slope}) for side in (low, high))
            yield Relation(op, *sides), share
