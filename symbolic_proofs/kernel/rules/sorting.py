"""Rules about sums over the entries of a vector in ascending order c_(1) <= .. <= c_(n)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import Formula, Relation
from ...language.operations import Abs
from ...language.symbols import bound_symbol
from ...language.terms import Total
from ...language.vectors import Entry, Sorted, Vector, entry, length
from ..theorem import facts_of, rule
from ..well_formed import require
from .sums import over_part


@rule
def sorted_sum(
    total: sp.Expr, vector: Vector, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the sum of f(c_(k)) = the sum of f(v_i), both over all n entries of V.

    The c_(k) are the v_i in another order. The index may stand in the body only as that of the
    entry c_(k): then f is one function for all k.
    """
    require(isinstance(total, Total), "{} is not a sum over an index", total)
    facts = facts_of(hypotheses)
    statement = Relation("=", total, over_part(total, Sorted(vector), vector, facts))
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement


@rule
def ranked_sum(
    total: sp.Expr, vector: Vector, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- sum k c_(k) = (1/4) sum_i sum_j |v_i - v_j| + ((n+1)/2) sum_i v_i.

    Both sides are as they are when V is put in ascending order; let it be. Then max(v_i, v_j) is
    v_k for the 2k - 1 pairs (i, j) whose larger index is k, so sum_i sum_j max(v_i, v_j) = sum_k
    (2k - 1) v_k. And max(x, y) = (x + y + |x - y|)/2 sums to n sum_i v_i + (1/2) sum_i sum_j
    |v_i - v_j|. Ties and n = 0, 1 are not exceptions.
    """
    require(isinstance(total, Total), "{} is not a sum over an index", total)
    facts = facts_of(hypotheses)
    under, k, body = facts.opened(total)
    n = length(vector)
    require(facts.algebra.is_zero(total.args[2] - n), "{} does not run over {}", total, vector)
    weighted = k * Entry(Sorted(vector), k)
    require(under.algebra.is_zero(body - weighted), "{} is not a sum of k c_(k)", total)
    i, j = bound_symbol(0, "count"), bound_symbol(-1, "count")
    gaps = Total(Total(Abs(entry(vector, i) - entry(vector, j)), j, n), i, n)
    pairs = gaps / 4 + (n + 1) / 2 * Total(entry(vector, i), i, n)
    statement = Relation("=", total, pairs)
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement
