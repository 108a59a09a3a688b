"""What is proved by the shape of a statement: other names, instances, weaker relations, bounds."""

from __future__ import annotations

import pytest
import sympy as sp

from numeric_check import recheck
from symbolic_proofs import (
    Constant,
    Every,
    Formula,
    Greatest,
    Iff,
    NonZero,
    NonzeroCount,
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
    over_nonzero_entries,
    positive,
    prove,
    real,
    to_data,
    vector,
    zeros,
)
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.formulas import Relation, at_most, less, unequal
from symbolic_proofs.proofs.library import THEOREMS
from symbolic_proofs.proofs.matching import instances

M, i, m = count("M"), count("i"), count("m")
s, t, r, c = positive("s"), positive("t"), positive("r"), positive("c")
U, V = vector("U", M), vector("V", M)
P, Q = vector("P", M, nonnegative=True), vector("Q", M, nonnegative=True)
ORDER = less(s, t)
SHANNON = -over_nonzero_entries(P, lambda x: x / PowerSum(P, 1) * sp.log(x / PowerSum(P, 1)))
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
    ("the support", (), at_most(Norm(P, 1), NonzeroCount(P) ** sp.Rational(3, 4) * Norm(P, 4))),
    (
        "the support, sides swapped",
        (NonZero(U), ORDER),
        Relation(">=", NonzeroCount(U) ** (1 / s - 1 / t), Norm(U, s) / Norm(U, t)),
    ),
    (
        "between two exponents",
        (),
        at_most(PowerSum(U, 2) ** 2, PowerSum(U, 1) * PowerSum(U, 3)),
    ),
    (
        "below the greatest",
        (less(1, t),),
        at_most(PowerSum(P, t), PowerSum(P, 1) * greatest_entry(P) ** (t - 1)),
    ),
    ("an entropy", (NonZero(P),), at_most(SHANNON, sp.log(M))),
    ("an entropy and the support", (NonZero(P),), at_most(sp.exp(SHANNON), NonzeroCount(P))),
    ("an entropy is not below 0", (NonZero(P),), Relation(">=", SHANNON, 0)),
    (
        "two entropies",
        (NonZero(P),),
        at_most(-sp.log(PowerSum(P, 3) / PowerSum(P, 1) ** 3) / 2, SHANNON),
    ),
    (
        "a log sum, the other way round",
        (Every(less(0, Q[i]), i, M), Every(less(0, P[i]), i, M)),
        at_most(
            PowerSum(Q, 1) * sp.log(PowerSum(Q, 1) / PowerSum(P, 1)),
            Total(Q[i] * sp.log(Q[i] / P[i]), i, M),
        ),
    ),
    (
        "the geometric mean",
        (Every(less(0, Q[i]), i, M),),
        at_most(sp.exp(Total(sp.log(Q[i]), i, M) / M), (PowerSum(Q, 2) / M) ** sp.Rational(1, 2)),
    ),
    (
        "Hölder at numbers",
        (),
        at_most(Total(P[i] * Q[i], i, M), Norm(P, 3) * Norm(Q, sp.Rational(3, 2))),
    ),
    (
        "Hölder for letters exchanged",
        (equal(1 / t + 1 / s, 1),),
        at_most(Total(abs(U[i]) * abs(V[i]), i, M), Norm(U, s) * Norm(V, t)),
    ),
    (
        "Cauchy and Schwarz, sides swapped",
        (),
        Relation(">=", PowerSum(U, 2) * PowerSum(V, 2), Total(U[i] * V[i], i, M) ** 2),
    ),
    (
        "powers of a sum, each term",
        (at_most(t, 1),),
        at_most(Total(abs(U[i] + V[i]) ** t, i, M), PowerSum(U, t) + PowerSum(V, t)),
    ),
    (
        "two norms are equal",
        (ORDER,),
        Iff(equal(Norm(U, s), Norm(U, t)), at_most(NonzeroCount(U), 1)),
    ),
    (
        "equal means",
        (ORDER, NonZero(U)),
        Iff(equal(Norm(U, s), M ** (1 / s - 1 / t) * Norm(U, t)), Constant(U)),
    ),
    (
        "one entry against another by way of a bound",
        (Every(at_most(c, abs(U[i])), i, M), Every(at_most(abs(V[i]), c), i, M)),
        Relation(">=", PowerSum(U, t), PowerSum(V, t)),
    ),
    (
        "a premise times a factor",
        (NonZero(U), equal(Norm(V, 3), Norm(U, 3)), less(Norm(V, 2), Norm(U, 2))),
        less(1 - Norm(U, 2) / Norm(U, 3), 1 - Norm(V, 2) / Norm(V, 3)),
    ),
    (
        "whichever of two numbers is larger",
        (NonZero(P), unequal(t, 1)),
        at_most(sp.log(PowerSum(P, t) / PowerSum(P, 1) ** t) / (1 - t), sp.log(M)),
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
    ("the support of another", (), at_most(Norm(U, 1), NonzeroCount(V) * Norm(U, 2))),
    (
        "the support, no power",
        (),
        at_most(Norm(P, 1), NonzeroCount(P) ** sp.Rational(1, 4) * Norm(P, 2)),
    ),
    ("not between", (), at_most(PowerSum(U, 3) ** 2, PowerSum(U, 1) * PowerSum(U, 2))),
    ("an entropy too small", (NonZero(P),), at_most(SHANNON, sp.log(M) - 1)),
    ("not conjugate", (), at_most(Total(P[i] * Q[i], i, M), Norm(P, 3) * Norm(Q, 3))),
    ("the other exponents", (ORDER,), Iff(equal(Norm(U, s), Norm(U, t)), Constant(U))),
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
