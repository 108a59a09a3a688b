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
from symbolic_proofs.derivations.replay import ReplayError, from_data, to_data, with_table
from symbolic_proofs.kernel.work import WorkLimitError, limited
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
        "arguments": [{"term": 0}, {"terms": []}, {"terms": []}],
        "hypotheses": [],
        "conclusion": 0,
    }
    return {**plain, **changed}


def derivation(*nodes: Any, steps: Any = None, terms: Any = (TRUE, "1")) -> dict[str, Any]:
    steps = [{"node": len(nodes) - 1, "reason": "by algebra"}] if steps is None else steps
    terms = [*terms] if isinstance(terms, tuple) else terms
    return {"schema": 2, "kind": "derivation", "terms": terms, "nodes": [*nodes], "steps": steps}


def in_first_schema(data: dict[str, Any]) -> dict[str, Any]:
    """Return a stored derivation as it was written before there was a table."""
    terms = data["terms"]

    def argument(data: Any) -> Any:
        match data:
            case {"term": k}:
                return {"term": terms[k]}
            case {"terms": places}:
                return {"terms": [terms[k] for k in places]}
            case {"values": pairs}:
                return {"values": [[terms[k], terms[v]] for k, v in pairs]}
        return data

    nodes = [
        {
            **node,
            "arguments": list(map(argument, node["arguments"])),
            "hypotheses": [terms[k] for k in node["hypotheses"]],
            "conclusion": terms[node["conclusion"]],
        }
        for node in data["nodes"]
    ]
    without = {key: value for key, value in data.items() if key != "terms"}
    return {**without, "schema": 1, "nodes": nodes}


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
        {"schema": 1, "kind": "derivation"},
        {"schema": 1, "kind": "derivation", "nodes": [], "steps": []},
        {"schema": 1, "kind": "derivation", "nodes": [node()], "steps": [{"node": 0}]},
        {"schema": 2, "kind": "derivation", "nodes": [], "steps": []},
        {"schema": 2, "kind": "certificate", "terms": [], "nodes": [], "steps": []},
        {**derivation(node()), "schema": 3},
        {**derivation(node()), "schema": True},
        derivation(node(), terms=None),
        derivation(node(), terms={"0": TRUE}),
        derivation(node(), terms=()),
        derivation(node(), terms=(TRUE, None)),
        derivation(node(), terms=(TRUE, 1)),
        derivation(node(), terms=(TRUE, {"term": "1"})),
        derivation(node(), terms=(TRUE, ["NonZero", "1"])),
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
        derivation(node(arguments=[{"term": 0, "terms": []}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"code": "1"}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": 0}, {"terms": "12"}, {"terms": []}])),
        derivation(node(arguments=[{"term": 0}, {"values": [[0]]}, {"terms": []}])),
        derivation(node(arguments=[{"term": 1}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": 2}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": -1}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": False}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": TRUE}, {"terms": []}, {"terms": []}])),
        derivation(node(arguments=[{"term": 0}, {"terms": []}, {"terms": [1]}])),
        derivation(node(), terms=(TRUE, nested(10**4))),
        derivation(node(), terms=(TRUE, ["+", *["1"] * 10**5])),
        derivation(node(hypotheses=None)),
        derivation(node(hypotheses=[1])),
        derivation(node(hypotheses=[0])),
        derivation(node(hypotheses=[TRUE])),
        derivation(node(conclusion=None)),
        derivation(node(conclusion=1)),
        derivation(node(conclusion=TRUE)),
        derivation(node(conclusion=2), terms=(TRUE, "1", ["=", "1", "1"])),
        derivation(*[node()] * 20_001),
    ],
)
def test_malformed_data_is_refused_in_one_line(data: Any) -> None:
    refused(data)


def test_a_cycle_in_the_data_is_refused() -> None:
    loop: list[Any] = ["Abs"]
    loop.append(loop)
    refused(derivation(node(), terms=(TRUE, loop)))


def test_numbers_that_take_long_are_not_worked_out() -> None:
    large = str(10**199 + 7)
    letter = ["sym", "p", "positive"]
    power = ["=", "1", ["^", large, letter]]
    refused(derivation(node(), terms=(power,)))
    raised = to_wire(Relation("=", p**p, p**p))
    put = {
        "rule": "instantiate",
        "premises": [0],
        "arguments": [{"values": [[2, 3]]}, {"terms": []}],
        "hypotheses": [],
        "conclusion": 1,
    }
    forged = derivation(node(), put, terms=(raised, TRUE, letter, large))
    assert "another conclusion" in refused(forged)


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
    everywhere = places(whole)
    nodes = [place for place in everywhere if place[:1] == ("nodes",)]
    *way, last = data.draw(st.sampled_from(everywhere[1:400] + nodes[:400]))
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
        assert way[:1] == ["steps"] or to_data(again) == whole


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
    changed["nodes"][-1]["conclusion"] = data["nodes"][0]["conclusion"]
    assert changed != data
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
    to_data(derivation)["terms"][-1].clear()
    assert json.dumps(to_data(derivation)) == before


@pytest.mark.parametrize("id_", ["scaling.invariance", "criteria.rising-tide", "cloning.norm"])
def test_a_derivation_of_the_first_schema_is_read(id_):
    data = to_data(prove(find_claim(id_)))
    first = in_first_schema(data)
    assert with_table(first) == data
    assert to_data(from_data(first)) == data


def test_a_formula_is_written_once():
    terms = [json.dumps(term) for term in stored()["terms"]]
    assert len(set(terms)) == len(terms)


def test_each_use_of_a_term_of_the_table_counts():
    data = derivation(node(arguments=[{"term": 0}, {"terms": [0] * 10**4}, {"terms": []}]))
    with limited(5_000), pytest.raises(WorkLimitError):
        from_data(data)
