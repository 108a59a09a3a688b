"""Rules about statements for every index; which indices are in range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import Every, Formula, Relation, normal
from ...language.kinds import is_whole
from ...language.symbols import kind_of
from ..definedness import Facts
from ..theorem import Theorem, facts_of, rule
from ..well_formed import names_free_in, names_quantified_in, require


def for_every(
    hypotheses: Iterable[Formula], index: sp.Symbol, count: sp.Expr, *statements: Formula
) -> frozenset[Formula]:
    """Return the hypotheses, those that speak of the index said for every one from 1 to n."""
    hypotheses = tuple(hypotheses)
    require(isinstance(index, sp.Symbol) and kind_of(index) == "count", "{} is not an index", index)
    quantified = names_quantified_in((*hypotheses, *statements))
    require(index.name not in quantified, "{} is quantified", index)
    require(index not in count.free_symbols, "the count {} depends on the index", count)
    in_range = normal(Relation("<=", index, count))
    kept = frozenset(
        Every(h, index, count) if index in h.free_symbols else h
        for h in hypotheses
        if normal(h) != in_range
    )
    facts = facts_of(kept)
    shown = facts.defined(count) and is_whole(count) and facts.nonnegative(count)
    require(shown, "{} is not shown to be a whole number >= 0", count)
    return kept


def shown_defined(hypotheses: Iterable[Formula], formula: Formula) -> Formula:
    """Return the formula, which must be shown to be defined under the hypotheses."""
    # the index was any whole number; bound, it may run past the end of a vector
    require(facts_of(hypotheses).defined(formula), "{} is not shown to be defined", formula)
    return formula


def in_range(facts: Facts, index: sp.Expr, count: sp.Expr) -> None:
    """Require that `index` is shown to be a whole number from 1 to `count`."""
    shown = is_whole(index) and facts.positive(index) and facts.nonnegative(count - index)
    require(
        shown and facts.defined(index), "{} is not shown to be an index from 1 to {}", index, count
    )


@rule
def every(theorem: Theorem, index: sp.Symbol, count: sp.Expr) -> tuple[Iterable[Formula], Formula]:
    """From G |- F(i) to G for every i = 1 .. n |- F(i) for every i = 1 .. n."""
    kept = for_every(theorem.hypotheses, index, count, theorem.conclusion)
    return kept, shown_defined(kept, Every(theorem.conclusion, index, count))


@rule
def at_index(
    theorem: Theorem, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """From G |- F(i) for every i = 1 .. n to G, H |- F(k), for 1 <= k <= n."""
    statement = theorem.conclusion
    require(isinstance(statement, Every), "{} does not speak of every index", statement)
    kept = [*theorem.hypotheses, *hypotheses]
    facts = facts_of(kept)
    in_range(facts, index, statement.args[2])
    captured = names_quantified_in([statement]) & names_free_in([index])
    require(not captured, "{} would be captured", index)
    return kept, statement.at(index)
