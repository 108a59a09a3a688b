"""Robin Hood holds for p < q < 1 where the other entries are few enough.

The slopes leave room for t > 0 beside S_p. So (S_p + t)^q/S_q^p does not fall along the transfer,
and S_p^q/S_q^p, without t, rises.
"""

from __future__ import annotations

import sympy as sp

from .... import kernel as K
from ....claims.catalogue import LIBRARY, find_claim
from ....claims.notation import R_nonnegative, epsilon, p, q, u, v
from ....derivations.derivation import Derivation, Proof
from ....kernel import Theorem
from ....language.formulas import Formula, at_most, less
from ....language.operations import Log
from ....language.symbols import positive, real
from ....language.terms import PowerSum
from ...tactics import inequalities
from ...tactics.combine import Given, algebra, combine, discharge, instance, left, right
from ...tactics.inequalities import logarithm_below, power_at_most, power_below, tangent
from ...tactics.letters import itself, over_letters
from ...tactics.remembered import cache
from ...tactics.steps import i, in_the_limit, n
from ...tactics.unfold import conclude
from .. import transfers
from ..transfers import spread
from .gap import GIVEN, REGION, ROOM, A, B, a, b, below_one, gap, sums, t
from .path import RISE, SLACK, almost, amount, giver, taker, y

#: S_p and S_q
Sums = tuple[sp.Expr, sp.Expr]

_APART = less(y + amount, a)


#: k + 1/k - 2 for √a/√b^(q-p)
_S = (q - p) / 4
_K = (a / b) ** _S


def spare(k: sp.Expr) -> sp.Expr:
    """Return k + 1/k - 2."""
    return k + 1 / k - 2


def _along(extra: sp.Expr, room: Theorem, given: tuple[Formula, ...]) -> Theorem:
    """Return f(a + ε, y) <= f(a, y + ε), `extra` beside S_p, from the room for it at each step."""
    inside = at_most(i, n)
    here = (*given, inside)
    slopes = K.instantiate(gap(), {a: giver(i), b: taker(i), t: extra}, here)
    parts = (1, K.assume(_APART)), (2 * amount / n, K.assume(inside))
    slopes = discharge(slopes, combine(less(taker(i), giver(i)), *parts, given=here), room)
    values = {A: PowerSum(R_nonnegative, p) + extra, B: PowerSum(R_nonnegative, q)}
    theorem = K.instantiate(almost(), values, given)
    within = combine(at_most(i * (amount / n), amount), (amount / n, K.assume(inside)))
    slopes = K.weaken(K.both(slopes), (within.conclusion,))
    theorem = discharge(theorem, K.every(slopes, i, n), K.every(within, i, n))
    return in_the_limit(theorem, RISE.xreplace(values), SLACK, given, q)


def _spare(k: sp.Expr, *given: Formula) -> Theorem:
    """Return 0 <= k + 1/k - 2."""
    parts = [(1, tangent(sign * Log(k), *GIVEN, *given)) for sign in (1, -1)]
    return combine(at_most(0, spare(k)), *parts, given=(*GIVEN, *given))


@cache
def weakly() -> Theorem:
    """Return y + ε < a |- f(a + ε, y) <= f(a, y + ε)."""
    given = (*GIVEN, REGION, _APART)
    room = combine(at_most(0, ROOM), ((a * b) ** (p / 2), _spare(_K)), given=GIVEN)
    here = (*given, at_most(i, n))
    return _along(sp.Integer(0), K.instantiate(room, {a: giver(i), b: taker(i)}, here), given)


@cache
def _room() -> Theorem:
    """Return that there is room for what there is room for at the end, and no more than y^p times.

    At the end are c and d, and a and b before: y <= b <= d < c <= a.
    """
    c, d, x, k = (positive(name) for name in "cdxk")
    order = at_most(y, b), at_most(b, d), less(d, c), at_most(c, a)
    given = (*GIVEN, *order)
    least = (c / d) ** _S
    above = at_most(1, x), at_most(x, k)
    both = combine(at_most(1, x * k), *((1, K.assume(f)) for f in above), given=above)
    known = (*above, both.conclusion)
    part = 1 - 1 / (k * x), K.assume(above[1])
    rises = combine(at_most(spare(x), spare(k)), part, given=known)
    rises = K.instantiate(discharge(rises, both), {x: least, k: _K}, given)
    far = combine(less(1, c / d), (1 / d, K.assume(order[2])), given=given)
    steps = (1 / d, K.assume(order[3])), (a / (b * d), K.assume(order[1]))
    farther = combine(at_most(c / d, a / b), *steps, given=given)
    first = discharge(_power(sp.Integer(1), c / d, _S, given), combine(at_most(1, c / d), (1, far)))
    second = discharge(_power(c / d, a / b, _S, given), farther)
    first = combine(at_most(1, least), (1, first), given=given)
    rises = discharge(rises, first, combine(at_most(least, _K), (1, second), given=given))
    apart = combine(at_most(y, a), *((1, K.assume(f)) for f in order), given=given)
    steps = (a, K.assume(order[0])), (y, apart)
    product = combine(at_most(y * y, a * b), *steps, given=given)
    product = discharge(_power(y * y, a * b, p / 2, given), product)
    goal = at_most(y**p * spare(least), ROOM)
    here = (*given, at_most(0, spare(least)))
    theorem = combine(goal, (spare(least), product), ((a * b) ** (p / 2), rises), given=here)
    return discharge(theorem, _spare(least, *given))


@cache
def _rises_more() -> Theorem:
    """Return s < S |- ln(S + t) - ln(s + t) < ln S - ln s."""
    low, high, more = positive("s"), positive("S"), positive("t")
    known = K.assume(less(low, high))
    part = more / (low * (low + more)), known
    share = combine(less((high + more) / (low + more), high / low), part)
    values = {inequalities.a: left(share), inequalities.b: right(share)}
    goal = less(Log(high + more) - Log(low + more), Log(high) - Log(low))
    return combine(goal, (1, discharge(instance(logarithm_below(), values), share)))


def _power(low: sp.Expr, high: sp.Expr, e: sp.Expr, given: tuple[Formula, ...]) -> Theorem:
    values = {inequalities.u: low, inequalities.w: high, inequalities.e: e}
    return instance(power_at_most(), values, given)


@cache
def strictly() -> Theorem:
    """Return y + ε < a, 0 < y |- f(a + ε, y) < f(a, y + ε)."""
    end = y + amount
    there = less(0, y)
    least = (a / end) ** _S
    extra = y**p * spare(least)
    given = (*GIVEN, REGION, _APART, there)
    inside = at_most(i, n)
    here = (*given, inside)
    c, d = positive("c"), positive("d")
    room = K.instantiate(_room(), {a: giver(i), b: taker(i), c: a, d: end}, here)
    part = amount / n
    order = (
        algebra(at_most(y, taker(i))),
        combine(at_most(taker(i), end), (part, K.assume(inside))),
        combine(at_most(a, giver(i)), (part, K.assume(inside))),
    )
    room = discharge(room, *order)
    parts = (1, K.assume(at_most(t, extra))), (1, room)
    letters = {real("x"): right(room), real("z"): extra}
    room = over_letters(at_most(t, right(room)), *parts, letters=letters, given=here)
    theorem = _along(t, room, (*given, at_most(t, extra)))
    more = positive("t")
    theorem = K.instantiate(theorem, {t: more}, given)
    # S_p itself rises
    before, after = sums(p, a + amount, y), sums(p, a, end)
    values = {transfers.a: a, transfers.b: end, transfers.d: amount, transfers.r: p}
    spread_ = discharge(instance(spread(False), values, (*given, less(p, 1))), below_one())
    spread_ = combine(less(before, after), (1, spread_), given=(*given, less(p, 1)))
    spread_ = discharge(spread_, below_one())
    values = {positive("s"): before, positive("S"): after}
    shown = discharge(K.instantiate(_rises_more(), values, given), spread_)
    sides = before, after, before + more, after + more, sums(q, a + amount, y), sums(q, a, end)
    letters = {real(f"L{k}"): Log(side) for k, side in enumerate(sides)}
    goal = less(0, RISE.xreplace({A: PowerSum(R_nonnegative, p), B: PowerSum(R_nonnegative, q)}))
    theorem = over_letters(goal, (1, theorem), (q, shown), letters=letters, given=given)
    # there is room for something
    far = combine(less(1, a / end), (1 / end, K.assume(_APART)), given=given)
    values = {inequalities.u: sp.Integer(1), inequalities.b: a / end, inequalities.e: _S}
    far = discharge(instance(power_below(), values, given), far)
    off = combine(less(1, least), (1, far), given=given)
    gain = combine(less(0, spare(least)), (1 - 1 / least, off), given=(*given, off.conclusion))
    gain = combine(less(0, extra), (y**p, discharge(gain, off)), given=given)
    theorem = K.instantiate(theorem, {more: extra}, (*given, gain.conclusion))
    return discharge(theorem, itself(extra, given, at_most), gain)


@cache
def rises() -> Theorem:
    """Return y + ε < a |- f(a + ε, y) < f(a, y + ε), for y = 0 as well: in two halves."""
    given = (*GIVEN, REGION, _APART)
    half = amount / 2
    first = K.instantiate(weakly(), {a: a + half, amount: half}, given)
    second = K.instantiate(strictly(), {y: y + half, amount: half}, given)
    goal = less(0, RISE.xreplace({A: PowerSum(R_nonnegative, p), B: PowerSum(R_nonnegative, q)}))
    theorem = combine(goal, (1, first), (1, second), given=given)
    parts = (1, K.assume(_APART))
    return discharge(
        theorem,
        combine(less(y + half, a + half), parts, given=given),
        algebra(less(0, y + half)),
        combine(less(y + half + half, a), parts, given=given),
    )


def norms_compared(known: Theorem, low: Sums, high: Sums, given: Given) -> Theorem:
    """Return that the ratio of norms is less for one S_p and S_q than for others.

    `known` says that q ln S_p - p ln S_q is.
    """
    letters = map(positive, "ABPQ")
    lemma = K.instantiate(_ratio_of_norms(), dict(zip(letters, (*low, *high), strict=True)), given)
    (wanted,) = lemma.hypotheses - {*given}
    return discharge(lemma, combine(wanted, (1, known), given=given))


@cache
def _ratio_of_norms() -> Theorem:
    """Return 0 < (q ln P - p ln Q) - (q ln A - p ln B) |- A^(1/p)/B^(1/q) < P^(1/p)/Q^(1/q)."""
    low, high = (positive("A"), positive("B")), (positive("P"), positive("Q"))
    rise = q * Log(high[0]) - p * Log(high[1]) - (q * Log(low[0]) - p * Log(low[1]))
    old, new = (one ** (1 / p) / other ** (1 / q) for one, other in (low, high))
    parts = (old, tangent(rise / (p * q))), (old / (p * q), K.assume(less(0, rise)))
    return combine(less(old, new), *parts)


def few_entries() -> Derivation:
    """Robin Hood for p < q < 1, the other entries being few."""
    claim = find_claim("criteria.robin-hood.few-entries", LIBRARY)
    given = tuple(claim.given)
    proof = Proof()
    reason = "with $D_r = b^(r-1) - a^(r-1)$, $r·D_r$ is the slope of $S_r$ where $a$ gives to $b$"
    proof.show(gap(), f"{reason}; room for $t$")
    proof.show(
        weakly(), "$k$ equal steps, which lose a multiple of $1/k^q$ together; $k$ is any count"
    )
    proof.show(
        strictly(),
        "the same with some $t > 0$ beside $S_p$: without it $S_p$ rises by a larger factor",
    )
    proof.show(rises(), "one half of the transfer after the other")
    known = K.instantiate(rises(), {a: u - epsilon, y: v, amount: epsilon}, given)
    apart = combine(less(v + epsilon, u - epsilon), (1, K.assume(given[-1])), given=given)
    known = proof.show(discharge(known, apart), "put $a = u - ε$, $b = v$, $t = ε$")
    old, new = ((sums(p, *pair), sums(q, *pair)) for pair in ((u, v), (u - epsilon, v + epsilon)))
    lemma = norms_compared(known, old, new, given)
    scale = (R_nonnegative.args[1] + 2) ** (1 / q - 1 / p)
    reason = "$1 + x ≤ e^x$, the rise over $p·q$ put for $x$"
    conclude(proof, claim.conclusion, (scale, lemma), given=given, reason=reason)
    return proof.done()


PROOFS = {"criteria.robin-hood.few-entries": few_entries}
