"""Pruning and quantisation: Han et al. 2015; Diao et al. 2023 (SAP); Gale et al. 2019; Hoefler et al. JMLR 2021."""

import sympy as sp

from symbolic_proofs import *
from symbolic_proofs.language.vectors import Map

k, m, n, z, i, j, N = (
    count("k"),
    count("m"),
    count("n"),
    size("z"),
    count("i"),
    count("j"),
    count("N"),
)
p, q, t, delta, eps, alpha = (
    positive("p"),
    positive("q"),
    positive("t"),
    positive("delta"),
    positive("epsilon"),
    positive("alpha"),
)
x = real("x")
R, W, V = vector("R", n), vector("W", N), vector("V", N)
A, B, C = vector("A", k), vector("B", m), vector("C", k)
I = lambda v: PQIndex(v, p, q)
small = (Every(abs(B[j]) <= t, j, m), Every(t <= abs(A[i]), i, k))
tau = (PowerSum(R, q) / PowerSum(R, p)) ** (1 / (q - p))
claim(
    "pr.mask-smallest",
    "magnitude pruning",
    "setting the smallest entry to 0 does not lower I",
    given=(p < q, NonZero(R), Every(abs(x) <= abs(R[i]), i, n)),
    then=I(concat(0, R)) >= I(concat(x, R)),
)
claim(
    "pr.mask-smallest-strict",
    "magnitude pruning",
    "setting the smallest nonzero entry to 0 raises I",
    given=(p < q, unequal(x, 0), Every(abs(x) <= abs(R[i]), i, n)),
    then=I(concat(0, R)) > I(concat(x, R)),
)
claim(
    "pr.mask-below-tau",
    "magnitude pruning",
    "setting an entry of at most tau to 0 raises I",
    given=(p < q, NonZero(R), unequal(x, 0), abs(x) <= tau),
    then=I(concat(0, R)) > I(concat(x, R)),
)
claim(
    "pr.drop-smallest",
    "structured pruning",
    "dropping the smallest entry does not lower I",
    given=(p < q, NonZero(R), Every(abs(x) <= abs(R[i]), i, n)),
    then=I(R) >= I(concat(x, R)),
)
claim(
    "pr.mask-block",
    "magnitude pruning",
    "setting all entries below t to 0 does not lower I",
    given=(p < q, *small),
    then=I(concat(A, zeros(m))) >= I(concat(A, B)),
)
claim(
    "pr.drop-block",
    "structured pruning",
    "dropping all entries below t does not lower I",
    given=(p < q, *small),
    then=I(A) >= I(concat(A, B)),
)
claim(
    "pr.drop-block-lowers",
    "structured pruning",
    "dropping all entries below t lowers I or leaves it (also wrong)",
    given=(p < q, *small),
    then=I(A) <= I(concat(A, B)),
)
claim(
    "pr.random",
    "random pruning",
    "setting any entry to 0 does not lower I",
    given=(p < q, NonZero(R)),
    then=I(concat(0, R)) >= I(concat(x, R)),
)
claim(
    "pr.exact",
    "masking",
    "1 - I([A, 0]) = (k/(k+m))^(1/p-1/q) (1 - I(A))",
    given=(p < q, NonZero(A)),
    then=equal(1 - I(concat(A, zeros(m))), (k / (k + m)) ** (1 / p - 1 / q) * (1 - I(A))),
)
claim(
    "pr.floor",
    "masking",
    "k kept of k+m: I >= 1 - (k/(k+m))^(1/p-1/q)",
    given=(p < q, NonZero(A)),
    then=I(concat(A, zeros(m))) >= 1 - (k / (k + m)) ** (1 / p - 1 / q),
)
claim(
    "pr.sign",
    "binarisation",
    "binarising the kept weights does not raise I",
    given=(p < q, NonZero(A)),
    then=I(concat(repeat(1, k), zeros(z))) <= I(concat(A, zeros(z))),
)
claim(
    "pr.round",
    "quantisation, wrong",
    "rounding magnitudes up to a grid lowers I or leaves it",
    given=(p < q, NonZero(W)),
    then=I(Map(sp.ceiling(abs(x) / delta) * delta, x, W)) <= I(W),
)
claim(
    "pr.clip",
    "clipping",
    "clipping magnitudes at t does not raise I",
    given=(p < q, NonZero(W)),
    then=I(Map((abs(x) + t - abs(abs(x) - t)) / 2, x, W)) <= I(W),
)
claim(
    "pr.noise",
    "noise, wrong",
    "noise added to all entries lowers I or leaves it",
    given=(p < q, NonZero(W), Total(abs(W[i] + V[i]), i, N) > 0),
    then=1
    - N ** (1 / q - 1 / p)
    * Total(abs(W[i] + V[i]) ** p, i, N) ** (1 / p)
    / Total(abs(W[i] + V[i]) ** q, i, N) ** (1 / q)
    <= I(W),
)
claim(
    "pr.noise-on-zeros",
    "noise",
    "zeros become eps <= tau of the others: I falls",
    given=(p < q, NonZero(R), eps <= tau),
    then=I(concat(R, repeat(eps, m))) < I(concat(R, zeros(m))),
)
claim(
    "pr.noise-on-zeros-any",
    "noise, wrong",
    "zeros become eps: I falls",
    given=(p < q, NonZero(R)),
    then=I(concat(R, repeat(eps, m))) < I(concat(R, zeros(m))),
)
claim(
    "pr.layers-min",
    "layers together",
    "I([A, B]) >= min",
    given=(p < q, NonZero(A), NonZero(B), I(A) <= I(B)),
    then=I(concat(A, B)) >= I(A),
)
claim(
    "pr.layers-max",
    "layers together, wrong",
    "I([A, B]) <= max",
    given=(p < q, NonZero(A), NonZero(B), I(A) <= I(B)),
    then=I(concat(A, B)) <= I(B),
)
claim(
    "pr.layers-equal",
    "layers together, wrong",
    "equal I: the whole has the same I",
    given=(p < q, NonZero(A), NonZero(B), equal(I(A), I(B))),
    then=equal(I(concat(A, B)), I(A)),
)
claim(
    "pr.layers-rescaled",
    "rescaling one layer, wrong",
    "scaling one layer leaves the global I",
    given=(p < q, NonZero(A), NonZero(B)),
    then=equal(I(concat(alpha * A, B)), I(concat(A, B))),
)
claim(
    "pr.topk-best",
    "mask choice, wrong",
    "of two masks of one size, that of the larger magnitudes has the larger I",
    given=(p < q, NonZero(C), Every(abs(C[j]) <= t, j, k), Every(t <= abs(A[i]), i, k)),
    then=I(concat(C, zeros(m))) <= I(concat(A, zeros(m))),
)
claim(
    "pr.topk-mass",
    "mask choice",
    "of two masks of one size, that of the larger magnitudes keeps the larger S_p",
    given=(Every(abs(C[j]) <= t, j, k), Every(t <= abs(A[i]), i, k)),
    then=PowerSum(C, p) <= PowerSum(A, p),
)
claim(
    "pr.energy",
    "pruning error",
    "the error of pruning m entries below t is at most m t^q",
    given=(Every(abs(B[j]) <= t, j, m),),
    then=PowerSum(B, q) <= m * t**q,
)
claim(
    "pr.decay",
    "weight decay",
    "a common factor leaves I: (1 - lambda) W",
    given=(p < q, NonZero(W), delta < 1),
    then=equal(I((1 - delta) * W), I(W)),
)
claim(
    "pr.dropout-count",
    "masking",
    "a mask never raises |.|_0",
    then=NonzeroCount(concat(A, zeros(m))) <= NonzeroCount(concat(A, B)),
)
