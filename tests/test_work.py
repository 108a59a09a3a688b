"""Work is counted, and ends where its limit is."""

import pytest
import sympy as sp

from symbolic_proofs.algebra import Algebra
from symbolic_proofs.kernel import KernelError, Theorem, assume, instantiate, weaken
from symbolic_proofs.language import equal, positive
from symbolic_proofs.language.formulas import Relation
from symbolic_proofs.work import Meter, WorkLimitError, limited, spend, spend_rule

x, y, z = positive("x"), positive("y"), positive("z")


def test_what_is_spent_is_counted_and_ends_past_the_limit() -> None:
    with limited(10) as meter:
        spend(7)
        spend(3)
        with pytest.raises(WorkLimitError, match="more than 10 operations") as stop:
            spend()
    assert stop.value.meter is meter
    spend(10**9)  # nothing bounds it outside


def test_a_limit_inside_another_spends_for_both_and_says_whose_it_was() -> None:
    with limited(100) as outer:
        with pytest.raises(WorkLimitError) as stop, limited(10) as inner:
            spend(60)
        assert stop.value.meter is inner
        assert (outer.operations, inner.operations) == (60, 60)
        with pytest.raises(WorkLimitError) as stop, limited(1_000):
            spend(60)
        assert stop.value.meter is outer


def test_a_limit_ends_with_its_block_however_it_is_left() -> None:
    with pytest.raises(ValueError, match="left"), limited(1):
        raise ValueError("left")
    spend(10)


def ordered(a: sp.Expr, b: sp.Expr) -> Theorem:
    """Return a < b, b < 2 |- a < b, by two rules."""
    return weaken(assume(Relation("<", a, b)), (Relation("<", b, sp.Integer(2)),))


def doubled(times: int) -> Theorem:
    """Return a theorem with a term that every instantiation doubles."""
    made = assume(equal(sp.exp(sp.exp(x) * x), y))
    for _ in range(times):
        made = instantiate(made, {x: sp.exp(x) * x})
    return made


def test_rules_are_counted_apart_from_operations() -> None:
    with limited(rules=2) as meter:
        ordered(x, y)
        assert meter.rules == 2
        with pytest.raises(WorkLimitError, match="more than 2 applications of rules"):
            ordered(x, y)
    with limited(150):
        spend_rule()
        with pytest.raises(WorkLimitError, match="more than 150 operations"):
            spend_rule()


def test_the_number_of_rules_does_not_depend_on_what_was_asked_before() -> None:
    def rules() -> int:
        with limited() as meter:
            instantiate(ordered(x, y), {x: x + y, y: 2 * x + 3 * y})
        return meter.rules

    assert rules() == rules() == 3


def test_products_of_normal_forms_are_counted() -> None:
    total = sp.Add(*(positive(f"x{k}") for k in range(8)))
    with limited() as meter:
        Algebra(lambda _: True).form(total**5)
    assert meter.operations > 1_000
    with pytest.raises(WorkLimitError), limited(1_000):
        Algebra(lambda _: True).form(total**5)


def test_a_term_that_doubles_in_every_line_meets_the_limit() -> None:
    with pytest.raises(WorkLimitError), limited(100_000):
        doubled(60)


def test_the_limit_is_no_refusal_that_a_tactic_could_take_for_an_answer() -> None:
    stop = WorkLimitError(Meter(5))
    assert not isinstance(stop, KernelError | ValueError | ArithmeticError)


def forever() -> None:
    while True:
        spend()


def test_a_time_is_a_limit_as_well() -> None:
    with limited(seconds=0.01), pytest.raises(WorkLimitError, match=r"more than 0\.01 s") as stop:
        forever()
    assert stop.value.meter.late
