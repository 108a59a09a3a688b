"""Bounds on greatest and least values: what holds at every index holds of the extreme.

The extreme may stand with a factor and beside other terms; that of a sum of vectors, or of blocks,
is bounded by what is said of the parts: (|f - c| + f - c)^2 is 0 for each entry of each part, so
its sum over all entries is, and no f is above c.
"""

from __future__ import annotations

from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, equal
from ...language.names import LanguageError
from ...language.operations import Abs, order
from ...language.symbols import real
from ...language.terms import Greatest, Least, Total
from ...language.vectors import Concat, Entry, Steps, Vector
from ...rational_terms import coefficient, expanded
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    fresh_index,
    instance,
    reduced,
    right,
    said_at,
    then,
)
from ..tactics.lift import factor_of
from ..tactics.remembered import cache
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain
from .entrywise import entrywise
from .extremes import none_above
from .known_of_entries import known_at
from .one_term import by_numbers, shown_at

_Z = real("z")


def by_bound(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison with an extreme in it, None if that is not seen."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">=", "="):
        return None
    try:
        wanted, equations = plain(goal, given)
        extremes = [e for e in wanted.atoms(Greatest, Least) if not hidden(e)]
        if not extremes:
            return None
        proof = Proof()
        ops = ("<=", ">=") if goal.op == "=" else (goal.op,)
        sides = [
            _bounded(proof, Relation(op, wanted.left, wanted.right), extremes, given) for op in ops
        ]
        shown = K.antisymmetry(*sides) if goal.op == "=" else sides[0]
        proof.show(folded(goal, shown, equations), "so, by the definitions")
    except (KernelError, LanguageError):
        return None
    return proof.done()


def _bounded(proof: Proof, wanted: Relation, extremes: list[sp.Expr], given: Given) -> Theorem:
    low, high = wanted.oriented().args[1:]
    facts = Facts(given)
    for extreme in sorted(extremes, key=order):
        k = coefficient(high - low, extreme)
        up = isinstance(extreme, Greatest)
        if not facts.positive(-k if up else k):
            continue
        limit = expanded(extreme - (high - low) / k)
        if limit.has(extreme):
            continue
        with suppress(KernelError, LanguageError):
            bound = _extreme(proof, extreme, limit, wanted, given)
            shown = combine(wanted, (-k if up else k, bound), given=given)
            return proof.show(shown, "so the greatest is no larger, the least no smaller")
    for fact in _members(extremes, given):
        with suppress(KernelError):
            factor = factor_of(wanted, fact.conclusion, given)
            proof.show(fact, "one among all")
            return proof.show(
                combine(wanted, (factor, fact), given=given),
                "multiply by a nonnegative factor",
            )
    raise KernelError("{} is not seen", wanted)


def _members(extremes: list[sp.Expr], given: Given) -> list[Theorem]:
    """Return that an extreme over a block is within that over all, the least below the greatest."""
    found = []
    for extreme in sorted(extremes, key=order):
        for whole in {e.args[0] for e in extreme.body.atoms(Entry)}:
            for part in whole.args if isinstance(whole, Concat) else ():
                with suppress(KernelError):
                    found.append(K.extreme_of_part(extreme, whole, part, given))
    first = sp.Integer(1)
    for least in (e for e in extremes if isinstance(e, Least)):
        for top in (e for e in extremes if isinstance(e, Greatest)):
            with suppress(KernelError):
                one, other = K.least(least, first, given), K.greatest(top, first, given)
                found.append(combine(at_most(least, top), (1, one), (1, other), given=given))
    return found


def _extreme(
    proof: Proof, extreme: sp.Expr, limit: sp.Expr, wanted: Relation, given: Given
) -> Theorem:
    """Prove that the greatest value is at most a limit, or the least at least."""
    count = extreme.args[2]
    i = fresh_index(wanted, *given)
    inside = extreme.at(i)
    wholes = {e.args[0] for e in inside.atoms(Entry) if e.args[1] == i}
    composed = sorted((v for v in wholes if isinstance(v, Concat | Steps)), key=order)
    if composed:
        each = _of_parts(proof, extreme, limit, composed[0], i, wanted, given)
    else:
        here = (*given, *said_at(i, count, given))
        known = known_at(wanted, i, count, here)
        each = _one(_side(extreme, inside, limit), known, here)
        proof.show(each, "for each term")
    return K.bound(each, extreme, i)


def _side(extreme: sp.Expr, value: sp.Expr, limit: sp.Expr) -> Relation:
    return at_most(value, limit) if isinstance(extreme, Greatest) else at_most(limit, value)


def _one(goal: Relation, known: list[Theorem], here: Given) -> Theorem:
    """Prove a comparison at an index, from what is known there."""
    with suppress(KernelError):
        return shown_at(goal, here, known)
    return entrywise(goal, here, known, by_numbers)


@cache
def _nothing_above() -> Theorem:
    """Return z <= 0 |- (|z| + z)^2 = 0."""
    return algebra(equal((Abs(_Z) + _Z) ** 2, 0), (at_most(_Z, 0),))


def _of_parts(
    proof: Proof,
    extreme: sp.Expr,
    limit: sp.Expr,
    whole: Vector,
    i: sp.Symbol,
    wanted: Relation,
    given: Given,
) -> Theorem:
    """Prove the bound at an entry of a composed vector, from that at the entries of its parts."""
    sign, count = (1 if isinstance(extreme, Greatest) else -1), extreme.args[2]
    gap = sign * (extreme.at(i) - limit)
    total = Total((Abs(gap) + gap) ** 2, i, count)
    value = K.split(total, whole, given)

    def nothing(term: Total, under: Given, known: list[Theorem]) -> Theorem:
        j = fresh_index(term, wanted, *under)
        here, body = (*under, *said_at(j, term.args[2], under)), term.at(j)
        known = [*known, *known_at(wanted, j, term.args[2], here)]
        if isinstance(body, Total):
            inside = nothing(body, here, known)
        else:
            z = _gap_of(body)
            below = _one(at_most(z, 0), known, here)
            proof.show(below, "for each entry of a part")
            inside = discharge(instance(_nothing_above(), {_Z: z}, here), below)
        none = K.sum_up(inside, j, term.args[2])
        return then(none, reduced(right(none), under))

    for part in sorted((t for t in right(value).atoms(Total) if not hidden(t)), key=order):
        value = then(value, nothing(part, given, []))
    here = (*given, at_most(i, count))
    zero = combine(equal(total, 0), (1, value), given=given)
    part = K.summand(total, i, here)
    small = combine(at_most(total.at(i), 0), (1, part), (1, zero), given=here)
    below = discharge(instance(none_above(), {_Z: gap}, here), small)
    return combine(_side(extreme, extreme.at(i), limit), (1, below), given=here)


def _gap_of(square: sp.Expr) -> sp.Expr:
    """Return z of (|z| + z)^2."""
    for bar in square.base.args:
        if isinstance(bar, Abs) and expanded(square.base - bar - bar.args[0]) == 0:
            return bar.args[0]
    raise KernelError("{} is not of this form", square)
