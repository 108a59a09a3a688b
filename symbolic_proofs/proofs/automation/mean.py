"""Sums of one function of each entry against that function of the mean (Jensen's inequality).

A concave function lies below its tangent at the mean, a convex one above: shown for one entry, and
summed. The slope is worked out here and believed by nobody.
"""

from __future__ import annotations

from contextlib import suppress

import sympy as sp

from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Relation, at_most
from ...language.operations import Abs, Exp, Log, Power, Product, Sum, order
from ...language.symbols import nonnegative
from ...language.terms import PowerSum, Total
from ...language.vectors import Entry, VectorSymbol, is_nonnegative_vector, length
from ...rational_terms import cancelled, coefficient
from ..tactics.combine import Given, fresh_index, instance, said_at, summed
from ..tactics.lift import concluded
from ..tactics.sorting import hidden
from .nonlinear import shown_by_products
from .norms import written_out

#: an entry, and the mean of the entries
_X, _M = nonnegative("x"), nonnegative("m")


def by_mean(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison of a sum with its value at the mean, None if none is."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op not in ("<=", ">="):
        return None
    sides, known, wanted = written_out(goal, given)
    low, high = wanted.oriented().args[1:]
    sums = (s for s in wanted.atoms(Total, PowerSum) if not hidden(s))
    for total in sorted(sums, key=order):
        vectors = sorted(total.atoms(VectorSymbol), key=order)
        proof = Proof()
        try:
            (vector,) = vectors
            is_below = Facts(known).nonnegative(-coefficient(high - low, total))
            fact = _against_the_mean(total, vector, known, is_below=is_below)
            proof.show(fact, "by the tangent at the mean of the entries")
            concluded(proof, goal, fact, given, sides, "so it follows")
        except (KernelError, ValueError):
            continue
        return proof.done()
    return None


def _against_the_mean(
    total: sp.Expr, vector: VectorSymbol, given: Given, *, is_below: bool
) -> Theorem:
    """Prove that a sum is at most, or at least, N times its function of the mean."""
    n = length(vector)
    i = fresh_index(total, *given)
    here = (*given, *said_at(i, n, given))
    entry = vector[i] if is_nonnegative_vector(vector) else Abs(vector[i])
    body = entry ** total.args[1] if isinstance(total, PowerSum) else total.at(i)
    function = body.xreplace({entry: _X})
    if function.atoms(Entry) or function.has(i) or not function.has(_X) or function == _X:
        raise KernelError("{} is not a sum of a function of each entry", total)
    slope = _derivative(function)
    with suppress(KernelError):
        slope = cancelled(slope)
    line = function.xreplace({_X: _M}) + slope.xreplace({_X: _M}) * (_X - _M)
    goal = at_most(function, line) if is_below else at_most(line, function)
    apart = (h for h in given if not h.atoms(VectorSymbol))
    shown, _ = shown_by_products(goal, tuple(apart), deep=True)
    shown = instance(shown, {_X: entry, _M: PowerSum(vector, 1) / n}, here)
    return summed(shown, i, n, given)


def _derivative(term: sp.Expr) -> sp.Expr:
    """Return the derivative in the letter."""
    if not term.has(_X):
        return sp.Integer(0)
    match term:
        case sp.Symbol():
            return sp.Integer(1)
        case Sum(args=parts):
            return Sum(*map(_derivative, parts))
        case Product(args=parts):
            rest = (Product(*parts[:k], *parts[k + 1 :]) for k in range(len(parts)))
            return Sum(*(_derivative(f) * r for f, r in zip(parts, rest, strict=True)))
        case Power() if not term.exp.has(_X):
            return term.exp * Power(term.base, term.exp - 1) * _derivative(term.base)
        case Exp(args=(inner,)):
            return term * _derivative(inner)
        case Log(args=(inner,)):
            return _derivative(inner) / inner
    raise KernelError("the slope of {} is not worked out", term)
