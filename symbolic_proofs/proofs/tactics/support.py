"""The support: sums over the entries that are not 0, of which there are k = ||W||_0.

S_p is the sum over those entries, and the sum of 1 over them is k. So what holds of N entries holds
of k: Bernoulli's inequality at each, with M = S_p/k, summed. The greatest magnitude G is p, q to
infinity: S_p <= k G^p.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, N, W, nonzero, p, q
from ...kernel import Theorem
from ...language.formulas import Not, at_most, equal, unequal
from ...language.operations import Abs
from ...language.symbols import bound_symbol, count, real
from ...language.terms import Greatest, NonzeroCount, OnNonzero, PowerSum
from ..paper.range import vanishing
from .combine import algebra, combine, discharge, instance, rewrite, right, summed, then
from .inequalities import a, bernoulli, e, power_at_most, s, u, w
from .remembered import cache

_I = count("i")
_K = NonzeroCount(W)
_ENTRY = Abs(W[_I])
_ONE = OnNonzero(1, bound_symbol(0, "real"), W[_I])
_GREATEST = Greatest(_ENTRY, _I, N)
_THERE, _ZERO = unequal(W[_I], 0), equal(W[_I], 0)


@cache
def power_of_zero() -> Theorem:
    """Return u = 0 |- u^e = 0, for e > 0."""
    return combine(equal(u**e, 0), (1, then(algebra(equal(u**e, u**e)), K.assume(equal(u, 0)))))


def _entry_zero(exponent: sp.Expr) -> Theorem:
    """Return w_i = 0 |- |w_i|^r = 0."""
    here = (at_most(_I, N),)
    none = then(algebra(equal(_ENTRY, _ENTRY), here), K.assume(_ZERO))
    none = combine(equal(_ENTRY, 0), (1, none), given=(*here, _ZERO))
    return discharge(instance(power_of_zero(), {u: _ENTRY, e: exponent}, here), none)


@cache
def means_rise() -> Theorem:
    """Return p < q |- S_p^(q/p) <= k^(q/p - 1) S_q, for W = 0 too."""
    given = (LESS, nonzero(W))
    here = (*given, at_most(_I, N))
    low, high = PowerSum(W, p), PowerSum(W, q)
    mean = low / _K
    line = instance(bernoulli(), {u: _ENTRY**p, a: mean, s: q / p}, here)
    x, y, first, second, third = (real(name) for name in ("x", "y", "a", "b", "c"))
    rate, slope = mean ** (q / p) * (1 - q / p), mean ** (q / p) * (q / p) / mean
    vanishes = combine(
        at_most(x * first + y * second, third),
        (x, K.assume(equal(first, 0))),
        (y, K.assume(equal(second, 0))),
        (-1, K.assume(equal(third, 0))),
    )
    values = {x: rate, y: slope, first: _ONE, second: _ENTRY**p, third: _ENTRY**q}
    outside = discharge(
        K.instantiate(vanishes, values, here),
        K.on_nonzero(_ONE, (*here, _ZERO)),
        _entry_zero(p),
        _entry_zero(q),
    )
    there = (*here, _THERE)
    one = (rate, K.on_nonzero(_ONE, there))
    inside = combine(outside.conclusion, (1, line), one, given=there)
    total = summed(K.cases(inside, outside, _THERE), _I, N, given)
    goal = at_most(low ** (q / p), _K ** (q / p - 1) * high)
    shown = combine(goal, (_K ** (q / p - 1), total), given=given)
    zero = (LESS, Not(nonzero(W)))
    none = then(algebra(equal(goal.left, goal.left), zero), vanishing(W, p))
    return K.cases(shown, combine(goal, (1, none), given=zero), nonzero(W))


@cache
def at_most_greatest() -> Theorem:
    """Return |- S_p <= k G^p, G the greatest magnitude."""
    here = (at_most(_I, N),)
    top = _GREATEST**p
    below = instance(power_at_most(), {u: _ENTRY, w: _GREATEST, e: p}, here)
    below = discharge(below, K.greatest(_GREATEST, _I, here))
    goal = at_most(_ENTRY**p, top * _ONE)
    one = K.on_nonzero(_ONE, (*here, _THERE))
    inside = combine(goal, (1, below), (-top, one), given=(*here, _THERE))
    x, first, second = real("x"), real("a"), real("b")
    vanishes = combine(
        at_most(second, x * first),
        (-x, K.assume(equal(first, 0))),
        (1, K.assume(equal(second, 0))),
    )
    outside = discharge(
        K.instantiate(vanishes, {x: top, first: _ONE, second: _ENTRY**p}, here),
        K.on_nonzero(_ONE, (*here, _ZERO)),
        _entry_zero(p),
    )
    inside = combine(outside.conclusion, (1, inside), given=(*here, _THERE))
    total = summed(K.cases(inside, outside, _THERE), _I, N)
    return combine(at_most(PowerSum(W, p), _K * top), (1, total))


@cache
def at_most_greatest_of_all() -> Theorem:
    """Return |- S_p <= N G^p."""
    top = _GREATEST**p
    all_of_them = (top, at_most_length())
    return combine(at_most(PowerSum(W, p), N * top), (1, at_most_greatest()), all_of_them)


@cache
def greatest_at_most() -> Theorem:
    """Return |- G^p <= S_p."""
    here, total = (at_most(_I, N),), PowerSum(W, p)
    meaning = K.define(total, ())
    term = rewrite(K.summand(right(meaning), _I, here), meaning, backwards=True)
    root = instance(power_at_most(), {u: _ENTRY**p, w: total, e: 1 / p}, here)
    below = combine(at_most(_ENTRY, total ** (1 / p)), (1, discharge(root, term)), given=here)
    bound = K.bound(below, _GREATEST, _I)
    power = instance(power_at_most(), {u: _GREATEST, w: total ** (1 / p), e: p})
    return combine(at_most(_GREATEST**p, total), (1, discharge(power, bound)))


@cache
def at_most_share() -> Theorem:
    """Return p < q |- S_q <= G^(q-p) S_p: every |w_i|^(q-p) is at most that of the greatest."""
    here = (LESS, at_most(_I, N))
    top = _GREATEST ** (q - p)
    power = instance(power_at_most(), {u: _ENTRY, w: _GREATEST, e: q - p}, here)
    power = discharge(power, K.greatest(_GREATEST, _I, here))
    goal = at_most(_ENTRY**q, top * _ENTRY**p)
    each = combine(goal, (_ENTRY**p, power), given=here)
    total = summed(each, _I, N, (LESS,))
    return combine(at_most(PowerSum(W, q), top * PowerSum(W, p)), (1, total), given=(LESS,))


@cache
def at_most_length() -> Theorem:
    """Return |- k <= N."""
    here = (at_most(_I, N),)
    goal = at_most(_ONE, 1)
    inside = combine(goal, (1, K.on_nonzero(_ONE, (*here, _THERE))), given=(*here, _THERE))
    outside = combine(goal, (1, K.on_nonzero(_ONE, (*here, _ZERO))), given=(*here, _ZERO))
    return summed(K.cases(inside, outside, _THERE), _I, N)
