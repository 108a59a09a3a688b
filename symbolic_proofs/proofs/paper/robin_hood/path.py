"""From the slopes along a transfer to its ends, by n equal small transfers.

A transfer h raises f = q ln S_p - p ln S_q by pqh (D_p/S_p - D_q/S_q) at least, D_p/S_p at its end
and D_q/S_q at its beginning. Where D_q/S_q <= D_p/S_p all along, the sum of these telescopes.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.notation import p, q
from ....kernel import Theorem
from ....language.formulas import And, Every, Formula, Relation, at_most, equal, less
from ....language.operations import Log
from ....language.symbols import nonnegative, positive, real
from ...tactics import inequalities
from ...tactics.combine import algebra, combine, discharge, instance, ordered
from ...tactics.inequalities import (
    bernoulli_below,
    logarithm_below,
    power_at_most,
    power_below,
    tangent,
)
from ...tactics.letters import named, over_letters
from ...tactics.remembered import cache
from ...tactics.steps import climb, i, n
from .. import transfers
from ..transfers import spread
from .gap import BELOW_ONE, GIVEN, A, B, a, b, below_one, slope

h, amount = positive("h"), positive("epsilon")
#: what the taker has at the beginning
y, r = nonnegative("y"), positive("r")


def total(r: sp.Expr, one: sp.Expr, other: sp.Expr) -> sp.Expr:
    """Return S_r of two entries and of others, whose power sums are A and B."""
    return one**r + other**r + (A if r == p else B)


def value(one: sp.Expr, other: sp.Expr) -> sp.Expr:
    """Return q ln S_p - p ln S_q."""
    return q * Log(total(p, one, other)) - p * Log(total(q, one, other))


def levels(one: sp.Expr, other: sp.Expr) -> Relation:
    """State that ln S_q rises no faster than ln S_p, but for the factors p and q."""
    return at_most(
        slope(q, one, other) * total(p, one, other), slope(p, one, other) * total(q, one, other)
    )


def corrected(one: sp.Expr, other: sp.Expr, step: sp.Expr) -> sp.Expr:
    """Return what rises in every step."""
    return value(one, other) - p * q * step * slope(q, one, other) / total(q, one, other)


def bend(
    ratio: sp.Expr, r: sp.Expr, given: tuple[Formula, ...], *, strict: bool = False
) -> Theorem:
    """Return r < 1 |- ratio^r <= 1 + r (ratio - 1); strict: <, for a ratio that is not 1."""
    return instance(bernoulli_below(strict), {inequalities.u: ratio, inequalities.s: r}, given)


@cache
def rises_at_least() -> Theorem:
    """Return p < 1 |- phD_p/S_p < the rise of ln S_p by a transfer h, D_p and S_p after it."""
    given = (less(p, 1),)
    before, after = total(p, a + h, b), total(p, a, b + h)
    goal = less(p * h * slope(p, a, b + h) / after, Log(after) - Log(before))
    parts = (
        (1, tangent(Log(before) - Log(after), *given)),
        (a**p / after, bend((a + h) / a, p, given, strict=True)),
        ((b + h) ** p / after, bend(b / (b + h), p, given)),
    )
    return combine(goal, *parts, given=given)


@cache
def rises_at_most() -> Theorem:
    """Return q < 1 |- the rise of ln S_q by a transfer h <= qhD_q/S_q, both before it."""
    given = (BELOW_ONE,)
    before, after = total(q, a + h, b), total(q, a, b + h)
    goal = at_most(Log(after) - Log(before), q * h * slope(q, a + h, b) / before)
    parts = (
        (1, tangent(Log(after) - Log(before), *given)),
        ((a + h) ** q / before, bend(a / (a + h), q, given)),
        (b**q / before, bend((b + h) / b, q, given)),
    )
    return combine(goal, *parts, given=given)


def letters_at(*points: tuple[sp.Expr, sp.Expr]) -> dict[sp.Symbol, sp.Expr]:
    """Return letters for S_r, its logarithm and its slope, for r = p and q, at some points."""
    found: dict[sp.Symbol, sp.Expr] = {}
    for k, point in enumerate(points):
        for e in (p, q):
            sum_, end = total(e, *point), f"{e.name}{k}"
            found[real(f"L{end}")], found[real(f"D{end}")] = Log(sum_), slope(e, *point)
            found[positive(f"S{end}")] = sum_
    return found


@cache
def small_step() -> Theorem:
    """Return that a transfer h from a + h to b raises what is to rise."""
    old, new = (a + h, b), (a, b + h)
    held = And(levels(*new))
    letters = letters_at(old, new)
    scale = total(p, *new) * total(q, *new)
    put = {term: letter for letter, term in letters.items()}
    known = K.conjunct(K.assume(held), held.args[0])
    parts = (q, rises_at_least()), (p, rises_at_most()), (p * q * h / scale.xreplace(put), known)
    goal = less(corrected(*old, h), corrected(*new, h))
    theorem = over_letters(goal, *parts, letters=letters, given=(*GIVEN, less(p, 1)))
    return discharge(theorem, below_one())


#: the step between two points of the way, and the points: at the end a and y + ε are left
_SHARE = amount / n
_GIVER, _TAKER = positive("g"), positive("t")


def giver(k: sp.Expr) -> sp.Expr:
    """Return what the giver has after k steps of n."""
    return a + (n - k) * _SHARE


def taker(k: sp.Expr) -> sp.Expr:
    """Return what the taker has after k steps of n."""
    return y + k * _SHARE


def _step(k: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return the step from k to k + 1."""
    level = levels(a, _TAKER)
    known = K.rewrite(named(b + h, _TAKER), K.conjunct(K.assume(And(level)), level), True, False)
    theorem = discharge(small_step(), K.both(known))
    for term, letter in ((a + h, _GIVER), (b + h, _TAKER)):
        theorem = K.rewrite(named(term, letter), theorem, False, False)
    values = {a: giver(k + 1), b: taker(k), h: _SHARE, _GIVER: giver(k), _TAKER: taker(k + 1)}
    theorem = K.instantiate(theorem, values, given)
    same = (
        algebra(equal(giver(k + 1) + _SHARE, giver(k)), given),
        algebra(equal(taker(k) + _SHARE, taker(k + 1)), given),
    )
    return discharge(theorem, *map(K.both, same))


@cache
def chain() -> Theorem:
    """Return that what is to rise rises from the first step of n to the last."""
    held = And(levels(giver(i), taker(i)))
    all_along = Every(held, i, n)
    there = Every(at_most(i * _SHARE, amount), i, n)
    given = (*GIVEN, all_along, there)
    inside = at_most(i + 1, n)
    step = _step(i, (*given, inside))
    slopes = K.at_index(K.assume(all_along), i + 1, (*given, inside))
    step = discharge(step, slopes)
    rising = corrected(giver(i), taker(i), _SHARE)
    return climb(rising, step, given)


@cache
def subadditive() -> Theorem:
    """Return r < 1 |- (y + h)^r <= y^r + h^r."""
    given = (less(r, 1),)
    whole = y + h
    parts = []
    for part in (y, h):
        values = {
            inequalities.u: part / whole,
            inequalities.w: sp.Integer(1),
            inequalities.e: 1 - r,
        }
        power = instance(power_at_most(), values, given)
        parts.append((part**r, power))
    return combine(at_most(whole**r, y**r + h**r), *parts, given=given)


#: how much what is to rise falls in the first step at most, over (h/a)^q
_LOST = p * (1 + q)
SLACK = _LOST * (amount / a) ** q
#: what a transfer of ε adds to f, a being left to the giver
RISE = value(a, y + amount) - value(a + amount, y)


@cache
def first_step() -> Theorem:
    """Return y + h <= a |- the first step lowers what is to rise by p(1 + q)(h/a)^q at most."""
    given = (*GIVEN, less(p, 1), at_most(y + h, a))
    old, new = (a + h, y), (a, y + h)
    spread_ = instance(
        spread(False), {transfers.a: a, transfers.b: y + h, transfers.d: h, transfers.r: p}, given
    )
    values = {inequalities.a: total(p, *old), inequalities.b: total(p, *new)}
    more = instance(logarithm_below(), values, given)
    more = discharge(more, combine(less(*values.values()), (1, spread_), given=given))
    before, after = total(q, *old), total(q, *new)
    near = tangent(Log(after) - Log(before), *given)
    sum_ = K.instantiate(subadditive(), {r: q}, given)
    powers = instance(
        power_at_most(), {inequalities.u: a, inequalities.w: a + h, inequalities.e: q}, given
    )
    rise = combine(
        at_most(Log(after) - Log(before), h**q * a**-q),
        (1, near),
        (1 / before, sum_),
        (1 / before, powers),
        (h**q * a**-q / before, powers),
        given=given,
    )
    values = {inequalities.u: h, inequalities.w: y + h, inequalities.e: 1 - q}
    power = instance(power_at_most(), values, given)
    steep = combine(
        at_most(slope(q, *new), h ** (q - 1)), (((y + h) * h) ** (q - 1), power), given=given
    )
    steep = combine(
        at_most(slope(q, *new) / after, h ** (q - 1) * a**-q), (1 / after, steep), given=given
    )
    goal = at_most(value(*old) - _LOST * (h / a) ** q, corrected(*new, h))
    theorem = combine(goal, (q, more), (p, rise), (p * q * h, steep), given=given)
    return discharge(theorem, below_one())


@cache
def almost() -> Theorem:
    """Return y + ε < a |- 0 < f(a, y + ε) - f(a + ε, y) + a multiple of n^-q.

    That is where the slopes allow it all along, and for every n: the multiple has no n in it.
    """
    known, apart = chain(), less(y + amount, a)
    given = (*ordered(known.hypotheses), apart)
    for term, letter in ((giver(n), a), (taker(n), y + amount)):
        known = K.rewrite(algebra(equal(term, letter)), known, False, False)
    first = K.rewrite(named(a + h, _GIVER), first_step(), False, False)
    one = giver(sp.Integer(1))
    first = K.instantiate(first, {a: one, h: _SHARE, _GIVER: a + amount}, given)
    first = discharge(first, K.both(algebra(equal(one + _SHARE, a + amount))))
    start, begin, end = (a + amount, y), (one, y + _SHARE), (a, y + amount)
    within = combine(at_most(y + _SHARE, one), (1, K.assume(apart)), given=(apart,))
    first = discharge(first, within)
    values = {inequalities.u: _SHARE / one, inequalities.w: _SHARE / a, inequalities.e: q}
    less_left = (_SHARE / (a * one), algebra(at_most(a, one)))
    lost = instance(power_at_most(), values)
    lost = discharge(lost, combine(at_most(_SHARE / one, _SHARE / a), less_left))
    values = {inequalities.u: y + amount, inequalities.b: a, inequalities.e: 1 - q}
    power = instance(power_below(), values, (BELOW_ONE, apart))
    steep = combine(
        less(0, slope(q, *end)), (((y + amount) * a) ** (q - 1), power), given=(*GIVEN, apart)
    )
    letters = letters_at(start, begin, end) | {positive("x"): (_SHARE / one) ** q}
    divisor = total(q, *end).xreplace({term: letter for letter, term in letters.items()})
    parts = (1, first), (1, known), (_LOST, lost), (p * q * _SHARE / divisor, steep)
    goal = less(0, RISE + SLACK * n**-q)
    return over_letters(goal, *parts, letters=letters, given=given)
