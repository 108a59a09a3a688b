"""How many entries have to stay: Diao et al. (2023), Theorem 2.

With s = q/(q-p) and t = p/(q-p), N (1 - I)^(pq/(q-p)) is S_p^s/S_q^t. Of the whole S_p is at most
1 + η times that of what stays and S_q at least that of it; and what stays has S_p^s/S_q^t <= k.
"""

from __future__ import annotations

from ... import kernel as K
from ...claims.catalogue import LIBRARY, find_claim
from ...claims.notation import LESS, N, W, nonzero, p, q
from ...derivations.derivation import Derivation, Proof
from ...kernel import Theorem
from ...language.formulas import at_most
from ...language.terms import PowerSum
from ...language.vectors import concat, length
from ..tactics import inequalities
from ..tactics.combine import combine, discharge, instance
from ..tactics.inequalities import power_at_most
from ..tactics.unfold import conclude
from .range import power_means, upper


def kept_entries() -> Derivation:
    """k is at least N (1 + η)^(-q/(q-p)) (1 - I)^(pq/(q-p))."""
    claim = find_claim("pruning.kept-entries", LIBRARY)
    given = tuple(claim.given)
    few = claim.given[-1]
    eta, kept = few.right.args
    gone, stays = few.left.args[0], kept.args[0]
    (p_kept, q_kept), (p_gone, q_gone) = ((PowerSum(v, p), PowerSum(v, q)) for v in (stays, gone))
    p_all, q_all, k = p_kept + p_gone, q_kept + q_gone, length(stays)
    s, t = q / (q - p), p / (q - p)
    proof = Proof()
    known = power_means(proof, (LESS, nonzero(W)), p, q, strict=False)
    means = K.instantiate(known, {W: stays, N: k}, ())
    ratio = p_kept ** (1 / p) / q_kept ** (1 / q)
    top = k ** (1 / p - 1 / q)
    below = combine(at_most(ratio, top), (top, means), given=given)

    def raised(low: object, high: object, e: object) -> Theorem:
        values = {inequalities.u: low, inequalities.w: high, inequalities.e: e}
        return instance(power_at_most(), values, given)

    most = discharge(raised(ratio, top, p * q / (q - p)), below)
    proof.show(most, "the same for what stays, raised to $p·q/(q - p)$")
    within = combine(at_most(p_all, (1 + eta) * p_kept), (1, K.assume(few)), given=given)
    whole = proof.show(
        discharge(raised(p_all, (1 + eta) * p_kept, s), within),
        "as little goes; raised to $q/(q - p)$",
    )
    rest = raised(q_kept, q_all, t)
    proof.show(rest, "$S_q$ of a part, raised to $p/(q - p)$")
    parts = (
        ((1 + eta) ** -s * q_all**-t, whole),
        (p_kept**s * q_all**-t * q_kept**-t, rest),
        (1, most),
    )
    # a power of 1 - I has a value, since I <= 1
    whole_vector = concat(stays, gone)
    bounded = K.instantiate(upper().theorem, {W: whole_vector, N: length(whole_vector)}, given)
    bounded = discharge(bounded, K.nonzero(whole_vector, given))
    proof.show(bounded, "so that a power of $1 - I$ has a value")
    here = (*given, bounded.conclusion)
    reason = "the count of all entries cancels, since $(1/p - 1/q)·p·q/(q - p)$ is $1$"
    shown = conclude(Proof(), claim.conclusion, *parts, given=here, reason=reason)
    proof.show(discharge(shown, bounded), reason)
    return proof.done()


PROOFS = {"pruning.kept-entries": kept_entries}
