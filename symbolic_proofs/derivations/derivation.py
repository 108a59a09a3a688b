"""A derivation: the steps of a proof that a reader is shown, each one a theorem of the kernel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..kernel import Theorem
from ..language.formulas import Formula


@dataclass(frozen=True, slots=True)
class Step:
    """One displayed line: what was shown, and why, in words with formulas between dollars."""

    theorem: Theorem
    reason: str

    @property
    def formula(self) -> Formula:
        """What the step states."""
        return self.theorem.conclusion

    @property
    def hypotheses(self) -> frozenset[Formula]:
        """What that rests on."""
        return self.theorem.hypotheses


@dataclass(frozen=True, slots=True)
class Derivation:
    """The steps of a proof; the last one is what is proved."""

    steps: tuple[Step, ...]

    @property
    def theorem(self) -> Theorem:
        """The theorem that the derivation ends in."""
        return self.steps[-1].theorem

    def to_text(self) -> str:
        """Return the steps as numbered lines, each with its reason below."""
        from .written_steps import steps_text

        return steps_text(self.steps)

    def to_latex(self) -> str:
        """Return the steps as displayed mathematics, one above the other, with their reasons."""
        from .written_steps import steps_latex

        return steps_latex(self.steps)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_latex_(self) -> str:
        return self.to_latex()


@dataclass(slots=True)
class Proof:
    """A derivation in the making: `show` a theorem for each line that a reader should see."""

    steps: list[Step] = field(default_factory=list)
    last: Step | None = None

    def show(self, theorem: Theorem, reason: str) -> Theorem:
        """Add a line and return its theorem; what a line says already is not said again."""
        again = any(_same(step.theorem, theorem) for step in self.steps)
        self.last = Step(theorem, reason)
        if not again:
            self.steps.append(self.last)
        return theorem

    def show_all(self, steps: Iterable[Step]) -> None:
        """Add the lines of another proof."""
        for step in steps:
            self.show(step.theorem, step.reason)

    def done(self) -> Derivation:
        """Return the derivation, whose theorem is the one shown last."""
        if self.last is not None and not _same(self.steps[-1].theorem, self.last.theorem):
            self.steps.append(self.last)
        return Derivation(tuple(self.steps))


def _same(a: Theorem, b: Theorem) -> bool:
    return a.conclusion == b.conclusion and a.hypotheses == b.hypotheses
