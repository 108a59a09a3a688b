"""What evidence shows: each kind of it, held against the claim's own term."""

from __future__ import annotations

import sympy as sp

from numeric_check.certify import (
    Certificate,
    CertificateError,
    NotACounterexample,
    Undecided,
    check_certificate,
    decide,
)
from numeric_check.exact import Undefined
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.formulas import (
    And,
    Exists,
    ForAll,
    Formula,
    Relation,
    equal,
    negation,
    normal,
)
from symbolic_proofs.language.kinds import is_positive
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.terms import PowerSum, PQIndex
from symbolic_proofs.language.vectors import Map, repeat, zeros

from .instances import at_values, values_of


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
    except (ValueError, Undecided, Undefined):
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
    except Undefined as reason:
        return str(reason)
    except (ValueError, Undecided):
        return None
    return None


def has_no_limit(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether the theorem shows, from the claim's hypotheses, that a value has no limit."""
    if not {normal(h) for h in theorem.hypotheses} <= set(map(normal, claim.given)):
        return False
    return _has_two_limits(theorem, claim) or _passes_every_bound(theorem, claim)


def _passes_every_bound(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether it says that a side of the claim goes to infinity at a zero that it writes.

    For every real c there must be δ > 0 such that, with any ε < δ in the place of the zero, the
    side is above the other side plus c, or below it minus c.
    """
    match theorem.conclusion:
        case ForAll(
            body=Exists(
                body=ForAll(body=Relation(op="<") as gap, given=(close,), variables=(e,)),
                given=(),
                variables=(d,),
            ),
            given=(),
            variables=(c,),
        ) if close == Relation("<", e, d):
            pass
        case _:
            return False
    if [kind_of(s) for s in (c, d, e)] != ["real", "positive", "positive"]:
        return False
    stated = claim.conclusion
    if not isinstance(stated, Relation) or {c, d, e} & claim.statement.free_symbols:
        return False
    at_zero = {repeat(e, 1): zeros(1)}
    for side, other in ((stated.left, stated.right), (stated.right, stated.left)):
        above = gap.left == other + c and gap.right.xreplace(at_zero) == side
        below = gap.right == other - c and gap.left.xreplace(at_zero) == side
        if above or below:
            return True
    return False


def _has_two_limits(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether it says that an index in the claim is 0/0 and has no limit.

    The power sum below the line must be 0, the same index must have a constant value along each of
    two rays to 0, and these values must differ.
    """
    if not isinstance(theorem.conclusion, And) or len(theorem.conclusion.args) != 4:
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
                and is_positive(scale)
                and not {scale} & (value.free_symbols | ray.free_symbols | p.free_symbols)
            ):
                return value
    return None
