"""A claim of a claims file to its record: the author's steps first, then the claim.

Each step is settled under the premises of the claim. What is proved above, of the derivation and of
the file, may help to prove what follows, first of all what the reason of a step names; nothing else
passes from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, replace
from functools import lru_cache

from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.proofs import Lemma, prove, prove_with

from ..inputs.built_in import built_in
from ..inputs.paper import Paper, PaperClaim
from ..inputs.reasons import names_in
from .one_claim import Engines, Hunt, settle
from .proof_budget import ProofBudget
from .prover_and_search import default_engines
from .verdict import Proved, Verdict
from .verdict_json import Record, record


@dataclass(frozen=True, slots=True)
class SettledEntry:
    """The verdicts on a claim of a file and on the steps that its author gives."""

    verdict: Verdict
    steps: tuple[Verdict, ...]


def settled_entry(paper: Paper, entry: PaperClaim, hunt: Hunt) -> SettledEntry:
    """Return the verdicts on the author's steps, each with the help of those before, and the claim.

    Raises Contradiction where the program contradicts itself.
    """
    lemmas = list(_above(paper, entry, hunt.effort))
    steps = []
    for number, claim in enumerate(step_claims(entry), 1):
        hints = _hints(entry, number, lemmas, hunt.effort)
        verdict = settle(claim, hunt, _engines(lemmas, hints))
        steps.append(verdict)
        if isinstance(verdict, Proved):
            lemmas.append(Lemma(claim, _Given(verdict.derivation)))
    return SettledEntry(settle(entry.claim, hunt, _engines(lemmas)), tuple(steps))


def settle_entry(paper: Paper, entry: PaperClaim, hunt: Hunt) -> Record:
    """Return the record of a claim, with those of the steps that its author gives."""
    settled = settled_entry(paper, entry, hunt)
    steps = [
        step_record(step.line, step.reason, record(verdict, ()))
        for step, verdict in zip(entry.steps, settled.steps, strict=True)
    ]
    own = {**place_in(paper, entry), "author_steps": steps or None}
    return {**record(settled.verdict, paper.claims), **own}


def place_in(paper: Paper, entry: PaperClaim) -> Record:
    """Return the file and the line of a claim, nothing for one that is built in."""
    return {"paper": paper.path, "line": entry.line} if paper.path else {}


def step_record(line: int, reason: str, made: Record) -> Record:
    """Return the record of a step of the author's: that of the verdict, its line and its reason."""
    return {**made, **({"line": line} if line else {}), "reason_given": reason}


def step_claims(entry: PaperClaim) -> Iterator[Claim]:
    """Yield the steps of a derivation as claims: each follows from the premises of the claim."""
    claim = entry.claim
    for number, step in enumerate(entry.steps, 1):
        id_ = f"{claim.id}.step-{number}"
        yield Claim(id_, claim.locator, step.said, claim.given, step.formula)


def prove_entry(paper: Paper, entry: PaperClaim, effort: int) -> Derivation | None:
    """Return a derivation of a claim of a file, by what is proved above if need be."""
    # what a lemma takes is not for the claim to pay, whoever asks for it first
    return Context().run(_proved, paper, entry, effort)


@lru_cache(maxsize=1024)
def _proved(paper: Paper, entry: PaperClaim, effort: int) -> Derivation | None:
    lemmas = list(_above(paper, entry, effort))
    for number, claim in enumerate((*step_claims(entry), entry.claim), 1):
        hints = _hints(entry, number, lemmas, effort)
        found = ProofBudget(effort).within(prove_with)(claim, tuple(lemmas), hints)
        if found is not None:
            lemmas.append(Lemma(claim, _Given(found)))
    return found


def _above(paper: Paper, entry: PaperClaim, effort: int) -> Iterator[Lemma]:
    for other in paper.entries:
        if other is entry:
            return
        yield Lemma(other.claim, _Later(paper, other, effort))


def _hints(
    entry: PaperClaim, number: int, lemmas: Sequence[Lemma], effort: int
) -> tuple[Lemma, ...]:
    """Return what the reason of a step names: steps and claims above it, theorems that are known.

    The claim itself, which is behind its steps, has no reason.
    """
    if number > len(entry.steps):
        return ()
    above = {lemma.claim.id: lemma for lemma in lemmas}
    found = {}
    for name in names_in(entry.steps[number - 1].reason, number):
        lemma = above.get(f"{entry.claim.id}.{name}") or above.get(name)
        if lemma is None:
            with suppress(UnknownClaimError):
                known = built_in(name)[0]
                lemma = Lemma(known, _Known(known, effort))
        if lemma is not None:
            found[lemma.claim.id] = lemma
    return tuple(found.values())


class _Later:
    """Proves a claim of a file when it is needed."""

    def __init__(self, paper: Paper, entry: PaperClaim, effort: int) -> None:
        self.asked = paper, entry, effort

    def __call__(self) -> Derivation | None:
        return prove_entry(*self.asked)


class _Known:
    """Proves a built-in claim when it is needed."""

    def __init__(self, claim: Claim, effort: int) -> None:
        self.asked = claim, effort

    def __call__(self) -> Derivation | None:
        return Context().run(_proved_alone, *self.asked)


@lru_cache(maxsize=1024)
def _proved_alone(claim: Claim, effort: int) -> Derivation | None:
    return ProofBudget(effort).within(prove)(claim)


class _Given:
    """Is a proof that there is already."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation

    def __call__(self) -> Derivation:
        return self.derivation


def _engines(lemmas: list[Lemma], hints: tuple[Lemma, ...] = ()) -> Engines:
    known = tuple(lemmas)
    return replace(default_engines(), prove=lambda claim: prove_with(claim, known, hints))
