"""Section A.5: weight adjustment and added zeros."""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import And, Exists, ForAll, Iff, Relation, equal
from ..language.vectors import concat, zeros
from .notation import (
    I,
    R,
    R_nonnegative,
    V,
    W,
    alpha,
    beta,
    epsilon,
    m,
    nonzero,
    norm,
    p,
    q,
    r,
    threshold,
    u,
    v,
    x,
)

_U = R_nonnegative
_rises_after_beta = ForAll(I(concat(u + beta + alpha, _U)) > I(concat(u + beta, _U)), And(), alpha)

TITLE = "Section A.5: weight adjustment and added zeros"
CLAIMS = (
    claim(
        "adjust.literal",
        "A.5 (1)",
        "adding any α > 0 to any entry raises I",
        given=(p < q, nonzero(concat(x, R)), nonzero(concat(x + alpha, R))),
        then=I(concat(x + alpha, R)) > I(concat(x, R)),
    ),
    claim(
        "adjust.literal.amended",
        "A.5 (1), put right",
        "adding α > 0 to an entry raises I when the entry is at least the threshold of the others",
        given=(p < q, nonzero(R), x >= threshold(R)),
        then=I(concat(x + alpha, R)) > I(concat(x, R)),
    ),
    claim(
        "adjust.threshold",
        "A.5 (1)",
        "past some β > 0, every further α > 0 added to an entry raises I",
        given=(p < q, nonzero(concat(u, _U))),
        then=Exists(_rises_after_beta, And(), beta),
    ),
    claim(
        "adjust.threshold.amended",
        "A.5 (1), put right",
        "when some other entry is nonzero such a β exists: just those that lift to the threshold",
        given=(p < q, nonzero(_U)),
        then=And(
            Exists(_rises_after_beta, And(), beta),
            ForAll(Iff(_rises_after_beta, Relation(">=", u + beta, threshold(_U))), And(), beta),
        ),
    ),
    claim(
        "adjust.concentration",
        "A.5 (1), mechanism",
        "moving weight from a smaller to a larger entry lowers I",
        given=(p < q, v > 0, u >= v, epsilon <= v),
        then=I(concat(u + epsilon, v - epsilon, _U)) < I(concat(u, v, _U)),
    ),
    claim(
        "adjust.concentration.amended",
        "A.5 (1), put right",
        "moving weight from a smaller to a larger entry raises I when p <= 1 <= q",
        given=(p < q, p <= 1, q >= 1, v > 0, u >= v, epsilon <= v),
        then=I(concat(u + epsilon, v - epsilon, _U)) > I(concat(u, v, _U)),
    ),
    claim(
        "adjust.p-norm",
        "A.5 (1), mechanism",
        "adding α > 0 to an entry raises the p-norm",
        given=(p < q,),
        then=norm(concat(x + alpha, R), p) > norm(concat(x, R), p),
    ),
    claim(
        "adjust.p-norm.amended",
        "A.5 (1), put right",
        "adding α > 0 to an entry raises the p-norm exactly when the entry is above -α/2",
        then=Iff(norm(concat(x + alpha, R), p) > norm(concat(x, R), p), 2 * x + alpha > 0),
    ),
    claim(
        "adjust.inference",
        "A.5 (1), mechanism",
        "at the same length, a larger p-norm means a larger I",
        given=(p < q, nonzero(W), nonzero(V), norm(V, p) > norm(W, p)),
        then=I(V) > I(W),
    ),
    claim(
        "adjust.inference.amended",
        "A.5 (1), put right",
        "at the same length, I is larger exactly when the ratio of the norms is smaller",
        given=(p < q, nonzero(W), nonzero(V)),
        then=Iff(I(V) > I(W), norm(V, p) / norm(V, q) < norm(W, p) / norm(W, q)),
    ),
    claim(
        "zeros.raise",
        "A.5 (2)",
        "appended zeros raise I",
        given=(p < q, nonzero(W)),
        then=I(concat(W, zeros(m))) > I(W),
    ),
    claim(
        "zeros.p-norm",
        "A.5 (2), mechanism",
        "appended zeros lower the p-norm",
        given=(p < q, nonzero(W)),
        then=norm(concat(W, zeros(m)), p) < norm(W, p),
    ),
    claim(
        "zeros.p-norm.amended",
        "A.5 (2), put right",
        "appended zeros leave every norm as it is",
        then=equal(norm(concat(W, zeros(m)), r), norm(W, r)),
    ),
)
