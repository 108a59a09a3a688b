"""Renyi 1961; Hill 1973; Cover & Thomas 2006; van Erven & Harremoes 2014; Theil 1967; Atkinson 1970; Tsallis 1988."""

import sympy as sp

from symbolic_proofs import *

N, n, k, z, m, i = count("N"), size("n"), count("k"), size("z"), count("m"), count("i")
W = vector("W", N, nonnegative=True)
A, B = vector("A", count("a"), nonnegative=True), vector("B", count("b"), nonnegative=True)
P, Q = vector("P", N, nonnegative=True), vector("Q", N, nonnegative=True)
a, b, x, alpha = positive("a"), positive("b"), positive("x"), positive("alpha")
t = positive("t")


def shannon(w):
    S = PowerSum(w, 1)
    return -over_nonzero_entries(w, lambda c: c / S * sp.log(c / S))


def renyi(w, e):
    return sp.log(PowerSum(w, e) / PowerSum(w, 1) ** e) / (1 - e)


def theil(w):
    mean = PowerSum(w, 1) / length(w)
    return over_nonzero_entries(w, lambda c: c / mean * sp.log(c / mean)) / length(w)


g = (NonZero(W),)
most = Greatest(W[i], i, N)
claim("en.shannon-lower", "Cover & Thomas 2.1", "H >= 0", given=g, then=shannon(W) >= 0)
claim(
    "en.shannon-upper", "Cover & Thomas 2.6.4", "H <= log N", given=g, then=shannon(W) <= sp.log(N)
)
claim(
    "en.shannon-support",
    "Cover & Thomas 2.6.4",
    "H <= log |W|_0",
    given=g,
    then=shannon(W) <= sp.log(NonzeroCount(W)),
)
claim(
    "en.uniform",
    "Cover & Thomas",
    "H = log k for k equal entries",
    then=equal(shannon(concat(repeat(x, k), zeros(z))), sp.log(k)),
)
claim("en.scale", "normalised", "H(aW) = H(W)", given=g, then=equal(shannon(alpha * W), shannon(W)))
claim(
    "en.zeros",
    "expansible",
    "H([W, 0]) = H(W)",
    given=g,
    then=equal(shannon(concat(W, zeros(m))), shannon(W)),
)
claim(
    "en.two-copies",
    "additivity",
    "H([W, W]) = H(W) + log 2",
    given=g,
    then=equal(shannon(concat(W, W)), shannon(W) + sp.log(2)),
)
claim(
    "en.copies",
    "additivity",
    "H of m copies = H + log m",
    given=g,
    then=equal(shannon(copies(W, m)), shannon(W) + sp.log(m)),
)
SA, SB = PowerSum(A, 1), PowerSum(B, 1)
claim(
    "en.grouping",
    "Cover & Thomas, grouping",
    "H([A, B]) by the shares",
    given=(NonZero(A), NonZero(B)),
    then=equal(
        shannon(concat(A, B)),
        SA / (SA + SB) * shannon(A)
        + SB / (SA + SB) * shannon(B)
        - SA / (SA + SB) * sp.log(SA / (SA + SB))
        - SB / (SA + SB) * sp.log(SB / (SA + SB)),
    ),
)
claim("en.renyi-2-below", "Renyi", "H_2 <= H_1", given=g, then=renyi(W, 2) <= shannon(W))
claim(
    "en.renyi-half-above",
    "Renyi",
    "H_1 <= H_1/2",
    given=g,
    then=shannon(W) <= renyi(W, sp.Rational(1, 2)),
)
claim(
    "en.renyi-monotone",
    "van Erven & Harremoes, Thm 3",
    "H_b <= H_a for a < b, neither 1",
    given=(*g, a < b, unequal(a, 1), unequal(b, 1)),
    then=renyi(W, b) <= renyi(W, a),
)
claim(
    "en.renyi-monotone-1",
    "van Erven & Harremoes, Thm 3",
    "the same for 1 < a < b",
    given=(*g, a < b, a > 1),
    then=renyi(W, b) <= renyi(W, a),
)
claim(
    "en.renyi-rising",
    "order confused",
    "H_a <= H_b for 1 < a < b",
    given=(*g, a < b, a > 1),
    then=renyi(W, a) <= renyi(W, b),
)
claim(
    "en.renyi-upper",
    "Renyi",
    "H_a <= log N, a > 1",
    given=(*g, a > 1),
    then=renyi(W, a) <= sp.log(N),
)
claim("en.renyi-lower", "Renyi", "H_a >= 0, a > 1", given=(*g, a > 1), then=renyi(W, a) >= 0)
claim(
    "en.renyi-copies",
    "Renyi",
    "H_a([W, W]) = H_a(W) + log 2",
    given=(*g, a > 1),
    then=equal(renyi(concat(W, W), a), renyi(W, a) + sp.log(2)),
)
claim(
    "en.min-entropy",
    "Renyi",
    "H_inf <= H_2",
    given=g,
    then=sp.log(PowerSum(W, 1) / most) <= renyi(W, 2),
)
claim(
    "en.hill-0",
    "Hill",
    "the Hill number of order 2 is at most that of order 0",
    given=g,
    then=PowerSum(W, 1) ** 2 / PowerSum(W, 2) <= NonzeroCount(W),
)
claim("en.hill-1", "Hill", "exp H <= |W|_0", given=g, then=sp.exp(shannon(W)) <= NonzeroCount(W))
claim(
    "en.gini-simpson",
    "Tsallis 2",
    "1 - S_2/S_1^2 <= 1 - 1/N",
    given=g,
    then=1 - PowerSum(W, 2) / PowerSum(W, 1) ** 2 <= 1 - sp.Integer(1) / N,
)
claim(
    "en.gibbs",
    "Cover & Thomas 2.6.3",
    "sum p log(p/q) >= 0 for equal totals",
    given=(Every(P[i] > 0, i, N), Every(Q[i] > 0, i, N), equal(PowerSum(P, 1), PowerSum(Q, 1))),
    then=Total(P[i] * sp.log(P[i] / Q[i]), i, N) >= 0,
)
claim(
    "en.log-sum",
    "Cover & Thomas 2.7.1",
    "log sum inequality",
    given=(Every(P[i] > 0, i, N), Every(Q[i] > 0, i, N)),
    then=Total(P[i] * sp.log(P[i] / Q[i]), i, N)
    >= PowerSum(P, 1) * sp.log(PowerSum(P, 1) / PowerSum(Q, 1)),
)


def neg(f):
    return Total(f * sp.log(f), i, N)


claim(
    "en.concave",
    "Cover & Thomas 2.7.3",
    "x log x summed is convex along a segment",
    given=(Every(P[i] > 0, i, N), Every(Q[i] > 0, i, N), t < 1),
    then=neg(t * P[i] + (1 - t) * Q[i]) <= t * neg(P[i]) + (1 - t) * neg(Q[i]),
)
claim("en.theil-lower", "Theil", "T >= 0", given=g, then=theil(W) >= 0)
claim("en.theil-upper", "Theil", "T <= log N", given=g, then=theil(W) <= sp.log(N))
claim(
    "en.theil-shannon",
    "Theil",
    "T = log N - H",
    given=g,
    then=equal(theil(W), sp.log(N) - shannon(W)),
)
claim(
    "en.theil-decomposes",
    "Shorrocks 1980",
    "T([A, B]) = within + between",
    given=(NonZero(A), NonZero(B)),
    then=equal(
        theil(concat(A, B)),
        SA / (SA + SB) * theil(A)
        + SB / (SA + SB) * theil(B)
        + SA / (SA + SB) * sp.log(SA / (SA + SB) * (count("a") + count("b")) / count("a"))
        + SB / (SA + SB) * sp.log(SB / (SA + SB) * (count("a") + count("b")) / count("b")),
    ),
)


def atk(w):
    return 1 - PowerSum(w, sp.Rational(1, 2)) ** 2 / (length(w) * PowerSum(w, 1))


claim("en.atkinson-lower", "Atkinson", "A_1/2 >= 0", given=g, then=atk(W) >= 0)
claim(
    "en.atkinson-upper",
    "Atkinson",
    "A_1/2 <= 1 - 1/N",
    given=g,
    then=atk(W) <= 1 - sp.Integer(1) / N,
)
claim(
    "en.atkinson-index",
    "relation",
    "A_1/2 = I_{1/2,1}",
    given=g,
    then=equal(atk(W), PQIndex(W, sp.Rational(1, 2), 1)),
)
claim(
    "en.atkinson-theil",
    "comparison, wrong",
    "a larger Theil means a larger Atkinson",
    given=(NonZero(P), NonZero(Q), theil(P) < theil(Q)),
    then=atk(P) < atk(Q),
)
claim(
    "en.entropy-l0",
    "proxy, wrong",
    "|W|_0 <= exp(H) + 1",
    given=g,
    then=NonzeroCount(W) <= sp.exp(shannon(W)) + 1,
)
