"""The kernel: the rules of inference. Nothing else can make a Theorem.

A theorem `G |- C` says: for all values of the free symbols, each of its kind, for which every
hypothesis in G is defined and true, C is defined and true. Each rule checks its side conditions
and keeps the hypotheses it used.

| rule               | from                              | to                                 | side conditions                |
|--------------------|-----------------------------------|------------------------------------|--------------------------------|
| `assume`           |                                   | F |- F                             |                                |
| `weaken`           | G |- C                            | G, H |- C                          |                                |
| `cut`              | G |- F;  H, F |- C                | G, H |- C                          |                                |
| `cases`            | G, F |- C;  H, not F |- C         | G, H |- C                          | F defined under G, H           |
| `absurd`           | G |- F;  H |- not F               | G, H |- C                          | C defined                      |
| `antisymmetry`     | G |- a <= b;  H |- b <= a         | G, H |- a = b                      |                                |
| `instantiate`      | G |- C                            | G[s] |- C[s]                       | terms defined, of their kinds  |
| `rewrite`          | G |- a = b;  H |- C               | G, H |- C[a := b]                  |                                |
| `arithmetic`       | G_i |- f_i > 0 (or >=, =)         | G |- e > 0  (or >=, =)             | e = sum c_i f_i + r by algebra,|
|                    |                                   |                                    | c_i, r of known sign; defined  |
| `exponential`      |                                   | x != 0 |- 1 + x < e^x              | x defined                      |
| `exponential_weak` |                                   | |- 1 + x <= e^x                    | x defined                      |
| `whole`            | G |- a < b                        | G |- a + 1 <= b                    | a, b whole                     |
| `define`           |                                   | |- t = its definition              | t defined                      |
| `linear`           |                                   | |- sum of c f + g = c sum f + sum g| defined                        |
| `split`            |                                   | sum over [U,V] = over U + over V   | body uses i in entries alone   |
|                    |                                   | least over V_1 .. V_T = least over | the same                       |
|                    |                                   | t of the least over V_t            |                                |
| `sum_up`           | G |- f(i) <= g(i)                 | G for every i |- sum f <= sum g    | i is free in no other term     |
| `sum_up_strictly`  | the same;  H, F(i) |- f(i) < g(i) | .., F for some i |- sum f < sum g  | the same                       |
| `summand`          |                                   | |- f(k) <= sum of f                | f >= 0, 1 <= k <= n            |
| `every`            | G |- F(i)                         | G for every i |- F for every i     | as `sum_up`                    |
| `at_index`         | G |- F for every i <= n           | G |- F(k)                          | k whole, 1 <= k <= n           |
| `every_part`       | G |- F of every entry of [U, V]   | G |- F of every entry of U         | body uses i in entries alone   |
| `on_nonzero`       |                                   | |- (f(v) if v != 0, else 0) = f(v) | v != 0 shown; 0 where v = 0 is |
| `least`, `greatest`|                                   | |- least f <= f(k) <= greatest f   | 1 <= k <= n, defined           |
| `bound`            | G |- f(i) <= c                    | G for every i |- greatest f <= c   | n >= 1, i free in no other term|
|                    | G |- c <= f(i)                    | G for every i |- c <= least f      | the same                       |
| `extreme_of_part`  |                                   | |- least over [U,V] <= least over U| as `split`; U is not empty     |
| `window_scaled`    |                                   | window of a V + b = a (that of V)  | a >= 0, defined                |
| `window_of_copies` |                                   | window of k of m copies of V       | m(l-1) < k <= ml, defined      |
|                    |                                   | = window of l of V                 |                                |
| `window_of_equals` |                                   | |- window of k entries = 0         | k equal entries, or k = 1      |
| `nonzero`          |                                   | |- V != 0                          | a block of V is not 0          |
| `count_parts`      |                                   | count over [U, V] = over U + over V|                                |
| `sorted_sum`       |                                   | |- sum of f(c_(k)) = sum of f(v_k) | body uses k in c_(k) alone     |
| `ranked_sum`       |                                   | |- sum of k c_(k) = sum of the     | defined                        |
|                    |                                   | |v_i - v_j|/4 + (n+1)/2 sum of v_i|                                |
| `open_predicate`   |                                   | P(V) |- what P says of the entries | see the rule                   |
| `both`, `iff`      | G |- F;  H |- F'                  | G, H |- F and F';  F <=> F'        | see the rule                   |
| `conjunct`         | G |- F and F'                     | G |- F                             |                                |
| `generalise`       | G, H |- F                         | G |- for all x with H: F           | x free in no hypothesis of G   |
| `exhibit`          | G |- H and F at x := t            | G |- there is x with H: F          | t defined, of x's kind         |

In a theorem a vector's name stands for one vector, and a free index for one of the entries that it
picks. What binds an index has to keep it inside of the vector. No rule lets a variable that is
quantified be captured, and no head evaluates a condition away (`language/operations.py`).

Terms are compared by the normal form of `normal_form.py`, conditions shown by `signs.py` and
`definedness.py`, and what every rule sees to is in `well_formed.py`.
SymPy's simplifiers are not used, its polynomials over letters are. The one analytic axiom is 1 + x <= e^x, with equality at x = 0
alone.
"""

from __future__ import annotations

from .rules.arithmetic import arithmetic, exponential, exponential_weak, whole
from .rules.blocks import every_part, on_nonzero
from .rules.extremes import bound, extreme_of_part, greatest, least
from .rules.indices import at_index, every
from .rules.logic import absurd, antisymmetry, assume, cases, cut, instantiate, rewrite, weaken
from .rules.quantifiers import both, conjunct, exhibit, generalise, iff
from .rules.sorting import ranked_sum, sorted_sum
from .rules.sums import define, linear, split, sum_up, sum_up_strictly, summand
from .rules.vectors import count_parts, nonzero, open_predicate
from .rules.windows import window_of_copies, window_of_equals, window_scaled
from .theorem import RULES, Theorem
from .well_formed import KernelError

__all__ = [
    "RULES",
    "KernelError",
    "Theorem",
    "absurd",
    "antisymmetry",
    "arithmetic",
    "assume",
    "at_index",
    "both",
    "bound",
    "cases",
    "conjunct",
    "count_parts",
    "cut",
    "define",
    "every",
    "every_part",
    "exhibit",
    "exponential",
    "exponential_weak",
    "extreme_of_part",
    "generalise",
    "greatest",
    "iff",
    "instantiate",
    "least",
    "linear",
    "nonzero",
    "on_nonzero",
    "open_predicate",
    "ranked_sum",
    "rewrite",
    "sorted_sum",
    "split",
    "sum_up",
    "sum_up_strictly",
    "summand",
    "weaken",
    "whole",
    "window_of_copies",
    "window_of_equals",
    "window_scaled",
]
