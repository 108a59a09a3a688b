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
# # Hunting counterexamples
#
# One vector at which a claim is false settles it. This notebook looks for such vectors, and draws
# them. The measure is the PQ index, 0 for entries of the same size and towards 1 for few large
# entries among many small ones:
#
# $$I(W) = 1 - N^{1/q-1/p}\,\frac{\lVert W\rVert_p}{\lVert W\rVert_q}, \qquad 0 < p < q .$$
#
# A claim that sounds right: *take from a rich entry $u$ and give to a poorer one $v$, less than
# half of their difference, and the vector is less sparse*. It is called Robin Hood.

# %%
from numeric_check import search
from symbolic_proofs import find_claim

robin_hood = find_claim("criteria.robin-hood")
robin_hood.statement

# %% [markdown]
# The search tries special vectors first (one spike, ties, small integers), then random ones on a
# logarithmic scale; $p$ and $q$ vary as well. It then makes its find rational, and as small as it
# can.

# %%
found = search(robin_hood, budget=50_000)
found.witness

# %% [markdown]
# Floats only proposed this. The certificate decides it: both sides are roots of fractions, and
# raised to a power they are fractions that you can compare by hand.

# %%
found.certificate

# %% [markdown]
# Let us look at it. The entries before and after the transfer, and what happens to the index as
# more and more is taken:

# %%
import matplotlib.pyplot as plt
import numpy as np

from numeric_check import pq_index

BLUE, ORANGE = "#0072B2", "#D55E00"


def entries(blocks):
    """Return the entries of a vector that is stored as (value, how often)."""
    return [float(value) for value, times in blocks for _ in range(times)]


values = {name: float(value) for name, value in found.witness.scalars.items()}
p, q, u, v = (values[name] for name in ("p", "q", "u", "v"))
rest = entries(found.witness.vectors["R"])


def after(taken):
    """Return the vector after the transfer."""
    return [u - taken, v + taken, *rest]


figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
places = np.arange(len(rest) + 2)
left.bar(places - 0.2, after(0), 0.4, color=BLUE, label="before")
left.bar(places + 0.2, after(values["epsilon"]), 0.4, color=ORANGE, hatch="//", label="after")
left.set_xticks(places, ["rich", "poor", *["other"] * len(rest)])
left.set_ylabel("entry")
left.legend()
amounts = np.linspace(0, (u - v) / 2, 60)
right.plot(amounts, [pq_index(after(amount), p, q) for amount in amounts], color=BLUE)
right.plot(values["epsilon"], pq_index(after(values["epsilon"]), p, q), "o", color=ORANGE)
right.axhline(pq_index(after(0), p, q), color="grey", linestyle="--")
right.set_xlabel("amount taken from the rich entry")
right.set_ylabel(f"I for p = {p:g}, q = {q:g}")
plt.show()

# %% [markdown]
# Where the curve is above the dashed line, the transfer made the vector *sparser*. The other entry
# is larger than both: next to it, making the middling one smaller counts for more.
#
# ## A second one: a silent neuron begins to fire
#
# The paper says that a zero weight that becomes nonzero lowers the index. Here is what the search
# says:

# %%
from sparsity_audit import settle_claim

settle_claim("firing.lowers.weights", budget=50_000)

# %% [markdown]
# This is the smallest witness, and a tie: the index is *exactly* what it was, where the claim says
# that it is less. A small new weight does lower the index; a large one makes the old ones look
# small. There is one turning point, $\tau = (S_q/S_p)^{1/(q-p)}$ of the other weights, and up to
# there the claim is a theorem (`firing.lowers.weights.amended`).

# %%
others, p, q = np.array([1.0, 1.0]), 1, 2
tau = (np.sum(others**q) / np.sum(others**p)) ** (1 / (q - p))
new = np.linspace(0, 6, 120)
figure, axes = plt.subplots(figsize=(5, 3), layout="constrained")
axes.plot(new, [pq_index([*others, x], p, q) for x in new], color=BLUE)
axes.axvline(tau, color=ORANGE, linestyle="--", label="τ")
axes.axhline(pq_index([*others, 0], p, q), color="grey", linestyle=":", label="silent")
axes.set_xlabel("the new weight x")
axes.set_ylabel("I([1, 1, x]) for p = 1, q = 2")
axes.legend()
plt.show()

# %% [markdown]
# ## When nothing is found
#
# Not found is not proved. A search says how many of its trials met the claim's premises, and what
# that is worth: a bound on the share of counterexamples among vectors drawn this way.

# %%
nothing = search(find_claim("criteria.babies"), budget=50_000)
print(nothing.kind, nothing.effective, nothing.rule_of_three)

# %% [markdown]
# For this claim there is more, a proof for every $p$, $q$ and $W$:

# %%
from symbolic_proofs import prove

prove(find_claim("criteria.babies"))
