"""A claim with a condition added that it had forgotten: where the condition goes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import And, Exists, ForAll, Formula, free_variables

from .witness import Witness


@dataclass(frozen=True)
class Forgotten:
    """A point that the premises of a claim allow, where it has no value for the `reason`.

    The `condition` forbids the point, and `mended` is the claim with it added.
    """

    witness: Witness
    reason: str
    condition: Formula
    mended: Claim


def with_condition(claim: Claim, condition: Formula, before: int | None = None) -> Claim:
    """Return the claim with a condition added.

    A premise guards what follows it: the condition becomes the last premise, or stands `before` the
    premise of that number, counted from 0. Where it speaks of variables that a quantifier of the
    conclusion binds, it is the last condition of the quantifiers that bind them.
    """
    bound = free_variables(condition) - claim.variables
    if bound:
        return replace(claim, conclusion=_inside(claim.conclusion, condition, frozenset(bound)))
    place = len(claim.given) if before is None else before
    return replace(claim, given=(*claim.given[:place], condition, *claim.given[place:]))


def _inside(formula: Formula, condition: Formula, bound: frozenset[sp.Basic]) -> Formula:
    """Add the condition to the quantifiers that bind the last of these variables."""
    if isinstance(formula, ForAll | Exists):
        left = bound - set(formula.variables)
        if left:
            return _quantified(formula, _inside(formula.body, condition, left), formula.given)
        return _quantified(formula, formula.body, (*formula.given, condition))
    parts = (
        _inside(part, condition, bound) if isinstance(part, Formula) else part
        for part in formula.args
    )
    result: Formula = formula.func(*parts)
    return result


def _quantified(formula: ForAll | Exists, body: Formula, given: tuple[Formula, ...]) -> Formula:
    result: Formula = formula.func(body, And(*given), *formula.variables)
    return result
