"""Work is counted, and ends where its limit is."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy as sp

from numeric_check.certifier.certify import Undecided, decide
from numeric_check.certifier.witness import Witness
from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.derivations.replay import from_data, to_data
from symbolic_proofs.kernel import KernelError, Theorem, assume, instantiate, weaken
from symbolic_proofs.kernel.normal_form import Algebra
from symbolic_proofs.kernel.polynomials import NotAlgebraicError, exponent, polynomial_factors
from symbolic_proofs.kernel.work import Meter, WorkLimitError, limited, spend, spend_rule
from symbolic_proofs.language import count, equal, positive, vector
from symbolic_proofs.language.formulas import Every, Formula, Relation
from symbolic_proofs.language.operations import Exp, Product, Sum
from symbolic_proofs.language.sums import ShortestWindow
from symbolic_proofs.language.terms import Total
from symbolic_proofs.proofs import prove

x, y, z = positive("x"), positive("y"), positive("z")
i, j, N = count("i"), count("j"), count("N")
W = vector("W", N)
LETTERS = [positive(f"x{k}") for k in range(30)]
#: it has every small prime as a factor
PRIMORIAL = int(sp.primorial(1000))


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
    made = assume(equal(Exp(Exp(x) * x), y))
    for _ in range(times):
        made = instantiate(made, {x: Exp(x) * x})
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
    total = Sum(*(positive(f"x{k}") for k in range(8)))
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


def test_a_long_stored_derivation_ends_at_the_limit_and_is_not_called_malformed() -> None:
    derivation = prove(find_claim("scaling.invariance"))
    assert derivation is not None
    data = to_data(derivation)
    with limited() as meter:
        from_data(data)
    with pytest.raises(WorkLimitError), limited(meter.operations // 2):
        from_data(data)


@pytest.mark.parametrize(
    "exponent_of",
    [
        lambda s: s**40,
        lambda _: Sum(*(1 / (a + 1) for a in LETTERS)),
        lambda _: (x**10**8 + 1) / (x + 1),
    ],
)
def test_an_exponent_that_takes_long_to_multiply_out_is_refused_at_once(
    exponent_of: Callable[[sp.Expr], sp.Expr],
) -> None:
    with limited(10_000), pytest.raises(NotAlgebraicError, match="too long"):
        exponent(exponent_of(Sum(*LETTERS)))


def test_the_powers_below_a_high_one_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sp, "Poly", None)
    total = x**10**30 + 1
    assert polynomial_factors(total) == (1, ((total, 1),))


def test_a_polynomial_of_many_variables_is_not_factored() -> None:
    pairs = pairwise(LETTERS)
    total = sp.expand(Sum(*(a**12 * b**7 + 3 for a, b in pairs)))
    with limited() as meter:
        assert polynomial_factors(total) == (1, ((total, 1),))
    assert meter.operations == 0
    assert polynomial_factors(x**2 + 2 * x * y + y**2) == (1, ((x + y, 2),))


NESTED: dict[str, tuple[Formula, Witness]] = {
    "sums in sums": (
        equal(Total(Total(1 / (i + j), j, N), i, N), 0),
        Witness({"N": Fraction(10**5)}),
    ),
    "quantified indices": (
        Every(Every(Relation(">", i + j, 2), j, N), i, N),
        Witness({"N": Fraction(10**5)}),
    ),
    "a sum of fractions with growing denominators": (
        equal(Total(1 / i, i, N), 0),
        Witness({"N": Fraction(10**5)}),
    ),
    "roots of huge numbers with huge denominators": (
        equal(Sum(*((y + k) ** z for k in range(60))), 0),
        Witness({"y": Fraction(10**3900 + 1, 10**3900), "z": Fraction(1, PRIMORIAL)}),
    ),
    "windows of every width": (
        equal(Total(ShortestWindow(W, i), i, N), 1),
        Witness({}, {"W": tuple((Fraction(k), 1) for k in range(20_000))}),
    ),
    "an index in an index": (
        equal(Total(Total(abs(W[i] - W[j]), j, N), i, N), 0),
        Witness({}, {"W": tuple((Fraction(k), 1) for k in range(20_000))}),
    ),
}


@pytest.mark.parametrize("name", NESTED)
def test_what_runs_long_in_the_certifier_ends_at_the_limit(name: str) -> None:
    formula, witness = NESTED[name]
    with pytest.raises(WorkLimitError), limited(500_000):
        decide(formula, witness)


def test_what_is_long_and_soon_evaluated_stays_below_the_limit() -> None:
    copies = Witness({}, {"W": ((Fraction(1), 10**12 - 1), (Fraction(2), 1))})
    with limited(10_000) as meter:
        assert decide(equal(Total(i * W[i], i, N), 1), copies) is False
        towers = Relation(">", (y + 1) ** (y**y), 1)
        assert decide(towers, Witness({"y": Fraction(10**300 + 1, 10**300)})) is True
    assert meter.operations > 10


def test_a_sum_that_would_be_multiplied_out_into_too_many_products_is_not() -> None:
    body = Product(*(Sum(*LETTERS[k : k + 5]) + i for k in range(12))) * W[i]
    values = {str(letter): Fraction(1) for letter in LETTERS}
    with pytest.raises(Undecided), limited(500_000):
        decide(equal(Total(body, i, N), 1), Witness(values, {"W": ((Fraction(1), 10**12),)}))


def forever() -> None:
    while True:
        spend()


def test_a_time_is_a_limit_as_well() -> None:
    with limited(seconds=0.01), pytest.raises(WorkLimitError, match=r"more than 0\.01 s") as stop:
        forever()
    assert stop.value.meter.late
