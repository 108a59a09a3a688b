"""Rules about sums over an index: what defines them, splits them, bounds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import sympy as sp

from ...language.formulas import Formula, Relation, Some
from ...language.operations import Sum
from ...language.symbols import bound_symbol
from ...language.terms import Greatest, Least, Total, definition
from ...language.vectors import Concat, Entry, Steps, Vector, entry, length
from ..definedness import Facts
from ..polynomials import as_term, monomial_term
from ..theorem import Theorem, facts_of, rule, without
from ..well_formed import KernelError, require
from .indices import for_every, in_range, shown_defined


@rule
def define(term: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- a power sum, norm or index = what it stands for; both sides must be defined."""
    statement = Relation("=", term, definition(term))
    require(facts_of(hypotheses).defined(statement), "{} is not shown to be defined", term)
    return hypotheses, statement


@rule
def linear(total: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- a sum = the sum of its terms' sums, constant factors pulled out.

    The sum of a constant is n times it.
    """
    require(isinstance(total, Total), "{} is not a sum over an index", total)
    facts = facts_of(hypotheses)
    under, index, body = facts.opened(total)
    form = under.algebra.form(body)
    require(not as_term(form.below()).has(index), "the index stands in a divisor that is a sum")
    parts = []
    for m, c in form.numerator.items():
        inner = frozenset(pair for pair in m if pair[0].has(index) or pair[1].has(index))
        over = (
            Total(monomial_term(Fraction(1), inner), index, total.args[2])
            if inner
            else total.args[2]
        )
        parts.append(monomial_term(c, m - inner) * over)
    statement = Relation("=", total, Sum(*parts) / as_term(form.below()))
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement


@rule
def split(
    total: sp.Expr, whole: Vector, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- the sum over the entries of [U, V, ..] = the sum of the sums over each.

    The whole may be steps V_1 .. V_T too, and then the least or greatest value over its entries is
    that of the values over each. The range is split at the parts' lengths and each piece shifted
    to begin at 1; so the index may stand in the body only as that of an entry of the whole.
    """
    require(isinstance(total, Total | Least | Greatest), "{} is not a sum over an index", total)
    facts = facts_of(hypotheses)
    match whole:
        case Concat() if isinstance(total, Total):
            pieces = Sum(*(over_part(total, whole, part, facts) for part in whole.args))
        case Steps():
            _, step, member = Facts((), 1000).opened(whole)
            pieces = total.func(over_part(total, whole, member, facts), step, whole.args[2])
        case _:
            raise KernelError("{} has no parts to split into", whole)
    statement = Relation("=", total, pieces)
    require(facts.defined(statement), "{} is not shown to be defined", statement)
    return hypotheses, statement


def over_part(term: sp.Expr, whole: Vector, part: Vector, facts: Facts) -> sp.Expr:
    """Return a sum, or a least or greatest value, over the entries of one part of the whole."""
    _, index, body = facts.opened(term)
    over_all = facts.algebra.is_zero(term.args[2] - length(whole))
    require(over_all, "{} does not run over {}", term, whole)
    there = Entry(whole, index)
    alone = body.xreplace({there: bound_symbol(0, "real")})
    require(not alone.has(index), "{} uses its index by itself", term)
    return term.func(body.xreplace({there: entry(part, index)}), index, length(part))


@rule
def sum_up(theorem: Theorem, index: sp.Symbol, count: sp.Expr) -> tuple[Iterable[Formula], Formula]:
    """From G |- f(i) <= g(i) to G for every i = 1 .. n |- sum f <= sum g.

    The same for <, which needs n >= 1, and for =.
    """
    relation = theorem.conclusion
    require(isinstance(relation, Relation) and relation.op != "!=", "{} cannot be summed", relation)
    hypotheses = for_every(theorem.hypotheses, index, count)
    op = relation.op
    if op in ("<", ">") and not facts_of(hypotheses).positive(count):
        op += "="
    left, right = (Total(side, index, count) for side in (relation.left, relation.right))
    return hypotheses, shown_defined(hypotheses, Relation(op, left, right))


@rule
def sum_up_strictly(
    weak: Theorem, strict: Theorem, somewhere: Formula, index: sp.Symbol, count: sp.Expr
) -> tuple[Iterable[Formula], Formula]:
    """From G |- f(i) <= g(i) and H, F(i) |- f(i) < g(i) to .., F(i) for some i |- sum f < sum g."""
    loose, tight = weak.conclusion, strict.conclusion
    require(
        isinstance(loose, Relation) and isinstance(tight, Relation),
        "only comparisons can be summed",
    )
    require(
        (loose.op, tight.op) in (("<=", "<"), (">=", ">"), ("<", "<"), (">", ">")),
        "no strict comparison",
    )
    require(loose.args[1:] == tight.args[1:], "the two theorems compare different terms")
    kept = for_every(weak.hypotheses | without(strict, somewhere), index, count, somewhere)
    total = Relation(tight.op, Total(tight.left, index, count), Total(tight.right, index, count))
    return [*kept, Some(somewhere, index, count)], shown_defined(kept, total)


@rule
def summand(
    total: sp.Expr, index: sp.Expr, hypotheses: Sequence[Formula]
) -> tuple[Iterable[Formula], Formula]:
    """H |- f(k) <= the sum of f, whose terms are all >= 0, for 1 <= k <= n."""
    require(isinstance(total, Total), "{} is not a sum over an index", total)
    facts = facts_of(hypotheses)
    under, _, body = facts.opened(total)
    require(
        facts.defined(total) and under.nonnegative(body),
        "the terms of {} are not shown to be >= 0",
        total,
    )
    in_range(facts, index, total.args[2])
    return hypotheses, Relation("<=", total.at(index), total)
