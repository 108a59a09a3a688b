"""The certifier: whether a concrete witness refutes a claim, decided exactly or by balls.

This is what a refutation rests on, so it stands apart from the search: it reads the claim's own
terms and a witness, and floats have no part in it. A relation is decided by exact arithmetic with
radicals where that can hold both sides, order and equality alike, and otherwise by balls of doubled
precision until the two sides are apart. What is not decided is never called refuted.

A formula is true, false, or undecided; a formula with an undefined term (0/0, I of a zero vector)
is none of these and raises ValuelessError, wherever in the formula the term stands.

All that has to be trusted, from the bottom up:

    errors                          what may go wrong
    witness                         rational values, and their JSON
    coprime, radicals, closed_forms, exact
                                    numbers with roots, logarithms and exponentials
    balls                           enclosures, by FLINT
    arithmetic                      what exact numbers and balls have in common
    assignment                      the values of symbols
    vector_values, sum_values, applied, valuation
                                    the values of vectors and terms
    findings, decide                the truth of formulas
    facts, certificate              what is written down
    certify                         the verdict on a witness
"""

from __future__ import annotations

from symbolic_proofs.language.formulas import Exists

from .assignment import Stated, assign, name_of
from .certificate import Certificate, seal_of
from .decide import MAX_BITS, Decider, decide, ladder
from .errors import (
    CertificateError,
    NotACounterexample,
    Undecided,
    UnfitWitnessError,
    ValuelessError,
)
from .signs_of_differences import WrittenDecision, decision_of
from .terms import evaluate_ball, evaluate_exact
from .truth import Finding, all_of
from .witness import Witness

__all__ = [
    "Certificate",
    "CertificateError",
    "Decider",
    "NotACounterexample",
    "Undecided",
    "UnfitWitnessError",
    "ValuelessError",
    "WrittenDecision",
    "assign",
    "certify",
    "check_certificate",
    "check_existence",
    "decide",
    "evaluate_ball",
    "evaluate_exact",
    "ladder",
    "verify_existence",
]


def certify(claim: Stated, witness: Witness, *, max_bits: int = MAX_BITS) -> Certificate:
    """Certify that the witness refutes the claim (its `given` and `conclusion` are read).

    Raises NotACounterexample when a symbol has no value of its kind, a hypothesis is false, a term
    is undefined or the conclusion is true; Undecided when a hypothesis or the conclusion is not
    decided by balls of up to `max_bits` bits, or says that something exists.
    """
    try:
        values = assign((*claim.given, claim.conclusion), witness, strict=True)
        decider = Decider(values, ladder(max_bits))
        _check_given(claim, decider)
        found = decider.find(claim.conclusion)
    except (UnfitWitnessError, ValuelessError) as reason:
        raise NotACounterexample(str(reason)) from reason
    if found.truth:
        raise NotACounterexample("the conclusion holds")
    if found.truth is None:
        raise Undecided(
            "the conclusion is not decided: it says that something exists or holds for all values, "
            f"or {max_bits} bits do not tell"
        )
    return _certificate(claim, witness, found)


def verify_existence(claim: Stated, witness: Witness, *, max_bits: int = MAX_BITS) -> Certificate:
    """Certify that a claim "some .. exist" holds at the witness's values of its other symbols.

    The witness gives the values of the quantified variables too. This shows one instance: a claim
    that speaks of every p and q is not proved by it. Raises NotACounterexample when a hypothesis is
    false or these values are not an example, Undecided as `certify` does.
    """
    if not isinstance(claim.conclusion, Exists):
        raise Undecided("the conclusion does not say that something exists")
    try:
        values = assign((*claim.given, claim.conclusion), witness, strict=True)
        for variable in claim.conclusion.variables:
            if not values.knows(variable):
                raise UnfitWitnessError(f"the witness gives no value for {name_of(variable)}")
        decider = Decider(values, ladder(max_bits))
        _check_given(claim, decider)
        found = all_of([decider.find(f) for f in (*claim.conclusion.given, claim.conclusion.body)])
    except (UnfitWitnessError, ValuelessError) as reason:
        raise NotACounterexample(str(reason)) from reason
    if found.truth is None:
        raise Undecided(f"{max_bits} bits do not tell whether this is an example")
    if not found.truth:
        raise NotACounterexample("these values are not an example")
    return _certificate(claim, witness, found)


def check_certificate(claim: Stated, witness: Witness, certificate: Certificate) -> None:
    """Recompute the certificate, and raise CertificateError unless it is this one to the letter.

    Raises NotACounterexample or Undecided when the witness does not refute the claim at all.
    """
    bits = min(max(MAX_BITS, certificate.bits), 4 * MAX_BITS)
    if certify(claim, witness, max_bits=bits) != certificate:
        raise CertificateError("the certificate is not the one that this claim and witness give")


def check_existence(claim: Stated, witness: Witness, certificate: Certificate) -> None:
    """Recompute the certificate of an example, and raise CertificateError unless it is this one.

    Raises NotACounterexample or Undecided when the witness is no example of what the claim says.
    """
    bits = min(max(MAX_BITS, certificate.bits), 4 * MAX_BITS)
    if verify_existence(claim, witness, max_bits=bits) != certificate:
        raise CertificateError("the certificate is not the one that this claim and witness give")


def _check_given(claim: Stated, decider: Decider) -> None:
    for number, formula in enumerate(claim.given, 1):
        truth = decider.find(formula).truth
        if truth is None:
            raise Undecided(f"hypothesis {number} is not decided: {formula}")
        if not truth:
            raise NotACounterexample(f"hypothesis {number} does not hold: {formula}")


def _certificate(claim: Stated, witness: Witness, found: Finding) -> Certificate:
    return Certificate(tuple(map(decision_of, found.grounds)), seal_of(claim, witness))
