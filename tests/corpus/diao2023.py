"""Diao et al., Pruning DNNs from a Sparsity Perspective, ICLR 2023, arXiv 2302.05601."""

import sympy as sp

from symbolic_proofs import *

p, q, r, s = positive("p"), positive("q"), positive("r"), positive("s")
N, k, n = count("N"), count("k"), size("n")
m = size("m")
W = vector("W", N)
A, B = vector("A", k), vector("B", m)
eta = nonnegative("eta")
x = real("x")
R = vector("R", n)
I = PQIndex
alpha = positive("alpha")
U2 = vector("W", n + 2, nonnegative=True)
Rn = vector("R", n, nonnegative=True)
u, v = nonnegative("u"), nonnegative("v")
eps, beta = positive("epsilon"), positive("beta")

claim(
    "diao.t2",
    "Theorem 2",
    "retained parameters r >= d (1+eta)^(-q/(q-p)) (1-I)^(pq/(q-p))",
    given=(p < q, NonZero(A), PowerSum(B, p) <= eta * PowerSum(A, p)),
    then=k
    >= (k + m) * (1 + eta) ** (-q / (q - p)) * (1 - I(concat(A, B), p, q)) ** (p * q / (q - p)),
)
claim(
    "diao.t2-no-eta",
    "Theorem 2, eta left out",
    "r >= d (1-I)^(pq/(q-p)) for any split",
    given=(p < q, NonZero(A)),
    then=k >= (k + m) * (1 - I(concat(A, B), p, q)) ** (p * q / (q - p)),
)
claim(
    "diao.t2-converse",
    "reading of Theorem 2 as the number to keep",
    "r <= d (1-I)^(pq/(q-p))",
    given=(p < q, NonZero(A), PowerSum(B, p) <= eta * PowerSum(A, p)),
    then=k <= (k + m) * (1 - I(concat(A, B), p, q)) ** (p * q / (q - p)),
)
claim(
    "diao.t2-zero",
    "Theorem 2, eta = 0",
    "the number of nonzero entries is >= d (1-I)^(pq/(q-p))",
    given=(p < q, NonZero(W)),
    then=NonzeroCount(W) >= N * (1 - I(W, p, q)) ** (p * q / (q - p)),
)
claim("diao.t1-lower", "Theorem 1", "I >= 0", given=(p < q, NonZero(W)), then=I(W, p, q) >= 0)
claim(
    "diao.t1-upper",
    "Theorem 1",
    "I <= 1 - d^(1/q-1/p)",
    given=(p < q, NonZero(W)),
    then=I(W, p, q) <= 1 - N ** (1 / q - 1 / p),
)
claim(
    "diao.t1-zero-iff",
    "Theorem 1, proof",
    "I = 0 exactly for equal magnitudes",
    given=(p < q, NonZero(W)),
    then=Iff(equal(I(W, p, q), 0), Constant(W)),
)
claim(
    "diao.t1-max-iff",
    "Theorem 1, proof",
    "the maximum exactly at one nonzero entry",
    given=(p < q, NonZero(W)),
    then=Iff(equal(I(W, p, q), 1 - N ** (1 / q - 1 / p)), equal(NonzeroCount(W), 1)),
)
# six properties, as printed: any 0 < p < q
claim(
    "diao.robin-hood",
    "Theorem 1, D1, any p < q",
    "Robin Hood for any p < q",
    given=(p < q, u > v, 2 * eps < u - v),
    then=I(concat(u - eps, v + eps, Rn), p, q) < I(concat(u, v, Rn), p, q),
)
claim(
    "diao.d1-p-le-1-le-q",
    "Theorem 1, D1, p <= 1 <= q",
    "Robin Hood for p <= 1 <= q (id without the criterion's name)",
    given=(p < q, p <= 1, q >= 1, u > v, 2 * eps < u - v),
    then=I(concat(u - eps, v + eps, Rn), p, q) < I(concat(u, v, Rn), p, q),
)
claim(
    "diao-p1q.robin-hood",
    "Theorem 1, D1, p <= 1 <= q",
    "the same, id with the criterion's name",
    given=(p < q, p <= 1, q >= 1, u > v, 2 * eps < u - v),
    then=I(concat(u - eps, v + eps, Rn), p, q) < I(concat(u, v, Rn), p, q),
)
claim(
    "diao.d2",
    "Theorem 1, D2",
    "scaling",
    given=(p < q, NonZero(U2)),
    then=equal(I(alpha * U2, p, q), I(U2, p, q)),
)
claim(
    "diao.d3",
    "Theorem 1, D3",
    "rising tide (id without the criterion's name)",
    given=(p < q, Not(Constant(U2))),
    then=I(U2 + alpha, p, q) < I(U2, p, q),
)
claim(
    "diao.rising-tide",
    "Theorem 1, D3",
    "rising tide, id with the criterion's name",
    given=(p < q, Not(Constant(U2))),
    then=I(U2 + alpha, p, q) < I(U2, p, q),
)
claim(
    "diao.d4",
    "Theorem 1, D4",
    "cloning",
    given=(p < q, NonZero(U2)),
    then=equal(I(copies(U2, k), p, q), I(U2, p, q)),
)
claim(
    "diao.p1",
    "Theorem 1, P1",
    "Bill Gates, some other entry nonzero (id without the name)",
    given=(p < q, NonZero(Rn)),
    then=Exists(
        ForAll(I(concat(u + beta + alpha, Rn), p, q) > I(concat(u + beta, Rn), p, q), And(), alpha),
        And(),
        beta,
    ),
)
claim(
    "diao.bill-gates-any",
    "Theorem 1, P1 as printed",
    "Bill Gates also when all others are 0",
    given=(p < q, NonZero(concat(u, Rn))),
    then=Exists(
        ForAll(I(concat(u + beta + alpha, Rn), p, q) > I(concat(u + beta, Rn), p, q), And(), alpha),
        And(),
        beta,
    ),
)
claim(
    "diao.p2",
    "Theorem 1, P2",
    "babies: m >= 1 zeros raise I",
    given=(p < q, NonZero(U2)),
    then=I(concat(U2, zeros(k)), p, q) > I(U2, p, q),
)
# how I depends on p and q
claim(
    "diao.monotone-p",
    "choice of p and q",
    "I falls as p grows",
    given=(p < r, r < q, NonZero(W)),
    then=I(W, r, q) <= I(W, p, q),
)
claim(
    "diao.monotone-q",
    "choice of p and q",
    "I grows as q grows",
    given=(p < q, q < r, NonZero(W)),
    then=I(W, p, q) <= I(W, p, r),
)
claim(
    "diao.monotone-p-wrong",
    "choice of p and q, misread",
    "I grows as p grows",
    given=(p < r, r < q, NonZero(W)),
    then=I(W, p, q) <= I(W, r, q),
)
claim(
    "diao.chain",
    "by the definition",
    "(1-I_pr) = (1-I_pq)(1-I_qr)",
    given=(p < q, q < r, NonZero(W)),
    then=equal(1 - I(W, p, r), (1 - I(W, p, q)) * (1 - I(W, q, r))),
)
i = count("i")
claim(
    "diao.q-infinity",
    "limit q -> infinity",
    "I_pq <= 1 - d^(-1/p) |W|_p / max |w|",
    given=(p < q, NonZero(W)),
    then=I(W, p, q) <= 1 - N ** (-1 / p) * Norm(W, p) / Greatest(abs(W[i]), i, N),
)
claim(
    "diao.p-zero",
    "limit p -> 0",
    "I_pq <= 1 - geometric mean d^(1/q)/|W|_q, no zero entries",
    given=(p < q, Every(unequal(W[i], 0), i, N)),
    then=I(W, p, q) <= 1 - sp.exp(Total(sp.log(abs(W[i])), i, N) / N) * N ** (1 / q) / Norm(W, q),
)
delta, e1 = positive("delta"), positive("theta")
claim(
    "diao.p-zero-limit",
    "limit p -> 0",
    "with a zero entry I_pq -> 1 as p -> 0",
    given=(NonZero(W),),
    then=Exists(ForAll(I(concat(0, W), p, q) > 1 - e1, And(p < delta, p < q), p), And(), delta),
)
claim(
    "diao.p-to-q-limit",
    "limit p -> q",
    "I_pq -> 0 as p -> q",
    given=(NonZero(W),),
    then=Exists(ForAll(I(W, p, q) < e1, And(p < q, q - delta < p), p), And(), delta),
)
