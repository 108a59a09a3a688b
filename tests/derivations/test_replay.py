"""Stored derivations that are hostile: one clear line, no other exception, no long wait."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.derivations.replay import ReplayError, from_data, to_data
from symbolic_proofs.kernel.work import limited
from symbolic_proofs.language.formulas import Relation
from symbolic_proofs.language.serialization import to_wire
from symbolic_proofs.language.symbols import positive, real
from symbolic_proofs.proofs import prove

x, p = real("x"), positive("p")
TRUE = to_wire(Relation("=", x, x))


@cache
def text() -> str:
    derivation = prove(find_claim("scaling.invariance"))
    assert derivation is not None
    return json.dumps(to_data(derivation))


def stored() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text())
    return data


def node(**changed: Any) -> dict[str, Any]:
    plain = {
        "rule": "arithmetic",
        "premises": [],
        "arguments": [{"term": TRUE}, {"terms": []}, {"terms": []}],
        "hypotheses": [],
        "conclusion": TRUE,
    }
    return {**plain, **changed}


def derivation(*nodes: Any, steps: Any = None) -> dict[str, Any]:
    steps = [{"node": len(nodes) - 1, "reason": "by algebra"}] if steps is None else steps
    return {"schema": 1, "kind": "derivation", "nodes": [*nodes], "steps": steps}


def refused(data: Any) -> str:
    with pytest.raises(ReplayError) as caught:
        from_data(data)
    message = str(caught.value)
    assert message.strip()
    assert "\n" not in message
    assert len(message) < 500
    return message


def test_what_is_written_is_read_back() -> None:
    again = from_data(stored())
    first = prove(find_claim("scaling.invariance"))
    assert first is not None
    assert again.theorem.conclusion == first.theorem.conclusion
    assert again.theorem.hypotheses == first.theorem.hypotheses
    assert [s.reason for s in again.steps] == [s.reason for s in first.steps]
    assert json.dumps(to_data(again)) == text()
    assert from_data(derivation(node())).theorem.conclusion == Relation("=", x, x)


def nested(depth: int) -> Any:
    deep: Any = "1"
    for _ in range(depth):
        deep = ["Abs", deep]
    return deep


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "derivation",
        3.5,
        {},
        {"schema": 1},
        {"schema": 2, "kind": "derivation", "nodes": [], "steps": []},
        {"schema": 1, "kind": "certificate", "nodes": [], "steps": []},
        derivation(),
        derivation(steps=[]),
        derivation(node(), steps={}),
        derivation(node(), steps=[0]),
        derivation(node(), steps=[{"node": 0}]),
        derivation(node(), steps=[{"node": 1, "reason": ""}]),
        derivation(node(), steps=[{"node": -1, "reason": ""}]),
        derivation(node(), steps=[{"node": True, "reason": ""}]),
        derivation(node(), steps=[{"node": 0.0, "reason": ""}]),
        derivation(node(), steps=[{"node": 0, "reason": 1}]),
        derivation(None),
        derivation([]),
        derivation({}),
        derivation(node(rule="eval")),
        derivation(node(rule="__import__")),
        derivation(node(rule=None)),
        derivation(node(rule=["arithmetic"])),
        derivation(node(rule="x" * 10**6)),
        derivation(node(premises=None)),
        derivation(node(premises=[0])),
        derivation(node(premises=[-1])),
        derivation(node(premises=[True])),
        derivation(node(premises=["0"])),
        derivation(node(), node(premises=[1])),
        derivation(node(premises=[0] * 10**5)),
        derivation(node(arguments=None)),
        derivation(node(arguments=[])),
        derivation(node(arguments=[None] * 1001)),
        derivation(node(arguments=[None, None, None])),
        derivation(node(arguments=["x", "y", "z"])),
        derivation(node(arguments=[{"term": TRUE, "terms": []}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"code": "1"}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": TRUE}, {"terms": "12"}, {"terms": []}])),
        derivation(node(arguments=[{"term": TRUE}, {"values": [["1"]]}, {"terms": []}])),
        derivation(node(arguments=[{"term": ["sym", "x", "real"]}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": TRUE}, {"terms": []}, {"terms": ["1"]}])),
        derivation(node(arguments=[{"term": nested(10**4)}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": ["+", *["1"] * 10**5]}, {"terms": []}, {"terms": []}])),
        derivation(node(hypotheses=None)),
        derivation(node(hypotheses=["1"])),
        derivation(node(hypotheses=[TRUE])),
        derivation(node(conclusion=None)),
        derivation(node(conclusion="1")),
        derivation(node(conclusion=["=", "1", "1"])),
        derivation(*[node()] * 20_001),
    ],
)
def test_malformed_data_is_refused_in_one_line(data: Any) -> None:
    refused(data)


def test_a_cycle_in_the_data_is_refused() -> None:
    loop: list[Any] = ["Abs"]
    loop.append(loop)
    refused(derivation(node(arguments=[{"term": loop}, {"terms": []}, {"terms": []}])))


def test_numbers_that_take_long_are_not_worked_out() -> None:
    large = str(10**199 + 7)
    letter = ["sym", "p", "positive"]
    power = ["=", "1", ["^", large, letter]]
    terms = [{"term": power}, {"terms": []}, {"terms": []}]
    refused(derivation(node(arguments=terms, conclusion=power)))
    raised = to_wire(Relation("=", p**p, p**p))
    first = node(arguments=[{"term": raised}, {"terms": []}, {"terms": []}], conclusion=raised)
    put = {
        "rule": "instantiate",
        "premises": [0],
        "arguments": [{"values": [[letter, large]]}, {"terms": []}],
        "hypotheses": [],
        "conclusion": TRUE,
    }
    assert "another conclusion" in refused(derivation(first, put))


def places(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at]
    if isinstance(data, dict):
        for key, value in data.items():
            found += places(value, (*at, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            found += places(value, (*at, number))
    return found


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**6),
    st.text(max_size=8),
    st.sampled_from(["0", "-1", "1/0", "_1", "NonZero", "ForAll", "exp", "log", "vec", "Total"]),
    st.lists(st.sampled_from(["1", "sym", "x", "real", "+"]), max_size=4),
    st.dictionaries(st.sampled_from(["term", "terms", "values", "rule"]), st.none(), max_size=2),
)


@settings(max_examples=60, derandomize=True, database=None)
@given(st.data(), JUNK)
def test_junk_anywhere_is_refused_or_changes_nothing(data: Any, junk: Any) -> None:
    whole = stored()
    *way, last = data.draw(st.sampled_from(places(whole)[1:400]))
    forged = copy.deepcopy(whole)
    inside: Any = forged
    for step in way:
        inside = inside[step]
    inside[last] = junk
    try:
        again = from_data(forged)
    except ReplayError:
        refused(forged)
    else:
        # only what is shown, and the reasons given for it, are free
        assert again.theorem.conclusion is not None
        assert way[:1] == ["steps"] or forged == whole


def test_a_line_that_was_read_before_counts_as_often_as_the_first_time():
    data = to_data(prove(find_claim("scaling.norm")))
    rules = []
    for _ in range(2):
        with limited() as meter:
            from_data(json.loads(json.dumps(data)))
        rules.append(meter.rules)
    assert rules[0] == rules[1] >= len(data["nodes"])


def test_what_is_read_a_second_time_is_refused_like_the_first():
    data = to_data(prove(find_claim("scaling.norm")))
    from_data(data)
    changed = json.loads(json.dumps(data))
    other = next(n for n in data["nodes"] if n["conclusion"] != data["nodes"][-1]["conclusion"])
    changed["nodes"][-1]["conclusion"] = other["conclusion"]
    for _ in range(2):
        with pytest.raises(ReplayError, match="another conclusion"):
            from_data(changed)


def test_a_line_that_stands_twice_in_a_derivation_is_written_twice():
    data = to_data(prove(find_claim("scaling.norm")))
    first = data["nodes"][0]
    twice = dict(data)
    twice["nodes"] = [first] + [
        {**node, "premises": [k + 1 for k in node["premises"]]} for node in data["nodes"]
    ]
    twice["steps"] = [{"node": 0, "reason": "first"}] + [
        {**step, "node": step["node"] + 1} for step in data["steps"]
    ]
    assert to_data(from_data(twice)) == twice


def test_what_is_written_is_the_writers_own():
    derivation = prove(find_claim("scaling.norm"))
    before = json.dumps(to_data(derivation))
    to_data(derivation)["nodes"][-1]["conclusion"].clear()
    assert json.dumps(to_data(derivation)) == before
