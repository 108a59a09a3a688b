"""Bounds that are one comparison of two norms of a vector: times a factor, under a root or a log.

For l < h and any vector, S_h >= N (S_l/N)^(h/l) (power means rise with their exponent) and
S_h <= S_l^(h/l) (norms fall). Once its norms and indices are written in power sums, most published
bounds compare two monomials in these: the quotient of the two is that of one fact to some power.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import permutations

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import NotAlgebraicError, exponent
from ...language.claim import Claim
from ...language.formulas import NonZero, Relation, at_most, less
from ...language.operations import Log, Power, order
from ...language.terms import PowerSum, PQIndex
from ...language.vectors import VectorSymbol, length
from ...notation.api import to_text
from ..tactics import inequalities
from ..tactics.combine import (
    Given,
    combine,
    discharge,
    instance,
    left,
    right,
)
from ..tactics.flat import flat
from ..tactics.inequalities import logarithm_at_most, logarithm_below, raised
from ..tactics.lift import concluded, side_facts
from ..tactics.products import exponent_of
from ..tactics.unfold import folded, plain
from .normalised import normalisations, not_zero
from .positive import greatest_positive
from .power_facts import facts_of


def by_norms(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from one of the two facts, None if neither gives it."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op == "=":
        return None
    try:
        facts, known, wanted = written_out(goal, given)
    except KernelError:
        return None
    for fact, words in facts_of(wanted, known):
        for premise, reason in raised_for(fact, wanted, known):
            proof = Proof()
            proof.show(fact, words)
            proof.show(premise, reason)
            try:
                concluded(proof, goal, premise, given, facts, "multiply by a nonnegative factor")
            except KernelError:
                continue
            return proof.done()
    return None


def written_out(goal: Relation, given: Given) -> tuple[list[Theorem], Given, Relation]:
    """Return what a goal needs to be defined, what is known with that, and the goal unfolded."""
    facts = conditions(goal, given)
    known = (*given, *(fact.conclusion for fact in facts))
    return facts, known, plain(goal, known)[0]


def conditions(goal: Relation, given: Given) -> list[Theorem]:
    """Return what the terms of a goal need to be defined, and signs alone do not see.

    p < r from p < q and q < r; a greatest entry that is above 0; what is under a root is not below.
    """
    found = [*side_facts(goal, given), *(fact for fact, _ in greatest_positive(goal, given))]
    for said in normalisations(given):
        if NonZero(left(said).args[0]) not in given:
            with suppress(KernelError):
                found.append(not_zero(said, given))
    less_than = [h.oriented() for h in given if isinstance(h, Relation)]
    less_than = [h for h in less_than if h.op in ("<", "<=") and not h.has(PowerSum)]
    for one, two in permutations(less_than, 2):
        if one.right == two.left and "<" in (one.op, two.op):
            chain = less(one.left, two.right)
            found.append(combine(chain, (1, K.assume(one)), (1, K.assume(two)), given=given))
    known = (*given, *(fact.conclusion for fact in found))
    for root in sorted(goal.atoms(Power), key=order):
        if root.exp.is_Integer or not root.atoms(PQIndex):
            continue
        if not Facts(known).nonnegative(root.base):
            wanted, equations = plain(at_most(0, root.base), known)
            shown = combine(wanted, given=known)
            found.append(discharge(folded(at_most(0, root.base), shown, equations), *found))
    return found


def raised_for(fact: Theorem, wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield the fact as the goal asks for it: its logarithm, or itself and powers of it."""
    if wanted.atoms(Log):
        try:
            yield _logarithm(fact, given), "the logarithm rises"
        except KernelError:
            return
        return
    for e in _powers(fact, wanted, given):
        lifted = fact if e == 1 else to_power(fact, e, given)
        if lifted is None:
            continue
        yield lifted, f"to the power ${to_text(e)}$"
        # N^e stands on the other side where it has no divisor: a root of n + 2 is not its inverse's
        for vector in left(lifted).atoms(VectorSymbol):
            size = length(vector)
            for scale in (exponent_of(size, s, given) for s in (left(lifted), right(lifted))):
                if scale is None:
                    continue
                factor = size ** (-scale)
                sides = (flat(factor * s, given) for s in (left(lifted), right(lifted)))
                with suppress(KernelError):
                    goal = Relation(_op(fact), *sides)
                    scaled = combine(goal, (factor, lifted), given=given)
                    yield scaled, f"times ${to_text(factor)}$"


def _op(fact: Theorem) -> str:
    return fact.conclusion.op if isinstance(fact.conclusion, Relation) else "<="


def to_power(fact: Theorem, e: sp.Expr, given: Given) -> Theorem | None:
    """Return the fact to a power > 0, None where that is not seen."""
    try:
        return raised(fact, e, given)
    except KernelError:
        return None


def _powers(fact: Theorem, wanted: Relation, given: Given) -> list[sp.Expr]:
    """Return the powers of the fact that the goal may ask for."""
    alone = right(fact) if isinstance(right(fact), PowerSum) else left(fact)
    found = [_power(fact, wanted, given) or sp.Integer(1)]
    facts = Facts(given)
    roots = {n.exp for n in wanted.atoms(Power) if n.base == alone}
    roots = {e if facts.positive(e) else exponent(-e) for e in roots}
    return list(dict.fromkeys([*found, *sorted((e for e in roots if not e.is_Integer), key=order)]))


def _logarithm(fact: Theorem, given: Given) -> Theorem:
    """Return ln a <= ln b for a fact a <= b of terms > 0."""
    values = {inequalities.a: left(fact), inequalities.b: right(fact)}
    rises = logarithm_below if _op(fact) == "<" else logarithm_at_most
    return discharge(instance(rises(), values, given), fact)


def _power(fact: Theorem, wanted: Relation, given: Given) -> sp.Expr | None:
    """Return the power to which the goal has the fact: how far a power sum's exponents differ."""
    facts = Facts(given)
    try:
        forms = (facts.algebra.form(f.right - f.left) for f in (wanted, fact.conclusion))
        goal, own = ([dict(m) for m in form.numerator] for form in forms)
    except NotAlgebraicError:
        return None
    if len(goal) != 2 or len(own) != 2:
        return None
    none = sp.Integer(0)
    for total in sorted(fact.conclusion.atoms(PowerSum), key=order):
        asked, had = (one.get(total, none) - other.get(total, none) for one, other in (goal, own))
        if had != 0 and asked != 0:
            e = exponent(asked / had)
            for found in (e, exponent(-e)):
                if facts.positive(found):
                    return found
    return None
