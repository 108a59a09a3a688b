"""Section A.4: more neurons fire."""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import unequal
from ..language.vectors import concat, repeat, zeros
from .notation import I, R, k, nonzero, norm, p, q, threshold, x, z

_before = concat(repeat(1, k), zeros(z + 1))
_after = concat(repeat(1, k + 1), zeros(z))
_added = (p < q, nonzero(R), unequal(x, 0))
_added_within = (*_added, abs(x) <= threshold(R))

TITLE = "Section A.4: more neurons fire"
CLAIMS = (
    claim(
        "firing.lowers.binary",
        "A.4",
        "0/1 entries, a 0 becomes 1: I falls",
        given=(p < q,),
        then=I(_after) < I(_before),
    ),
    claim(
        "firing.lowers.weights",
        "A.4",
        "a zero entry becomes x != 0: I falls",
        given=_added,
        then=I(concat(x, R)) < I(concat(0, R)),
    ),
    claim(
        "firing.lowers.weights.amended",
        "A.4, put right",
        "a zero entry becomes x != 0 with |x| at most the threshold of the others: I falls",
        given=_added_within,
        then=I(concat(x, R)) < I(concat(0, R)),
    ),
    claim(
        "firing.ratio.binary",
        "A.4, mechanism",
        "0/1 entries, a 0 becomes 1: the ratio of norms rises",
        given=(p < q,),
        then=norm(_after, p) / norm(_after, q) > norm(_before, p) / norm(_before, q),
    ),
    claim(
        "firing.ratio.weights",
        "A.4, mechanism",
        "a zero entry becomes x != 0: the ratio of norms rises",
        given=_added,
        then=norm(concat(x, R), p) / norm(concat(x, R), q)
        > norm(concat(0, R), p) / norm(concat(0, R), q),
    ),
    claim(
        "firing.ratio.weights.amended",
        "A.4, put right",
        "a zero entry becomes x != 0 with |x| at most the threshold of the others: the ratio rises",
        given=_added_within,
        then=norm(concat(x, R), p) / norm(concat(x, R), q)
        > norm(concat(0, R), p) / norm(concat(0, R), q),
    ),
)
