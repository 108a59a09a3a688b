"""What evidence shows: each kind of it, held against the claim's own term."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from symbolic_proofs.kernel import Theorem
from symbolic_proofs.kernel.sequents import is_sequent
from symbolic_proofs.language.claim import Claim, at_values
from symbolic_proofs.language.formulas import (
    And,
    Exists,
    ForAll,
    Formula,
    NonZero,
    Relation,
    equal,
    free_variables,
    negation,
    normal,
)
from symbolic_proofs.language.symbols import kind_of
from symbolic_proofs.language.terms import PowerSum, PQIndex
from symbolic_proofs.language.vectors import Map, Vector, length, repeat, zeros

from .added_condition import with_condition
from .certify import (
    Certificate,
    CertificateError,
    NotACounterexample,
    Undecided,
    assign,
    check_certificate,
    check_existence,
    decide,
    evaluate_exact,
)
from .definedness import holds, no_value
from .errors import NotExact, UnfitWitnessError, ValuelessError
from .instances import values_of
from .numbers.exact import whole
from .simple_points import probes
from .witness import Witness


def meets(claim: Claim, witness: Witness) -> bool:
    """Tell whether every premise is decided to hold at the witness, which fits the claim."""
    try:
        assign((*claim.given, claim.conclusion), witness, strict=True)
        return all(decide(formula, witness) for formula in claim.given)
    except (ValueError, Undecided, ValuelessError):
        return False


def denies(theorem: Theorem, claim: Claim, witness: Witness, fixed: tuple[str, ...] = ()) -> bool:
    """Tell whether the theorem refutes the claim.

    It must state the negation of the conclusion, the symbols of the names `fixed` at their values
    in the witness, under no hypotheses but those of the claim; and these must hold at the witness,
    where every term of the claim must have a value.
    """
    try:
        values = values_of(claim, witness, fixed)
        given = [at_values(formula, values) for formula in claim.given]
        conclusion = at_values(claim.conclusion, values)
    except ValueError:
        return False
    if not meets(claim, witness):
        return False
    # putting values in may lose a term that has none
    if any(no_value(claim, point) for point in probes(claim, witness)):
        return False
    return is_sequent(theorem, tuple(given), negation(conclusion))


def certificate_problem(claim: Claim, witness: Witness, certificate: Certificate) -> str | None:
    """Return why the certificate does not refute the claim, None if it does."""
    try:
        check_certificate(claim, witness, certificate)
    except (CertificateError, NotACounterexample, Undecided) as problem:
        return str(problem)
    return None


def existence_problem(claim: Claim, witness: Witness, certificate: Certificate) -> str | None:
    """Return why an example does not establish the claim, None if it does.

    Of a claim with free symbols an example shows one instance.
    """
    if claim.variables:
        return "the claim speaks of all values of its symbols"
    try:
        check_existence(claim, witness, certificate)
    except (CertificateError, NotACounterexample, Undecided) as problem:
        return str(problem)
    return None


def is_vacuous(theorem: Theorem, claim: Claim) -> bool:
    """Tell whether the theorem shows that the claim's premises contradict each other: 0 = 1."""
    return is_sequent(theorem, claim.given, equal(0, 1))


def undefined_at(claim: Claim, witness: Witness) -> str | None:
    """Return why the conclusion has no value where the premises hold, None if it has one.

    The premises guard the conclusion; what else guards is said in `numeric_check.definedness`.
    """
    found = no_value(claim, witness)
    return found.reason if found is not None and found.given is None else None


def missing_problem(
    claim: Claim, witness: Witness, reason: str, condition: Formula, mended: Claim
) -> str | None:
    """Return why the claim has not forgotten this condition, None if it has.

    At the witness a term that no premise guards must have no value, for the reason given, and the
    condition must be false; `mended` must be the claim with the condition added.
    """
    found = no_value(claim, witness)
    if found is None:
        return "a premise fails at these values, or every term has a value"
    if found.reason != reason:
        return f"at these values it has no value for another reason: {found.reason}"
    if holds(condition, witness) is not False:
        return "the condition is not false at these values"
    if mended != with_condition(claim, condition, found.given):
        return "the claim with the condition added is another one"
    return None


def has_no_limit(theorem: Theorem, claim: Claim, witness: Witness) -> bool:
    """Tell whether the theorem shows, from the claim's hypotheses, that a value has no limit.

    It must be the value that the conclusion lacks at the witness, and what is said of its limits
    must be said of this very point.
    """
    if not {normal(h) for h in theorem.hypotheses} <= set(map(normal, claim.given)):
        return False
    if undefined_at(claim, witness) is None:
        return False
    return _has_two_limits(theorem, claim, witness) or _passes_every_bound(theorem, claim)


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
    if len({c, d, e}) < 3 or [kind_of(s) for s in (c, d, e)] != ["real", "positive", "positive"]:
        return False
    stated = claim.conclusion
    if not isinstance(stated, Relation) or {c, d, e} & claim.statement.free_symbols:
        return False
    at_zero = {repeat(e, 1): zeros(1)}
    if e not in gap.free_symbols:
        return False
    for side, other in ((stated.left, stated.right), (stated.right, stated.left)):
        above = gap.left == other + c and gap.right.xreplace(at_zero) == side
        below = gap.right == other - c and gap.left.xreplace(at_zero) == side
        if above or below:
            return True
    return False


def _has_two_limits(theorem: Theorem, claim: Claim, witness: Witness) -> bool:
    """Tell whether it says that an index in the claim is 0/0 and has no limit.

    The power sum below the line must be 0, the same index must have a constant value along each of
    two rays to 0, and these values must differ. The rays must run to the zero vector that the claim
    writes, of the length that it has at the witness.
    """
    if not isinstance(theorem.conclusion, And) or len(theorem.conclusion.args) != 4:
        return False
    vanishing, first, second, apart = theorem.conclusion.args
    lacking = no_value(claim, witness)
    for index in lacking.formula.atoms(PQIndex) if lacking is not None else ():
        vector, p, q = index.args
        assumed = set().union(*map(free_variables, theorem.hypotheses), free_variables(index))
        rays = [ray for f in (first, second) if (ray := _ray(f, p, q, assumed)) is not None]
        if (
            len(rays) == 2
            and vanishing == equal(PowerSum(vector, q), 0)
            and apart == Relation("<", *(value for _, value in rays))
            and _run_to(tuple(ray for ray, _ in rays), vector, claim, witness)
        ):
            return True
    return False


def _ray(
    formula: Formula, p: sp.Expr, q: sp.Expr, assumed: set[sp.Basic]
) -> tuple[Vector, sp.Expr] | None:
    """Return V and the value that I(αV) is said to have for every α > 0, None if that is not said.

    Nothing may be `assumed` of α.
    """
    match formula:
        case Relation(
            op="=", left=PQIndex(args=(Map(args=(body, x, ray)), at_p, at_q)), right=value
        ) if (at_p, at_q) == (p, q):
            taken = assumed | value.free_symbols | ray.free_symbols
            for scale in body.free_symbols - {x} - taken:
                if kind_of(scale) == "positive" and body == scale * x:
                    return ray, value
    return None


def _run_to(rays: tuple[Vector, ...], vector: Vector, claim: Claim, witness: Witness) -> bool:
    """Tell whether rays αV with α > 0 run to the vector, which must be zero, at the witness.

    They do if they have its length, for a value of the one length that is the rays' own.
    """
    if holds(NonZero(vector), witness) is not False:
        return False
    own = sorted(set().union(*map(free_variables, rays)) - claim.variables, key=str)
    if len(own) > 1 or not all(kind_of(s) in ("size", "count") for s in own):
        return False
    try:
        wanted = _whole(length(vector), witness)
        lengths = [length(ray) for ray in rays]
        for symbol in own:
            # a length is linear in it, or is not met by this value
            low, high = (_whole(lengths[0], _with(witness, symbol, n)) for n in (1, 2))
            if high == low or (wanted - low) % (high - low):
                return False
            witness = _with(witness, symbol, 1 + (wanted - low) // (high - low))
        return all(_whole(size, witness) == wanted for size in lengths)
    except (NotExact, Undecided, ValuelessError, UnfitWitnessError):
        return False


def _with(witness: Witness, symbol: sp.Symbol, value: int) -> Witness:
    scalars = {**witness.scalars, str(symbol.name): Fraction(value)}
    return Witness(scalars, witness.vectors, witness.families)


def _whole(term: sp.Expr, witness: Witness) -> int:
    value = whole(evaluate_exact(term, witness))
    if value is None:
        raise NotExact("a length that is not a whole number")
    return value
