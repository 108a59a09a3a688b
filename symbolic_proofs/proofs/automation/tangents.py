"""Bounds on sums of logarithms: entropies, geometric means, and sums p log(p/q).

Jensen's inequality, each term held against the tangent of the logarithm at a mean: with
L = sum of w log w over the entries that are not 0, S = S_1, k = ||W||_0, for entries >= 0,

    S log(S/N) <= S log(S/k) <= r L <= S log S,    (q - r) L <= S log(S_q/S),

and sum of log f(i) <= N log(sum of f(i)/N) for any terms above 0. Most published bounds are one of
these times a factor, or the exponential of it (Cover and Thomas, Elements of Information Theory,
2.6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, permutations, product

import sympy as sp

from ... import kernel as K
from ...claims.notation import N, nonzero, q, r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Every, Not, Relation, at_most, unequal
from ...language.names import LanguageError
from ...language.operations import Abs, Exp, Log, order
from ...language.sums import NonzeroTotal
from ...language.symbols import bound_symbol, count, real
from ...language.terms import NonzeroCount, OnNonzero, PowerSum, Total
from ...language.vectors import VectorSymbol, length, vector
from ...rational_terms import cancelled, coefficient, expanded, linear
from ..tactics.combine import (
    Given,
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
from ..tactics.inequalities import tangent
from ..tactics.lift import concluded, exponents_of
from ..tactics.remembered import cache
from ..tactics.sorting import hidden
from ..tactics.support import by_support
from ..tactics.unfold import plain, unfolded
from .normalised import normalisations, not_zero

_I = count("i")
_V = vector("V", N)
_P, _Q = vector("P", N, nonnegative=True), vector("Q", N, nonnegative=True)
_ENTRY, _X = _V[_I], bound_symbol(0, "real")
_SIZE, _LOG = Abs(_ENTRY) ** r, Log(Abs(_ENTRY))
_SUM, _COUNT = PowerSum(_V, r), NonzeroCount(_V)
_WEIGHTED = OnNonzero(Abs(_X) ** r * Log(Abs(_X)), _X, _ENTRY)
_LOGS = NonzeroTotal(Abs(_X) ** r * Log(Abs(_X)), _X, _V)
_GIVEN = (nonzero(_V),)
_HERE = (*_GIVEN, at_most(_I, N))
_THERE = (*_HERE, unequal(_ENTRY, 0))
_LOW, _HIGH = real("x"), real("y")


def _summed(goal: Relation, each: Relation, *parts: tuple[sp.Expr, Theorem]) -> Theorem:
    """Prove a comparison from that of its terms: by these parts where v_i != 0, else of zeros."""

    def show(side: Relation, here: Given) -> Theorem:
        if here[-1] == unequal(_ENTRY, 0):
            return combine(side, *parts, given=here)
        return combine(side, given=here[:-1])

    return combine(goal, (1, summed(by_support(each, _HERE, show), _I, N, _GIVEN)), given=_GIVEN)


def _above(mean: sp.Expr, one: sp.Expr) -> Theorem:
    """Return V != 0 |- S log(mean) <= r L, for a mean that makes S where each counts once."""
    each = at_most(_SIZE * Log(mean) + _SIZE - one * mean, r * _WEIGHTED)
    line = tangent(Log(mean) - r * _LOG, *_THERE)
    return _summed(at_most(_SUM * Log(mean), r * _LOGS), each, (_SIZE, line))


@cache
def _above_mean() -> Theorem:
    """Return V != 0 |- S log(S/N) <= r L."""
    return _above(_SUM / N, sp.Integer(1))


@cache
def _above_support_mean() -> Theorem:
    """Return V != 0 |- S log(S/k) <= r L."""
    return _above(_SUM / _COUNT, OnNonzero(1, _X, _ENTRY))


@cache
def _below_whole() -> Theorem:
    """Return V != 0 |- r L <= S log S."""
    meaning = K.define(_SUM, ())
    part = rewrite(K.summand(right(meaning), _I, _HERE), meaning, backwards=True)
    each = at_most(r * _WEIGHTED, _SIZE * Log(_SUM))
    line = tangent(r * _LOG - Log(_SUM), *_THERE)
    goal = at_most(r * _LOGS, _SUM * Log(_SUM))
    return _summed(goal, each, (_SIZE, line), (_SIZE / _SUM, part))


@cache
def _jensen() -> Theorem:
    """Return V != 0 |- (q - r) L <= S log(S_q/S)."""
    mean = PowerSum(_V, q) / _SUM
    high = _SIZE * Log(mean) + Abs(_ENTRY) ** q / mean - _SIZE
    line = tangent((q - r) * _LOG - Log(mean), *_THERE)
    goal = at_most((q - r) * _LOGS, _SUM * Log(mean))
    return _summed(goal, at_most((q - r) * _WEIGHTED, high), (_SIZE, line))


@cache
def _log_sum() -> Theorem:
    """Return p_i, q_i > 0 for every i |- S(P) log(S(P)/S(Q)) <= sum of p_i log(p_i/q_i)."""
    one, two = _P[_I], _Q[_I]
    said = Relation(">", one, 0), Relation(">", two, 0)
    given = (*(Every(each, _I, N) for each in said), nonzero(_P), nonzero(_Q))
    here = (at_most(_I, N), *said, nonzero(_P), nonzero(_Q))
    ratio = PowerSum(_P, 1) / PowerSum(_Q, 1)
    line = tangent(Log(two) + Log(ratio) - Log(one), *here)
    goal = at_most(one * Log(ratio) + one - ratio * two, one * Log(one / two))
    total = summed(combine(goal, (one, line), given=here), _I, N, given)
    logs = Total(one * Log(one), _I, N) - Total(one * Log(two), _I, N)
    return combine(at_most(PowerSum(_P, 1) * Log(ratio), logs), (1, total), given=given)


_OF_ENTRIES: tuple[tuple[str, Callable[[], Theorem]], ...] = (
    ("$w·ln(w)$ lies above its tangent at the mean", _above_mean),
    ("$w·ln(w)$ lies above its tangent at the mean of the nonzero entries", _above_support_mean),
    ("no entry is above the sum", _below_whole),
)


@cache
def _exponential_rises() -> Theorem:
    """Return x <= y |- e^x <= e^y."""
    goal = at_most(Exp(_LOW), Exp(_HIGH))
    rises = K.assume(at_most(_LOW, _HIGH))
    return combine(goal, (Exp(_LOW), tangent(_HIGH - _LOW)), (Exp(_LOW), rises))


def by_tangents(claim: Claim) -> Derivation | None:
    """Return a derivation of a bound that is one of the facts lifted, None if none gives it."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    if not goal.atoms(Log, Exp):
        return None
    sides: list[Theorem] = []
    for v in sorted(goal.atoms(VectorSymbol), key=order):
        with suppress(KernelError):
            sides.append(_none_zero(v, given)[1])
    said = list(normalisations(given))
    for sum_said in said:
        with suppress(KernelError):
            sides.append(not_zero(sum_said, given))
    known = (*given, *(side.conclusion for side in sides))
    try:
        wanted, _ = plain(goal, known)
    except KernelError:
        return None
    sources = (_facts, _of_terms, _of_pairs, _of_numbers)
    for words, fact in chain.from_iterable(source(wanted, known) for source in sources):
        for lifted in _lifted(wanted, fact, said, known):
            proof = Proof()
            proof.show(fact, words)
            with suppress(KernelError, LanguageError):
                concluded(proof, goal, lifted, given, sides, "so it follows")
                return proof.done()
    return None


def _facts(wanted: Relation, given: Given) -> Iterator[tuple[str, Theorem]]:
    """Yield the facts for each vector of a comparison, and each of its exponents."""
    exponents = dict.fromkeys([*exponents_of(wanted), sp.Integer(1)])
    for v in sorted(wanted.atoms(VectorSymbol), key=order):
        if v.indices:
            continue
        if wanted.atoms(NonzeroTotal, Total):
            for words, shown in _of_entries(v, exponents, given):
                if wanted.atoms(NonzeroTotal) or not shown.conclusion.atoms(NonzeroTotal):
                    yield words, shown
                    continue
                with suppress(KernelError):
                    yield words, _of_all(shown, v, given)


def _of_terms(wanted: Relation, given: Given) -> Iterator[tuple[str, Theorem]]:
    """Yield sum of log f(i) <= N log(sum of f(i)/N) for powers f of what has a logarithm."""
    exponents = dict.fromkeys([*exponents_of(wanted), sp.Integer(1), sp.Integer(-1)])
    for total in (t for t in sorted(wanted.atoms(Total), key=order) if not hidden(t)):
        i, n = fresh_index(total, *given), total.args[2]
        here = (*given, *said_at(i, n, given))
        logs = sorted((log for log in total.at(i).atoms(Log) if log.has(i)), key=order)
        for log, e in product(logs, exponents):
            with suppress(KernelError):
                term = log.args[0] ** e
                mean = right(reduced(Total(term, i, n), given)) / n
                line = tangent(e * log - Log(mean), *here)
                goal = at_most(e * log, Log(mean) + term / mean - 1)
                shown = summed(combine(goal, (1, line), given=here), i, n, given)
                below = combine(at_most(left(shown), n * Log(mean)), (1, shown), given=given)
                yield "the logarithm lies below its tangent at the mean", below


def _of_entries(
    v: VectorSymbol, exponents: Iterable[sp.Expr], given: Given
) -> Iterator[tuple[str, Theorem]]:
    for e in exponents:
        values = {_V: v, N: length(v), r: e}
        for words, fact in _OF_ENTRIES:
            yield from _written(_at(fact, values, words, given), given)
        for other in exponents:
            if other != e:
                words = "the logarithm lies below its tangent at a quotient of power sums"
                yield from _written(_at(_jensen, {**values, q: other}, words, given), given)


def _written(facts: Iterator[tuple[str, Theorem]], given: Given) -> Iterator[tuple[str, Theorem]]:
    """Yield facts with their sums as a comparison has them: ln x for ln |x| where x >= 0."""
    for words, fact in facts:
        heads = (*unfolded(left(fact), given), *unfolded(right(fact), given))
        yield words, rewrite(fact, *dict.fromkeys(heads))


def _of_pairs(wanted: Relation, given: Given) -> Iterator[tuple[str, Theorem]]:
    """Yield the log-sum inequality for each two vectors of positive entries."""
    found = [v for v in sorted(wanted.atoms(VectorSymbol), key=order) if not v.indices]
    for v, other in permutations(found, 2):
        values = {_P: v, _Q: other, N: length(v)}
        said = (Every(Relation(">", each[_I], 0), _I, length(v)) for each in (v, other))
        yield from _at(
            _log_sum, values, "the logarithm lies above $1 - 1/x$, at $p_i/q_i$", (*given, *said)
        )


def _of_numbers(wanted: Relation, given: Given) -> Iterator[tuple[str, Theorem]]:
    """Yield 1 + x <= e^x at the exponents of a comparison, and at its logarithms."""
    points = [head.args[0] for head in wanted.atoms(Exp)] + [*wanted.atoms(Log)]
    for point in sorted(points, key=order):
        for exponent in (point, -point):
            with suppress(KernelError):
                yield "$1 + x$ is at most $e^x$", tangent(exponent, *given)


def _at(
    fact: Callable[[], Theorem], values: dict[sp.Basic, sp.Basic], words: str, given: Given
) -> Iterator[tuple[str, Theorem]]:
    with suppress(KernelError, LanguageError):
        shown = instance(fact(), {k: v for k, v in values.items() if k != v}, given)
        if shown.hypotheses <= {*given}:
            yield words, shown


def _none_zero(v: VectorSymbol, given: Given) -> list[Theorem]:
    """Return that no entry of a vector is 0, and so neither is the vector, as given says."""
    here = (at_most(_I, length(v)),)
    for said in given:
        if isinstance(said, Every) and said.args[2] == length(v):
            entry = K.at_index(K.assume(said), _I, here)
            with suppress(KernelError):
                apart = entry
                if entry.conclusion != unequal(v[_I], 0):
                    apart = combine(unequal(v[_I], 0), (1, entry), given=here)
                every = K.every(apart, _I, length(v))
                first = K.at_index(every, sp.Integer(1), ())
                none = K.at_index(K.open_predicate(Not(nonzero(v)), None), sp.Integer(1), ())
                other = K.absurd(none, first, nonzero(v))
                return [every, K.cases(K.assume(nonzero(v)), other, nonzero(v))]
    raise KernelError("no entry of {} is said to be 0", v)


def _of_all(logs: Theorem, v: VectorSymbol, given: Given) -> Theorem:
    """Return a fact with its sum over the entries that are not 0 as one over all: none is 0."""
    (own,) = logs.conclusion.atoms(NonzeroTotal)
    n, apart = length(v), unequal(v[_I], 0)
    meaning = K.define(own, given)
    each = K.on_nonzero(right(meaning).at(_I), (at_most(_I, n), apart))
    total = discharge(K.sum_up(each, _I, n), _none_zero(v, given)[0])
    return rewrite(logs, then(meaning, total))


def _lifted(
    wanted: Relation, fact: Theorem, said: Iterable[Theorem], given: Given
) -> Iterator[Theorem]:
    """Yield a fact, with the sums that are said put in, and on each exponential in a comparison."""
    yield fact
    put_in = [known for known in said if fact.conclusion.has(left(known))]
    if put_in:
        fact = rewrite(fact, *put_in)
        yield fact
    logs = sorted(fact.conclusion.atoms(NonzeroTotal, Total), key=order)
    for head in sorted(wanted.atoms(Exp), key=order):
        x = head.args[0]
        for total in logs:
            with suppress(KernelError):
                rise = left(fact) - right(fact)
                slope, _ = linear(rise, total)
                share = cancelled(coefficient(x, total) / slope)
                bound = expanded(x - share * rise)
                for low, high, c in ((x, bound, share), (bound, x, -share)):
                    with suppress(KernelError):
                        below = combine(at_most(low, high), (c, fact), given=given)
                        values = {_LOW: low, _HIGH: high}
                        yield discharge(instance(_exponential_rises(), values, given), below)
