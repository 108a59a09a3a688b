"""The six criteria of Hurley & Rickard (2009), for the PQ index.

As there: W >= 0, N >= 2, strict inequalities.
"""

from __future__ import annotations

from ..language.claim import claim
from ..language.formulas import And, Constant, Exists, ForAll, Not, equal
from ..language.symbols import size
from ..language.vectors import concat, copies, vector, zeros
from .notation import I, R_nonnegative, alpha, beta, epsilon, m, nonzero, p, q, u, v

_U = R_nonnegative
_W = vector("W", size("n") + 2, nonnegative=True)

TITLE = "The six criteria of Hurley & Rickard (2009), for the PQ index"
CLAIMS = (
    claim(
        "criteria.robin-hood",
        "D1",
        "moving weight from a larger to a smaller entry, keeping their order, lowers I",
        given=(p < q, u > v, 2 * epsilon < u - v),
        then=I(concat(u - epsilon, v + epsilon, _U)) < I(concat(u, v, _U)),
    ),
    claim(
        "criteria.robin-hood.amended",
        "D1, put right",
        "Robin Hood holds when p <= 1 <= q",
        given=(p < q, p <= 1, q >= 1, u > v, 2 * epsilon < u - v),
        then=I(concat(u - epsilon, v + epsilon, _U)) < I(concat(u, v, _U)),
    ),
    claim(
        "criteria.robin-hood.two-entries",
        "D1, N = 2",
        "Robin Hood holds for vectors of two entries, for every p < q",
        given=(p < q, u > v, 2 * epsilon < u - v),
        then=I(concat(u - epsilon, v + epsilon)) < I(concat(u, v)),
    ),
    claim(
        "criteria.scaling",
        "D2",
        "scaling leaves I as it is",
        given=(p < q, nonzero(_W)),
        then=equal(I(alpha * _W), I(_W)),
    ),
    claim(
        "criteria.rising-tide",
        "D3",
        "adding one positive amount to every entry lowers I, unless all are equal",
        given=(p < q, Not(Constant(_W))),
        then=I(_W + alpha) < I(_W),
    ),
    claim(
        "criteria.cloning",
        "D4",
        "m >= 2 copies have the same I as one",
        given=(p < q, nonzero(_W)),
        then=equal(I(copies(_W, m + 1)), I(_W)),
    ),
    claim(
        "criteria.bill-gates",
        "P1",
        "past some β > 0, every further α > 0 raises I, some other entry being nonzero",
        given=(p < q, nonzero(_U)),
        then=Exists(
            ForAll(I(concat(u + beta + alpha, _U)) > I(concat(u + beta, _U)), And(), alpha),
            And(),
            beta,
        ),
    ),
    claim(
        "criteria.babies",
        "P2",
        "one appended zero raises I",
        given=(p < q, nonzero(_W)),
        then=I(concat(_W, zeros(1))) > I(_W),
    ),
)
