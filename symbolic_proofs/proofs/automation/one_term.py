"""A comparison of entries at one index: what is known of them there, and what shows it.

By signs, by one thing that is known times a factor, by two that follow on each other, by cases on
the signs under the bars, or as a claim about numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations, permutations, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, equal, negation
from ...language.names import LanguageError
from ...language.operations import Abs, Exp, Log, Power, Sum, order, summands
from ...language.terms import Greatest, Least, PowerSum, Total
from ...language.vectors import Entry, Steps, VectorSymbol, length
from ...rational_terms import coefficient
from ..tactics import classical, inequalities
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    instance,
    left,
    rewrite,
    right,
    then,
)
from ..tactics.inequalities import at_most_its_size, raised, tangent
from ..tactics.lift import factor_of
from ..tactics.several import each_of, is_or
from ..tactics.sorting import hidden
from ..tactics.support import by_support, counting
from ..tactics.unfold import restated
from .entrywise import entrywise
from .extremes import by_extremes, members
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


def is_whole(power_sum: PowerSum) -> bool:
    """Tell whether a power sum is of all entries of a vector."""
    return isinstance(power_sum.args[0], VectorSymbol)


def known_at(wanted: Relation, i: sp.Symbol, count: sp.Expr, here: Given) -> list[Theorem]:
    """Return what is known of the entries at the index, and powers of it."""
    found = [K.assume(h) for h in here if isinstance(h, Relation) and h.op in ("<=", ">=")]
    for extreme in sorted(wanted.atoms(Greatest, Least), key=order):
        if extreme.args[2] == count:
            found.append(member(extreme, i, here))
            if isinstance(extreme, Greatest):
                found += _of_either_sign(found[-1], here)
    for total in sorted(wanted.atoms(PowerSum), key=order):
        if is_whole(total) and length(total.args[0]) == count:
            meaning = K.define(total, ())
            term = rewrite(K.summand(right(meaning), i, here), meaning, backwards=True)
            found.append(term)
            found.append(raised(term, 1 / total.args[1], here))
    found += _logarithms_of_sums(wanted, i, count, here)
    entries = sorted((e for e in _entries(wanted, i, count)), key=order)
    found += [algebra(at_most(0, (a - b) ** 2), here) for a, b in combinations(entries, 2)]
    exponents = sorted(_exponents(wanted), key=order)
    for fact in list(found):
        for e in exponents:
            with suppress(KernelError):
                found.append(raised(fact, e, here))
    terms = [t.at(i) for t in wanted.atoms(Total) if t.args[2] == count and not hidden(t)]
    extremes = {e for t in terms for e in t.atoms(Greatest, Least)}
    found += [fact for e in sorted(extremes, key=order) for fact in members(e, here)]
    bars = sorted({bar for term in terms for bar in term.atoms(Abs)}, key=order)
    sums = (summands(bar.args[0]) for bar in bars)
    made = [pair for pair in sums if len(pair) == 2]
    made += [(Sum(a, b), -c) for a, b in made for c in (a, b)]  # |a| <= |a + b| + |b|
    pairs = dict.fromkeys([*combinations(entries, 2), *made])
    for (a, b), e in product(pairs, exponents):
        found += _powers_of_sums(a, b, e, here)
    for e in exponents:
        found += _weighted_means(bars, e, here)
    return found


def _logarithms_of_sums(
    wanted: Relation, i: sp.Symbol, count: sp.Expr, here: Given
) -> Iterator[Theorem]:
    """Yield ln f(i) <= ln(sum of f) for the logarithms of sums."""
    for log in sorted(wanted.atoms(Log), key=order):
        total = log.args[0]
        if isinstance(total, Total) and total.args[2] == count and not hidden(log):
            with suppress(KernelError):
                term = K.summand(total, i, here)
                values = {inequalities.a: left(term), inequalities.b: total}
                yield discharge(instance(inequalities.logarithm_at_most(), values, here), term)


def member(extreme: sp.Expr, i: sp.Symbol, here: Given) -> Theorem:
    """Return that f(i) is no greater than the greatest, or no less than the least.

    An entry of a sum of vectors is written out, as the one of its step.
    """
    rule = K.greatest if isinstance(extreme, Greatest) else K.least
    vectors = sorted({e.args[0] for e in extreme.atoms(Entry)}, key=order)
    sums = [v for v in vectors if isinstance(v, Steps) and length(v.body) == 1]
    if not sums:
        return rule(extreme, i, here)
    steps = K.split(extreme, sums[0], here)
    step = rule(right(steps), i, here)
    only = rule(left(step) if rule is K.greatest else right(step), sp.Integer(1), here)
    chain = (only, step) if rule is K.greatest else (step, only)
    goal = at_most(left(chain[0]), right(chain[1]))
    return rewrite(combine(goal, *((1, t) for t in chain), given=here), steps, backwards=True)


def _of_either_sign(bound: Theorem, here: Given) -> Iterator[Theorem]:
    """Yield x <= c and -x <= c from |x| <= c, where the sign of x is not known."""
    size, limit = left(bound), right(bound)
    if isinstance(size, Abs) and not Facts(here).nonnegative(size.args[0]):
        for term in (size.args[0], -size.args[0]):
            above = instance(at_most_its_size(), {inequalities.x: term}, here)
            yield combine(at_most(term, limit), (1, above), (1, bound), given=here)


def _powers_of_sums(a: sp.Expr, b: sp.Expr, e: sp.Expr, here: Given) -> Iterator[Theorem]:
    sizes = {inequalities.u: abs(a), inequalities.w: abs(b), r: e}
    plain_sizes = {inequalities.x: a, inequalities.y: b, r: e}
    for lemma, values in (
        (classical.power_of_sum, sizes),
        (classical.power_of_sum_below, sizes),
        (classical.triangle_below, plain_sizes),
        (classical.power_of_sum_doubled, plain_sizes),
    ):
        with suppress(KernelError):
            shown = instance(lemma(), values, here)
            if shown.hypotheses <= {*here}:  # of r <= 1 and r >= 1 one holds as a rule
                yield shown


def _weighted_means(bars: list[sp.Expr], e: sp.Expr, here: Given) -> Iterator[Theorem]:
    """Yield |c x + (1-c) y|^r <= c |x|^r + (1-c) |y|^r for such means of two entries."""
    for bar in bars:
        mean = sorted(bar.args[0].atoms(Entry), key=order)
        for x, y in permutations(mean, 2) if len(mean) == 2 else ():
            with suppress(KernelError, LanguageError):
                values = {inequalities.x: x, inequalities.y: y, r: e}
                values[inequalities.s] = coefficient(bar.args[0], x)
                yield instance(classical.convex_power_of_size(), values, here)


def _entries(wanted: Relation, i: sp.Symbol, count: sp.Expr) -> set[sp.Expr]:
    return {v[i] for v in wanted.atoms(VectorSymbol) if not v.indices and length(v) == count}


def _exponents(wanted: Relation) -> set[sp.Expr]:
    exponents = {s.args[1] for s in wanted.atoms(PowerSum)}
    return exponents | {e - 1 for e in exponents}


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
