"""Where transfers begin at slopes of the wrong order, for p < q < 1: S_q D_p < S_p D_q.

There are such points where the other entries are too many. At x > 1 and 1/x let κ be D_q/D_p, so
that c x^(q-p) κ >= 1 for c = (1 - p)/(1 - q). Others of z each, with z^(q-p) = κp/q, take the most
from S_q - κ S_p, and near x = 1 that is more than x and 1/x give.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.notation import p, q
from ....kernel import Theorem
from ....language.formulas import Relation, at_most, equal, less
from ....language.operations import Log
from ....language.symbols import positive
from ...tactics import inequalities
from ...tactics.combine import Given, algebra, combine, discharge, instance
from ...tactics.inequalities import (
    bernoulli_below,
    logarithm_below,
    power_at_most,
    power_below,
    tangent,
)
from ...tactics.letters import over_letters
from ...tactics.remembered import cache
from . import falling
from .exhibited import n, z
from .falling import x
from .gap import GIVEN, LEAST, MOST, b, below_one, kappa, s1, slope

#: what each of the others is
OTHER = (kappa * p / q) ** (1 / (q - p))
TOO_MANY = less(LEAST, n * MOST)

c = positive("c")
_C = (1 - p) / (1 - q)
_ABOVE_ONE = less(1, x)
#: the slopes where x gives to 1/x
_DP, _DQ = slope(p, x, 1 / x), slope(q, x, 1 / x)


def near(c: sp.Expr) -> Relation:
    """State that x is near to 1."""
    return less(2 * c**s1 * (c * x ** (2 * q) - 1), n * MOST)


def others(r: sp.Expr, each: sp.Expr) -> sp.Expr:
    """Return S_r of x, 1/x and the others."""
    return x**r + x**-r + n * each**r


def _rises(e: sp.Expr, given: Given) -> Theorem:
    """Return 1 < x |- 1 < x^e, for e > 0."""
    values = {inequalities.a: sp.Integer(1), inequalities.b: x}
    parts = (1, tangent(e * Log(x), *given)), (e, instance(logarithm_below(), values, given))
    return combine(less(1, x**e), *parts, given=given)


@cache
def _over_letters() -> Theorem:
    """Return that S_q < κ S_p, where 1 <= c x^(q-p) κ."""
    close = at_most(1, c * x ** (q - p) * kappa)
    far = at_most(1, c * x ** (2 * q - p))
    given: Given = (*GIVEN, _ABOVE_ONE, near(c), close, far)
    values = {
        inequalities.u: sp.Integer(1),
        inequalities.w: c * x ** (q - p) * kappa,
        inequalities.e: s1,
    }
    power = discharge(instance(power_at_most(), values, given), K.assume(close))
    parts = (
        (kappa ** (s1 + 1), K.assume(near(c))),
        (2 * x**q, K.assume(close)),
        (2 * kappa * (c * x ** (2 * q - p) - 1), power),
        (2 * kappa ** (s1 + 1) * c**s1, _rises(p, given)),
        (x**-q, _rises(2 * q, given)),
        (kappa, tangent(p * Log(x), *given)),
        (kappa, tangent(-p * Log(x), *given)),
    )
    theorem = combine(less(others(q, OTHER), kappa * others(p, OTHER)), *parts, given=given)
    above = at_most(1, c)
    given = (*GIVEN, _ABOVE_ONE, above)
    steps = (1, _rises(2 * q - p, given)), (x ** (2 * q - p), K.assume(above))
    return discharge(theorem, combine(far, *steps, given=given))


def with_other_entries(theorem: Theorem) -> Theorem:
    """Prove what asks for slopes of the wrong order at x > b where x is near to 1, b being 1/x."""
    small = less(p, 1)
    given: Given = (*GIVEN, small, _ABOVE_ONE)
    signs = [
        combine(less(0, d), (x ** (r - 1), _rises(2 * (1 - r), given)), given=given)
        for r, d in ((p, _DP), (q, _DQ))
    ]
    values = {inequalities.u: x ** (-2 * (1 - p)), inequalities.s: (1 - q) / (1 - p)}
    bend = discharge(
        instance(bernoulli_below(), values, given), algebra(less((1 - q) / (1 - p), 1), given)
    )
    far = combine(less(1 / x, x), (1 / x, _rises(sp.Integer(2), given)), given=given)
    stands = equal(kappa * _DP, _DQ)
    here: Given = (*given, *(sign.conclusion for sign in signs), stands)
    goal = at_most((1 - q) * _DP, (1 - p) * x ** (q - p) * _DQ)
    sines = combine(goal, (x ** (1 - p) * (1 - p), bend), given=given)
    d, f = positive("d"), positive("f")
    ratio = (1 - p) * x ** (q - p) / ((1 - q) * d)
    close = over_letters(
        at_most(1, _C * x ** (q - p) * kappa),
        (1 / ((1 - q) * d), sines),
        (-ratio, K.assume(stands)),
        letters={d: _DP, f: _DQ},
        given=here,
    )
    known = K.instantiate(_over_letters(), {c: _C}, here)
    known = discharge(known, close, algebra(at_most(1, _C), here))
    values = {b: 1 / x, z: OTHER}
    wrong = falling.WRONG.xreplace(values)
    wrong = combine(wrong, (_DP, known), (others(p, OTHER), K.assume(stands)), given=here)
    theorem = discharge(K.instantiate(theorem, values, here), far, wrong)
    theorem = K.instantiate(theorem, {kappa: _DQ / _DP}, here[:-1])
    same = K.instantiate(algebra(equal(f / d * d, f)), {d: _DP, f: _DQ}, here[:-1])
    return discharge(theorem, same, *signs, below_one())


#: M, and x = M^(1/(4q)): where the others are too many, M may be above 1
_M = positive("M")
_NEAREST = _M ** (1 / (4 * q))
_BEYOND = (1 + n * MOST / (2 * _C**s1)) / _C


def at_the_nearest(theorem: Theorem) -> Theorem:
    """Prove a theorem that asks for x > 1 near to 1 where the others are too many instead."""
    above, least = less(1, _M), at_most(2 * _C**s1 * (_C * _M - 1), n * MOST)
    given: Given = (*GIVEN, less(p, 1), above, least)

    def root(e: sp.Expr) -> Theorem:
        values = {inequalities.u: sp.Integer(1), inequalities.b: _M, inequalities.e: e}
        lifted = instance(power_below(), values, given)
        return combine(less(1, _M**e), (1, lifted), given=given)

    part = 2 * _C ** (s1 + 1) * _M ** sp.Rational(1, 2), root(sp.Rational(1, 2))
    close = combine(near(_C).xreplace({x: _NEAREST}), part, (1, K.assume(least)), given=given)
    theorem = K.instantiate(theorem, {x: _NEAREST}, (*GIVEN, above))
    theorem = discharge(theorem, root(1 / (4 * q)), close)
    given = (*GIVEN, less(p, 1), TOO_MANY)
    far = combine(less(1, _BEYOND), (1 / (2 * _C ** (s1 + 1)), K.assume(TOO_MANY)), given=given)
    theorem = K.instantiate(theorem, {_M: _BEYOND}, given)
    return discharge(theorem, far, algebra(least.xreplace({_M: _BEYOND}), given), below_one())
