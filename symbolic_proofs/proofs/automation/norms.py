"""Bounds that are one comparison of two norms of a vector: times a factor, under a root or a log.

For l < h and any vector, S_h >= N (S_l/N)^(h/l) (power means rise with their exponent) and
S_h <= S_l^(h/l) (norms fall). Once its norms and indices are written in power sums, most published
bounds compare two monomials in these: the quotient of the two is that of one fact to some power.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, permutations

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, N, W, nonzero, p, q, r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import NotAlgebraicError, exponent
from ...language.claim import Claim
from ...language.formulas import Not, Relation, at_most
from ...language.operations import Log, Product, base_and_exponent, factors, order
from ...language.symbols import count
from ...language.terms import Greatest, NonzeroCount, PowerSum, PQIndex
from ...language.vectors import VectorSymbol, length
from ...notation.api import to_text
from ..paper.range import lower, power_means, share, upper, vanishing
from ..tactics import inequalities, support
from ..tactics.classical import lyapunov
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    index,
    instance,
    left,
    rewrite,
    right,
    summed,
    then,
)
from ..tactics.inequalities import power_at_most, tangent
from ..tactics.lift import concluded, side_facts
from ..tactics.remembered import cache
from ..tactics.unfold import flat, plain
from .positive import greatest_positive

_I = count("i")
#: what holds of two power sums over the support, and with the greatest magnitude
_OF_BOTH = (
    (support.means_rise, "over the entries that are not 0"),
    (support.at_most_share, "no entry is above the greatest"),
)
#: what the greatest magnitude bounds, and what bounds it
_OF_GREATEST = (
    (support.at_most_greatest, "no entry is above the greatest"),
    (support.at_most_greatest_of_all, "no entry is above the greatest"),
    (support.greatest_at_most, "the greatest is one of the entries"),
)


@cache
def means_rise() -> Theorem:
    """Return p < q |- N (S_p/N)^(q/p) <= S_q, for W = 0 too."""
    low, high = PowerSum(W, p), PowerSum(W, q)
    goal = at_most(N * (low / N) ** (q / p), high)
    proof = Proof()
    power_means(proof, (LESS, nonzero(W)), p, q, strict=False)
    shown = next(s.theorem for s in proof.steps if right(s.theorem) == goal.left)
    inside = combine(goal, (1, shown), given=(LESS, nonzero(W)))
    zero = (LESS, Not(nonzero(W)))
    both = [vanishing(W, e) for e in (p, q)]
    outside = _at_zero(goal, both, zero)
    return K.cases(inside, outside, nonzero(W))


def _at_zero(goal: Relation, zeros: list[Theorem], given: Given) -> Theorem:
    """Prove a comparison where both power sums are 0."""
    low = then(_same(goal.left, given), *zeros)
    high = then(_same(goal.right, given), *zeros)
    return combine(goal, (1, low), (-1, high), given=given)


def _same(term: sp.Expr, given: Given) -> Theorem:
    return combine(Relation("=", term, term), given=given)


@cache
def norms_fall() -> Theorem:
    """Return p < q |- S_q <= S_p^(q/p), for W = 0 too."""
    low, high, entry = PowerSum(W, p), PowerSum(W, q), abs(W[_I])
    here = (LESS, at_most(_I, N))
    part = K.summand(right(K.define(low, ())), _I, (at_most(_I, N),))
    part = rewrite(part, K.define(low, ()), backwards=True)
    each = discharge(share(entry**p, low, here, strict=False), part)
    total = summed(each, _I, N, (LESS,))
    return combine(at_most(high, low ** (q / p)), (1, total), given=(LESS,))


def by_norms(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from one of the two facts, None if neither gives it."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    try:
        facts = [*side_facts(goal, given), *_of_indices(goal, given), *_chained(given)]
        facts += [fact for fact, _ in greatest_positive(goal, given)]
        known = (*given, *(fact.conclusion for fact in facts))
        wanted, _ = plain(goal, known)
    except KernelError:
        return None
    for fact, words in chain(_facts(wanted, known), _index_not_negative(goal, known)):
        for premise, reason in _premises(_as_written(fact, wanted, known), wanted, known):
            proof = Proof()
            proof.show(fact, words)
            proof.show(premise, reason)
            try:
                concluded(proof, goal, premise, given, facts, "times a factor ≥ 0")
            except KernelError:
                continue
            return proof.done()
    return None


def _chained(given: Given) -> Iterator[Theorem]:
    """Yield p < r for p < q and q < r."""
    below = [h for h in given if isinstance(h, Relation) and h.op in ("<", ">")]
    for one, other in permutations(below, 2):
        first, second = one.oriented(), other.oriented()
        if first.right == second.left:
            parts = ((1, K.assume(one)), (1, K.assume(other)))
            yield combine(Relation("<", first.left, second.right), *parts, given=given)


def _of_indices(goal: Relation, given: Given) -> Iterator[Theorem]:
    """Yield I <= 1 for each index, which a power of 1 - I has to know."""
    for head in sorted(goal.atoms(PQIndex), key=order):
        vector, low, high = head.args
        values = {W: vector, N: length(vector), p: low, q: high}
        with suppress(KernelError):
            shown = instance(upper().theorem, {k: v for k, v in values.items() if k != v}, given)
            if shown.hypotheses <= {*given}:
                yield shown


def _index_not_negative(goal: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield 0 <= 1 - N^(1/q-1/p) ||W||_p/||W||_q in power sums, for each index."""
    for head in sorted(goal.atoms(PQIndex), key=order):
        vector, low, high = head.args
        if isinstance(vector, VectorSymbol):
            values = {W: vector, N: length(vector), p: low, q: high}
            for shown, words in _applied(((_lower, "I is not negative"),), values, given):
                yield rewrite(shown, index(vector, low, high, given)), words


def _lower() -> Theorem:
    return lower().theorem


def _facts(wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield the two facts for each vector and each pair of its exponents that are in order."""
    sums = sorted(wanted.atoms(PowerSum), key=order)
    for one, other in permutations(sums, 2):
        vector = one.args[0]
        if vector != other.args[0] or not isinstance(vector, VectorSymbol):
            continue
        values = {p: one.args[1], q: other.args[1], W: vector, N: length(vector)}
        values = {k: v for k, v in values.items() if k != v}
        for fact, words in (
            (means_rise, "power means rise with their exponent"),
            (norms_fall, "norms fall as their exponent rises"),
        ):
            try:
                shown = instance(fact(), values, given)
            except KernelError:
                break
            if shown.hypotheses <= {*given}:
                yield shown, words
        yield from _applied(_OF_BOTH[: 1 + bool(wanted.atoms(Greatest))], values, given)
    for low, middle, high in permutations(sums, 3):
        vector = middle.args[0]
        if low.args[0] == vector == high.args[0] and isinstance(vector, VectorSymbol):
            values = {p: low.args[1], q: middle.args[1], r: high.args[1], W: vector}
            values |= {N: length(vector)}
            yield from _applied(((lyapunov, "Lyapunov's inequality"),), values, given)
    for total in sums:
        vector = total.args[0]
        if isinstance(vector, VectorSymbol) and wanted.atoms(Greatest):
            values = {p: total.args[1], W: vector, N: length(vector)}
            yield from _applied(_OF_GREATEST, values, given)
    for counted in sorted(wanted.atoms(NonzeroCount), key=order):
        vector = counted.args[0]
        if isinstance(vector, VectorSymbol):
            values = {W: vector, N: length(vector)}
            yield from _applied(((support.at_most_length, "at most N entries"),), values, given)


def _as_written(fact: Theorem, wanted: Relation, given: Given) -> Theorem:
    """Return a fact with its greatest entry as the goal has it: max w_i where W >= 0."""
    for own in sorted(fact.conclusion.atoms(Greatest), key=order):
        for greatest in sorted(wanted.atoms(Greatest) - {own}, key=order):
            with suppress(KernelError):
                fact = rewrite(fact, algebra(Relation("=", own, greatest), given))
                break
    return fact


def _applied(
    facts: Iterable[tuple[Callable[[], Theorem], str]],
    values: dict[sp.Basic, sp.Basic],
    given: Given,
) -> Iterator[tuple[Theorem, str]]:
    """Yield those of the facts that hold at the values."""
    for fact, words in facts:
        with suppress(KernelError):
            shown = instance(fact(), {k: v for k, v in values.items() if k != v}, given)
            if shown.hypotheses <= {*given}:
                yield shown, words


def _premises(fact: Theorem, wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield the fact, its logarithm, and the power of it that the goal asks for."""
    if wanted.atoms(Log):
        try:
            yield _logarithm(fact, given), "the logarithm rises"
        except KernelError:
            return
        return
    e = _power(fact, wanted, given)
    lifted = fact
    if e is not None and e != 1:
        values = {inequalities.u: left(fact), inequalities.w: right(fact), inequalities.e: e}
        try:
            lifted = discharge(instance(power_at_most(), values, given), fact)
        except KernelError:
            return
    yield lifted, f"to the power {e or 1}"
    # N^e stands on the other side where it has no divisor: a root of n + 2 is not its inverse's
    for vector in left(lifted).atoms(VectorSymbol):
        size, e = length(vector), exponent_of(length(vector), left(lifted), given)
        if e is not None:
            scale = size ** (-e)
            goal = at_most(flat(scale * left(lifted), given), flat(scale * right(lifted), given))
            yield combine(goal, (scale, lifted), given=given), f"times {to_text(scale)}"


def exponent_of(base: sp.Expr, term: sp.Expr, given: Given) -> sp.Expr | None:
    """Return the exponent with which a base stands in a product of powers, None if it does not."""
    found = sp.Integer(0)
    for factor in factors(term):
        inner, e = base_and_exponent(factor)
        if inner == base:
            found = found + e
        elif not isinstance(e, sp.Integer) or isinstance(inner, Product):
            within = exponent_of(base, inner, given)
            found = found + e * within if within is not None else found
    return exponent(found) if found != 0 else None


def _logarithm(fact: Theorem, given: Given) -> Theorem:
    """Return ln a <= ln b for a fact a <= b of terms > 0."""
    low, high = left(fact), right(fact)
    near = tangent(Log(low) - Log(high), *given)
    goal = at_most(Log(low), Log(high))
    return combine(goal, (1, near), (1 / high, fact), given=given)


def _power(fact: Theorem, wanted: Relation, given: Given) -> sp.Expr | None:
    """Return the power to which the goal has the power sum that stands alone in the fact."""
    algebra = Facts(given).algebra
    alone = right(fact) if isinstance(right(fact), PowerSum) else left(fact)
    alone, own = base_and_exponent(alone)
    try:
        # as the algebra writes it: the exponent (p + q)/2 is p/2 + q/2 there
        ((named, _),) = next(iter(algebra.form(alone).numerator))
        form = algebra.form(wanted.right - wanted.left)
        found = {dict(m).get(named, sp.Integer(0)) for m in form.numerator}
        if len(form.numerator) != 2:
            return None
        one, other = sorted(found, key=order) if len(found) == 2 else (sp.Integer(0), None)
        if other is None:
            return None
        e = exponent((one - other) / own)
        facts = Facts(given)
        return e if facts.positive(e) else exponent(-e) if facts.positive(-e) else None
    except (NotAlgebraicError, ValueError):
        return None
