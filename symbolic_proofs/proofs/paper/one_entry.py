"""One entry against the rest: I falls in |x| up to a threshold and rises from there.

The threshold is τ = (S_q/S_p)^(1/(q-p)) of the others. Compare the entry z > 0 with another value
y >= 0 in its place. With A, B the power sums of the others,

    (A + y^p)/(A + z^p) = M is the mean of 1 and (y/z)^p with weights A and z^p over A + z^p,

so Bernoulli's inequality bounds M^(q/p) by the same mean of 1 and (y/z)^q, and that by (B +
y^q)/(B + z^q) when (y^q - z^q)(A·z^q - B·z^p) >= 0: when y and τ are on the two sides of z.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import LESS, R, R_nonnegative, alpha, beta, nonzero, p, q, threshold, u, x
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import And, Exists, ForAll, Formula, Relation, at_most, less, unequal
from ...language.symbols import nonnegative, positive
from ...language.terms import PowerSum, PQIndex
from ...language.vectors import Vector
from ..tactics import inequalities
from ..tactics.combine import algebra, combine, discharge, instance
from ..tactics.inequalities import bernoulli, power_at_most, power_below, power_differs
from ..tactics.remembered import cache
from ..tactics.unfold import conclude

#: the power sums of the others, the entry compared with, and the value put in its place
A, B, z, y = positive("A"), positive("B"), positive("z"), nonnegative("y")
apart = unequal(y, z)
sides = at_most(0, (y**q - z**q) * (A * z**q - B * z**p))


@cache
def comparison() -> Derivation:
    """Return that y in the place of z lowers the ratio of norms, y and τ on two sides of z."""
    proof = Proof()
    given = (LESS, apart)
    mean, s = (A + y**p) / (A + z**p), q / p
    differs = instance(
        power_differs(), {inequalities.u: y, inequalities.b: z, inequalities.e: p}, given
    )
    not_one = combine(unequal(sp.Integer(1), mean), given=(unequal(y**p, z**p),))
    one = instance(
        bernoulli(strict=True),
        {inequalities.u: sp.Integer(1), inequalities.a: mean, inequalities.s: s},
        given,
    )
    one = discharge(one, discharge(not_one, differs))
    one = proof.show(
        one,
        "with $A = S_p$ and $B = S_q$ of the other entries, an entry $z$, and $y$ in its place: "
        "Bernoulli at $t = 1$, $M = (A + y^p)/(A + z^p)$, $s = q/p$; $M ≠ 1$ since $y ≠ z$",
    )
    other = instance(
        bernoulli(), {inequalities.u: (y / z) ** p, inequalities.a: mean, inequalities.s: s}, given
    )
    proof.show(other, "the same at $t = (y/z)^p$")
    weights = A / (A + z**p), z**p / (A + z**p)
    mixed = combine(
        less(mean**s, (A + z ** (p - q) * y**q) / (A + z**p)),
        (weights[0], one),
        (weights[1], other),
        given=given,
    )
    proof.show(mixed, "add with weights $A/(A + z^p)$ and $z^p/(A + z^p)$; the linear terms cancel")
    side = combine(
        at_most((A + z ** (p - q) * y**q) / (A + z**p), (B + y**q) / (B + z**q)),
        (z ** (-q) / ((A + z**p) * (B + z**q)), K.assume(sides)),
        given=given,
    )
    proof.show(
        side,
        "cross-multiplied, the difference is $(y^q - z^q)·(A·z^q - B·z^p)$ times a positive factor",
    )
    both = combine(less(mean**s, (B + y**q) / (B + z**q)), (1, mixed), (1, side))
    values = {
        inequalities.u: mean**s,
        inequalities.b: (B + y**q) / (B + z**q),
        inequalities.e: 1 / q,
    }
    root = discharge(instance(power_below(), values, given), both)
    goal = less(
        (A + y**p) ** (1 / p) / (B + y**q) ** (1 / q), (A + z**p) ** (1 / p) / (B + z**q) ** (1 / q)
    )
    scale = (A + z**p) ** (1 / p) / (B + y**q) ** (1 / q)
    proof.show(
        combine(goal, (scale, root), given=given), "take the root of order $q$, and multiply out"
    )
    return proof.done()


def _compared(
    proof: Proof,
    rest: Vector,
    at: sp.Expr,
    other: sp.Expr,
    given: tuple[Formula, ...],
    *,
    rising: bool,
) -> Theorem:
    """Show the comparison for z = at and y = other.

    `given` says on which side of τ(rest) `at` is.
    """
    given = tuple(given)
    for step in comparison().steps:
        if all(step.theorem is not shown.theorem for shown in proof.steps):
            proof.show(step.theorem, step.reason)
    a, b = PowerSum(rest, p), PowerSum(rest, q)
    tau = threshold(rest)
    low, high = (at, other) if rising else (other, at)
    powers = instance(
        power_below(), {inequalities.u: low, inequalities.b: high, inequalities.e: q}, given
    )
    if rising:
        reach = instance(
            power_at_most(), {inequalities.u: tau, inequalities.w: at, inequalities.e: q - p}, given
        )
        side = combine(at_most(b * at**p, a * at**q), (a * at**p, reach), given=given)
        proof.show(side, "$z ≥ τ = (B/A)^(1/(q-p))$, so $z^(q-p) ≥ B/A$")
    else:
        reach = instance(
            power_at_most(), {inequalities.u: at, inequalities.w: tau, inequalities.e: q - p}, given
        )
        side = combine(at_most(a * at**q, b * at**p), (a * at**p, reach), given=given)
        proof.show(side, "$z ≤ τ = (B/A)^(1/(q-p))$, so $z^(q-p) ≤ B/A$")
    statement = sides.xreplace({y: other, z: at, A: a, B: b})
    factor = (other**q - at**q) if rising else (at**q - other**q)
    product = combine(statement, (factor, side), given=(*given, powers.conclusion))
    product = discharge(product, powers)
    lemma = K.instantiate(comparison().theorem, {y: other, z: at, A: a, B: b}, given)
    differs = combine(unequal(other, at), given=given)
    return discharge(lemma, product, differs)


def falls(claim_id: str, at: sp.Expr, other: sp.Expr, rest: Vector) -> Derivation:
    """The entry grows from `other` to `at` <= τ: I falls (or the ratio of norms rises)."""
    claim = find_claim(claim_id)
    proof = Proof()
    lemma = _compared(proof, rest, at, other, claim.given, rising=False)
    scale = 1
    if isinstance(claim.conclusion, Relation) and isinstance(claim.conclusion.left, PQIndex):
        scale = (rest.args[1] + 1) ** (1 / q - 1 / p)
    conclude(
        proof, claim.conclusion, (scale, lemma), given=claim.given, reason="put $z = |x|$, $y = 0$"
    )
    return proof.done()


@cache
def rises() -> Derivation:
    """The entry grows from x >= τ: I rises."""
    claim = find_claim("adjust.literal.amended")
    proof = Proof()
    lemma = _compared(proof, R, x, x + alpha, claim.given, rising=True)
    scale = (R.args[1] + 1) ** (1 / q - 1 / p)
    conclude(
        proof,
        claim.conclusion,
        (scale, lemma),
        given=claim.given,
        reason="put $z = x$, $y = x + α$",
    )
    return proof.done()


def _rises_past(proof: Proof, statement: ForAll, reach: Relation) -> Theorem:
    """Show that every α > 0 raises I once u + β >= τ, which is `reach`."""
    given = (LESS, nonzero(R_nonnegative), reach)
    lemma = _compared(proof, R_nonnegative, u + beta, u + beta + alpha, given, rising=True)
    scale = (R_nonnegative.args[1] + 1) ** (1 / q - 1 / p)
    body = statement.body
    return conclude(
        proof, body, (scale, lemma), given=given, reason="put $z = u + β$, $y = u + β + α$"
    )


def _some_beta(proof: Proof, statement: Exists, forth: Theorem) -> Theorem:
    """Exhibit β = τ."""
    tau = threshold(R_nonnegative)
    at_tau = K.instantiate(forth, {beta: tau}, (LESS, nonzero(R_nonnegative)))
    at_tau = discharge(at_tau, algebra(at_most(tau, u + tau), (LESS, nonzero(R_nonnegative))))
    return proof.show(K.exhibit(at_tau, statement, (tau,)), "$β = τ$ will do, since $u ≥ 0$")


def bill_gates() -> Derivation:
    """Some β > 0, namely τ, lifts any entry to where every further α > 0 raises I."""
    claim = find_claim("criteria.bill-gates")
    proof = Proof()
    statement = claim.conclusion
    reach = Relation(">=", u + beta, threshold(R_nonnegative))
    forth = K.generalise(_rises_past(proof, statement.body, reach), (), (alpha,))
    _some_beta(proof, statement, forth)
    return proof.done()


def exact_threshold() -> Derivation:
    """β works exactly when u + β >= τ; τ itself is one."""
    claim = find_claim("adjust.threshold.amended")
    proof = Proof()
    existence, characterised = claim.conclusion.args
    iff = characterised.body
    rising, reach = iff.args
    forth = K.generalise(_rises_past(proof, rising, reach), (), (alpha,))
    proof.show(forth, "$α$ was arbitrary")
    exists = _some_beta(proof, existence, forth)
    # below the threshold, the α that leads up to it lowers I
    tau = threshold(R_nonnegative)
    short = (LESS, nonzero(R_nonnegative), less(u + beta, tau))
    lemma = _compared(proof, R_nonnegative, tau, u + beta, short, rising=False)
    scale = (R_nonnegative.args[1] + 1) ** (1 / q - 1 / p)
    step = tau - u - beta
    counter = Relation("<=", rising.body.left.xreplace({alpha: step}), rising.body.right)
    lowered = conclude(
        proof,
        counter,
        (scale, lemma),
        given=short,
        reason="if $u + β < τ$, then $α = τ - u - β$ lowers $I$",
    )
    failing = Exists(Relation("<=", rising.body.left, rising.body.right), And(), alpha)
    back = K.exhibit(lowered, failing, (step,))
    equivalence = K.iff(forth, back, rising, reach)
    proof.show(equivalence, "both directions are shown")
    everywhere = K.generalise(equivalence, (), (beta,))
    proof.show(K.both(exists, everywhere), "both parts are shown")
    return proof.done()


PROOFS = {
    "sensitivity.temporal.rates.amended": lambda: falls(
        "sensitivity.temporal.rates.amended", alpha, sp.Integer(0), R_nonnegative
    ),
    "firing.lowers.weights.amended": lambda: falls(
        "firing.lowers.weights.amended", abs(x), sp.Integer(0), R
    ),
    "firing.ratio.weights.amended": lambda: falls(
        "firing.ratio.weights.amended", abs(x), sp.Integer(0), R
    ),
    "adjust.literal.amended": rises,
    "adjust.threshold.amended": exact_threshold,
    "criteria.bill-gates": bill_gates,
}
