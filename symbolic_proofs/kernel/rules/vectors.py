"""Rules about vectors: which are not zero, what a count counts, what a predicate says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from ...language.formulas import Constant, Every, Formula, NonZero, Not, Relation, Some
from ...language.operations import Abs, Sum
from ...language.sums import CountAtMost
from ...language.symbols import bound_symbol
from ...language.terms import NonzeroCount
from ...language.vectors import Concat, Entry, Map, Repeat, Vector, entry, length
from ..theorem import facts_of, rule
from ..well_formed import KernelError, require


@rule
def nonzero(vector: Vector, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- V != 0, where a block of V is shown not to be zero."""
    facts = facts_of(hypotheses)
    shown = facts.defined(vector) and facts.nonzero_vector(vector)
    require(shown, "{} is not shown to be nonzero", vector)
    return hypotheses, NonZero(vector)


@rule
def count_parts(term: sp.Expr, hypotheses: Sequence[Formula]) -> tuple[Iterable[Formula], Formula]:
    """H |- a count over the entries of [U, V, ..] = the sum of the counts over each.

    The nonzero entries, or those that are at most a bound. A value repeated counts as often as it
    stands or not at all, and a factor that is not 0 makes no entry zero.
    """
    require(isinstance(term, NonzeroCount | CountAtMost), "{} counts no entries", term)
    facts = facts_of(hypotheses)
    require(facts.defined(term), "{} is not shown to be defined", term)

    def counted(part: Vector) -> sp.Expr:
        match term, part:
            case NonzeroCount(), Repeat(args=(value, times)) if value == 0:
                return sp.Integer(0)
            case NonzeroCount(), Repeat(args=(value, times)) if facts.nonzero(value):
                return times
            case NonzeroCount(), Map(args=(_, _, inner)):
                factor = facts.multiple(part)
                if factor is not None and facts.nonzero(factor):
                    return counted(inner)
            case CountAtMost(args=(_, bound)), Repeat(args=(value, times)):
                if facts.nonnegative(bound - value):
                    return times
                if facts.positive(value - bound):
                    return sp.Integer(0)
        return term.func(part, *term.args[1:])

    vector = term.args[0]
    parts = vector.args if isinstance(vector, Concat) else (vector,)
    return hypotheses, Relation("=", term, Sum(*map(counted, parts)))


@rule
def open_predicate(
    predicate: Formula, reference: sp.Expr | None = None, hypotheses: Sequence[Formula] = ()
) -> tuple[Iterable[Formula], Formula]:
    """P(V), H |- what P says of the entries.

    V != 0: some entry is not 0. Not so: every entry is 0. All |v_j| equal: every |v_i| is |v_1|.
    Not so: for any number c (the reference) some |v_i| differs from c.
    """
    i = bound_symbol(0, "count")
    kept = [predicate, *hypotheses]
    match predicate:
        case NonZero(args=(v,)):
            return kept, Some(Relation("!=", entry(v, i), 0), i, length(v))
        case Not(args=(NonZero(args=(v,)),)):
            return kept, Every(Relation("=", entry(v, i), 0), i, length(v))
        case Constant(args=(v,)):
            return kept, Every(Relation("=", Abs(entry(v, i)), Abs(Entry(v, 1))), i, length(v))
        case Not(args=(Constant(args=(v,)),)):
            require(
                reference is not None and facts_of(kept).defined(reference),
                "a defined reference is needed",
            )
            return kept, Some(Relation("!=", Abs(entry(v, i)), reference), i, length(v))
    raise KernelError("{} is not a predicate that can be opened", predicate)
