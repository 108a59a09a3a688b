"""The triangle inequality: for sums of any terms, with factors, of more than two, turned round.

Minkowski's inequality is shown for two terms that depend on an index, a and b: for r >= 1

    (sum of |a + b|^r)^(1/r) <= (sum of |a|^r)^(1/r) + (sum of |b|^r)^(1/r),

each term by the convexity of the power at the shares that the two norms have of their sum. A goal
speaks of several sums of powers; one of them is of a sum of what the others are of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product
from typing import NamedTuple

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, equal, less, negation
from ...language.names import LanguageError
from ...language.operations import Abs, Product, Sum, base_and_exponent, factors, order, summands
from ...language.symbols import nonnegative, positive, real
from ...language.terms import Norm, PowerSum, Total
from ...language.vectors import Entry, VectorSymbol, is_nonnegative_vector, length, vector
from ...rational_terms import coefficient, expanded
from ..tactics import inequalities
from ..tactics.classical import algebra_of_signs, convex_power
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    fresh_index,
    in_power_sums,
    instance,
    left,
    reduced,
    rewrite,
    right,
    said_at,
    summed,
    then,
)
from ..tactics.flat import flat
from ..tactics.inequalities import power_at_most, zero_by_size
from ..tactics.lift import factor_of
from ..tactics.remembered import cache
from ..tactics.sorting import hidden
from ..tactics.unfold import entry_at, folded, plain
from .identities import X, without_bars

#: vectors of a goal, and terms that make up another
_MOST_SUMS, _MOST_TERMS = 6, 4

_A, _B, _R = positive("a"), positive("b"), positive("r")
_X, _Y = real("x"), real("y")


@cache
def _triangle() -> Theorem:
    """Return |- |x + y| <= |x| + |y|."""
    return algebra_of_signs(at_most(Abs(_X + _Y), Abs(_X) + Abs(_Y)))


@cache
def _each() -> Theorem:
    """Return r >= 1 |- |x + y|^r <= (a + b)^r (a/(a + b) |x|^r/a^r + b/(a + b) |y|^r/b^r)."""
    given, whole = (Relation(">=", _R, 1),), _A + _B
    values = {
        inequalities.u: Abs(_X) / _A,
        inequalities.w: Abs(_Y) / _B,
        inequalities.s: _A / whole,
    }
    convex = instance(convex_power(), values, given)
    sizes = {inequalities.u: Abs(_X + _Y), inequalities.w: Abs(_X) + Abs(_Y), inequalities.e: _R}
    power = discharge(instance(power_at_most(), sizes, given), _triangle())
    side = _A / whole * (Abs(_X) / _A) ** _R + _B / whole * (Abs(_Y) / _B) ** _R
    goal = at_most(Abs(_X + _Y) ** _R, whole**_R * side)
    return combine(goal, (1, power), (whole**_R, convex), given=given)


@cache
def _roots() -> Theorem:
    """Return s <= (a + b)^r |- s^(1/r) <= a + b."""
    total, whole = inequalities.u, _A + _B
    given = (at_most(total, whole**_R),)
    values = {inequalities.w: whole**_R, inequalities.e: 1 / _R}
    root = discharge(instance(power_at_most(), values, given), K.assume(given[0]))
    return combine(at_most(total ** (1 / _R), whole), (1, root), given=given)


@cache
def _alone() -> Theorem:
    """Return x = 0 |- |x + y|^r = |y|^r."""
    zero, power = equal(_X, 0), Abs(_X + _Y) ** _R
    shown = then(algebra(equal(power, power)), K.assume(zero))
    return combine(equal(power, Abs(_Y) ** _R), (1, shown), given=(zero,))


class _Norm(NamedTuple):
    """The sum of |term|^exponent over an index up to a count, whose root is meant."""

    term: sp.Expr
    exponent: sp.Expr
    count: sp.Expr

    def total(self, i: sp.Symbol) -> Total:
        """Return the sum."""
        return Total(Abs(self.term) ** self.exponent, i, self.count)


def minkowski(one: _Norm, two: sp.Expr, i: sp.Symbol, given: Given) -> Theorem:
    """Prove Minkowski's inequality for the terms a of a norm and others, b, over the same index."""
    other, whole = one._replace(term=two), one._replace(term=one.term + two)
    e = one.exponent
    if e == 1:
        here = (*given, *said_at(i, one.count, given))
        each = instance(_triangle(), {_X: one.term, _Y: two}, here)
        return summed(each, i, one.count, given)
    first, second, total = (right(reduced(n.total(i), given)) for n in (one, other, whole))
    goal = at_most(total ** (1 / e), first ** (1 / e) + second ** (1 / e))
    signs = less(0, first), less(0, second)
    inside = _where_both(one, two, i, (*given, *signs), (first, second))
    inside = combine(goal, (1, inside), given=(*given, *signs))
    outside = _where_none(goal, other, one.term, i, (*given, signs[0], negation(signs[1])))
    none = _where_none(goal, one, two, i, (*given, negation(signs[0])))
    return K.cases(K.cases(inside, outside, signs[1]), none, signs[0])


def _where_both(
    one: _Norm, two: sp.Expr, i: sp.Symbol, given: Given, sums: tuple[sp.Expr, sp.Expr]
) -> Theorem:
    e, whole = one.exponent, _A + _B
    here = (*given, *said_at(i, one.count, given))
    each = instance(_each(), {_X: one.term, _Y: two, _R: e}, here)
    total = summed(each, i, one.count, given)
    norms = [equal(letter**e, s) for letter, s in zip((_A, _B), sums, strict=True)]
    parts = [
        (-(whole**e) * letter / (whole * letter**e), K.assume(said))
        for letter, said in zip((_A, _B), norms, strict=True)
    ]
    bound = combine(at_most(left(total), whole**e), (1, total), *parts, given=(*given, *norms))
    root = instance(_roots(), {inequalities.u: left(total), _R: e}, (*given, *norms))
    values = {_A: sums[0] ** (1 / e), _B: sums[1] ** (1 / e)}
    return instance(discharge(root, bound), values, given)


def _where_none(goal: Relation, none: _Norm, other: sp.Expr, i: sp.Symbol, given: Given) -> Theorem:
    """Prove the inequality where one of the sums is not above 0: all its terms are 0."""
    e, here = none.exponent, (*given, *said_at(i, none.count, given))
    meaning = reduced(none.total(i), given)
    part = then(K.summand(none.total(i), i, here), meaning)
    small = at_most(left(part), 0)
    zero = combine(small, (1, part), (1, K.assume(given[-1])), given=here)
    values = {inequalities.u: left(part), inequalities.w: sp.Integer(0), inequalities.e: 1 / e}
    root = discharge(instance(power_at_most(), values, here), zero)
    root = combine(at_most(Abs(none.term), 0), (1, root), given=here)
    zero = discharge(instance(zero_by_size(), {_X: none.term}, here), root)
    same = discharge(instance(_alone(), {_X: none.term, _Y: other, _R: e}, here), zero)
    same = in_power_sums(K.sum_up(same, i, none.count), given)
    power = then(algebra(equal(goal.left, goal.left), given), same)
    return combine(goal, (1, power), given=given)


def by_triangles(claim: Claim) -> Derivation | None:
    """Return a derivation by the triangle inequality, None if no sum is made of the others."""
    vectors = claim.statement.atoms(VectorSymbol)
    signed = {
        v: vector(v.name, length(v))
        for v in sorted(vectors, key=order)
        if is_nonnegative_vector(v) and not v.indices
    }
    if not signed:
        return _of_any_signs(claim)
    # entries of which no sign is known keep their bars, and squares are not multiplied out
    given = tuple(h.xreplace(signed) for h in claim.given)
    found = _of_any_signs(replace(claim, given=given, conclusion=claim.conclusion.xreplace(signed)))
    if found is None:
        return _of_any_signs(claim)
    proof, back = Proof(list(found.steps)), {new: old for old, new in signed.items()}
    with suppress(KernelError, LanguageError):
        at = K.instantiate(found.theorem, back, tuple(claim.given))
        proof.show(at, "which holds for entries that are not negative as well")
        return proof.done()
    return None


def _of_any_signs(claim: Claim) -> Derivation | None:
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    i = fresh_index(goal, *given)
    barred = _with_bars(goal, i, given)
    written, goal = goal, goal.xreplace({left(e): right(e) for e in barred})
    norms = _norms(goal, i, given)
    if len(norms) > _MOST_SUMS or not any(isinstance(n.term, Sum) for n in norms):
        return None
    try:
        wanted, equations = plain(goal, given)
    except KernelError:
        return None
    for norm in norms:
        for terms in _made_of(norm, norms):
            proof = Proof()
            with suppress(KernelError, LanguageError):
                lettered, values = _in_letters(terms, i, given)
                stated = _stated(norm, lettered, i, given)
                here = stated.xreplace(values)
                # whether it gives the goal is seen first: its proof takes longer
                factor = factor_of(wanted, here, given)
                shown = combine(wanted, (factor, K.assume(here)), given=given)
                known = K.instantiate(_chain(stated, norm, lettered, i, given), values, given)
                proof.show(known, "Minkowski's inequality")
                shown = folded(goal, discharge(shown, known), equations)
                shown = rewrite(shown, *barred, backwards=True)
                if shown.conclusion == written:
                    proof.show(shown, "so, by the definitions")
                    return proof.done()
    return None


def _with_bars(goal: Relation, i: sp.Symbol, given: Given) -> list[Theorem]:
    """Return sums of x^2 as sums of |x|^2, which are not multiplied out."""
    found = []
    for total in sorted(goal.atoms(Total), key=order):
        base, e = base_and_exponent(total.at(i))
        if hidden(total) or not isinstance(base, Sum) or not (e.is_Integer and e % 2 == 0):
            continue
        here = (*given, *said_at(i, total.args[2], given))
        same = instance(without_bars(e), {X: base}, here)
        same = combine(equal(base**e, Abs(base) ** e), (-1, same), given=here)
        found.append(K.sum_up(same, i, total.args[2]))
    return found


def _in_letters(
    terms: Sequence[sp.Expr], i: sp.Symbol, given: Given
) -> tuple[list[sp.Expr], dict[sp.Symbol, sp.Expr]]:
    """Return terms with letters for the factors that are sums, and what the letters stand for."""
    facts, found = Facts(given), []
    values: dict[sp.Symbol, sp.Expr] = {}
    for k, term in enumerate(terms, 1):
        factor = Product(*(f for f in factors(term) if not f.has(i)))
        if factor.has(Sum):
            letter = (nonnegative if facts.nonnegative(factor) else real)(f"c{k}")
            values[letter] = factor
            found.append(letter * Product(*(f for f in factors(term) if f.has(i))))
        else:
            found.append(term)
    return found, values


def _norms(goal: Relation, i: sp.Symbol, given: Given) -> list[_Norm]:
    """Return the norms that a goal speaks of, as it is written: a square is not multiplied out."""
    found, facts = [], Facts(given)
    for node in sp.preorder_traversal(goal):
        if hidden(node):
            continue
        if isinstance(node, Norm | PowerSum):
            vector, e = node.args
            found.append(_Norm(entry_at(vector, i), e, length(vector)))
        elif isinstance(node, Total):
            base, e = base_and_exponent(node.at(i))
            if isinstance(base, Abs) or (e.is_Integer and int(e) % 2 == 0):
                term = base.args[0] if isinstance(base, Abs) else base
                found.append(_Norm(term, e, node.args[2]))
    return [n for n in dict.fromkeys(found) if facts.nonnegative(n.exponent - 1)]


def _made_of(norm: _Norm, norms: Sequence[_Norm]) -> Iterator[tuple[sp.Expr, ...]]:
    """Yield terms that add up to those of a norm: its own, and those of other norms."""
    entries = sorted(norm.term.atoms(Entry), key=order)
    by_entry = tuple(coefficient(norm.term, e) * e for e in entries)
    for own in dict.fromkeys((by_entry, summands(norm.term))):
        if 1 < len(own) <= _MOST_TERMS and expanded(norm.term - Sum(*own)) == 0:
            yield own
    others = [n.term for n in norms if n != norm and n[1:] == norm[1:]]
    for number in range(2, min(len(others), _MOST_TERMS - 1) + 1):
        for chosen in combinations(others, number):
            for signs in product((1, -1), repeat=number):
                terms = tuple(s * t for s, t in zip(signs, chosen, strict=True))
                if expanded(norm.term - Sum(*terms)) == 0:
                    yield terms


def _stated(norm: _Norm, terms: Sequence[sp.Expr], i: sp.Symbol, given: Given) -> Relation:
    """State that a norm is at most the sum of those of the terms."""
    e = norm.exponent
    each = (norm._replace(term=t) for t in (Sum(*terms), *terms))
    whole, *parts = (flat(right(reduced(n.total(i), given)) ** (1 / e), given) for n in each)
    return at_most(whole, Sum(*parts))


def _chain(
    goal: Relation, norm: _Norm, terms: Sequence[sp.Expr], i: sp.Symbol, given: Given
) -> Theorem:
    """Prove that a norm is at most the sum of those of the terms, one more term at a time."""
    parts, so_far = [], norm._replace(term=terms[0])
    for term in terms[1:]:
        parts.append((sp.Integer(1), minkowski(so_far, term, i, given)))
        so_far = so_far._replace(term=so_far.term + term)
    return combine(goal, *parts, given=given)
