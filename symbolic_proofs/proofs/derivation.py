"""A derivation: the steps of a proof that a reader is shown, each one a theorem of the kernel."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..kernel import Theorem
from ..language.formulas import Formula


@dataclass(frozen=True, slots=True)
class Step:
    """One displayed line: what was shown, and why; `conditions` are the hypotheses that it adds."""

    theorem: Theorem
    reason: str
    conditions: tuple[Formula, ...] = ()

    @property
    def formula(self) -> Formula:
        """What the step states."""
        return self.theorem.conclusion


@dataclass(frozen=True, slots=True)
class Derivation:
    """The steps of a proof; the last one is what is proved."""

    steps: tuple[Step, ...]

    @property
    def theorem(self) -> Theorem:
        """The theorem that the derivation ends in."""
        return self.steps[-1].theorem


@dataclass(slots=True)
class Proof:
    """A derivation in the making: `show` a theorem for each line that a reader should see."""

    steps: list[Step] = field(default_factory=list)

    def show(self, theorem: Theorem, reason: str) -> Theorem:
        """Add a line and return its theorem."""
        said = {h for step in self.steps for h in step.theorem.hypotheses}
        new = tuple(sorted(theorem.hypotheses - said, key=str))
        self.steps.append(Step(theorem, reason, new))
        return theorem

    def done(self) -> Derivation:
        """Return the derivation, whose theorem is that of the last line."""
        return Derivation(tuple(self.steps))
