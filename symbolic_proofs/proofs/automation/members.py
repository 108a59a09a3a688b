"""Families of vectors: sums over the members, W_1 .. W_T.

A comparison of such sums holds if it does for each member, which is one vector; and of the members'
norms what holds of the entries of a vector: the squares of numbers add up to at most the square of
their sum, so ||[W_1, ..., W_T]||_2 <= sum of ||W_t||_2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Formula, Relation, at_most
from ...language.operations import order
from ...language.terms import Norm, PowerSum, Total
from ...language.vectors import Steps, VectorSymbol, length, repeat, vector
from ..tactics.combine import Given, combine, fresh_index, rewrite, said_at, summed
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain, unfolded
from .cases import Way
from .termwise import at_index

_Member = Callable[[sp.Expr], VectorSymbol]


def by_members(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a comparison of sums over a family, None if neither way gives it."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    families = {v.args[:3] for v in goal.atoms(VectorSymbol) if v.indices}
    if len(families) != 1:
        return None
    (family,) = families

    def member(t: sp.Expr) -> VectorSymbol:
        return VectorSymbol(*family, t)

    with suppress(KernelError):
        wanted, equations = plain(goal, given)
        totals = (t for t in wanted.atoms(Total) if not hidden(t) and t.has(member(t.variable)))
        for count in dict.fromkeys(t.args[2] for t in sorted(totals, key=order)):
            for find in (_of_each, _of_norms):
                proof = Proof()
                for shown in find(proof, claim, wanted, member, count, way):
                    with suppress(KernelError):
                        last = combine(wanted, (1, shown), given=given)
                        proof.show(folded(goal, last, equations), "so, by the definitions")
                        return proof.done()
    return None


def _of_each(
    proof: Proof, claim: Claim, wanted: Relation, member: _Member, count: sp.Expr, way: Way
) -> Iterator[Theorem]:
    """Yield what holds for each member, summed."""
    given = tuple(claim.given)
    t = fresh_index(wanted, *given)
    here = (*given, *said_at(t, count, given))
    low, high = wanted.oriented().args[1:]
    one = vector("V", length(member(t)), nonnegative=str(member(t).args[2]) == "nonnegative")
    each = at_most(at_index(low, t, count), at_index(high, t, count))
    said = (h.xreplace({member(t): one}) for h in here)
    known = tuple(h for h in said if t not in h.free_symbols)
    shown = _proved(proof, each.xreplace({member(t): one}), known, way)
    if shown is not None:
        shown = proof.show(K.instantiate(shown, {one: member(t)}, here), "for each member")
        yield proof.show(summed(shown, t, count, given, wanted.atoms(Total)), "summed")


def _of_norms(
    proof: Proof, claim: Claim, wanted: Relation, member: _Member, count: sp.Expr, way: Way
) -> Iterator[Theorem]:
    """Yield what holds of any numbers >= 0, at the norms of the members."""
    exponents = {s.args[1] for s in wanted.atoms(PowerSum, Norm)}
    if len(exponents) != 1:
        return
    (e,), given = exponents, tuple(claim.given)
    norms = vector("A", count, nonnegative=True)
    for total in wanted.atoms(Total):
        here = member(total.variable)
        values = {
            PowerSum(here, e): norms[total.variable] ** e,
            Norm(here, e): norms[total.variable],
        }
        wanted = wanted.xreplace({total: total.xreplace(values)})
    shown = None if wanted.has(Steps) else _proved(proof, wanted, given, way)
    if shown is not None:
        t = fresh_index(wanted, *given)
        listed = Steps(repeat(Norm(member(t), e), 1), t, count)
        shown = proof.show(K.instantiate(shown, {norms: listed}, given), "at the norms")
        relation = shown.conclusion
        sides = (*unfolded(relation.left, given), *unfolded(relation.right, given))
        yield rewrite(shown, *sides)


def _proved(proof: Proof, goal: Formula, given: Given, way: Way) -> Theorem | None:
    found = way(Claim("member", "", "", given, goal))
    if found is None:
        return None
    proof.show_all(found.steps)
    return found.theorem
