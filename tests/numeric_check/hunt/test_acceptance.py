"""The judge of the hunt says what the certifier says, ties included."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from numeric_check.certifier.certify import Undecided, ValuelessError, decide
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.acceptance import fails_at_ties, judge_of
from numeric_check.hunt.search import programs_of
from symbolic_proofs import claim
from symbolic_proofs.language.formulas import And, Not


def judge(text):
    statement = claim(text)
    return judge_of(statement, programs_of(statement)[0]), statement


def certified(statement, witness):
    """What the certifier says of the same, by exact arithmetic first and all bits."""
    try:
        return decide(And(*statement.given, Not(statement.conclusion)), witness)
    except (Undecided, ValuelessError):
        return False


@pytest.mark.parametrize(
    "text",
    ["p < q => ||W||_p <= ||W||_q", "p < q, W != 0 => I(W) > 0", "W != 0 => hoyer(W) != 1",
     "0 <= S_1(W) <= 2", "||W||_1 >= 2 => ||W||_2 > 2^(1/2)", "W != 0 => ||W||_1 = N^(1/2)*||W||_2",
     "w_i <= 1 for every i = 1..N => ||W||_1 <= N^(1/2)", "S_1(W)^(1/2)*S_1(W)^(1/2) < 2",
     "S_2(W) - S_1(W)^2/N >= 0 => (S_2(W) - S_1(W)^2/N)^(1/2) >= 1/2"],
)  # fmt: skip
def test_every_small_candidate_is_judged_as_the_certifier_would(text):
    answer, statement = judge(text)
    found = set()
    for a, b, p, q in product((0, 1, 2, -1), (0, 1, 2), (1, Fraction(1, 2)), (1, 2)):
        entries = ((Fraction(a), 1), (Fraction(b), 1))
        names = {str(v.name) for v in statement.variables}
        scalars = {"p": Fraction(p), "q": Fraction(q), "N": Fraction(2)}
        witness = Witness({n: v for n, v in scalars.items() if n in names}, {"W": entries})
        assert answer(witness) is certified(statement, witness)
        found.add(answer(witness))
    assert found == {True, False}


@pytest.mark.parametrize(
    ("text", "refused"),
    [("x <= y", True), ("x < y", False), ("x = y", True), ("x != y", False),
     ("x < 1 => x <= y", True), ("x >= 1 => x <= y", False), ("x <= y <= 2", True),
     ("(w_i >= 0 for every i = 1..N)", True), ("x <= y or x < 1", False), ("W != 0", False)],
)  # fmt: skip
def test_only_where_a_tie_refutes_nothing_may_it_stay_undecided(text, refused):
    assert fails_at_ties(Not(claim(text).statement)) is refused


def test_a_difference_that_few_bits_do_not_show_is_seen():
    answer, _ = judge("x > 0 => e^x <= 1 + x + x^2/2 + x^3/6 + x^4/24")
    assert answer(Witness({"x": Fraction(1, 2**60)}))
