"""Comparisons that are one of two powers, times a factor.

Of one exponent > 0 the greater base has the greater power; of one base above 1 the greater exponent
does, of one below 1 the smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, permutations

import sympy as sp

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...kernel.polynomials import exponent
from ...language.claim import Claim
from ...language.formulas import Relation, at_most, less
from ...language.operations import Power, order
from ..tactics.combine import Given, combine
from ..tactics.lift import concluded, factor_of
from .norms import to_power, written_out

#: pairs of powers of which a goal may have so many: with more it is no comparison of two
_MOST = 30


def by_powers(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison from that of two powers, None if none gives it."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    try:
        facts, known, wanted = written_out(goal, given)
    except KernelError:
        return None
    for fact, words in _comparisons(wanted, known):
        proof = Proof()
        proof.show(fact, words)
        with suppress(KernelError):
            concluded(proof, goal, fact, given, facts, "multiply by a nonnegative factor")
            return proof.done()
    return None


def _comparisons(wanted: Relation, given: Given) -> Iterator[tuple[Theorem, str]]:
    """Yield comparisons of two powers in the goal, then those that rest on one of these."""
    pairs = list(islice(_pairs(wanted, given), _MOST + 1))
    if len(pairs) > _MOST:
        return
    found: list[Theorem] = []
    for low, high, e, words in pairs:
        with suppress(KernelError):
            found.append(_power(_below(low, high, (), given), e, given))
            yield found[-1], words
    for low, high, e, words in pairs:
        with suppress(KernelError):
            yield _power(_below(low, high, found, given), e, given), words


def _pairs(wanted: Relation, given: Given) -> Iterator[tuple[sp.Expr, sp.Expr, sp.Expr, str]]:
    """Yield a, b and e > 0 where a^e < b^e would be a comparison of powers in the goal."""
    exponents: dict[sp.Expr, set[sp.Expr]] = {}
    bases: dict[sp.Expr, set[sp.Expr]] = {}
    for power in wanted.atoms(Power):
        if power.exp.is_Integer:
            continue
        for base, times in _parts(power.base):
            known = exponents.setdefault(base, {sp.Integer(0), sp.Integer(1)})
            known.add(exponent(times * power.exp))
        for e in (power.exp, exponent(-power.exp)):
            bases.setdefault(e, set()).add(power.base)
    facts, one = Facts(given), sp.Integer(1)
    for base in sorted(exponents, key=order):
        for high, low in permutations(sorted(exponents[base], key=order), 2):
            e = exponent(high - low)
            if facts.positive(e):
                yield one, base, e, "a power of a number above $1$"
                yield base, one, e, "a power of a number below $1$"
    for e in filter(facts.positive, sorted(bases, key=order)):
        for low, high in permutations(sorted(bases[e], key=order), 2):
            yield low, high, e, "powers rise with their base"


def _parts(base: sp.Expr) -> list[tuple[sp.Expr, int]]:
    """Return a base; of a whole number its primes, which the normal form has, and how often."""
    if isinstance(base, sp.Integer) and base > 1:
        return [(sp.Integer(prime), times) for prime, times in sp.factorint(int(base)).items()]
    return [(base, 1)]


def _below(low: sp.Expr, high: sp.Expr, known: Sequence[Theorem], given: Given) -> Theorem:
    """Prove low < high, or low <= high, by signs or as something known times a factor."""
    for goal in (less(low, high), at_most(low, high)):
        if not known:
            with suppress(KernelError):
                return combine(goal, given=given)
        for fact in known:
            with suppress(KernelError):
                factor = factor_of(goal, fact.conclusion, given)
                return combine(goal, (factor, fact), given=given)
    raise KernelError("{} is not seen to be below {}", low, high)


def _power(below: Theorem, e: sp.Expr, given: Given) -> Theorem:
    """Return a comparison of two terms to the power e > 0."""
    shown = to_power(below, e, given)
    if shown is None or not shown.hypotheses <= {*given}:
        raise KernelError("a power of what is not seen to be above 0")
    return shown
