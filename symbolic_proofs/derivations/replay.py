"""Derivations as JSON, and back through the kernel.

A stored derivation lists every application of a rule, lemmas included, in an order in which each
premise comes before its use. Reading it back applies each rule again and compares what comes out
with what was stored: nothing in the file is believed, and nothing in it is evaluated.

Derivations share lemmas and say the same things again and again. So what a rule made of some
premises and a text is kept, under these premises and this text, and what a text states is too: a
pure function of them, asked once. A line that stands twice in a derivation stays two.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import Any

import sympy as sp

from ..errors import SymbolicProofsError
from ..kernel import RULES, KernelError, Theorem
from ..kernel.work import WorkLimitError, limited, spend_rule
from ..language.formulas import Formula
from ..language.serialization import WireError, from_wire, to_wire
from .derivation import Derivation, Step

SCHEMA = 1
_MOST_NODES = 20_000
_MOST_ARGUMENTS = 1_000
_LONGEST_MESSAGE = 300
#: how many nodes, and how many terms and formulas, are kept
_KEPT_NODES, _KEPT_TERMS = 8_192, 16_384
#: a rule, its premises, and the text of its arguments and of what it is said to give
_Line = tuple[str, tuple[Theorem, ...], str]


class ReplayError(SymbolicProofsError, ValueError):
    """A stored derivation that the kernel does not confirm; the message says where."""


def to_data(derivation: Derivation) -> dict[str, Any]:
    """Return the derivation as JSON-able data."""
    numbers: dict[int, int] = {}
    nodes: list[dict[str, Any]] = []

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
                nodes.append(_node(top, [numbers[id(p)] for p in top.premises]))
        return numbers[id(theorem)]

    steps = [{"node": put(step.theorem), "reason": step.reason} for step in derivation.steps]
    return {"schema": SCHEMA, "kind": "derivation", "nodes": nodes, "steps": steps}


def _node(theorem: Theorem, premises: list[int]) -> dict[str, Any]:
    return {
        "rule": theorem.rule,
        "premises": premises,
        "arguments": [_write(argument) for argument in theorem.arguments],
        "hypotheses": list(map(_written, sorted(theorem.hypotheses, key=_key))),
        "conclusion": _written(theorem.conclusion),
    }


@lru_cache(maxsize=_KEPT_TERMS)
def _key(node: sp.Basic) -> str:
    return str(_written(node))


@lru_cache(maxsize=_KEPT_TERMS)
def _text(node: sp.Basic) -> str:
    return json.dumps(to_wire(node))


def _written(node: sp.Basic) -> Any:
    # lists of its own for each, so that whoever changes one changes no other
    return json.loads(_text(node))


def _write(argument: Any) -> Any:
    if isinstance(argument, sp.Basic):
        return {"term": _written(argument)}
    if isinstance(argument, dict):
        pairs = sorted(argument.items(), key=lambda pair: str(pair[0]))
        return {"values": [[_written(key), _written(value)] for key, value in pairs]}
    if isinstance(argument, tuple | list):
        return {"terms": [_written(part) for part in argument]}
    if argument is None or isinstance(argument, bool):
        return argument
    raise TypeError(f"{argument!r} is not an argument of a rule")


def from_data(data: Any) -> Derivation:
    """Return the derivation that the data describe, every step made again by the kernel.

    Raises ReplayError when the data are malformed, or a rule refuses a step, or a step's
    hypotheses or conclusion are not those that the rule gives; WorkLimitError past a limit.
    """
    if (
        not isinstance(data, dict)
        or data.get("kind") != "derivation"
        or data.get("schema") != SCHEMA
    ):
        raise ReplayError(
            "this is not a stored derivation of schema 1; write one with `derive ID --format json`"
        )
    nodes, shown = data.get("nodes"), data.get("steps")
    if (
        not isinstance(nodes, list)
        or not isinstance(shown, list)
        or not shown
        or len(nodes) > _MOST_NODES
    ):
        raise ReplayError("a derivation needs a list of nodes and a list of steps")
    theorems: list[Theorem] = []
    copies: Counter[_Line] = Counter()
    for number, node in enumerate(nodes):
        try:
            theorems.append(_made_again(node, theorems, copies))
        except (KernelError, WireError, ReplayError) as error:
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


def _made_again(node: Any, theorems: list[Theorem], copies: Counter[_Line]) -> Theorem:
    if not isinstance(node, dict):
        raise ReplayError("not an object")
    name = node.get("rule")
    if not isinstance(name, str) or name not in RULES:
        raise ReplayError(f"there is no rule {name!r}")
    premises, arguments = node.get("premises"), node.get("arguments")
    if (
        not isinstance(premises, list)
        or not isinstance(arguments, list)
        or len(arguments) > _MOST_ARGUMENTS
    ):
        raise ReplayError("premises and arguments are lists")
    if any(type(k) is not int or not 0 <= k < len(theorems) for k in premises):
        raise ReplayError("a premise comes before the step that uses it")
    given = tuple(theorems[k] for k in premises)
    said = [arguments, node.get("hypotheses"), node.get("conclusion")]
    line = name, given, json.dumps(said)
    copies[line] += 1
    with limited() as meter:
        made = _confirmed(line, copies[line])
    if not meter.rules:
        # applied before: it counts, so that no count of rules depends on what was asked before
        spend_rule()
    return made


@lru_cache(maxsize=_KEPT_NODES)
def _confirmed(line: _Line, copy: int) -> Theorem:
    name, given, said = line
    arguments, hypotheses, conclusion = json.loads(said)
    made = RULES[name](*given, *map(_read, arguments))
    if not isinstance(hypotheses, list):
        raise ReplayError("hypotheses are a list")
    if frozenset(map(_formula, hypotheses)) != made.hypotheses:
        raise ReplayError(f"the rule {name} gives other hypotheses than those stored")
    if _formula(conclusion) != made.conclusion:
        raise ReplayError(f"the rule {name} gives another conclusion than the one stored")
    return made


@lru_cache(maxsize=_KEPT_TERMS)
def _stated(text: str) -> Any:
    return from_wire(json.loads(text))


def _read_wire(data: Any) -> Any:
    return _stated(json.dumps(data))


def _formula(data: Any) -> Formula:
    formula = _read_wire(data)
    if not isinstance(formula, Formula):
        raise ReplayError("a term stands where a formula should")
    return formula


def _read(argument: Any) -> Any:
    if argument is None or isinstance(argument, bool):
        return argument
    if isinstance(argument, dict) and len(argument) == 1:
        if "term" in argument:
            return _read_wire(argument["term"])
        if "terms" in argument and isinstance(argument["terms"], list):
            return tuple(map(_read_wire, argument["terms"]))
        if "values" in argument and isinstance(argument["values"], list):
            return {_read_wire(key): _read_wire(value) for key, value in argument["values"]}
    raise ReplayError("an argument is a term, a list of terms or a list of values")
