"""Verdicts, and how they are computed from evidence.

A verdict is never a boolean; each type carries what somebody else needs to check it. `judge` is the
one place where verdicts are made, and it believes nobody: whatever a prover or a search hands over
is held against the claim's own term here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import sympy as sp

from numeric_check.certify import (
    Certificate,
    CertificateError,
    NotACounterexample,
    Undecided,
    check_certificate,
    decide,
)
from numeric_check.exact import Undefined as UndefinedTerm
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.formulas import And, Formula, Relation, equal, negation, normal
from symbolic_proofs.language.terms import PowerSum, PQIndex
from symbolic_proofs.language.vectors import Map
from symbolic_proofs.proofs import Derivation

from .errors import Contradiction
from .instances import at_values, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What the hunt did: candidates, those that met the premises, where, the least margin."""

    candidates: int = 0
    effective: int = 0
    covered: Mapping[str, int] | None = None
    best_margin: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of a claim; `seconds` is the time that it took to find out."""

    name: ClassVar[str]
    claim: Claim
    effort: Effort = Effort()
    seconds: float = 0.0


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
    shows two limits there that differ, so that no convention would mend it.
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
    #: values at which the claim speaks of nothing, and a derivation of limits that differ
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


def states(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether the theorem is the claim: its conclusion, under no hypotheses but its own."""
    return _is_sequent(theorem, claim.given, claim.conclusion)


def denies(theorem: Theorem, claim: Claim, witness: Witness, fixed: tuple[str, ...] = ()) -> bool:
    """Tell whether the theorem refutes the claim.

    It must state the negation of the conclusion, the symbols of the names `fixed` at their values
    in the witness, under no hypotheses but those of the claim; and these must hold at the witness.
    """
    try:
        values = values_of(claim, witness, fixed)
        given = [at_values(formula, values) for formula in claim.given]
        conclusion = at_values(claim.conclusion, values)
        possible = all(decide(formula, witness) for formula in claim.given)
    except (ValueError, Undecided, UndefinedTerm):
        return False
    return possible and _is_sequent(theorem, tuple(given), negation(conclusion))


def _is_sequent(theorem: Theorem, given: tuple[Formula, ...], conclusion: Formula) -> bool:
    hypotheses = {normal(hypothesis) for hypothesis in theorem.hypotheses}
    return hypotheses <= set(map(normal, given)) and normal(theorem.conclusion) == normal(
        conclusion
    )


def certificate_problem(claim: Claim, witness: Witness, certificate: Certificate) -> str | None:
    """Return why the certificate does not refute the claim, None if it does."""
    try:
        check_certificate(claim, witness, certificate)
    except (CertificateError, NotACounterexample, Undecided) as problem:
        return str(problem)
    return None


def undefined_at(claim: Claim, witness: Witness) -> str | None:
    """Return why the claim has no value at a witness that meets its premises, None if it has."""
    try:
        if not all(decide(formula, witness) for formula in claim.given):
            return None
        decide(claim.conclusion, witness)
    except UndefinedTerm as reason:
        return str(reason)
    except (ValueError, Undecided):
        return None
    return None


def has_no_limit(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether the theorem shows that an index in the claim is 0/0 and has no limit.

    Under the hypotheses of the claim it must state that the power sum below the line is 0, that the
    same index has a constant value along each of two rays to 0, and that these values differ.
    """
    if not isinstance(theorem.conclusion, And) or len(theorem.conclusion.args) != 4:
        return False
    if not {normal(h) for h in theorem.hypotheses} <= set(map(normal, claim.given)):
        return False
    vanishing, first, second, apart = theorem.conclusion.args
    for index in claim.conclusion.atoms(PQIndex):
        vector, p, q = index.args
        values = _value_on_ray(first, p, q), _value_on_ray(second, p, q)
        if (
            None not in values
            and vanishing == equal(PowerSum(vector, q), 0)
            and apart == Relation("<", *values)
        ):
            return True
    return False


def _value_on_ray(formula: Formula, p: sp.Expr, q: sp.Expr) -> sp.Expr | None:
    """Return the value that I(αV) is said to have for every α > 0, None if that is not said."""
    match formula:
        case Relation(
            op="=", left=PQIndex(args=(Map(args=(body, x, ray)), at_p, at_q)), right=value
        ):
            scale = body / x
            if (
                (at_p, at_q) == (p, q)
                and isinstance(scale, sp.Symbol)
                and scale.is_positive
                and not {scale} & (value.free_symbols | ray.free_symbols | p.free_symbols)
            ):
                return value
    return None
