"""How sinh(αu)/sinh(βu) compares with α/β, for α > β > 0, in the powers of c = exp(u).

It is at least α/β times cosh((α - β)u/2).
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....kernel import Theorem
from ....language.formulas import at_most, less, unequal
from ....language.operations import Exp, Log
from ....language.symbols import positive
from ...tactics import inequalities
from ...tactics.combine import algebra, combine, discharge, instance
from ...tactics.inequalities import tangent
from ...tactics.remembered import cache
from ...tactics.steps import climb, i, in_the_limit, n

al, be, u, t, c = (positive(name) for name in ("alpha", "beta", "u", "t", "c"))
_ORDER = (less(be, al),)


def sine(x: sp.Expr) -> sp.Expr:
    """Return 2 sinh x."""
    return Exp(x) - Exp(-x)


def cosine(x: sp.Expr) -> sp.Expr:
    """Return 2 cosh x."""
    return Exp(x) + Exp(-x)


@cache
def cosine_rises() -> Theorem:
    """Return b < a |- cosh(bt) <= cosh(at), for b > 0."""
    apart = combine(
        at_most(Exp(be * t), Exp(al * t)), (Exp(be * t), tangent((al - be) * t)), given=_ORDER
    )
    small = at_most(Exp(-(al + be) * t), 1)
    under = combine(small, (Exp(-(al + be) * t), tangent((al + be) * t)), given=_ORDER)
    goal = at_most(cosine(be * t), cosine(al * t))
    wide = combine(goal, (1 - Exp(-(al + be) * t), apart), given=(*_ORDER, small))
    return discharge(wide, under)


@cache
def sines() -> Theorem:
    """Return β < α |- α sinh(βu) <= β sinh(αu), for u > 0.

    In n steps of h = u/n: the difference rises by αβh (cosh(αx) - cosh(βx)) at least, up to what
    adds up to a multiple of h.
    """
    h = u / n

    def difference(x: sp.Expr) -> sp.Expr:
        return be * sine(al * x) - al * sine(be * x)

    value = difference(i * h) - h * al * be * (Exp(-al * i * h) - Exp(be * i * h))
    after = value.xreplace({i: i + 1})
    steep = discharge(K.exponential(al * h, ()), algebra(unequal(al * h, 0)))
    flat = tangent(-be * h)
    here = K.instantiate(cosine_rises(), {t: i * h}, _ORDER)
    x, y = i * h, (i + 1) * h
    parts = (
        (be * (Exp(al * x) + Exp(-al * y)), steep),
        (al * (Exp(be * y) + Exp(-be * x)), flat),
        (al * be * h, here),
    )
    step = combine(less(value, after), *parts, given=_ORDER)
    chain = climb(value, step, _ORDER)
    first = less(0, value.xreplace({i: sp.Integer(1)}))
    begin = (be * (1 + Exp(-al * h)), steep), (al * (Exp(be * h) + 1), flat)
    base = combine(first, *begin, given=_ORDER)
    slack = al * be * u * Exp(be * u)
    almost = combine(less(0, difference(u) + slack / n), (1, base), (1, chain), given=_ORDER)
    return in_the_limit(almost, difference(u), slack, _ORDER)


def wide(a: sp.Expr) -> sp.Expr:
    """Return c^a - c^-a."""
    return c**a - c ** (-a)


def high(a: sp.Expr) -> sp.Expr:
    """Return c^a + c^-a."""
    return c**a + c ** (-a)


@cache
def sines_apart() -> Theorem:
    """Return β < α, 1 < c |- α wide(β) high((α-β)/2) <= 2 β wide(α)."""
    dl = al - be
    rises = at_most(0, sine(dl * u))
    rising = combine(rises, (Exp(-dl * u), tangent(2 * dl * u)), given=_ORDER)
    goal = at_most(al * sine(2 * be * u) * cosine(dl * u), 2 * be * sine(2 * al * u))
    parts = (2 * cosine(al * u), sines()), (al * sine(be * u) ** 2, rising)
    theorem = combine(goal, *parts, given=_ORDER)
    far = less(1, c)
    log = instance(
        inequalities.logarithm_below(), {inequalities.a: sp.Integer(1), inequalities.b: c}, (far,)
    )
    half = Log(c) / 2
    here = K.instantiate(
        theorem, {u: half}, (*_ORDER, combine(less(0, Log(c)), (1, log)).conclusion)
    )
    here = combine(
        at_most(al * wide(be) * high(dl / 2), 2 * be * wide(al)), (1, here), given=(far,)
    )
    return discharge(here, combine(less(0, Log(c)), (1, log)))
