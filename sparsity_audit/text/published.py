"""What is published about the criteria, to hold the verdicts against. No verdict is made from it.

Hurley & Rickard, "Comparing Measures of Sparsity", arXiv 0811.4706v2, Table III; for the pq-mean
the journal version, IEEE Trans. Inf. Theory 55(10), 2009; for the PQ index Diao et al., Theorem 1,
"Pruning Deep Neural Networks from a Sparsity Perspective", arXiv 2302.05601.
"""

from __future__ import annotations

from symbolic_proofs.measures import MEASURES, Measure

#: measure -> the criteria that it is said to satisfy; the others it is said not to satisfy
PUBLISHED: dict[str, frozenset[str]] = {
    name: frozenset(said.split())
    for name, said in {
        "l0": "D2 P2",
        "l0-eps": "P2",
        "minus-l1": "D3",
        "minus-lp": "D1 D3",
        "l2-l1": "D1 D2 P1",
        "minus-tanh": "D1 D3",
        "minus-tanh-2": "D1 D3",
        "minus-log": "D3",
        "kappa-4": "D2 D3 P1",
        "u-theta": "D2 D4 P1",
        "minus-lp-negative": "P1",
        "h-g": "D1 D3",
        "h-s": "",
        "h-s-prime": "",
        "hoyer": "D1 D2 D3 P1 P2",
        "gini": "D1 D2 D3 D4 P1 P2",
        "pq-mean": "D1 D2 D3 D4 P1 P2",
        "pq-index": "D1 D2 D3 D4 P1 P2",
    }.items()
}


def published(measure: Measure, letter: str) -> bool | None:
    """Return whether a measure is said to satisfy D1 .. P2, None where nothing is published.

    Of a user's measure nothing is, whatever it is called.
    """
    said = PUBLISHED.get(measure.name) if measure in MEASURES else None
    return None if said is None else letter in said


def agrees(measure: Measure, letter: str, verdict: str) -> bool | None:
    """Return whether a verdict is what is published, None where one of them says nothing."""
    said = published(measure, letter)
    if said is None or verdict not in ("proved", "refuted"):
        return None
    return said == (verdict == "proved")
