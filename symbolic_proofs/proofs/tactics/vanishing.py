"""What sums over the entries of a vector are where the vector is 0."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import NonZero, Not, at_most, equal
from ...language.operations import order
from ...language.terms import OnNonzero, Total
from ...language.vectors import Entry, VectorSymbol, length
from .combine import Given, algebra, discharge, fresh_index, reduced, right, then


def vanishing(head: sp.Expr, vector: VectorSymbol, given: Given = ()) -> Theorem:
    """Return V = 0 |- a sum over the entries of V = what is left of it."""
    itself = isinstance(head, Total)
    meaning = algebra(equal(head, head), given) if itself else K.define(head, given)
    total = right(meaning)
    i = fresh_index(total, *given)
    here = (*given, at_most(i, length(vector)))
    zero = equal(Entry(vector, i), 0)
    body = total.at(i)
    counted = (K.on_nonzero(h, (*here, zero)) for h in sorted(body.atoms(OnNonzero), key=order))
    each = then(algebra(equal(body, body), here), *counted, K.assume(zero))
    each = then(each, reduced(right(each), (*here, zero)))
    said = K.open_predicate(Not(NonZero(vector)), None, given)
    shown = discharge(K.sum_up(each, i, length(vector)), said)
    return then(meaning, then(shown, K.linear(right(shown), given)))
