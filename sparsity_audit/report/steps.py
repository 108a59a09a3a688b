"""The steps of a stored derivation, as a reader is shown them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    said: set[Formula] = set()
    steps = []
    for step in stored["steps"]:
        node = nodes[step["node"]]
        given = tuple(sorted(map(_formula, node["hypotheses"]), key=lambda f: f.text))
        steps.append(
            ShownStep(
                shown=_formula(node["conclusion"]),
                reason=step["reason"],
                added=tuple(f for f in given if f not in said),
                given=given,
                rule=node["rule"].replace("_", " "),
                rules=_beneath(nodes, step["node"]),
            )
        )
        said.update(given)
    return tuple(steps)


def _formula(wire: Any) -> Formula:
    return formula(from_wire(wire))


def _beneath(nodes: list[dict[str, Any]], top: int) -> int:
    """Return how many nodes a node rests on, itself included."""
    found, waiting = {top}, [top]
    while waiting:
        for premise in nodes[waiting.pop()]["premises"]:
            if premise not in found:
                found.add(premise)
                waiting.append(premise)
    return len(found)
