"""One claim through both engines, to its verdict."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from numeric_check.certifier.added_condition import Forgotten
from numeric_check.certifier.evidence import undefined_at
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.search import SearchResult
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim

from .defaults import DEFAULT_BUDGET, DEFAULT_EFFORT, DEFAULT_SEED
from .examples import Examined
from .proof_budget import ProofBudget, stuck_lines
from .verdict import Effort, Evidence, Verdict, judge

#: rules that may be applied to a claim with a counterexample, which a proof would contradict
CROSS_CHECK = 50
#: conditions that a claim has forgotten, each added to the claim with the one before
MOST_CONDITIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """How to search: candidates and seconds at most, the seed, and what to keep to.

    `effort` is how many rules the provers may apply; `nearby` asks for what holds near a claim that
    is refuted.
    """

    budget: int = DEFAULT_BUDGET
    seed: int = DEFAULT_SEED
    time: float | None = None
    p: Fraction | None = None
    q: Fraction | None = None
    dim: int | None = None
    effort: int = DEFAULT_EFFORT
    nearby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The engines, as functions; what they return is checked by `judge`."""

    prove: Callable[[Claim], Derivation | None]
    #: the same without lemmas, for a claim that has a counterexample
    cross_check: Callable[[Claim], Derivation | None]
    #: where the proof of a claim that is not proved got stuck, a line each
    stuck: Callable[[Claim], Iterable[str]]
    #: values found by the hunt, if any -> a derivation of the negation, values, names fixed to them
    disprove: Callable[[Claim, Witness | None], tuple[Derivation, Witness, tuple[str, ...]] | None]
    undefined: Callable[[Claim], tuple[Witness, Derivation] | None]
    forgotten: Callable[[Claim], Forgotten | None]
    #: an example of the premises, or a derivation that there is none
    examine: Callable[[Claim], Examined]
    vacuity: Callable[[Claim], Derivation | None]
    search: Callable[[Claim, Hunt], SearchResult]
    #: what a claim that is not proved is searched for besides, after what the search has found
    search_on: Callable[[Claim, Hunt, SearchResult], SearchResult]
    #: how many steps of a derivation hold on random instances; raises Contradiction if one fails
    confirm: Callable[[Claim, Derivation], int]


def settle(claim: Claim, hunt: Hunt, engines: Engines, *, conditions: int = 0) -> Verdict:
    """Return the verdict on a claim after all engines have tried it.

    `conditions` is how many have been added to the claim, which had forgotten them.
    """
    start = time.perf_counter()
    found = engines.search(claim, hunt)
    refutable = found.kind == "counterexample"
    proving = ProofBudget(min(hunt.effort, CROSS_CHECK) if refutable else hunt.effort)
    bounded = proving.around(engines)
    derivation = (bounded.cross_check if refutable else bounded.prove)(claim)
    if derivation is None:
        found = engines.search_on(claim, hunt, found)
    certified = None
    if found.witness is not None and found.certificate is not None:
        certified = found.witness, found.certificate
    counterexample = certified if found.kind == "counterexample" else None
    # of a claim with free symbols an example shows one instance
    established = certified if found.kind == "existence" and not claim.variables else None
    settled = derivation or counterexample or established
    disproof = None if settled else bounded.disprove(claim, found.witness)
    refuted = counterexample or disproof
    examined = Examined(None, 0) if refuted else engines.examine(claim)
    nothing = not refuted and examined.example is None
    vacuity = bounded.vacuity(claim) if nothing else None
    undefined = missing = None
    if not settled and disproof is None and vacuity is None:
        undefined = bounded.undefined(claim)
        if undefined is None and conditions < MOST_CONDITIONS:
            missing = _missing(claim, hunt, engines, conditions)
    shown = [derivation, disproof and disproof[0], undefined and undefined[1]]
    confirmed = sum(engines.confirm(claim, proof) for proof in shown if proof)
    evidence = Evidence(
        derivation=derivation,
        counterexample=counterexample,
        established=established,
        disproof=disproof,
        undefined=undefined,
        missing=missing,
        example=examined.example,
        vacuity=vacuity,
    )
    effort = Effort(
        candidates=found.candidates,
        effective=found.effective,
        covered=found.covered,
        best_margin=found.best,
        examined=found.candidates + examined.candidates if nothing and vacuity is None else 0,
        confirmed=confirmed,
    )
    is_open = not any((settled, disproof, undefined, missing))
    return judge(
        claim,
        evidence,
        effort=effort,
        tried=(
            *([proving.ended] if proving.ended else ()),
            *(stuck_lines(claim, engines.stuck, hunt.effort) if is_open else ()),
            found.said,
            *found.limits,
            *_no_value(claim, examined),
        ),
        found=found.witness if found.kind == "universal" else None,
        seconds=time.perf_counter() - start,
    )


def _missing(
    claim: Claim, hunt: Hunt, engines: Engines, conditions: int
) -> tuple[Forgotten, Verdict] | None:
    """Return a condition that the claim has forgotten, and the verdict with it added."""
    forgotten = engines.forgotten(claim)
    if forgotten is None:
        return None
    return forgotten, settle(forgotten.mended, hunt, engines, conditions=conditions + 1)


def _no_value(claim: Claim, examined: Examined) -> tuple[str, ...]:
    """Say why a claim has no value at an example of its premises, where no condition mends that."""
    reason = undefined_at(claim, examined.example) if examined.example else None
    return (f"it speaks of a value that does not exist: {reason}",) if reason else ()
