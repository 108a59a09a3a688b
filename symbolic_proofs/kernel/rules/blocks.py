"""Rules about what counts only where a value is not 0, and about the parts of a concatenation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import Every, Formula, Relation
from ...language.symbols import bound_symbol
from ...language.terms import OnNonzero
from ...language.vectors import Concat, Entry, Vector, entry, length
from ..theorem import Theorem, facts_of, rule
from ..well_formed import names_quantified_in, require


@rule
def on_nonzero(term: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- "f(v) if v != 0, else 0" = f(v) where v != 0 is shown, = 0 where v = 0 is.

    That is what the term says, read in the one case or in the other.
    """
    require(isinstance(term, OnNonzero), "{} does not turn on whether a value is 0", term)
    facts, value = facts_of(hypotheses), term.args[2]
    require(facts.defined(term), "{} is not shown to be defined", term)
    if facts.nonzero(value):
        statement = Relation("=", term, term.at(value))
        require(facts.defined(statement), "{} is not shown to be defined", statement)
        return hypotheses, statement
    zero = facts.nonnegative(value) and facts.nonnegative(-value)
    require(zero, "{} is shown neither to be 0 nor not to be", value)
    return hypotheses, Relation("=", term, 0)


@rule
def every_part(theorem: Theorem, part: Vector) -> tuple[Iterable[Formula], Formula]:
    """From G |- F of every entry of [U, V, ..] to G |- F of every entry of U (or V, ..).

    Each entry of a part is one of the whole. The index may stand in F only as that of an entry of
    the whole, and the range must be all of it.
    """
    statement = theorem.conclusion
    require(isinstance(statement, Every), "{} does not speak of every index", statement)
    require(not names_quantified_in([statement]), "{} has quantifiers inside", statement)
    facts, index = facts_of(theorem.hypotheses), bound_symbol(-1, "count")
    body, count = statement.at(index), statement.args[2]
    wholes = {e.args[0] for e in body.atoms(Entry) if e.args[1] == index}
    require(len(wholes) == 1, "{} does not speak of the entries of one vector", statement)
    (whole,) = wholes
    require(isinstance(whole, Concat) and part in whole.args, "{} is not a part of {}", part, whole)
    require(facts.algebra.is_zero(count - length(whole)), "{} is not all of {}", count, whole)
    there = Entry(whole, index)
    alone = body.xreplace({there: bound_symbol(0, "real")})
    require(not alone.has(index), "{} uses its index by itself", statement)
    moved = body.xreplace({there: entry(part, index)})
    return theorem.hypotheses, Every(moved, index, length(part))
