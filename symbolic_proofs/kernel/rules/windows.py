"""Rules about the shortest window: the least spread of k entries next to each other when sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import Formula, Relation
from ...language.sums import ShortestWindow
from ...language.vectors import Concat, Map, Repeat, Steps
from ..theorem import facts_of, rule
from ..well_formed import require


@rule
def window_scaled(
    term: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the shortest window of a V + b = a times that of V, of as many entries, for a >= 0.

    Where c_(k) are the sorted entries of V, those of a V + b are a c_(k) + b.
    """
    vector, width = _window(term)
    require(isinstance(vector, Map), "{} is not a multiple of a vector", vector)
    body, x, inner = vector.args
    facts = facts_of(hypotheses)
    start = body.xreplace({x: sp.Integer(0)})
    factor = body.xreplace({x: sp.Integer(1)}) - start
    require(facts.defined(vector), "{} is not shown to be defined", vector)
    line = facts.algebra.is_zero(body - factor * x - start)
    require(line and facts.nonnegative(factor), "{} is not of the form a x + b with a >= 0", body)
    statement = Relation("=", term, factor * ShortestWindow(inner, width))
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement


@rule
def window_of_copies(
    term: sp.Expr, width: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the shortest window of k entries of m copies of V = that of l of V, m(l-1) < k <= ml.

    Sorted, the copies are c_(1) m times, then c_(2) m times, .. A window of k > m(l-1) entries that
    begins among the copies of c_(s) ends among those of c_(s+l-1) or later, so its spread is one
    of l entries of V at least. And as k <= ml, the window that begins at the first copy of c_(s)
    ends among those of c_(s+l-1) or before, so its spread is at most that of l entries.
    """
    copies, k = _window(term)
    repeated = isinstance(copies, Steps) and copies.variable not in copies.body.free_symbols
    require(repeated, "{} is not a vector repeated", copies)
    inner, m = copies.body, copies.args[2]
    facts = facts_of(hypotheses)
    statement = Relation("=", term, ShortestWindow(inner, width))
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    wide = facts.positive(k - m * (width - 1)) and facts.nonnegative(m * width - k)
    require(wide, "{} of {} is not shown to be {} of each", k, copies, width)
    return hypotheses, statement


@rule
def window_of_equals(
    term: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the shortest window of k entries = 0, where k equal ones are among them, or k = 1.

    Equal entries stand next to each other in sorted order, and no spread is below 0.
    """
    vector, k = _window(term)
    facts = facts_of(hypotheses)
    require(facts.defined(term), "{} is not shown to be defined", term)
    parts = vector.args if isinstance(vector, Concat) else (vector,)
    repeated = (part for part in parts if isinstance(part, Repeat))
    seen = facts.algebra.is_zero(k - 1) or any(
        facts.nonnegative(part.args[1] - k) for part in repeated
    )
    require(seen, "no {} equal entries are seen in {}", k, vector)
    return hypotheses, Relation("=", term, sp.Integer(0))


def _window(term: sp.Expr) -> tuple[sp.Basic, ...]:
    require(isinstance(term, ShortestWindow), "{} is not a shortest window", term)
    return term.args
