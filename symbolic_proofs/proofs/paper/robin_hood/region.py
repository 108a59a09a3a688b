"""The exact region of Robin Hood: where every transfer lowers I, and elsewhere one does not."""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.catalogue import find_claim
from ....claims.notation import LESS, R_nonnegative, epsilon, p, q, u, v
from ....derivations.derivation import Derivation, Proof
from ....kernel import Theorem
from ....language.formulas import Not, Relation, at_most, equal, less, negation
from ....language.symbols import count
from ....language.terms import PowerSum
from ...tactics import inequalities
from ...tactics.combine import algebra, combine, discharge, instance, rewrite, settle, summed
from ...tactics.inequalities import power_at_most, power_below
from ...tactics.several import denial, each_of, one_of, ways
from ...tactics.unfold import conclude, plain
from .. import transfers
from . import above_one, falling, inside, outside
from .exhibited import HOLDS, fails, n
from .gap import GIVEN, REGION, a, b, below_one, s1
from .path import h

_LOWER, _TRANSFER = HOLDS.body, HOLDS.given
_NONE = equal(n, 0)


def _no_others(r: sp.Expr) -> Theorem:
    """Return n = 0 |- S_r(R) = 0."""
    i, sum_ = count("i"), PowerSum(R_nonnegative, r)
    entry = R_nonnegative[i] ** r
    parts = (entry, K.assume(at_most(i, n))), (entry, K.assume(_NONE))
    none = summed(combine(at_most(entry, 0), *parts), i, n, (_NONE,))
    return K.antisymmetry(combine(at_most(sum_, 0), (1, none)), algebra(at_most(0, sum_)))


def _pair(proof: Proof) -> Theorem:
    """Return n = 0 |- that a transfer lowers I: it is so for two entries."""
    known = transfers.two_entries().theorem
    given = (LESS, *_TRANSFER)
    _, equations = plain(known.conclusion, given)
    sums = [[x**r + y**r for r in (p, q)] for x, y in ((u, v), (u - epsilon, v + epsilon))]
    goal = less(*(s ** (1 / p) / t ** (1 / q) for s, t in sums))
    scale = sp.Integer(2) ** (1 / p - 1 / q)
    ratios = combine(goal, (scale, rewrite(known, *equations)), given=given)
    for two in sums:
        for r, sum_ in zip((p, q), two, strict=True):
            same = equal(sum_, sum_ + PowerSum(R_nonnegative, r))
            ratios = rewrite(ratios, combine(same, (-1, _no_others(r)), given=given))
    scale = (n + 2) ** (1 / q - 1 / p)
    reason = "two entries alone, for which it is a theorem"
    return conclude(proof, _LOWER, (scale, ratios), given=given, reason=reason)


def _counted(lemma: Theorem, sides: dict[sp.Symbol, sp.Expr], bound: Relation) -> Theorem:
    """Return a bound on how many others there are, from both sides as the claim writes them."""
    given = (*GIVEN, less(p, 1))
    powers = instance(lemma, {**sides, inequalities.e: 1 / (q - p)}, given)
    scale = 2 * (q - p) * (q * (1 - q)) ** (-s1 - 1)
    return discharge(combine(bound, (scale, powers), given=given), below_one())


def _few(stated: Relation) -> Theorem:
    """Return that the others are as few as `few_entries` asks for, where the claim says so."""
    sides = {inequalities.u: stated.left, inequalities.w: stated.right}
    return _counted(power_at_most(), sides, REGION)


def _too_many(stated: Relation) -> Theorem:
    """Return that the others are too many, where the claim does not say that they are few."""
    sides = {inequalities.u: stated.right, inequalities.b: stated.left}
    return _counted(power_below(), sides, outside.TOO_MANY)


def _many(proof: Proof, few: Relation) -> Theorem:
    """Return that Robin Hood fails for q < 1 where the others are not few."""
    reason = (
        "with $D_r$ for $b^(r - 1) - x^(r - 1)$, a transfer of $h$ raises $q·ln(S_p) - p·ln(S_q)$ "
        "by $p·q·h·(D_p/S_p - D_q/S_q)$ at most, $D_p/S_p$ before it and $D_q/S_q$ after it"
    )
    lowered = proof.show(falling.lowered(), reason)
    theorem = falling.with_small_transfer(fails(proof, lowered, falling.x, b, h))
    reason = "$h = 1/(w/d + 3/(x - b))$ will do, where $h·w ≤ d$ is what was asked of $h$"
    theorem = outside.with_other_entries(proof.show(theorem, reason))
    proof.show(theorem, "so will $b = 1/x$ and $z^(q - p) = κ·p/q$, with $κ$ for $D_q/D_p$")
    theorem = discharge(outside.at_the_nearest(theorem), _too_many(few))
    reason = (
        "so will $x^(4·q) = 1/c + n·(p/q)^s·(1 - p/q)/(2·c^(s + 1))$, with $c$ for "
        "$(1 - p)/(1 - q)$ and $s$ for $p/(q - p)$"
    )
    return proof.show(theorem, reason)


def _large(proof: Proof) -> Theorem:
    """Return that Robin Hood fails for p > 1 as soon as there is a third entry."""
    reason = "for $p > 1$ a transfer lowers $S_p$ and $S_q$; $ln(y) - ln(x) ≤ (y - x)/x$"
    lowered = proof.show(above_one.lowered(), reason)
    theorem = above_one.with_large_others(fails(proof, lowered, a + h, b, h))
    reason = (
        "$z^(q - p) = 1 + d·(n + m)/(c·n)$ will do, where $S_p$ falls by $c$ and $S_q$ by $d$, and "
        "$m$ is $S_p$ of the two entries"
    )
    proof.show(theorem, reason)
    numbers = {a: sp.Rational(7, 4), b: sp.Integer(1), h: sp.Rational(1, 4)}
    theorem = settle(K.instantiate(theorem, numbers, ()), (LESS,))
    return proof.show(theorem, "so will $a = 7/4$, $b = 1$, $h = 1/4$")


def region() -> Derivation:
    """Robin Hood holds just where N = 2, or p <= 1 <= q, or q < 1 and the others are few."""
    claim = find_claim("criteria.robin-hood.region")
    proof = Proof()
    holds, exact = claim.conclusion.args
    none, more = ways(exact)
    low, either = more.args
    above, few = ways(either)

    two = _pair(proof)
    reason = "for $p ≤ 1 ≤ q$ it is a theorem"
    around = proof.show(transfers.robin_hood().theorem, reason)
    reason = "for $q < 1$ too: both sides of the condition are raised to $1/(q - p)$"
    below = proof.show(discharge(inside.few_entries().theorem, _few(few)), reason)
    show = {none: two, above: around, few: K.cases(around, below, above)}
    given = (LESS, *_TRANSFER)
    one = each_of(either, _LOWER, (*given, low, either), lambda g: show[g[-1]])
    show[more] = discharge(one, *(K.conjunct(K.assume(more), part) for part in more.args))
    forth = each_of(exact, _LOWER, (*given, exact), lambda g: show[g[-1]])
    forth = K.generalise(forth, _TRANSFER, holds.variables)
    proof.show(forth, "so every transfer lowers $I$ in all three cases")

    many, large = _many(proof, few), _large(proof)
    denied = K.assume(negation(exact))
    some = denial(K.conjunct(denied, Not(none)))
    large = discharge(large, combine(less(0, n), given=(some.conclusion,)), some)
    not_more = K.conjunct(denied, Not(more))
    goal = negation(holds)
    in_it = []
    for part in (above, few):
        here = one_of(K.weaken(K.assume(part), (LESS,)), either)
        in_it.append(K.absurd(K.both(K.assume(low), here), not_more, goal))
    back = K.cases(K.cases(in_it[0], K.cases(in_it[1], many, few), above), large, low)
    reason = "outside of the region one of the two is there"
    proof.show(K.iff(forth, back, *claim.conclusion.args), reason)
    return proof.done()


PROOFS = {"criteria.robin-hood.region": region}
