"""Comparisons of sums that hold term by term: shown for one index, then summed.

For one entry a comparison is shown by signs, by one thing that is known of the entry times a factor
(what is said of every entry, an entry lies between the least and the greatest, a term is at most
its sum, powers of either, a square is not negative), or by cases on the signs under the absolute
values. Where sums of logarithms are compared, each is held against its tangent, and what is said of
the sums may close the gap; a sum that is given stands for its number too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Every, Relation, at_most, equal
from ...language.names import LanguageError
from ...language.operations import Abs, Log, Product, Sum, order, summands
from ...language.sums import NonzeroTotal
from ...language.terms import NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol, is_nonnegative_vector, length
from ...rational_terms import coefficient, expanded
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    fresh_index,
    left,
    reduced,
    right,
    said_at,
    summed,
    then,
)
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain
from .known_of_entries import is_whole, known_at
from .normalised import normalisations
from .one_term import shown_at, tangents


def by_terms(claim: Claim) -> Derivation | None:
    """Return a derivation of a <= or = between sums that holds for each term, None if none does."""
    goal, given = claim.conclusion, tuple(claim.given)
    if isinstance(goal, Relation) and goal.op == "=":
        has_cases = any(isinstance(h, Every) for h in given) or goal.atoms(NonzeroCount)
        return _both_ways(claim, goal) if has_cases else None
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    try:
        wanted, equations = plain(goal, given)
    except KernelError:
        # multiplied out, ln(t x + (1 - t) y) is not seen to have a value
        wanted, equations = goal, None
    counts = [_number_of_nonzero(k, given) for k in sorted(wanted.atoms(NonzeroCount), key=order)]
    # as it is written first: ln(a/b) has one tangent, ln a - ln b has two
    for written in dict.fromkeys((goal, wanted, *_with_whole(wanted, given))):
        stated = written.xreplace({left(meaning): right(meaning) for meaning in counts})
        low, high = (stated.left, stated.right)[:: 1 if stated.op == "<=" else -1]
        for count in _counts(stated):
            i = fresh_index(stated, *given)
            here = (*given, *said_at(i, count, given))
            try:
                each = at_most(at_index(low, i, count), at_index(high, i, count))
                known = known_at(stated, i, count, here)
            except (KernelError, LanguageError):
                continue
            for shown in _shown(each, here, known):
                proof = Proof()
                proof.show(shown, "for each term")
                try:
                    if equations is None:
                        total = K.sum_up(shown, i, count)
                        total = then(total, reduced(right(total), given))
                        last = combine(goal, (1, total), given=given)
                    else:
                        total = summed(shown, i, count, given, wanted.atoms(Total))
                        last = folded(goal, _closed(wanted, total, counts, given), equations)
                    proof.show(total, f"sum over ${i}$")
                    proof.show(last, "so it follows")
                except KernelError:
                    continue
                return proof.done()
    return None


def _both_ways(claim: Claim, goal: Relation) -> Derivation | None:
    sides = [Relation(op, goal.left, goal.right) for op in ("<=", ">=")]
    found = [by_terms(replace(claim, conclusion=side)) for side in sides]
    proof = Proof()
    for one in found:
        if one is None:
            return None
        proof.show(one.theorem, "term by term")
    proof.show(K.antisymmetry(*(one.theorem for one in found if one)), "so they are equal")
    return proof.done()


def _shown(each: Relation, here: Given, known: list[Theorem]) -> Iterator[Theorem]:
    """Yield what is shown for one index: the comparison, or a logarithm against its tangent."""
    with suppress(KernelError):
        yield shown_at(each, here, known)
    for fact in tangents(each, here):
        log = next(iter(sorted(fact.conclusion.atoms(Log), key=order)), None)
        try:
            factor = coefficient(each.right - each.left, log)
            one, other = (factor * side for side in (left(fact), right(fact)))
            yield combine(at_most(one, other), (factor, fact), given=here)
        except KernelError:
            continue


def _number_of_nonzero(counted: NonzeroCount, given: Given) -> Theorem:
    """Prove what the number of nonzero entries is, of a composed vector as a sum over its parts."""
    if isinstance(counted.args[0], VectorSymbol):
        return algebra(equal(counted, counted), given)
    meaning = K.define(counted, given)
    return then(meaning, reduced(right(meaning), given))


def _closed(wanted: Relation, total: Theorem, counts: list[Theorem], given: Given) -> Theorem:
    """Return the comparison from the sum, with what is said of equal sums."""
    gap = wanted.left - wanted.right
    known = [(coefficient(gap, left(meaning)), meaning) for meaning in counts]
    said = [K.assume(h) for h in given if isinstance(h, Relation) and h.op == "="]
    rise = right(total) - left(total)
    own = tuple((coefficient(rise, left(fact)), fact) for fact in normalisations(given))
    for more in ((), own, *(((c, h),) for h in said for c in (1, -1))):
        try:
            return combine(wanted, (1, total), *known, *more, given=given)
        except KernelError:
            continue
    raise KernelError("{} is not what the sum says", wanted)


def _counts(wanted: Relation) -> list[sp.Expr]:
    """Return how far the sums of a comparison run, each once."""
    found = {length(s.args[0]) for s in wanted.atoms(PowerSum) if is_whole(s)}
    found |= {t.args[2] for t in wanted.atoms(Total) if not hidden(t)}
    found |= {length(k.args[0]) for k in wanted.atoms(NonzeroCount)}
    found |= {length(t.args[2]) for t in _sums_of_nonzero(wanted)}
    return sorted(found, key=order)


def _sums_of_nonzero(term: sp.Basic) -> set[NonzeroTotal]:
    return {t for t in term.atoms(NonzeroTotal) if isinstance(t.args[2], VectorSymbol)}


def _with_whole(wanted: Relation, given: Given) -> Iterator[Relation]:
    """Yield a comparison with a sum that is given, or their mean, for the number that it is."""
    shares = [left(said) / right(said) for said in normalisations(given) if right(said).is_Rational]
    for share in (*shares, *([Sum(*shares) / len(shares)] if len(shares) > 1 else [])):
        sides = (
            Sum(*(part * share if part.is_Rational else part for part in summands(side)))
            for side in (expanded(wanted.left), expanded(wanted.right))
        )
        yield Relation(wanted.op, *sides)


def at_index(term: sp.Expr, i: sp.Symbol, count: sp.Expr) -> sp.Expr:
    """Return one term of each sum in the place of the sum; what has no sum is shared out."""
    values: dict[sp.Basic, sp.Basic] = {
        s: _size_at(s.args[0], i) ** s.args[1]
        for s in term.atoms(PowerSum)
        if is_whole(s) and length(s.args[0]) == count
    }
    values |= {t: t.at(i) for t in term.atoms(Total) if t.args[2] == count and not hidden(t)}
    values |= {k: k.meaning().at(i) for k in term.atoms(NonzeroCount) if length(k.args[0]) == count}
    values |= {t: t.meaning().at(i) for t in _sums_of_nonzero(term) if length(t.args[2]) == count}
    if not values:
        return term if term == 0 else term / count
    if isinstance(term, Product) and any(isinstance(f, Sum) and f.has(*values) for f in term.args):
        term = expanded(term)
    if isinstance(term, Sum):
        return Sum(*(at_index(part, i, count) for part in term.args))
    return term.xreplace(values)


def _size_at(v: VectorSymbol, i: sp.Symbol) -> sp.Expr:
    return v[i] if is_nonnegative_vector(v) else Abs(v[i])
