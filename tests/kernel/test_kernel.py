"""Every rule of the kernel: what it gives, and a refusal for each of its side conditions."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from numeric_check.spot_check.recheck import recheck
from symbolic_proofs import kernel
from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import RULES, KernelError, Theorem
from symbolic_proofs.language.formulas import (
    And,
    Constant,
    Every,
    Exists,
    ForAll,
    Iff,
    NonZero,
    Not,
    Relation,
    Some,
    at_most,
    equal,
    less,
    negation,
    unequal,
)
from symbolic_proofs.language.operations import Abs, Ceiling, Exp, Log
from symbolic_proofs.language.sums import CountAtMost, NonzeroTotal, ShortestWindow
from symbolic_proofs.language.symbols import count, nonnegative, positive, real, size
from symbolic_proofs.language.terms import (
    Greatest,
    Least,
    NonzeroCount,
    OnNonzero,
    PowerSum,
    PQIndex,
    Total,
    definition,
)
from symbolic_proofs.language.vectors import (
    Map,
    Sorted,
    Steps,
    concat,
    copies,
    length,
    repeat,
    vector,
)

a, b, p, q = map(positive, "abpq")
x, y, z = map(real, "xyz")
u = nonnegative("u")
N, i, j, k = map(count, "Nijk")
n = size("n")
W, V, R = vector("W", N), vector("V", N), vector("R", n)
P = vector("P", N, nonnegative=True)
ORDER = less(p, q)
UV = concat(W, R)


def by_algebra(goal: Any, *hypotheses: Any) -> Theorem:
    return K.arithmetic(goal, (), hypotheses)


def same(term: Any, *hypotheses: Any) -> Theorem:
    return by_algebra(equal(term, term), *hypotheses)


def given(*formulas: Any) -> frozenset[Any]:
    return frozenset(formulas)


below, above = K.assume(at_most(x, y)), K.assume(at_most(y, x))
over = Total(Abs(UV[i]) ** p, i, length(UV))
steps = copies(W, n)
weight = OnNonzero(x * Log(x), x, u)
positive_entries = Every(less(0, concat(x, R)[i]), i, n + 1)
entries = K.assume(at_most(W[i], V[i]))
ascending = Sorted(UV)
top, bottom = Greatest(W[i], i, N), Least(W[i], i, N)
half = Ceiling(N / 2)
few = (at_most(k, N), at_most(j, 2 * N), less(2 * (k - 1), j), at_most(j, 2 * k))
strictly = K.assume(less(W[i], V[i]))

#: rule -> a theorem that it makes, its hypotheses, its conclusion
MADE: dict[str, tuple[Callable[[], Theorem], frozenset[Any], Any]] = {
    "assume": (lambda: K.assume(ORDER), given(ORDER), ORDER),
    "weaken": (lambda: K.weaken(same(x), (ORDER,)), given(ORDER), equal(x, x)),
    "cut": (
        lambda: K.cut(by_algebra(less(p, q + 1), ORDER), K.assume(less(p, q + 1))),
        given(ORDER),
        less(p, q + 1),
    ),
    "cases": (
        lambda: K.cases(
            by_algebra(at_most(0, x**2), equal(x, 0)),
            by_algebra(at_most(0, x**2), unequal(x, 0)),
            equal(x, 0),
        ),
        given(),
        at_most(0, x**2),
    ),
    "absurd": (
        lambda: K.absurd(K.assume(less(x, y)), K.assume(at_most(y, x)), less(y, y)),
        given(less(x, y), at_most(y, x)),
        less(y, y),
    ),
    "antisymmetry": (
        lambda: K.antisymmetry(below, above),
        given(at_most(x, y), at_most(y, x)),
        equal(x, y),
    ),
    "instantiate": (
        lambda: K.instantiate(by_algebra(less(0, q - p), ORDER), {p: a, q: a + b}, ()),
        given(less(a, a + b)),
        less(0, a + b - a),
    ),
    "rewrite": (
        lambda: K.rewrite(K.assume(equal(x, y)), same(x**2), False, True),
        given(equal(x, y)),
        equal(x**2, y**2),
    ),
    "arithmetic": (
        lambda: K.arithmetic(K.assume(ORDER), less(a * p, a * q), (a,), ()),
        given(ORDER),
        less(a * p, a * q),
    ),
    "exponential": (
        lambda: K.exponential(x, ()),
        given(unequal(x, 0)),
        less(1 + x, Exp(x)),
    ),
    "exponential_weak": (lambda: K.exponential_weak(x, ()), given(), at_most(1 + x, Exp(x))),
    "define": (
        lambda: K.define(PQIndex(W, p, q), (NonZero(W),)),
        given(NonZero(W)),
        equal(PQIndex(W, p, q), definition(PQIndex(W, p, q))),
    ),
    "linear": (
        lambda: K.linear(Total(x * W[i] + a, i, N), ()),
        given(),
        equal(Total(x * W[i] + a, i, N), x * Total(W[i], i, N) + a * N),
    ),
    "split": (
        lambda: K.split(over, UV, ()),
        given(),
        equal(over, Total(Abs(W[i]) ** p, i, N) + Total(Abs(R[i]) ** p, i, n)),
    ),
    "sum_up": (
        lambda: K.sum_up(entries, i, N),
        given(Every(at_most(W[i], V[i]), i, N)),
        at_most(Total(W[i], i, N), Total(V[i], i, N)),
    ),
    "sum_up_strictly": (
        lambda: K.sum_up_strictly(entries, strictly, less(W[i], V[i]), i, N),
        given(Every(at_most(W[i], V[i]), i, N), Some(less(W[i], V[i]), i, N)),
        less(Total(W[i], i, N), Total(V[i], i, N)),
    ),
    "summand": (
        lambda: K.summand(Total(P[i], i, N), k, (at_most(k, N),)),
        given(at_most(k, N)),
        at_most(P[k], Total(P[i], i, N)),
    ),
    "every": (
        lambda: K.every(by_algebra(at_most(0, W[i] ** 2), at_most(i, N)), i, N),
        given(),
        Every(at_most(0, W[i] ** 2), i, N),
    ),
    "at_index": (
        lambda: K.at_index(K.assume(Every(less(0, W[i]), i, N)), k, (at_most(k, N),)),
        given(Every(less(0, W[i]), i, N), at_most(k, N)),
        less(0, W[k]),
    ),
    "every_part": (
        lambda: K.every_part(K.assume(positive_entries), R),
        given(positive_entries),
        Every(less(0, R[i]), i, n),
    ),
    "on_nonzero": (
        lambda: K.on_nonzero(weight, (unequal(u, 0),)),
        given(unequal(u, 0)),
        equal(weight, u * Log(u)),
    ),
    "least": (
        lambda: K.least(Least(W[i], i, N), k, (at_most(k, N),)),
        given(at_most(k, N)),
        at_most(Least(W[i], i, N), W[k]),
    ),
    "nonzero": (
        lambda: K.nonzero(concat(x, R), (unequal(x, 0),)),
        given(unequal(x, 0)),
        NonZero(concat(x, R)),
    ),
    "count_parts": (
        lambda: K.count_parts(NonzeroCount(concat(x, 0, R, a * W)), (unequal(x, 0),)),
        given(unequal(x, 0)),
        equal(NonzeroCount(concat(x, 0, R, a * W)), 1 + NonzeroCount(R) + NonzeroCount(W)),
    ),
    "sorted_sum": (
        lambda: K.sorted_sum(Total(x * ascending[i] ** 2, i, N + n), UV, ()),
        given(),
        equal(Total(x * ascending[i] ** 2, i, N + n), Total(x * UV[i] ** 2, i, N + n)),
    ),
    "ranked_sum": (
        lambda: K.ranked_sum(Total(i * ascending[i], i, N + n), UV, ()),
        given(),
        equal(
            Total(i * ascending[i], i, N + n),
            Total(Total(Abs(UV[i] - UV[j]), j, N + n), i, N + n) / 4
            + (N + n + 1) / 2 * Total(UV[i], i, N + n),
        ),
    ),
    "greatest": (lambda: K.greatest(top, sp.Integer(1), ()), given(), at_most(W[1], top)),
    "bound": (
        lambda: K.bound(K.assume(less(W[i], x)), top, i),
        given(Every(less(W[i], x), i, N)),
        less(top, x),
    ),
    "extreme_of_part": (
        lambda: K.extreme_of_part(Greatest(UV[i] ** 2, i, N + n), UV, W, ()),
        given(),
        at_most(Greatest(W[i] ** 2, i, N), Greatest(UV[i] ** 2, i, N + n)),
    ),
    "window_scaled": (
        lambda: K.window_scaled(ShortestWindow(Map(u * y + x, y, W), 1), ()),
        given(),
        equal(
            ShortestWindow(Map(u * y + x, y, W), 1),
            (u * 1 + x - (u * 0 + x)) * ShortestWindow(W, 1),
        ),
    ),
    "window_of_copies": (
        lambda: K.window_of_copies(ShortestWindow(copies(W, 2), j), k, few),
        given(*few),
        equal(ShortestWindow(copies(W, 2), j), ShortestWindow(W, k)),
    ),
    "window_of_equals": (
        lambda: K.window_of_equals(ShortestWindow(concat(R, repeat(x, k)), k), ()),
        given(),
        equal(ShortestWindow(concat(R, repeat(x, k)), k), 0),
    ),
    "whole": (
        lambda: K.whole(by_algebra(less(half, N + 1))),
        given(),
        at_most(half + 1, N + 1),
    ),
    "open_predicate": (
        lambda: K.open_predicate(Not(Constant(W)), a, ()),
        given(Not(Constant(W))),
        Some(unequal(Abs(W[i]), a), i, N),
    ),
    "both": (lambda: K.both(same(x), same(y)), given(), And(equal(x, x), equal(y, y))),
    "conjunct": (
        lambda: K.conjunct(K.both(K.assume(ORDER), same(x)), ORDER),
        given(ORDER),
        ORDER,
    ),
    "iff": (
        lambda: K.iff(
            K.arithmetic(K.assume(equal(x, y)), equal(x + 1, y + 1), (sp.Integer(1),), ()),
            by_algebra(unequal(x + 1, y + 1), unequal(x, y)),
            equal(x, y),
            equal(x + 1, y + 1),
        ),
        given(),
        Iff(equal(x, y), equal(x + 1, y + 1)),
    ),
    "generalise": (
        lambda: K.generalise(by_algebra(less(0, q - p), ORDER), (ORDER,), (p,)),
        given(),
        ForAll(less(0, q - p), And(ORDER), p),
    ),
    "exhibit": (
        lambda: K.exhibit(by_algebra(less(x, x + 1)), Exists(less(x, y), And(), y), (x + 1,)),
        given(),
        Exists(less(x, y), And(), y),
    ),
}

TWO, FAMILY = vector("Z", 2, nonnegative=True), vector("F", N, k)


def test_vectors_are_exhibited_and_under_conditions() -> None:
    theorem = K.both(by_algebra(less(0, a)), by_algebra(less(0, PowerSum(concat(a, 0), 2) + a)))
    statement = Exists(less(0, PowerSum(TWO, 2) + x), And(less(0, x)), TWO, x)
    shown = K.exhibit(theorem, statement, (concat(a, 0), a))
    assert (shown.hypotheses, shown.conclusion) == (given(), statement)
    size_and_vector = Exists(at_most(0, PowerSum(W, 2)), And(), N, W)
    theorem = by_algebra(at_most(0, PowerSum(concat(a, 0), 2)))
    shown = K.exhibit(theorem, size_and_vector, (sp.Integer(2), concat(a, 0)))
    assert shown.conclusion == size_and_vector


@pytest.mark.parametrize("rule", sorted(MADE))
def test_a_rule_gives_its_theorem(rule: str) -> None:
    make, hypotheses, conclusion = MADE[rule]
    theorem = make()
    assert (theorem.rule, theorem.hypotheses, theorem.conclusion) == (rule, hypotheses, conclusion)
    assert recheck(hypotheses, conclusion).violation is None


#: what a rule must refuse, by the side condition that does not hold
REFUSED: dict[str, Callable[[], Theorem]] = {
    "assume: a term": lambda: K.assume(x),
    "weaken: by a term": lambda: K.weaken(same(x), (y,)),
    "conjunct: not a part": lambda: K.conjunct(K.both(same(x), same(y)), ORDER),
    "conjunct: a part of a part": lambda: K.conjunct(
        K.both(same(x), K.both(same(y), K.assume(ORDER))), ORDER
    ),
    "conjunct: says one thing": lambda: K.conjunct(K.assume(ORDER), ORDER),
    "conjunct: one of several is not each": lambda: K.conjunct(
        K.assume(Not(And(Not(ORDER), Not(equal(x, y))))), ORDER
    ),
    "cut: not a hypothesis": lambda: K.cut(same(x), K.assume(ORDER)),
    "cases: F not among the hypotheses": lambda: K.cases(same(x), same(x), equal(x, 0)),
    "cases: two conclusions": lambda: K.cases(
        by_algebra(equal(x, x), equal(x, 0)), by_algebra(equal(y, y), unequal(x, 0)), equal(x, 0)
    ),
    "cases: F undefined": lambda: K.cases(
        by_algebra(equal(1, 1), less(1 / x, 1)),
        by_algebra(equal(1, 1), at_most(1, 1 / x)),
        less(1 / x, 1),
    ),
    "absurd: no contradiction": lambda: K.absurd(K.assume(less(x, y)), below, equal(0, 1)),
    "absurd: C undefined": lambda: K.absurd(
        K.assume(less(x, y)), K.assume(at_most(y, x)), equal(1 / x, 1)
    ),
    "antisymmetry: strict": lambda: K.antisymmetry(K.assume(less(x, y)), above),
    "antisymmetry: other terms": lambda: K.antisymmetry(below, K.assume(at_most(y, z))),
    "antisymmetry: no relation": lambda: K.antisymmetry(K.assume(NonZero(W)), above),
    "instantiate: not positive": lambda: K.instantiate(same(p), {p: x}, ()),
    "instantiate: zero for positive": lambda: K.instantiate(same(p), {p: u}, ()),
    "instantiate: not whole": lambda: K.instantiate(same(PowerSum(W, 2)), {N: N / 2}, ()),
    "instantiate: negative": lambda: K.instantiate(same(u), {u: -a}, ()),
    "instantiate: undefined": lambda: K.instantiate(same(x), {x: 1 / y}, ()),
    "instantiate: other length": lambda: K.instantiate(same(W[1]), {W: concat(W, 1)}, ()),
    "instantiate: other sign": lambda: K.instantiate(same(P[1]), {P: W}, ()),
    "instantiate: a term for a vector": lambda: K.instantiate(same(W[1]), {W: x}, ()),
    "instantiate: a family": lambda: K.instantiate(
        same(vector("F", N, k)[1]), {vector("F", N, k): W}, ()
    ),
    "instantiate: a quantified variable": lambda: K.instantiate(
        K.generalise(same(x), (), (x,)), {x: y}, ()
    ),
    "instantiate: captured": lambda: K.instantiate(K.generalise(same(x * y), (), (x,)), {y: x}, ()),
    "instantiate: no symbol": lambda: K.instantiate(same(x + y), {x + y: z}, ()),
    "rewrite: no equation": lambda: K.rewrite(below, same(x), False, False),
    "rewrite: no right side": lambda: K.rewrite(same(x), K.assume(NonZero(W)), False, True),
    "rewrite: a quantified variable": lambda: K.rewrite(
        K.assume(equal(x, y)), K.generalise(same(x), (), (x,)), False, False
    ),
    "arithmetic: false": lambda: by_algebra(equal(x, y)),
    "arithmetic: not strict": lambda: K.arithmetic(below, less(x, y), (sp.Integer(1),), ()),
    "arithmetic: a coefficient < 0": lambda: K.arithmetic(
        below, at_most(y, x), (sp.Integer(-1),), ()
    ),
    "arithmetic: a coefficient of no known sign": lambda: K.arithmetic(
        below, at_most(x * z, y * z), (z,), ()
    ),
    "arithmetic: an undefined coefficient": lambda: K.arithmetic(
        K.assume(equal(x, y)), equal(x / z, y / z), (1 / z,), ()
    ),
    "arithmetic: an undefined goal": lambda: by_algebra(equal(x / y, x / y)),
    "arithmetic: a sum with an inequation": lambda: K.arithmetic(
        K.assume(unequal(x, y)), unequal(x, y), (sp.Integer(1),), ()
    ),
    "arithmetic: equality from an inequality": lambda: K.arithmetic(
        below, equal(x, y), (sp.Integer(1),), ()
    ),
    "arithmetic: too few coefficients": lambda: K.arithmetic(below, at_most(x, y), (), ()),
    "arithmetic: no relation": lambda: by_algebra(NonZero(W)),
    "exponential: undefined": lambda: K.exponential(Log(x), ()),
    "exponential_weak: undefined": lambda: K.exponential_weak(1 / x, ()),
    "define: no head": lambda: K.define(x, ()),
    "define: W may be zero": lambda: K.define(PQIndex(W, p, q), ()),
    "define: an exponent may be <= 0": lambda: K.define(PowerSum(W, q - p), ()),
    "linear: no sum": lambda: K.linear(x, ()),
    "linear: undefined": lambda: K.linear(Total(W[i] / x, i, N), ()),
    "linear: the index in a divisor": lambda: K.linear(Total(1 / (1 + Abs(W[i])) + W[i], i, N), ()),
    "split: no parts": lambda: K.split(Total(W[i], i, N), W, ()),
    "split: another range": lambda: K.split(Total(UV[i], i, N), UV, ()),
    "split: the index by itself": lambda: K.split(Total(UV[i] * i, i, length(UV)), UV, ()),
    "split: the index in an exponent": lambda: K.split(
        Total(Abs(UV[i]) ** i, i, length(UV)), UV, ()
    ),
    "split: the entries of another vector": lambda: K.split(
        Total(UV[i] + concat(R, W)[i], i, length(UV)), UV, ()
    ),
    "split: the index by itself, over steps": lambda: K.split(
        Total(steps[i] + i, i, length(steps)), steps, ()
    ),
    "sum_up: !=": lambda: K.sum_up(K.assume(unequal(W[i], 0)), i, N),
    "sum_up: no index": lambda: K.sum_up(entries, p, N),
    "sum_up: the count depends on the index": lambda: K.sum_up(entries, i, i),
    "sum_up: past the end": lambda: K.sum_up(entries, i, n),
    "sum_up_strictly: other terms": lambda: K.sum_up_strictly(
        entries, K.assume(less(V[i], W[i])), less(V[i], W[i]), i, N
    ),
    "sum_up_strictly: not a hypothesis": lambda: K.sum_up_strictly(
        entries, strictly, less(0, 1), i, N
    ),
    "sum_up_strictly: not strict": lambda: K.sum_up_strictly(
        entries, entries, at_most(W[i], V[i]), i, N
    ),
    "summand: may be negative": lambda: K.summand(Total(W[i], i, N), k, (at_most(k, N),)),
    "summand: past the end": lambda: K.summand(Total(P[i], i, N), k, ()),
    "summand: below 1": lambda: K.summand(Total(P[i], i, N), n, (at_most(n, N),)),
    "summand: not whole": lambda: K.summand(Total(P[i], i, N), x, (at_most(x, N), less(1, x))),
    "every: no index": lambda: K.every(same(x), n, N),
    "at_index: past the end": lambda: K.at_index(K.assume(Every(less(0, W[i]), i, N)), N + 1, ()),
    "at_index: of some": lambda: K.at_index(K.assume(Some(less(0, W[i]), i, N)), sp.Integer(1), ()),
    "every_part: of some": lambda: K.every_part(
        K.assume(Some(less(0, concat(x, R)[i]), i, n + 1)), R
    ),
    "every_part: no part": lambda: K.every_part(K.assume(positive_entries), W),
    "every_part: of a vector without parts": lambda: K.every_part(
        K.assume(Every(less(0, W[i]), i, N)), W
    ),
    "every_part: not all of it": lambda: K.every_part(
        K.assume(Every(less(0, concat(x, R)[i]), i, n)), R
    ),
    "every_part: the index by itself": lambda: K.every_part(
        K.assume(Every(less(0, concat(x, R)[i] + i), i, n + 1)), R
    ),
    "every_part: another entry": lambda: K.every_part(
        K.assume(Every(less(0, concat(x, R)[i] + concat(R, x)[i]), i, n + 1)), R
    ),
    "every_part: a quantifier": lambda: K.every_part(
        K.assume(Every(Exists(less(y, concat(x, R)[i]), And(), y), i, n + 1)), R
    ),
    "on_nonzero: no such term": lambda: K.on_nonzero(u, ()),
    "on_nonzero: neither is shown": lambda: K.on_nonzero(weight, ()),
    "on_nonzero: only not negative": lambda: K.on_nonzero(weight, (at_most(0, u),)),
    "on_nonzero: no value where it counts": lambda: K.on_nonzero(
        OnNonzero(Log(x), x, y), (unequal(y, 0),)
    ),
    "on_nonzero: an undefined number": lambda: K.on_nonzero(
        OnNonzero(x, x, 1 / y), (unequal(1 / y, 0),)
    ),
    "define: no value where it counts": lambda: K.define(NonzeroTotal(Log(x), x, W), ()),
    "least: none": lambda: K.least(Least(R[i], i, n), sp.Integer(1), ()),
    "least: past the end": lambda: K.least(Least(W[i], i, N), k, ()),
    "least: no least": lambda: K.least(Total(W[i], i, N), sp.Integer(1), ()),
    "greatest: none": lambda: K.greatest(Greatest(R[i], i, n), sp.Integer(1), ()),
    "greatest: past the end": lambda: K.greatest(top, k, ()),
    "greatest: a least": lambda: K.greatest(bottom, sp.Integer(1), ()),
    "least: a greatest": lambda: K.least(top, sp.Integer(1), ()),
    "bound: of a least, from above": lambda: K.bound(K.assume(less(W[i], x)), bottom, i),
    "bound: of a greatest, from below": lambda: K.bound(K.assume(less(x, W[i])), top, i),
    "bound: of another term": lambda: K.bound(K.assume(less(V[i], x)), top, i),
    "bound: the bound depends on the index": lambda: K.bound(K.assume(less(W[i], V[i])), top, i),
    "bound: of the index itself": lambda: K.bound(
        by_algebra(at_most(i * W[i], i * W[i]), at_most(i, N)), Greatest(i * W[j], j, N), i
    ),
    "bound: none": lambda: K.bound(K.assume(less(R[i], x)), Greatest(R[i], i, n), i),
    "bound: an equation": lambda: K.bound(K.assume(equal(W[i], x)), top, i),
    "bound: no extreme": lambda: K.bound(K.assume(less(W[i], x)), Total(W[i], i, N), i),
    "extreme_of_part: may be empty": lambda: K.extreme_of_part(Least(UV[i], i, N + n), UV, R, ()),
    "extreme_of_part: no part": lambda: K.extreme_of_part(Least(UV[i], i, N + n), UV, V, ()),
    "extreme_of_part: the index by itself": lambda: K.extreme_of_part(
        Least(i * UV[i], i, N + n), UV, W, ()
    ),
    "extreme_of_part: another range": lambda: K.extreme_of_part(Least(UV[i], i, N), UV, W, ()),
    "extreme_of_part: a sum": lambda: K.extreme_of_part(Total(UV[i], i, N + n), UV, W, ()),
    "split: extremes of parts": lambda: K.split(Least(UV[i], i, N + n), UV, ()),
    "split: the least of no steps": lambda: K.split(Least(steps[i], i, length(steps)), steps, ()),
    "window_scaled: may be negative": lambda: K.window_scaled(ShortestWindow(x * W, 1), ()),
    "window_scaled: no line": lambda: K.window_scaled(ShortestWindow(Map(Abs(x), x, W), 1), ()),
    "window_scaled: no multiple": lambda: K.window_scaled(ShortestWindow(W, 1), ()),
    "window_scaled: wider than the vector": lambda: K.window_scaled(ShortestWindow(a * W, k), ()),
    "window_scaled: no window": lambda: K.window_scaled(PowerSum(a * W, 1), ()),
    "window_scaled: undefined": lambda: K.window_scaled(ShortestWindow(W + 1 / x, 1), ()),
    "window_of_copies: too narrow": lambda: K.window_of_copies(
        ShortestWindow(copies(W, 2), j), k, (*few[:2], few[3])
    ),
    "window_of_copies: just too narrow": lambda: K.window_of_copies(
        ShortestWindow(copies(W, 2), j), k, (*few[:2], at_most(2 * (k - 1), j), few[3])
    ),
    "window_of_copies: too wide": lambda: K.window_of_copies(
        ShortestWindow(copies(W, 2), j), k, few[:3]
    ),
    "window_of_copies: wider than the vector": lambda: K.window_of_copies(
        ShortestWindow(copies(W, 2), j), k, few[1:]
    ),
    "window_of_copies: no copies": lambda: K.window_of_copies(
        ShortestWindow(Steps(vector("F", N, i), i, 2), 2), sp.Integer(1), ()
    ),
    "window_of_equals: others": lambda: K.window_of_equals(
        ShortestWindow(concat(W, repeat(x, k)), k + 1), ()
    ),
    "window_of_equals: two values": lambda: K.window_of_equals(ShortestWindow(concat(x, y), 2), ()),
    "window_of_equals: none": lambda: K.window_of_equals(ShortestWindow(R, 1), ()),
    "window_of_equals: undefined": lambda: K.window_of_equals(
        ShortestWindow(repeat(1 / x, 3), 2), ()
    ),
    "window_of_equals: of no entries": lambda: K.window_of_equals(
        ShortestWindow(repeat(x, N), n), ()
    ),
    "whole: not strict": lambda: K.whole(by_algebra(at_most(half, N + 1))),
    "whole: not whole": lambda: K.whole(K.assume(less(N, x))),
    "whole: a half": lambda: K.whole(by_algebra(less(N / 2, N))),
    "arithmetic: a ceiling at once": lambda: by_algebra(at_most(half, N / 2 + sp.Rational(1, 2))),
    "arithmetic: the ceiling of what is undefined": lambda: by_algebra(
        at_most(1 / x, Ceiling(1 / x))
    ),
    "nonzero: may be zero": lambda: K.nonzero(W, ()),
    "nonzero: may be empty": lambda: K.nonzero(repeat(1, n), ()),
    "count_parts: no count": lambda: K.count_parts(PowerSum(W, p), ()),
    "count_parts: undefined": lambda: K.count_parts(NonzeroCount(concat(1 / x, W)), ()),
    "sorted_sum: no sum": lambda: K.sorted_sum(ascending[k], UV, ()),
    "sorted_sum: another range": lambda: K.sorted_sum(Total(ascending[i], i, N), UV, ()),
    "sorted_sum: the index by itself": lambda: K.sorted_sum(
        Total(i * ascending[i], i, N + n), UV, ()
    ),
    "sorted_sum: the entries of two vectors": lambda: K.sorted_sum(
        Total(Sorted(W)[i] * V[i], i, N), W, ()
    ),
    "sorted_sum: sorted and not": lambda: K.sorted_sum(Total(Sorted(W)[i] * W[i], i, N), W, ()),
    "sorted_sum: two vectors sorted": lambda: K.sorted_sum(
        Total(Sorted(W)[i] * Sorted(V)[i], i, N), W, ()
    ),
    "sorted_sum: an index beside it": lambda: K.sorted_sum(
        Total(Total(Sorted(W)[i] * V[j], j, i), i, N), W, ()
    ),
    "sorted_sum: undefined": lambda: K.sorted_sum(Total(1 / Sorted(W)[i], i, N), W, ()),
    "ranked_sum: no sum": lambda: K.ranked_sum(k * ascending[k], UV, ()),
    "ranked_sum: another range": lambda: K.ranked_sum(Total(i * ascending[i], i, N), UV, ()),
    "ranked_sum: another weight": lambda: K.ranked_sum(Total(i**2 * Sorted(W)[i], i, N), W, ()),
    "ranked_sum: of a power": lambda: K.ranked_sum(Total(i * Sorted(W)[i] ** 2, i, N), W, ()),
    "ranked_sum: not sorted": lambda: K.ranked_sum(Total(i * W[i], i, N), W, ()),
    "ranked_sum: another vector": lambda: K.ranked_sum(Total(i * Sorted(W)[i], i, N), V, ()),
    "ranked_sum: undefined": lambda: K.ranked_sum(
        Total(i * Sorted(1 / x * W)[i], i, N), 1 / x * W, ()
    ),
    "open_predicate: none": lambda: K.open_predicate(less(x, y), None, ()),
    "open_predicate: no reference": lambda: K.open_predicate(Not(Constant(W)), None, ()),
    "open_predicate: an undefined reference": lambda: K.open_predicate(Not(Constant(W)), 1 / x, ()),
    "iff: one direction": lambda: K.iff(K.assume(ORDER), K.assume(ORDER), ORDER, ORDER),
    "iff: undefined": lambda: K.iff(
        K.assume(less(1 / x, 1)), K.assume(at_most(1, 1 / x)), less(1 / x, 1), less(1 / x, 1)
    ),
    "generalise: free in a hypothesis": lambda: K.generalise(
        by_algebra(less(0, q - p), ORDER), (), (p,)
    ),
    "generalise: a length in a hypothesis": lambda: K.generalise(
        by_algebra(less(0, PowerSum(W, p)), NonZero(W)), (), (W,)
    ),
    "generalise: a term": lambda: K.generalise(same(x + y), (), (x + y,)),
    "exhibit: no such instance": lambda: K.exhibit(
        by_algebra(less(x, x + 1)), Exists(less(x, y), And(), y), (x,)
    ),
    "exhibit: not of the kind": lambda: K.exhibit(
        by_algebra(less(x, x + 1)), Exists(less(x, a), And(), a), (x + 1,)
    ),
    "exhibit: undefined": lambda: K.exhibit(same(1), Exists(equal(1, 1), And(), y), (1 / x,)),
    "exhibit: captured": lambda: K.exhibit(
        K.generalise(same(x), (), (x,)), Exists(ForAll(equal(x, x), And(), x), And(), y), (x,)
    ),
    "exhibit: with conditions": lambda: K.exhibit(
        same(x), Exists(equal(x, x), And(less(0, y)), y), (x,)
    ),
    "exhibit: a condition that does not hold": lambda: K.exhibit(
        K.both(by_algebra(less(-1, 0)), same(x)),
        Exists(equal(x, x), And(less(0, y)), y),
        (sp.Integer(-1),),
    ),
    "exhibit: a condition without a value elsewhere": lambda: K.exhibit(
        K.both(by_algebra(less(0, 1 / a)), same(x)),
        Exists(equal(x, x), And(less(0, 1 / u)), u),
        (a,),
    ),
    "exhibit: other length": lambda: K.exhibit(
        same(concat(W, 1)[1]), Exists(equal(W[1], W[1]), And(), W), (concat(W, 1),)
    ),
    "exhibit: length put in alone": lambda: K.exhibit(
        same(PowerSum(concat(a, 0), 2)),
        Exists(equal(PowerSum(W, 2), PowerSum(W, 2)), And(), N, W),
        (sp.Integer(3), concat(a, 0)),
    ),
    "exhibit: other sign": lambda: K.exhibit(same(W[1]), Exists(equal(P[1], P[1]), And(), P), (W,)),
    "exhibit: a term for a vector": lambda: K.exhibit(
        same(x), Exists(equal(W[1], W[1]), And(), W), (x,)
    ),
    "exhibit: a vector for a number": lambda: K.exhibit(
        same(x), Exists(equal(x, x), And(), y), (W,)
    ),
    "exhibit: an undefined vector": lambda: K.exhibit(
        same(1), Exists(equal(1, 1), And(), TWO), (concat(1 / a, a / u),)
    ),
    "exhibit: a family": lambda: K.exhibit(
        same(W[1]), Exists(equal(FAMILY[1], FAMILY[1]), And(), FAMILY), (W,)
    ),
    "exhibit: a captured vector": lambda: K.exhibit(
        K.generalise(same(W[1]), (), (W,)),
        Exists(ForAll(equal(W[1], W[1]), And(), W), And(), TWO),
        (concat(PowerSum(W, 2), 1),),
    ),
    "exhibit: quantified in a condition": lambda: K.exhibit(
        K.both(K.generalise(same(x), (), (x,)), same(x)),
        Exists(equal(x, x), And(ForAll(equal(x, x), And(), x)), y),
        (x,),
    ),
    "exhibit: too few values": lambda: K.exhibit(same(x), Exists(equal(x, x), And(), y), ()),
    "all: an argument before a premise": lambda: K.weaken((ORDER,), same(x)),
    "all: a formula for a premise": lambda: K.cut(ORDER, same(x)),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_a_rule_refuses(case: str) -> None:
    with pytest.raises(KernelError):
        REFUSED[case]()


def test_sums_of_strict_comparisons_need_a_term() -> None:
    step = by_algebra(less(x, x + 1))
    assert K.sum_up(step, i, N).conclusion.op == "<"  # type: ignore[attr-defined]
    assert K.sum_up(step, i, n).conclusion.op == "<="  # type: ignore[attr-defined]


def test_a_count_of_what_may_be_zero_stays_as_it_is() -> None:
    for v in (repeat(x, N), x * W, W + 1):
        count_of = NonzeroCount(v)
        assert K.count_parts(count_of, ()).conclusion == equal(count_of, count_of)
    for value in (x, a, sp.Integer(1)):
        bounded = CountAtMost(concat(value, W), sp.Integer(1))
        split = K.count_parts(bounded, ()).conclusion
        first = 1 if value == 1 else CountAtMost(repeat(value, 1), sp.Integer(1))
        assert split == equal(bounded, first + CountAtMost(W, sp.Integer(1)))


def test_what_counts_where_a_number_is_not_0_is_0_at_0() -> None:
    for zero in ((equal(u, 0),), (at_most(u, 0),), (equal(2 * u, 0),)):
        assert K.on_nonzero(weight, zero).conclusion == equal(weight, 0)
    # at 0 the body is not looked at: x log x has no value there
    nothing = OnNonzero(x * Log(x), x, 0)
    assert K.on_nonzero(nothing, ()).conclusion == equal(nothing, 0)
    total = NonzeroTotal(x * Log(x), x, P)
    over_all = Total(OnNonzero(x * Log(x), x, P[i]), i, N)
    assert K.define(total, ()).conclusion == equal(total, over_all)


def test_the_entries_of_a_concatenation_have_the_signs_of_its_parts() -> None:
    whole = concat(a, R)
    here = at_most(i, length(whole))
    by_algebra(less(0, concat(a, u + 1)[i]), at_most(i, 2))
    by_algebra(at_most(0, concat(a, P)[i]), at_most(i, length(concat(a, P))))
    by_algebra(less(0, whole[i]), here, Every(less(0, R[j]), j, n))
    for goal, hypotheses in (
        (less(0, concat(a, u)[i]), (at_most(i, 2),)),
        (less(0, concat(a, P)[i]), (at_most(i, length(concat(a, P))),)),
        (at_most(0, whole[i]), (here,)),
        (less(0, whole[i]), (here, Every(at_most(0, R[j]), j, n))),
        (less(0, concat(x, R)[i]), (here, Every(less(0, R[j]), j, n))),
        (less(0, whole[i]), (here, Every(less(0, R[j]), j, N))),
    ):
        with pytest.raises(KernelError, match="follow"):
            by_algebra(goal, *hypotheses)


def test_hypotheses_that_speak_of_the_index_are_said_for_every_index() -> None:
    theorem = by_algebra(less(0, W[i] + a), less(0, W[i]), at_most(i, N), less(x, y))
    hypotheses = K.every(theorem, i, N).hypotheses
    assert hypotheses == given(Every(less(0, W[i]), i, N), less(x, y))


def test_a_theorem_says_what_it_was_made_from() -> None:
    premise = K.assume(ORDER)
    theorem = K.weaken(premise, (NonZero(W),))
    assert theorem.rule == "weaken"
    assert theorem.premises == (premise,)
    assert theorem.arguments == ((NonZero(W),),)
    assert "W ≠ 0" in repr(theorem)


def test_negations_are_opposites() -> None:
    for formula in (ORDER, NonZero(W), Every(less(0, W[i]), i, N), Exists(ORDER, And(), p)):
        assert negation(negation(formula)) == formula
        absurd = K.absurd(K.assume(formula), K.assume(negation(formula)), equal(x, y))
        assert absurd.hypotheses == given(formula, negation(formula))


# -- the text of the kernel -----------------------------------------------------------------------

SIMPLIFIERS = {"simplify", "nsimplify", "solve", "solveset", "doit", "evalf", "n", "equals"}
PACKAGE = Path(kernel.__file__).parent
KERNEL = sorted(PACKAGE.rglob("*.py"))
ROOT = PACKAGE.parent.parent


def test_the_table_lists_the_rules() -> None:
    table = "\n".join(
        line.split("|")[1] for line in (kernel.__doc__ or "").splitlines() if line.startswith("| `")
    )
    assert set(re.findall(r"`(\w+)`", table)) == set(RULES)
    assert set(MADE) == set(RULES)
    assert {case.split(":")[0] for case in REFUSED} >= set(RULES) - {"both"}


@pytest.mark.parametrize("module", KERNEL, ids=lambda m: m.stem)
def test_no_simplifier_is_called(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in SIMPLIFIERS, ast.unparse(node)
        if isinstance(node, ast.Name):
            assert node.id not in SIMPLIFIERS - {"n"}, node.id
        if isinstance(node, ast.ImportFrom):
            assert not {alias.name for alias in node.names} & SIMPLIFIERS


def test_nothing_else_can_make_a_rule() -> None:
    shown = set(kernel.__all__)
    for package in ("symbolic_proofs", "numeric_check", "sparsity_audit"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path in KERNEL:
                continue
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\._KEY\b", text), path
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.ImportFrom) and "kernel" in (node.module or "").split("."):
                    assert not re.search(r"kernel\.(rules|theorem)", node.module or ""), path
                    if (node.module or "").endswith("kernel"):
                        assert {alias.name for alias in node.names} <= shown, path


def test_only_one_module_holds_the_key() -> None:
    holders = [path.stem for path in KERNEL if "_KEY" in path.read_text(encoding="utf-8")]
    assert holders == ["theorem"]


def test_a_relation_is_compared_up_to_its_direction() -> None:
    theorem = K.cut(K.assume(Relation(">", q, p)), K.weaken(same(x), (ORDER,)))
    assert theorem.conclusion == equal(x, x)
