"""Claims with lemmas beside them: the author's steps, and the claims above in a file.

A lemma is of use as a theorem, with other values for its letters, and as a fact, where its premises
are among those of the claim. The theorem that comes out rests on neither: facts are cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sympy as sp

from .. import kernel as K
from ..derivations.derivation import Derivation, Proof
from ..kernel import KernelError, Theorem
from ..kernel.sequents import states
from ..language.claim import Claim
from ..language.formulas import FLIPPED, Formula, Relation, normal
from .library import by_theorem
from .prover import prove
from .tactics.combine import combine

#: facts that are put beside a claim at a time, those nearest to it
MOST_FACTS = 8


@dataclass(frozen=True, slots=True)
class Lemma:
    """A claim, and how it is proved; that is done only where it is of use."""

    claim: Claim
    prove: Callable[[], Derivation | None]


def prove_with(
    claim: Claim, lemmas: Sequence[Lemma], hints: Sequence[Lemma] = ()
) -> Derivation | None:
    """Return a derivation of a claim, by lemmas if it is not proved without; None if there is none.

    The nearest lemmas are the last. What a hint gives in a step is taken first, and what it gives
    as a fact is tried when the claim alone has failed: one that is of no use keeps nothing from its
    proof.
    """
    for hint in hints:
        found = by_theorem(claim, hint.claim, hint.prove)
        if found is not None:
            return found
    found = prove(claim)
    if found is not None:
        return found
    for lemma in reversed(lemmas):
        found = by_theorem(claim, lemma.claim, lemma.prove)
        if found is not None:
            return found
    # what is named soon shows what it leads to; a search with facts takes as long as one without
    found = by_chain(claim, _facts(claim, hints)) or _beside_facts(claim, lemmas)
    if found is None and hints:
        others = [lemma for lemma in lemmas if lemma not in hints]
        return _beside_facts(claim, [*others, *hints])
    return found


def _facts(claim: Claim, lemmas: Sequence[Lemma]) -> list[Derivation]:
    """Return the proofs of lemmas whose premises are among those of the claim."""
    given = set(map(normal, claim.given))
    near = [
        lemma
        for lemma in lemmas
        if set(map(normal, lemma.claim.given)) <= given and lemma.claim.variables <= claim.variables
    ][-MOST_FACTS:]
    return [found for lemma in near if (found := lemma.prove()) is not None]


def _beside_facts(claim: Claim, lemmas: Sequence[Lemma]) -> Derivation | None:
    facts = _facts(claim, lemmas)
    if not facts:
        return None
    chained = by_chain(claim, facts)
    if chained is not None:
        return chained
    known = dict.fromkeys((*claim.given, *(fact.theorem.conclusion for fact in facts)))
    found = prove(replace(claim, given=tuple(known)))
    return None if found is None else _cut(claim, found, facts)


@dataclass(frozen=True, slots=True)
class _Link:
    """What a comparison says of two terms: the first is at most, below or equal to the second."""

    first: sp.Expr
    second: sp.Expr
    op: str
    theorem: Theorem
    backwards: bool = False


def by_chain(claim: Claim, facts: Sequence[Derivation]) -> Derivation | None:
    """Return a derivation that goes from one side of a claim to the other by facts and premises."""
    goal = _link(claim.conclusion, K.assume(claim.conclusion)) if facts else None
    if goal is None:
        return None
    shown = [fact.theorem for fact in facts]
    known = [*shown, *(K.assume(h) for h in claim.given if isinstance(h, Relation))]
    links = [link for theorem in known if (link := _link(theorem.conclusion, theorem))]
    links += [
        replace(link, first=link.second, second=link.first, backwards=True)
        for link in links
        if link.op == "="
    ]
    if goal.op == "=":
        links = [link for link in links if link.op == "="]
    path = _path(goal, links)
    if path is None:
        return None
    parts = [(-1 if link.backwards else 1, link.theorem) for link in path]
    try:
        theorem = combine(claim.conclusion, *parts, given=tuple(claim.given))
    except KernelError:
        return None
    proof, used = Proof(), [link.theorem for link in path]
    for fact in facts:
        if fact.theorem in used:
            proof.show_all(fact.steps)
    proof.show(theorem, "one after the other")
    done = proof.done()
    return done if states(done.theorem, claim) else None


def _link(formula: Formula, theorem: Theorem) -> _Link | None:
    formula = normal(formula)
    if not isinstance(formula, Relation) or formula.op == "!=":
        return None
    first, second, op = formula.left, formula.right, formula.op
    if op in (">", ">="):
        first, second, op = second, first, FLIPPED[op]
    return _Link(first, second, op, theorem)


def _path(goal: _Link, links: Sequence[_Link]) -> list[_Link] | None:
    """Return the shortest way from one side to the other, with a strict link for a strict goal."""
    start, end = (goal.first, goal.op != "<"), (goal.second, True)
    ways: dict[tuple[sp.Expr, bool], list[_Link]] = {start: []}
    waiting = [start]
    for place in waiting:
        if place == end:
            return ways[place] or None
        for link in links:
            after = (link.second, place[1] or link.op == "<")
            if link.first == place[0] and after not in ways:
                ways[after] = [*ways[place], link]
                waiting.append(after)
    return None


def _cut(claim: Claim, found: Derivation, facts: Sequence[Derivation]) -> Derivation | None:
    """Return the derivation with those of the facts that it rests on before it."""
    proof, theorem = Proof(), found.theorem
    used = [
        fact for fact in facts if fact.theorem.conclusion in theorem.hypotheses - {*claim.given}
    ]
    for derivation in (*used, found):
        proof.show_all(derivation.steps)
    try:
        for fact in used:
            theorem = K.cut(fact.theorem, theorem)
    except KernelError:
        return None
    proof.show(theorem, "so, by the steps above")
    done = proof.done()
    return done if states(done.theorem, claim) else None
