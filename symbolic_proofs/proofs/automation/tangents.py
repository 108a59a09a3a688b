"""Bounds on sums of logarithms: entropies, geometric means, and sums p log(p/q).

Jensen's inequality, each term held against the tangent of the logarithm at a mean: with
L = sum of w log w over the entries that are not 0, S = S_1, k = ||W||_0, for entries >= 0,

    S log(S/N) <= S log(S/k) <= L <= S log S,    (r - 1) L <= S log(S_r/S),

and r sum of log |w| <= N log(S_r/N) where no entry is 0. Most published bounds are one of these
times a factor, or the exponential of it (Cover and Thomas, Elements of Information Theory, 2.6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, permutations

import sympy as sp

from ... import kernel as K
from ...claims.notation import N, nonzero, r
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Every, Not, Relation, at_most, equal, unequal
from ...language.names import LanguageError
from ...language.operations import Abs, Exp, Log, order
from ...language.sums import NonzeroTotal
from ...language.symbols import bound_symbol, count, real
from ...language.terms import NonzeroCount, OnNonzero, PowerSum, Total
from ...language.vectors import VectorSymbol, is_nonnegative_vector, length, vector
from ...rational_terms import cancelled, coefficient, expanded
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
from ..tactics.inequalities import e as _e
from ..tactics.inequalities import power_of_zero, tangent
from ..tactics.inequalities import u as _u
from ..tactics.lift import concluded, exponents_of
from ..tactics.remembered import cache
from ..tactics.unfold import plain
from .entropies import b, line_below, weighted_logarithm
from .entropies import w as _w
from .normalised import normalisations, not_zero

_I = count("i")
_W = vector("W", N, nonnegative=True)
_V = vector("V", N)
_P, _Q = vector("P", N, nonnegative=True), vector("Q", N, nonnegative=True)
_ENTRY = _W[_I]
_SUM, _COUNT = PowerSum(_W, 1), NonzeroCount(_W)
_X = bound_symbol(0, "real")
_LOGS = NonzeroTotal(_X * Log(_X), _X, _W)
_GIVEN = (nonzero(_W),)
_HERE = (*_GIVEN, at_most(_I, N))
_THERE, _ZERO = unequal(_ENTRY, 0), equal(_ENTRY, 0)
_LOW, _HIGH = real("x"), real("y")


def _value(here: Given) -> Theorem:
    return K.on_nonzero(weighted_logarithm(_ENTRY), here)


@cache
def _above_mean() -> Theorem:
    """Return W != 0 |- S log(S/N) <= L."""
    each = instance(line_below(), {_w: _ENTRY, b: _SUM / N}, _HERE)
    total = summed(each, _I, N, _GIVEN)
    return combine(at_most(_SUM * Log(_SUM / N), _LOGS), (1, total), given=_GIVEN)


@cache
def _above_support_mean() -> Theorem:
    """Return W != 0 |- S log(S/k) <= L."""
    mean = _SUM / _COUNT
    one = OnNonzero(1, _X, _ENTRY)
    line = one * (mean * Log(mean) - (1 + Log(mean)) * mean) + (1 + Log(mean)) * _ENTRY
    goal = at_most(line, weighted_logarithm(_ENTRY))
    there, zero = (*_HERE, _THERE), (*_HERE, _ZERO)
    scale = mean * Log(mean) - (1 + Log(mean)) * mean
    lower = instance(line_below(), {_w: _ENTRY, b: mean}, there)
    inside = combine(goal, (1, lower), (scale, K.on_nonzero(one, there)), given=there)
    outside = combine(
        goal,
        (scale, K.on_nonzero(one, zero)),
        (1 + Log(mean), K.assume(_ZERO)),
        (-1, _value(zero)),
        given=zero,
    )
    total = summed(K.cases(inside, outside, _THERE), _I, N, _GIVEN)
    return combine(at_most(_SUM * Log(mean), _LOGS), (1, total), given=_GIVEN)


@cache
def _below_whole() -> Theorem:
    """Return W != 0 |- L <= S log S."""
    meaning = K.define(_SUM, ())
    part = rewrite(K.summand(right(meaning), _I, _HERE), meaning, backwards=True)
    goal = at_most(weighted_logarithm(_ENTRY), _ENTRY * Log(_SUM))
    there, zero = (*_HERE, _THERE), (*_HERE, _ZERO)
    line = tangent(Log(_ENTRY) - Log(_SUM), *there)
    inside = combine(goal, (_ENTRY, line), (_ENTRY / _SUM, part), (1, _value(there)), given=there)
    outside = combine(goal, (1, _value(zero)), (-Log(_SUM), K.assume(_ZERO)), given=zero)
    total = summed(K.cases(inside, outside, _THERE), _I, N, _GIVEN)
    return combine(at_most(_LOGS, _SUM * Log(_SUM)), (1, total), given=_GIVEN)


@cache
def _jensen() -> Theorem:
    """Return W != 0 |- (r - 1) L <= S log(S_r/S)."""
    mean = PowerSum(_W, r) / _SUM
    goal = at_most(
        (r - 1) * weighted_logarithm(_ENTRY), _ENTRY * Log(mean) + _ENTRY**r / mean - _ENTRY
    )
    there, zero = (*_HERE, _THERE), (*_HERE, _ZERO)
    line = tangent((r - 1) * Log(_ENTRY) - Log(mean), *there)
    inside = combine(goal, (_ENTRY, line), (r - 1, _value(there)), given=there)
    none = discharge(instance(power_of_zero(), {_u: _ENTRY, _e: r}, _HERE), K.assume(_ZERO))
    outside = combine(
        goal,
        (r - 1, _value(zero)),
        (1 - Log(mean), K.assume(_ZERO)),
        (-1 / mean, none),
        given=zero,
    )
    total = summed(K.cases(inside, outside, _THERE), _I, N, _GIVEN)
    return combine(at_most((r - 1) * _LOGS, _SUM * Log(mean)), (1, total), given=_GIVEN)


@cache
def _geometric() -> Theorem:
    """Return v_i != 0 for every i |- r (sum of log |v_i|) <= N log(S_r/N)."""
    entry, mean = Abs(_V[_I]), PowerSum(_V, r) / N
    said = unequal(_V[_I], 0)
    given = (Every(said, _I, N), nonzero(_V))
    here = (at_most(_I, N), said, nonzero(_V))
    line = tangent(r * Log(entry) - Log(mean), *here)
    each = combine(at_most(r * Log(entry), Log(mean) + entry**r / mean - 1), (1, line), given=here)
    total = summed(each, _I, N, given)
    logs = Total(Log(entry), _I, N)
    return combine(at_most(r * logs, N * Log(mean)), (1, total), given=given)


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
    sources = (_facts, _of_pairs, _of_numbers)
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
        if wanted.atoms(NonzeroTotal, Total) and is_nonnegative_vector(v):
            for words, shown in _of_entries(v, exponents, given):
                if wanted.atoms(NonzeroTotal):
                    yield words, shown
                with suppress(KernelError):
                    yield words, _of_all(shown, v, given)
        for e in exponents:
            if wanted.atoms(Total):
                values = {_V: v, N: length(v), r: e}
                words = "the logarithm lies below its tangent at $S_r/N$"
                for _, shown in _at(_geometric, values, words, (*given, *_said(v))):
                    with suppress(KernelError):
                        settled = discharge(shown, *_none_zero(v, given))
                        yield words, _as_written(settled, wanted, given)


def _of_entries(
    v: VectorSymbol, exponents: Iterable[sp.Expr], given: Given
) -> Iterator[tuple[str, Theorem]]:
    for words, fact in _OF_ENTRIES:
        yield from _at(fact, {_W: v, N: length(v)}, words, given)
    for e in exponents:
        if e != 1:
            values = {_W: v, N: length(v), r: e}
            yield from _at(
                _jensen, values, "the logarithm lies below its tangent at $S_r/S$", given
            )


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


def _as_written(fact: Theorem, wanted: Relation, given: Given) -> Theorem:
    """Return a fact with its sum as the comparison has it: ln w_i for ln |w_i| where w_i >= 0."""
    (own,) = fact.conclusion.atoms(Total)
    for total in sorted(wanted.atoms(Total), key=order):
        with suppress(KernelError):
            return rewrite(fact, algebra(equal(own, total), given))
    return fact


def _said(v: VectorSymbol) -> Given:
    return Every(unequal(v[_I], 0), _I, length(v)), nonzero(v)


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
    raise KernelError(f"no entry of {v} is said to be 0")


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
                share = cancelled(coefficient(x, total) / coefficient(rise, total))
                bound = expanded(x - share * rise)
                for low, high, c in ((x, bound, share), (bound, x, -share)):
                    with suppress(KernelError):
                        below = combine(at_most(low, high), (c, fact), given=given)
                        values = {_LOW: low, _HIGH: high}
                        yield discharge(instance(_exponential_rises(), values, given), below)
