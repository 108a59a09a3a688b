"""Hoyer, Non-negative matrix factorization with sparseness constraints, JMLR 5 (2004)."""

import sympy as sp

from symbolic_proofs import *

n, m = size("n"), count("m")
W = vector("W", n + 2)
x = real("x")


def hoyer(v):
    root = sp.sqrt(length(v))
    return (root - Norm(v, 1) / Norm(v, 2)) / (root - 1)


claim("ho.lower", "eq. sparseness", "sparseness >= 0", given=(NonZero(W),), then=hoyer(W) >= 0)
claim("ho.upper", "eq. sparseness", "sparseness <= 1", given=(NonZero(W),), then=hoyer(W) <= 1)
claim(
    "ho.one-sparse",
    "eq. sparseness",
    "unity if one component is nonzero",
    given=(unequal(x, 0),),
    then=equal(hoyer(concat(x, zeros(n + 1))), 1),
)
claim(
    "ho.constant",
    "eq. sparseness",
    "zero if all components are equal",
    given=(unequal(x, 0),),
    then=equal(hoyer(repeat(x, n + 2)), 0),
)
claim(
    "ho.one-iff",
    "eq. sparseness",
    "unity if and only if a single component is nonzero",
    given=(NonZero(W),),
    then=Iff(equal(hoyer(W), 1), equal(NonzeroCount(W), 1)),
)
claim(
    "ho.zero-iff",
    "eq. sparseness",
    "zero if and only if all components are equal up to signs",
    given=(NonZero(W),),
    then=Iff(equal(hoyer(W), 0), Constant(W)),
)
claim(
    "ho.affine",
    "relation to the PQ index",
    "Hoyer = sqrt(N) I_12/(sqrt(N)-1)",
    given=(NonZero(W),),
    then=equal(hoyer(W), sp.sqrt(n + 2) * PQIndex(W, 1, 2) / (sp.sqrt(n + 2) - 1)),
)
claim(
    "ho.at-least-index",
    "relation to the PQ index",
    "I_12 <= Hoyer",
    given=(NonZero(W),),
    then=PQIndex(W, 1, 2) <= hoyer(W),
)
claim(
    "ho.clones",
    "misuse across sizes",
    "two copies have the sparseness of one",
    given=(NonZero(W),),
    then=equal(hoyer(concat(W, W)), hoyer(W)),
)
claim(
    "ho.l1-fixed",
    "sec. 3.1",
    "at fixed L2 norm, a lower L1 norm means a larger sparseness",
    given=(
        NonZero(W),
        equal(Norm(vector("V", n + 2), 2), Norm(W, 2)),
        Norm(vector("V", n + 2), 1) < Norm(W, 1),
    ),
    then=hoyer(vector("V", n + 2)) > hoyer(W),
)
claim(
    "ho.scale",
    "eq. sparseness",
    "scale invariant",
    given=(NonZero(W), unequal(x, 0)),
    then=equal(hoyer(x * W), hoyer(W)),
)
claim(
    "ho.zeros",
    "misuse across sizes",
    "appended zeros raise it",
    given=(NonZero(W),),
    then=hoyer(concat(W, zeros(m))) > hoyer(W),
)
