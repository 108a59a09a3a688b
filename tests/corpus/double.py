"""Double sums: does the search evaluate them?"""

from symbolic_proofs import *

N, i, j, m, k = count("N"), count("i"), count("j"), count("m"), count("k")
W = vector("W", N, nonnegative=True)
V = vector("V", N, nonnegative=True)
B = vector("B", m, nonnegative=True)
claim(
    "db.mean-difference",
    "test",
    "sum of all |w_i - w_j| is at most S_1: false at (0,0,1,1)",
    then=Total(Total(abs(W[i] - W[j]), j, N), i, N) <= PowerSum(W, 1),
)
claim(
    "db.product",
    "test",
    "sum_i sum_j w_i w_j <= S_2: false at (1,1)",
    then=Total(Total(W[i] * W[j], j, N), i, N) <= PowerSum(W, 2),
)
claim(
    "db.every-pair",
    "test",
    "if w_i <= 2 w_j for all i, j then the entries are equal: false at (1, 3/2)",
    given=(NonZero(W), Every(Every(W[i] <= 2 * W[j], j, N), i, N)),
    then=Constant(W),
)
claim(
    "db.every-pair-2",
    "test",
    "if w_i <= 2 w_j for all i, j then S_2 <= 2 S_1^2/N: true",
    given=(NonZero(W), Every(Every(W[i] <= 2 * W[j], j, N), i, N)),
    then=PowerSum(W, 2) <= 2 * PowerSum(W, 1) ** 2 / N,
)
