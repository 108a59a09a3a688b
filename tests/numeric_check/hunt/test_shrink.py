"""The same smallest witness from every start, slivers included."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numeric_check.certifier.witness import complexity
from numeric_check.hunt.candidate import Trial
from numeric_check.hunt.pieces import Task, run_piece
from numeric_check.hunt.sampler import Fixed
from numeric_check.hunt.search import Searcher, programs_of, search
from numeric_check.hunt.shrink.order import key
from numeric_check.hunt.shrink.rationals import of_complexity, simplest_near
from numeric_check.hunt.shrink.shrinker import PATIENCE
from symbolic_proofs import claim as read
from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.claims.notation import I, R, alpha, nonzero, p, q, threshold, x
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.operations import scalar
from symbolic_proofs.language.vectors import concat
from symbolic_proofs.measures import find_measure


def bump(eps):
    """Adding to an entry raises I: true from the threshold on, stated a little below it."""
    return claim(
        f"bump.{eps.denominator}", "peers", "adding raises I, up to a sliver",
        given=(p < q, nonzero(R), x >= (1 - scalar(eps)) * threshold(R)),
        then=I(concat(x + alpha, R)) > I(concat(x, R)),
    )  # fmt: skip


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("digits", [1, 3, 6, 9])
def test_a_sliver_of_any_width_has_the_same_least_witness(digits, seed):
    eps = Fraction(1, 10**digits)
    result = search(bump(eps), seed=seed)
    assert result.witness.to_json() == {
        "R": [[str(10**digits), 1]], "alpha": "1", "n": "1", "p": "1", "q": "2",
        "x": str(10**digits - 1),
    }  # fmt: skip
    assert result.certificate.method == "exact"


def test_at_fixed_exponents_and_length_the_sliver_is_found_too():
    result = search(bump(Fraction(1, 10**9)), p=1, q=2, dim=4)
    assert result.witness.vectors["R"] == ((10**9, 3),)


@pytest.mark.parametrize(
    ("p", "q", "rest", "numbers"),
    [("1/4", "1/2", ("1/4", 7), (1, 8, 5)), ("1/4", "3/4", ("1/5", 19), (1, 11, 8)),
     ("1/2", "3/4", ("1/7", 55), (1, 11, 8))],
)  # fmt: skip
def test_a_long_witness_shrinks_to_the_first_length_that_fails(p, q, rest, numbers):
    # found at N in the hundreds; they exist from N = 9, 21 and 57 on
    robin_hood = find_claim("criteria.robin-hood")
    found = [search(robin_hood, p=Fraction(p), q=Fraction(q), seed=seed) for seed in (0, 5)]
    for witness in (result.witness for result in found):
        assert witness.vectors["R"] == ((Fraction(rest[0]), rest[1]),)
        assert tuple(witness.scalars[n] for n in ("epsilon", "u", "v")) == numbers


def shrinkers_of(claim_):
    """The shrinkers that a search of the claim has, and how often their judges are asked."""
    hunt, asked = Searcher(claim_, {}, None, 0), []
    for shrinker in hunt.shrinkers:
        judge = shrinker.judge
        shrinker.judge = lambda witness, judge=judge: bool(asked.append(witness)) or judge(witness)
    return hunt.shrinkers, asked


@pytest.mark.parametrize(
    "name",
    ["range.dense-is-zero", "scaling.magnitudes", "sensitivity.count", "zeros.p-norm",
     "time.printed-normaliser", "firing.lowers.weights", "adjust.concentration"],
)  # fmt: skip
def test_step_by_step_the_witness_is_the_one_that_enumeration_finds_at_once(name):
    (shrinker,), _ = shrinkers_of(find_claim(name))
    least = shrinker.simplest
    (program,) = programs_of(find_claim(name))
    task = Task((program,), 0, Fixed())
    starts = (trial for number in (2, 3) for _, trial in run_piece(task, number, 4096).sure)
    rational = [t for start in islice(starts, 4) if (t := shrinker.rational(start)) is not None]
    assert rational
    assert all(shrinker.smallest(start) == least for start in rational)


def test_what_the_judge_refuses_again_and_again_is_not_enumerated():
    # past some height tanh is 1 to every precision: floats call each of these a tie
    criteria = criteria_of(find_measure("minus-tanh"))
    (bill_gates,) = (c for c in criteria if c.id.endswith("bill-gates"))
    (shrinker,), asked = shrinkers_of(bill_gates)
    assert shrinker.simplest is None
    assert 0 < len(asked) <= PATIENCE


def test_all_orders_of_the_entries_are_one_question_to_the_judge():
    def questions(text):
        (shrinker,), asked = shrinkers_of(read(text))
        scalars = {"N": Fraction(2), "p": Fraction(1), "q": Fraction(2)}
        for entries in ((1, 2), (2, 1), (1, 2)):
            trial = Trial(scalars, ((1, 1),), {"W": tuple(map(Fraction, entries))})
            assert not shrinker._accepts(trial)
        return len(asked)

    assert questions("p < q => ||W||_q <= ||W||_p") == 1
    assert questions("p < q => ||W||_q <= ||W||_p + sum_{i=1..N} |w_i - w_(i)|") == 2


@given(st.fractions(0, 50, max_denominator=7))
def test_every_fraction_has_its_level(value):
    assert value in of_complexity(complexity(value))


@given(st.fractions(-50, 50), st.integers(1, 12))
def test_the_simplest_fraction_near_is_near_and_no_less_simple(value, digits):
    tolerance = Fraction(1, 10**digits)
    near = simplest_near(value, tolerance)
    assert abs(near - value) <= abs(value) * tolerance
    assert near.denominator <= value.denominator


def test_the_order_is_entries_then_values_then_simplicity():
    (program,) = programs_of(find_claim("zeros.raise"))

    def trial(times, values, n, m=1, p=1, q=2):
        scalars = {"N": Fraction(n), "m": Fraction(m), "p": Fraction(p), "q": Fraction(q)}
        return Trial(scalars, (times,), {"W": tuple(map(Fraction, values))})

    ordered = [
        trial((1,), (9,), 1),
        trial((2,), (1,), 2),
        trial((2,), (3,), 2),
        trial((2,), (3,), 2, p=Fraction(1, 2)),
        trial((1, 1), (1, 0), 2),
        trial((3,), (1,), 3),
    ]
    keys = [key(program, t) for t in ordered]
    assert keys == sorted(keys)
    assert key(program, trial((1, 2), (1, 0), 3)) == key(program, trial((2, 1), (0, 1), 3))
