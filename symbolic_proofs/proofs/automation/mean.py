"""Sums of one function of each entry against that function of the mean (Jensen's inequality).

A concave function lies below its tangent at the mean, a convex one above: shown for one entry, or a
power of it, and summed. The slope is worked out here and believed by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

import sympy as sp

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation, at_most
from ...language.operations import Abs, Exp, Log, Power, Product, Sum, order
from ...language.symbols import nonnegative, real
from ...language.terms import PowerSum, Total
from ...language.vectors import Entry, VectorSymbol, is_nonnegative_vector, length
from ...rational_terms import cancelled, coefficient
from ..tactics.combine import Given, fresh_index, instance, reduced, right, said_at, summed
from ..tactics.lift import concluded
from ..tactics.sorting import hidden
from .nonlinear import shown_by_products
from .norms import written_out

#: an entry, and the mean of the entries
_NOT_NEGATIVE = nonnegative("x"), nonnegative("m")
_REAL = real("x"), real("m")


def by_mean(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison of a sum with its value at the mean, None if none is."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    sides, known, wanted = written_out(goal, given)
    low, high = wanted.oriented().args[1:]
    sums = (s for s in wanted.atoms(Total, PowerSum) if not hidden(s))
    for total in sorted(sums, key=order):
        slope = coefficient(high - low, total)
        ways = [Facts(known).nonnegative(-slope)] if slope != 0 else [True, False]
        for is_below, letter in product(ways, _letters(total, known)):
            proof = Proof()
            try:
                fact = _against_the_mean(total, letter, known, is_below=is_below)
                proof.show(fact, "by the tangent at the mean of the entries")
                concluded(proof, goal, fact, given, sides, "so it follows")
            except KernelError:
                continue
            return proof.done()
    return None


def _letters(total: sp.Expr, given: Given) -> Iterator[tuple[sp.Symbol, sp.Expr, sp.Expr]]:
    """Yield an index, the term of a sum there, and what the term is seen as a function of."""
    vectors = sorted(total.atoms(VectorSymbol), key=order)
    if len(vectors) != 1 or vectors[0].indices:
        return
    (vector,) = vectors
    i = fresh_index(total, *given)
    entry = vector[i] if is_nonnegative_vector(vector) else Abs(vector[i])
    body = entry ** total.args[1] if isinstance(total, PowerSum) else total.at(i)
    powers = {x for x in body.atoms(Power) if x.base in (entry, vector[i]) and x.exp.is_Rational}
    for inner in dict.fromkeys((entry, vector[i], *sorted(powers, key=order))):
        if inner != body and not body.xreplace({inner: sp.Integer(1)}).atoms(Entry):
            yield i, body, inner


def _against_the_mean(
    total: sp.Expr,
    letter: tuple[sp.Symbol, sp.Expr, sp.Expr],
    given: Given,
    *,
    is_below: bool,
) -> Theorem:
    """Prove that a sum is at most, or at least, N times its function of the mean."""
    i, body, inner = letter
    n = total.args[2] if isinstance(total, Total) else length(total.args[0])
    here = (*given, *said_at(i, n, given))
    x, m = _NOT_NEGATIVE if Facts(here).nonnegative(inner) else _REAL
    function = body.xreplace({inner: x})
    slope = _derivative(function, x)
    with suppress(KernelError):
        slope = cancelled(slope)
    line = function.xreplace({x: m}) + slope.xreplace({x: m}) * (x - m)
    goal = at_most(function, line) if is_below else at_most(line, function)
    apart = (h for h in given if not h.atoms(VectorSymbol))
    shown, _ = shown_by_products(goal, tuple(apart), deep=True)
    mean = right(reduced(Total(inner, i, n), given)) / n
    return summed(instance(shown, {x: inner, m: mean}, here), i, n, given)


def _derivative(term: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return the derivative in the letter."""
    if not term.has(x):
        return sp.Integer(0)
    match term:
        case sp.Symbol():
            return sp.Integer(1)
        case Sum(args=parts):
            return Sum(*(_derivative(part, x) for part in parts))
        case Product(args=parts):
            rest = (Product(*parts[:k], *parts[k + 1 :]) for k in range(len(parts)))
            return Sum(*(_derivative(f, x) * r for f, r in zip(parts, rest, strict=True)))
        case Power() if not term.exp.has(x):
            return term.exp * Power(term.base, term.exp - 1) * _derivative(term.base, x)
        case Exp(args=(inner,)):
            return term * _derivative(inner, x)
        case Log(args=(inner,)):
            return _derivative(inner, x) / inner
    raise KernelError("the slope of {} is not worked out", term)
