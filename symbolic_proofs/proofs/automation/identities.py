"""Identities: scaling, cloning, repetition over time, padding. One argument serves them all.

The power sum of each composed vector is worked out from its definition; then the norms and the
index are unfolded and both sides agree by the algebra of powers.
"""

from __future__ import annotations

from contextlib import suppress

import sympy as sp

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import And, Formula, Relation
from ...language.operations import order
from ...language.symbols import positive
from ...language.terms import Norm, PowerSum, PQIndex
from ...language.vectors import Concat, Steps, Vector, VectorSymbol
from ..tactics.combine import Given, norm, power_sum, right, then, transform
from ..tactics.sorting import hidden
from ..tactics.unfold import conclude, flat, show_sorted


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
            proof.show(K.both(*theorems), "together")
    except KernelError:
        return None
    return proof.done()


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
            proof.show(pieces, "the range split where the blocks meet, each piece begun at 1")
        value = power_sum(vector, r, ())
        if value.conclusion != meaning.conclusion:
            proof.show(value, "constant factors pulled out; n equal terms are n times one")
        if any(isinstance(h, PQIndex | Norm) and h.args[0] == vector for h in closed):
            proof.show(in_norms(vector, r), "the root of order r")
    show_sorted(proof, statement, given)
    for head in closed:
        if isinstance(head, PQIndex) and not isinstance(head.args[0], VectorSymbol):
            vector, p, q = head.args
            meaning = proof.show(K.define(head, given), "the definition of I")
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
