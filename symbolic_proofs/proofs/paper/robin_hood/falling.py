"""From slopes of the wrong order to a transfer by which f = q ln S_p - p ln S_q falls.

A transfer h raises f by pqh (D_p/S_p - D_q/S_q) at most, D_p/S_p at its beginning and D_q/S_q at
its end. D_q falls by 2(1 - q)h b^(q-2) at most and S_q rises by qh D_q at most: where S_q D_p is
below S_p D_q, it stays there for h small enough.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.notation import p, q
from ....kernel import Theorem
from ....language.formulas import Formula, at_most, equal, less
from ....language.operations import Log
from ....language.symbols import positive
from ...tactics import inequalities
from ...tactics.combine import algebra, combine, discharge, instance
from ...tactics.inequalities import power_at_most, power_below, tangent
from ...tactics.letters import named, over_letters
from ...tactics.remembered import cache
from .exhibited import OTHERS
from .gap import BELOW_ONE, GIVEN, A, B, a, b, below_one, slope
from .path import bend, h, letters_at, rises_at_least, rises_at_most, total, value

#: what the giver has at the beginning: a + h
x = positive("x")
_OLD, _NEW = (x, b), (a, b + h)
_DP, _DQ = slope(p, *_OLD), slope(q, *_OLD)
_SP, _SQ = total(p, *_OLD), total(q, *_OLD)
#: by how much h times this S_p D_q - S_q D_p falls at most
_LOSS = q * _DP * _DQ + 2 * (1 - q) * b ** (q - 2) * _SP
_SMALL = at_most(h * _LOSS, _SP * _DQ - _SQ * _DP)


def _from_x(theorem: Theorem) -> Theorem:
    return K.rewrite(named(a + h, x), theorem, False, False)


def _slope_falls() -> Theorem:
    """Return q < 1, b < a |- D_q - 2(1 - q)h b^(q-2) <= D_q after the transfer."""
    given = (BELOW_ONE, less(b, a))
    rate, lost = Log(b + h) - Log(b), (1 - q) * h
    ordered = {inequalities.u: b, inequalities.w: a + h, inequalities.e: 1 - q}
    parts = (
        (b ** (q - 1), tangent((q - 1) * rate, *given)),
        (b ** (q - 1) * (1 - q), tangent(rate, *given)),
        ((a + h) ** (q - 1), bend((a + h) / a, 1 - q, given)),
        (lost / a * ((a + h) * b) ** (q - 1), instance(power_at_most(), ordered, given)),
        (lost * b ** (q - 2) / a, K.assume(given[1])),
    )
    before, after = slope(q, a + h, b), slope(q, *_NEW)
    return _from_x(combine(at_most(before - 2 * lost * b ** (q - 2), after), *parts, given=given))


def _sum_rises() -> Theorem:
    """Return q < 1 |- S_q after the transfer <= S_q + qh D_q."""
    given = (BELOW_ONE,)
    parts = ((a + h) ** q, bend(a / (a + h), q, given)), (b**q, bend((b + h) / b, q, given))
    before = total(q, a + h, b) + q * h * slope(q, a + h, b)
    return _from_x(combine(at_most(total(q, *_NEW), before), *parts, given=given))


def _slope_is_positive(r: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    """Return r < 1, b < x |- 0 < D_r."""
    values = {inequalities.u: b, inequalities.b: x, inequalities.e: 1 - r}
    power = instance(power_below(), values, given)
    return combine(less(0, slope(r, *_OLD)), ((x * b) ** (r - 1), power), given=given)


#: S_q D_p < S_p D_q, beside the others that there are
WRONG = less(_SQ * _DP, _SP * _DQ).xreplace(OTHERS)
_APART = less(b, x)
_ROOM = less(2 * h, x - b)


@cache
def lowered() -> Theorem:
    """Return that f falls by a transfer of h from x to b, for h small."""
    given = (*GIVEN, less(p, 1), _APART)
    signs = [_slope_is_positive(r, given) for r in (p, q)]
    levels = combine(
        at_most(_DP * total(q, *_NEW), slope(q, *_NEW) * _SP),
        (_DP, _sum_rises()),
        (_SP, _slope_falls()),
        (1, K.assume(_SMALL)),
        given=(*given, *(sign.conclusion for sign in signs)),
    )
    letters = letters_at(_OLD, _NEW)
    scale = (_SP * total(q, *_NEW)).xreplace({term: letter for letter, term in letters.items()})
    theorem = over_letters(
        less(value(*_NEW), value(*_OLD)),
        (q, _from_x(K.instantiate(rises_at_most(), {q: p, B: A}, ()))),
        (p, _from_x(K.instantiate(rises_at_least(), {p: q, A: B}, ()))),
        (p * q * h / scale, levels),
        letters=letters,
        given=given,
    )
    theorem = discharge(theorem, *signs, below_one())
    theorem = K.instantiate(theorem, {a: x - h, **OTHERS}, (_ROOM,))
    known, here = (1, K.assume(_ROOM)), (_ROOM,)
    theorem = discharge(theorem, K.both(algebra(equal(x - h + h, x), here)))
    theorem = discharge(theorem, combine(less(b, x - h), known, given=here))
    return discharge(theorem, combine(_APART, known, given=here))


def with_small_transfer(theorem: Theorem) -> Theorem:
    """Prove what asks for h small as `lowered` does, where the slopes are of the wrong order."""
    w, d, g = positive("w"), positive("d"), positive("g")
    transfer = 1 / (w / d + 3 / g)
    shown = algebra(less(2 * transfer, g)), algebra(at_most(transfer * w, d))
    given = (*GIVEN, less(p, 1), _APART)
    lead = _SMALL.right.xreplace(OTHERS)
    signs = (
        algebra(less(0, x - b), (_APART,)),
        combine(less(0, lead), (1, K.assume(WRONG)), given=given),
        *(_slope_is_positive(r, given) for r in (p, q)),
    )
    here = (*given, *(sign.conclusion for sign in signs))
    values = {w: _LOSS.xreplace(OTHERS), d: lead, g: x - b}
    theorem = K.instantiate(theorem, {h: transfer.xreplace(values)}, here)
    theorem = discharge(theorem, *(K.instantiate(each, values, here) for each in shown))
    return discharge(theorem, *signs, below_one())
