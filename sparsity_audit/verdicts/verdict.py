"""Verdicts, and how they are computed from evidence.

A verdict is never a boolean; each type carries what somebody else needs to check it. `judge` is the
one place where verdicts are made, and it believes nobody: whatever a prover or a search hands over
is held against the claim's own term here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from numeric_check.certifier.added_condition import Forgotten
from numeric_check.certifier.certify import Certificate
from numeric_check.certifier.evidence import (
    certificate_problem,
    denies,
    existence_problem,
    has_no_limit,
    is_vacuous,
    meets,
    missing_problem,
    undefined_at,
)
from numeric_check.certifier.witness import Witness
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula

from ..errors import Contradiction

#: an error is said in one line, at most so long
_LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What was done: candidates, those that met the premises, where, the least margin."""

    candidates: int = 0
    effective: int = 0
    covered: Mapping[str, int] | None = None
    best_margin: float | None = None
    #: candidates that were looked at for an example of the premises
    examined: int = 0
    #: steps of the derivation that held on random instances
    confirmed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of a claim; `seconds` is the time that it took to find out.

    `example` are values at which every premise holds. `vacuity` shows that there are none: from the
    premises it derives 0 = 1, so that the claim says nothing.
    """

    name: ClassVar[str]
    claim: Claim
    effort: Effort = Effort()
    seconds: float = 0.0
    example: Witness | None = None
    vacuity: Derivation | None = None

    @property
    def vacuous(self) -> bool:
        """Whether the premises contradict each other."""
        return self.vacuity is not None

    def to_text(self) -> str:
        """Return the verdict with its evidence, line by line."""
        from ..text.verdict_display import verdict_text

        return verdict_text(self)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from ..text.verdict_display import verdict_html

        return verdict_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved(Verdict):
    """The kernel made a theorem that is the claim; the derivation is how."""

    name = "proved"
    derivation: Derivation


@dataclass(frozen=True, slots=True, kw_only=True)
class Established(Verdict):
    """The claim says that something exists, of nothing else, and the witness is an example."""

    name = "proved"
    witness: Witness
    certificate: Certificate


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
class MissingPremise(Verdict):
    """The claim speaks of a value that does not exist, for it has forgotten a premise.

    The premises allow the witness, where a term has no value for the `reason`. The `condition` is
    false there; with it added to the claim the verdict is `mended`.
    """

    name = "undefined"
    witness: Witness
    reason: str
    condition: Formula
    mended: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Verdict):
    """Neither proved nor refuted; `tried` says what was attempted, a line each.

    `found` are values at which the claim failed wherever it was tried, which proves nothing yet;
    `error` says how the program itself failed on the claim.
    """

    name = "open"
    tried: tuple[str, ...]
    found: Witness | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the engines hand over; any of it may be missing, and all of it is checked."""

    derivation: Derivation | None = None
    counterexample: tuple[Witness, Certificate] | None = None
    #: values of the variables of an existence claim
    established: tuple[Witness, Certificate] | None = None
    #: a derivation of the negation, values that meet the premises, and the names fixed to them
    disproof: tuple[Derivation, Witness, tuple[str, ...]] | None = None
    #: values at which the claim speaks of nothing, and a derivation that there is no limit
    undefined: tuple[Witness, Derivation] | None = None
    #: a condition that the claim has forgotten, and the verdict with it added
    missing: tuple[Forgotten, Verdict] | None = None
    #: values that meet the premises, or a derivation that none do
    example: Witness | None = None
    vacuity: Derivation | None = None


def judge(
    claim: Claim,
    evidence: Evidence,
    *,
    effort: Effort | None = None,
    tried: tuple[str, ...] = (),
    found: Witness | None = None,
    seconds: float = 0.0,
) -> Verdict:
    """Return the verdict that the evidence supports.

    Raises Contradiction if the claim is proved and refuted, or proved though a term of it has no
    value where its premises hold. Evidence that does not hold against the claim counts for nothing,
    and an open verdict says so.
    """
    notes = list(tried)
    common: dict[str, Any] = {"claim": claim, "effort": effort or Effort(), "seconds": seconds}
    common |= _premises(claim, evidence, notes)
    proved = _proved(claim, evidence, notes, common)
    refuted = _refuted(claim, evidence, notes, common)
    if proved and refuted:
        raise Contradiction(claim.id)
    undefined = None if refuted else _undefined(claim, evidence, notes, common)
    if isinstance(proved, Proved) and undefined and undefined_at(claim, undefined.witness):
        where = undefined.witness.to_text()
        raise Contradiction(claim.id, f"is proved and has no value at {where}")
    verdict = proved or refuted or undefined
    return verdict or Open(**common, tried=tuple(notes), found=found)


def _premises(claim: Claim, evidence: Evidence, notes: list[str]) -> dict[str, Any]:
    """Return what is known of the premises: an example, or that they contradict each other."""
    example = evidence.example
    if example is not None and not meets(claim, example):
        notes.append("values meant for an example do not meet the premises")
        example = None
    vacuity = evidence.vacuity
    if vacuity is not None and not is_vacuous(vacuity.theorem, claim):
        notes.append("a derivation does not show that the premises contradict each other")
        vacuity = None
    if example is not None and vacuity is not None:
        raise Contradiction(claim.id, "has premises that contradict each other and hold")
    return {"example": example, "vacuity": vacuity}


def _proved(
    claim: Claim, evidence: Evidence, notes: list[str], common: dict[str, Any]
) -> Proved | Established | None:
    if evidence.derivation is not None:
        if states(evidence.derivation.theorem, claim):
            return Proved(**common, derivation=evidence.derivation)
        notes.append("a derivation states something else than the claim")
    if evidence.established is not None:
        witness, certificate = evidence.established
        problem = existence_problem(claim, witness, certificate)
        if problem is None:
            return Established(**common, witness=witness, certificate=certificate)
        notes.append(f"an example does not establish the claim: {problem}")
    return None


def _refuted(
    claim: Claim, evidence: Evidence, notes: list[str], common: dict[str, Any]
) -> Refuted | Disproved | None:
    if evidence.counterexample is not None:
        witness, certificate = evidence.counterexample
        problem = certificate_problem(claim, witness, certificate)
        if problem is None:
            return Refuted(**common, witness=witness, certificate=certificate)
        notes.append(f"a counterexample was not certified: {problem}")
    if evidence.disproof is not None:
        derivation, witness, fixed = evidence.disproof
        if denies(derivation.theorem, claim, witness, fixed):
            return Disproved(**common, derivation=derivation, witness=witness, fixed=fixed)
        notes.append("a derivation meant to refute the claim does not negate it")
    return None


def _undefined(
    claim: Claim, evidence: Evidence, notes: list[str], common: dict[str, Any]
) -> Undefined | MissingPremise | None:
    if evidence.undefined is not None:
        witness, derivation = evidence.undefined
        reason = undefined_at(claim, witness)
        if reason is not None and has_no_limit(derivation.theorem, claim, witness):
            return Undefined(**common, witness=witness, reason=reason, derivation=derivation)
        notes.append("it was not shown that the claim speaks of a value that does not exist")
    if evidence.missing is not None:
        shown, mended = evidence.missing
        problem = missing_problem(claim, shown.witness, shown.reason, shown.condition, mended.claim)
        if problem is None:
            return MissingPremise(
                **common,
                witness=shown.witness,
                reason=shown.reason,
                condition=shown.condition,
                mended=mended,
            )
        notes.append(f"a condition is not shown to be missing: {problem}")
    return None


def failed(claim: Claim, error: BaseException, *, seconds: float = 0.0) -> Open:
    """Return the verdict on a claim on which the program failed: open, and how it failed."""
    said = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    line = str(error) if isinstance(error, Contradiction) else said
    short = line if len(line) <= _LONGEST_ERROR else line[:_LONGEST_ERROR] + "..."
    tried = (f"the program failed on it: {short}",)
    return Open(claim=claim, seconds=seconds, tried=tried, error=short)
