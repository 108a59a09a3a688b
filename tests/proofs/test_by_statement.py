"""What is proved by the shape of a statement: other names, instances, weaker relations, bounds."""

from __future__ import annotations

import pytest
import sympy as sp

from numeric_check import recheck
from symbolic_proofs import (
    Every,
    Formula,
    Greatest,
    NonZero,
    Norm,
    PowerSum,
    PQIndex,
    Total,
    claim,
    concat,
    count,
    equal,
    from_data,
    greatest_entry,
    least_entry,
    nonnegative,
    positive,
    prove,
    real,
    to_data,
    vector,
    zeros,
)
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.formulas import Relation, at_most, less
from symbolic_proofs.proofs.library import THEOREMS
from symbolic_proofs.proofs.matching import instances

M, i, m = count("M"), count("i"), count("m")
s, t, r, c = positive("s"), positive("t"), positive("r"), positive("c")
U, V = vector("U", M), vector("V", M)
P, Q = vector("P", M, nonnegative=True), vector("Q", M, nonnegative=True)
ORDER = less(s, t)
#: what is proved, and by which premises
TRUE: list[tuple[str, tuple[Formula, ...], Formula]] = [
    ("another name", (ORDER, NonZero(U)), at_most(0, PQIndex(U, s, t))),
    ("numbers", (NonZero(U),), at_most(0, PQIndex(U, 1, 2))),
    ("the other way round", (NonZero(U),), Relation(">=", PQIndex(U, sp.Rational(1, 2), 1), 0)),
    ("a composed vector", (ORDER, NonZero(U)), at_most(0, PQIndex(concat(U, zeros(m)), s, t))),
    ("norms fall", (ORDER,), at_most(Norm(U, t), Norm(U, s))),
    ("means rise", (), at_most(PowerSum(U, 1) ** 2, M * PowerSum(U, 2))),
    ("under a root", (NonZero(U),), at_most(Norm(U, 1) / Norm(U, 2), sp.sqrt(M))),
    ("a power of it", (NonZero(U),), at_most(PowerSum(U, 4), PowerSum(U, 2) ** 2)),
    (
        "under a logarithm",
        (NonZero(P), less(1, t)),
        at_most(0, sp.log(PowerSum(P, t) / PowerSum(P, 1) ** t) / (1 - t)),
    ),
    (
        "monotone in q",
        (ORDER, less(t, r), NonZero(U)),
        at_most(PQIndex(U, s, t), PQIndex(U, s, r)),
    ),
    (
        "by cases on signs",
        (),
        at_most(Total(abs(U[i] + V[i]), i, M), PowerSum(U, 1) + PowerSum(V, 1)),
    ),
    (
        "at most the greatest",
        (),
        at_most(PowerSum(U, 2), PowerSum(U, 1) * Greatest(abs(U[i]), i, M)),
    ),
    (
        "said of every entry",
        (Every(at_most(abs(U[i]), c), i, M),),
        at_most(PowerSum(U, t), M * c**t),
    ),
    ("the greatest is above 0", (NonZero(P),), less(0, greatest_entry(P))),
    ("the greatest is a norm at most", (), at_most(Greatest(abs(U[i]), i, M), Norm(U, t))),
    ("the least is the mean at most", (), at_most(least_entry(P), PowerSum(P, 1) / M)),
    ("a logarithm is above 0", (at_most(2, M),), less(0, sp.log(M))),
    ("squares", (), at_most(2 * Total(U[i] * V[i], i, M), PowerSum(U, 2) + PowerSum(V, 2))),
    (
        "tangents of logarithms",
        (
            Every(less(0, P[i]), i, M),
            Every(less(0, Q[i]), i, M),
            equal(PowerSum(P, 1), PowerSum(Q, 1)),
        ),
        at_most(0, Total(P[i] * sp.log(P[i] / Q[i]), i, M)),
    ),
]
#: near the true ones, and false
FALSE: list[tuple[str, tuple[Formula, ...], Formula]] = [
    ("exponents exchanged", (less(t, s), NonZero(U)), at_most(0, PQIndex(U, s, t))),
    ("no order", (NonZero(U),), at_most(0, PQIndex(U, s, t))),
    ("strict", (ORDER, NonZero(U)), less(0, PQIndex(U, s, t))),
    ("norms rise", (ORDER,), at_most(Norm(U, s), Norm(U, t))),
    ("another factor", (), at_most(PowerSum(U, 1) ** 2, PowerSum(U, 2))),
    ("another power", (), at_most(PowerSum(U, 1), M * PowerSum(U, 2))),
    ("two vectors", (ORDER,), at_most(Norm(U, t), Norm(V, s))),
    ("a sign", (), at_most(PowerSum(U, 1) + PowerSum(V, 1), Total(abs(U[i] + V[i]), i, M))),
    ("unequal sums", (), at_most(0, Total((P[i] - Q[i]) * (P[i] + 1), i, M))),
    ("the greatest may be 0", (), less(0, greatest_entry(P))),
    ("the greatest entry of any vector", (NonZero(U),), less(0, greatest_entry(U))),
    ("a logarithm of 1", (), less(0, sp.log(M))),
    ("the least is a norm at least", (), at_most(Norm(U, t), least_entry(P))),
    ("of some", (Every(at_most(c, abs(U[i])), i, M),), at_most(PowerSum(U, t), M * c**t)),
]


@pytest.mark.parametrize(("given", "goal"), [x[1:] for x in TRUE], ids=[x[0] for x in TRUE])
def test_it_is_proved(given: tuple[Formula, ...], goal: Formula) -> None:
    stated = claim("c", "", "", given=given, then=goal)
    found = prove(stated)
    assert found is not None
    assert states(found.theorem, stated)
    assert from_data(to_data(found)).theorem.conclusion == found.theorem.conclusion
    for step in found.steps:
        assert recheck(step.theorem.hypotheses, step.formula, trials=5).violation is None


@pytest.mark.parametrize(("given", "goal"), [x[1:] for x in FALSE], ids=[x[0] for x in FALSE])
def test_it_is_not_proved(given: tuple[Formula, ...], goal: Formula) -> None:
    assert prove(claim("c", "", "", given=given, then=goal)) is None


def test_a_statement_is_met_in_any_order_and_under_other_names() -> None:
    x, y, z, a = real("x"), real("y"), real("z"), nonnegative("a")
    pattern, goal = equal(x * y + a, z), equal(2 + s * t, r)
    assert {x: s, y: t, a: sp.Integer(2), z: r} in [*instances(pattern, goal)]
    assert not [*instances(equal(x * y, 1), equal(s + t, 1))]
    # the same symbol is the same value
    assert not [*instances(equal(x * x + y, 1), equal(s * t + r, 1))]


def test_the_library_is_looked_up_by_statements_alone() -> None:
    for name in ("range.lower", "criteria.rising-tide"):
        stated = THEOREMS[name]().theorem
        renamed = claim("x", "", "", given=tuple(stated.hypotheses), then=stated.conclusion)
        found = prove(renamed)
        assert found is not None
        assert found.theorem.conclusion == stated.conclusion
