"""tanh by exponentials: it is subadditive for numbers > 0, and at most the number itself.

tanh(a) + tanh(h) - tanh(a + h) is the product of the three. So tanh(x) <= n tanh(x/n) for every n,
and tanh(h) <= h + 2h^2 from 1 - 2h <= e^(-2h): tanh(x) <= x + 2x^2/n, and n is any number.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import Relation, at_most, equal, less
from ...language.operations import Exp, Sum, Tanh
from ...language.symbols import positive
from .combine import Given, combine, discharge
from .inequalities import tangent, u, w
from .remembered import cache
from .steps import climb, i, in_the_limit, n

_A, _B = positive("A"), positive("B")
a, h, x = positive("a"), positive("h"), positive("x")


def tanh_by_exponentials(t: sp.Expr, given: Given) -> Theorem:
    """Prove tanh t = 1 - 2/(e^(2t) + 1), however SymPy turns the sign of t."""
    node, value = Tanh(t), 1 - 2 / (Exp(2 * t) + 1)
    if isinstance(node, Tanh):
        return combine(equal(node, value), (1, K.define(node, given)), given=given)
    return combine(equal(node, value), (-1, K.define(-node, given)), given=given)


@cache
def _fractions(op: str) -> Theorem:
    """Return A, B > 1 |- 1 - 2/(A B + 1) < 1 - 2/(A + 1) + 1 - 2/(B + 1); with <= for >=, <=."""
    first, second, both = (Relation(op, 1, value) for value in (_A, _B, _A * _B))
    given = (first, second, both)
    goal = Relation(op, 1 - 2 / (_A * _B + 1), 1 - 2 / (_A + 1) + 1 - 2 / (_B + 1))
    scale = (_B - 1) * (_A * _B - 1) / ((_A + 1) * (_B + 1) * (_A * _B + 1))
    shown = combine(goal, (scale, K.assume(first)), given=given)
    product = combine(both, (_B, K.assume(first)), (1, K.assume(second)), given=(first, second))
    return discharge(shown, product)


@cache
def tanh_below_sum(op: str = "<") -> Theorem:
    """Return |- tanh(a + h) < tanh(a) + tanh(h), for a, h > 0; with <= for u, w >= 0."""
    letters = (a, h) if op == "<" else (u, w)
    above = [combine(Relation(op, 1, Exp(2 * t)), (1, tangent(2 * t))) for t in letters]
    exps = {one: Exp(2 * t) for one, t in zip((_A, _B), letters, strict=True)}
    known = discharge(K.instantiate(_fractions(op), exps, ()), *above)
    terms = (Sum(*letters), *letters)
    values = [tanh_by_exponentials(t, ()) for t in terms]
    goal = Relation(op, Tanh(terms[0]), Sum(*map(Tanh, letters)))
    return combine(goal, (1, known), *zip((1, -1, -1), values, strict=True))


@cache
def _near() -> Theorem:
    """Return |- tanh(h) <= h + 2h^2, for h > 0."""
    value, small = tanh_by_exponentials(h, ()), at_most(2 * h, 1)
    e, goal = Exp(2 * h), at_most(Tanh(h), h + 2 * h**2)
    scale = e / (e + 1)
    # e (1 - 2h) <= 1
    line = combine(at_most(e * (1 - 2 * h), 1), (e, tangent(-2 * h)))
    near = combine(
        goal,
        (1, value),
        ((1 + h + 2 * h**2) / (e + 1), line),
        (scale * 2 * h**2, K.assume(small)),
        given=(small,),
    )
    large = less(1, 2 * h)
    far = combine(goal, (1, value), (1 + h, K.assume(large)), given=(large,))
    return K.cases(near, far, small)


@cache
def tanh_at_most() -> Theorem:
    """Return |- tanh(u) <= u, for u >= 0."""
    share = x / n
    value = i * Tanh(share) - Tanh(i * share)
    step = K.instantiate(tanh_below_sum(), {a: i * share, h: share}, ())
    inside = at_most(i + 1, n)
    step = combine(less(value, value.xreplace({i: i + 1})), (1, step), given=(inside,))
    near = K.instantiate(_near(), {h: share}, ())
    rest, slack = x - Tanh(x), 3 * x**2
    known = combine(less(0, rest + slack / n), (1, climb(value, step)), (n, near))
    above = combine(at_most(Tanh(x), x), (1, in_the_limit(known, rest, slack, ())))
    goal, there = at_most(Tanh(u), u), less(0, u)
    none = at_most(u, 0)
    e = Exp(2 * u)
    line = combine(at_most(e, 1), (e, tangent(-2 * u)), (2 * e, K.assume(none)), given=(none,))
    parts = (1, tanh_by_exponentials(u, ())), (1 / (e + 1), line)
    return K.cases(
        K.instantiate(above, {x: u}, (there,)), combine(goal, *parts, given=(none,)), there
    )
