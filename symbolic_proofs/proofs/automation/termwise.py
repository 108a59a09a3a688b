"""Comparisons of sums that hold term by term: shown for one index, then summed.

For one entry a comparison is shown by signs, by one thing that is known of the entry times a factor
(what is said of every entry, an entry lies between the least and the greatest, a term is at most
its sum, powers of either, a square is not negative), or by cases on the signs under the absolute
values. Where sums of logarithms are compared, each is held against its tangent, and what is said of
the sums may close the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Every, Relation, at_most, equal, negation
from ...language.names import LanguageError
from ...language.operations import Abs, Exp, Log, Sum, order
from ...language.terms import Greatest, Least, NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol, is_nonnegative_vector, length
from ...rational_terms import coefficient
from ..tactics import classical, inequalities
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    fresh_index,
    instance,
    left,
    reduced,
    rewrite,
    right,
    said_at,
    summed,
    then,
)
from ..tactics.inequalities import power_at_most, tangent
from ..tactics.lift import factor_of
from ..tactics.several import each_of, is_or
from ..tactics.support import by_support, counting
from ..tactics.unfold import folded, plain, restated
from .nonlinear import shown_by_products
from .positive import logarithms
from .signs import by_signs_of

#: absolute values whose signs are told apart
_MOST_CASES = 3


def by_terms(claim: Claim) -> Derivation | None:
    """Return a derivation of a <= or = between sums that holds for each term, None if none does."""
    goal, given = claim.conclusion, tuple(claim.given)
    if isinstance(goal, Relation) and goal.op == "=" and any(isinstance(h, Every) for h in given):
        return _both_ways(claim, goal)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    try:
        wanted, equations = plain(goal, given)
    except KernelError:
        # multiplied out, ln(t x + (1 - t) y) is not seen to have a value
        wanted, equations = goal, None
    counts = [_number_of_nonzero(k, given) for k in sorted(wanted.atoms(NonzeroCount), key=order)]
    # as it is written first: ln(a/b) has one tangent, ln a - ln b has two
    for written in dict.fromkeys((goal, wanted)):
        stated = written.xreplace({left(meaning): right(meaning) for meaning in counts})
        low, high = (stated.left, stated.right)[:: 1 if stated.op == "<=" else -1]
        for count in _counts(stated):
            i = fresh_index(stated, *given)
            here = (*given, *said_at(i, count, given))
            try:
                each = at_most(_at(low, i, count), _at(high, i, count))
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
                        total = summed(shown, i, count, given)
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


def by_signs(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison by cases on the signs under its bars, None if none."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">=") or not goal.atoms(Abs):
        return None
    proof = Proof()
    try:
        if goal.atoms(VectorSymbol):
            proof.show(shown_at(goal, given, []), "by cases on the signs")
        else:
            proof.show(by_signs_of(goal, given), "by cases on the signs")
    except KernelError:
        return None
    return proof.done()


def _shown(each: Relation, here: Given, known: list[Theorem]) -> Iterator[Theorem]:
    """Yield what is shown for one index: the comparison, or a logarithm against its tangent."""
    with suppress(KernelError):
        yield shown_at(each, here, known)
    for fact in _tangents(each, here):
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
    for more in ((), *(((c, h),) for h in said for c in (1, -1))):
        try:
            return combine(wanted, (1, total), *known, *more, given=given)
        except KernelError:
            continue
    raise KernelError(f"{wanted} is not what the sum says")


def _counts(wanted: Relation) -> list[sp.Expr]:
    """Return how far the sums of a comparison run, each once."""
    found = {length(s.args[0]) for s in wanted.atoms(PowerSum) if _is_whole(s)}
    found |= {t.args[2] for t in wanted.atoms(Total) if not _inner(t)}
    found |= {length(k.args[0]) for k in wanted.atoms(NonzeroCount)}
    return sorted(found, key=order)


def _is_whole(power_sum: PowerSum) -> bool:
    return isinstance(power_sum.args[0], VectorSymbol)


def _inner(total: Total) -> bool:
    return any(s.name.startswith("_") for s in total.free_symbols)


def _at(term: sp.Expr, i: sp.Symbol, count: sp.Expr) -> sp.Expr:
    """Return one term of each sum in the place of the sum; what has no sum is shared out."""
    values: dict[sp.Basic, sp.Basic] = {
        s: _size_at(s.args[0], i) ** s.args[1]
        for s in term.atoms(PowerSum)
        if _is_whole(s) and length(s.args[0]) == count
    }
    values |= {t: t.at(i) for t in term.atoms(Total) if t.args[2] == count and not _inner(t)}
    values |= {k: k.meaning().at(i) for k in term.atoms(NonzeroCount) if length(k.args[0]) == count}
    if not values:
        return term if term == 0 else term / count
    if isinstance(term, Sum):
        return Sum(*(_at(part, i, count) for part in term.args))
    return term.xreplace(values)


def _size_at(v: VectorSymbol, i: sp.Symbol) -> sp.Expr:
    return v[i] if is_nonnegative_vector(v) else Abs(v[i])


def known_at(wanted: Relation, i: sp.Symbol, count: sp.Expr, here: Given) -> list[Theorem]:
    """Return what is known of the entries at the index, and powers of it."""
    found = [K.assume(h) for h in here if isinstance(h, Relation) and h.op in ("<=", ">=")]
    for extreme in sorted(wanted.atoms(Greatest, Least), key=order):
        if extreme.args[2] == count:
            rule = K.greatest if isinstance(extreme, Greatest) else K.least
            found.append(rule(extreme, i, here))
    for total in sorted(wanted.atoms(PowerSum), key=order):
        if _is_whole(total) and length(total.args[0]) == count:
            meaning = K.define(total, ())
            term = rewrite(K.summand(right(meaning), i, here), meaning, backwards=True)
            found.append(term)
            root = {
                inequalities.u: left(term),
                inequalities.w: right(term),
                inequalities.e: 1 / total.args[1],
            }
            found.append(discharge(instance(power_at_most(), root, here), term))
    entries = sorted((e for e in _entries(wanted, i, count)), key=order)
    found += [algebra(at_most(0, (a - b) ** 2), here) for a, b in combinations(entries, 2)]
    exponents = sorted(_exponents(wanted), key=order)
    for fact in list(found):
        one, other = _sides(fact)
        for e in exponents:
            values = {inequalities.u: one, inequalities.w: other, inequalities.e: e}
            try:
                found.append(discharge(instance(power_at_most(), values, here), fact))
            except KernelError:
                continue
    for a, b in combinations(entries, 2):
        for e in exponents:
            found += _powers_of_sums(a, b, e, here)
    return found


def _powers_of_sums(a: sp.Expr, b: sp.Expr, e: sp.Expr, here: Given) -> Iterator[Theorem]:
    sizes = {inequalities.u: abs(a), inequalities.w: abs(b), r: e}
    plain_sizes = {inequalities.x: a, inequalities.y: b, r: e}
    for lemma, values in (
        (classical.power_of_sum, sizes),
        (classical.power_of_sum_below, sizes),
        (classical.triangle_below, plain_sizes),
    ):
        with suppress(KernelError):
            yield instance(lemma(), values, here)


def _entries(wanted: Relation, i: sp.Symbol, count: sp.Expr) -> set[sp.Expr]:
    return {v[i] for v in wanted.atoms(VectorSymbol) if not v.indices and length(v) == count}


def _exponents(wanted: Relation) -> set[sp.Expr]:
    exponents = {s.args[1] for s in wanted.atoms(PowerSum)}
    return exponents | {e - 1 for e in exponents}


def _sides(fact: Theorem) -> tuple[sp.Expr, sp.Expr]:
    one, other = left(fact), right(fact)
    relation = fact.conclusion
    return (one, other) if isinstance(relation, Relation) and relation.op == "<=" else (other, one)


def shown_at(goal: Relation, here: Given, known: list[Theorem], depth: int = 0) -> Theorem:
    """Prove a comparison for one index; raises KernelError if it is not seen."""
    shown = next(_attempts(goal, here, known), None)
    if shown is not None:
        return shown
    for some in filter(is_or, here):
        return each_of(some, goal, here, lambda at: _put_in(goal, at, depth))
    if counting(goal):
        return by_support(goal, here, lambda side, at: shown_at(side, at, known, depth))
    with suppress(KernelError):
        return shown_by_products(goal, here)[0]
    values = sorted(goal.atoms(Abs), key=order)
    if depth < min(len(values), _MOST_CASES):
        sign = Relation(">=", values[depth].args[0], 0)
        sides = (shown_at(goal, (*here, s), known, depth + 1) for s in (sign, negation(sign)))
        return K.cases(*sides, sign)
    raise KernelError(f"{goal} is not seen for each term")


def _put_in(goal: Relation, here: Given, depth: int) -> Theorem:
    """Prove a comparison with the value of an entry put in, where that is said last."""
    if not (isinstance(here[-1], Relation) and here[-1].op == "="):
        return shown_at(goal, here, [], depth)
    said = K.assume(here[-1])
    one, two = (then(algebra(equal(s, s), here), said) for s in (goal.left, goal.right))
    shown = shown_at(Relation(goal.op, right(one), right(two)), here, [], depth)
    return restated(goal, shown, one, two)


def _attempts(goal: Relation, here: Given, known: list[Theorem]) -> Iterator[Theorem]:
    for premises in _ways(goal, here, known):
        try:
            yield combine(goal, *premises, given=here)
        except KernelError:
            continue


def _ways(
    goal: Relation, here: Given, known: list[Theorem]
) -> Iterator[tuple[tuple[object, Theorem], ...]]:
    yield ()
    for fact in [*known, *_exponentials(goal, here), *_tangents(goal, here)]:
        try:
            yield ((factor_of(goal, fact.conclusion, here), fact),)
        except KernelError:
            continue
    # a <= b and b <= c
    low, high = (goal.left, goal.right)[:: 1 if goal.op == "<=" else -1]
    for one, other in product(known, known):
        if _sides(one)[0] == low and _sides(other) == (_sides(one)[1], high):
            yield (1, one), (1, other)
    yield from _pairs_of_logarithms(goal, here)


def _pairs_of_logarithms(
    goal: Relation, here: Given
) -> Iterator[tuple[tuple[object, Theorem], ...]]:
    """Yield ln a - ln b <= a/b - 1 for one a and each other b, by what the goal has of ln b."""
    up = goal.right - goal.left if goal.op == "<=" else goal.left - goal.right
    logs = sorted(goal.atoms(Log), key=order)
    if len(logs) < 3:
        return
    for log in logs:
        with suppress(KernelError):
            yield tuple(
                (coefficient(up, other), tangent(log - other, *here))
                for other in logs
                if other != log
            )


def _exponentials(goal: Relation, here: Given) -> Iterator[Theorem]:
    """Yield 1 + a <= e^a for the exponentials of a goal."""
    for head in sorted(goal.atoms(Exp), key=order):
        with suppress(KernelError):
            yield tangent(head.args[0], *here)


def _tangents(goal: Relation, here: Given) -> Iterator[Theorem]:
    """Yield ln a <= a - 1 and ln a >= 1 - 1/a for the logarithms of a goal, and their signs."""
    yield from (fact for fact, _ in logarithms(goal, here))
    for log in sorted(goal.atoms(Log), key=order):
        for exponent in (log, -log):
            try:
                yield tangent(exponent, *here)
            except KernelError:
                continue
