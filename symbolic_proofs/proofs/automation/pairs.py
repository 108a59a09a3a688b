"""Products of two sums over one index, compared pair by pair: S_1^2 <= N S_2, S_2 <= 2 S_1^2/N.

A product of two sums is a sum over all pairs i, j, and N times a sum is one too. What is to be
shown is brought to that form, alike in i and j, and shown for each pair by products of what is
known of its two entries (Lagrange's identity; Hardy, Littlewood & Pólya, section 2.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations_with_replacement

import sympy as sp

from ... import kernel as K
from ...claims.notation import r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import Form, NotAlgebraicError, Polynomial, as_term, monomial_term
from ...language.claim import Claim
from ...language.formulas import Every, Relation, at_most
from ...language.operations import Abs, Power, Product, base_and_exponent, order
from ...language.terms import PowerSum, Total, definition
from ...language.vectors import Entry
from ..tactics import inequalities
from ..tactics.classical import powers_rise_together
from ..tactics.combine import Given, combine, discharge, fresh_index, in_power_sums, instance
from ..tactics.lift import factor_of
from ..tactics.products import difference_in_factors
from ..tactics.unfold import folded, plain
from .nonlinear import shown_by_products


def by_pairs(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from that of every two entries, None if none is seen."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    proof = Proof()
    try:
        wanted, equations = plain(goal, given)
        low, high = wanted.oriented().args[1:]
        form, divisor = _cleared(high - low, given)
        heads = sorted((high - low).atoms(PowerSum, Total), key=order)
        sums = {one: definition(one) if isinstance(one, PowerSum) else one for one in heads}
        (size,) = {total.args[2] for total in sums.values()}
        i = fresh_index(goal, *given)
        j = fresh_index(goal, *given, i)
        gap, degree = _over_pairs(form.numerator, sums, size, (i, j))
        each = _for_each_pair(at_most(0, gap), (i, j), size, given)
        proof.show(each, "for every two entries")
        total = in_power_sums(K.sum_up(K.sum_up(each, j, size), i, size), given)
        proof.show(total, "summed over all pairs")
        scale = size ** (degree - 2) / (divisor * as_term(form.below()))
        shown = combine(wanted, (scale, total), given=given)
        proof.show(folded(goal, shown, equations), "which is this, divided by what is above $0$")
    except (KernelError, NotAlgebraicError, ValueError):
        return None
    return proof.done()


def _cleared(gap: sp.Expr, given: Given) -> tuple[Form, sp.Expr]:
    """Return the form of a term times the sums that it is divided by, and these."""
    algebra = Facts(given).algebra
    least: dict[sp.Expr, sp.Expr] = {}
    for atom, e in (pair for monomial in algebra.form(gap).numerator for pair in monomial):
        if e.is_Integer and e < 0:
            least[atom] = min(least.get(atom, e), e)
    divisor = Product(*(atom ** (-e) for atom, e in least.items()))
    return algebra.form(divisor * gap), divisor


def _over_pairs(
    polynomial: Polynomial,
    sums: dict[sp.Expr, Total],
    size: sp.Expr,
    at: tuple[sp.Symbol, sp.Symbol],
) -> tuple[sp.Expr, sp.Expr]:
    """Return the summand for a pair, alike in both, and the degree of the polynomial.

    In every monomial the sums and the count have the same degree. Raises KernelError where not.
    """
    degrees, gap = set(), sp.Integer(0)
    for monomial, c in sorted(polynomial.items(), key=lambda part: str(part[0])):
        powers = dict(monomial)
        found = [one for one in sums for _ in range(_times(one, powers))]
        degrees.add(len(found) + powers.pop(size, 0))
        factor = monomial_term(c, frozenset(powers.items()))
        if len(found) > 2 or any(factor.has(one) for one in (*sums, size)):
            raise KernelError("not a sum of products of two sums")
        # where a sum is missing, the count stands for it: a sum of ones
        bodies = [[sums[s].at(index) for index in at] for s in found]
        one, other = [*bodies, [sp.Integer(1)] * 2, [sp.Integer(1)] * 2][:2]
        gap += factor * (one[0] * other[1] + one[1] * other[0]) / 2
    (degree,) = degrees
    return gap, degree


def _times(one: sp.Expr, powers: dict[sp.Expr, sp.Expr]) -> int:
    """Take a sum out of a monomial, and return how often it is a factor."""
    # the normal form writes x^2 as |x|^2 where the sign of x is not known
    squared = powers.pop(Abs(one), sp.Integer(0))
    exponent = powers.pop(one, sp.Integer(0)) + squared
    if squared % 2 or not isinstance(exponent, sp.Integer) or not 0 <= exponent <= 2:
        raise KernelError("a sum to the power {} is no product of two", exponent)
    return int(exponent)


def _for_each_pair(
    goal: Relation, at: tuple[sp.Symbol, sp.Symbol], size: sp.Expr, given: Given
) -> Theorem:
    """Return the goal for two entries, from the premises and from what they say of the two."""
    ranges = tuple(at_most(index, size) for index in at)
    said = [*_said(given, at, size, ranges)]
    here = (*given, *ranges, *(theorem.conclusion for theorem in said))
    shown = _in_order(goal, here)
    if shown is None:
        try:
            shown = combine(goal, (1, difference_in_factors(goal, here)), given=here)
        except KernelError:
            shown, _ = shown_by_products(goal, here, deep=True)
    # what is said of one entry stays until it is said of every one again: 1/w_i needs it
    twice = (t for t in said if t.conclusion.free_symbols >= {*at})
    return K.weaken(discharge(shown, *twice), ranges)


def _in_order(goal: Relation, here: Given) -> Theorem | None:
    """Return a goal that says that two powers of an entry rise together, None if it does not."""
    powers: dict[sp.Expr, set[sp.Expr]] = {}
    for node in goal.atoms(Abs, Power, Entry):
        base, e = base_and_exponent(node)
        entry = base.args[0] if isinstance(base, Abs) else base
        if isinstance(entry, Entry):
            powers.setdefault(Abs(entry), set()).add(e)
    if len(powers) != 2:
        return None
    (one, exponents), (other, _) = sorted(powers.items(), key=lambda pair: order(pair[0]))
    for e, f in combinations_with_replacement(sorted(exponents, key=order), 2):
        values = {inequalities.u: one, inequalities.w: other, r: e, inequalities.s: f}
        with suppress(KernelError):
            fact = instance(powers_rise_together(), values, here)
            return combine(goal, (factor_of(goal, fact.conclusion, here), fact), given=here)
    return None


def _said(
    given: Given, at: tuple[sp.Symbol, sp.Symbol], size: sp.Expr, ranges: Given
) -> Iterator[Theorem]:
    """Yield what is said of every entry, or of every two, for the two at hand."""
    for every in given:
        if not isinstance(every, Every) or every.args[2] != size:
            continue
        for index, other in (at, at[::-1]):
            theorem = K.at_index(K.assume(every), index, ranges)
            inner = theorem.conclusion
            if isinstance(inner, Every) and inner.args[2] == size:
                theorem = K.at_index(theorem, other, ranges)
            yield theorem
