"""Order and powers: what the tangent 1 + x <= e^x says of logarithms and powers."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...language.formulas import Formula, Relation, equal, unequal
from ...language.operations import Abs, Log
from ...language.symbols import nonnegative, positive, real
from .combine import Given, algebra, combine, discharge, instance, then
from .remembered import cache

#: the letters of the lemmas; a lemma is used by putting terms in their place
x, y = real("x"), real("y")
a, b, e, s = positive("a"), positive("b"), positive("r"), positive("s")
u, w = nonnegative("u"), nonnegative("w")


@cache
def strict_unless_equal() -> Theorem:
    """Return x <= y, x != y |- x < y."""
    goal = Relation("<", x, y)
    equality = K.antisymmetry(K.assume(Relation("<=", x, y)), K.assume(Relation(">=", x, y)))
    otherwise = K.absurd(equality, K.assume(unequal(x, y)), goal)
    return K.cases(K.assume(goal), otherwise, goal)


@cache
def zero_by_size() -> Theorem:
    """Return |x| <= 0 |- x = 0."""
    small, sign = Relation("<=", Abs(x), 0), Relation(">=", x, 0)
    other = Relation("<", x, 0)
    low = K.cases(
        combine(Relation("<=", x, 0), (1, K.assume(small)), given=(small, sign)),
        algebra(Relation("<=", x, 0), (other,)),
        sign,
    )
    high = combine(Relation(">=", x, 0), (1, K.assume(small)), given=(small, other))
    return K.antisymmetry(low, K.cases(K.assume(sign), high, sign))


@cache
def nonzero_by_size() -> Theorem:
    """Return |x| > 0 |- x != 0."""
    there, none = unequal(x, 0), equal(x, 0)
    zero = then(algebra(equal(Abs(x), Abs(x))), K.assume(none))
    zero = combine(Relation("<=", Abs(x), 0), (1, zero), given=(none,))
    return K.cases(
        K.assume(there), K.absurd(zero, K.assume(Relation(">", Abs(x), 0)), there), there
    )


@cache
def at_most_its_size() -> Theorem:
    """Return |- x <= |x|."""
    goal, sign = Relation("<=", x, Abs(x)), Relation(">=", x, 0)
    size, fails = algebra(Relation("<=", 0, Abs(x))), K.assume(Relation("<", x, 0))
    return K.cases(algebra(goal, (sign,)), combine(goal, (1, size), (1, fails)), sign)


def tangent(exponent: sp.Expr, *given: Formula) -> Theorem:
    """Return |- 1 + x <= e^x at x = exponent."""
    return K.exponential_weak(exponent, given)


@cache
def logarithm_below() -> Theorem:
    """Return a < b |- ln a < ln b."""
    return combine(Log(a) < Log(b), (1, tangent(Log(a) - Log(b))), given=(Relation("<", a, b),))


@cache
def logarithm_at_most() -> Theorem:
    """Return a <= b |- ln a <= ln b."""
    near, given = tangent(Log(a) - Log(b)), (Relation("<=", a, b),)
    return combine(Log(a) <= Log(b), (1, near), (1 / b, K.assume(given[0])), given=given)


@cache
def logarithm_nonzero() -> Theorem:
    """Return a != 1 |- ln a != 0."""
    goal = unequal(Log(a), 0)
    low = combine(goal, (1, instance(logarithm_below(), {b: sp.Integer(1)})))
    above = instance(strict_unless_equal(), {x: sp.Integer(1), y: a})
    high = discharge(
        combine(goal, (1, instance(logarithm_below(), {a: sp.Integer(1), b: a}))), above
    )
    return K.cases(low, high, Relation("<", a, 1))


@cache
def power_below() -> Theorem:
    """Return u < b |- u^e < b^e, for u >= 0 and e > 0."""
    step = combine(
        a**e < b**e,
        (a**e, tangent(e * (Log(b) - Log(a)))),
        (a**e * e, logarithm_below()),
    )
    goal = Relation("<", u**e, b**e)
    zero = then(algebra(equal(u**e, u**e)), K.assume(equal(u, 0)))
    at_zero = combine(goal, (1, zero))
    rest = K.instantiate(step, {a: u}, (Relation("!=", u, 0),))
    return K.cases(at_zero, rest, equal(u, 0))


@cache
def power_at_most() -> Theorem:
    """Return u <= w |- u^e <= w^e, for u, w >= 0 and e > 0."""
    goal = Relation("<=", u**e, w**e)
    below = Relation("<", u, w)
    strict = combine(goal, (1, K.instantiate(power_below(), {b: w}, (below,))))
    same = K.antisymmetry(K.assume(Relation("<=", u, w)), K.assume(Relation(">=", u, w)))
    equality = combine(goal, (1, then(algebra(equal(u**e, u**e)), same)))
    return K.cases(strict, equality, below)


def raised(fact: Theorem, exponent: sp.Expr, given: Given) -> Theorem:
    """Return a comparison to a power > 0; raises KernelError where that, or a sign, is not seen."""
    relation = fact.conclusion
    if not isinstance(relation, Relation):
        raise KernelError("{} is not a comparison", relation)
    low, high = relation.oriented().args[1:]
    strict = relation.op in ("<", ">")
    values = {u: low, b if strict else w: high, e: exponent}
    return discharge(instance(power_below() if strict else power_at_most(), values, given), fact)


@cache
def bernoulli_at_one(strict: bool) -> Theorem:
    """Return s > 1 |- u^s >= 1 + s (u - 1), for u >= 0; strict: u != 1 as well, and >."""
    op = ">" if strict else ">="
    above_one = Relation(">", s, 1)
    flat = K.exponential(-Log(a), ()) if strict else tangent(-Log(a))
    if strict:
        flat = discharge(
            flat,
            combine(unequal(-Log(a), 0), given=(unequal(Log(a), 0),)),
            logarithm_nonzero(),
        )
    steep = tangent((s - 1) * Log(a))
    goal = Relation(op, a**s, 1 + s * (a - 1))
    inside = combine(goal, (a, steep), ((s - 1) * a, flat), given=(above_one,))
    goal = Relation(op, u**s, 1 + s * (u - 1))
    zero = K.assume(equal(u, 0))
    at_zero = combine(
        goal, (-1, then(algebra(equal(u**s, u**s)), zero)), (s, zero), given=(above_one,)
    )
    rest = K.instantiate(inside, {a: u}, (unequal(u, 0),))
    return K.cases(at_zero, rest, equal(u, 0))


@cache
def bernoulli(strict: bool = False) -> Theorem:
    """Return s > 1 |- u^s >= a^s (1 + s (u/a - 1)), for u >= 0, a > 0.

    When strict: u != a as well, and > in the place of >=.
    """
    lemma = K.instantiate(bernoulli_at_one(strict), {u: u / a}, ())
    theorem = combine(
        Relation(">" if strict else ">=", u**s, a**s * (1 + s * (u / a - 1))), (a**s, lemma)
    )
    if strict:
        apart = combine(unequal(u / a, 1), given=(unequal(u, a),))
        theorem = discharge(theorem, apart)
    return theorem


@cache
def power_differs() -> Theorem:
    """Return u != b |- u^e != b^e, for u >= 0, b > 0 and e > 0."""
    goal = unequal(u**e, b**e)
    low = combine(goal, (1, power_below()))
    above = instance(strict_unless_equal(), {x: b, y: u})
    positive_u = (Relation("<", b, u),)
    high = combine(goal, (1, K.instantiate(power_below(), {u: b, b: u}, positive_u)))
    return K.cases(low, discharge(high, above), Relation("<", u, b))


@cache
def bernoulli_below(strict: bool = False) -> Theorem:
    """Return s < 1 |- u^s <= 1 + s (u - 1), for u >= 0, s > 0; strict: u != 1 as well, and <."""
    given = (Relation("<", s, 1),)
    line = 1 + s * (u - 1)
    steep = instance(bernoulli_at_one(strict), {u: line, s: 1 / s}, given)
    if strict:
        steep = discharge(steep, combine(unequal(line, 1), given=(unequal(u, 1),)))
        value = combine(Relation("<", u, line ** (1 / s)), (1, steep), given=given)
        power = instance(power_below(), {u: u, b: line ** (1 / s), e: s}, given)
    else:
        value = combine(Relation("<=", u, line ** (1 / s)), (1, steep), given=given)
        power = instance(power_at_most(), {u: u, w: line ** (1 / s), e: s}, given)
    return discharge(
        combine(Relation("<" if strict else "<=", u**s, line), (1, power), given=given), value
    )


@cache
def power_of_zero() -> Theorem:
    """Return u = 0 |- u^e = 0, for e > 0."""
    return combine(equal(u**e, 0), (1, then(algebra(equal(u**e, u**e)), K.assume(equal(u, 0)))))
