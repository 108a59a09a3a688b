"""What several derivations have in common, to be printed once.

Derivations that begin with the same steps (the same sequents for the same reasons) share them. A
beginning that many share is a lemma; what two share is printed in the first proof, and the second
refers to its steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from symbolic_proofs.derivations.derivation import Derivation, Step
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.formulas import Formula, normal

#: derivations that make a common beginning a lemma
MANY = 3
#: steps that are worth a reference
FEWEST = 2

Key = tuple[frozenset[Formula], Formula, str]
Keys = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class SharedSteps:
    """Steps that several derivations begin with, after those of another lemma, if any."""

    name: str
    steps: tuple[Step, ...]
    results: tuple[Step, ...]
    after: tuple[SharedSteps, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How to print a derivation: lemmas, steps printed in another proof, then steps of its own.

    `skipped` is the number of steps that the lemmas cover; `borrowed` of those after them stand in
    the proof of the claim `lender`.
    """

    lemmas: tuple[SharedSteps, ...]
    skipped: int
    lender: str | None
    borrowed: int
    steps: tuple[Step, ...]


@dataclass(slots=True)
class _Planner:
    derivations: Mapping[str, Derivation]
    keys: Mapping[str, Keys]
    lemmas: dict[Keys, SharedSteps] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)

    def plan(self, name: str) -> Plan:
        steps, keys = self.derivations[name].steps, self.keys[name]
        used = self._lemmas_of(name)
        skipped = max((len(k) for k, lemma in self.lemmas.items() if lemma in used), default=0)
        lender, shared = None, 0
        for other, plan in self.plans.items():
            common = _common(keys, self.keys[other])
            if plan.skipped == skipped and common > shared:
                lender, shared = other, common
        borrowed = shared - skipped
        # All of a proof may be another's; of a part, a single step is not worth a reference.
        if borrowed < FEWEST and not (borrowed > 0 and shared == len(keys)):
            lender, borrowed = None, 0
        return Plan(used, skipped, lender, borrowed, steps[skipped + borrowed :])

    def _lemmas_of(self, name: str) -> tuple[SharedSteps, ...]:
        steps, keys = self.derivations[name].steps, self.keys[name]
        distinct = set(self.keys.values())
        counts = [sum(k[:n] == keys[:n] for k in distinct) for n in range(len(keys) + 1)] + [0]
        used: tuple[SharedSteps, ...] = ()
        done = 0
        for n in range(FEWEST, len(keys)):
            if counts[n] >= MANY and counts[n] > counts[n + 1] and n - done >= FEWEST:
                if keys[:n] not in self.lemmas:
                    new = steps[done:n]
                    label = f"lemma.{len(self.lemmas) + 1}"
                    self.lemmas[keys[:n]] = SharedSteps(label, new, _results(new), used)
                used, done = (*used, self.lemmas[keys[:n]]), n
        return used


def plans(derivations: Mapping[str, Derivation]) -> dict[str, Plan]:
    """Return how to print each derivation, in the order in which they are printed."""
    keys = {name: tuple(map(_key, d.steps)) for name, d in derivations.items()}
    planner = _Planner(derivations, keys)
    for name in derivations:
        planner.plans[name] = planner.plan(name)
    return planner.plans


def _key(step: Step) -> Key:
    hypotheses = frozenset(map(normal, step.theorem.hypotheses))
    return hypotheses, normal(step.theorem.conclusion), step.reason


def _common(one: Keys, other: Keys) -> int:
    pairs = list(zip(one, other, strict=False))
    return next((n for n, (a, b) in enumerate(pairs) if a != b), len(pairs))


def _results(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps that no later one of these was made from."""
    used: set[int] = set()
    waiting: list[Any] = [p for step in steps for p in step.theorem.premises]
    while waiting:
        theorem: Theorem = waiting.pop()
        if id(theorem) not in used:
            used.add(id(theorem))
            waiting.extend(theorem.premises)
    return tuple(step for step in steps if id(step.theorem) not in used)
