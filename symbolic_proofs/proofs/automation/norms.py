"""Bounds that are one comparison of two norms of a vector: times a factor, under a root or a log.

For l < h and any vector, S_h >= N (S_l/N)^(h/l) (power means rise with their exponent) and
S_h <= S_l^(h/l) (norms fall). Once its norms and indices are written in power sums, most published
bounds compare two monomials in these: the quotient of the two is that of one fact to some power.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import permutations, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import LESS, N, W, nonzero, p, q, r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import NotAlgebraicError, exponent
from ...language.claim import Claim
from ...language.formulas import Constant, Formula, NonZero, Not, Relation, at_most, less
from ...language.operations import Log, Power, Product, base_and_exponent, factors, order
from ...language.symbols import count
from ...language.terms import Greatest, NonzeroCount, PowerSum, PQIndex
from ...language.vectors import VectorSymbol, length
from ...notation.api import to_text
from ..paper.power_sums import (
    all_equal,
    below_greatest,
    between,
    count_at_most,
    falls_strictly,
    greatest_at_most,
    one_nonzero,
    support,
)
from ..paper.range import power_means, share
from ..tactics import inequalities
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
from ..tactics.flat import flat
from ..tactics.inequalities import logarithm_at_most, logarithm_below, power_at_most, power_below
from ..tactics.lift import concluded, side_facts
from ..tactics.remembered import cache
from ..tactics.unfold import folded, plain
from ..tactics.vanishing import vanishing
from .normalised import normalisations, not_zero
from .positive import greatest_positive

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
    (all_equal, (p, q), "all magnitudes are equal"),
    (one_nonzero, (p, q), "one entry at most is not $0$"),
    (means_rise_strictly, (p, q), "not all magnitudes are equal"),
    (falls_strictly, (p, q), "more than one entry is not $0$"),
)


def by_norms(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from one of the two facts, None if neither gives it."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op == "=":
        return None
    try:
        facts, known, wanted = written_out(goal, given)
    except KernelError:
        return None
    for fact, words in facts_of(wanted, known):
        for premise, reason in _premises(fact, wanted, known):
            proof = Proof()
            proof.show(fact, words)
            proof.show(premise, reason)
            try:
                concluded(proof, goal, premise, given, facts, "multiply by a nonnegative factor")
            except KernelError:
                continue
            return proof.done()
    return None


def written_out(goal: Relation, given: Given) -> tuple[list[Theorem], Given, Relation]:
    """Return what a goal needs to be defined, what is known with that, and the goal unfolded."""
    facts = conditions(goal, given)
    known = (*given, *(fact.conclusion for fact in facts))
    return facts, known, plain(goal, known)[0]


def conditions(goal: Relation, given: Given) -> list[Theorem]:
    """Return what the terms of a goal need to be defined, and signs alone do not see.

    p < r from p < q and q < r; a greatest entry that is above 0; what is under a root is not below.
    """
    found = [*side_facts(goal, given), *(fact for fact, _ in greatest_positive(goal, given))]
    for said in normalisations(given):
        if NonZero(left(said).args[0]) not in given:
            with suppress(KernelError):
                found.append(not_zero(said, given))
    less_than = [h.oriented() for h in given if isinstance(h, Relation)]
    less_than = [h for h in less_than if h.op in ("<", "<=") and not h.has(PowerSum)]
    for one, two in permutations(less_than, 2):
        if one.right == two.left and "<" in (one.op, two.op):
            chain = less(one.left, two.right)
            found.append(combine(chain, (1, K.assume(one)), (1, K.assume(two)), given=given))
    known = (*given, *(fact.conclusion for fact in found))
    for root in sorted(goal.atoms(Power), key=order):
        if root.exp.is_Integer or not root.atoms(PQIndex):
            continue
        if not Facts(known).nonnegative(root.base):
            wanted, equations = plain(at_most(0, root.base), known)
            shown = combine(wanted, given=known)
            found.append(discharge(folded(at_most(0, root.base), shown, equations), *found))
    return found


def facts_of(wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield what is known of each vector's sums, at exponents in its order, and in words."""
    own: dict[VectorSymbol, list[sp.Expr]] = {}
    vectors = wanted.atoms(VectorSymbol)
    said = [known for known in normalisations(given) if left(known).args[0] in vectors]
    sums = {*wanted.atoms(PowerSum), *map(left, said)}
    said = [known for known in said if not wanted.has(left(known))]
    for power_sum in sorted(sums, key=order):
        if isinstance(power_sum.args[0], VectorSymbol):
            own.setdefault(power_sum.args[0], []).append(power_sum.args[1])
    for vector, exponents in own.items():
        number = NonzeroCount(vector)
        limits = [limit for h in given if (limit := _limit(h, number)) is not None]
        for fact, letters, words in _LEMMAS:
            if fact is support and not limits and number not in wanted.atoms(NonzeroCount):
                continue
            for chosen in permutations(exponents, len(letters)):
                values = dict(zip((*letters, W, N), (*chosen, vector, length(vector)), strict=True))
                try:
                    shown = instance(fact(), _changed(values), given)
                except KernelError:
                    continue
                shown = rewrite(
                    shown, *(known for known in said if shown.conclusion.has(left(known)))
                )
                if shown.hypotheses <= {*given}:
                    yield shown, words
                for limit in limits if fact is support else ():
                    with suppress(KernelError):
                        yield _with_limit(shown, number, limit, given), words
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
    for number in sorted(wanted.atoms(NonzeroCount), key=order):
        vector = number.args[0]
        if isinstance(vector, VectorSymbol):
            values = {W: vector, N: length(vector)}
            with suppress(KernelError):  # it may have no entry
                yield instance(count_at_most(), _changed(values), given), "at most $N$ entries"


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
    values = {inequalities.u: number, inequalities.w: limit, inequalities.e: e}
    power = discharge(instance(power_at_most(), values, given), below)
    rest = Product(*(f for f in factors(right(fact)) if base_and_exponent(f)[0] != number))
    return combine(goal, (1, fact), (rest, power), given=given)


def _changed(values: dict[sp.Basic, sp.Basic]) -> dict[sp.Basic, sp.Basic]:
    return {k: v for k, v in values.items() if k != v}


def _premises(fact: Theorem, wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield the fact, its logarithm, and the power of it that the goal asks for."""
    if wanted.atoms(Log):
        try:
            yield _logarithm(fact, given), "the logarithm rises"
        except KernelError:
            return
        return
    for e in _powers(fact, wanted, given):
        lifted = fact if e == 1 else to_power(fact, e, given)
        if lifted is None:
            continue
        yield lifted, f"to the power ${to_text(e)}$"
        # N^e stands on the other side where it has no divisor: a root of n + 2 is not its inverse's
        for vector in left(lifted).atoms(VectorSymbol):
            size = length(vector)
            for scale in (exponent_of(size, s, given) for s in (left(lifted), right(lifted))):
                if scale is None:
                    continue
                factor = size ** (-scale)
                sides = (flat(factor * s, given) for s in (left(lifted), right(lifted)))
                with suppress(KernelError):
                    goal = Relation(_op(fact), *sides)
                    scaled = combine(goal, (factor, lifted), given=given)
                    yield scaled, f"times ${to_text(factor)}$"


def _op(fact: Theorem) -> str:
    return fact.conclusion.op if isinstance(fact.conclusion, Relation) else "<="


def to_power(fact: Theorem, e: sp.Expr, given: Given) -> Theorem | None:
    """Return the fact to a power > 0, None where that is not seen."""
    try:
        if _op(fact) == "<":
            values = {inequalities.u: left(fact), inequalities.b: right(fact), inequalities.e: e}
            return discharge(instance(power_below(), values, given), fact)
        values = {inequalities.u: left(fact), inequalities.w: right(fact), inequalities.e: e}
        return discharge(instance(power_at_most(), values, given), fact)
    except KernelError:
        return None


def _powers(fact: Theorem, wanted: Relation, given: Given) -> list[sp.Expr]:
    """Return the powers of the fact that the goal may ask for."""
    alone = right(fact) if isinstance(right(fact), PowerSum) else left(fact)
    found = [_power(fact, wanted, given) or sp.Integer(1)]
    facts = Facts(given)
    roots = {n.exp for n in wanted.atoms(Power) if n.base == alone}
    roots = {e if facts.positive(e) else exponent(-e) for e in roots}
    return list(dict.fromkeys([*found, *sorted((e for e in roots if not e.is_Integer), key=order)]))


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
    values = {inequalities.a: left(fact), inequalities.b: right(fact)}
    rises = logarithm_below if _op(fact) == "<" else logarithm_at_most
    return discharge(instance(rises(), values, given), fact)


def _power(fact: Theorem, wanted: Relation, given: Given) -> sp.Expr | None:
    """Return the power to which the goal has the fact: how far a power sum's exponents differ."""
    facts = Facts(given)
    try:
        forms = (facts.algebra.form(f.right - f.left) for f in (wanted, fact.conclusion))
        goal, own = ([dict(m) for m in form.numerator] for form in forms)
    except NotAlgebraicError:
        return None
    if len(goal) != 2 or len(own) != 2:
        return None
    none = sp.Integer(0)
    for total in sorted(fact.conclusion.atoms(PowerSum), key=order):
        asked, had = (one.get(total, none) - other.get(total, none) for one, other in (goal, own))
        if had != 0 and asked != 0:
            e = exponent(asked / had)
            for found in (e, exponent(-e)):
                if facts.positive(found):
                    return found
    return None
