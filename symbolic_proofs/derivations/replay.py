"""Derivations as JSON, and back through the kernel.

A stored derivation lists every application of a rule, lemmas included, in an order in which each
premise comes before its use. Reading it back applies each rule again and compares what comes out
with what was stored: nothing in the file is believed, and nothing in it is evaluated.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ..kernel import RULES, KernelError, Theorem
from ..kernel.work import WorkLimitError
from ..language.formulas import Formula
from ..language.serialization import WireError, from_wire, to_wire
from .derivation import Derivation, Step

SCHEMA = 1
_MOST_NODES = 20_000
_MOST_ARGUMENTS = 1_000
_LONGEST_MESSAGE = 300


class ReplayError(ValueError):
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
        "hypotheses": sorted((to_wire(h) for h in theorem.hypotheses), key=str),
        "conclusion": to_wire(theorem.conclusion),
    }


def _write(argument: Any) -> Any:
    if isinstance(argument, sp.Basic):
        return {"term": to_wire(argument)}
    if isinstance(argument, dict):
        pairs = sorted(argument.items(), key=lambda pair: str(pair[0]))
        return {"values": [[to_wire(key), to_wire(value)] for key, value in pairs]}
    if isinstance(argument, tuple | list):
        return {"terms": [to_wire(part) for part in argument]}
    if argument is None or isinstance(argument, bool):
        return argument
    raise TypeError(f"{argument!r} is no argument of a rule")


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
            "this is no stored derivation of schema 1; write one with `derive ID --format json`"
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
    for number, node in enumerate(nodes):
        try:
            theorems.append(_made_again(node, theorems))
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


def _made_again(node: Any, theorems: list[Theorem]) -> Theorem:
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
    made = RULES[name](*(theorems[k] for k in premises), *map(_read, arguments))
    stored = node.get("hypotheses")
    if not isinstance(stored, list):
        raise ReplayError("hypotheses are a list")
    if frozenset(map(_formula, stored)) != made.hypotheses:
        raise ReplayError(f"the rule {name} gives other hypotheses than those stored")
    if _formula(node.get("conclusion")) != made.conclusion:
        raise ReplayError(f"the rule {name} gives another conclusion than the one stored")
    return made


def _formula(data: Any) -> Formula:
    formula = from_wire(data)
    if not isinstance(formula, Formula):
        raise ReplayError("a term stands where a formula should")
    return formula


def _read(argument: Any) -> Any:
    if argument is None or isinstance(argument, bool):
        return argument
    if isinstance(argument, dict) and len(argument) == 1:
        if "term" in argument:
            return from_wire(argument["term"])
        if "terms" in argument and isinstance(argument["terms"], list):
            return tuple(map(from_wire, argument["terms"]))
        if "values" in argument and isinstance(argument["values"], list):
            return {from_wire(key): from_wire(value) for key, value in argument["values"]}
    raise ReplayError("an argument is a term, a list of terms or a list of values")
