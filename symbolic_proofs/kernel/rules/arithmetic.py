"""The rule that adds up comparisons, one about whole numbers, and the one analytic axiom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sympy as sp

from ...language.formulas import Formula, Relation
from ...language.kinds import is_whole
from ...language.operations import Exp
from ..theorem import Theorem, difference, facts_of, rule
from ..well_formed import require


@rule
def arithmetic(*given: Any) -> tuple[Iterable[Formula], Formula]:
    """From f_i > 0 (>=, =) to e > 0 (>=, =, !=), by coefficients c_i and further hypotheses.

    Theorems come first, then the goal, the coefficients and the hypotheses. The goal holds if
    r = e - sum c_i f_i is 0 by algebra or has a known sign, and c_i >= 0 where f_i is not an
    equation. It is strict if r > 0, or some strict f_i has c_i > 0. Goal and coefficients must
    be defined.
    """
    premises = [part for part in given if isinstance(part, Theorem)]
    goal, coefficients, hypotheses = given[len(premises) :]
    require(len(coefficients) == len(premises), "one coefficient for each premise")
    kept = frozenset(hypotheses).union(*(theorem.hypotheses for theorem in premises))
    facts = facts_of(kept)
    require(facts.defined(goal), "{} is not shown to be defined", goal)
    wanted, op = difference(goal)
    known, strict = sp.Integer(0), False
    for theorem, c in zip(premises, coefficients, strict=True):
        f, f_op = difference(theorem.conclusion)
        require(f_op != "!=", "an inequation has no place in a sum")
        require(isinstance(c, sp.Expr), "the coefficient {} is not a term", c)
        require(facts.defined(c), "the coefficient {} is not shown to be defined", c)
        if f_op != "=":
            require(facts.nonnegative(c), "the coefficient {} is not shown to be >= 0", c)
            strict = strict or (f_op == ">" and facts.positive(c))
        known += c * f
    rest = wanted - known
    zero = facts.algebra.is_zero(rest)
    equations_alone = not any(difference(theorem.conclusion)[1] != "=" for theorem in premises)
    match op:
        case "=":
            require(zero and equations_alone, "{} is not an identity", goal)
        case ">=":
            require(
                zero or facts.nonnegative(rest),
                "{} does not follow: {} is not shown to be >= 0",
                goal,
                rest,
            )
        case ">":
            shown = facts.positive(rest) or (strict and (zero or facts.nonnegative(rest)))
            require(shown, "{} does not follow strictly: {} is not shown to be > 0", goal, rest)
        case "!=":
            mirrored = -wanted - known
            shown = (
                facts.nonzero(rest)
                if equations_alone
                else strict
                and (
                    zero
                    or facts.nonnegative(rest)
                    or facts.algebra.is_zero(mirrored)
                    or facts.nonnegative(mirrored)
                )
            )
            require(shown, "{} does not follow: {} is not shown to differ from 0", goal, rest)
    return kept, goal


@rule
def whole(theorem: Theorem) -> tuple[Iterable[Formula], Formula]:
    """From G |- a < b to G |- a + 1 <= b, for whole numbers a and b."""
    relation = theorem.conclusion
    require(isinstance(relation, Relation), "{} is not a comparison of terms", relation)
    low, high = relation.oriented().args[1:]
    require(relation.oriented().op == "<", "{} is not strict", relation)
    require(is_whole(low) and is_whole(high), "{}: no whole numbers", relation)
    return theorem.hypotheses, Relation("<=", low + 1, high)


@rule
def exponential(x: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H, x != 0 |- 1 + x < e^x."""
    require(facts_of(hypotheses).defined(x), "{} is not shown to be defined", x)
    return [*hypotheses, Relation("!=", x, 0)], Relation("<", 1 + x, Exp(x))


@rule
def exponential_weak(
    x: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- 1 + x <= e^x."""
    require(facts_of(hypotheses).defined(x), "{} is not shown to be defined", x)
    return hypotheses, Relation("<=", 1 + x, Exp(x))
