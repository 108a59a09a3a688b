"""Vectors that are seen not to be 0: by what is said of their entries, or by another vector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.formulas import Every, Formula, NonZero, Not, Relation, equal, less, unequal
from ...language.operations import Abs, order
from ...language.terms import Norm, PowerSum, PQIndex
from ...language.vectors import Entry, Map, Vector, length
from ..tactics import inequalities
from ..tactics.combine import Given, algebra, discharge, fresh_index, instance, said_at
from ..tactics.inequalities import nonzero_by_size
from ..tactics.sorting import hidden
from ..tactics.unfold import entry_at
from .signs import seen


def seen_nonzero(given: Given) -> Iterator[Theorem]:
    """Yield V != 0 for a vector of which it is said that every entry is above, or not, 0."""
    first = sp.Integer(1)
    others = tuple(h for h in given if isinstance(h, Relation))
    for h in given:
        if not (isinstance(h, Every) and isinstance(h.body, Relation)):
            continue
        vectors = [
            e.args[0] for e in sorted(h.at(first).atoms(Entry), key=order) if e.args[1] == first
        ]
        for vector in (v for v in vectors if NonZero(v) not in given):
            zero = Not(NonZero(vector))
            with suppress(KernelError):
                said = K.at_index(K.assume(h), first, ())
                none = K.at_index(K.open_predicate(zero), first, ())
                apart = discharge(_apart_from_zero(vector[first], (said.conclusion, *others)), said)
                otherwise = K.absurd(none, apart, NonZero(vector))
                yield K.cases(K.assume(NonZero(vector)), otherwise, NonZero(vector))


def _apart_from_zero(term: sp.Expr, given: Given) -> Theorem:
    with suppress(KernelError):
        return algebra(unequal(term, 0), given)
    size = algebra(less(0, Abs(term)), given)
    return discharge(instance(nonzero_by_size(), {inequalities.x: term}, given), size)


def nonzero_from(vector: Vector, other: Vector, given: Given) -> Theorem:
    """Prove V != 0, if need be since another vector, or what it is made of, would be 0 too."""
    with suppress(KernelError):
        return K.nonzero(vector, given)
    sources = (other, *(v.args[2] for v in (vector, other) if isinstance(v, Map)))
    for source in (v for v in sources if NonZero(v) in given):
        with suppress(KernelError):
            return _nonzero_with(vector, source, given)
    raise KernelError("{} is not seen to differ from 0", vector)


def mapped_nonzero(statement: Formula, given: Given) -> Iterator[Theorem]:
    """Yield that the vectors of a statement that are made entry by entry are not 0, where seen."""
    vectors = {v for h in statement.atoms(PQIndex, Norm, PowerSum) for v in h.atoms(Map)}
    for vector in sorted(vectors, key=order):
        if not hidden(vector) and not Facts(given).nonzero_vector(vector):
            with suppress(KernelError):
                yield nonzero_from(vector, vector.args[2], given)


def _nonzero_with(vector: Vector, other: Vector, given: Given) -> Theorem:
    i, n = fresh_index(vector, other, *given), length(vector)
    one, two = entry_at(vector, i), entry_at(other, i)
    apart, zero = unequal(two, 0), equal(two, 0)
    here = (*given, *said_at(i, n, given), equal(one, 0), apart)
    shown = K.cases(seen(zero, apart, here), K.assume(zero), apart)
    none = discharge(K.every(shown, i, n), K.open_predicate(Not(NonZero(vector)), None, given))
    some = K.open_predicate(NonZero(other), None, given)
    there = NonZero(vector)
    return K.cases(K.assume(there), K.absurd(none, some, there), there)
