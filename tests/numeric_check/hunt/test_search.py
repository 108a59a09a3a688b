"""The hunt, on the whole catalogue: what it finds is certified, and no true claim is refuted."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import sympy as sp

from numeric_check.certifier.certify import check_certificate
from numeric_check.hunt.larger_families import search_larger_families
from numeric_check.hunt.search import SearchInputError, search
from symbolic_proofs import claim as read
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import I, N, W, alpha, beta, m, nonzero, norm, p, q, x
from symbolic_proofs.language import count, real
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import And, Exists, ForAll, Implies, equal, less
from symbolic_proofs.language.sums import over_nonzero_entries
from symbolic_proofs.language.terms import Least, PowerSum
from symbolic_proofs.language.vectors import copies, vector

FALSE = {
    "range.dense-is-zero", "scaling.magnitudes", "sensitivity.count", "sensitivity.example-p-norm",
    "sensitivity.example-q-norm", "sensitivity.factor-bound", "sensitivity.temporal.rates",
    "time.printed-normaliser", "time.printed-last-step", "time.varying-lowers.first",
    "time.varying-lowers.mean", "time.varying-lowers.max", "firing.lowers.weights",
    "firing.ratio.weights", "adjust.literal", "adjust.concentration", "adjust.p-norm",
    "adjust.inference", "zeros.p-norm", "criteria.robin-hood",
}  # fmt: skip


@pytest.mark.parametrize("statement", CATALOGUE, ids=lambda c: c.id)
def test_false_claims_are_refuted_and_true_ones_are_not(statement):
    result = search(statement, budget=20_000)
    expected = "counterexample" if statement.id in FALSE else None
    if statement.id == "adjust.threshold":
        expected = "universal"
    assert result.kind == expected
    if expected == "counterexample":
        check_certificate(statement, result.witness, result.certificate)
        assert result.rule_of_three is None


def witness(id_, **options):
    return search(find_claim(id_), **options).witness.to_json()


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("id_", "least"),
    [
        ("adjust.literal", {"R": [], "alpha": "1", "n": "0", "p": "1", "q": "2", "x": "1"}),
        (
            "sensitivity.count",
            {"N": "3", "V": [["1", 2], ["4", 1]], "W": [["1", 2], ["0", 1]], "p": "1", "q": "2"},
        ),
        (
            "firing.lowers.weights",
            {"R": [["1", 2]], "alpha": "", "n": "2", "p": "1", "q": "2", "x": "4"},
        ),
        (
            "criteria.robin-hood",
            {"R": [["4", 1]], "epsilon": "1", "n": "1", "p": "2", "q": "3", "u": "3", "v": "0"},
        ),
        ("adjust.p-norm", {"R": [], "alpha": "1", "n": "0", "p": "1", "q": "2", "x": "-1"}),
        (
            "scaling.magnitudes",
            {"N": "2", "V": [["1", 2]], "W": [["1", 1], ["2", 1]], "p": "1", "q": "2"},
        ),
    ],
)
def test_the_smallest_witness_is_the_same_from_every_seed(id_, least, seed):
    least = {k: v for k, v in least.items() if v != ""}
    assert witness(id_, seed=seed) == least


def test_counts_are_of_trials_that_met_the_premise():
    result = search(find_claim("criteria.rising-tide"), budget=40_000)
    assert 0 < result.effective < result.candidates <= 40_000
    random = result.effective - result.covered["special"] - result.covered["refined"]
    assert 0 < random < result.effective
    assert result.rule_of_three == 3 / random
    assert sum(v for k, v in result.covered.items() if k.startswith("length")) == result.effective


@pytest.mark.parametrize("budget", [1, 100, 1000, 5000])
@pytest.mark.parametrize("seed", range(3))
def test_no_rate_is_told_of_special_vectors_alone(budget, seed):
    # refuted by every fraction below 1, and special vectors are whole
    reciprocals = over_nonzero_entries(vector("W", N), lambda x: 1 / x)
    stated = claim("own.reciprocals", "", "", then=reciprocals <= N)
    result = search(stated, budget=budget, seed=seed)
    assert (result.kind, result.effective) == (None, budget)
    assert result.rule_of_three is None
    assert "rate of" not in result.said


def test_undefined_claims_meet_no_trial():
    result = search(find_claim("range.zero-vector"), budget=5000)
    assert (result.kind, result.effective, result.rule_of_three) == (None, 0, None)


def test_fixed_exponents_and_length_are_kept():
    found = witness("criteria.robin-hood", p=2, q=4, dim=4)
    assert (found["p"], found["q"], found["n"]) == ("2", "4", "2")


def test_an_existence_claim_is_verified_by_an_example():
    statement = claim(
        "mine.one-half", "here", "I is 1/2 somewhere",
        given=(p < q,), then=Exists(equal(I(W), 1 - 2 ** (1 / q - 1 / p)), And(nonzero(W)), N, W),
    )  # fmt: skip
    result = search(statement, budget=20_000)
    assert result.kind == "existence"
    assert result.witness.vectors["W"] == ((1, 1), (0, 1))


def test_counts_shrink_to_the_least_that_refutes():
    statement = claim(
        "mine.copies", "here", "copies raise a norm a thousandfold at most",
        then=norm(copies(W, m), 1) <= 1000 * norm(W, 1),
    )  # fmt: skip
    assert search(statement).witness.scalars["m"] == 1001


def test_a_sum_has_no_value_where_its_exponent_is_not_positive():
    stated = claim("t.p", "test", "", given=(nonzero(W), x <= 0), then=PowerSum(W, x) <= 0)
    result = search(stated, budget=3000)
    assert (result.kind, result.effective) == (None, 0)
    assert search(replace(stated, given=(nonzero(W),)), budget=3000).kind == "counterexample"


def threshold(body, *given):
    """Say that some β > 0 has the body for every α > 0."""
    return claim(
        "t.t", "test", "", given=given, then=Exists(ForAll(body, And(), alpha), And(), beta)
    )


def test_what_fails_at_every_value_that_was_tried_is_said_to_be_that():
    found = search(threshold(less(x + alpha, x)), budget=2000)
    assert (found.kind, found.sought, found.rule_of_three) == ("universal", "universal", None)
    assert found.said.startswith("fails at every value of the quantified variables that was tried")
    assert "1/3, 1, 7, 1000" in found.said


@pytest.mark.parametrize(
    "without_value_at_some",
    [sp.log(100 - beta), 1 / (beta - 7), 1 / (alpha - 1), (900 - beta) ** sp.Rational(1, 2)],
)
def test_values_without_a_value_are_no_failure(without_value_at_some):
    body = less(x + alpha + without_value_at_some, x + without_value_at_some)
    found = search(threshold(body), budget=5000)
    assert found.kind is None
    assert found.effective > 0


def test_a_threshold_that_holds_is_tested_all_the_same():
    found = search(threshold(less(x, x + alpha)), budget=2000)
    assert (found.kind, found.best) == (None, None)
    assert found.effective > 1000
    assert "at all values that were tried" in found.said
    assert "rate" not in found.said


y = real("y")


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ((), Implies(x > 0, Exists(equal(x, y), And(), y))),
        ((ForAll(less(x, y), And(), y),), x > 0),
        ((Exists(less(x, y), And(), y),), x > 0),
        ((), Exists(Exists(ForAll(less(x, y), And(), y), And(), N), And(), x)),
    ],
)
def test_what_no_instance_decides_is_not_said_to_be_tested(given, then):
    found = search(claim("t.q", "test", "", given=given, then=then), budget=2000)
    assert (found.kind, found.effective, found.rule_of_three) == (None, 0, None)
    assert found.said.startswith("cannot be searched: ")


def test_a_part_that_no_instance_decides_is_told():
    stated = claim("t.p", "test", "", then=And(less(x, x + 1), Exists(equal(x, y), And(), y)))
    found = search(stated, budget=2000)
    assert found.effective > 0
    assert any("to exist" in limit for limit in found.limits)
    false = claim("t.p", "test", "", then=And(x > 1, Exists(equal(x, y), And(), y)))
    assert search(false, budget=2000).witness is not None


def test_families_are_said_to_have_few_members():
    found = search(find_claim("time.varying-lowers.first.amended"), budget=2000)
    assert found.limits == ("families of at most 3 members were tried",)
    assert search(find_claim("zeros.raise"), budget=2000).limits == ()


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("for W_t in R^n: ||[W_1, ..., W_T]||_1 <= 3*max_{t=1..T} ||W_t||_1", 4),
        ("for W_t in R^n: ||[W_1, ..., W_T]||_2 >= (sum_{t=1..T} ||W_t||_2)/2", 5),
        (
            "for W_t in R^n: T >= 5, (||W_t||_1 = 1 for every t = 1..T) => "
            "||[W_1, ..., W_T]||_2^2 <= 4",
            5,
        ),
    ],
)
def test_where_families_of_few_show_nothing_larger_ones_are_searched(text, members):
    stated = read(text)
    few = search(stated, budget=20_000)
    assert few.kind is None
    found = search_larger_families(stated, few, budget=20_000)
    assert found.witness.to_json()["W"] == {"steps": [[["1", 1]]] * members}
    check_certificate(stated, found.witness, found.certificate)
    assert few.candidates < found.candidates <= 2 * few.candidates
    assert sum(found.covered.values()) >= found.effective


def test_larger_families_are_told_and_asked_of_families_alone():
    stated = find_claim("time.varying-lowers.first.amended")
    found = search_larger_families(stated, search(stated, budget=2000), budget=2000)
    assert found.limits == ("families of at most 12 members were tried",)
    none = search(find_claim("zeros.raise"), budget=2000)
    assert search_larger_families(find_claim("zeros.raise"), none, budget=2000) is none


@pytest.mark.parametrize("dim", [10**5, 10**12, 2**53])
@pytest.mark.parametrize("id_", ["firing.lowers.weights", "criteria.robin-hood"])
def test_a_great_length_is_kept_to_and_takes_no_longer(id_, dim):
    start = time.monotonic()
    result = search(find_claim(id_), budget=6000, dim=dim, p=2, q=4)
    assert time.monotonic() - start < 20
    if result.witness is not None:
        lengths = sum(times for _, times in result.witness.vectors["R"])
        assert lengths + (1 if id_.startswith("firing") else 2) == dim


@pytest.mark.parametrize("options", [{"dim": 2**53 + 1}, {"dim": 10**30}, {"budget": 10**20}])
def test_what_is_too_much_to_be_searched_is_refused_in_words(options):
    with pytest.raises(SearchInputError, match="use at most"):
        search(find_claim("zeros.raise"), **options)


def test_what_is_the_least_of_nothing_has_no_value():
    none = Least(PowerSum(W, q), count("i"), 0)
    result = search(claim("least", "", "of nothing", then=less(q, none)), budget=2000)
    assert result.effective == 0


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("for W in R^4: w_(4) - w_(3) <= w_(2) - w_(1)", [["-1", 3], ["0", 1]]),
        ("N >= 3 => sum_{i=1..3} w_(i) >= 3*w_(3)", [["1", 2], ["0", 1]]),
        ("N >= 2, W >= 0 => w_(N) <= 2*w_(N - 1)", [["1", 1], ["0", 1]]),
        ("N >= 3, W != 0 => w_(2)^2 < S_2(W)/2", [["1", 2], ["0", 1]]),
    ],
)
def test_single_entries_in_order_are_searched(text, entries):
    assert search(read(text)).witness.to_json()["W"] == entries
