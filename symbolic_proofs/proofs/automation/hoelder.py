"""Hölder's inequality for any sums: of terms t = f^s g^(1-s), sum t <= (sum f)^s (sum g)^(1-s).

A goal speaks of three sums, or two and their length, a sum of ones. How their powers stand in it
says what s is, and whether each term of one is that product is seen by algebra. A sum that is given
to be 1 may be any of them. Young's inequality for f/F and g/G, summed (Hardy, Littlewood & Pólya,
Inequalities, 2.8); Lyapunov's inequality, and that of Cauchy and Schwarz with weights, are
instances.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import combinations, product
from typing import cast

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import exponent
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, equal, less, negation
from ...language.operations import Abs, Power, Product, order
from ...language.terms import PowerSum, Total, definition
from ...language.vectors import VectorSymbol
from ..tactics import inequalities
from ..tactics.classical import young
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    fresh_index,
    instance,
    left,
    rewrite,
    right,
    said_at,
    summed,
)
from ..tactics.inequalities import at_most_its_size, power_of_zero
from ..tactics.lift import concluded
from ..tactics.several import is_or
from ..tactics.sorting import hidden
from .normalised import normalisations
from .norms import to_power, written_out
from .one_term import shown_at

Powers = dict[sp.Expr, sp.Expr]


def by_hoelder(claim: Claim) -> Derivation | None:
    """Return a derivation by Hölder's inequality, None if no sum is such a product of others."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    sides, known, wanted = written_out(goal, given)
    low, high = wanted.oriented().args[1:]
    whole = {left(said): said for said in normalisations(given) if right(said) == 1}
    for one, first, second, s, lift in _shares(_powers(low), _powers(high), whole, known):
        with suppress(KernelError):
            for fact in hoelder(one, first, second, s, known):
                shown = rewrite(fact, *(whole[h] for h in (one, first, second) if h in whole))
                raised = shown if lift == 1 else to_power(shown, lift, known)
                proof = Proof()
                proof.show(shown, "Hölder's inequality")
                with suppress(KernelError):
                    concluded(proof, goal, raised or shown, given, sides, "so, by the definitions")
                    return proof.done()
    return None


def _powers(term: sp.Expr) -> Powers:
    """Return the exponents with which sums, and other terms, stand in a product."""
    found: Powers = {}
    waiting = [(term, sp.Integer(1))]
    for part, e in waiting:
        if isinstance(part, Product):
            waiting += [(factor, e) for factor in part.args]
        elif isinstance(part, Power):
            waiting.append((part.base, e * part.exp))
        elif isinstance(part, Abs) and isinstance(part.args[0], Total):
            waiting.append((part.args[0], e))
        else:
            found[part] = found.get(part, sp.Integer(0)) + e
    return found


def _shares(
    low: Powers, high: Powers, whole: Collection[sp.Expr], given: Given
) -> Iterator[tuple[sp.Expr, sp.Expr, sp.Expr, sp.Expr, sp.Expr]]:
    """Yield the sum that is bounded, the two that bound it, the share of one, and the power.

    Sums that are 1 are not seen in a goal, and may be any of these.
    """
    facts, zero = Facts(given), sp.Integer(0)
    heads = sorted({*low, *high}, key=order)
    gap = {h: exponent(high.get(h, zero) - low.get(h, zero)) for h in heads}
    sums = [h for h in heads if _is_sum(h)]
    bounded = [h for h in sums if gap[h] != 0 and facts.positive(-gap[h])]
    if len(bounded) > 1:
        return
    for one in bounded or whole:
        count = _sum(one).args[2]
        rest = [h for h in heads if (h in sums or h == count) and h != one]
        pairs = [*combinations(rest, 2), *product(rest, (h for h in whole if h != one))]
        for first, second in pairs:
            lift = -gap[one] if bounded else 2 * gap[first]
            s = exponent(gap[first] / lift)
            if facts.positive(lift) and facts.positive(s) and facts.positive(1 - s):
                yield one, first, second, s, lift


def _is_sum(head: sp.Expr) -> bool:
    if isinstance(head, PowerSum):
        return isinstance(head.args[0], VectorSymbol)
    return isinstance(head, Total) and not hidden(head)


def _sum(head: sp.Expr) -> Total:
    """Return a sum with its terms written out."""
    return cast(Total, definition(head) if isinstance(head, PowerSum) else head)


def hoelder(
    one: sp.Expr, first: sp.Expr, second: sp.Expr, s: sp.Expr, given: Given
) -> Iterator[Theorem]:
    """Yield sum t <= F^s G^(1-s) and |sum t| <= F^s G^(1-s), where each |t| is f^s g^(1-s).

    F and G are sums of f and g, or the count where they are 1. Raises KernelError where |t| is not.
    """
    whole = _sum(one)
    n, i = whole.args[2], fresh_index(one, first, second, *given)
    here = (*given, *said_at(i, n, given))
    t = whole.at(i)
    f, g = (sp.Integer(1) if head == n else _sum(head).at(i) for head in (first, second))
    same = _product(Abs(t), f**s * g ** (1 - s), here)
    signs = [less(0, head) for head in (first, second) if head != n]
    bound, letters = first**s * second ** (1 - s), (inequalities.a, inequalities.b)
    scale = letters[0] ** s * letters[1] ** (1 - s)
    values = dict(zip(letters, (first, second), strict=True))
    shares = {inequalities.u: f / letters[0], inequalities.w: g / letters[1], inequalities.s: s}
    line = instance(young(), shares, here)
    found = []
    for sign in (1, -1) if not Facts(here).nonnegative(t) else (1,):
        side = scale * (s * f / letters[0] + (1 - s) * g / letters[1])
        above = instance(at_most_its_size(), {inequalities.x: sign * t}, here)
        size = combine(at_most(sign * t, f**s * g ** (1 - s)), (1, same), (1, above))
        each = combine(at_most(sign * t, side), (1, size), (scale, line), given=here)
        total = summed(each, i, n, given, [one])
        total = K.instantiate(total, values, (*given, *signs))
        shown = combine(at_most(sign * one, bound), (1, total), given=(*given, *signs))
        for head, e, rest in ((first, s, g ** (1 - s)), (second, 1 - s, f**s)):
            if head == n:
                continue
            try:
                shown = discharge(shown, combine(less(0, head), given=given))
            except KernelError:
                none = (*given, negation(less(0, head)))
                zero = _nothing(size, head, e, rest, (i, n), none)
                total = summed(zero, i, n, none, [one])
                outside = combine(at_most(sign * one, bound), (1, total), given=none)
                shown = K.cases(shown, outside, less(0, head))
        found.append(shown)
        yield shown
    if len(found) == 2:
        there, goal = less(one, 0), at_most(Abs(one), bound)
        sides = [combine(goal, (1, found[1]), given=(*given, there))]
        sides.append(combine(goal, (1, found[0]), given=(*given, negation(there))))
        yield K.cases(*sides, there)


def _product(t: sp.Expr, product_of_powers: sp.Expr, here: Given) -> Theorem:
    """Prove that a term is a product of powers: by algebra, or for each value that it may have."""
    if not any(map(is_or, here)):
        return algebra(equal(t, product_of_powers), here)
    sides = (Relation(op, t, product_of_powers) for op in ("<=", ">="))
    return K.antisymmetry(*(shown_at(side, here, []) for side in sides))


def _nothing(
    size: Theorem,
    head: sp.Expr,
    e: sp.Expr,
    rest: sp.Expr,
    at: tuple[sp.Symbol, sp.Expr],
    none: Given,
) -> Theorem:
    """Prove that a term is at most 0 where a sum is, of whose term it has a power as a factor."""
    i, n = at
    here = (*none, *said_at(i, n, none))
    total = _sum(head)
    term = K.summand(total, i, here)
    if head != total:
        term = rewrite(term, K.define(head, none), backwards=True)
    zero = K.antisymmetry(
        combine(at_most(left(term), 0), (1, term), (1, K.assume(none[-1])), given=here),
        algebra(at_most(0, left(term)), here),
    )
    values = {inequalities.u: left(term), inequalities.e: e}
    gone = discharge(instance(power_of_zero(), values, here), zero)
    return combine(at_most(left(size), 0), (1, size), (rest, gone), given=here)
