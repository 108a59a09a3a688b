"""Section A.3: cloning, repetition over time, and activity that varies over time."""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import Every, Not, SameVector, Some, equal
from ..language.terms import Greatest, Least, Total
from ..language.vectors import Steps, concat, copies, vector
from .notation import A, B, I, T, W, c, d, n, nonzero, norm, p, q, r, t

#: a matrix of d x n entries, read as one vector
M = vector("W", d * n)
M_T = copies(M, T)
#: the activity of n neurons in step t, and over all T steps
step = vector("W", n, t)
steps = Steps(step, t, T)
first = vector("W", n, 1)

_varying = (p < q, Every(nonzero(step), t, T), Some(Not(SameVector(step, first)), t, T))

TITLE = "Section A.3: cloning, repetition over time, and activity that varies over time"
CLAIMS = (
    claim(
        "cloning.norm",
        "A.3 step 1",
        "the norm of two copies",
        then=equal(norm(concat(W, W), r), 2 ** (1 / r) * norm(W, r)),
    ),
    claim(
        "cloning.invariance",
        "A.3 step 3",
        "two copies have the same I as one",
        given=(p < q, nonzero(W)),
        then=equal(I(concat(W, W)), I(W)),
    ),
    claim(
        "time.norm",
        "A.3 step 1",
        "the norm of T copies",
        then=equal(norm(copies(W, T), r), T ** (1 / r) * norm(W, r)),
    ),
    claim(
        "time.invariance",
        "A.3",
        "T copies of a d x n matrix have the same I as one, every entry counted",
        given=(p < q, nonzero(M)),
        then=equal(I(M_T), I(M)),
    ),
    claim(
        "time.printed-normaliser",
        "A.3 step 2",
        "I of T copies of a d x n matrix, with nT as the number of entries",
        given=(p < q, nonzero(M)),
        then=equal(I(M_T), 1 - (n * T) ** (1 / q - 1 / p) * norm(M_T, p) / norm(M_T, q)),
    ),
    claim(
        "time.printed-normaliser.amended",
        "A.3 step 2, put right",
        "I of T copies of a d x n matrix, with dnT as the number of entries",
        given=(p < q, nonzero(M)),
        then=equal(I(M_T), 1 - (d * n * T) ** (1 / q - 1 / p) * norm(M_T, p) / norm(M_T, q)),
    ),
    claim(
        "time.printed-last-step",
        "A.3 step 4",
        "I of a d x n matrix, with n as the number of entries",
        given=(p < q, nonzero(M)),
        then=equal(I(M), 1 - n ** (1 / q - 1 / p) * norm(M, p) / norm(M, q)),
    ),
    claim(
        "time.printed-last-step.amended",
        "A.3 step 4, put right",
        "I of a d x n matrix, with dn as the number of entries",
        given=(p < q, nonzero(M)),
        then=equal(I(M), 1 - (d * n) ** (1 / q - 1 / p) * norm(M, p) / norm(M, q)),
    ),
    claim(
        "time.dynamic-norm",
        "A.3 end",
        "the norm of activity that varies over time",
        then=equal(norm(steps, r), Total(norm(step, r) ** r, t, T) ** (1 / r)),
    ),
    claim(
        "time.varying-lowers.first",
        "A.3 end",
        "steps that are not all the same: I of the whole is below I of the first step",
        given=_varying,
        then=I(steps) < I(first),
    ),
    claim(
        "time.varying-lowers.first.amended",
        "A.3 end, put right",
        "I of the whole is not below I of the first step when no step is less sparse",
        given=(p < q, Every(nonzero(step), t, T), Every(I(first) <= I(step), t, T)),
        then=I(first) <= I(steps),
    ),
    claim(
        "time.varying-lowers.mean",
        "A.3 end",
        "steps that are not all the same: I of the whole is below the mean of the steps' I",
        given=_varying,
        then=I(steps) < Total(I(step), t, T) / T,
    ),
    claim(
        "time.varying-lowers.mean.amended",
        "A.3 end, put right",
        "I of the whole is at least the least of the steps' I",
        given=(p < q, Every(nonzero(step), t, T)),
        then=Least(I(step), t, T) <= I(steps),
    ),
    claim(
        "time.varying-lowers.max",
        "A.3 end",
        "steps that are not all the same: I of the whole is below the largest of the steps' I",
        given=_varying,
        then=I(steps) < Greatest(I(step), t, T),
    ),
    claim(
        "time.varying-lowers.max.amended",
        "A.3 end, put right",
        "I of two vectors of any lengths together is at least the lesser of their I",
        given=(p < q, nonzero(A), nonzero(B), c <= I(A), c <= I(B)),
        then=c <= I(concat(A, B)),
    ),
)
