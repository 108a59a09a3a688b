"""The steps of a stored derivation, as a reader is shown them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symbolic_proofs.derivations.written_steps import PlainStep, one_by_one
from symbolic_proofs.language.serialization import from_wire

from .formulas import Formula, formula


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One line of a proof.

    `added` are the hypotheses that it brings in, `given` all that it rests on; `rules` counts the
    applications of rules of the kernel that led to it.
    """

    shown: Formula
    reason: str
    added: tuple[Formula, ...]
    given: tuple[Formula, ...]
    rule: str
    rules: int


def shown_steps(stored: dict[str, Any]) -> tuple[ShownStep, ...]:
    """Return the steps of a derivation that a verdict rests on, from its record."""
    nodes, wires = stored["nodes"], stored["terms"]
    places = [step["node"] for step in stored["steps"]]
    steps = [_stored(wires, nodes[step["node"]], step["reason"]) for step in stored["steps"]]
    return tuple(
        ShownStep(
            shown=formula(step.formula),
            reason=step.reason,
            added=tuple(map(formula, line.conditions)),
            given=tuple(map(formula, sorted(step.hypotheses, key=str))),
            rule=nodes[place]["rule"].replace("_", " "),
            rules=_beneath(nodes, place),
        )
        for place, line in zip(places, one_by_one(steps), strict=True)
        for step in line.steps
    )


def _stored(wires: list[Any], node: dict[str, Any], reason: str) -> PlainStep:
    hypotheses = frozenset(from_wire(wires[place]) for place in node["hypotheses"])
    return PlainStep(from_wire(wires[node["conclusion"]]), hypotheses, reason)


def _beneath(nodes: list[dict[str, Any]], top: int) -> int:
    """Return how many nodes a node rests on, itself included."""
    found, waiting = {top}, [top]
    while waiting:
        for premise in nodes[waiting.pop()]["premises"]:
            if premise not in found:
                found.add(premise)
                waiting.append(premise)
    return len(found)
