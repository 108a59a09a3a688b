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
# # Deriving the identities of a sparsity measure
#
# A vector is *sparse* when a few of its entries hold most of its weight. A sparsity measure puts a
# number on that. This notebook is about one of them, the PQ index
#
# $$I_{p,q}(W) = 1 - N^{1/q-1/p}\,\frac{\lVert W\rVert_p}{\lVert W\rVert_q},
# \qquad 0 < p < q,\quad W \in \mathbf{R}^N,\quad W \ne 0 .$$
#
# Here $\lVert W\rVert_r = (\sum_i |w_i|^r)^{1/r}$. The index is 0 when all entries are of the same
# size, and comes near 1 when one entry outweighs very many others:

# %%
from numeric_check import pq_index

for vector in ([1, 1, 1, 1], [4, 3, 2, 1], [9, 1, 0, 0], [1] + [0] * 999):
    shown = vector if len(vector) < 9 else "one entry among 1000"
    print(f"{pq_index(vector, 1, 2):.3f}  {shown}")

# %% [markdown]
# A paper that uses such a measure says what it does *not* depend on: the scale of the weights, the
# number of copies of a network. Numbers can make that plausible:

# %%
W = [4, 3, 2, 1]
print(pq_index(W, 1, 2), pq_index([7 * w for w in W], 1, 2), pq_index(W + W, 1, 2))

# %% [markdown]
# To know it for every $p$, $q$, $N$ and $W$ takes a proof. The claims of the paper are in a
# catalogue, each under an id. A claim is a statement, and shows itself as one:

# %%
from symbolic_proofs import find_claim, prove

invariance = find_claim("scaling.invariance")
invariance.statement

# %% [markdown]
# `prove` returns a derivation. Each line was made by a rule of a small kernel that checks the
# rule's side conditions: a line with a wrong exponent could not exist. In the first lines
# $S_r(W) = \sum_i |w_i|^r$ is the sum of which the norm is the root.

# %%
scaling = prove(invariance)
scaling

# %% [markdown]
# The last line is the theorem. What stands before $\vdash$ are the conditions under which it holds.
# None of them is lost on the way: an $I(W)$ without $W \ne 0$ would be $0/0$.

# %%
scaling.theorem

# %% [markdown]
# ## Two copies measure what one does
#
# Write $[W, W]$ for the vector followed by itself. Its power sums double, and the length factor
# $N^{1/q-1/p}$ takes care of exactly that.

# %%
prove(find_claim("cloning.invariance"))

# %% [markdown]
# ## A step that fails
#
# A network that runs for $T$ time steps has an activity vector $W_T$ of $T$ parts. If they are all
# the same, this is cloning again, and the index does not change, *provided that every entry is
# counted*. The paper's line uses another number of entries. What comes of it is not for us to say:

# %%
from sparsity_audit import settle_claim

settle_claim("time.printed-normaliser", budget=20_000)

# %% [markdown]
# A *refuted* claim comes with a witness, exact values at which it is false, small enough to check
# by hand. Beside it stands its *amendment*, the nearest true statement that could be proved:

# %%
print(settle_claim("time.printed-normaliser.amended", budget=20_000))

# %% [markdown]
# ## Do you have to trust this?
#
# You need not trust what found a proof, only the kernel that checks it. A derivation can be stored
# as plain data, and made again from these by the kernel, step by step; altered data are refused.

# %%
from symbolic_proofs import from_data, to_data

stored = to_data(scaling)
assert from_data(stored).theorem.conclusion == scaling.theorem.conclusion

# %% [markdown]
# And each line can be put to a second test that knows nothing of the kernel: exact arithmetic on
# random instances. That can refute a line but never prove one.

# %%
from numeric_check import recheck

for step in scaling.steps:
    print(recheck(step.theorem.hypotheses, step.formula, seed=1, trials=10).outcome, step.formula)
