"""Derivations as JSON, and back through the kernel.

A stored derivation lists every application of a rule, lemmas included, in an order in which each
premise comes before its use. Reading it back applies each rule again and compares what comes out
with what was stored: nothing in the file is believed, and nothing in it is evaluated.

A derivation says the same formulas again and again. So each is written once, in a table, and a node
gives its place there: `"terms": [wire, ..]`, and `{"term": 3}`, `"hypotheses": [0, 2]`,
`"conclusion": 3`. Schema 1 had the formulas themselves in these places; `with_table` rewrites it.

Derivations share lemmas too. What a rule made of some premises and arguments is kept, under these,
and what a text states is too: a pure function of them, asked once. A line that stands twice in a
derivation stays two.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy as sp

from ..errors import SymbolicProofsError
from ..kernel import RULES, KernelError, Theorem
from ..kernel.work import WorkLimitError, limited, spend, spend_rule
from ..language.formulas import Formula
from ..language.serialization import WireError, from_wire, to_wire
from .derivation import Derivation, Step

SCHEMA = 2
_MOST_NODES = 20_000
_MOST_ARGUMENTS = 1_000
_LONGEST_MESSAGE = 300
_STORED = f"a stored derivation of schema {SCHEMA} or 1; write one with `derive ID --format json`"
#: how many nodes, and how many terms and formulas, are kept
_KEPT_NODES, _KEPT_TERMS = 8_192, 16_384
#: a rule, its premises, its arguments as `_read` gives them, the hypotheses and conclusion it gives
_Line = tuple[str, tuple[Theorem, ...], tuple[Any, ...], frozenset[sp.Basic], sp.Basic]


class ReplayError(SymbolicProofsError, ValueError):
    """A stored derivation that the kernel does not confirm; the message says where."""


def to_data(derivation: Derivation) -> dict[str, Any]:
    """Return the derivation as JSON-able data."""
    numbers: dict[int, int] = {}
    nodes: list[dict[str, Any]] = []
    table: dict[str, int] = {}

    def put(theorem: Theorem) -> int:
        # iterative, so that a long chain of lemmas does not reach Python's limit of recursion
        stack = [theorem]
        while stack:
            top = stack[-1]
            waiting = [p for p in top.premises if id(p) not in numbers]
            if waiting:
                stack.extend(reversed(waiting))
                continue
            stack.pop()
            if id(top) not in numbers:
                numbers[id(top)] = len(nodes)
                nodes.append(_node(top, [numbers[id(p)] for p in top.premises], table))
        return numbers[id(theorem)]

    steps = [{"node": put(step.theorem), "reason": step.reason} for step in derivation.steps]
    return {
        "schema": SCHEMA,
        "kind": "derivation",
        "terms": list(map(json.loads, table)),
        "nodes": nodes,
        "steps": steps,
    }


def _node(theorem: Theorem, premises: list[int], table: dict[str, int]) -> dict[str, Any]:
    def place(node: sp.Basic) -> int:
        return table.setdefault(_text(node), len(table))

    return {
        "rule": theorem.rule,
        "premises": premises,
        "arguments": [_write(argument, place) for argument in theorem.arguments],
        "hypotheses": [place(given) for given in sorted(theorem.hypotheses, key=_key)],
        "conclusion": place(theorem.conclusion),
    }


@lru_cache(maxsize=_KEPT_TERMS)
def _text(node: sp.Basic) -> str:
    return json.dumps(to_wire(node))


@lru_cache(maxsize=_KEPT_TERMS)
def _key(node: sp.Basic) -> str:
    return str(to_wire(node))


def _write(argument: Any, place: Callable[[sp.Basic], int]) -> Any:
    if isinstance(argument, sp.Basic):
        return {"term": place(argument)}
    if isinstance(argument, dict):
        pairs = sorted(argument.items(), key=lambda pair: str(pair[0]))
        return {"values": [[place(key), place(value)] for key, value in pairs]}
    if isinstance(argument, tuple | list):
        return {"terms": list(map(place, argument))}
    if argument is None or isinstance(argument, bool):
        return argument
    raise TypeError(f"{argument!r} is not an argument of a rule")


def with_table(data: dict[str, Any]) -> dict[str, Any]:
    """Return a derivation of schema 1 as one of schema 2, without reading what it says.

    Raises KeyError, TypeError, ValueError or RecursionError for data of another form.
    """
    table: dict[str, int] = {}

    def place(wire: Any) -> int:
        return table.setdefault(json.dumps(wire), len(table))

    def argument(data: Any) -> Any:
        match data:
            case {"term": wire}:
                return {"term": place(wire)}
            case {"terms": wires}:
                return {"terms": list(map(place, wires))}
            case {"values": pairs}:
                return {"values": [[place(key), place(value)] for key, value in pairs]}
        return data

    nodes = [
        {
            **node,
            "arguments": list(map(argument, node["arguments"])),
            "hypotheses": list(map(place, node["hypotheses"])),
            "conclusion": place(node["conclusion"]),
        }
        for node in data["nodes"]
    ]
    return {**data, "schema": SCHEMA, "terms": list(map(json.loads, table)), "nodes": nodes}


def from_data(data: Any) -> Derivation:
    """Return the derivation that the data describe, every step made again by the kernel.

    Raises ReplayError when the data are malformed, or a rule refuses a step, or a step's
    hypotheses or conclusion are not those that the rule gives; WorkLimitError past a limit.
    """
    if not isinstance(data, dict) or data.get("kind") != "derivation":
        raise ReplayError(f"this is not {_STORED}")
    if data.get("schema") == 1:
        try:
            data = with_table(data)
        except (KeyError, TypeError, ValueError, RecursionError):
            raise ReplayError("it is not a derivation of schema 1, as it says") from None
    if data.get("schema") != SCHEMA:
        raise ReplayError(f"this is not {_STORED}")
    wires, nodes, shown = data.get("terms"), data.get("nodes"), data.get("steps")
    if (
        not isinstance(wires, list)
        or not isinstance(nodes, list)
        or not isinstance(shown, list)
        or not shown
        or len(nodes) > _MOST_NODES
    ):
        raise ReplayError("a derivation needs a list of terms, one of nodes and one of steps")
    table = []
    for number, wire in enumerate(wires):
        try:
            table.append(_stated(json.dumps(wire)))
        except (WireError, TypeError, ValueError, RecursionError) as error:
            raise ReplayError(f"term {number}: {_one_line(error)}") from error
    theorems: list[Theorem] = []
    copies: Counter[_Line] = Counter()
    for number, node in enumerate(nodes):
        try:
            theorems.append(_made_again(node, theorems, table, copies))
        except (KernelError, ReplayError) as error:
            raise ReplayError(f"node {number}: {_one_line(error)}") from error
        except WorkLimitError:
            raise
        except Exception as error:
            # SymPy has many ways to choke on what is not meant to be; none is the reader's fault
            raise ReplayError(f"node {number} is malformed: {_one_line(error)}") from error
    steps = []
    for step in shown:
        where = step.get("node") if isinstance(step, dict) else None
        reason = step.get("reason") if isinstance(step, dict) else None
        if type(where) is not int or not 0 <= where < len(theorems) or not isinstance(reason, str):
            raise ReplayError("a step needs the number of its node and a reason")
        steps.append(Step(theorems[where], reason))
    return Derivation(tuple(steps))


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= _LONGEST_MESSAGE else text[:_LONGEST_MESSAGE] + "..."


def _made_again(
    node: Any, theorems: list[Theorem], table: list[Any], copies: Counter[_Line]
) -> Theorem:
    if not isinstance(node, dict):
        raise ReplayError("not an object")
    name = node.get("rule")
    if not isinstance(name, str) or name not in RULES:
        raise ReplayError(f"there is no rule {name!r}")
    premises, arguments = node.get("premises"), node.get("arguments")
    hypotheses = node.get("hypotheses")
    if (
        not isinstance(premises, list)
        or not isinstance(arguments, list)
        or not isinstance(hypotheses, list)
        or len(arguments) > _MOST_ARGUMENTS
    ):
        raise ReplayError("premises, arguments and hypotheses are lists")
    line = (
        name,
        tuple(_at(theorems, k, "a premise comes before the step that uses it") for k in premises),
        tuple(_read(argument, table) for argument in arguments),
        frozenset(_formula(table, k) for k in hypotheses),
        _formula(table, node.get("conclusion")),
    )
    copies[line] += 1
    with limited() as meter:
        made = _confirmed(line, copies[line])
    if not meter.rules:
        # applied before: it counts, so that no count of rules depends on what was asked before
        spend_rule()
    return made


@lru_cache(maxsize=_KEPT_NODES)
def _confirmed(line: _Line, copy: int) -> Theorem:
    name, given, arguments, hypotheses, conclusion = line
    made = RULES[name](*given, *map(_argument, arguments))
    if hypotheses != made.hypotheses:
        raise ReplayError(f"the rule {name} gives other hypotheses than those stored")
    if conclusion != made.conclusion:
        raise ReplayError(f"the rule {name} gives another conclusion than the one stored")
    return made


@lru_cache(maxsize=_KEPT_TERMS)
def _stated(text: str) -> Any:
    return from_wire(json.loads(text))


def _at(listed: list[Any], place: Any, otherwise: str) -> Any:
    if type(place) is not int or not 0 <= place < len(listed):
        raise ReplayError(otherwise)
    # a table says in few bytes what is long: each use of it counts
    spend()
    return listed[place]


def _term(table: list[Any], place: Any) -> Any:
    return _at(table, place, "there is no term of this number")


def _formula(table: list[Any], place: Any) -> Formula:
    formula = _term(table, place)
    if not isinstance(formula, Formula):
        raise ReplayError("a term stands where a formula should")
    return formula


def _read(data: Any, table: list[Any]) -> Any:
    """Return an argument so that no two that differ are equal; `_argument` gives it as it is."""
    match data:
        case None | bool():
            return data
        case {"term": place} if len(data) == 1:
            return "term", _term(table, place)
        case {"terms": [*places]} if len(data) == 1:
            return "terms", tuple(_term(table, place) for place in places)
        case {"values": [*pairs]} if len(data) == 1:
            return "values", tuple((_term(table, k), _term(table, v)) for k, v in pairs)
    raise ReplayError("an argument is a term, a list of terms or a list of values")


def _argument(read: Any) -> Any:
    match read:
        case "values", pairs:
            return dict(pairs)
        case _, given:
            return given
    return read
