"""Robin Hood for p < q < 1: small steps, the theorem, and where its condition ends."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numeric_check.certifier.decide import decide
from numeric_check.certifier.witness import Witness
from numeric_check.spot_check.recheck import recheck
from symbolic_proofs import kernel as K
from symbolic_proofs.claims.catalogue import LIBRARY, find_claim
from symbolic_proofs.kernel import KernelError
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import And, at_most, equal, less
from symbolic_proofs.language.operations import Log
from symbolic_proofs.language.symbols import positive, real
from symbolic_proofs.proofs import prove
from symbolic_proofs.proofs.tactics.combine import algebra, combine
from symbolic_proofs.proofs.tactics.letters import itself, named, over_letters, unnamed
from symbolic_proofs.proofs.tactics.steps import climb, i, in_the_limit, n

FEW = find_claim("criteria.robin-hood.few-entries", LIBRARY)
x, y, s = real("x"), real("y"), positive("s")


def test_what_rises_at_each_step_rises_from_the_first_to_the_last() -> None:
    step = algebra(less(x + s * i, x + s * (i + 1)), (at_most(i + 1, n),))
    assert climb(x + s * i, step).conclusion == at_most(x + s * 1, x + s * n)
    with pytest.raises(KernelError):
        climb(x - s * i, step)


def test_what_holds_up_to_any_share_holds() -> None:
    almost = combine(less(0, y - x + s / n), (1, K.assume(at_most(x, y))))
    limit = in_the_limit(almost, y - x, s, (at_most(x, y),))
    assert limit.conclusion == at_most(0, y - x)
    assert limit.hypotheses == {at_most(x, y)}
    # of one n alone it says nothing: what is assumed of it stays
    at_one = in_the_limit(K.assume(less(0, y - x + s / n)), y - x, s, ())
    assert len(at_one.hypotheses) == 1


def test_a_name_for_a_term_is_taken_back() -> None:
    shown = combine(less(0, x + s), (1, named(Log(s), x)), (1, K.assume(less(0, Log(s) + s))))
    assert And(equal(Log(s), x)) in shown.hypotheses
    back = unnamed(shown, {x: Log(s)}, (less(0, Log(s) + s),))
    assert back.hypotheses == {less(0, Log(s) + s)}
    assert itself(Log(s), ()).conclusion == equal(Log(s), Log(s))


def test_letters_say_no_more_than_their_terms() -> None:
    known = K.assume(less(0, Log(s)))
    found = over_letters(less(0, 2 * Log(s)), (2, known), letters={x: Log(s)})
    assert found.conclusion == less(0, 2 * Log(s))
    assert found.hypotheses == known.hypotheses
    with pytest.raises(KernelError):
        over_letters(less(Log(s), 0), (2, known), letters={x: Log(s)})


def test_few_entries_are_proved_by_statement() -> None:
    other = Claim("some.name", FEW.locator, FEW.title, FEW.given, FEW.conclusion)
    found = prove(other)
    assert found is not None
    assert states(found.theorem, other)
    for shown in found.steps:
        assert recheck(shown.theorem.hypotheses, shown.formula, trials=20).violation is None


@pytest.mark.parametrize(
    ("low", "high", "most"), [("1/4", "1/2", 8), ("1/2", "3/4", 56), ("1/8", "1/4", 3)]
)
def test_the_condition_ends_where_the_first_length_fails(low: str, high: str, most: int) -> None:
    """The least lengths that fail are found by the search: 9, 57 and 4."""
    values = {"p": Fraction(low), "q": Fraction(high)}
    condition = FEW.given[2]
    assert decide(condition, Witness({**values, "n": most - 2}))
    assert not decide(condition, Witness({**values, "n": most - 1}))
