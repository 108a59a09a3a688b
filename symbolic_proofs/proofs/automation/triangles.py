"""The triangle inequality: for sums of any terms, with factors, of more than two, turned round.

A goal speaks of several sums of powers; one of them is of a sum of what the others are of, and
Minkowski's inequality compares them. For r <= 1 a factor 2^(1/r - 1) comes in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, islice, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Formula, Relation, at_most, equal
from ...language.names import LanguageError
from ...language.operations import Abs, Product, Sum, base_and_exponent, factors, order, summands
from ...language.symbols import nonnegative, real
from ...language.terms import Norm, PowerSum, Total
from ...language.vectors import Entry, VectorSymbol, is_nonnegative_vector, length, vector
from ...rational_terms import coefficient, expanded
from ..tactics import inequalities
from ..tactics.classical import (
    power_of_sum_doubled,
    triangle_below,
)
from ..tactics.combine import (
    Given,
    combine,
    discharge,
    fresh_index,
    in_power_sums,
    instance,
    left,
    reduced,
    rewrite,
    right,
    said_at,
    summed,
)
from ..tactics.flat import flat
from ..tactics.inequalities import raised
from ..tactics.lift import factor_of
from ..tactics.minkowski import Normed, minkowski
from ..tactics.sorting import hidden
from ..tactics.unfold import entry_at, folded, plain
from .hoelder import hoelder
from .identities import X, without_bars

#: vectors of a goal, and terms that make up another
_MOST_SUMS, _MOST_TERMS = 6, 4


def by_triangles(claim: Claim) -> Derivation | None:
    """Return a derivation by the triangle inequality, None if no sum is made of the others."""
    vectors = claim.statement.atoms(VectorSymbol)
    signed = {
        v: vector(v.name, length(v))
        for v in sorted(vectors, key=order)
        if is_nonnegative_vector(v) and not v.indices
    }
    if not signed:
        return _of_any_signs(claim)
    # entries of which no sign is known keep their bars, and squares are not multiplied out
    given = tuple(h.xreplace(signed) for h in claim.given)
    found = _of_any_signs(replace(claim, given=given, conclusion=claim.conclusion.xreplace(signed)))
    if found is None:
        return _of_any_signs(claim)
    proof, back = Proof(list(found.steps)), {new: old for old, new in signed.items()}
    with suppress(KernelError, LanguageError):
        at = K.instantiate(found.theorem, back, tuple(claim.given))
        proof.show(at, "which holds for entries that are not negative as well")
        return proof.done()
    return None


def _of_any_signs(claim: Claim) -> Derivation | None:
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    i = fresh_index(goal, *given)
    barred = with_bars(goal, i, given)
    written, goal = goal, goal.xreplace({left(e): right(e) for e in barred})
    norms = _norms(goal, i, given)
    if len(norms) > _MOST_SUMS or not any(isinstance(n.term, Sum) for n in norms):
        return None
    try:
        wanted, equations = plain(goal, given)
    except KernelError:
        return None
    for norm in norms:
        for terms in _made_of(norm, norms):
            proof = Proof()
            with suppress(KernelError, LanguageError):
                lettered, values = _in_letters(terms, i, given)
                stated = _stated(norm, lettered, i, given)
                here = stated.xreplace(values)
                # whether it gives the goal is seen first: its proof takes longer
                factor = factor_of(wanted, here, given)
                shown = combine(wanted, (factor, K.assume(here)), given=given)
                known = K.instantiate(_chain(stated, norm, lettered, i, given), values, given)
                proof.show(known, "Minkowski's inequality")
                shown = folded(goal, discharge(shown, known), equations)
                shown = rewrite(shown, *barred, backwards=True)
                if shown.conclusion == written:
                    proof.show(shown, "so, by the definitions")
                    return proof.done()
    return None


def triangle_facts(spoken: Formula, given: Given) -> Iterator[Theorem]:
    """Yield Minkowski's inequality for the norms of sums that are spoken of, at each exponent."""
    i = fresh_index(spoken, *given)
    norms = _norms(spoken, i, given)
    orders = sorted({n.exponent for n in norms}, key=order)
    of_sums = [n for n in norms if isinstance(n.term, Sum)]
    norms = list(
        dict.fromkeys([*norms, *(n._replace(exponent=e) for n in of_sums for e in orders)])
    )
    if len(norms) > _MOST_SUMS or not any(isinstance(n.term, Sum) for n in norms):
        return
    for norm in norms:
        spoken_of = [n.term.atoms(Entry) for n in norms if n.exponent == norm.exponent]
        for terms in islice(_made_of(norm, norms), 1):
            if not all(term.atoms(Entry) in spoken_of for term in terms):
                continue
            with suppress(KernelError, LanguageError):
                lettered, values = _in_letters(terms, i, given)
                stated = _stated(norm, lettered, i, given)
                chain = _chain(stated, norm, lettered, i, given)
                yield K.instantiate(chain, values, given) if values else chain


def mean_facts(spoken: Formula, given: Given) -> Iterator[Theorem]:
    """Yield sum |t|^l <= (sum |t|^h)^(l/h) N^(1 - l/h) for norms of sums and exponents l < h."""
    i, facts = fresh_index(spoken, *given), Facts(given)
    norms = _all_norms(spoken, i)
    for norm in (n for n in norms if isinstance(n.term, Sum)):
        for e in sorted({n.exponent for n in norms}, key=order):
            if facts.positive(norm.exponent - e):
                low = norm._replace(exponent=e).total(i)
                with suppress(KernelError):
                    for shown in hoelder(low, norm.total(i), norm.count, e / norm.exponent, given):
                        yield in_power_sums(shown, given)


def quasi_triangle_facts(wanted: Relation, given: Given) -> Iterator[Theorem]:
    """Yield ||a + b||_r <= 2^(1/r - 1) (||a||_r + ||b||_r) for r <= 1 and norms of the goal."""
    i, facts = fresh_index(wanted, *given), Facts(given)
    for norm in _all_norms(wanted, i):
        e = norm.exponent
        if e == 1 or not facts.nonnegative(1 - e) or len(summands(norm.term)) != 2:
            continue
        with suppress(KernelError, LanguageError):
            terms = dict(zip((inequalities.x, inequalities.y), summands(norm.term), strict=True))
            here = (*given, *said_at(i, norm.count, given))
            each = instance(triangle_below(), {**terms, r: e}, here)
            total = summed(each, i, norm.count, given)
            parts = [right(reduced(norm._replace(term=t).total(i), given)) for t in terms.values()]
            root = raised(total, 1 / e, given)
            values = {inequalities.x: parts[0], inequalities.y: parts[1], r: 1 / e}
            mean = instance(power_of_sum_doubled(), values, given)
            norms = Sum(*(part ** (1 / e) for part in parts))
            goal = at_most(left(total) ** (1 / e), sp.Integer(2) ** (1 / e - 1) * norms)
            yield combine(goal, (1, root), (1, mean), given=given)


def with_bars(goal: Relation, i: sp.Symbol, given: Given) -> list[Theorem]:
    """Return sums of x^2 as sums of |x|^2, which are not multiplied out."""
    found = []
    for total in sorted(goal.atoms(Total), key=order):
        base, e = base_and_exponent(total.at(i))
        if hidden(total) or not isinstance(base, Sum) or not (e.is_Integer and e % 2 == 0):
            continue
        here = (*given, *said_at(i, total.args[2], given))
        same = instance(without_bars(e), {X: base}, here)
        same = combine(equal(base**e, Abs(base) ** e), (-1, same), given=here)
        found.append(K.sum_up(same, i, total.args[2]))
    return found


def _in_letters(
    terms: Sequence[sp.Expr], i: sp.Symbol, given: Given
) -> tuple[list[sp.Expr], dict[sp.Symbol, sp.Expr]]:
    """Return terms with letters for the factors that are sums, and what the letters stand for."""
    facts, found = Facts(given), []
    values: dict[sp.Symbol, sp.Expr] = {}
    for k, term in enumerate(terms, 1):
        factor = Product(*(f for f in factors(term) if not f.has(i)))
        if factor.has(Sum):
            letter = (nonnegative if facts.nonnegative(factor) else real)(f"c{k}")
            values[letter] = factor
            found.append(letter * Product(*(f for f in factors(term) if f.has(i))))
        else:
            found.append(term)
    return found, values


def _norms(goal: Formula, i: sp.Symbol, given: Given) -> list[Normed]:
    """Return the norms that a goal speaks of, of exponents from 1."""
    facts = Facts(given)
    return [n for n in _all_norms(goal, i) if facts.nonnegative(n.exponent - 1)]


def _all_norms(goal: Formula, i: sp.Symbol) -> list[Normed]:
    """Return the norms that a goal speaks of, as it is written: a square is not multiplied out."""
    found = []
    for node in sp.preorder_traversal(goal):
        if hidden(node):
            continue
        if isinstance(node, Norm | PowerSum):
            vector, e = node.args
            found.append(Normed(entry_at(vector, i), e, length(vector)))
        elif isinstance(node, Total):
            base, e = base_and_exponent(node.at(i))
            if isinstance(base, Abs) or (e.is_Integer and int(e) % 2 == 0):
                term = base.args[0] if isinstance(base, Abs) else base
                found.append(Normed(term, e, node.args[2]))
    return list(dict.fromkeys(found))


def _made_of(norm: Normed, norms: Sequence[Normed]) -> Iterator[tuple[sp.Expr, ...]]:
    """Yield terms that add up to those of a norm: its own, and those of other norms."""
    entries = sorted(norm.term.atoms(Entry), key=order)
    by_entry = tuple(coefficient(norm.term, e) * e for e in entries)
    for own in dict.fromkeys((by_entry, summands(norm.term))):
        if 1 < len(own) <= _MOST_TERMS and expanded(norm.term - Sum(*own)) == 0:
            yield own
    others = [n.term for n in norms if n != norm and n[1:] == norm[1:]]
    for number in range(2, min(len(others), _MOST_TERMS - 1) + 1):
        for chosen in combinations(others, number):
            for signs in product((1, -1), repeat=number):
                terms = tuple(s * t for s, t in zip(signs, chosen, strict=True))
                if expanded(norm.term - Sum(*terms)) == 0:
                    yield terms


def _stated(norm: Normed, terms: Sequence[sp.Expr], i: sp.Symbol, given: Given) -> Relation:
    """State that a norm is at most the sum of those of the terms."""
    e = norm.exponent
    each = (norm._replace(term=t) for t in (Sum(*terms), *terms))
    whole, *parts = (flat(right(reduced(n.total(i), given)) ** (1 / e), given) for n in each)
    return at_most(whole, Sum(*parts))


def _chain(
    goal: Relation, norm: Normed, terms: Sequence[sp.Expr], i: sp.Symbol, given: Given
) -> Theorem:
    """Prove that a norm is at most the sum of those of the terms, one more term at a time."""
    parts, so_far = [], norm._replace(term=terms[0])
    for term in terms[1:]:
        parts.append((sp.Integer(1), minkowski(so_far, term, i, given)))
        so_far = so_far._replace(term=so_far.term + term)
    return combine(goal, *parts, given=given)
