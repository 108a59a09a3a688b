"""One claim through both engines, to its verdict."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from numeric_check.search import SearchResult
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.proofs import Derivation

from .evidence import undefined_at
from .examples import example
from .options import DEFAULT_EFFORT
from .proof_budget import ProofBudget
from .verdicts import Effort, Evidence, Verdict, judge

DEFAULT_BUDGET = 200_000
DEFAULT_SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """How to search: candidates and seconds at most, the seed, and what to keep to.

    `effort` is how many rules the provers may apply.
    """

    budget: int = DEFAULT_BUDGET
    seed: int = DEFAULT_SEED
    time: float | None = None
    p: Fraction | None = None
    q: Fraction | None = None
    dim: int | None = None
    effort: int = DEFAULT_EFFORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The two engines, as functions; what they return is checked by `judge`."""

    prove: Callable[[Claim], Derivation | None]
    #: values found by the hunt, if any -> a derivation of the negation, values, names fixed to them
    disprove: Callable[[Claim, Witness | None], tuple[Derivation, Witness, tuple[str, ...]] | None]
    undefined: Callable[[Claim], tuple[Witness, Derivation] | None]
    search: Callable[[Claim, Hunt], SearchResult]
    #: how many steps of a derivation hold on random instances; raises Contradiction if one fails
    confirm: Callable[[Claim, Derivation], int]


def settle(claim: Claim, hunt: Hunt, engines: Engines) -> Verdict:
    """Return the verdict on a claim after both engines have tried it."""
    start = time.perf_counter()
    proving = ProofBudget(hunt.effort)
    engines = proving.around(engines)
    derivation = engines.prove(claim)
    found = engines.search(claim, hunt)
    counterexample = None
    if found.kind == "counterexample" and found.witness and found.certificate:
        counterexample = found.witness, found.certificate
    disproof = undefined = None
    if derivation is None and counterexample is None:
        disproof = engines.disprove(claim, found.witness)
        undefined = engines.undefined(claim) if disproof is None else None
    shown = [derivation, disproof and disproof[0], undefined and undefined[1]]
    confirmed = sum(engines.confirm(claim, proof) for proof in shown if proof)
    evidence = Evidence(
        derivation=derivation,
        counterexample=counterexample,
        disproof=disproof,
        undefined=undefined,
    )
    effort = Effort(
        candidates=found.candidates,
        effective=found.effective,
        covered=found.covered,
        best_margin=found.best,
        confirmed=confirmed,
    )
    return judge(
        claim,
        evidence,
        effort=effort,
        tried=(
            proving.ended or "no derivation is known",
            found.said,
            *found.limits,
            *_no_value(claim, effort),
        ),
        seconds=time.perf_counter() - start,
    )


def _no_value(claim: Claim, effort: Effort) -> tuple[str, ...]:
    """Say why a claim that no candidate could test has no value at a simple one."""
    witness = None if effort.effective else example(claim)
    reason = undefined_at(claim, witness) if witness else None
    return (f"it speaks of a value that does not exist: {reason}",) if reason else ()
