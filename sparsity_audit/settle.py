"""One claim through both engines, to its verdict."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from numeric_check.compile_claim import families
from numeric_check.search import MEMBERS, SearchResult
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.language.formulas import Exists, ForAll
from symbolic_proofs.proofs import Derivation

from .added_condition import Forgotten
from .evidence import undefined_at
from .examples import Examined
from .verdicts import Effort, Evidence, Verdict, judge

DEFAULT_BUDGET = 200_000
DEFAULT_SEED = 0
#: conditions that a claim has forgotten, each added to the claim with the one before
MOST_CONDITIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """How to search: candidates and seconds at most, the seed, and what to keep to."""

    budget: int = DEFAULT_BUDGET
    seed: int = DEFAULT_SEED
    time: float | None = None
    p: Fraction | None = None
    q: Fraction | None = None
    dim: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The engines, as functions; what they return is checked by `judge`."""

    prove: Callable[[Claim], Derivation | None]
    #: values found by the hunt, if any -> a derivation of the negation, values, names fixed to them
    disprove: Callable[[Claim, Witness | None], tuple[Derivation, Witness, tuple[str, ...]] | None]
    undefined: Callable[[Claim], tuple[Witness, Derivation] | None]
    forgotten: Callable[[Claim], Forgotten | None]
    #: an example of the premises, or a derivation that there is none
    examine: Callable[[Claim], Examined]
    vacuity: Callable[[Claim], Derivation | None]
    search: Callable[[Claim, Hunt], SearchResult]
    #: how many steps of a derivation hold on random instances; raises Contradiction if one fails
    confirm: Callable[[Claim, Derivation], int]


def settle(claim: Claim, hunt: Hunt, engines: Engines, *, conditions: int = 0) -> Verdict:
    """Return the verdict on a claim after all engines have tried it.

    `conditions` is how many have been added to the claim, which had forgotten them.
    """
    start = time.perf_counter()
    derivation = engines.prove(claim)
    found = engines.search(claim, hunt)
    certified = None
    if found.witness is not None and found.certificate is not None:
        certified = found.witness, found.certificate
    counterexample = certified if found.kind == "counterexample" else None
    # of a claim with free symbols an example shows one instance
    established = certified if found.kind == "existence" and not claim.variables else None
    settled = derivation or counterexample or established
    disproof = None if settled else engines.disprove(claim, found.witness)
    refuted = counterexample or disproof
    examined = Examined(None, 0) if refuted else engines.examine(claim)
    nothing = not refuted and examined.example is None
    vacuity = engines.vacuity(claim) if nothing else None
    undefined = missing = None
    if not settled and disproof is None and vacuity is None:
        undefined = engines.undefined(claim)
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
    return judge(
        claim,
        evidence,
        effort=effort,
        tried=("no derivation is known", *hunted(claim, found), *_no_value(claim, examined)),
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


def hunted(claim: Claim, found: SearchResult) -> tuple[str, ...]:
    """Return what a search that refuted nothing did, in lines that are true of this search."""
    if found.note:
        return (found.note,)
    where = "" if found.witness is None else found.witness.to_text()
    trials = f"{found.effective} effective trials of {found.candidates} candidates"
    if found.kind == "universal":
        said = (
            f"at {where} it failed at every value of the quantified variables that was tried, "
            "which proves nothing"
        )
    elif found.kind == "existence":
        said = f"an example was found at {where}; the claim speaks of all values of its symbols"
    elif not found.effective:
        said = f"none of {found.candidates} candidates met the premises: nothing was tested"
    elif isinstance(claim.conclusion, Exists) and isinstance(claim.conclusion.body, ForAll):
        said = f"no values were found at which it fails whatever is chosen, in {trials}"
    elif isinstance(claim.conclusion, Exists):
        said = f"what it says to exist was not found in {trials}"
    else:
        # The rule of three: with no failure in n trials, the rate of failures is below 3/n at 95 %.
        bound = 3 / found.effective
        said = (
            f"not refuted in {trials} "
            f"(rate of counterexamples below {bound:.1e} at 95 % for this sampler)"
        )
    return (said, *_limits(claim))


def _limits(claim: Claim) -> tuple[str, ...]:
    conclusion, given = claim.conclusion, claim.given
    if isinstance(conclusion, Exists):
        given += (*conclusion.given, conclusion.body)
    if not families(*given, conclusion):
        return ()
    return (f"families of at most {MEMBERS[-1]} members were tried",)
