"""How the power sums of one vector bound each other, its nonzero entries and its greatest one.

The support: Bernoulli's inequality summed over the entries that are not 0 alone, so ||W||_0 stands
where the power means have N. Between: S_q is at most S_p^(1-s) S_r^s for q between p and r, from
Bernoulli's inequality for |w_i|^(r-p). The greatest: |w_i|^q <= |w_i|^p G^(q-p), summed.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, N, W, nonzero, p, q, r
from ...kernel import Theorem
from ...language.formulas import (
    Constant,
    Formula,
    Not,
    Relation,
    Some,
    at_most,
    equal,
    less,
    negation,
    unequal,
)
from ...language.symbols import bound_symbol, count
from ...language.terms import Greatest, NonzeroCount, OnNonzero, PowerSum
from ...language.vectors import VectorSymbol, length
from ..tactics import inequalities
from ..tactics.classical import young
from ..tactics.combine import (
    algebra,
    combine,
    discharge,
    fresh_index,
    in_power_sums,
    instance,
    left,
    rewrite,
    right,
    summed,
    then,
)
from ..tactics.inequalities import bernoulli, bernoulli_below, power_at_most, strict_unless_equal
from ..tactics.remembered import cache
from ..tactics.vanishing import vanishing
from .range import share

_I = count("i")
_HERE = at_most(_I, N)
_ENTRY = abs(W[_I])
Given = tuple[Formula, ...]


def counted(entry: sp.Expr) -> OnNonzero:
    """Return what an entry adds to ||W||_0: 1 if it is not 0, else 0."""
    return OnNonzero(1, bound_symbol(0, "real"), entry)


def _where_counted(
    goal: Relation, inside: Theorem, heads: tuple[OnNonzero, ...], given: Given
) -> Theorem:
    """Prove goal, which has terms that count where a value is not 0, from what holds there."""
    value = heads[0].args[2]
    there, zero = unequal(value, 0), equal(value, 0)
    full, empty = ([K.on_nonzero(h, (*given, at)) for h in heads] for at in (there, zero))
    one, two = (then(algebra(equal(s, s), given), *full) for s in goal.args[1:])
    sign = 1 if goal.op in ("<", "<=") else -1
    inside = combine(goal, (1, inside), (sign, one), (-sign, two), given=(*given, there))
    # where |w| is 0 it is both w and -w: so it is rewritten, and algebra sees what is left alone
    one, two = (then(algebra(equal(s, s), given), *empty, K.assume(zero)) for s in goal.args[1:])
    outside = algebra(Relation(goal.op, right(one), right(two)), given)
    outside = K.rewrite(one, K.rewrite(two, outside, True, True), True, False)
    return K.cases(inside, outside, there)


def _or_zero(inside: Theorem, goal: Relation, zeros: tuple[Theorem, ...]) -> Theorem:
    """Return the goal for W = 0 as well, where each of the power sums is 0."""
    zero = (*(h for h in inside.hypotheses if h != nonzero(W)), Not(nonzero(W)))
    one, two = (then(algebra(equal(s, s), zero), *zeros) for s in goal.args[1:])
    return K.cases(inside, combine(goal, (1, one), (-1, two), given=zero), nonzero(W))


@cache
def support() -> Theorem:
    """Return p < q |- S_p <= k^(1-p/q) S_q^(p/q) for k = ||W||_0, for W = 0 too."""
    low, high, k, s = PowerSum(W, p), PowerSum(W, q), NonzeroCount(W), q / p
    given, mean = (LESS, nonzero(W)), PowerSum(W, p) / NonzeroCount(W)
    values = {inequalities.u: _ENTRY**p, inequalities.a: mean, inequalities.s: s}
    weak = instance(bernoulli(), values, (*given, _HERE))
    head = counted(W[_I])
    goal = at_most(mean**s * (head * (1 - s) + s * _ENTRY**p / mean), _ENTRY**q)
    each = _where_counted(goal, weak, (head,), (*given, _HERE))
    total = summed(each, _I, N, given)
    total = combine(at_most(k * mean**s, high), (1, total), given=given)
    values = {inequalities.u: k * mean**s, inequalities.w: high, inequalities.e: p / q}
    root = discharge(instance(power_at_most(), values, given), total)
    goal = at_most(low, k ** (1 - p / q) * high ** (p / q))
    inside = combine(goal, (k ** (1 - p / q), root), given=given)
    return _or_zero(inside, goal, (vanishing(low, W), vanishing(high, W)))


@cache
def between() -> Theorem:
    """Return p < q, q < r |- S_q <= S_p^(1-s) S_r^s, s = (q-p)/(r-p), for W = 0 too."""
    low, middle, high = (PowerSum(W, e) for e in (p, q, r))
    order = (LESS, less(q, r), less(p, r))
    given = (*order, nonzero(W))
    s, scale = (q - p) / (r - p), high / low
    values = {inequalities.u: _ENTRY ** (r - p) / scale, inequalities.s: s}
    weak = instance(bernoulli_below(), values, (*given, _HERE))
    line = scale**s * (_ENTRY**p * (1 - s) + s * _ENTRY**r / scale)
    each = combine(at_most(_ENTRY**q, line), (scale**s * _ENTRY**p, weak), given=(*given, _HERE))
    total = summed(each, _I, N, given)
    goal = at_most(middle, low ** (1 - s) * high**s)
    inside = combine(goal, (1, total), given=given)
    zeros = (
        vanishing(PowerSum(W, p), W),
        vanishing(PowerSum(W, q), W),
        vanishing(PowerSum(W, r), W),
    )
    whole = combine(less(p, r), (1, K.assume(LESS)), (1, K.assume(less(q, r))))
    return discharge(_or_zero(inside, goal, zeros), whole)


@cache
def between_linear() -> Theorem:
    """Return p < q, q < r |- S_q <= (1 - s) S_p + s S_r, s = (q-p)/(r-p), for W = 0 too."""
    low, middle, high = (PowerSum(W, e) for e in (p, q, r))
    s = (q - p) / (r - p)
    given = (LESS, less(q, r), less(p, r))
    line = instance(young(), {inequalities.u: high, inequalities.w: low, inequalities.s: s}, given)
    goal = at_most(middle, (1 - s) * low + s * high)
    whole = combine(less(p, r), (1, K.assume(LESS)), (1, K.assume(less(q, r))))
    return discharge(combine(goal, (1, between()), (1, line), given=given), whole)


def below_greatest(
    top: Greatest, vector: VectorSymbol, low: sp.Expr | None, high: sp.Expr, given: Given
) -> list[Theorem]:
    """Return S_high <= S_low G^(high-low), or S_high <= N G^high and <= ||W||_0 G^high."""
    i, n = fresh_index(top, *given), length(vector)
    entry, here = abs(vector[i]), (*given, at_most(i, n))
    largest = combine(at_most(entry, top), (1, K.greatest(top, i, here)), given=here)
    e = high if low is None else high - low
    values = {inequalities.u: entry, inequalities.w: top, inequalities.e: e}
    power = discharge(instance(power_at_most(), values, here), largest)
    if low is not None:
        goal = at_most(entry**high, entry**low * top**e)
        each = combine(goal, (entry**low, power), given=here)
        return [summed(each, i, n, given)]
    head = counted(vector[i])
    only = _where_counted(at_most(entry**high, head * top**e), power, (head,), here)
    return [summed(each, i, n, given) for each in (power, only)]


@cache
def one_nonzero() -> Theorem:
    """Return p < q, ||W||_0 <= 1 |- S_p <= S_q^(p/q)."""
    low, high, k = PowerSum(W, p), PowerSum(W, q), NonzeroCount(W)
    few = at_most(k, 1)
    values = {inequalities.u: k, inequalities.w: sp.Integer(1), inequalities.e: 1 - p / q}
    power = instance(power_at_most(), values, (LESS, few))
    goal = at_most(low, high ** (p / q))
    return combine(goal, (1, support()), (high ** (p / q), power), given=(LESS, few))


@cache
def all_equal() -> Theorem:
    """Return p < q, all |w_j| equal |- S_q <= N (S_p/N)^(q/p)."""
    low, high = PowerSum(W, p), PowerSum(W, q)
    said = K.at_index(K.open_predicate(Constant(W)), _I, (_HERE,))
    sums = []
    for e in (p, q):
        each = then(algebra(equal(_ENTRY**e, _ENTRY**e), (_HERE,)), said)
        sums.append(summed(each, _I, N))
    goal = at_most(high, N * (low / N) ** (q / p))
    line = then(algebra(equal(goal.right, goal.right)), sums[0])
    return combine(goal, (1, sums[1]), (-1, line), given=(LESS, Constant(W)))


@cache
def falls_strictly() -> Theorem:
    """Return p < q, ||W||_0 > 1 |- S_q < S_p^(q/p).

    Else each |w_i|^p would be 0 or S_p, and so ||W||_0 = S_p/S_p.
    """
    low, high, k = PowerSum(W, p), PowerSum(W, q), NonzeroCount(W)
    many, given = less(1, k), (LESS, nonzero(W))
    here, part = (*given, _HERE), _ENTRY**p
    meaning = K.define(low, ())
    within = rewrite(K.summand(right(meaning), _I, (_HERE,)), meaning, backwards=True)
    weak = discharge(share(part, low, here, strict=False), within)
    head = counted(W[_I])
    differs = unequal(head, part / low)
    strict = less(left(weak), right(weak))
    there, zero = unequal(W[_I], 0), equal(W[_I], 0)
    full = rewrite(K.assume(differs), K.on_nonzero(head, (*here, there)))
    apart = combine(unequal(part, low), given=(*here, there, full.conclusion))
    apart = discharge(apart, full)
    below = instance(strict_unless_equal(), {inequalities.x: part, inequalities.y: low}, here)
    below = discharge(below, within, apart)
    inside = discharge(share(part, low, (*here, there), strict=True), below)
    none = then(algebra(equal(part / low, part / low), here), K.assume(zero))
    none = then(none, algebra(equal(right(none), 0), here))
    same = then(K.on_nonzero(head, (*here, zero)), none, backwards=True)
    outside = K.absurd(same, K.assume(differs), strict)
    tight = K.cases(inside, outside, there)
    total = in_power_sums(K.sum_up_strictly(weak, tight, differs, _I, N), given)
    total = combine(less(high, low ** (q / p)), (1, total), given=given)
    somewhere = Some(differs, _I, N)
    each = K.at_index(K.assume(negation(somewhere)), _I, here)
    one = summed(each, _I, N, given)
    few = combine(at_most(k, 1), (1, one), given=given)
    otherwise = K.absurd(K.assume(many), few, total.conclusion)
    inside = K.cases(total, otherwise, somewhere)
    empty = (Not(nonzero(W)),)
    gone = K.at_index(K.open_predicate(*empty), _I, (_HERE,))
    nothing = K.on_nonzero(head, (_HERE, gone.conclusion))
    nothing = summed(discharge(nothing, gone), _I, N)
    few = combine(at_most(k, 1), (1, nothing))
    return K.cases(inside, K.absurd(K.assume(many), few, total.conclusion), nonzero(W))


@cache
def greatest_at_most() -> Theorem:
    """Return |- G <= S_p^(1/p), G the greatest magnitude."""
    greatest, total = Greatest(_ENTRY, _I, N), PowerSum(W, p)
    meaning = K.define(total, ())
    term = rewrite(K.summand(right(meaning), _I, (_HERE,)), meaning, backwards=True)
    values = {inequalities.u: _ENTRY**p, inequalities.w: total, inequalities.e: 1 / p}
    root = discharge(instance(power_at_most(), values, (_HERE,)), term)
    below = combine(at_most(_ENTRY, total ** (1 / p)), (1, root), given=(_HERE,))
    return K.bound(below, greatest, _I)


@cache
def count_at_most() -> Theorem:
    """Return |- ||W||_0 <= N."""
    head, there = counted(W[_I]), unequal(W[_I], 0)
    sides = (
        combine(at_most(head, 1), (1, K.on_nonzero(head, (_HERE, side))), given=(_HERE, side))
        for side in (there, negation(there))
    )
    return summed(K.cases(*sides, there), _I, N)
