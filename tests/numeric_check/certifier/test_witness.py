"""Witnesses: one form for each, exact round trips, and no trust in what is read."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numeric_check.certifier.witness import (
    MAX_BITS,
    Witness,
    WitnessError,
    blocks,
    parse_number,
    total_length,
)

numbers = st.fractions(max_denominator=10**6) | st.sampled_from([F(1, 10**300), F(-(10**300))])
vectors = st.lists(st.tuples(numbers, st.integers(1, 10**12)), max_size=4).map(tuple)
witnesses = st.builds(
    Witness,
    scalars=st.dictionaries(st.sampled_from(["p", "q", "alpha", "x'"]), numbers),
    vectors=st.dictionaries(st.sampled_from(["W", "V", "R"]), vectors),
    families=st.dictionaries(st.sampled_from(["U"]), st.lists(vectors, max_size=3).map(tuple)),
)


@given(witnesses)
@settings(max_examples=100, deadline=None)
def test_json_and_pickle_give_the_same_witness_back(witness: Witness) -> None:
    text = json.dumps(witness.to_json())
    again = Witness.from_json(json.loads(text))
    assert again == witness
    assert hash(again) == hash(witness)
    assert json.dumps(again.to_json()) == text
    assert pickle.loads(pickle.dumps(witness)) == witness


def test_the_json_is_the_one_of_the_contract() -> None:
    data = {
        "W": [["1", 2], ["0", 1]],
        "Z": {"steps": [[["1/2", 1]], []]},
        "p": "1",
        "q": "2",
        "x": "-5/3",
    }
    witness = Witness.from_json(data)
    assert witness.to_json() == data
    assert witness.vectors["W"] == ((F(1), 2), (F(0), 1))
    assert witness.families["Z"] == (((F(1, 2), 1),), ())


def test_equal_neighbours_are_one_block() -> None:
    assert blocks([(1, 1), (1, 2), (0, 1), (1, 1)]) == ((F(1), 3), (F(0), 1), (F(1), 1))
    assert total_length(blocks([(1, 10**12), (2, 1)])) == 10**12 + 1


def test_a_witness_can_not_be_changed() -> None:
    witness = Witness({"p": F(1)})
    with pytest.raises(TypeError):
        witness.scalars["p"] = F(2)  # type: ignore[index]
    with pytest.raises(AttributeError):
        witness.scalars = {}  # type: ignore[misc]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "p",
        {"p": 1},
        {"p": 0.5},
        {"p": None},
        {"p": True},
        {"p": "0.5"},
        {"p": "1e9"},
        {"p": "1e999999999"},
        {"p": "1/0"},
        {"p": "1/-2"},
        {"p": " 1"},
        {"p": "1\n"},
        {"p": "1_0"},
        {"p": "٣"},
        {"p": "+1"},
        {"p": "nan"},
        {"p": "inf"},
        {"p": ""},
        {"p": "9" * 4001},
        {"p": "9" * 4000},
        {"p": "__import__('os')"},
        {"": "1"},
        {"_1": "1"},
        {"p q": "1"},
        {"p" * 100: "1"},
        {"W": [["1"]]},
        {"W": [["1", 2, 3]]},
        {"W": [["1", 0]]},
        {"W": [["1", -1]]},
        {"W": [["1", True]]},
        {"W": [["1", 1.0]]},
        {"W": [["1", "2"]]},
        {"W": [["1", 10**101]]},
        {"W": [[1, 2]]},
        {"W": ["12"]},
        {"W": [{"0": "1", "1": 2}]},
        {"W": {"steps": "W"}},
        {"W": {"steps": [["1", 2]]}},
        {"W": {"steps": [], "more": 1}},
        {"W": {}},
        {f"a{i}": "1" for i in range(1000)},
    ],
)
def test_hostile_json_is_refused_in_one_line(data: object) -> None:
    with pytest.raises(WitnessError) as caught:
        Witness.from_json(data)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_what_is_no_rational_number_is_refused() -> None:
    for value in (0.5, True, "1", 2**MAX_BITS, F(1, 2**MAX_BITS), None):
        with pytest.raises(WitnessError):
            Witness({"p": value})  # type: ignore[dict-item]
    with pytest.raises(WitnessError):
        Witness({"W": F(1)}, {"W": ((F(1), 1),)})
    with pytest.raises(WitnessError):
        Witness({}, {"W": tuple((F(i), 1) for i in range(300_000))})


def test_numbers_are_read_exactly() -> None:
    assert parse_number("-0") == 0
    assert parse_number("6/4") == F(3, 2)
    assert parse_number("1/" + "1" + "0" * 300) == F(1, 10**300)
