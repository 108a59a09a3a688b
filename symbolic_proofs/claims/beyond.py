"""Theorems of the library that no paper here claims; what is stated so is proved by them."""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import at_most
from ..language.vectors import concat
from .notation import I, R_nonnegative, epsilon, p, q, u, v

#: for p < q < 1: the most of z^p - z^q, and the least of a^q + b^q - a^p - b^p, a^q and b^q having
#: slopes as far apart as a^p and b^p
_RATIO = (1 - p) / (1 - q)
_MOST = (p / q) ** (p / (q - p)) * (1 - p / q)
_LEAST = 2 * _RATIO ** (p / (q - p)) * (_RATIO - 1)

CLAIMS = (
    claim(
        "criteria.robin-hood.few-entries",
        "D1, q < 1",
        "Robin Hood holds for p < q < 1 with few entries: (N - 2) times the most that one of the "
        "others takes away is at most what the two give",
        given=(
            p < q,
            q < 1,
            at_most(R_nonnegative.args[1] * _MOST, _LEAST),
            u > v,
            2 * epsilon < u - v,
        ),
        then=I(concat(u - epsilon, v + epsilon, R_nonnegative)) < I(concat(u, v, R_nonnegative)),
    ),
)
