"""A comparison written another way: each term on the side where it is added, no logarithm of a sum.

||[A, B]||_p - ||A||_p <= ||B||_p is the triangle inequality, ln(sum of e^x) <= c a bound on a sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import sympy as sp

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation
from ...language.operations import Exp, Log, Product, Sum, factors, order, summands
from ...language.terms import PowerSum, Total
from ...rational_terms import linear
from ..tactics.combine import Given, combine, discharge, instance
from ..tactics.flat import flat
from ..tactics.inequalities import a, b, logarithm_at_most, logarithm_below
from ..tactics.sorting import hidden
from .cases import Way


def by_rewriting(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a comparison from one that says the same, None if there is none."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    for other in _others(goal, given):
        found = way(replace(claim, conclusion=other))
        if found is not None:
            with suppress(KernelError):
                proof = Proof(list(found.steps))
                proof.show(_back(goal, found.theorem, given), "which says the same")
                return proof.done()
    return None


def _others(goal: Relation, given: Given) -> Iterator[Relation]:
    """Yield comparisons that say what a goal says."""
    low, high = goal.oriented().args[1:]
    op = goal.oriented().op
    sides = [_added(low, high), _added(high, low)]
    if sides != [low, high]:
        yield Relation(op, *sides)
    logs = (log for log in goal.atoms(Log) if log.args[0].atoms(Total, PowerSum))
    for log in sorted((log for log in logs if not hidden(log)), key=order):
        with suppress(KernelError):
            share, rest = linear(high - low, log)
            if any(other.atoms(Total, PowerSum) for other in rest.atoms(Log)):
                continue
            seen, bound = Facts(given), flat(Exp(-rest / share), given)
            if seen.positive(share):
                yield Relation(op, bound, log.args[0])
            elif seen.positive(-share):
                yield Relation(op, log.args[0], bound)


def _added(side: sp.Expr, other: sp.Expr) -> sp.Expr:
    """Return what is added on one side, with what is taken away on the other."""
    kept = [term for term in summands(side) if not _is_negated(term)]
    taken = [Product(-1, *factors(term)) for term in summands(other) if _is_negated(term)]
    return Sum(*kept, *taken)


def _is_negated(term: sp.Expr) -> bool:
    return bool(factors(term)[0].is_Rational and factors(term)[0] < 0)


def _back(goal: Relation, shown: Theorem, given: Given) -> Theorem:
    """Return a goal from what says the same, or from that of which it takes logarithms."""
    with suppress(KernelError):
        return combine(goal, (1, shown), given=given)
    low, high = shown.conclusion.oriented().args[1:]
    rises = logarithm_below if shown.conclusion.op in ("<", ">") else logarithm_at_most
    raised = discharge(instance(rises(), {a: low, b: high}, given), shown)
    for side in (low, high):
        with suppress(KernelError):
            share, _ = linear(goal.oriented().right - goal.oriented().left, Log(side))
            return combine(goal, (abs(share), raised), given=given)
    raise KernelError("{} is not what {} says", goal, shown)
