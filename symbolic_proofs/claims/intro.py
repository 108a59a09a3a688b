"""What the introduction claims: the range, the order of p and q, the length factor."""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import And, Constant, Every, Exists, Iff, Not, equal, unequal
from ..language.vectors import concat, length, zeros
from .notation import I, N, R, W, nonzero, norm, p, q, t, x

#: 1 - N^(1/q-1/p) for N entries, one of them singled out
_GREATEST = 1 - length(concat(x, R)) ** (1 / q - 1 / p)

TITLE = "What the introduction claims: the range, the order of p and q, the length factor"
CLAIMS = (
    claim("range.lower", "intro", "I is never negative", given=(p < q, nonzero(W)), then=I(W) >= 0),
    claim("range.upper", "intro", "I is at most 1", given=(p < q, nonzero(W)), then=I(W) <= 1),
    claim(
        "range.one-attained",
        "intro",
        "some vector of finite length has I = 1",
        given=(p < q,),
        then=Exists(equal(I(W), 1), And(nonzero(W)), N, W),
    ),
    claim(
        "range.one-attained.amended",
        "intro, put right",
        "I stays below 1 by N^(1/q-1/p) at least, which just one nonzero entry attains",
        given=(p < q, unequal(x, 0)),
        then=And(
            I(concat(x, R)) < 1,
            I(concat(x, R)) <= _GREATEST,
            Iff(equal(I(concat(x, R)), _GREATEST), Not(nonzero(R))),
        ),
    ),
    claim(
        "range.zero-vector",
        "intro",
        "I of the zero vector is 1",
        given=(p < q,),
        then=equal(I(zeros(N)), 1),
    ),
    claim(
        "range.dense-is-zero",
        "intro",
        "a vector without a zero entry has I = 0",
        given=(p < q, nonzero(W), Every(unequal(W[t], 0), t, N)),
        then=equal(I(W), 0),
    ),
    claim(
        "range.dense-is-zero.amended",
        "intro, put right",
        "I = 0 exactly when all entries have the same magnitude",
        given=(p < q, nonzero(W)),
        then=Iff(equal(I(W), 0), Constant(W)),
    ),
    claim(
        "order.p-less-q",
        "intro",
        "with p > q, I is negative unless all magnitudes are equal",
        given=(p > q, Not(Constant(W))),
        then=I(W) < 0,
    ),
    claim(
        "length.factor-needed",
        "intro",
        "without the length factor, cloning changes the measure",
        given=(p < q, nonzero(W)),
        then=unequal(
            1 - norm(concat(W, W), p) / norm(concat(W, W), q),
            1 - norm(W, p) / norm(W, q),
        ),
    ),
)
