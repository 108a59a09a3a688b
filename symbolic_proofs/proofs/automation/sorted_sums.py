"""Rules for measures of sums over sorted entries, such as the Gini index, for entries >= 0.

What weighs an entry by its place is made of S_1 = sum w_i and Q = sum_i sum_j |w_i - w_j|
(`sorting.in_any_order`); the Gini index is Q/(2 N S_1). A measure of S_1, Q and the length has a
criterion if its change is a positive multiple of what a rule shows:

| rule              | what it shows                                                                |
|-------------------|------------------------------------------------------------------------------|
| `by_closer_pairs` | Robin Hood: Q falls, since |x - r| + |y - r| grows with the distance of x, y |
| `by_some_gap`     | Rising Tide: Q > 0, unless all entries are equal                             |
| `by_longer_pairs` | Babies: Q < 2 N S_1, since |x - y| < x + y for x, y > 0                      |
| `by_greatest_one` | Bill Gates: an entry x above all others has Q = Q_R + 2(n x - S_1(R)), and   |
|                   | Q_R < 2(n + 1) S_1(R)                                                        |
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.notation import R_nonnegative, alpha, beta, epsilon, nonzero, u, v
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.claim import Claim
from ...language.formulas import (
    Constant,
    Exists,
    ForAll,
    Formula,
    NonZero,
    Not,
    Relation,
    at_most,
    equal,
    less,
    negation,
    unequal,
)
from ...language.operations import Abs
from ...language.symbols import count, real
from ...language.terms import PowerSum, Total
from ...language.vectors import Vector, VectorSymbol, concat, length
from ..tactics.classical import algebra_of_signs
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    in_power_sums,
    instance,
    left,
    reduced,
    rewrite,
    right,
    settle,
    summed,
    then,
)
from ..tactics.lift import concluded
from ..tactics.remembered import cache
from ..tactics.sorting import sorted_in
from ..tactics.unfold import folded, plain, show_sorted

_I, _J = count("i"), count("j")
_X, _Y = real("x"), real("y")


def gaps(vector: Vector) -> Total:
    """Return Q(V), the sum of |v_i - v_j| over all pairs (i, j)."""
    n = length(vector)
    return Total(Total(Abs(vector[_I] - vector[_J]), _J, n), _I, n)


@cache
def gaps_at_most(vector: VectorSymbol) -> Theorem:
    """Return |- Q(V) <= 2 (N - 1) S_1(V): no gap of two exceeds their sizes, that of one is 0.

    So |v_i| + |v_j| - |v_i - v_j| is not below 0, and for j = i it is 2|v_i|.
    """
    n, one, two = length(vector), vector[_I], vector[_J]
    here = (at_most(_I, n),)
    spare = Abs(one) + Abs(two) - Abs(one - two)
    apart = algebra_of_signs(at_most(Abs(_X + _Y), Abs(_X) + Abs(_Y)))
    apart = K.instantiate(apart, {_X: one, _Y: -two}, (*here, at_most(_J, n)))
    above = combine(at_most(0, spare), (1, apart), given=(*here, at_most(_J, n)))
    same = combine(equal(Abs(spare), spare), given=(*here, at_most(_J, n), above.conclusion))
    total = K.sum_up(discharge(same, above), _J, n)
    own = then(K.summand(left(total), _I, here), total)
    each = combine(at_most(2 * Abs(one), right(own)), (1, own), given=here)
    goal = at_most(gaps(vector), 2 * (n - 1) * PowerSum(vector, 1))
    return combine(goal, (1, summed(each, _I, n)))


def _speaks_of_pairs(statement: Formula) -> bool:
    totals = statement.atoms(Total)
    return any(sorted_in(t) or t.body.has(Total) for t in totals)


# -- Robin Hood -----------------------------------------------------------------------------------


@cache
def _closer() -> Theorem:
    """Return v < u, 2ε < u - v |- |u - ε - x| + |v + ε - x| <= |u - x| + |v - x|."""
    given = (less(v, u), less(2 * epsilon, u - v))
    near = Abs(u - epsilon - _X) + Abs(v + epsilon - _X)
    goal = at_most(near, Abs(u - _X) + Abs(v - _X))
    bounds = v, v + epsilon, u - epsilon, u
    # wherever x stands among v < v + ε < u - ε < u, every absolute value opens
    shown = []
    for place in range(len(bounds) + 1):
        signs = [less(b, _X) if k < place else at_most(_X, b) for k, b in enumerate(bounds)]
        here = (*signs[max(place - 1, 0) : place], *signs[place : place + 1])
        shown.append(settle(algebra(goal, (*given, *signs)), (*given, *here)))
    theorem = shown[-1]
    for bound, case in reversed([*zip(bounds, shown[:-1], strict=True)]):
        theorem = K.cases(case, theorem, at_most(_X, bound))
    return theorem


def by_closer_pairs(claim: Claim) -> Derivation | None:
    """Robin Hood: a transfer that keeps the order of the two brings no pair further apart."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    if not _speaks_of_pairs(goal):
        return None
    proof = Proof()
    rest = R_nonnegative
    old, new = concat(u, v, rest), concat(u - epsilon, v + epsilon, rest)
    here = (*given, at_most(_I, length(rest)))
    pointwise = instance(_closer(), {_X: rest[_I]}, here)
    proof.show(pointwise, "the two come closer to each other around the same middle")
    total = summed(pointwise, _I, length(rest), given)
    proof.show(total, "sum over $i$")
    statement = less(gaps(new), gaps(old))
    wanted, equations = plain(statement, given)
    fewer = combine(wanted, (2, total), given=given)
    proof.show(folded(statement, fewer, equations), "and their own distance falls by $2ε$")
    show_sorted(proof, goal, given)
    concluded(proof, goal, fewer, given, [], "$S_1$ and the length are the same")
    return proof.done()


# -- Rising Tide ----------------------------------------------------------------------------------


def some_gap(vector: VectorSymbol, given: Given) -> Theorem:
    """Prove 0 < Q(W), for a W >= 0 whose entries are not all equal."""
    n, inner = length(vector), Total(Abs(vector[_I] - vector[_J]), _J, length(vector))
    here = (*given, at_most(_I, n))
    differs = unequal(abs(vector[_I]), vector[1])
    weak = algebra(at_most(0, inner), here)
    one = K.summand(inner, sp.Integer(1), (*here, differs))
    strict = combine(less(0, inner), (1, one), given=(*here, differs))
    total = K.sum_up_strictly(weak, strict, differs, _I, n)
    total = discharge(total, K.open_predicate(Not(Constant(vector)), vector[1], given))
    return combine(less(0, gaps(vector)), (1, total))


def by_some_gap(claim: Claim) -> Derivation | None:
    """Rising Tide: Q is the same, S_1 grows."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    vectors = goal.atoms(VectorSymbol)
    if not _speaks_of_pairs(goal) or len(vectors) != 1:
        return None
    proof = Proof()
    (vector,) = vectors
    premise = proof.show(some_gap(vector, given), "some entry is not the first one")
    show_sorted(proof, goal, given)
    concluded(proof, goal, premise, given, [], "the distances are the same, $S_1$ has grown")
    return proof.done()


# -- Babies and Bill Gates ------------------------------------------------------------------------


def below_sums(vector: VectorSymbol, given: Given) -> Theorem:
    """Prove Q(W) < 2 N S_1(W), for a W >= 0 that is not 0."""
    n = length(vector)
    entry, other = vector[_I], vector[_J]
    goal = at_most(Abs(entry - other), entry + other)
    order = at_most(other, entry)
    here = (at_most(_I, n), at_most(_J, n))
    weak = K.cases(algebra(goal, (*here, order)), algebra(goal, (*here, negation(order))), order)
    differs = (unequal(entry, 0), unequal(other, 0))
    apart = (*here, *differs)
    goal = less(*goal.args[1:])
    strict = K.cases(
        algebra(goal, (*apart, order)), algebra(goal, (*apart, negation(order))), order
    )
    row = summed(weak, _J, n, (*given, here[0]))
    somewhere = K.open_predicate(NonZero(vector), None, ())
    strict_row = discharge(K.sum_up_strictly(weak, strict, differs[1], _J, n), somewhere)
    strict_row = in_power_sums(strict_row, (*given, here[0]))
    total = discharge(K.sum_up_strictly(row, strict_row, differs[0], _I, n), somewhere)
    total = in_power_sums(total, given)
    return combine(less(gaps(vector), 2 * n * PowerSum(vector, 1)), (1, total), given=given)


def by_longer_pairs(claim: Claim) -> Derivation | None:
    """Babies: a zero adds 2 S_1 to Q, and 1 to the length."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    vectors = goal.atoms(VectorSymbol)
    if not _speaks_of_pairs(goal) or len(vectors) != 1:
        return None
    proof = Proof()
    (vector,) = vectors
    premise = proof.show(
        below_sums(vector, given), "$|x - y| ≤ x + y$, strictly where both are positive"
    )
    show_sorted(proof, goal, given)
    concluded(proof, goal, premise, given, [], "a zero adds $2·S_1$ to the sum over pairs")
    return proof.done()


def by_greatest_one(claim: Claim) -> Derivation | None:
    """Bill Gates: past β = S_1(R) the entry is above all others."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Exists):
        return None
    inner = goal.body
    if not (isinstance(inner, ForAll) and isinstance(inner.body, Relation)):
        return None
    if not _speaks_of_pairs(goal):
        return None
    proof = Proof()
    rest, n, sum_of_rest = R_nonnegative, length(R_nonnegative), PowerSum(R_nonnegative, 1)
    given = (*given, nonzero(rest)) if nonzero(rest) not in given else given
    in_range = at_most(_I, n)
    part = K.define(sum_of_rest, ())
    part = rewrite(K.summand(right(part), _I, (in_range,)), part, backwards=True)
    proof.show(part, "a term of a sum of terms none of which is negative")
    equations = []
    for x in (u + sum_of_rest, u + sum_of_rest + alpha):
        below = at_most(rest[_I], x)
        over = algebra(equal(Abs(x - rest[_I]), x - rest[_I]), (in_range, below))
        over = discharge(over, combine(below, (1, part), given=(in_range,)))
        total = K.sum_up(over, _I, n)
        equations.append(
            proof.show(then(total, reduced(right(total), given)), "so no other entry is above it")
        )
    premise = below_sums(rest, given)
    premise = combine(less(gaps(rest), 2 * (n + 1) * sum_of_rest), (1, premise), given=given)
    proof.show(premise, "$|x - y| ≤ x + y$, strictly where both are positive")
    at_sum = inner.body.xreplace({beta: sum_of_rest})
    show_sorted(proof, at_sum, given)
    risen = concluded(proof, at_sum, premise, given, [], "so it rises with $α$", more=equations)
    for_all = K.generalise(risen, (), (alpha,))
    proof.show(K.exhibit(for_all, goal, (sum_of_rest,)), "$β = S_1(R)$ will do")
    return proof.done()


RULES = (by_closer_pairs, by_some_gap, by_longer_pairs, by_greatest_one)
