"""Rules about the least and the greatest of f(1) .. f(n)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import Formula, Relation
from ...language.terms import Greatest, Least
from ...language.vectors import Concat, Vector
from ..theorem import Theorem, facts_of, rule
from ..well_formed import require
from .indices import for_every, in_range, shown_defined
from .sums import over_part


@rule
def least(
    term: sp.Expr, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the least of f(1) .. f(n) <= f(k), for 1 <= k <= n."""
    require(isinstance(term, Least), "{} is not a least value", term)
    _in_range_of(term, index, hypotheses)
    return hypotheses, Relation("<=", term, term.at(index))


@rule
def greatest(
    term: sp.Expr, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- f(k) <= the greatest of f(1) .. f(n), for 1 <= k <= n."""
    require(isinstance(term, Greatest), "{} is not a greatest value", term)
    _in_range_of(term, index, hypotheses)
    return hypotheses, Relation("<=", term.at(index), term)


def _in_range_of(term: sp.Expr, index: sp.Expr, hypotheses: Sequence[Formula]) -> None:
    facts = facts_of(hypotheses)
    require(facts.defined(term), "{} is not shown to be defined", term)
    in_range(facts, index, term.args[2])


@rule
def bound(theorem: Theorem, term: sp.Expr, index: sp.Symbol) -> tuple[Iterable[Formula], Formula]:
    """From G |- f(i) <= c to G for every i |- the greatest of f(1) .. f(n) <= c.

    And from c <= f(i) to c <= the least of them. The same for <: one of them is the greatest, and
    n >= 1, or there would be none.
    """
    relation = theorem.conclusion
    require(isinstance(relation, Relation), "{} compares no terms", relation)
    require(isinstance(term, Least | Greatest), "{} is not a least or greatest value", term)
    relation = relation.oriented()
    require(relation.op in ("<", "<="), "{} bounds nothing", relation)
    kept = for_every(theorem.hypotheses, index, term.args[2])
    require(index not in term.free_symbols, "{} depends on {}", term, index)
    low, high = relation.args[1:]
    value, limit = (low, high) if isinstance(term, Greatest) else (high, low)
    require(value == term.at(index), "{} is not a bound of {}", relation, term)
    require(index not in limit.free_symbols, "the bound {} depends on {}", limit, index)
    sides = (term, limit) if isinstance(term, Greatest) else (limit, term)
    return kept, shown_defined(kept, Relation(relation.op, *sides))


@rule
def extreme_of_part(
    term: sp.Expr, whole: Vector, part: Vector, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the least of f over [U, V, ..] <= the least over U, which is not empty.

    The greatest over U <= the greatest over all. As in `split`, the index may stand in the body
    only as that of an entry of the whole.
    """
    require(isinstance(term, Least | Greatest), "{} is not a least or greatest value", term)
    require(isinstance(whole, Concat) and part in whole.args, "{} is not a part of {}", part, whole)
    facts = facts_of(hypotheses)
    there = over_part(term, whole, part, facts)
    sides = (term, there) if isinstance(term, Least) else (there, term)
    statement = Relation("<=", *sides)
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement
