"""What is known of the power sums of a vector: two comparisons, for W = 0 too, and their kin.

S_q >= N (S_p/N)^(q/p) and S_q <= S_p^(q/p); with the number of nonzero entries for N, strict,
between two exponents, and with the greatest entry. Nearly every published bound is one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, permutations, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, N, W, nonzero, p, q, r
from ...derivations.derivation import Proof
from ...kernel import KernelError, Theorem
from ...language.formulas import Constant, Formula, Not, Relation, at_most, less
from ...language.operations import Product, base_and_exponent, factors, order
from ...language.symbols import count
from ...language.terms import Greatest, NonzeroCount, PowerSum, Total
from ...language.vectors import VectorSymbol, length
from ..paper.power_sums import (
    all_equal,
    below_greatest,
    between,
    between_linear,
    count_at_most,
    falls_strictly,
    greatest_at_most,
    one_nonzero,
    support,
)
from ..paper.range import power_means, share
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    instance,
    left,
    rewrite,
    right,
    summed,
    then,
)
from ..tactics.inequalities import raised
from ..tactics.products import exponent_of
from ..tactics.remembered import cache
from ..tactics.vanishing import vanishing
from .normalised import normalisations
from .sorted_sums import gaps, gaps_at_most

_I = count("i")


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
    both = [vanishing(PowerSum(W, e), W) for e in (p, q)]
    outside = _at_zero(goal, both, zero)
    return K.cases(inside, outside, nonzero(W))


@cache
def means_rise_strictly() -> Theorem:
    """Return p < q, not all |w_j| equal |- N (S_p/N)^(q/p) < S_q."""
    low, high, given = PowerSum(W, p), PowerSum(W, q), (LESS, Not(Constant(W)))
    goal = less(N * (low / N) ** (q / p), high)
    proof = Proof()
    power_means(proof, given, p, q, strict=True)
    shown = next(s.theorem for s in proof.steps if right(s.theorem) == goal.left)
    return combine(goal, (1, shown), given=given)


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


#: what is known, for how many exponents in rising order
_LEMMAS: tuple[tuple[Callable[[], Theorem], tuple[sp.Symbol, ...], str], ...] = (
    (means_rise, (p, q), "power means rise with their exponent"),
    (norms_fall, (p, q), "norms fall as their exponent rises"),
    (support, (p, q), "power means of the entries that are not $0$"),
    (between, (p, q, r), "between two exponents: Bernoulli's inequality for each entry"),
    (between_linear, (p, q, r), "between two exponents, their weighted mean"),
    (all_equal, (p, q), "all magnitudes are equal"),
    (one_nonzero, (p, q), "one entry at most is not $0$"),
    (means_rise_strictly, (p, q), "not all magnitudes are equal"),
    (falls_strictly, (p, q), "more than one entry is not $0$"),
)


def facts_of(wanted: Formula, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield what is known of each vector's sums, at exponents in its order, and in words.

    The sums that are given have their values, and a limit on the nonzero entries stands for them.
    """
    said = [k for k in normalisations(given) if left(k).args[0] in wanted.atoms(VectorSymbol)]
    said_there = [known for known in said if not wanted.has(left(known))]
    sums = sorted({*wanted.atoms(PowerSum), *map(left, said)}, key=order)
    own: dict[VectorSymbol, list[sp.Expr]] = {}
    for power_sum in sums:
        if isinstance(power_sum.args[0], VectorSymbol):
            own.setdefault(power_sum.args[0], []).append(power_sum.args[1])
    for fact, words in chain(_between_powers(own, wanted, given), _of_extremes(own, wanted, given)):
        shown = rewrite(fact, *(k for k in said_there if fact.conclusion.has(left(k))))
        if shown.hypotheses <= {*given}:
            yield shown, words
        for number in fact.conclusion.atoms(NonzeroCount):
            for limit in filter(None, (_limit(h, number) for h in given)):
                with suppress(KernelError):
                    yield _with_limit(shown, number, limit, given), words
    for vector in own:
        if gaps(vector) in wanted.atoms(Total):
            yield gaps_at_most(vector), "no gap of two entries exceeds their sizes"
    for number in sorted(wanted.atoms(NonzeroCount), key=order):
        vector = number.args[0]
        if isinstance(vector, VectorSymbol):
            values = {W: vector, N: length(vector)}
            with suppress(KernelError):  # it may have no entry
                yield instance(count_at_most(), _changed(values), given), "at most $N$ entries"


def _between_powers(
    own: dict[VectorSymbol, list[sp.Expr]], wanted: Formula, given: Given
) -> Iterator[tuple[Theorem, str]]:
    """Yield what compares the power sums of one vector."""
    for vector, exponents in own.items():
        number = NonzeroCount(vector)
        is_counted = wanted.has(number) or any(_limit(h, number) is not None for h in given)
        for fact, letters, words in _LEMMAS:
            if fact is support and not is_counted:
                continue
            for chosen in permutations(exponents, len(letters)):
                values = dict(zip((*letters, W, N), (*chosen, vector, length(vector)), strict=True))
                with suppress(KernelError):
                    yield instance(fact(), _changed(values), given), words


def _of_extremes(
    own: dict[VectorSymbol, list[sp.Expr]], wanted: Formula, given: Given
) -> Iterator[tuple[Theorem, str]]:
    """Yield what compares power sums with the greatest entry."""
    for top in sorted(wanted.atoms(Greatest), key=order):
        for vector, exponents in own.items():
            for high, low in product(exponents, (None, *exponents)):
                with suppress(KernelError):
                    for shown in below_greatest(top, vector, low, high, given):
                        yield shown, "no entry is above the greatest"
            for e in exponents:
                values = {p: e, W: vector, N: length(vector)}
                with suppress(KernelError):
                    shown = instance(greatest_at_most(), _changed(values), given)
                    own_top = next(iter(shown.conclusion.atoms(Greatest)))
                    same = algebra(Relation("=", own_top, top), given)
                    yield rewrite(shown, same), "the greatest is one of the entries"


def _limit(premise: Formula, number: NonzeroCount) -> sp.Expr | None:
    """Return what a premise says that a number of nonzero entries is at most, or is."""
    if isinstance(premise, Relation) and premise.op in ("<=", ">=", "="):
        low, high = premise.oriented().args[1:]
        if low == number:
            return high
        if premise.op == "=" and high == number:
            return low
    return None


def _with_limit(fact: Theorem, number: sp.Expr, limit: sp.Expr, given: Given) -> Theorem:
    """Return S_p <= k^(1-p/q) S_q^(p/q) for any k that ||W||_0 is at most."""
    below = combine(at_most(number, limit), given=given)
    goal = at_most(left(fact), right(fact).xreplace({number: limit}))
    e = exponent_of(number, right(fact), given)
    power = raised(below, e, given)
    rest = Product(*(f for f in factors(right(fact)) if base_and_exponent(f)[0] != number))
    return combine(goal, (1, fact), (rest, power), given=given)


def _changed(values: dict[sp.Basic, sp.Basic]) -> dict[sp.Basic, sp.Basic]:
    return {k: v for k, v in values.items() if k != v}
