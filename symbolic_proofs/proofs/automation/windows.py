"""Extremes and shortest windows of composed vectors, written by those of what they are made of.

A factor a > 0 comes out of the least and the greatest entry and of the shortest window, m copies
have the extremes of one, and the shortest window of k of m copies is that of l of one for m(l-1) <
k <= ml: with k = ceil(m y) and l = ceil(y) that is so. Where a measure divides by the spread, that
is > 0 since not all entries are equal.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import Constant, Formula, Not, Relation, at_most, equal, less
from ...language.operations import Ceiling, order
from ...language.sums import ShortestWindow
from ...language.symbols import count
from ...language.terms import Greatest, Least
from ...language.vectors import Concat, Entry, Map, Repeat, Steps, Vector, length
from ...rational_terms import cancelled
from ..tactics.combine import Given, algebra, combine, discharge, is_own, left, right, then
from ..tactics.sorting import hidden
from ..tactics.unfold import folded, plain

_I = count("i")
_ONE = sp.Integer(1)
_HEADS = (ShortestWindow, Least, Greatest)


def by_windows(claim: Claim) -> Derivation | None:
    """Return a derivation of a comparison that holds once windows and extremes are taken apart."""
    goal = claim.conclusion
    if not (isinstance(goal, Relation) and goal.atoms(*_HEADS)):
        return None
    proof = Proof()
    taken_apart(proof, goal, tuple(claim.given), "both sides agree")
    return proof.done()


def taken_apart(proof: Proof, goal: Relation, given: Given, reason: str) -> Theorem:
    """Prove a relation by the values of its windows and extremes, which are shown."""
    terms = [t for t in sorted(goal.atoms(*_HEADS), key=order) if not hidden(t)]
    values = []
    for term in terms:
        value = _window(term, terms, given) if isinstance(term, ShortestWindow) else _extreme(term)
        if value is not None:
            values.append(proof.show(value, _reason(value)))
    spreads = []
    for high in (t for t in terms if isinstance(t, Greatest)):
        try:
            spread = _spread(high, Least(*high.args), given)
        except KernelError:
            continue
        spreads.append(proof.show(spread, "not all entries are equal"))
    known = (*given, *(spread.conclusion for spread in spreads))
    wanted = goal.xreplace({left(value): right(value) for value in values})
    wanted, equations = plain(wanted, known)
    shown = folded(goal, algebra(wanted, known), [*values, *equations])
    return proof.show(discharge(shown, *spreads), reason)


def _reason(value: Theorem) -> str:
    term = left(value)
    if not isinstance(term, ShortestWindow):
        return "what is greatest or least stays so"
    if right(value) == 0:
        return "equal entries stand next to each other"
    if isinstance(term.args[0], Steps):
        return "sorted, every entry stands as often as there are copies"
    return "the order stays the same, every difference is multiplied"


# -- the least and the greatest value -------------------------------------------------------------


def _extreme(term: sp.Expr) -> Theorem | None:
    """Prove the least or greatest value of a composed vector = that of its part; None if not."""
    try:
        return _extreme_of_copies(term) or _extreme_of_multiple(term)
    except KernelError:
        return None


def _extreme_of_copies(term: sp.Expr) -> Theorem | None:
    wholes = {e.args[0] for e in term.body.atoms(Entry) if is_own(e, term)}
    if len(wholes) != 1 or not all(isinstance(w, Steps) for w in wholes):
        return None
    value = K.split(term, *wholes, ())
    outer = right(value)
    if outer.variable in outer.body.free_symbols:
        return None
    # the extreme of equal values is that value
    same = algebra(equal(outer.body, outer.body))
    below = combine(at_most(outer.body, outer.body), (1, same))
    reached = _rule(outer)(outer, _ONE, ())
    return then(value, _equal(outer, K.bound(below, outer, _I), reached))


def _extreme_of_multiple(term: sp.Expr) -> Theorem | None:
    """Prove that the greatest of a v_i + b is a times the greatest v_i plus b, for a > 0."""
    entries = [e for e in term.body.atoms(Entry) if e.args[1] == term.variable]
    if len(entries) != 1 or term.body == entries[0]:
        return None
    start, one = (term.body.xreplace({entries[0]: sp.Integer(k)}) for k in (0, 1))
    factor = one - start
    if hidden(factor) or hidden(start):
        return None
    inner = term.func(entries[0], term.variable, term.args[2])
    in_range = (at_most(_I, term.args[2]),)
    sign = 1 if isinstance(term, Greatest) else -1

    def below(low: sp.Expr, high: sp.Expr) -> Formula:
        return at_most(low, high) if sign == 1 else at_most(high, low)

    value = factor * inner + start
    each = _rule(inner)(inner, _I, in_range)
    outside = K.bound(combine(below(term.at(_I), value), (factor, each)), term, _I)
    each = _rule(term)(term, _I, in_range)
    share = combine(below(inner.at(_I), (term - start) / factor), (1 / factor, each))
    inside = combine(below(value, term), (factor, K.bound(share, inner, _I)))
    return _equal(term, outside, inside)


def _rule(term: sp.Expr) -> sp.Expr:
    return K.greatest if isinstance(term, Greatest) else K.least


def _equal(term: sp.Expr, one: Theorem, other: Theorem) -> Theorem:
    """Return term = c from the two inequalities between them."""
    both = K.antisymmetry(one, other)
    sides = [side for side in both.conclusion.args[1:] if side != term]
    return combine(equal(term, *sides), (1 if left(both) == term else -1, both))


# -- the spread -----------------------------------------------------------------------------------


def _spread(high: sp.Expr, low: sp.Expr, given: Given) -> Theorem:
    """Prove that the least entry is below the greatest one; raises KernelError if it fails."""
    goal = less(low, high)
    values = [value for value in map(_extreme, (low, high)) if value is not None]
    if values:
        low, high = (right(value) for value in values)
        base = [t for t in (*low.atoms(Least), *high.atoms(Greatest)) if not hidden(t)]
        inner = _spread(base[1], base[0], given)
        wanted = less(low, high)
        factor = cancelled((high - low) / (base[1] - base[0]))
        return folded(goal, combine(wanted, (factor, inner), given=given), values)
    body = high.at(_I)
    if not isinstance(body, Entry):
        raise KernelError("{} is not the greatest entry of a vector", high)
    vector = body.args[0]
    if isinstance(vector, Concat):
        return _spread_of_parts(goal, vector)
    return _spread_of_entries(goal, vector, given)


def _spread_of_entries(goal: Relation, vector: Vector, given: Given) -> Theorem:
    """Prove it of a vector whose entries are said not to be all equal.

    If it were not so, every entry would be the first one.
    """
    low, high = goal.left, goal.right
    constant = Constant(vector)
    if Not(constant) not in given:
        raise KernelError("{} may have equal entries", vector)
    flat, apart = at_most(high, low), K.open_predicate(Not(constant), abs(vector[1]), ())
    known = (at_most(_I, length(vector)), Not(constant))
    first = K.greatest(high, _ONE, known), K.least(low, _ONE, known)
    entry = K.greatest(high, _I, known), K.least(low, _I, known)
    none = K.assume(flat)
    below = combine(at_most(vector[_I], vector[1]), (1, entry[0]), (1, none), (1, first[1]))
    above = combine(at_most(vector[1], vector[_I]), (1, first[0]), (1, none), (1, entry[1]))
    size = abs(vector[_I])
    same = then(algebra(equal(size, size), known), K.antisymmetry(below, above))
    every = K.every(same, _I, length(vector))
    return K.cases(K.assume(goal), K.absurd(every, apart, goal), goal)


def _spread_of_parts(goal: Relation, vector: Concat) -> Theorem:
    """Prove it of a vector in which two values stand, one known to be below the other."""
    values = [part for part in vector.args if isinstance(part, Repeat)]
    for small, large in ((a, b) for a in values for b in values if a != b):
        try:
            apart = algebra(less(small.args[0], large.args[0]))
        except KernelError:
            continue
        ends = []
        for term, part in ((goal.left, small), (goal.right, large)):
            over = K.extreme_of_part(term, vector, part, ())
            there = right(over) if isinstance(term, Least) else left(over)
            ends += [(1, over), (1, _rule(there)(there, _ONE, ()))]
        return combine(goal, (1, apart), *ends)
    raise KernelError("no two entries of {} are seen to differ", vector)


# -- the shortest window --------------------------------------------------------------------------


def _window(term: sp.Expr, terms: list[sp.Expr], given: Given) -> Theorem | None:
    vector = term.args[0]
    try:
        if isinstance(vector, Map):
            value = K.window_scaled(term, given)
            inner = ShortestWindow(vector.args[2], term.args[1])
            deeper = _window(inner, terms, given)
            return then(value, deeper) if deeper is not None else value
        if not isinstance(vector, Steps):
            return K.window_of_equals(term, given)
    except KernelError:
        return None
    for other in terms:
        if isinstance(other, ShortestWindow) and other.args[0] == vector.body:
            try:
                return _window_of_copies(term, other.args[1], given)
            except KernelError:
                continue
    return None


def _window_of_copies(term: sp.Expr, width: sp.Expr, given: Given) -> Theorem:
    """Prove that k of m copies are l of one, where k rounds up m y if l rounds up y."""
    k, m = term.args[1], term.args[0].args[2]
    y, x = (_not_rounded(number) for number in (width, k))
    above = combine(
        less(m * (width - 1), k),
        (m, algebra(less(width - 1, y), given)),
        (1, algebra(at_most(x, k), given)),
    )
    below = combine(
        less(k, m * width + 1),
        (m, algebra(at_most(y, width), given)),
        (1, algebra(less(k, x + 1), given)),
    )
    below = combine(at_most(k, m * width), (1, K.whole(below)))
    known = (*given, above.conclusion, below.conclusion)
    return discharge(K.window_of_copies(term, width, known), above, below)


def _not_rounded(number: sp.Expr) -> sp.Expr:
    return number.replace(lambda t: isinstance(t, Ceiling), lambda t: t.args[0])
