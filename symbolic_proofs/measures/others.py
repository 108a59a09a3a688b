"""Measures from other fields: norms' ratios, spike rates, entropies, inequality of incomes.

A larger value is sparser; where the source measures density, the sign is turned.
"""

from __future__ import annotations

import sympy as sp

from ..language.formulas import as_formula
from ..language.operations import Log
from ..language.sums import over_nonzero_entries
from ..language.symbols import positive
from ..language.terms import PowerSum, PQIndex
from ..language.vectors import Vector, length
from .measure import Measure

_P, _Q = positive("p"), positive("q")
_HALF = sp.Rational(1, 2)


def _pq_mean(v: Vector) -> sp.Expr:
    n = length(v)
    return -((PowerSum(v, _P) / n) ** (1 / _P)) / (PowerSum(v, _Q) / n) ** (1 / _Q)


def _activity(v: Vector) -> sp.Expr:
    """Return (mean rate)^2 / (mean squared rate), 1 for a constant vector and 1/N for one spike."""
    return PowerSum(v, 1) ** 2 / (length(v) * PowerSum(v, 2))


def _theil(v: Vector) -> sp.Expr:
    mean = PowerSum(v, 1) / length(v)
    return over_nonzero_entries(v, lambda c: c / mean * Log(c / mean)) / length(v)


MEASURES = (
    Measure(
        "pq-mean",
        "pq-mean, p <= 1, q > 1",
        "Hurley & Rickard (2009), IEEE Trans. Inf. Theory 55(10), 10.1109/TIT.2009.2027527",
        _pq_mean,
        given=(as_formula(_P <= 1), as_formula(_Q > 1)),
    ),
    Measure(
        "pq-index",
        "PQ index, p < q",
        "Diao et al. (2023), arXiv 2302.05601",
        lambda v: PQIndex(v, _P, _Q),
        given=(as_formula(_P < _Q),),
    ),
    Measure(
        "treves-rolls",
        "Treves-Rolls sparseness of rates, 1 - a",
        "Treves & Rolls (1991), 10.1088/0954-898X_2_4_004",
        lambda v: 1 - _activity(v),
    ),
    Measure(
        "vinje-gallant",
        "Vinje-Gallant sparseness of rates",
        "Vinje & Gallant (2000), 10.1126/science.287.5456.1273",
        lambda v: (1 - _activity(v)) / (1 - 1 / length(v)),
    ),
    Measure(
        "numeric-sparsity",
        "minus the Renyi numeric sparsity of order 2",
        "Lopes (2013), arXiv 1204.4227",
        lambda v: -(PowerSum(v, 1) ** 2 / PowerSum(v, 2)),
    ),
    Measure(
        "coefficient-of-variation",
        "standard deviation divided by the mean",
        "Pearson (1896), 10.1098/rsta.1896.0007",
        lambda v: sp.sqrt(length(v) * PowerSum(v, 2) / PowerSum(v, 1) ** 2 - 1),
    ),
    Measure("theil", "Theil's index T", "Theil (1967), Economics and Information Theory", _theil),
    Measure(
        "atkinson",
        "Atkinson's index, epsilon = 1/2",
        "Atkinson (1970), 10.1016/0022-0531(70)90039-6",
        lambda v: 1 - PowerSum(v, _HALF) ** 2 / (length(v) * PowerSum(v, 1)),
    ),
)
