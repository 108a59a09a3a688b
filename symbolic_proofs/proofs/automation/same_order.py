"""Two norms of one order: compared as their power sums are."""

from __future__ import annotations

from dataclasses import replace

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...language.claim import Claim
from ...language.formulas import Relation
from ...language.terms import Norm, PowerSum
from ..tactics.combine import rewrite
from .cases import Way
from .norms import to_power


def by_power_sums(claim: Claim, way: Way) -> Derivation | None:
    """Return a derivation of a comparison of norms from that of their power sums, or None."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not (isinstance(goal, Relation) and isinstance(goal.left, Norm)):
        return None
    if not isinstance(goal.right, Norm) or goal.op in ("=", "!="):
        return None
    heads = goal.oriented().args[1:]
    (_, e), (_, other) = (head.args for head in heads)
    if e != other:
        return None
    sums = (PowerSum(*head.args) for head in heads)
    found = way(replace(claim, conclusion=Relation(goal.oriented().op, *sums)))
    if found is None:
        return None
    proof = Proof(list(found.steps))
    try:
        roots = to_power(found.theorem, 1 / e, given)
        if roots is None:
            return None
        meanings = (K.define(head, given) for head in heads)
        proof.show(rewrite(roots, *meanings, backwards=True), f"take the root of order ${e}$")
    except KernelError:
        return None
    return proof.done()
