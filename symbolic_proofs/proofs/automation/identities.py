"""Identities: scaling, cloning, repetition over time, padding. One argument serves them all.

The power sum of each composed vector is worked out from its definition; then the norms and the
index are unfolded and both sides agree by the algebra of powers.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import And, Formula, Relation, equal
from ...language.operations import Abs, Power, order
from ...language.symbols import positive, real
from ...language.terms import Norm, PowerSum, PQIndex, Total
from ...language.vectors import Concat, Steps, Vector, VectorSymbol
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    fresh_index,
    instance,
    left,
    norm,
    power_sum,
    reduced,
    right,
    said_at,
    then,
    transform,
)
from ..tactics.flat import flat
from ..tactics.remembered import cache
from ..tactics.sorting import hidden
from ..tactics.unfold import conclude, folded, plain, show_sorted
from .normalised import normalisations

X = real("x")


def by_unfolding(claim: Claim) -> Derivation | None:
    """Return a derivation of relations that hold once heads are unfolded, None if they do not.

    It is tried on every claim: what it proves needs no proof of its own.
    """
    parts = claim.conclusion.args if isinstance(claim.conclusion, And) else (claim.conclusion,)
    if not parts or not all(isinstance(part, Relation) for part in parts):
        return None
    given = tuple(claim.given)
    proof = Proof()
    try:
        # whether it holds at all is seen first: the steps to show take longer than the answer
        for part in parts:
            conclude(Proof(), part, given=given, reason="", power_sums=False)
        show_definitions(proof, claim.conclusion, given)
        reason = "both sides agree" if len(proof.steps) else "by the definitions and algebra"
        theorems = [
            conclude(proof, part, given=given, reason=reason, power_sums=False) for part in parts
        ]
        if isinstance(claim.conclusion, And):
            proof.show(K.both(*theorems), "all parts are shown")
    except KernelError:
        return None
    return proof.done()


def by_squares(claim: Claim) -> Derivation | None:
    """Return a derivation of an equation once even powers of sums under bars are multiplied out."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op != "=":
        return None
    try:
        wanted, equations = plain(goal, given)
        sides = [algebra(equal(s, flat(s, given)), given) for s in (wanted.left, wanted.right)]
        totals = sorted({t for s in sides for t in right(s).atoms(Total)}, key=order)
        opened = [e for t in totals if not hidden(t) and (e := _multiplied_out(t, given))]
        said = [K.assume(h) for h in given if isinstance(h, Relation) and h.op == "="]
        said = [*normalisations(given), *said]
        if not (opened or said):
            return None
        proof = Proof()
        for equation in opened:
            proof.show(equation, "multiplied out, $|x|^2$ being $x^2$, and summed")
        one, two = (_put_in(then(side, *opened), said) for side in sides)
        shown = combine(wanted, (1, one), (-1, two), given=given)
        proof.show(folded(goal, shown, equations), "so both sides agree")
    except KernelError:
        return None
    return proof.done()


def _put_in(side: Theorem, said: Sequence[Theorem]) -> Theorem:
    """Return the value of a side with what is given put for the sums that it is given of."""
    for equation in said:
        if right(side).has(left(equation)):
            side = then(side, equation)
    return side


@cache
def without_bars(e: sp.Expr) -> Theorem:
    """Return |x|^e = x^e, for an even e."""
    return algebra(equal(Abs(X) ** e, X**e))


def _multiplied_out(total: Total, given: Given) -> Theorem | None:
    """Return a sum of even powers of sums under bars as one of its terms, None if it is not one."""
    i = fresh_index(total, *given)
    body = total.at(i)
    here = (*given, *said_at(i, total.args[2], given))
    powers = [
        n
        for n in sorted(body.atoms(Power), key=order)
        if isinstance(n.base, Abs) and n.exp.is_Integer and int(n.exp) % 2 == 0
    ]
    if not powers:
        return None
    bare = (instance(without_bars(n.exp), {X: n.base.args[0]}, here) for n in powers)
    inside = then(algebra(equal(body, body), here), *bare)
    value = K.sum_up(inside, i, total.args[2])
    return then(value, reduced(right(value), given))


def show_definitions(proof: Proof, statement: Formula, given: Given) -> None:
    """Show how each composed vector's power sum, norm and index come from their definitions."""
    r = positive("r")
    heads = [
        n for n in sp.preorder_traversal(statement) if isinstance(n, PQIndex | Norm | PowerSum)
    ]
    closed = [h for h in dict.fromkeys(heads) if not hidden(h)]
    for vector in dict.fromkeys(
        h.args[0] for h in closed if not isinstance(h.args[0], VectorSymbol)
    ):
        meaning = proof.show(K.define(PowerSum(vector, r), ()), "the definition of the power sum")
        if isinstance(vector, Concat | Steps):
            pieces = then(meaning, K.split(right(meaning), vector, ()))
            proof.show(pieces, "the range split where the blocks meet, each piece begun at $1$")
        value = power_sum(vector, r, ())
        if value.conclusion != meaning.conclusion:
            proof.show(value, "constant factors pulled out; $n$ equal terms are $n$ times one")
        if any(isinstance(h, PQIndex | Norm) and h.args[0] == vector for h in closed):
            proof.show(in_norms(vector, r), "take the root of order $r$")
    show_sorted(proof, statement, given)
    for head in closed:
        if isinstance(head, PQIndex) and not isinstance(head.args[0], VectorSymbol):
            vector, p, q = head.args
            meaning = proof.show(K.define(head, given), "the definition of $I$")
            value = then(meaning, in_norms(vector, p), in_norms(vector, q))
            proof.show(value, "the norms put in; common factors cancel")


def in_norms(vector: Vector, r: sp.Expr) -> Theorem:
    """Prove ||V||_r = an expression in the norms of the vector symbols that V is made of."""
    value = norm(vector, r, ())
    # a high power of a sum stays as it is: multiplied out it would be too long
    with suppress(KernelError):
        value = transform(value, flat(right(value), ()))
    for symbol in sorted(vector.atoms(VectorSymbol), key=order):
        if not hidden(symbol):
            value = then(value, K.define(Norm(symbol, r), ()), backwards=True)
    return value
