"""The star order of two pairs of entries, about numbers: X against U, and Y against V."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...language.formulas import (
    Relation,
    at_most,
    equal,
    less,
)
from ...language.symbols import nonnegative, positive
from ..tactics import inequalities
from ..tactics.combine import (
    algebra,
    combine,
    discharge,
    instance,
    then,
)
from ..tactics.inequalities import power_at_most
from ..tactics.remembered import cache
from .norms import to_power

LOW, HIGH = positive("p"), positive("q")
BELOW = less(LOW, HIGH)
X, Y, U, V = (nonnegative(name) for name in ("x", "y", "u", "v"))
#: S_p and S_q of X, S_p and S_q of U, and M
XP, XQ, UQ = (positive(name) for name in ("a", "b", "c"))
UP, MIXED = nonnegative("d"), nonnegative("m")


def pairs_say(x: sp.Expr, u: sp.Expr, y: sp.Expr, v: sp.Expr) -> Relation:
    """State what two pairs of entries give to the star order."""
    rest = HIGH - LOW
    high = y**rest * v**LOW * x**LOW + x**rest * u**LOW * y**LOW
    return at_most(y**HIGH * u**LOW + x**HIGH * v**LOW, high)


@cache
def for_pair() -> Theorem:
    """Return p < q, x <= y, u y <= v x |- y^q u^p + x^q v^p <= (y^(q-p) v^p) x^p + (..) y^p."""
    given = (BELOW, at_most(X, Y), at_most(U * Y, V * X))
    powers = [
        discharge(
            instance(
                power_at_most(), {inequalities.u: a, inequalities.w: b, inequalities.e: e}, given
            ),
            K.assume(at_most(a, b)),
        )
        for a, b, e in ((X, Y, HIGH - LOW), (U * Y, V * X, LOW))
    ]
    known = (*given, powers[0].conclusion)
    goal = pairs_say(X, U, Y, V)
    return discharge(
        combine(goal, (Y ** (HIGH - LOW) - X ** (HIGH - LOW), powers[1]), given=known), powers[0]
    )


@cache
def for_equals() -> Theorem:
    """Return p < q, x = y |- the same."""
    same = equal(X, Y)
    goal = pairs_say(X, U, Y, V)
    high, rest, low = (
        then(algebra(equal(X**e, X**e), (BELOW,)), K.assume(same)) for e in (HIGH, HIGH - LOW, LOW)
    )
    return combine(
        goal,
        (V**LOW, high),
        (-(U**LOW) * Y**LOW, rest),
        (-(V**LOW) * Y ** (HIGH - LOW), low),
        given=(BELOW, same),
    )


@cache
def ratios(op: str) -> Theorem:
    """Return S_q(X) S_p(U) <= M S_p(X), M <= S_q(X)^(1-p/q) S_q(U)^(p/q) |- of the norms.

    That is ||U||_p ||X||_q <= ||X||_p ||U||_q, in power sums. With < for `op` in the second.
    """
    pairs = at_most(XQ * UP, MIXED * XP)
    hoelder = Relation(op, MIXED, XQ ** (1 - LOW / HIGH) * UQ ** (LOW / HIGH))
    given = (BELOW, pairs, hoelder)
    scale = XQ ** (LOW / HIGH - 1)
    inner = combine(
        Relation(op, UP * XQ ** (LOW / HIGH), XP * UQ ** (LOW / HIGH)),
        (scale, K.assume(pairs)),
        (scale * XP, K.assume(hoelder)),
        given=given,
    )
    root = to_power(inner, 1 / LOW, given)
    if root is None:
        raise KernelError("no root")
    sides = UP ** (1 / LOW) * XQ ** (1 / HIGH), XP ** (1 / LOW) * UQ ** (1 / HIGH)
    return combine(Relation(op, *sides), (1, root), given=given)
