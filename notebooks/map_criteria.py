# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Where each criterion holds
#
# Hurley & Rickard (2009) asked what a measure of sparsity should do, in six sentences about money:
#
# | | name | a measure of sparsity should |
# |---|---|---|
# | D1 | Robin Hood | fall when a rich entry gives to a poorer one |
# | D2 | Scaling | not depend on the currency |
# | D3 | Rising Tide | fall when every entry gets the same amount |
# | D4 | Cloning | not change when two equal populations become one |
# | P1 | Bill Gates | rise when one entry becomes very large |
# | P2 | Babies | rise when zeros are added |
#
# The PQ index has two parameters $0 < p < q$. For which of them does it do so? Each criterion is a
# claim, and goes through a prover and a search:

# %%
from sparsity_audit import settle_claims
from symbolic_proofs import CATALOGUE

criteria = [claim for claim in CATALOGUE if claim.id.startswith("criteria.")]
settle_claims(criteria, budget=20_000)

# %% [markdown]
# Five are proved for every $p < q$. Robin Hood is refuted: it is false for *some* $p < q$. Its
# amendment says for which it is known to be true. To see more, search it with $p$ and $q$ fixed, at
# the points of a grid.

# %%
from fractions import Fraction

from numeric_check import first_n, map_region
from symbolic_proofs import find_claim

robin_hood = find_claim("criteria.robin-hood")
grid = [Fraction(text) for text in ("1/2", "3/4", "1", "3/2", "2", "3")]
points = map_region(robin_hood, grid, budget=8_000)
find_claim("criteria.robin-hood.amended").statement

# %%
import matplotlib.pyplot as plt

BLUE, ORANGE = "#0072B2", "#D55E00"
figure, axes = plt.subplots(figsize=(5, 4.5), layout="constrained")
lowest, highest = float(grid[0]) * 0.85, float(grid[-1]) * 1.15
axes.fill_between([lowest, 1], 1, highest, color=BLUE, alpha=0.2, label="proved: p ≤ 1 ≤ q")
for refuted, marker, colour, label in (
    (True, "X", ORANGE, "refuted, with a witness"),
    (False, "o", BLUE, "searched, nothing found"),
):
    chosen = [point for point in points if point.refuted is refuted]
    where = [float(point.p) for point in chosen], [float(point.q) for point in chosen]
    axes.scatter(*where, marker=marker, color=colour, s=70, label=label)
axes.set(xscale="log", yscale="log", xlabel="p", ylabel="q")
axes.set_xlim(lowest, highest)
axes.set_ylim(lowest, highest)
axes.set_xticks([float(value) for value in grid], [str(value) for value in grid])
axes.set_yticks([float(value) for value in grid], [str(value) for value in grid])
axes.minorticks_off()
axes.legend(loc="lower right")
plt.show()

# %% [markdown]
# The shaded part is a theorem; the crosses are counterexamples, each with a certificate; together
# they leave no point of this grid open. A witness at each cross:

# %%
for point in points:
    if point.refuted:
        print(point.result.witness)

# %% [markdown]
# ## How long must the vector be?
#
# With two entries Robin Hood holds for every $p < q$ (`criteria.robin-hood.two-entries`). With more
# it may fail, and how many it takes depends on $p$ and $q$. Search one length after the other:

# %%
for p, q in ((Fraction(2), Fraction(4)), (Fraction(1, 4), Fraction(1, 2))):
    first = first_n(robin_hood, p, q, limit=12, budget=8_000)
    print(f"p = {p}, q = {q}: first failure at {first.length} entries; before: {first.searched}")

# %% [markdown]
# A failure that needs nine entries is not found by trying vectors of three. At
# $(p, q) = (1/2, 3/4)$ it takes 57, most of which are equal: the search stores a vector as few
# distinct values and how often each occurs, so that long vectors cost no more than short ones.

# %%
from numeric_check import search

found = search(robin_hood, p=Fraction(1, 2), q=Fraction(3, 4), dim=57, budget=60_000)
found.witness

# %% [markdown]
# ## Other measures
#
# The same questions can be asked of any measure. The built-in ones are in a list:

# %%
from symbolic_proofs import MEASURES

print(", ".join(measure.name for measure in MEASURES))

# %% [markdown]
# Take Hoyer's, and the number of zero entries. `refuted` has a witness, `proved` has a derivation,
# and `open` says that there is neither, yet:

# %%
from symbolic_proofs import criteria_of, find_measure

settle_claims(
    [claim for name in ("hoyer", "l0") for claim in criteria_of(find_measure(name))],
    budget=5_000,
)
