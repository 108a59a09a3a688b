"""Young's inequality, and powers of sums of two numbers, from Bernoulli's inequality.

(Hardy, Littlewood and Pólya, Inequalities, 2.5 to 2.11.)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import sympy as sp

from ... import kernel as K
from ...claims.notation import p, r
from ...kernel import Theorem
from ...language.formulas import Formula, Relation, at_most, equal, negation
from ...language.operations import Abs, Exp, Log
from ...language.symbols import count
from .combine import algebra, combine, discharge, instance, left, right, then
from .inequalities import (
    a,
    b,
    bernoulli,
    bernoulli_below,
    power_at_most,
    power_of_zero,
    s,
    tangent,
    u,
    w,
    x,
    y,
)
from .inequalities import e as _e
from .remembered import cache

_I = count("i")
_BELOW_ONE = Relation("<", s, 1)


@cache
def young() -> Theorem:
    """Return s < 1 |- u^s w^(1-s) <= s u + (1 - s) w, for u, w >= 0 and s > 0."""
    line = instance(bernoulli_below(), {u: u / b}, (_BELOW_ONE,))
    goal = at_most(u**s * b ** (1 - s), s * u + (1 - s) * b)
    inside = combine(goal, (b, line), given=(_BELOW_ONE,))
    inside = K.instantiate(inside, {b: w}, (_BELOW_ONE, Relation("!=", w, 0)))
    zero = instance(power_of_zero(), {u: w, _e: 1 - s}, (_BELOW_ONE,))
    outside = combine(
        at_most(u**s * w ** (1 - s), s * u + (1 - s) * w),
        (u**s, zero),
        (1, algebra(at_most(0, (1 - s) * w), (_BELOW_ONE,))),
        given=(_BELOW_ONE, equal(w, 0)),
    )
    return K.cases(outside, inside, equal(w, 0))


@cache
def young_conjugate() -> Theorem:
    """Return p > 1 |- u w <= u^p/p + w^(p/(p-1)) (p-1)/p, for u, w >= 0."""
    given = (Relation(">", p, 1),)
    values = {u: u**p, w: w ** (p / (p - 1)), s: 1 / p}
    goal = at_most(u * w, u**p / p + w ** (p / (p - 1)) * (p - 1) / p)
    return combine(goal, (1, instance(young(), values, given)), given=given)


@cache
def square() -> Theorem:
    """Return |- 2 x y <= x^2 + y^2."""
    return combine(at_most(2 * x * y, x**2 + y**2), (1, algebra(at_most(0, (x - y) ** 2))))


@cache
def powers_rise_together() -> Theorem:
    """Return |- 0 <= (u^r - w^r) (u^s - w^s), for u, w >= 0 and r, s > 0."""
    goal = at_most(0, (u**r - w**r) * (u**s - w**s))

    def side(low: sp.Expr, high: sp.Expr, sign: Relation) -> Theorem:
        weak = combine(at_most(low, high), (1, K.assume(sign)))
        values = {u: low, w: high}
        first, second = (
            discharge(instance(power_at_most(), {**values, _e: e}, (sign,)), weak) for e in (r, s)
        )
        given = (sign, second.conclusion)
        return discharge(combine(goal, (high**s - low**s, first), given=given), second)

    sign = at_most(u, w)
    return K.cases(side(u, w, sign), side(w, u, negation(sign)), sign)


@cache
def power_of_sum() -> Theorem:
    """Return r >= 1 |- u^r + w^r <= (u + w)^r, for u, w >= 0."""
    at_least_one = Relation(">=", r, 1)
    goal = at_most(u**r + w**r, (u + w) ** r)
    some = (at_least_one, Relation(">", u + w, 0))
    parts = [_share(part, u + w, some) for part in (u, w)]
    scale = (u + w) ** r
    inside = combine(goal, *((scale, part) for part in parts), given=some)
    none = (at_least_one, Relation("<=", u + w, 0))
    zeros = [
        discharge(
            instance(power_of_zero(), {u: part, _e: r}, none),
            K.antisymmetry(
                combine(at_most(part, 0), (1, K.assume(none[1])), given=none),
                algebra(Relation(">=", part, 0)),
            ),
        )
        for part in (u, w)
    ]
    outside = combine(goal, *((1, zero) for zero in zeros), given=none)
    return K.cases(inside, outside, some[1])


def _share(part: sp.Expr, whole: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return (part/whole)^r <= part/whole, for r >= 1."""
    ratio = part / whole
    goal = at_most(ratio**r, ratio)
    # x^r = x x^(r-1), and x^(r-1) <= 1 where r > 1
    above = (*given, Relation(">", r, 1))
    power = instance(power_at_most(), {u: ratio, w: sp.Integer(1), _e: r - 1}, above)
    power = discharge(power, combine(at_most(ratio, 1), given=above))
    inside = combine(goal, (ratio, power), given=above)
    below = (*given, Relation("<=", r, 1))
    one = K.antisymmetry(K.assume(below[-1]), K.assume(given[0]))
    same = then(algebra(equal(ratio**r, ratio**r), given), one)
    outside = combine(goal, (1, same), given=below)
    return K.cases(inside, outside, above[-1])


@cache
def power_of_sum_below() -> Theorem:
    """Return r <= 1 |- (u + w)^r <= u^r + w^r, for u, w >= 0."""
    given = (Relation("<=", r, 1),)
    values = {u: u**r, w: w**r, r: 1 / r}
    parts = instance(power_of_sum(), values, given)
    total = combine(at_most(u + w, (u**r + w**r) ** (1 / r)), (1, parts), given=given)
    power = instance(power_at_most(), {u: u + w, w: (u**r + w**r) ** (1 / r), _e: r}, given)
    goal = at_most((u + w) ** r, u**r + w**r)
    return combine(goal, (1, discharge(power, total)), given=given)


@cache
def triangle_below() -> Theorem:
    """Return r <= 1 |- |x + y|^r <= |x|^r + |y|^r."""
    given = (Relation("<=", r, 1),)
    sizes = {u: Abs(x), w: Abs(y)}
    below = instance(power_of_sum_below(), sizes, given)
    return _by_triangle(at_most(Abs(x + y) ** r, right(below)), below, given)


def _by_triangle(goal: Relation, below: Theorem, given: tuple[Formula, ...]) -> Theorem:
    whole = Abs(x) + Abs(y)
    triangle = algebra_of_signs(at_most(Abs(x + y), whole))
    power = instance(power_at_most(), {u: Abs(x + y), w: whole, _e: r}, given)
    return combine(goal, (1, discharge(power, triangle)), (1, below), given=given)


def algebra_of_signs(goal: Relation) -> Theorem:
    """Prove a comparison of |x|, |y| and |x + y| by cases on their signs."""
    both_below = [(2, K.assume(Relation("<", letter, 0))) for letter in (x, y)]
    impossible = {Relation(">=", x + y, 0), *(premise.conclusion for _, premise in both_below)}

    def shown(given: tuple[Formula, ...], signs: list[sp.Expr]) -> Theorem:
        if not signs:
            # two numbers below 0 have no sum that is not
            return combine(goal, *(both_below if impossible <= {*given} else ()), given=given)
        first, *rest = signs
        positive, negative = Relation(">=", first, 0), Relation("<", first, 0)
        return K.cases(shown((*given, positive), rest), shown((*given, negative), rest), positive)

    return shown((), [x, y, x + y])


@cache
def convex_power() -> Theorem:
    """Return r >= 1, s < 1 |- (s u + (1-s) w)^r <= s u^r + (1-s) w^r, for u, w >= 0, s > 0."""
    at_least_one, above_one = Relation(">=", r, 1), Relation(">", r, 1)
    given = (above_one, _BELOW_ONE)
    mean = s * u + (1 - s) * w
    some = (*given, Relation(">", mean, 0))
    lines = [instance(bernoulli(), {u: part, a: mean, s: r}, some) for part in (u, w)]
    goal = at_most(mean**r, s * u**r + (1 - s) * w**r)
    inside = combine(goal, (s, lines[0]), (1 - s, lines[1]), given=some)
    none = (*given, Relation("<=", mean, 0))
    zero = K.antisymmetry(K.assume(none[-1]), algebra(Relation(">=", mean, 0), given))
    power = discharge(instance(power_of_zero(), {u: mean, _e: r}, given), zero)
    rest = algebra(at_most(0, goal.right), given)
    outside = combine(goal, (1, power), (1, rest), given=none)
    strict = K.cases(inside, outside, some[-1])
    one = K.antisymmetry(K.assume(Relation("<=", r, 1)), K.assume(at_least_one))
    same = [then(algebra(equal(part**r, part**r), (_BELOW_ONE,)), one) for part in (mean, u, w)]
    linear = combine(
        goal,
        *zip((1, -s, s - 1), same, strict=True),
        given=(at_least_one, Relation("<=", r, 1), _BELOW_ONE),
    )
    return K.cases(strict, linear, above_one)


@cache
def convex_power_of_size() -> Theorem:
    """Return r >= 1, s < 1 |- |s x + (1-s) y|^r <= s |x|^r + (1-s) |y|^r, for s > 0."""
    given, mean = (Relation(">=", r, 1), _BELOW_ONE), s * Abs(x) + (1 - s) * Abs(y)
    sign = algebra(Relation(">=", mean, 0), given)
    known = (*given, sign.conclusion)
    triangle = algebra_of_signs(at_most(Abs(x + y), Abs(x) + Abs(y)))
    triangle = instance(triangle, {x: s * x, y: b * y})
    weighted = combine(at_most(Abs(s * x + b * y), s * Abs(x) + b * Abs(y)), (1, triangle))
    triangle = instance(weighted, {b: 1 - s}, given)
    whole = left(triangle)
    power = discharge(instance(power_at_most(), {u: whole, w: mean, _e: r}, known), triangle)
    middle = instance(convex_power(), {u: Abs(x), w: Abs(y)}, known)
    goal = at_most(whole**r, right(middle))
    return discharge(combine(goal, (1, power), (1, middle), given=known), sign)


@cache
def concave_power() -> Theorem:
    """Return r <= 1, s < 1 |- s u^r + (1-s) w^r <= (s u + (1-s) w)^r, for u, w >= 0, s > 0."""
    mean, parts = s * u + (1 - s) * w, s * u**r + (1 - s) * w**r
    goal, given = at_most(parts, mean**r), (Relation("<", r, 1), _BELOW_ONE)
    some, none = ((*given, Relation(op, mean, 0)) for op in (">", "<="))
    lines = [instance(bernoulli_below(), {u: part / mean, s: r}, some) for part in (u, w)]
    inside = combine(goal, (s * mean**r, lines[0]), ((1 - s) * mean**r, lines[1]), given=some)
    zeros = []
    for part, share, rest in ((u, s, (1 - s) * w), (w, 1 - s, s * u)):
        above = algebra(at_most(0, rest), given)
        small = combine(
            at_most(part, 0), (1 / share, K.assume(none[-1])), (1 / share, above), given=none
        )
        zero = K.antisymmetry(small, algebra(Relation(">=", part, 0)))
        zeros.append((share, discharge(instance(power_of_zero(), {u: part, _e: r}, none), zero)))
    sign = algebra(Relation(">=", mean, 0), given)
    outside = discharge(combine(goal, *zeros, given=(*none, sign.conclusion)), sign)
    below = K.cases(inside, outside, some[-1])
    at_most_one = Relation("<=", r, 1)
    one = K.antisymmetry(K.assume(at_most_one), K.assume(Relation(">=", r, 1)))
    same = [then(algebra(equal(part**r, part**r), (_BELOW_ONE,)), one) for part in (mean, u, w)]
    linear = combine(
        goal,
        *zip((-1, s, 1 - s), same, strict=True),
        given=(at_most_one, Relation(">=", r, 1), _BELOW_ONE),
    )
    return K.cases(below, linear, given[0])


@cache
def convex_exponential() -> Theorem:
    """Return s < 1 |- e^(s x + (1-s) y) <= s e^x + (1-s) e^y."""
    mean, given = s * x + (1 - s) * y, (_BELOW_ONE,)
    lines = ((c * Exp(mean), tangent(end - mean)) for c, end in ((s, x), (1 - s, y)))
    return combine(at_most(Exp(mean), s * Exp(x) + (1 - s) * Exp(y)), *lines, given=given)


@cache
def concave_logarithm() -> Theorem:
    """Return s < 1 |- s ln a + (1-s) ln b <= ln(s a + (1-s) b)."""
    mean, given = s * a + (1 - s) * b, (_BELOW_ONE,)
    lines = ((c, tangent(Log(end) - Log(mean), *given)) for c, end in ((s, a), (1 - s, b)))
    return combine(at_most(s * Log(a) + (1 - s) * Log(b), Log(mean)), *lines, given=given)


def _at_the_middle(lemma: Callable[[], Theorem], condition: Relation) -> Theorem:
    return instance(lemma(), {s: sp.Rational(1, 2)}, (condition,))


@cache
def power_of_sum_doubled() -> Theorem:
    """Return r >= 1 |- |x + y|^r <= 2^(r-1) (|x|^r + |y|^r): the power is convex at the middle."""
    half, given = sp.Rational(1, 2), (Relation(">=", r, 1),)
    middle = instance(convex_power(), {u: Abs(x), w: Abs(y), s: half}, given)
    whole, scale = Abs(x) + Abs(y), sp.Integer(2) ** r
    doubled = combine(
        at_most(whole**r, scale / 2 * (Abs(x) ** r + Abs(y) ** r)), (scale, middle), given=given
    )
    return _by_triangle(at_most(Abs(x + y) ** r, right(doubled)), doubled, given)


#: inequalities that a claim may be an instance of, and what they are called
CLASSICAL: tuple[tuple[str, Callable[[], Theorem]], ...] = (
    ("a square is not negative", square),
    ("Young's inequality", young),
    ("Young's inequality", young_conjugate),
    ("a power of a sum, $r ≥ 1$", power_of_sum),
    ("a power of a sum, $r ≤ 1$", power_of_sum_below),
    ("a power is convex", convex_power),
    ("a power is convex", partial(_at_the_middle, convex_power, Relation(">=", r, 1))),
    ("a power is concave", concave_power),
    ("a power is concave", partial(_at_the_middle, concave_power, Relation("<=", r, 1))),
    ("the exponential is convex", convex_exponential),
    ("the logarithm is concave", concave_logarithm),
)
