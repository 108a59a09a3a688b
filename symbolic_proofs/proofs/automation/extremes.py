"""The greatest and the least of some numbers, written with bars: max(x, y) = (x + y + |x - y|)/2.

No rule of the kernel says so. That no number of a list is above c, if each is at most c, comes from
sums: (|x - c| + x - c)^2 is 0 for each of them, so the sum is, and no term is above it. A claim is
restated with bars, wherever the extreme stands, and proved so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Formula, NonZero, Not, Relation, at_most, equal, less, negation
from ...language.names import LanguageError
from ...language.operations import Abs, order
from ...language.sums import greatest_entry, least_entry
from ...language.symbols import count, real
from ...language.terms import Greatest, Least, NonzeroCount, Norm, PowerSum, PQIndex, Total
from ...language.vectors import Concat, Entry, Map, Repeat, Vector, concat, length, repeat
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    fresh_index,
    instance,
    left,
    reduced,
    rewrite,
    right,
    said_at,
    then,
)
from ..tactics.remembered import cache
from ..tactics.unfold import entry_at, folded
from .cases import Way
from .nonzero import nonzero_from
from .signs import by_signs_of

_MOST_NUMBERS = 4
_WORDS = (
    "the larger of $x$ and $y$ is half of $x + y + |x - y|$, the smaller half of $x + y - |x - y|$"
)
_C, _Z, _I = real("c"), real("z"), count("i")


def by_extremes(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a claim from that of the same with bars for greatest and least."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or not any(_outermost(f) for f in (goal, *given)):
        return None
    return _by_each(claim, goal, way) or _by_bars(claim, goal, given, way)


def _by_each(claim: Claim, goal: Relation, way: Way) -> Derivation | None:
    """Prove max(a, b) <= c from a <= c and b <= c, c <= max(a, b) from one of them; so for min."""
    low, high = goal.oriented().args[1:]
    if goal.oriented().op != "<=":
        return None
    for term, other, up in ((low, high, True), (high, low, False)):
        numbers, kind = _numbers(term), type(term)
        if not numbers:
            continue
        proof, found = Proof(), []
        for k, number in enumerate(numbers):
            side = at_most(*((number, other) if up else (other, number)))
            each = way(replace(claim, conclusion=side))
            if each is not None:
                proof.show(each.theorem, "one of those that are compared")
                found.append((k, each.theorem))
        with suppress(KernelError):
            if (kind is Greatest) is up and len(found) == len(numbers):
                values = dict(zip(_letters(len(numbers)), numbers, strict=True))
                limit = instance(_limit(kind, len(numbers)), {**values, _C: other}, claim.given)
                limit = discharge(limit, *(theorem for _, theorem in found))
                proof.show(combine(goal, (1, limit)), "so of all of them")
                return proof.done()
            if (kind is Greatest) is not up and found:
                k, theorem = found[0]
                values = dict(zip(_letters(len(numbers)), numbers, strict=True))
                member = instance(_member(kind, len(numbers), k), values, claim.given)
                proof.show(combine(goal, (1, theorem), (1, member)), "which is one of them")
                return proof.done()
            if (kind is Greatest) is not up and len(numbers) == 2:
                return _by_larger(claim, goal, (term, other), way)
    return None


def _by_larger(
    claim: Claim, goal: Relation, sides: tuple[sp.Expr, sp.Expr], way: Way
) -> Derivation | None:
    """Prove c <= max(a, b), or min(a, b) <= c, by which of a and b is the larger."""
    term, other = sides
    one, two = _numbers(term)
    up, sign, proof = isinstance(term, Greatest), at_most(one, two), Proof()
    cases = []
    for premise, number in zip(
        (sign, negation(sign)), (two, one) if up else (one, two), strict=True
    ):
        given = (*claim.given, premise)
        side = at_most(*((other, number) if up else (number, other)))
        each = way(replace(claim, given=given, conclusion=side))
        if each is None:
            return None
        proof.show(each.theorem, "in one of two cases")
        k, values = (one, two).index(number), dict(zip(_letters(2), (one, two), strict=True))
        member = instance(_member(type(term), 2, k), values, given)
        cases.append(combine(goal, (1, each.theorem), (1, member), given=given))
    proof.show(K.cases(*cases, sign), "so in both")
    return proof.done()


def _by_bars(claim: Claim, goal: Relation, given: Given, way: Way) -> Derivation | None:
    proof = Proof()
    with suppress(KernelError, LanguageError):
        facts = [_restated(h, given) for h in given]
        facts += [f for head in _outermost(goal) for f in _made_nonzero(head, given)]
        stated = tuple(fact.conclusion for fact in facts)
        equations = _equations(goal, (*given, *stated))
        wanted = goal.xreplace({left(e): right(e) for e in equations})
        inner = way(replace(claim, given=stated, conclusion=wanted))
        if inner is None:
            return None
        for equation in equations:
            proof.show(equation, _WORDS)
        proof.show_all(inner.steps)
        shown = rewrite(inner.theorem, *equations, backwards=True)
        if shown.conclusion != goal:
            shown = folded(goal, K.weaken(inner.theorem, (*given, *stated)), equations)
        proof.show(discharge(shown, *facts), "so, in these terms")
        return proof.done()
    return None


def members(term: sp.Basic, given: Given) -> Iterator[Theorem]:
    """Yield x <= the greatest of some numbers, for each, or the least of them <= x."""
    numbers = _numbers(term)
    values = dict(zip(_letters(len(numbers)), numbers, strict=True))
    for k in range(len(numbers)):
        yield instance(_member(type(term), len(numbers), k), values, given)


def _numbers(term: sp.Basic) -> tuple[sp.Expr, ...]:
    """Return the numbers of which a term is the greatest or least, none if it is no such term."""
    if not isinstance(term, Greatest | Least):
        return ()
    body = term.body
    if not (isinstance(body, Entry) and body.args[1] == term.variable):
        return ()
    whole = body.args[0]
    parts = whole.args if isinstance(whole, Concat) else (whole,)
    if not all(isinstance(part, Repeat) and part.args[1] == 1 for part in parts):
        return ()
    return tuple(part.args[0] for part in parts) if 2 <= len(parts) <= _MOST_NUMBERS else ()


def _with_bars(kind: type[sp.Basic], numbers: Sequence[sp.Expr]) -> sp.Expr:
    sign, (found, *rest) = (1 if kind is Greatest else -1), numbers
    for number in rest:
        found = (found + number + sign * Abs(found - number)) / 2
    return found


@cache
def none_above() -> Theorem:
    """Return (|z| + z)^2 <= 0 |- z <= 0."""
    small, sign = at_most((Abs(_Z) + _Z) ** 2, 0), at_most(_Z, 0)
    above = combine(sign, (1 / (4 * _Z), K.assume(small)), given=(small, less(0, _Z)))
    return K.cases(K.assume(sign), above, sign)


def _letters(number: int) -> list[sp.Symbol]:
    return [real(f"x{k}") for k in range(1, number + 1)]


@cache
def _limit(kind: type[sp.Basic], number: int) -> Theorem:
    """Return x <= c for each of some numbers |- the greatest is <= c; of the least with >=."""
    whole, n = concat(*_letters(number)), sp.Integer(number)
    up = kind is Greatest
    term = greatest_entry(whole) if up else least_entry(whole)
    given = tuple(at_most(*((x, _C) if up else (_C, x))) for x in _letters(number))

    def gap(x: sp.Expr) -> sp.Expr:
        return x - _C if up else _C - x

    entry, here = Entry(whole, _I), (*given, at_most(_I, n))
    total = Total((Abs(gap(entry)) + gap(entry)) ** 2, _I, n)
    apart = K.split(total, whole, given)
    zero = combine(equal(total, 0), (1, then(apart, reduced(right(apart), given))), given=given)
    small = combine(
        at_most(total.at(_I), 0), (1, K.summand(total, _I, here)), (1, zero), given=here
    )
    below = discharge(instance(none_above(), {_Z: gap(entry)}, here), small)
    sides = (entry, _C) if up else (_C, entry)
    return K.bound(combine(at_most(*sides), (1, below), given=here), term, _I)


@cache
def _member(kind: type[sp.Basic], number: int, k: int) -> Theorem:
    """Return |- x_k <= the greatest of some numbers; of the least with >=."""
    letters, up = _letters(number), kind is Greatest
    whole = concat(*letters)
    term = greatest_entry(whole) if up else least_entry(whole)
    step = K.extreme_of_part(term, whole, repeat(letters[k], 1), ())
    alone = left(step) if up else right(step)
    one = (K.greatest if up else K.least)(alone, sp.Integer(1), ())
    return combine(at_most(*(letters[k], term)[:: 1 if up else -1]), (1, step), (1, one))


@cache
def _meaning(kind: type[sp.Basic], number: int) -> Theorem:
    """Return |- the greatest, or least, of some numbers = what it is with bars."""
    letters, up = _letters(number), kind is Greatest
    whole, bars = concat(*letters), _with_bars(kind, letters)
    term = greatest_entry(whole) if up else least_entry(whole)
    facts, order_ = [_member(kind, number, k) for k in range(number)], 1 if up else -1
    said = tuple(at_most(*(x, _C)[::order_]) for x in letters)
    reached = by_signs_of(at_most(*(bars, _C)[::order_]), said)
    reached = discharge(K.instantiate(reached, {_C: term}, ()), *facts)
    limited = K.instantiate(_limit(kind, number), {_C: bars}, ())
    each = (by_signs_of(at_most(*(x, bars)[::order_]), ()) for x in letters)
    limited = discharge(limited, *each)
    return K.antisymmetry(limited, reached) if up else K.antisymmetry(reached, limited)


def _outermost(node: sp.Basic) -> list[sp.Basic]:
    """Return the terms that are, or hold under a binder, an extreme of numbers."""
    if _numbers(node):
        return [node]
    if isinstance(node, PowerSum | Norm | PQIndex | Total | NonzeroCount):
        return [node] if any(_numbers(n) for n in sp.preorder_traversal(node)) else []
    if isinstance(node, NonZero):
        return [node] if any(_numbers(n) for n in sp.preorder_traversal(node)) else []
    found = {n for part in node.args for n in _outermost(part)}
    return sorted(found, key=order)


def _equations(node: sp.Basic, given: Given) -> list[Theorem]:
    return [_opened(head, given) for head in _outermost(node)]


def _opened(head: sp.Basic, given: Given) -> Theorem:
    """Prove that a term is the same with bars for every extreme of numbers in it."""
    numbers = _numbers(head)
    if numbers:
        values = dict(zip(_letters(len(numbers)), numbers, strict=True))
        meaning = instance(_meaning(type(head), len(numbers)), values, given)
        return then(meaning, *_equations(right(meaning), given))
    if isinstance(head, Total):
        i = fresh_index(head, *given)
        here = (*given, *said_at(i, head.args[2], given))
        inside = then(algebra(equal(head.at(i), head.at(i)), here), *_equations(head.at(i), here))
        return K.sum_up(inside, i, head.args[2])
    meaning = K.define(head, given)
    meaning = then(meaning, *_equations(right(meaning), given))
    other = type(head)(_barred(head.args[0]), *head.args[1:])
    return then(meaning, K.define(other, given), backwards=True)


def _barred(vector: Vector) -> Vector:
    """Return a vector with bars for every extreme of numbers in it, the innermost first."""
    found = [n for n in sp.postorder_traversal(vector) if _numbers(n)]
    for node in found[:1]:
        return _barred(vector.xreplace({node: _with_bars(type(node), _numbers(node))}))
    return vector


def _restated(formula: Formula, given: Given) -> Theorem:
    """Prove from a premise what it says with bars."""
    assumed = K.assume(formula)
    if isinstance(formula, Relation):
        return rewrite(assumed, *_equations(formula, given))
    if not (isinstance(formula, NonZero) and _outermost(formula)):
        return assumed
    return _as_nonzero(formula.args[0], _barred(formula.args[0]), given)


def _made_nonzero(head: sp.Basic, given: Given) -> Iterator[Theorem]:
    """Yield that a vector of extremes is not 0, with bars and without, by what it is made of."""
    vector = head.args[0]
    if isinstance(head, PQIndex | Norm | PowerSum) and isinstance(vector, Map):
        other = _barred(vector)
        with suppress(KernelError):
            if not Facts(given).nonzero_vector(vector):
                barred = nonzero_from(other, vector.args[2], given)
                yield barred
                yield discharge(_as_nonzero(other, vector, given), barred)


def _as_nonzero(source: Vector, target: Vector, given: Given) -> Theorem:
    """Prove that a vector is not 0, of one that is the same but for bars."""
    i, n = fresh_index(source, *given), length(source)
    one, two = entry_at(source, i), entry_at(target, i)
    here = (*given, *said_at(i, n, given))
    if _outermost(one):
        same, sign = then(algebra(equal(one, one), here), *_equations(one, here)), 1
    else:
        same, sign = then(algebra(equal(two, two), here), *_equations(two, here)), -1
    none = combine(equal(one, 0), (1, K.assume(equal(two, 0))), (sign, same), given=here)
    none = K.every(none, i, n)
    none = discharge(none, K.open_predicate(Not(NonZero(target)), None, given))
    there = NonZero(target)
    some = K.open_predicate(NonZero(source), None, given)
    return K.cases(K.assume(there), K.absurd(none, some, there), there)
