"""Textbook inequalities as an author types them, in other letters, instances and writings."""

from __future__ import annotations

import pytest

from numeric_check import recheck
from symbolic_proofs import claim, from_data, prove, to_data
from symbolic_proofs.kernel.sequents import states

TRUE = [
    "s < 1 => 12^s < 3*4^s",
    "for a, b > 0: a < b, r < s => (b/a)^r < (b/a)^s",
    "for a, b >= 0: a < b => (a^s + 1)^(1/s) < (b^s + 1)^(1/s)",
    "r < s, m >= 2 => m^(1/s) < m^(1/r)",
    "for z >= 0, V in R^m: ||[z, V]||_s < ||[z + epsilon, V]||_s",
    "s > 1 => ||[6, 0*3]||_s > ||[3 × 2, 0*2]||_s",
    "r < s, U != 0, all |u_j| equal => I_{r,s}(U) = 0",
    "||U||_2 <= ||U||_0^(1/2)*max_{x in U} |x|",
    "||U||_1 <= ||U||_0*max_{x in U} |x|",
    "||U||_0 <= N",
    "U != 0 => ||U||_0 >= ||U||_1^2/||U||_2^2",
    "U != 0 => ||U||_1/||U||_0 <= ||U||_2/||U||_0^(1/2)",
    "for s, t > 0: U != 0, s < t => ||U||_s/||U||_0^(1/s) <= ||U||_t/||U||_0^(1/t)",
    "U != 0 => I_{1,2}(U) >= 1 - (||U||_0/N)^(1/2)",
    "for s, t > 0: s < t, U != 0 => I_{s,t}(U) >= 1 - (||U||_0/N)^(1/s - 1/t)",
    "for X, Y in R^M: |sum_{i=1..M} x_i*y_i| <= ||X||_2*||Y||_2",
    "for X, Y in R^M: sum_{i=1..M} x_i*y_i <= ||X||_2*||Y||_2",
    "for X, Y in R^M: sum_{i=1..M} |x_i*y_i| <= ||X||_2*||Y||_2",
    "for X, Y in R^M: ||X + Y||_2 <= ||X||_2 + ||Y||_2",
    "for X, Y in R^M: ||X - Y||_2 <= ||X||_2 + ||Y||_2",
    "for X, Y in R^M: ||X + Y||_1 <= ||X||_1 + ||Y||_1",
    "for X, Y in R^M: s >= 1 => ||X + Y||_s <= ||X||_s + ||Y||_s",
    "for X, Y in R^M: s <= 1 => S_s(X + Y) <= S_s(X) + S_s(Y)",
    "for s, t > 0, X, Y in R^M: 1/s + 1/t = 1 => sum_{i=1..M} |x_i|*|y_i| <= ||X||_s*||Y||_t",
    "for s, t > 0, X, Y in R^M: 1/s + 1/t = 1 => sum_{i=1..M} |x_i*y_i| <= ||X||_s*||Y||_t",
    "for a, b >= 0: a*b <= a^2/2 + b^2/2",
    "for a, b >= 0: s >= 1 => (a + b)^s >= a^s + b^s",
    "S_2(U)^2 <= S_1(U)*S_3(U)",
    "S_2(U)^3 <= S_1(U)^2*S_4(U)",
    "U != 0 => S_3(U)/S_2(U) <= S_4(U)/S_3(U)",
    "for V in [0, oo)^M: V != 0 => -(sum_{x in V, x != 0} x*ln(x/S_1(V))/S_1(V)) <= ln(M)",
    "for V in [0, oo)^M: S_1(V) = 1 => -(sum_{x in V, x != 0} x*ln(x)) <= ln(M)",
    "for V in [0, oo)^M: S_1(V) = 1 => -(sum_{x in V, x != 0} x*ln(x)) >= 0",
    "for V in [0, oo)^M: V != 0 => theil(V) <= ln(M)",
    "for V in [0, oo)^M: V != 0 => theil(V) <= ln(M*S_2(V)/S_1(V)^2)",
    "for V in [0, oo)^M: v_i > 0 for every i = 1..M => (sum_{i=1..M} ln(v_i))/M <= ln(S_1(V)/M)",
    "for V in [0, oo)^M: v_i > 0 for every i = 1..M => "
    "e^((sum_{i=1..M} ln(v_i))/M) <= (S_2(V)/M)^(1/2)",
    "max_{x in U} |x| <= ||U||_2",
    "||U||_2 <= sqrt(N)*max_{x in U} |x|",
    "||U||_3^3 <= ||U||_2^2*max_{x in U} |x|",
    "U != 0 => 1 <= ||U||_1/(max_{x in U} |x|)",
    "U != 0 => ||U||_1/(max_{x in U} |x|) <= N",
    "U != 0, N > 1 => hoyer(U) <= 1",
    "U != 0, N > 1 => 0 <= hoyer(U)",
    "for s, t > 0: gamma < 1, U != 0, s < t => I_{s,t}((1 - gamma)*U) = I_{s,t}(U)",
    "U != 0 => I_{1,2}(-U) = I_{1,2}(U)",
    "U != 0 => I_{1,2}(U/2) = I_{1,2}(U)",
    "U != 0 => 0 <= I_{1,2}(U) <= 1",
    "U != 0 => I_{1,2}(U) < 1",
    "U != 0 => I_{1/2,1}(U) <= 1 - 1/N",
    "S_2(U)/N - (sum_{x in U} x)^2/N^2 >= 0",
    "(sum_{x in U} x)^2 <= N*S_2(U)",
    "for V in [0, oo)^M: min_{x in V} x <= S_1(V)/M",
    "for V in [0, oo)^M: S_1(V)/M <= max_{x in V} x",
    "for V in [0, oo)^M: V != 0 => max_{x in V} x > 0",
    "for X in R^M, a, b real: ||a*X||_2 = |a|*||X||_2",
    "for X in R^M: ||[X, X]||_0 = 2*||X||_0",
    "alpha > 1 => ln(alpha) > 0",
    "N >= 2 => ln(N) > 0",
    "x >= 0 => ln(1 + x) <= x",
    "e^x >= 1 + x",
    "x > 0 => ln(x) <= x - 1",
    "for a, b > 0: a < b => a < (a + b)/2 < b",
    "for a, b real: 2*a*b <= a^2 + b^2",
    "floor(x) <= x <= ceil(x)",
    "U != 0 => I_{1,2}([U, U, U]) = I_{1,2}(U)",
    "U != 0 => (I_{1,2}(U) = 0 <=> all |u_j| equal)",
    "U != 0 => ||U||_0 >= 1",
    "for V in [0, oo)^M: V != 0 => gini(V) >= 0",
]
FALSE = [
    "s < 2 => 12^s < 3*4^s",
    "for a, b > 0: r < s => (b/a)^r < (b/a)^s",
    "for V in R^m: ||[z, V]||_s < ||[z + epsilon, V]||_s",
    "r < s => m^(1/s) < m^(1/r)",
    "for a, b >= 0: (a + b)^s <= a^s + b^s",
    "||U||_1 <= ||U||_0^(1/2)*max_{x in U} |x|",
    "U != 0 => ||U||_0 <= ||U||_1^2/||U||_2^2",
    "for X, Y in R^M: ||X + Y||_2 >= ||X||_2 + ||Y||_2",
    "for X, Y in R^M: s <= 1 => ||X + Y||_s <= ||X||_s + ||Y||_s",
    "for s, t > 0, X, Y in R^M: 1/s + 1/t = 1/2 => sum_{i=1..M} |x_i|*|y_i| <= ||X||_s*||Y||_t",
    "S_2(U)^2 <= S_1(U)*S_4(U)",
    "for V in [0, oo)^M: V != 0 => theil(V) <= ln(M)/2",
    "for V in [0, oo)^M: v_i > 0 for every i = 1..M => (sum_{i=1..M} ln(v_i))/M >= ln(S_1(V)/M)",
    "U != 0 => ||U||_1/(max_{x in U} |x|) <= N/2",
    "(sum_{x in U} x)^2 >= N*S_2(U)",
    "e^x <= 1 + x",
    "for a, b real: 2*a*b >= a^2 + b^2",
    "gamma != 1, U != 0 => 0 <= I_{1,2}((1 - gamma)*U) <= 1/10",
    "x > 0 => ln(x) <= x - 2",
    "for a, b > 0: a != b => a < b",
    "U != 0 => ||U||_0 >= 2",
]


@pytest.mark.parametrize("line", TRUE)
def test_a_true_statement_is_proved_and_its_derivation_replays(line):
    stated = claim(line)
    found = prove(stated)
    assert found is not None
    assert states(found.theorem, stated)
    assert states(from_data(to_data(found)).theorem, stated)


@pytest.mark.parametrize("line", FALSE)
def test_a_false_statement_that_looks_like_one_is_not_proved(line):
    stated = claim(line)
    assert prove(stated) is None
    assert recheck(stated.given, stated.conclusion, seed=1, trials=4_000).violation is not None
