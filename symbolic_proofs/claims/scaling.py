"""Section A.1: scaling."""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import SameZeros, equal, unequal
from .notation import I, V, W, alpha, c, nonzero, norm, p, q, r

TITLE = "Section A.1: scaling"
CLAIMS = (
    claim(
        "scaling.norm",
        "A.1",
        "norms are homogeneous",
        then=equal(norm(alpha * W, r), alpha * norm(W, r)),
    ),
    claim(
        "scaling.invariance",
        "A.1",
        "scaling leaves I as it is",
        given=(p < q, nonzero(W)),
        then=equal(I(alpha * W), I(W)),
    ),
    claim(
        "scaling.magnitudes",
        "A.1 (2), end",
        "I depends on which entries are zero alone, not on magnitudes",
        given=(p < q, nonzero(W), SameZeros(W, V)),
        then=equal(I(V), I(W)),
    ),
    claim(
        "scaling.magnitudes.amended",
        "A.1 (2), end, put right",
        "a common factor of either sign leaves I as it is",
        given=(p < q, nonzero(W), unequal(c, 0)),
        then=equal(I(c * W), I(W)),
    ),
)
