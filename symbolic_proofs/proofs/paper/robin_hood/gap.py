"""The slopes of S_p and S_q along a transfer, for p < q < 1 and few other entries.

Where b gains what a > b loses, S_r gains r D_r with D_r = b^(r-1) - a^(r-1). For κ = D_q/D_p the
others take at most C κ^(q/(q-p)) from S_q - κ S_p, and the two, as m c and m/c, give more.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.notation import LESS, R_nonnegative, p, q
from ....kernel import Theorem
from ....language.formulas import Formula, at_most, less
from ....language.operations import Log
from ....language.symbols import count, nonnegative, positive
from ....language.terms import PowerSum
from ....language.vectors import length
from ...tactics import inequalities
from ...tactics.combine import algebra, combine, discharge, instance, summed
from ...tactics.inequalities import (
    bernoulli_below,
    logarithm_below,
    power_at_most,
    power_below,
    tangent,
)
from ...tactics.remembered import cache
from . import ratio
from .ratio import c, high, wide

s1 = p / (q - p)
#: the most that another entry loses, and what the two gain where they meet
MOST = (p / q) ** s1 * (1 - p / q)
LEAST = 2 * ((1 - p) / (1 - q)) ** s1 * ((1 - p) / (1 - q) - 1)
BELOW_ONE = less(q, 1)
REGION = at_most(length(R_nonnegative) * MOST, LEAST)
GIVEN = (LESS, BELOW_ONE)

a, b, m, kappa = positive("a"), positive("b"), positive("m"), positive("kappa")
#: S_p and S_q of the others, and what may be added to the former
A, B, t = nonnegative("A"), nonnegative("B"), nonnegative("t")


#: what may be added to S_p so that its slope is still the less steep one
ROOM = (a * b) ** (p / 2) * ((a / b) ** ((q - p) / 4) + (b / a) ** ((q - p) / 4) - 2)


def sums(r: sp.Expr, x: sp.Expr, y: sp.Expr) -> sp.Expr:
    """Return S_r of the two entries and the others."""
    return x**r + y**r + PowerSum(R_nonnegative, r)


def slope(r: sp.Expr, x: sp.Expr, y: sp.Expr) -> sp.Expr:
    """Return what S_r of the two gains where y gains what x loses, but for the factor r."""
    return y ** (r - 1) - x ** (r - 1)


def below_one() -> Theorem:
    """Return p < q, q < 1 |- p < 1."""
    return combine(less(p, 1), (1, K.assume(LESS)), (1, K.assume(BELOW_ONE)))


@cache
def others() -> Theorem:
    """Return κ S_p(R) - S_q(R) <= C κ^(q/(q-p)), for the other entries R."""
    z, i = R_nonnegative[count("i")], count("i")
    n, near, given = (
        length(R_nonnegative),
        kappa * p / q,
        (LESS, at_most(count("i"), length(R_nonnegative))),
    )
    small = less(p / q, 1)
    values = {inequalities.u: z**q / near ** (s1 + 1), inequalities.s: p / q}
    bend = instance(bernoulli_below(), values, (*given, small))
    bend = discharge(bend, algebra(small, given))
    most = MOST * kappa ** (s1 + 1)
    each = combine(at_most(kappa * z**p - z**q, most), (kappa * near**s1, bend), given=given)
    total = summed(each, i, n, (LESS,))
    goal = at_most(
        kappa * PowerSum(R_nonnegative, p) - PowerSum(R_nonnegative, q), LEAST * kappa ** (s1 + 1)
    )
    parts = (1, total), (kappa ** (s1 + 1), K.assume(REGION))
    return discharge(combine(goal, *parts, given=(*GIVEN, less(p, 1))), below_one())


@cache
def _over_letters() -> Theorem:
    """Return the inequality of the slopes, the sines and cosines being letters."""
    x, y, lower, upper, k = (positive(name) for name in ("x", "y", "S", "T", "K"))
    c, ratio_ = (1 - p) / (1 - q), y / x
    kap = m ** (q - p) * ratio_
    apart = at_most((1 - p) * y * k, 2 * (1 - q) * x)
    cosines = at_most(2, k), at_most(2, lower), at_most(lower, upper)
    lost = at_most(kap * A - B, LEAST * kap ** (s1 + 1))
    room = at_most(t, m**p * (k - 2))
    small = less(p, 1)
    given = (*GIVEN, small, apart, *cosines, lost, room)
    ordered = combine(
        at_most((1 - p) * y, (1 - q) * x),
        (y / 2 * (1 - p), K.assume(cosines[0])),
        (sp.Rational(1, 2), K.assume(apart)),
        given=(*GIVEN, small),
    )
    below = combine(at_most(y, x), (1 / (1 - q), ordered), given=(*given, ordered.conclusion))
    values = {inequalities.u: (1 - p) * y, inequalities.w: (1 - q) * x, inequalities.e: s1}
    power = discharge(instance(power_at_most(), values, (*given, ordered.conclusion)), ordered)
    dp, dq = m ** (p - 1) * x, m ** (q - 1) * y
    goal = at_most((A + t + m**p * lower) * dq, (B + m**q * upper) * dp)
    parts = (
        (dp, K.assume(lost)),
        (dp * 2 * (c - 1) * m**q * ratio_ * ((1 - q) * x) ** (-s1), power),
        (dp * m**q, K.assume(cosines[2])),
        (dp * m**q * (1 - ratio_), K.assume(cosines[1])),
        (m ** (p + q - 1) / (1 - q), K.assume(apart)),
        (m ** (q - 1) * y, K.assume(room)),
        (m ** (p + q - 1) * y * (q - p) / (1 - q), K.assume(cosines[0])),
    )
    result = combine(goal, *parts, given=(*given, below.conclusion))
    return discharge(result, below, ordered, below_one())


def _logarithm() -> Theorem:
    """Return 1 < c |- 0 < ln c."""
    values = {inequalities.a: sp.Integer(1), inequalities.b: c}
    return combine(less(0, Log(c)), (1, instance(logarithm_below(), values)))


def _wide(r: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return 1 < c |- 0 < c^r - c^-r, for r > 0."""
    parts = (c**-r, tangent(2 * r * Log(c), *given)), (2 * r * c**-r, _logarithm())
    return combine(less(0, wide(r)), *parts, given=given)


def _high(r: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return 2 <= c^r + c^-r."""
    parts = (1, tangent(r * Log(c), *given)), (1, tangent(-r * Log(c), *given))
    return combine(at_most(2, high(r)), *parts, given=given)


@cache
def gap() -> Theorem:
    """Return that S_p, and t more, rises the less steeply: (S_p + t) D_q <= S_q D_p.

    For b < a, the other entries few enough, and t at most (ab)^(p/2) (k + 1/k - 2), where k is
    (a/b)^((q-p)/4).
    """
    small, far = less(p, 1), less(1, c)
    given = (*GIVEN, small, far)
    x, y, lower, upper, k = (positive(name) for name in ("x", "y", "S", "T", "K"))
    values = {
        x: wide(1 - p),
        y: wide(1 - q),
        lower: high(p),
        upper: high(q),
        k: high((q - p) / 2),
        A: PowerSum(R_nonnegative, p),
        B: PowerSum(R_nonnegative, q),
    }
    apart = K.instantiate(ratio.sines_apart(), {ratio.al: 1 - p, ratio.be: 1 - q}, given)
    apart = combine(
        at_most((1 - p) * values[y] * values[k], 2 * (1 - q) * values[x]),
        (1, discharge(apart, algebra(less(1 - q, 1 - p), given))),
        given=given,
    )
    positive_ = _wide(1 - p, given), _wide(1 - q, given)
    here = (*given, *(theorem.conclusion for theorem in positive_))
    theorem = K.instantiate(_over_letters(), values, here)
    rises = K.instantiate(
        ratio.cosine_rises(),
        {ratio.al: q, ratio.be: p, ratio.t: Log(c)},
        (*given, _logarithm().conclusion),
    )
    rises = combine(at_most(high(p), high(q)), (1, rises))
    lost = K.instantiate(others(), {kappa: m ** (q - p) * values[y] / values[x]}, here)
    wanted = next(h for h in theorem.hypotheses if h.has(PowerSum))
    lost = combine(wanted, (1, lost), given=here)
    theorem = discharge(
        theorem,
        apart,
        rises,
        lost,
        _high(p, given),
        _high((q - p) / 2, given),
        *positive_,
        _logarithm(),
    )
    # m and c as the two are
    root = (a / b) ** sp.Rational(1, 2)
    apart_, ordered = less(b, a), (*GIVEN, less(b, a))
    theorem = K.instantiate(theorem, {m: (a * b) ** sp.Rational(1, 2), c: root}, ordered)
    above = combine(less(1, a / b), (1 / b, K.assume(apart_)))
    half = {inequalities.u: sp.Integer(1), inequalities.b: a / b, inequalities.e: sp.Rational(1, 2)}
    above = discharge(instance(power_below(), half, ordered), above)
    theorem = discharge(theorem, combine(less(1, root), (1, above), given=ordered), below_one())
    room = next(h for h in theorem.hypotheses if t in h.free_symbols)
    theorem = discharge(theorem, combine(room, (1, K.assume(at_most(t, ROOM))), given=ordered))
    goal = at_most((sums(p, a, b) + t) * slope(q, a, b), sums(q, a, b) * slope(p, a, b))
    return combine(goal, (1, theorem), given=ordered)
