"""What is to hold of entries at one index, as a claim about numbers: letters for the entries.

So a sum, a greatest value or "for every i" is proved by what proves a claim without vectors. The
greatest over all entries is a letter too, with what is known of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...kernel.definedness import Facts
from ...language.claim import Claim
from ...language.formulas import Every, Formula, Relation
from ...language.operations import order
from ...language.symbols import nonnegative, real
from ...language.terms import Greatest, Least, PowerSum, Total
from ...language.vectors import Entry, VectorSymbol
from ..tactics.combine import Given, discharge, fresh_index, said_at
from ..tactics.sorting import hidden
from .cases import Way

_OVER_ALL = (PowerSum, Total, Greatest, Least)


def entrywise(goal: Relation, here: Given, known: Sequence[Theorem], way: Way) -> Theorem:
    """Prove a comparison of entries as one of numbers; raises KernelError if the way does not."""
    heads = _heads(goal)
    # what ties another entry to a sum or an extreme of the goal is of use as well
    said_of = {fact: _heads(fact.conclusion) for fact in known if heads}
    tied = {head for head in heads if isinstance(head, _OVER_ALL)}
    near = [f for f, own in said_of.items() if {h for h in own if isinstance(h, _OVER_ALL)} <= tied]
    near = [f for f in near if said_of[f] & heads]
    heads |= {head for fact in near for head in said_of[fact]}
    facts = Facts(here)
    letters: dict[sp.Basic, sp.Symbol] = {}
    for k, head in enumerate(sorted(heads, key=order), 1):
        letters[head] = (nonnegative if facts.nonnegative(head) else real)(f"e{k}")
    said = (h.xreplace(letters) for h in (*here, *(fact.conclusion for fact in near)))
    given = tuple(h for h in said if isinstance(h, Relation) and not _heads(h))
    stated = goal.xreplace(letters)
    indices = {e.args[1] for e in heads if isinstance(e, Entry)}
    if not indices or stated.free_symbols & indices or stated.atoms(VectorSymbol):
        raise KernelError("{} is not about entries alone", goal)
    given = tuple(h for h in given if not h.free_symbols & indices and not h.atoms(VectorSymbol))
    found = way(Claim("entry", "", "", given, stated))
    if found is None:
        raise KernelError("{} is not seen for one entry", goal)
    values = {letter: head for head, letter in letters.items()}
    return discharge(K.instantiate(found.theorem, values, here), *near)


def _heads(formula: Formula) -> set[sp.Basic]:
    """Return the entries of a formula, and the outermost sums and extremes over all of them."""
    found: set[sp.Basic] = set()
    waiting: list[sp.Basic] = [formula]
    for node in waiting:
        is_entry = isinstance(node, Entry) and not hidden(node)
        if is_entry or (isinstance(node, _OVER_ALL) and _is_of_all(node)):
            found.add(node)
        else:
            waiting.extend(node.args)
    return found


def _is_of_all(node: sp.Basic) -> bool:
    """Tell whether a term is of all entries, as the greatest of |w_i| - t and 0 is not."""
    is_free = any(not hidden(e) for e in node.atoms(Entry))
    return bool(node.atoms(VectorSymbol)) and not is_free and not hidden(node)


def by_every(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a claim for every index from that for one, None if there is none."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not (isinstance(goal, Every) and isinstance(goal.body, Relation)):
        return None
    i, count = fresh_index(goal, *given), goal.args[2]
    here = (*given, *said_at(i, count, given))
    proof = Proof()
    with suppress(KernelError):
        proof.show(entrywise(goal.at(i), here, (), way), "for one entry")
        proof.show(K.every(proof.steps[-1].theorem, i, count), "so for each")
        return proof.done()
    return None
