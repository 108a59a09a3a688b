"""What is known of the entries of vectors at one index: bounds, summands, and powers of these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations, permutations, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import r
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Relation, at_most
from ...language.names import LanguageError
from ...language.operations import Abs, Log, Sum, order, summands
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
)
from ..tactics.inequalities import at_most_its_size, raised
from ..tactics.sorting import hidden
from .extremes import members


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
