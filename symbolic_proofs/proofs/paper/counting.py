"""Vectors whose nonzero entries are alike, the worked example, and added zeros.

All of them come down to one power of a ratio.
"""

from __future__ import annotations

import sympy as sp

from ... import kernel as K
from ...claims.catalogue import find_claim
from ...claims.notation import LESS, W, k, m, p, q, z
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import Relation, as_formula, less
from ...language.terms import PowerSum
from ..tactics.combine import algebra, combine, instance, then
from ..tactics.inequalities import b, e, power_below, strict_unless_equal, u
from ..tactics.inequalities import x as left_letter
from ..tactics.inequalities import y as right_letter
from ..tactics.unfold import conclude

gap = 1 / p - 1 / q


def _power(proof: Proof, low: sp.Expr, high: sp.Expr) -> Theorem:
    """Show low^(1/p-1/q) < high^(1/p-1/q)."""
    proof.show(algebra(gap > 0, (LESS,)), "since $p < q$")
    return proof.show(
        instance(power_below(), {u: low, b: high, e: gap}, (LESS,)),
        "a power with a positive exponent rises",
    )


def _ones(claim_id: str, low: sp.Expr, high: sp.Expr, scale: sp.Expr) -> Derivation:
    claim = find_claim(claim_id)
    proof = Proof()
    rising = _power(proof, low, high)
    conclude(
        proof, claim.conclusion, (scale, rising), given=claim.given, reason="unfold the definitions"
    )
    return proof.done()


def binary(claim_id: str) -> Derivation:
    """k + 1 ones instead of k among the same number of entries."""
    return _ones(claim_id, k, k + 1, (k + z + 1) ** (1 / q - 1 / p))


def binary_ratio() -> Derivation:
    """The ratio of norms of k ones is k^(1/p-1/q)."""
    return _ones("firing.ratio.binary", k, k + 1, sp.Integer(1))


def alike() -> Derivation:
    """Nonzero entries of one magnitude: I depends on their number alone."""
    return _ones("sensitivity.count.amended", k, k + m, (k + m + z) ** (1 / q - 1 / p))


def factor() -> Derivation:
    """2^(1/p-1/q) > 1."""
    proof = Proof()
    rising = _power(proof, sp.Integer(1), sp.Integer(2))
    proof.show(
        combine(find_claim("sensitivity.factor-bound.amended").conclusion, (1, rising)),
        "that is the claim",
    )
    return proof.done()


def example_ratio() -> Derivation:
    """In the worked example the ratios of norms are 1 and 2^(1/p-1/q)."""
    return _ones("sensitivity.example-ratio", sp.Integer(1), sp.Integer(2), sp.Integer(1))


def example_order() -> Derivation:
    """In the worked example I falls, since 2^(1/p-1/q) > 1."""
    return _ones(
        "sensitivity.example-order", sp.Integer(1), sp.Integer(2), sp.Integer(4) ** (1 / q - 1 / p)
    )


def example_norm(claim_id: str, r: sp.Expr) -> Derivation:
    """10 < 2^(1/r) 5 exactly when r < 1."""
    claim = find_claim(claim_id)
    proof = Proof()
    two, one = sp.Integer(2), sp.Integer(1)
    first, second = claim.conclusion.args
    below = (as_formula(r < 1),)
    rising = instance(power_below(), {u: one, b: two, e: 1 / r - 1}, below)
    proof.show(rising, "$1/r - 1 > 0$ for $r < 1$")
    forth = conclude(proof, first, (10, rising), given=below, reason="multiply by $10$")
    # r >= 1: equality at 1, and the power falls above
    over = instance(strict_unless_equal(), {left_letter: one, right_letter: r})
    falling = instance(power_below(), {u: one, b: two, e: 1 - 1 / r}, (less(1, r),))
    apart = combine(less(two ** (1 / r), 2), (two ** (1 / r), falling))
    apart = K.cut(over, apart)
    weak = combine(Relation("<=", two ** (1 / r), 2), (1, apart))
    same = then(
        algebra(Relation("=", two ** (1 / r), two ** (1 / r))), K.assume(Relation("=", r, 1))
    )
    at_one = combine(Relation("<=", two ** (1 / r), 2), (1, same))
    weak = proof.show(K.cases(at_one, weak, Relation("=", r, 1)), "$1 - 1/r ≥ 0$ for $r ≥ 1$")
    back = conclude(
        proof,
        Relation(">=", first.left, first.right),
        (5, weak),
        given=(Relation(">=", r, 1),),
        reason="multiply by $5$",
    )
    proof.show(K.iff(forth, back, first, second), "both directions are shown")
    return proof.done()


def length_factor() -> Derivation:
    """Without the length factor, cloning multiplies the ratio by 2^(1/p-1/q), not 1."""
    claim = find_claim("length.factor-needed")
    proof = Proof()
    rising = _power(proof, sp.Integer(1), sp.Integer(2))
    ratio = PowerSum(W, p) ** (1 / p) / PowerSum(W, q) ** (1 / q)
    conclude(
        proof,
        claim.conclusion,
        (ratio, rising),
        given=claim.given,
        reason="the ratio is multiplied by $2^(1/p-1/q)$",
    )
    return proof.done()


def zeros(claim_id: str) -> Derivation:
    """Appended zeros: no norm moves, the length factor falls."""
    claim = find_claim(claim_id)
    vector = claim.conclusion.right.args[0]
    proof = Proof()
    before, added = vector.args[1], claim.conclusion.left.args[0].args[-1].args[1]
    rising = _power(proof, before, before + added)
    ratio = PowerSum(vector, p) ** (1 / p) / PowerSum(vector, q) ** (1 / q)
    scale = ratio * (before * (before + added)) ** (1 / q - 1 / p)
    conclude(
        proof,
        claim.conclusion,
        (scale, rising),
        given=claim.given,
        reason="only the length factor changes",
    )
    return proof.done()


PROOFS = {
    "length.factor-needed": length_factor,
    "sensitivity.count.amended": alike,
    "sensitivity.example-p-norm.amended": lambda: example_norm(
        "sensitivity.example-p-norm.amended", p
    ),
    "sensitivity.example-q-norm.amended": lambda: example_norm(
        "sensitivity.example-q-norm.amended", q
    ),
    "sensitivity.example-ratio": example_ratio,
    "sensitivity.factor-bound.amended": factor,
    "sensitivity.example-order": example_order,
    "sensitivity.temporal.binary": lambda: binary("sensitivity.temporal.binary"),
    "firing.lowers.binary": lambda: binary("firing.lowers.binary"),
    "firing.ratio.binary": binary_ratio,
    "zeros.raise": lambda: zeros("zeros.raise"),
    "criteria.babies": lambda: zeros("criteria.babies"),
}
