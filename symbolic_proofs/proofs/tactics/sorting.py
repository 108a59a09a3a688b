"""Sums over sorted entries, written as sums in which the order is none."""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...kernel import Theorem
from ...language.formulas import Formula
from ...language.operations import order
from ...language.terms import Total
from ...language.vectors import Entry, Sorted, Vector


def sorted_in(total: Total) -> list[Vector]:
    """Return the vectors whose entries a sum takes in ascending order, by its own index."""
    entries = (e for e in total.body.atoms(Entry) if e.args[1] == total.variable)
    found = {e.args[0].args[0] for e in entries if isinstance(e.args[0], Sorted)}
    return sorted(found, key=order)


def in_any_order(total: Total, vector: Vector, given: tuple[Formula, ...]) -> Theorem:
    """Prove that a sum over the sorted entries of V is made of sums over V in any order.

    What weighs an entry by its place k becomes sums of |v_i - v_j|. Raises KernelError for what
    depends on the place in another way than as k c_(k).
    """
    result = K.linear(total, given)
    pieces = result.conclusion.args[2].atoms(Total)
    for piece in sorted(pieces, key=order):
        if vector in sorted_in(piece) and not hidden(piece):
            weighted = piece.body == piece.variable * Entry(Sorted(vector), piece.variable)
            value = (K.ranked_sum if weighted else K.sorted_sum)(piece, vector, given)
            result = K.rewrite(value, result, False, True)
    return result


def hidden(term: sp.Basic) -> bool:
    """Tell whether a term speaks of a variable that a binder around it binds."""
    return any(s.name.startswith("_") for s in term.free_symbols)
