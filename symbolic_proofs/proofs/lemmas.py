"""Claims with lemmas beside them: the author's steps, and the claims above in a file.

A lemma is of use as a theorem, with other values for its letters, and as a fact, where its premises
are among those of the claim. The theorem that comes out rests on neither: facts are cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .. import kernel as K
from ..derivations.derivation import Derivation, Proof
from ..kernel import KernelError
from ..kernel.sequents import states
from ..language.claim import Claim
from ..language.formulas import normal
from .library import by_theorem
from .prover import prove

#: facts that are put beside a claim at a time, those nearest to it
MOST_FACTS = 8


@dataclass(frozen=True, slots=True)
class Lemma:
    """A claim, and how it is proved; that is done only where it is of use."""

    claim: Claim
    prove: Callable[[], Derivation | None]


def prove_with(claim: Claim, lemmas: Sequence[Lemma]) -> Derivation | None:
    """Return a derivation of a claim, by lemmas if it is not proved without; None if there is none.

    The nearest lemmas are the last.
    """
    found = prove(claim)
    if found is not None:
        return found
    for lemma in reversed(lemmas):
        found = by_theorem(claim, lemma.claim, lemma.prove)
        if found is not None:
            return found
    return _beside_facts(claim, lemmas)


def _beside_facts(claim: Claim, lemmas: Sequence[Lemma]) -> Derivation | None:
    given = set(map(normal, claim.given))
    near = [
        lemma
        for lemma in lemmas
        if set(map(normal, lemma.claim.given)) <= given and lemma.claim.variables <= claim.variables
    ][-MOST_FACTS:]
    facts = [found for lemma in near if (found := lemma.prove()) is not None]
    if not facts:
        return None
    known = dict.fromkeys((*claim.given, *(fact.theorem.conclusion for fact in facts)))
    found = prove(replace(claim, given=tuple(known)))
    return None if found is None else _cut(claim, found, facts)


def _cut(claim: Claim, found: Derivation, facts: Sequence[Derivation]) -> Derivation | None:
    """Return the derivation with those of the facts that it rests on before it."""
    proof, theorem = Proof(), found.theorem
    used = [
        fact for fact in facts if fact.theorem.conclusion in theorem.hypotheses - {*claim.given}
    ]
    for derivation in (*used, found):
        for step in derivation.steps:
            proof.show(step.theorem, step.reason)
    try:
        for fact in used:
            theorem = K.cut(fact.theorem, theorem)
    except KernelError:
        return None
    proof.show(theorem, "so, by the steps above")
    done = proof.done()
    return done if states(done.theorem, claim) else None
