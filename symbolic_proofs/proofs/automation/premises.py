"""A goal that is one of its premises, or a power of it, times a factor.

Equal terms are put for each other first.
"""

from __future__ import annotations

from contextlib import suppress

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError
from ...language.claim import Claim
from ...language.formulas import Relation
from ..tactics.combine import discharge, rewrite
from ..tactics.lift import concluded, side_facts
from ..tactics.unfold import folded, plain, unfolded
from .norms import raised_for


def by_premise(claim: Claim) -> Derivation | None:
    """Return a derivation from one comparison that is given, None if none gives the goal."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation) or goal.op in ("=", "!="):
        return None
    relations = [h for h in given if isinstance(h, Relation)]
    equations = [K.assume(h) for h in relations if h.op == "=" and goal.has(h.left)]
    inner = goal.xreplace({e.conclusion.args[1]: e.conclusion.args[2] for e in equations})
    for h in relations:
        if h.op in ("=", "!="):
            continue
        with suppress(KernelError):
            facts = side_facts(goal, given)
            known = (*given, *(fact.conclusion for fact in facts))
            parts = (*unfolded(h.left, known), *unfolded(h.right, known))
            premise = rewrite(K.assume(h), *parts)
            wanted, _ = plain(inner, known)
            for raised, words in raised_for(premise, wanted, known):
                proof = Proof()
                proof.show(premise, "as given")
                proof.show(raised, words)
                with suppress(KernelError):
                    shown = concluded(
                        proof, inner, raised, given, facts, "multiply by a nonnegative factor"
                    )
                    if equations:
                        shown = K.weaken(shown, known)
                        shown = discharge(folded(goal, shown, equations), *facts)
                        proof.show(shown, "put equal terms for each other")
                    return proof.done()
    return None
