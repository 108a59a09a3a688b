"""Rules about statements for every index."""

from __future__ import annotations

import sympy as sp

from ..expressions import in_nat, natural_number, real, whole
from ..proof import LemmaProof, translation


@translation
def every(p: LemmaProof) -> None:
    """From G |- F(i) to G for every i = 1 .. n |- F(i) for every i = 1 .. n."""
    (theorem,) = p.theorem.premises
    index, count = p.theorem.arguments
    goal = p.theorem.conclusion
    with p.every_index(index, count, theorem):
        known = p.use(theorem)
        p.carry(known, theorem.conclusion, goal.body, {}, {goal.variable: whole(index)})


@translation
def at_index(p: LemmaProof) -> None:
    """From G |- F(i) for every i = 1 .. n to G, H |- F(k), for 1 <= k <= n."""
    (theorem,) = p.theorem.premises
    index, statement = p.theorem.arguments[0], theorem.conclusion
    known, value = p.use(theorem), whole(index)
    inside = range_of(p, index, statement.args[2])
    of = f"{known} {in_nat(natural_number(index).natural)} {inside}"
    p.finish(of, statement.body, {statement.variable: value})


def range_of(p: LemmaProof, index: sp.Expr, count: sp.Expr) -> str:
    """Write that an index is in its range, and return the fact's name."""
    p.natural_positive(index)
    rest = count - index
    p.nonnegative(rest)
    last = p.fact(f"0 <= {real(rest).text}", "nng", "RA")
    i, n = natural_number(index).natural, natural_number(count).natural
    return p.fact(f"(1 <= {i} <= {n})%nat", f"in_range {last}", "RA")
