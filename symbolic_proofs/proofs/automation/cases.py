"""Claims in parts: "and" is each, "iff" two implications, and of two terms one is below.

"Or" is one of several where the others fail; what is given so is looked at one by one. What counts
where a value is not 0 is looked at where it is 0 and where it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import (
    OPPOSITE,
    And,
    Constant,
    Formula,
    Iff,
    NonZero,
    Not,
    Relation,
    at_most,
    equal,
    less,
    negation,
)
from ...language.operations import Abs, Power, order
from ...language.terms import Greatest, Least, NonzeroCount, OnNonzero
from ..tactics import inequalities
from ..tactics.combine import Given, algebra, combine, discharge, from_given, instance
from ..tactics.inequalities import strict_unless_equal
from ..tactics.lift import exponents_of, side_facts
from ..tactics.remembered import cache
from ..tactics.several import each_of, is_or
from ..tactics.support import by_support, counting
from .nonzero import mapped_nonzero, seen_nonzero

Way = Callable[[Claim], Derivation | None]


def by_cases(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation from those of the parts of a claim, None if one is missing."""
    proof, given = Proof(), tuple(claim.given)
    try:
        # what a side needs to be defined stays said until the parts are together
        facts = [*side_facts(claim.conclusion, given), *mapped_nonzero(claim.conclusion, given)]
        known = (*given, *(fact.conclusion for fact in facts))
        shown = _parts(proof, known, claim.conclusion, claim, way)
        if shown is None or not proof.steps:
            return None
        proof.show(discharge(shown, *facts), "all cases are shown")
    except KernelError:
        return None
    return proof.done()


def _parts(proof: Proof, given: Given, goal: Formula, claim: Claim, way: Way) -> Theorem | None:
    if isinstance(goal, Iff):
        one, two = goal.args
        forth = _implied(proof, given, one, two, claim, way)
        back = None if forth is None else _implied(proof, given, two, one, claim, way)
        if forth is None or back is None:
            return None
        return K.iff(forth, _contrary(back, two, one), one, two)
    if isinstance(goal, And) and goal.args:
        each = [_parts(proof, given, part, claim, way) for part in goal.args]
        shown = [theorem for theorem in each if theorem is not None]
        return K.both(*shown) if len(shown) == len(each) else None
    if goal in given:
        return proof.show(K.assume(goal), "as given")
    if is_or(goal):
        return _one_of(proof, given, goal, claim, way)
    for more in seen_nonzero(given):
        found = _parts(proof, (*given, more.conclusion), goal, claim, way)
        return None if found is None else K.cut(proof.show(more, "the first entry"), found)
    for h in given:
        if isinstance(h, Relation) and h.op == "!=":
            return _apart(proof, given, h, goal, claim, way)
        if is_or(h):
            return _each_of(proof, given, h, goal, claim, way)
    if isinstance(goal, Relation) and goal.op == "!=":
        for op in ("<", ">"):
            found = _parts(proof, given, Relation(op, goal.left, goal.right), claim, way)
            if found is not None:
                return combine(goal, (1, found), given=given)
        return None
    # the claim itself was tried before its parts
    if goal != claim.conclusion or given != tuple(claim.given):
        whole = way(replace(claim, given=given, conclusion=goal))
        if whole is not None:
            return proof.show(whole.theorem, "this is one case")
    if not isinstance(goal, Relation):
        return _by_contraries(proof, given, goal, claim, way)
    if counting(goal):
        with suppress(KernelError):
            return by_support(
                goal, given, lambda side, here: _needed(_parts(proof, here, side, claim, way), side)
            )
        return None
    for h in given:
        if _is_weak(h) and _in_exponents(goal, h):
            return _apart_or_equal(proof, given, h, goal, claim, way)
    if goal.op in ("<", "<=", ">", ">="):
        return _within(proof, given, goal, claim, way)
    is_equal = any(map(_is_equal, given)) or goal.atoms(OnNonzero, Greatest, Least)
    if goal != claim.conclusion or is_equal or any(map(_limits_a_count, given)):
        sides = (Relation(op, goal.left, goal.right) for op in ("<=", ">="))
        one, two = (_parts(proof, given, side, claim, way) for side in sides)
        return None if one is None or two is None else K.antisymmetry(one, two)
    return None


def _one_of(proof: Proof, given: Given, goal: Formula, claim: Claim, way: Way) -> Theorem | None:
    """Prove "F or F' or .." from one of them where the others fail."""
    none = goal.args[0]
    each = [K.conjunct(K.assume(none), part) for part in none.args]
    for failing in reversed(each):
        others = [_inwards(part) for part in each if part is not failing]
        known = (*given, *(part.conclusion for part in others))
        found = _parts(proof, known, negation(failing.conclusion), claim, way)
        if found is not None:
            against = K.absurd(failing, discharge(found, *others), goal)
            return K.cases(against, K.assume(goal), none)
    return None


def _inwards(theorem: Theorem) -> Theorem:
    """From G |- not F to G |- what the negation of F says."""
    if not isinstance(theorem.conclusion, Not):
        return theorem
    (inner,) = theorem.conclusion.args
    moved = negation(inner)
    return K.cases(K.absurd(theorem, K.assume(inner), moved), K.assume(moved), inner)


def _each_of(
    proof: Proof, given: Given, some: Formula, goal: Formula, claim: Claim, way: Way
) -> Theorem | None:
    """Prove a goal from each of several of which one holds."""
    with suppress(KernelError):
        return each_of(
            some,
            goal,
            given,
            lambda here: _needed(_parts(proof, here, goal, claim, way), goal),
        )
    return None


def _is_weak(premise: Formula) -> bool:
    return isinstance(premise, Relation) and premise.op in ("<=", ">=")


def _in_exponents(goal: Relation, premise: Formula) -> bool:
    """Tell whether a premise is one about the exponents of a goal alone."""
    powers = {power.exp for power in goal.atoms(Power)}
    exponents = {s for e in (*exponents_of(goal), *powers) for s in e.free_symbols}
    return bool(premise.free_symbols) and premise.free_symbols <= exponents


def _apart_or_equal(
    proof: Proof, given: Given, weak: Relation, goal: Formula, claim: Claim, way: Way
) -> Theorem | None:
    """Prove a goal from a <= b by a < b, and by a = b."""
    rest = tuple(h for h in given if h != weak)
    low, high = weak.oriented().args[1:]
    strict = less(low, high)
    same = equal(low, high) if isinstance(low, sp.Symbol) else equal(high, low)
    one = _parts(proof, (*rest, strict), goal, claim, way)
    two = None if one is None else _parts(proof, (*rest, same), goal, claim, way)
    if one is None or two is None:
        return None
    below = combine(at_most(low, high), (1, K.assume(weak)))
    above = combine(at_most(high, low), (1, K.assume(negation(strict))))
    tight = K.antisymmetry(*((below, above) if same.left == low else (above, below)))
    return K.cases(one, discharge(two, tight), strict)


def _needed(found: Theorem | None, goal: Formula) -> Theorem:
    if found is None:
        raise KernelError("{} is not seen", goal)
    return found


def _within(proof: Proof, given: Given, goal: Relation, claim: Claim, way: Way) -> Theorem | None:
    """Prove |a| <= b from a <= b and -a <= b, |a| < b in the same way."""
    size, limit = goal.oriented().args[1:]
    if not isinstance(size, Abs):
        return None
    inner, op = size.args[0], goal.oriented().op
    sides = []
    for is_above, side in ((True, inner), (False, -inner)):
        found = _parts(proof, given, Relation(op, side, limit), claim, way)
        if found is None:
            return None
        values = {inequalities.x: inner, inequalities.y: limit}
        sides.append(discharge(K.instantiate(_size(op, is_above), values, given), found))
    shown = K.cases(*sides, Relation(">=", inner, 0))
    return shown if shown.conclusion == goal else combine(goal, (1, shown), given=given)


@cache
def _size(op: str, is_above: bool) -> Theorem:
    """Return x >= 0, x <= y |- |x| <= y, or x < 0, -x <= y |- |x| <= y; so for <."""
    x, y = inequalities.x, inequalities.y
    sign = Relation(">=", x, 0) if is_above else less(x, 0)
    side = K.assume(Relation(op, x if is_above else -x, y))
    return combine(Relation(op, Abs(x), y), (1, side), given=(sign,))


def _is_equal(premise: Formula) -> bool:
    """Tell whether a premise makes terms equal: an equation without one is an identity or false."""
    return isinstance(premise, Constant) or (isinstance(premise, Relation) and premise.op == "=")


def _limits_a_count(premise: Formula) -> bool:
    """Tell whether few entries are not 0: what they are compared by may be equal then."""
    return isinstance(premise, Relation) and bool(premise.atoms(NonzeroCount))


def _implied(
    proof: Proof, given: Given, premise: Formula, goal: Formula, claim: Claim, way: Way
) -> Theorem | None:
    """Prove a goal from a premise too, or that the premise fails where the goal does."""
    found = _parts(proof, (*given, premise), goal, claim, way)
    if found is None:
        found = _parts(proof, (*given, negation(goal)), negation(premise), claim, way)
        found = None if found is None else _contrary(found, negation(goal), negation(premise))
    return found


def _by_contraries(
    proof: Proof, given: Given, goal: Formula, claim: Claim, way: Way
) -> Theorem | None:
    """Prove what is said of a vector from a comparison that would fail where it fails."""
    if not isinstance(goal, NonZero | Constant | Not):
        return None
    for premise in (h for h in given if isinstance(h, Relation)):
        rest = tuple(h for h in given if h != premise)
        found = _parts(proof, (*rest, negation(goal)), negation(premise), claim, way)
        if found is not None:
            return _contrary(found, negation(goal), negation(premise))
    return None


def _contrary(theorem: Theorem, premise: Formula, conclusion: Formula) -> Theorem:
    """From F |- F' to not F' |- not F."""
    no = K.assume(negation(conclusion))
    return K.cases(K.absurd(theorem, no, negation(premise)), K.assume(negation(premise)), premise)


def _apart(
    proof: Proof, given: Given, apart: Relation, goal: Formula, claim: Claim, way: Way
) -> Theorem | None:
    """Prove a goal where two terms differ: where the one is below, and where it is above."""
    rest = tuple(h for h in given if h != apart)
    below, above = less(apart.left, apart.right), less(apart.right, apart.left)
    one = _side(proof, rest, below, goal, claim, way)
    two = None if one is None else _side(proof, rest, above, goal, claim, way)
    if one is None or two is None:
        return None
    values = {inequalities.x: apart.right, inequalities.y: apart.left}
    otherwise = instance(strict_unless_equal(), values, (negation(below), apart))
    return K.cases(one, discharge(two, otherwise), below)


def _side(
    proof: Proof, rest: Given, side: Relation, goal: Formula, claim: Claim, way: Way
) -> Theorem | None:
    """Prove a goal on one side, if need be because there is nothing on that side."""
    with suppress(KernelError):
        opposite = Relation(OPPOSITE[side.op], side.left, side.right)
        counts = sorted(side.atoms(NonzeroCount), key=order)
        least = [K.whole(algebra(less(0, number), rest)) for number in counts]
        not_there = from_given(opposite, (*rest, *(fact.conclusion for fact in least)))
        not_there = discharge(not_there, *least)
        return K.absurd(K.assume(side), not_there, goal)
    return _parts(proof, (*rest, side), goal, claim, way)
