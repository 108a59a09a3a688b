"""Hurley & Rickard, Comparing Measures of Sparsity (2009): Theorems relating the criteria, and rows of Table III."""

import sympy as sp

from symbolic_proofs import *
from symbolic_proofs.language.formulas import less
from symbolic_proofs.language.sums import Applied

n, m, N, i = size("n"), count("m"), count("N"), count("i")
W2 = vector("W", n + 2, nonnegative=True)
R = vector("R", n, nonnegative=True)
u, v, eps, alpha, beta = (
    nonnegative("u"),
    nonnegative("v"),
    positive("epsilon"),
    positive("alpha"),
    positive("beta"),
)
g = (NonZero(W2),)


def hoyer(w):
    return (sp.sqrt(length(w)) - Norm(w, 1) / Norm(w, 2)) / (sp.sqrt(length(w)) - 1)


def kappa(w):
    return PowerSum(w, 4) / PowerSum(w, 2) ** 2


def l21(w):
    return Norm(w, 2) / Norm(w, 1)


def tanh(w):
    return -over_entries(w, sp.tanh)


def hg(w):
    return -over_entries(w, lambda c: sp.log(c**2))


def hs(w):
    return -over_nonzero_entries(
        w, lambda c: c**2 / PowerSum(w, 2) * sp.log((c**2 / PowerSum(w, 2)) ** 2)
    )


def gini(w):
    return 1 - 2 * over_sorted_entries(w, lambda c, k: c * (length(w) - k + sp.Rational(1, 2))) / (
        length(w) * PowerSum(w, 1)
    )


f = lambda w: Applied("f", w)
transfer = (u > v, 2 * eps < u - v)
D1 = ForAll(
    less(f(concat(u - eps, v + eps, R)), f(concat(u, v, R))), And(*transfer), u, v, eps, n, R
)
D2 = ForAll(equal(f(alpha * W2), f(W2)), And(NonZero(W2)), alpha, n, W2)
D4 = ForAll(equal(f(copies(W2, m + 1)), f(W2)), And(NonZero(W2)), m, n, W2)
P1 = ForAll(
    Exists(
        ForAll(f(concat(u + beta + alpha, R)) > f(concat(u + beta, R)), And(), alpha), And(), beta
    ),
    And(NonZero(R)),
    u,
    n,
    R,
)
P2 = ForAll(f(concat(W2, zeros(1))) > f(W2), And(NonZero(W2)), n, W2)
claim(
    "hr.thm-p1",
    "Theorem 2.1 (as I recall it)",
    "D1 and D2 imply P1, for any measure",
    given=(D1, D2),
    then=P1,
)
claim(
    "hr.thm-p2",
    "Theorem 2.2 (as I recall it)",
    "D1, D2 and D4 imply P2, for any measure",
    given=(D1, D2, D4),
    then=P2,
)
claim(
    "hr.thm-d3",
    "a reader's guess, wrong",
    "D1 and D2 imply D4, for any measure",
    given=(D1, D2),
    then=D4,
)
# rows
claim(
    "hr-l2l1.robin-hood",
    "Table III",
    "l2/l1 has D1",
    given=transfer,
    then=l21(concat(u - eps, v + eps, R)) < l21(concat(u, v, R)),
)
claim(
    "hr-l2l1.rising-tide",
    "Table III (blank there)",
    "l2/l1 has D3",
    given=(Not(Constant(W2)),),
    then=l21(W2 + alpha) < l21(W2),
)
claim(
    "hr-l2l1.cloning",
    "Table III (blank)",
    "l2/l1 has D4",
    given=g,
    then=equal(l21(copies(W2, m + 1)), l21(W2)),
)
claim(
    "hr-kappa.robin-hood",
    "Table III (blank)",
    "kurtosis has D1",
    given=transfer,
    then=kappa(concat(u - eps, v + eps, R)) < kappa(concat(u, v, R)),
)
claim(
    "hr-kappa.scaling",
    "Table III",
    "kurtosis has D2",
    given=g,
    then=equal(kappa(alpha * W2), kappa(W2)),
)
claim(
    "hr-kappa.babies",
    "Table III (blank)",
    "kurtosis has P2",
    given=g,
    then=kappa(concat(W2, zeros(1))) > kappa(W2),
)
claim(
    "hr-hoyer.rising-tide",
    "Table III",
    "Hoyer has D3",
    given=(Not(Constant(W2)),),
    then=hoyer(W2 + alpha) < hoyer(W2),
)
claim(
    "hr-hoyer.cloning",
    "Table III (blank)",
    "Hoyer has D4",
    given=g,
    then=equal(hoyer(copies(W2, m + 1)), hoyer(W2)),
)
claim(
    "hr-hoyer.scaling",
    "Table III",
    "Hoyer has D2, id with the criterion's name",
    given=g,
    then=equal(hoyer(alpha * W2), hoyer(W2)),
)
claim(
    "hr-tanh.robin-hood",
    "Table III",
    "-tanh has D1",
    given=transfer,
    then=tanh(concat(u - eps, v + eps, R)) < tanh(concat(u, v, R)),
)
claim(
    "hr-tanh.scaling",
    "Table III (blank)",
    "-tanh has D2",
    given=g,
    then=equal(tanh(alpha * W2), tanh(W2)),
)
claim(
    "hr-hg.robin-hood",
    "Table III (blank)",
    "H_G has D1",
    given=(*transfer, v > 0, Every(R[i] > 0, i, n)),
    then=hg(concat(u - eps, v + eps, R)) < hg(concat(u, v, R)),
)
claim(
    "hr-hs.robin-hood",
    "Table III (blank)",
    "H_S has D1",
    given=transfer,
    then=-hs(concat(u - eps, v + eps, R)) < -hs(concat(u, v, R)),
)
claim(
    "hr-gini.rising-tide",
    "Table III",
    "Gini has D3",
    given=(Not(Constant(W2)),),
    then=gini(W2 + alpha) < gini(W2),
)
claim(
    "hr-gini.bill-gates",
    "Table III",
    "Gini has P1",
    given=(NonZero(R),),
    then=Exists(
        ForAll(gini(concat(u + beta + alpha, R)) > gini(concat(u + beta, R)), And(), alpha),
        And(),
        beta,
    ),
)
claim(
    "hr-gini.babies",
    "Table III",
    "Gini has P2",
    given=g,
    then=gini(concat(W2, zeros(1))) > gini(W2),
)
