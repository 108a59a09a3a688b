"""The lines of a written proof: what is shown, why, and under which conditions.

Text, LaTeX and the page of the report are all written from these. A reader of text gets a line a
step; in LaTeX, steps for one reason stand together, and so do those that go on where the one before
ends: a = b = c.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import sympy as sp

from ..language.formulas import Formula, Relation, normal
from ..language.vectors import Concat, concat, length
from ..notation.api import right_side, to_latex, to_row, to_text
from ..notation.marked import unmarked
from ..notation.prose import prose_to_latex
from ..notation.rows import Row


class Shown(Protocol):
    """A step of a proof, made here or read from a file."""

    @property
    def formula(self) -> Formula:
        """What it states."""

    @property
    def hypotheses(self) -> AbstractSet[Formula]:
        """What that rests on."""

    @property
    def reason(self) -> str:
        """Why it holds, in words with formulas between dollars."""


@dataclass(frozen=True, slots=True)
class PlainStep:
    """What is shown of a step, and no more."""

    formula: Formula
    hypotheses: AbstractSet[Formula]
    reason: str


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """Steps that are written together: their numbers and reasons, and the conditions to be told."""

    numbers: tuple[int, ...]
    steps: tuple[Shown, ...]
    conditions: tuple[Formula, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons of the steps, each once."""
        return tuple(dict.fromkeys(step.reason for step in self.steps))

    def rows(self) -> list[Row]:
        """Return the formulas in LaTeX, without the left side where one goes on from another."""
        goes_on = [False, *(_continues(one.formula, two.formula) for one, two in _pairs(self))]
        return [
            right_side(step.formula) if chained else to_row(step.formula)
            for step, chained in zip(self.steps, goes_on, strict=True)
        ]


def one_by_one(steps: Sequence[Shown]) -> list[WrittenLine]:
    """Return a line for each step, with the conditions that no step before has."""
    said: set[Formula] = set()
    found = []
    for number, step in enumerate(map(_as_read, steps), 1):
        added = tuple(sorted(step.hypotheses - said, key=str))
        said |= step.hypotheses
        found.append(WrittenLine((number,), (step,), added))
    return found


def in_chains(
    steps: Sequence[Shown], *, first: int = 1, known: Collection[Formula] = (), last: bool = True
) -> list[WrittenLine]:
    """Return lines, numbered from `first`, with all their conditions but those that are known.

    With `last`, the last step is what was to be proved: it has a line of its own.
    """
    said = {normal(formula) for formula in known}
    found: list[WrittenLine] = []
    for number, step in enumerate(map(_as_read, steps), first):
        line = WrittenLine((number,), (step,), _others(step, said))
        ends = last and number == first + len(steps) - 1
        if found and not ends and _joins(line, found[-1]):
            before = found.pop()
            line = WrittenLine((*before.numbers, number), (*before.steps, step), line.conditions)
        found.append(line)
    return found


def _as_read(step: Shown) -> Shown:
    """Return a step as it is read: [1, 0 × 0], where a vector beside 1 is empty, is [1]."""
    formula = _without_empty_blocks(step.formula)
    given = frozenset(map(_without_empty_blocks, step.hypotheses))
    same = formula == step.formula and given == step.hypotheses
    return step if same else PlainStep(formula, given, step.reason)


def _without_empty_blocks(formula: Formula) -> Formula:
    shorter: dict[sp.Basic, sp.Basic] = {}
    for vector in formula.atoms(Concat):
        kept = [part for part in vector.args if length(part) != 0]
        if kept and len(kept) < len(vector.args):
            shorter[vector] = concat(*kept)
    return formula.xreplace(shorter)


def _pairs(line: WrittenLine) -> list[tuple[Shown, Shown]]:
    return list(pairwise(line.steps))


def _others(step: Shown, said: Collection[Formula]) -> tuple[Formula, ...]:
    extra = {normal(h): h for h in sorted(step.hypotheses, key=sp.default_sort_key)}
    return tuple(h for key, h in extra.items() if key not in said)


def _joins(line: WrittenLine, before: WrittenLine) -> bool:
    """Tell whether a step is displayed together with those before."""
    (step,), other = line.steps, before.steps[-1]
    if line.conditions != before.conditions:
        return False
    return step.reason == other.reason or _continues(other.formula, step.formula)


def _continues(one: Formula, two: Formula) -> bool:
    """Tell whether two formulas are a chain: a = b = c, or a < b <= c."""
    if not (isinstance(one, Relation) and isinstance(two, Relation)):
        return False
    both = {one.op, two.op}
    if one.left == two.left and both == {"="}:
        return True
    return one.right == two.left and (both <= {"<", "<=", "="} or both <= {">", ">=", "="})


def steps_text(steps: Sequence[Shown]) -> str:
    """Return steps as numbered lines, each with its reason and the conditions it adds below."""
    lines = []
    for number, line in enumerate(one_by_one(steps), 1):
        (step,) = line.steps
        lines.append(f"{number:>3}.  {to_text(step.formula)}")
        added = "; ".join(map(to_text, line.conditions))
        lines.append(f"      {unmarked(step.reason)}" + (f"   [if {added}]" if added else ""))
    return "\n".join(lines)


def steps_latex(steps: Sequence[Shown]) -> str:
    """Return steps as one display, each with its reason and the conditions it adds below.

    It needs amsmath, or MathJax as in Jupyter.
    """
    rows = []
    for number, line in enumerate(one_by_one(steps), 1):
        (step,) = line.steps
        rows.append(rf"({number})\quad & {to_latex(step.formula)}")
        added = ", ".join(f"${to_latex(condition)}$" for condition in line.conditions)
        condition = f" [if {added}]" if added else ""
        rows.append(rf"& \quad\text{{{prose_to_latex(step.reason)}{condition}}}")
    body = " \\\\\n".join(rows)
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"
