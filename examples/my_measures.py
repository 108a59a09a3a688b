"""Measures of one's own: a term, a function that returns a term, a plain function of an array.

sparsity-audit criteria examples/my_measures.py:share examples/my_measures.py:spread
"""

from symbolic_proofs import Measure, PowerSum, greatest_entry, length

share = Measure(
    "share",
    "the largest share of the whole",
    "my note, 3",
    lambda w: greatest_entry(w) / PowerSum(w, 1),
)


def participation(w):
    """One minus the share of the entries that take part."""
    return 1 - PowerSum(w, 1) ** 2 / (length(w) * PowerSum(w, 2))


def spread(w):
    """Return how far the entries spread, for a whole of 1."""
    return (w.max() - w.min()) / w.sum()
