"""The steps of a stored derivation, as a reader is shown them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symbolic_proofs.derivations.written_steps import one_by_one
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
    nodes = stored["nodes"]
    places = [step["node"] for step in stored["steps"]]
    steps = [_StoredStep.read(nodes[step["node"]], step["reason"]) for step in stored["steps"]]
    return tuple(
        ShownStep(
            shown=formula(line.steps[0].formula),
            reason=step.reason,
            added=tuple(map(formula, line.conditions)),
            given=tuple(map(formula, sorted(step.hypotheses, key=str))),
            rule=nodes[place]["rule"].replace("_", " "),
            rules=_beneath(nodes, place),
        )
        for place, step, line in zip(places, steps, one_by_one(steps), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _StoredStep:
    formula: Any
    hypotheses: frozenset[Any]
    reason: str

    @staticmethod
    def read(node: dict[str, Any], reason: str) -> _StoredStep:
        return _StoredStep(
            from_wire(node["conclusion"]), frozenset(map(from_wire, node["hypotheses"])), reason
        )


def _beneath(nodes: list[dict[str, Any]], top: int) -> int:
    """Return how many nodes a node rests on, itself included."""
    found, waiting = {top}, [top]
    while waiting:
        for premise in nodes[waiting.pop()]["premises"]:
            if premise not in found:
                found.add(premise)
                waiting.append(premise)
    return len(found)
