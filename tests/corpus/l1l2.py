"""Yin, Esser & Xin, Ratio and difference of l1 and l2 norms (2014); Rahimi, Wang, Dong & Lou, A scale-invariant approach for sparse signal recovery, SIAM J. Sci. Comput. 2019; Repetti et al. 2015 (SOOT)."""

import sympy as sp

from symbolic_proofs import *
from symbolic_proofs.language.vectors import Map

N, n, i, m = count("N"), size("n"), count("i"), count("m")
W, V = vector("W", N), vector("V", N)
P, Q = vector("P", N, nonnegative=True), vector("Q", N, nonnegative=True)
Rn = vector("R", n, nonnegative=True)
t, lam, L, a = positive("t"), positive("lambda"), positive("L"), positive("alpha")
p, q, u = positive("p"), positive("q"), nonnegative("u")
x = real("x")
g = (NonZero(W),)
least = Least(abs(W[i]), i, N)


def ratio(v):
    return Norm(v, 1) / Norm(v, 2)


def soft(v):
    return Map((abs(x) - lam + abs(abs(x) - lam)) / 2, x, v)


def seg(e):
    return Total((t * P[i] + (1 - t) * Q[i]) ** e, i, N) ** (1 / sp.Integer(e))


claim("yi.difference", "Yin et al. sec. 2", "|x|_1 - |x|_2 >= 0", then=Norm(W, 1) - Norm(W, 2) >= 0)
claim(
    "yi.difference-zero",
    "Yin et al. Lemma 2.1",
    "|x|_1 = |x|_2 exactly if |x|_0 <= 1",
    then=Iff(equal(Norm(W, 1), Norm(W, 2)), NonzeroCount(W) <= 1),
)
claim(
    "yi.difference-lower",
    "Yin et al. Lemma 2.1",
    "(N - sqrt N) min |x_i| <= |x|_1 - |x|_2",
    then=(N - sp.sqrt(N)) * least <= Norm(W, 1) - Norm(W, 2),
)
claim(
    "yi.difference-upper",
    "Yin et al. Lemma 2.1",
    "|x|_1 - |x|_2 <= (sqrt N - 1) |x|_2",
    then=Norm(W, 1) - Norm(W, 2) <= (sp.sqrt(N) - 1) * Norm(W, 2),
)
claim("yi.range-lower", "Rahimi et al.", "1 <= |x|_1/|x|_2", given=g, then=ratio(W) >= 1)
claim(
    "yi.range-upper",
    "Rahimi et al.",
    "|x|_1/|x|_2 <= sqrt |x|_0",
    given=g,
    then=ratio(W) <= sp.sqrt(NonzeroCount(W)),
)
claim(
    "yi.quasi-concave",
    "folklore",
    "l1/l2 is quasi-concave on the nonnegative orthant",
    given=(NonZero(P), NonZero(Q), t < 1, ratio(P) <= ratio(Q)),
    then=ratio(P) <= seg(1) / seg(2),
)
claim(
    "yi.quasi-convex",
    "folklore, wrong",
    "l1/l2 is quasi-convex along a segment",
    given=(NonZero(P), NonZero(Q), t < 1, ratio(P) <= ratio(Q)),
    then=seg(1) / seg(2) <= ratio(Q),
)
claim(
    "yi.soft",
    "shrinkage",
    "soft thresholding does not raise l1/l2",
    given=(NonZero(soft(W)),),
    then=ratio(soft(W)) <= ratio(W),
)
claim(
    "yi.soft-pq",
    "shrinkage",
    "soft thresholding does not lower I, any p < q",
    given=(p < q, NonZero(soft(W))),
    then=PQIndex(soft(W), p, q) >= PQIndex(W, p, q),
)
claim(
    "yi.soft-wrong",
    "shrinkage, wrong",
    "soft thresholding strictly raises I",
    given=(p < q, NonZero(soft(W))),
    then=PQIndex(soft(W), p, q) > PQIndex(W, p, q),
)
claim(
    "yi.square",
    "companding",
    "squaring the entries raises I",
    given=(p < q, Not(Constant(W))),
    then=PQIndex(Map(x**2, x, W), p, q) > PQIndex(W, p, q),
)
claim(
    "yi.square-exponents",
    "companding",
    "I_pq of the squares is built from I_2p,2q: 1 - I_pq(w^2) = (1 - I_2p,2q(w))^2",
    given=(p < q, NonZero(W)),
    then=equal(1 - PQIndex(Map(x**2, x, W), p, q), (1 - PQIndex(W, 2 * p, 2 * q)) ** 2),
)
claim(
    "yi.lipschitz-norms",
    "continuity",
    "||x|_1 - |y|_1| <= sqrt N |x - y|_2",
    then=abs(Norm(W, 1) - Norm(V, 1))
    <= sp.sqrt(N) * Total((W[i] - V[i]) ** 2, i, N) ** sp.Rational(1, 2),
)
claim(
    "yi.lipschitz-ratio",
    "continuity, wrong",
    "l1/l2 is Lipschitz with some constant",
    then=Exists(
        ForAll(
            abs(ratio(W) - ratio(V)) <= L * Total(abs(W[i] - V[i]), i, N),
            And(NonZero(W), NonZero(V)),
            W,
            V,
        ),
        And(),
        L,
    ),
)
claim(
    "yi.lipschitz-one",
    "continuity, wrong",
    "l1/l2 is Lipschitz with the constant 10",
    given=(NonZero(W), NonZero(V)),
    then=abs(ratio(W) - ratio(V)) <= 10 * Total(abs(W[i] - V[i]), i, N),
)
claim(
    "yi.gradient-up",
    "Rahimi et al., gradient",
    "l1/l2 rises in an entry below S_2/S_1 of the others",
    given=(NonZero(Rn), (u + a) * PowerSum(Rn, 1) <= PowerSum(Rn, 2)),
    then=ratio(concat(u + a, Rn)) > ratio(concat(u, Rn)),
)
claim(
    "yi.gradient-down",
    "Rahimi et al., gradient",
    "l1/l2 falls in an entry above S_2/S_1 of the others",
    given=(NonZero(Rn), u * PowerSum(Rn, 1) >= PowerSum(Rn, 2)),
    then=ratio(concat(u + a, Rn)) < ratio(concat(u, Rn)),
)
claim(
    "yi.convex-l1-minus",
    "DC",
    "|x|_1 - |x|_2 is convex along a segment (wrong)",
    given=(t < 1,),
    then=seg(1) - seg(2) <= t * (Norm(P, 1) - Norm(P, 2)) + (1 - t) * (Norm(Q, 1) - Norm(Q, 2)),
)
claim(
    "yi.l2-convex",
    "DC",
    "|x|_2 is convex along a segment",
    given=(t < 1,),
    then=seg(2) <= t * Norm(P, 2) + (1 - t) * Norm(Q, 2),
)
claim(
    "yi.s2-convex",
    "DC",
    "S_2 is convex along a segment",
    given=(t < 1,),
    then=Total((t * P[i] + (1 - t) * Q[i]) ** 2, i, N)
    <= t * PowerSum(P, 2) + (1 - t) * PowerSum(Q, 2),
)
