"""Where a transfer lowers f = q ln S_p - p ln S_q for 1 < p < q: beside others that are large.

It lowers S_p by d_p > 0 and S_q by d_q > 0, and so f where d_q S_p <= d_p S_q, S_p before and S_q
after it. With n others of z each that is so where z^(q-p) is 1 + d_q (n + T_p)/(d_p n), T_p the
two's own part of S_p.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.notation import LESS, p, q
from ....kernel import Theorem
from ....language.formulas import Formula, at_most, less
from ....language.operations import Log
from ....language.symbols import positive
from ...tactics import inequalities
from ...tactics.combine import algebra, combine, discharge, instance
from ...tactics.inequalities import power_at_most, tangent
from ...tactics.remembered import cache
from .. import transfers
from ..transfers import spread
from .exhibited import OTHERS, n, z
from .gap import a, b
from .path import h, total, value

ABOVE_ONE = less(1, p)
_ROOM = less(b + h, a)
_GIVEN = (LESS, ABOVE_ONE, _ROOM)
_OLD, _NEW = (a + h, b), (a, b + h)
_Z = positive("Z")


def _sum(r: sp.Expr, two: tuple[sp.Expr, sp.Expr]) -> sp.Expr:
    return total(r, *two).xreplace(OTHERS)


_SP, _SQ = _sum(p, _OLD), _sum(q, _NEW)


def _fall(r: sp.Expr) -> sp.Expr:
    """Return by how much S_r falls."""
    return (a + h) ** r + b**r - a**r - (b + h) ** r


def _falls(r: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return 1 < r, b + h < a |- 0 < d_r."""
    values = {transfers.a: a, transfers.b: b + h, transfers.d: h, transfers.r: r}
    spread_ = instance(spread(True), values, given)
    spread_ = discharge(spread_, combine(at_most(b + h, a), (1, K.assume(_ROOM))))
    return combine(less(0, _fall(r)), (1, spread_), given=given)


@cache
def lowered() -> Theorem:
    """Return 1 < p, b + h < a |- f falls by a transfer of h from a + h to b, for z large."""
    weighed = at_most(_fall(q) * _SP, _fall(p) * _SQ)
    parts = (
        (q, tangent(Log(_sum(p, _NEW)) - Log(_SP))),
        (p, tangent(Log(_sum(q, _OLD)) - Log(_SQ))),
        (p / (_SP * _SQ), K.assume(weighed)),
        ((q - p) / _SP, _falls(p, _GIVEN)),
    )
    goal = less(value(*_NEW), value(*_OLD)).xreplace(OTHERS)
    return combine(goal, *parts, given=_GIVEN)


def with_large_others(theorem: Theorem) -> Theorem:
    """Prove what asks for z large as `lowered` does, where there are others at all."""
    some, root = less(0, n), _Z ** (p / (q - p))
    signs = _falls(p, _GIVEN), _falls(q, (*_GIVEN, less(1, q)))
    given = (*_GIVEN, some, *(sign.conclusion for sign in signs))
    two = (a + h) ** p + b**p
    large = at_most(_fall(q) * (n + two), _fall(p) * n * _Z)
    above = at_most(1, _Z)
    values = {inequalities.u: sp.Integer(1), inequalities.w: _Z, inequalities.e: p / (q - p)}
    power = instance(power_at_most(), values, (*given, above))
    each = {z: _Z ** (1 / (q - p))}
    wanted = at_most(_fall(q) * _SP, _fall(p) * _SQ).xreplace(each)
    parts = (root, K.assume(large)), (_fall(q) * two, power), (a**q + (b + h) ** q, signs[0])
    weighed = combine(wanted, *parts, given=(*given, above))
    theorem = discharge(K.instantiate(theorem, each, (*given, above)), weighed)
    d, f, m = positive("d"), positive("f"), positive("m")
    enough = 1 + f * (n + m) / (d * n)
    shown = (
        algebra(at_most(f * (n + m), d * n * enough), (some,)),
        algebra(above.xreplace({_Z: enough}), (some,)),
    )
    values = {d: _fall(p), f: _fall(q), m: two}
    theorem = K.instantiate(theorem, {_Z: enough.xreplace(values)}, given)
    theorem = discharge(theorem, *(K.instantiate(each, values, given) for each in shown))
    return discharge(theorem, *signs, combine(less(1, q), *((1, K.assume(f)) for f in _GIVEN[:2])))
