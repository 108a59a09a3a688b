"""Theorems that settle a claim without proving it.

A claim that something exists is refuted by its negation. A claim "some β for every α" fails at a
witness by an identity in β and α. A claim about a value that does not exist is undefined: its
evidence is that the value is 0/0, and two rays to the same point on which the measure has
different constant values; or that the measure passes every bound towards it (`unbounded.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from ... import kernel as K
from ...claims.notation import alpha
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import And, Exists, ForAll, Formula, Relation, equal, negation
from ...language.operations import order
from ...language.sums import ShortestWindow
from ...language.symbols import size
from ...language.terms import Greatest, Least, PQIndex
from ...language.vectors import VectorSymbol, concat, length, repeat, zeros
from ..automation.windows import taken_apart
from ..tactics.combine import combine, instance, power_sum, right
from ..tactics.inequalities import b, e, power_below, u
from ..tactics.unfold import conclude
from .unbounded import passes_every_bound

Blocks = tuple[tuple[Fraction, int], ...]


def some_for_every(
    claim: Claim, scalars: Mapping[str, Fraction], vectors: Mapping[str, Blocks]
) -> Exists | None:
    """Return the conclusion at a witness if it says `there is x: for every y: a comparison`."""
    statement = claim.conclusion
    if not (isinstance(statement, Exists) and isinstance(statement.body, ForAll)):
        return None
    if not isinstance(statement.body.body, Relation):
        return None
    return statement.xreplace(witness_values(claim, scalars, vectors))


def fails_for_every(
    claim: Claim, scalars: Mapping[str, Fraction], vectors: Mapping[str, Blocks]
) -> Derivation | None:
    """Return a proof that no β works at this witness, None if none is found.

    The claim says `there is β: for every α: F`. What is proved is the negation of the conclusion
    with the witness's values put in.
    """
    failing = some_for_every(claim, scalars, vectors)
    if failing is None or failing.given or failing.body.given:
        return None
    body = failing.body.body
    proof = Proof()
    try:
        reason = "so the two sides never differ"
        if body.atoms(ShortestWindow, Least, Greatest):
            opposite = taken_apart(proof, negation(body), (), reason)
        else:
            same = conclude(
                proof,
                equal(body.left, body.right),
                given=(),
                reason="both sides are equal for every value of the variables",
            )
            opposite = proof.show(combine(negation(body), (1, same)), reason)
        inner = failing.body.variables
        ones = tuple(sp.Integer(1) for _ in inner)
        at_one = K.instantiate(opposite, dict(zip(inner, ones, strict=True)), ())
        somewhere = K.exhibit(at_one, Exists(negation(body), And(), *inner), ones)
        proof.show(
            K.generalise(somewhere, (), failing.variables), "so no value works for every other"
        )
    except KernelError:
        return None
    return proof.done()


def witness_values(
    claim: Claim, scalars: Mapping[str, Fraction], vectors: Mapping[str, Blocks]
) -> dict[sp.Basic, sp.Basic]:
    """Return the substitution that puts a witness's numbers in place of the claim's variables."""
    values: dict[sp.Basic, sp.Basic] = {}
    for variable in claim.variables:
        if isinstance(variable, VectorSymbol):
            blocks = vectors[variable.name]
            parts = [repeat(sp.Rational(v.numerator, v.denominator), m) for v, m in blocks]
            values[variable] = concat(*parts) if parts else zeros(0)
            if isinstance(length(variable), sp.Symbol):
                values.setdefault(length(variable), sp.Integer(sum(m for _, m in blocks)))
    for variable in claim.variables:
        if isinstance(variable, sp.Symbol) and variable.name in scalars:
            number = scalars[variable.name]
            values[variable] = sp.Rational(number.numerator, number.denominator)
    return values


def undefined(claim: Claim) -> Derivation | None:
    """Return the evidence that the claim speaks of a value that does not exist.

    Returns None if none is found.
    """
    for index in sorted(claim.conclusion.atoms(PQIndex), key=order):
        vector, p, q = index.args
        try:
            vanishing = power_sum(vector, q, claim.given)
        except KernelError:
            continue
        if right(vanishing) == 0:
            return _two_rays(p, q, vanishing, claim.given)
    return passes_every_bound(claim)


def _two_rays(p: sp.Expr, q: sp.Expr, vanishing: Theorem, given: tuple[Formula, ...]) -> Derivation:
    """Show 0/0 at the vector, and two rays to it on which I has different constant values."""
    proof = Proof()
    proof.show(vanishing, "every entry is $0$, so the ratio of norms is $0/0$ here")
    rest = size("n")
    flat, spike = repeat(1, rest + 2), concat(1, zeros(rest + 1))
    on_flat = conclude(
        proof,
        equal(PQIndex(alpha * flat, p, q), 0),
        given=given,
        reason="on the ray of equal entries $I$ is always $0$",
    )
    value = 1 - (rest + 2) ** (1 / q - 1 / p)
    on_spike = conclude(
        proof,
        equal(PQIndex(alpha * spike, p, q), value),
        given=given,
        reason="on the ray of one entry $I$ is always this",
    )

    gap = instance(power_below(), {u: sp.Integer(1), b: rest + 2, e: 1 / p - 1 / q}, given)
    apart = combine(Relation("<", 0, value), ((rest + 2) ** (1 / q - 1 / p), gap), given=given)
    proof.show(apart, "the two values differ, so no value at $0$ makes $I$ continuous")
    proof.show(
        K.both(vanishing, on_flat, on_spike, apart), "all this shows that there is no value at $0$"
    )

    return proof.done()
