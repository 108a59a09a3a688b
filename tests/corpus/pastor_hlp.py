"""Hardy, Littlewood & Polya, Inequalities (1934); Steele, Cauchy-Schwarz Master Class (2004)."""

import sympy as sp

from symbolic_proofs import *

p, q, r, s = positive("p"), positive("q"), positive("r"), positive("s")
theta = positive("theta")
N = count("N")
W, V = vector("W", N), vector("V", N)
P, Q = vector("P", N, nonnegative=True), vector("Q", N, nonnegative=True)
i = count("i")
inner = Total(W[i] * V[i], i, N)
inner_abs = Total(abs(W[i]) * abs(V[i]), i, N)
most = Greatest(abs(W[i]), i, N)


def sum_norm(e):
    return Total(abs(W[i] + V[i]) ** e, i, N)


claim(
    "hlp.norms-fall",
    "HLP 19",
    "|x|_q <= |x|_p for p < q",
    given=(p < q,),
    then=Norm(W, q) <= Norm(W, p),
)
claim(
    "hlp.norms-rise",
    "HLP 19, wrong way",
    "|x|_p <= |x|_q for p < q",
    given=(p < q,),
    then=Norm(W, p) <= Norm(W, q),
)
claim(
    "hlp.norms-equivalent",
    "HLP 16",
    "|x|_p <= N^(1/p-1/q) |x|_q",
    given=(p < q,),
    then=Norm(W, p) <= N ** (1 / p - 1 / q) * Norm(W, q),
)
claim(
    "hlp.power-mean",
    "HLP 16",
    "(S_p/N)^(1/p) <= (S_q/N)^(1/q)",
    given=(p < q,),
    then=(PowerSum(W, p) / N) ** (1 / p) <= (PowerSum(W, q) / N) ** (1 / q),
)
claim(
    "hlp.am-qm",
    "HLP 16, p = 1, q = 2",
    "S_1^2 <= N S_2",
    then=PowerSum(W, 1) ** 2 <= N * PowerSum(W, 2),
)
claim(
    "hlp.am-gm",
    "HLP 9",
    "the geometric mean is at most the arithmetic",
    given=(Every(P[i] > 0, i, N),),
    then=sp.exp(Total(sp.log(P[i]), i, N) / N) <= PowerSum(P, 1) / N,
)
claim(
    "hlp.hoelder",
    "HLP 13",
    "sum |w v| <= |w|_p |v|_q for 1/p + 1/q = 1",
    given=(equal(1 / p + 1 / q, 1),),
    then=inner_abs <= Norm(W, p) * Norm(V, q),
)
claim(
    "hlp.hoelder-solved",
    "HLP 13",
    "the same with q = p/(p-1) put in",
    given=(p > 1,),
    then=inner_abs <= Norm(W, p) * Norm(V, p / (p - 1)),
)
claim(
    "hlp.hoelder-wrong",
    "HLP 13, condition lost",
    "sum |w v| <= |w|_p |v|_q for any p, q",
    given=(p < q,),
    then=inner_abs <= Norm(W, p) * Norm(V, q),
)
claim(
    "hlp.cauchy-schwarz",
    "HLP 7",
    "(sum w v)^2 <= S_2(w) S_2(v)",
    then=inner**2 <= PowerSum(W, 2) * PowerSum(V, 2),
)
claim(
    "hlp.minkowski",
    "HLP 24",
    "|w + v|_r <= |w|_r + |v|_r for r >= 1",
    given=(r >= 1,),
    then=sum_norm(r) ** (1 / r) <= Norm(W, r) + Norm(V, r),
)
claim(
    "hlp.triangle-1",
    "triangle inequality, r = 1",
    "|w + v|_1 <= |w|_1 + |v|_1",
    then=sum_norm(1) <= PowerSum(W, 1) + PowerSum(V, 1),
)
claim(
    "hlp.minkowski-any",
    "HLP 24, condition lost",
    "|w + v|_r <= |w|_r + |v|_r for every r > 0",
    given=(NonZero(W),),
    then=sum_norm(r) ** (1 / r) <= Norm(W, r) + Norm(V, r),
)
claim(
    "hlp.p-triangle",
    "HLP 27",
    "S_p(w+v) <= S_p(w) + S_p(v) for p <= 1",
    given=(p <= 1,),
    then=sum_norm(p) <= PowerSum(W, p) + PowerSum(V, p),
)
claim(
    "hlp.parallelogram",
    "Steele",
    "the parallelogram law",
    then=equal(
        Total((W[i] + V[i]) ** 2, i, N) + Total((W[i] - V[i]) ** 2, i, N),
        2 * PowerSum(W, 2) + 2 * PowerSum(V, 2),
    ),
)
claim(
    "hlp.polarisation",
    "Steele",
    "S_2(w+v) = S_2(w) + 2<w,v> + S_2(v)",
    then=equal(Total((W[i] + V[i]) ** 2, i, N), PowerSum(W, 2) + 2 * inner + PowerSum(V, 2)),
)
claim(
    "hlp.lyapunov",
    "HLP 18",
    "S_q^(r-p) <= S_p^(r-q) S_r^(q-p) for p < q < r",
    given=(p < q, q < r),
    then=PowerSum(W, q) ** (r - p) <= PowerSum(W, p) ** (r - q) * PowerSum(W, r) ** (q - p),
)
claim(
    "hlp.lyapunov-midpoint",
    "HLP 17",
    "S_((p+q)/2)^2 <= S_p S_q",
    given=(p < q,),
    then=PowerSum(W, (p + q) / 2) ** 2 <= PowerSum(W, p) * PowerSum(W, q),
)
claim(
    "hlp.littlewood",
    "HLP 18; Littlewood",
    "|x|_q <= |x|_p^t |x|_r^(1-t), 1/q = t/p + (1-t)/r, p < q < r",
    given=(p < q, q < r),
    then=Norm(W, q)
    <= Norm(W, p) ** ((1 / q - 1 / r) / (1 / p - 1 / r))
    * Norm(W, r) ** ((1 / p - 1 / q) / (1 / p - 1 / r)),
)
claim(
    "hlp.l0-bound",
    "common",
    "|x|_1 <= sqrt(|x|_0) |x|_2",
    then=Norm(W, 1) <= sp.sqrt(NonzeroCount(W)) * Norm(W, 2),
)
claim(
    "hlp.l0-bound-pq",
    "common",
    "|x|_p <= |x|_0^(1/p-1/q) |x|_q",
    given=(p < q, NonZero(W)),
    then=Norm(W, p) <= NonzeroCount(W) ** (1 / p - 1 / q) * Norm(W, q),
)
claim("hlp.max-norm", "common", "max |x| <= |x|_p", then=most <= Norm(W, p))
claim(
    "hlp.max-norm-l0",
    "common",
    "|x|_p <= |x|_0^(1/p) max |x|",
    then=Norm(W, p) <= NonzeroCount(W) ** (1 / p) * most,
)
claim(
    "hlp.two-by-one-max",
    "common",
    "S_2 <= S_1 max |x|",
    then=PowerSum(W, 2) <= PowerSum(W, 1) * most,
)
claim(
    "hlp.chebyshev",
    "HLP 43",
    "N sum a_(k) b_(k) >= sum a sum b",
    then=N * Total(entry(Sorted(P), i) * entry(Sorted(Q), i), i, N)
    >= PowerSum(P, 1) * PowerSum(Q, 1),
)
claim(
    "hlp.rearrangement",
    "HLP 368",
    "sum a_i b_i <= sum a_(k) b_(k)",
    then=Total(P[i] * Q[i], i, N) <= Total(entry(Sorted(P), i) * entry(Sorted(Q), i), i, N),
)
claim(
    "hlp.young",
    "HLP 61",
    "u v <= u^p/p + v^q/q with q = p/(p-1)",
    given=(p > 1,),
    then=nonnegative("u") * nonnegative("v")
    <= nonnegative("u") ** p / p + nonnegative("v") ** (p / (p - 1)) * (p - 1) / p,
)
claim(
    "hlp.superadditive",
    "HLP 22",
    "S_p(w+v) >= S_p(w) + S_p(v) for p >= 1, entries >= 0",
    given=(p >= 1,),
    then=Total((P[i] + Q[i]) ** p, i, N) >= PowerSum(P, p) + PowerSum(Q, p),
)
claim(
    "hlp.superadditive-2",
    "HLP 22, p = 2",
    "S_2(w+v) >= S_2(w) + S_2(v), entries >= 0",
    then=Total((P[i] + Q[i]) ** 2, i, N) >= PowerSum(P, 2) + PowerSum(Q, 2),
)
claim(
    "hlp.norm-of-concat",
    "common",
    "|[a, b]|_p <= |a|_p + |b|_p for p >= 1",
    given=(p >= 1,),
    then=Norm(concat(vector("A", count("a")), vector("B", count("b"))), p)
    <= Norm(vector("A", count("a")), p) + Norm(vector("B", count("b")), p),
)
