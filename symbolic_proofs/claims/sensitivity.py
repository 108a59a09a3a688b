"""Section A.2: sensitivity to a loss of sparsity, and the worked example."""

from __future__ import annotations

import sympy as sp

from ..language.claim import claim
from ..language.formulas import And, Iff, equal, unequal
from ..language.terms import NonzeroCount
from ..language.vectors import concat, repeat, zeros
from .notation import (
    I,
    R_nonnegative,
    V,
    W,
    alpha,
    k,
    m,
    nonzero,
    norm,
    p,
    q,
    r,
    threshold,
    x,
    y,
    z,
)

#: the vectors of the worked example
W1 = concat(10, zeros(3))
W2 = concat(repeat(5, 2), zeros(2))

TITLE = "Section A.2: sensitivity to a loss of sparsity, and the worked example"
CLAIMS = (
    claim(
        "sensitivity.count",
        "A.2 (1)",
        "at the same length, more nonzero entries lower I",
        given=(p < q, nonzero(W), NonzeroCount(V) > NonzeroCount(W)),
        then=I(V) < I(W),
    ),
    claim(
        "sensitivity.count.amended",
        "A.2 (1), put right",
        "more nonzero entries lower I when in each vector they have one magnitude",
        given=(p < q, unequal(x, 0), unequal(y, 0)),
        then=I(concat(repeat(y, k + m), zeros(z))) < I(concat(repeat(x, k), zeros(m + z))),
    ),
    claim(
        "sensitivity.example-norms",
        "A.2 step 1",
        "the norms of the worked example",
        then=And(equal(norm(W1, r), 10), equal(norm(W2, r), 2 ** (1 / r) * 5)),
    ),
    claim(
        "sensitivity.example-p-norm",
        "A.2 (1), mechanism",
        "in the example the sparse vector has the smaller p-norm",
        given=(p < q,),
        then=norm(W1, p) < norm(W2, p),
    ),
    claim(
        "sensitivity.example-p-norm.amended",
        "A.2 (1), put right",
        "in the example the sparse vector has the smaller p-norm exactly when p < 1",
        then=Iff(norm(W1, p) < norm(W2, p), p < 1),
    ),
    claim(
        "sensitivity.example-q-norm",
        "A.2 (1), mechanism",
        "in the example the sparse vector has the smaller q-norm",
        given=(p < q,),
        then=norm(W1, q) < norm(W2, q),
    ),
    claim(
        "sensitivity.example-q-norm.amended",
        "A.2 (1), put right",
        "in the example the sparse vector has the smaller q-norm exactly when q < 1",
        then=Iff(norm(W1, q) < norm(W2, q), q < 1),
    ),
    claim(
        "sensitivity.example-ratio",
        "A.2 (2), mechanism",
        "in the example the ratio of norms is larger for the dense vector",
        given=(p < q,),
        then=norm(W2, p) / norm(W2, q) > norm(W1, p) / norm(W1, q),
    ),
    claim(
        "sensitivity.exponent-sign",
        "A.2 step 3",
        "the exponent 1/p - 1/q is positive",
        given=(p < q,),
        then=1 / p - 1 / q > 0,
    ),
    claim(
        "sensitivity.factor-bound",
        "A.2 step 3, mechanism",
        "the factor 2^(1/p-1/q) is below 1",
        given=(p < q,),
        then=sp.Integer(2) ** (1 / p - 1 / q) < 1,
    ),
    claim(
        "sensitivity.factor-bound.amended",
        "A.2 step 3, put right",
        "the factor 2^(1/p-1/q) is above 1",
        given=(p < q,),
        then=sp.Integer(2) ** (1 / p - 1 / q) > 1,
    ),
    claim(
        "sensitivity.example-order",
        "A.2 step 3",
        "in the example the dense vector has the smaller I",
        given=(p < q,),
        then=I(W2) < I(W1),
    ),
    claim(
        "sensitivity.temporal.binary",
        "A.2 end",
        "k spikes in a window of neurons and time steps, all alike: one more spike lowers I",
        given=(p < q,),
        then=I(concat(repeat(1, k + 1), zeros(z))) < I(concat(repeat(1, k), zeros(z + 1))),
    ),
    claim(
        "sensitivity.temporal.rates",
        "A.2 end",
        "one zero rate among nonzero ones becomes positive: I falls",
        given=(p < q, nonzero(R_nonnegative)),
        then=I(concat(alpha, R_nonnegative)) < I(concat(0, R_nonnegative)),
    ),
    claim(
        "sensitivity.temporal.rates.amended",
        "A.2 end, put right",
        "one zero rate becomes positive and stays at most the threshold of the others: I falls",
        given=(p < q, nonzero(R_nonnegative), alpha <= threshold(R_nonnegative)),
        then=I(concat(alpha, R_nonnegative)) < I(concat(0, R_nonnegative)),
    ),
)
