"""One vector is sparser than another where its entries are largest: masks, thresholds, clipping.

Let u_i, x_i be the magnitudes of two vectors of one length, such that u_i/x_i grows with x_i:
x_i < x_j implies u_i x_j <= u_j x_i. Then ||U||_p/||U||_q <= ||X||_p/||X||_q for p < q. With

    M = sum of x_i^(q-p) u_i^p

the terms (x_j^(q-p) - x_i^(q-p)) (u_j^p x_i^p - u_i^p x_j^p) >= 0, summed over all pairs, say
S_q(X) S_p(U) <= M S_p(X) (Chebyshev), and M <= S_q(X)^(1-p/q) S_q(U)^(p/q) is Hölder's inequality.
Vectors may be of blocks; what all pairs of two blocks say together may also be a premise.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import combinations_with_replacement, permutations
from typing import NamedTuple

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import exponent
from ...language.claim import Claim
from ...language.formulas import (
    Relation,
    at_most,
    equal,
    less,
    negation,
    normal,
)
from ...language.names import LanguageError
from ...language.operations import Abs, Product, Sum, order
from ...language.symbols import positive
from ...language.terms import Norm, PowerSum, PQIndex, Total
from ...language.vectors import (
    Concat,
    Repeat,
    Vector,
    length,
    repeat,
)
from ..tactics import inequalities
from ..tactics.classical import young
from ..tactics.combine import (
    Given,
    combine,
    discharge,
    fresh_index,
    instance,
    ordered,
    power_sum,
    reduced,
    right,
    said_at,
    summed,
)
from ..tactics.lift import exponents_of, factor_of, in_power_sums_of
from ..tactics.roots import POWERS
from ..tactics.sorting import hidden
from ..tactics.unfold import entry_at, folded
from .nonzero import nonzero_from, seen_nonzero
from .norms import to_power
from .signs import added_up, seen
from .star_pairs import (
    HIGH,
    LOW,
    MIXED,
    UP,
    UQ,
    XP,
    XQ,
    U,
    V,
    X,
    Y,
    for_equals,
    for_pair,
    pairs_say,
    ratios,
)

#: blocks of one value that are taken apart
_MOST_APART = 6


class _Block(NamedTuple):
    """Entries of two vectors that stand side by side: of one value each, or by an index."""

    x: Vector
    u: Vector
    count: sp.Expr

    def at(self, index: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
        """Return the magnitudes at an index."""
        return Abs(entry_at(self.x, index)), Abs(entry_at(self.u, index))

    @property
    def is_constant(self) -> bool:
        """Whether each of the two has one value."""
        return isinstance(self.x, Repeat) and isinstance(self.u, Repeat)


class _Ordered(NamedTuple):
    """Two vectors, their blocks side by side, two exponents of which the first is the smaller."""

    x: Vector
    u: Vector
    blocks: tuple[_Block, ...]
    p: sp.Expr
    q: sp.Expr

    def mixed(self, x: sp.Expr, u: sp.Expr) -> sp.Expr:
        """Return the term of M at two magnitudes."""
        return x ** (self.q - self.p) * u**self.p


def by_star_order(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison of two vectors of one length, None if none is found."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    heads = {n for n in sp.preorder_traversal(goal) if isinstance(n, PowerSum | Norm | PQIndex)}
    vectors = sorted({head.args[0] for head in heads if not hidden(head)}, key=order)
    facts = Facts(given)
    if len(vectors) != 2:
        return None
    for p, q in permutations(exponents_of(goal), 2):
        if not facts.positive(q - p):
            continue
        for x, u in permutations(vectors):
            blocks = _side_by_side(x, u)
            strict = goal.op in ("<", ">")
            if blocks is not None and not (strict and not any(b.is_constant for b in blocks)):
                with suppress(KernelError, LanguageError):
                    return _derived(goal, given, _Ordered(x, u, blocks, p, q))
    return None


def _side_by_side(x: Vector, u: Vector) -> tuple[_Block, ...] | None:
    """Return two vectors block by block, None unless they are of blocks of the same lengths."""
    ours, theirs = _parts(x), _parts(u)
    if len(ours) != len(theirs) or any(
        length(a) != length(b) for a, b in zip(ours, theirs, strict=True)
    ):
        return None
    return tuple(_Block(a, b, length(a)) for a, b in zip(ours, theirs, strict=True))


def _parts(vector: Vector) -> list[Vector]:
    if isinstance(vector, Concat):
        return [part for block in vector.args for part in _parts(block)]
    if isinstance(vector, Repeat):
        value, times = vector.args
        if isinstance(times, sp.Integer) and 1 < times <= _MOST_APART:
            return [repeat(value, 1)] * int(times)
    return [vector]


def _derived(goal: Relation, given: Given, pair: _Ordered) -> Derivation:
    facts = [*seen_nonzero(given)]
    for one, other in ((pair.x, pair.u), (pair.u, pair.x)):
        known = (*given, *(fact.conclusion for fact in facts))
        facts.append(discharge(nonzero_from(one, other, known), *facts))
    known = (*given, *(fact.conclusion for fact in facts))
    hoelder = _hoelder(pair, known)
    strict = goal.op in ("<", ">")
    if strict and hoelder.conclusion.args[0].name != "<":
        raise KernelError("it is not seen to be strict")
    proof = Proof()
    pairs = _over_pairs(proof, pair, known)
    proof.show(pairs, "sum over all pairs: Chebyshev's inequality")
    proof.show(hoelder, "Hölder's inequality")
    x, u, p, q = pair.x, pair.u, pair.p, pair.q
    values = {LOW: p, HIGH: q, MIXED: _total(pair, known)}
    values |= {XP: PowerSum(x, p), XQ: PowerSum(x, q), UP: PowerSum(u, p), UQ: PowerSum(u, q)}
    op = hoelder.conclusion.args[0].name
    ratio = discharge(instance(ratios(op), values, known), pairs, hoelder)
    proof.show(ratio, "the two together, and a root")
    heads = {XP: PowerSum(x, p), XQ: PowerSum(x, q), UP: PowerSum(u, p), UQ: PowerSum(u, q)}
    for e in POWERS:
        raised = ratio if e == 1 else to_power(ratio, sp.Integer(e), known)
        if raised is not None:
            with suppress(KernelError):
                shown = discharge(_concluded(goal, raised, heads, known), *facts)
                proof.show(shown, "multiply by a nonnegative factor, by the definitions")
                return proof.done()
    raise KernelError("the goal is not the ratio of these norms")


def _concluded(
    goal: Relation, ratio: Theorem, heads: dict[sp.Symbol, PowerSum], given: Given
) -> Theorem:
    """Prove a goal that is a comparison of power sums times a factor, with letters for the sums."""
    wanted, equations = in_power_sums_of(goal, given)
    letters = {head: positive(letter.name) for letter, head in heads.items()}
    premise, lettered = ratio.conclusion.xreplace(letters), wanted.xreplace(letters)
    factor = factor_of(lettered, premise, given)
    shown = combine(lettered, (factor, K.assume(premise)), given=(*given, premise))
    values = {letter: head for head, letter in letters.items()}
    shown = discharge(K.instantiate(shown, values, given), ratio)
    return folded(goal, shown, equations)


def _sum(term: sp.Expr, index: sp.Symbol, block: _Block, given: Given) -> sp.Expr:
    """Return the sum of a term over a block, worked out."""
    if block.is_constant:
        return block.count * term
    return right(reduced(Total(term, index, block.count), given))


def _total(pair: _Ordered, given: Given) -> sp.Expr:
    """Return M."""
    i = fresh_index(pair.x, pair.u, *given)
    return Sum(*(_sum(pair.mixed(*b.at(i)), i, b, given) for b in pair.blocks))


def _equations(heads: Sequence[PowerSum], given: Given) -> list[Theorem]:
    worked_out = (power_sum(head.args[0], head.args[1], given) for head in heads)
    return [e for e, head in zip(worked_out, heads, strict=True) if right(e) != head]


def _over_pairs(proof: Proof, pair: _Ordered, given: Given) -> Theorem:
    """Prove S_q(X) S_p(U) <= M S_p(X)."""
    x, u, p, q = pair.x, pair.u, pair.p, pair.q
    heads = [PowerSum(x, q), PowerSum(u, p), PowerSum(x, p)]
    goal = at_most(heads[0] * heads[1], _total(pair, given) * heads[2])
    equations = _equations(heads, given)
    wanted = goal.xreplace({e.conclusion.args[1]: right(e) for e in equations})
    parts = []
    for one, other in combinations_with_replacement(pair.blocks, 2):
        if one is other and (one.is_constant or one.u in (one.x, repeat(0, one.count))):
            continue
        scale = sp.Rational(1, 2) if one is other else sp.Integer(1)
        parts.append((scale, _pair(proof, pair, one, other, given)))
    return folded(goal, combine(wanted, *parts, given=given), equations)


def _pair(proof: Proof, pair: _Ordered, one: _Block, other: _Block, given: Given) -> Theorem:
    """Prove what all pairs of an entry of one block and one of another say together."""
    p, q = pair.p, pair.q
    i = fresh_index(pair.x, pair.u, *given)
    j = fresh_index(pair.x, pair.u, *given, i)
    (x, u), (y, v) = one.at(i), other.at(j)
    goal = pairs_say(x, u, y, v).xreplace({LOW: p, HIGH: q})
    at_i = (*given, *(() if one.is_constant else said_at(i, one.count, given)))
    here = (*at_i, *(() if other.is_constant else said_at(j, other.count, given)))
    try:
        each = _for_each(proof, goal, (x, u, y, v), here, (p, q))
    except KernelError:
        return _from_premises(pair, one, other, given)
    if not other.is_constant:
        each = summed(each, j, other.count, at_i)
    if not one.is_constant:
        each = summed(each, i, one.count, given)
    times = [block.count for block in (one, other) if block.is_constant and block.count != 1]
    if not times:
        return each
    low, high = (Product(*times, side) for side in each.conclusion.args[1:])
    return combine(at_most(low, high), (Product(*times), each), given=given)


def _from_premises(pair: _Ordered, one: _Block, other: _Block, given: Given) -> Theorem:
    """Prove what the pairs say together as a premise about sums, to a power and times a factor."""
    p, q = pair.p, pair.q
    i = fresh_index(pair.x, pair.u, *given)
    m, xq, xp, up = (
        [_sum(f(*b.at(i)), i, b, given) for b in (one, other)]
        for f in (pair.mixed, lambda x, _: x**q, lambda x, _: x**p, lambda _, u: u**p)
    )
    goal = at_most(xq[1] * up[0] + xq[0] * up[1], m[1] * xp[0] + m[0] * xp[1])
    for h in given:
        if not isinstance(h, Relation) or h.op in ("=", "!="):
            continue
        for e in (sp.Integer(1), exponent(q - p)):
            fact = to_power(K.assume(h.oriented()), e, given)
            if fact is not None:
                with suppress(KernelError):
                    factor = factor_of(goal, fact.conclusion, given)
                    return combine(goal, (factor, fact), given=given)
    raise KernelError("the pairs do not say so")


def _for_each(
    proof: Proof,
    goal: Relation,
    magnitudes: tuple[sp.Expr, sp.Expr, sp.Expr, sp.Expr],
    here: Given,
    exponents: tuple[sp.Expr, sp.Expr],
) -> Theorem:
    """Prove what one pair of entries says, by which of the two is the larger."""
    x, u, y, v = magnitudes
    powers = dict(zip((LOW, HIGH), exponents, strict=True))
    sides, shares = [], []
    for a, b, c, d in ((x, u, y, v), (y, v, x, u)):
        below = less(a, c)
        at = (*here, below)
        shares.append(seen(at_most(b * c, d * a), below, at))
        values = {X: a, U: b, Y: c, V: d, **powers}
        shown = discharge(instance(for_pair(), values, at), shares[-1])
        sides.append(combine(goal, (1, shown), given=at))
    neither = tuple(negation(less(*two)) for two in ((x, y), (y, x)))
    same = K.antisymmetry(*(K.assume(formula) for formula in neither))
    values = {X: x, U: u, Y: y, V: v, **powers}
    equal_ones = instance(for_equals(), values, (*here, equal(x, y)))
    if normal(same.conclusion) != normal(equal(x, y)):
        same = combine(equal(x, y), (1, same), given=neither)
    third = combine(goal, (1, discharge(equal_ones, same)), given=(*here, *neither))
    proof.show(_telling(shares), "the larger of two entries has no smaller share")
    if not any(step.theorem is for_pair() for step in proof.steps):
        proof.show(for_pair(), "for any such pairs of numbers, by their powers, multiplied out")
    return K.cases(sides[0], K.cases(sides[1], third, less(y, x)), less(x, y))


def _telling(shares: Sequence[Theorem]) -> Theorem:
    """Return the first of two theorems whose premises do not contradict each other."""
    for share in shares:
        relations = [h for h in share.hypotheses if isinstance(h, Relation) and h.op != "!="]
        try:
            added_up(Relation("<", 0, 0), relations, ordered(share.hypotheses))
        except KernelError:
            return share
    return shares[0]


def _hoelder(pair: _Ordered, given: Given) -> Theorem:
    """Prove M <= S_q(X)^(1-p/q) S_q(U)^(p/q), < where that is seen in a block of one value."""
    p, q = pair.p, pair.q
    s, i = p / q, fresh_index(pair.x, pair.u, *given)
    scale = XQ ** (1 - s) * UQ**s
    totals = [
        equal(letter, Sum(*(_sum(b.at(i)[k] ** q, i, b, given) for b in pair.blocks)))
        for k, letter in enumerate((XQ, UQ))
    ]
    parts = [
        (-scale * (1 - s) / XQ, K.assume(totals[0])),
        (-scale * s / UQ, K.assume(totals[1])),
    ]
    op = "<="
    for block in pair.blocks:
        x, u = block.at(i)
        here = (*given, *(() if block.is_constant else said_at(i, block.count, given)))
        values = {inequalities.u: u**q / UQ, inequalities.w: x**q / XQ, inequalities.s: s}
        sides = pair.mixed(x, u), scale * (s * u**q / UQ + (1 - s) * x**q / XQ)
        each = combine(at_most(*sides), (scale, instance(young(), values, here)), given=here)
        if block.is_constant:
            with suppress(KernelError):
                each = combine(less(*sides), given=here)
                op = "<"
            parts.append((block.count, each))
        else:
            parts.append((sp.Integer(1), summed(each, i, block.count, given)))
    shown = combine(Relation(op, _total(pair, given), scale), *parts, given=(*given, *totals))
    values = {XQ: PowerSum(pair.x, q), UQ: PowerSum(pair.u, q)}
    shown = instance(shown, values, given)
    for total, head in zip(totals, values.values(), strict=True):
        worked_out = power_sum(head.args[0], head.args[1], given)
        shown = discharge(shown, combine(total.xreplace(values), (1, worked_out), given=given))
    return shown
