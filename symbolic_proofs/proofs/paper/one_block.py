"""A block of entries, scaled, against the rest: as one entry is, and with the same comparison.

With A and B the power sums of the others over those of the block, the factor takes the place of
the entry.
"""

from __future__ import annotations

from ... import kernel as K
from ...claims.catalogue import LIBRARY, find_claim
from ...claims.notation import p, q
from ...derivations.derivation import Derivation, Proof
from ...language.formulas import unequal
from ...language.terms import PowerSum
from ...language.vectors import length
from ..tactics import inequalities
from ..tactics.combine import combine, discharge, instance
from ..tactics.inequalities import power_below
from ..tactics.unfold import conclude
from .one_entry import A, B, comparison, sides, y, z


def _scaled(claim_id: str, *, rising: bool) -> Derivation:
    claim = find_claim(claim_id, LIBRARY)
    given = tuple(claim.given)
    *_, threshold, order = given
    low, high = order.args[1:]
    at, other = (low, high) if rising else (high, low)
    block, rest = claim.conclusion.right.args[0].args
    block = block.args[2]
    proof = Proof()
    proof.show_all(comparison().steps)
    (ap, aq), (bp, bq) = ((PowerSum(v, p), PowerSum(v, q)) for v in (block, rest))
    side = K.assume(threshold)
    values = {inequalities.u: low, inequalities.b: high, inequalities.e: q}
    powers = instance(power_below(), values, given)
    values = {A: bp / ap, B: bq / aq, y: other, z: at}
    gap = (high**q - low**q) * at**p / (ap * aq)
    product = combine(sides.xreplace(values), (gap, side), given=(*given, powers.conclusion))
    lemma = K.instantiate(comparison().theorem, values, given)
    lemma = discharge(lemma, discharge(product, powers), combine(unequal(other, at), given=given))
    scale = ap ** (1 / p) * aq ** (-1 / q) * (length(block) + length(rest)) ** (1 / q - 1 / p)
    reason = (
        "with the factors for $z$ and $y$, and for $A$ and $B$ the power sums of the others over "
        "those of the block"
    )
    conclude(proof, claim.conclusion, (scale, lemma), given=given, reason=reason)
    return proof.done()


PROOFS = {
    "criteria.bill-gates.block": lambda: _scaled("criteria.bill-gates.block", rising=True),
    "criteria.bill-gates.block-below": lambda: _scaled(
        "criteria.bill-gates.block-below", rising=False
    ),
}
