"""Verdicts, and how they are computed from evidence.

A verdict is never a boolean; each type carries what somebody else needs to check it. `judge` is the
one place where verdicts are made, and it believes nobody: whatever a prover or a search hands over
is held against the claim's own term here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from numeric_check.certify import Certificate
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.proofs import Derivation

from .errors import Contradiction
from .evidence import certificate_problem, denies, has_no_limit, states, undefined_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What was done: candidates, those that met the premises, where, the least margin."""

    candidates: int = 0
    effective: int = 0
    covered: Mapping[str, int] | None = None
    best_margin: float | None = None
    #: steps of the derivation that held on random instances
    confirmed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of a claim; `seconds` is the time that it took to find out."""

    name: ClassVar[str]
    claim: Claim
    effort: Effort = Effort()
    seconds: float = 0.0

    def to_text(self) -> str:
        """Return the verdict with its evidence, line by line."""
        from .verdict_display import verdict_text

        return verdict_text(self)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from .verdict_display import verdict_html

        return verdict_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved(Verdict):
    """The kernel made a theorem that is the claim; the derivation is how."""

    name = "proved"
    derivation: Derivation


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuted(Verdict):
    """The claim is false at the witness; the certificate decides the comparison there."""

    name = "refuted"
    witness: Witness
    certificate: Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Disproved(Verdict):
    """The claim is false by a theorem: its negation, for all values or at those of a witness.

    An existence claim falls this way. The witness shows that the hypotheses of the claim can hold:
    of nothing anything is true.
    """

    name = "refuted"
    derivation: Derivation
    witness: Witness
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undefined(Verdict):
    """The claim speaks of a value that does not exist.

    At the witness the hypotheses hold and a term has no value, for the `reason`; the derivation
    shows two limits there that differ, or that the term passes every bound towards the zero that
    the claim writes, whatever else the hypotheses allow: no convention would mend it.
    """

    name = "undefined"
    witness: Witness
    reason: str
    derivation: Derivation


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Verdict):
    """Neither proved nor refuted; `tried` says what was attempted, a line each."""

    name = "open"
    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the engines hand over; any of it may be missing, and all of it is checked."""

    derivation: Derivation | None = None
    counterexample: tuple[Witness, Certificate] | None = None
    #: a derivation of the negation, values that meet the premises, and the names fixed to them
    disproof: tuple[Derivation, Witness, tuple[str, ...]] | None = None
    #: values at which the claim speaks of nothing, and a derivation that there is no limit
    undefined: tuple[Witness, Derivation] | None = None


def judge(
    claim: Claim,
    evidence: Evidence,
    *,
    effort: Effort | None = None,
    tried: tuple[str, ...] = (),
    seconds: float = 0.0,
) -> Verdict:
    """Return the verdict that the evidence supports.

    Raises Contradiction if the claim is both proved and refuted. Evidence that does not hold
    against the claim counts for nothing, and an open verdict says so.
    """
    effort = effort or Effort()
    notes = list(tried)
    proved: Proved | None = None
    refuted: Refuted | Disproved | None = None
    if evidence.derivation is not None:
        if states(evidence.derivation.theorem, claim):
            proved = Proved(
                claim=claim, effort=effort, seconds=seconds, derivation=evidence.derivation
            )
        else:
            notes.append("a derivation states something else than the claim")
    if evidence.disproof is not None:
        derivation, witness, fixed = evidence.disproof
        if denies(derivation.theorem, claim, witness, fixed):
            refuted = Disproved(
                claim=claim,
                effort=effort,
                seconds=seconds,
                derivation=derivation,
                witness=witness,
                fixed=fixed,
            )
        else:
            notes.append("a derivation meant to refute the claim does not negate it")
    if evidence.counterexample is not None:
        witness, certificate = evidence.counterexample
        problem = certificate_problem(claim, witness, certificate)
        if problem is None:
            refuted = Refuted(
                claim=claim,
                effort=effort,
                seconds=seconds,
                witness=witness,
                certificate=certificate,
            )
        else:
            notes.append(f"a counterexample was not certified: {problem}")
    if proved and refuted:
        raise Contradiction(claim.id)
    if found := proved or refuted:
        return found
    if evidence.undefined is not None:
        witness, derivation = evidence.undefined
        reason = undefined_at(claim, witness)
        if reason is not None and has_no_limit(derivation.theorem, claim):
            return Undefined(
                claim=claim,
                effort=effort,
                seconds=seconds,
                witness=witness,
                reason=reason,
                derivation=derivation,
            )
        notes.append("it was not shown that the claim speaks of a value that does not exist")
    return Open(claim=claim, effort=effort, seconds=seconds, tried=tuple(notes))
