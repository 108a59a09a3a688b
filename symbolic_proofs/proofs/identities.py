"""Identities: scaling, cloning, repetition over time, padding. One argument serves them all.

The power sum of each composed vector is worked out from its definition; then the norms and the
index are unfolded and both sides agree by the algebra of powers.
"""

from __future__ import annotations

from .. import kernel as K
from ..claims.claim import Claim
from ..kernel import KernelError
from ..language.formulas import And, Relation
from .derivation import Derivation, Proof
from .heads import conclude


def by_unfolding(claim: Claim) -> Derivation | None:
    """Return a derivation of relations that hold once heads are unfolded, None if they do not.

    It is tried on every claim: what it proves needs no proof of its own.
    """
    parts = claim.conclusion.args if isinstance(claim.conclusion, And) else (claim.conclusion,)
    if not parts or not all(isinstance(part, Relation) for part in parts):
        return None
    proof = Proof()
    try:
        theorems = [
            conclude(
                proof, part, given=claim.given, reason="unfold the definitions; the powers cancel"
            )
            for part in parts
        ]
        if isinstance(claim.conclusion, And):
            proof.show(K.both(*theorems), "together")
    except KernelError:
        return None
    return proof.done()
