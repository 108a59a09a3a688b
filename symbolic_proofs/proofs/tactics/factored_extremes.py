"""The greatest and the least of c f(i) for a c > 0 that is the same for all: c times that of f."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Relation, at_most
from ...language.operations import Product, factors
from ...language.terms import Greatest, Least
from .combine import Given, combine, fresh_index, said_at
from .flat import flat


def without_factor(head: Greatest | Least, given: Given) -> Theorem:
    """Return "the greatest of c f(i) = c times the greatest of f(i)"; so for the least.

    Raises KernelError where there is no such factor.
    """
    count = head.args[2]
    i = fresh_index(head, *given)
    here, facts = (*given, *said_at(i, count, given)), Facts(given)
    parts = factors(flat(head.at(i), here))
    outside = [f for f in parts if not f.has(i) and facts.positive(f)]
    if not outside:
        raise KernelError("no factor of {} is the same for all", head)
    c, rest = Product(*outside), Product(*(f for f in parts if f not in outside))
    inner = type(head)(rest, i, count)
    up, rule = isinstance(head, Greatest), K.greatest if isinstance(head, Greatest) else K.least

    def bounded(term: sp.Expr, limit: sp.Expr, factor: sp.Expr, member: Theorem) -> Theorem:
        sides = (term.at(i), limit) if up else (limit, term.at(i))
        return K.bound(combine(at_most(*sides), (factor, member), given=here), term, i)

    one = bounded(head, c * inner, c, rule(inner, i, here))
    two = bounded(inner, head / c, 1 / c, rule(head, i, here))
    sides = (c * inner, head) if up else (head, c * inner)
    two = combine(at_most(*sides), (c, two), given=given)
    equal = K.antisymmetry(*((one, two) if up else (two, one)))
    return combine(Relation("=", head, c * inner), (1, equal), given=given)
