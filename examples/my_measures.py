"""Two measures of one's own: a term, and a plain function of an array.

sparsity-audit criteria examples/my_measures.py:share examples/my_measures.py:spread
"""

from symbolic_proofs.language import PowerSum
from symbolic_proofs.language.sums import greatest_entry
from symbolic_proofs.measures import Measure

share = Measure(
    "share",
    "the largest share of the whole",
    "my note, 3",
    lambda w: greatest_entry(w) / PowerSum(w, 1),
)


def spread(w):
    """Return how far the entries spread, for a whole of 1."""
    return (w.max() - w.min()) / w.sum()
