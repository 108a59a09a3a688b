"""Statements and steps, as the pieces of LaTeX from which the templates are filled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import sympy as sp

from symbolic_proofs.language.formulas import And, Formula, normal
from symbolic_proofs.language.printing import conditions, to_latex
from symbolic_proofs.proofs import Step

from .line_breaks import aligned_shapes
from .plain_math import words_to_latex


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said to hold: for which values, under which hypotheses, and the formula in its shapes."""

    setting: tuple[str, ...]
    given: tuple[str, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One or more steps for one reason: their numbers, and the formulas in their shapes."""

    numbers: tuple[int, ...]
    reason: str
    given: tuple[str, ...]
    shapes: tuple[str, ...]


def statement(given: Sequence[Formula], conclusions: Sequence[Formula]) -> Statement:
    """Return a statement; several conclusions stand one below the other."""
    kinds = tuple(latex for _, latex in conditions((*given, *conclusions)))
    parts = [part for conclusion in conclusions for part in _parts(conclusion)]
    return Statement(kinds, hypotheses(given), tuple(aligned_shapes(_listed(parts))))


def hypotheses(formulas: Iterable[Formula]) -> tuple[str, ...]:
    """Return formulas as they stand in a list: what holds for an index is said before its range."""
    return tuple(to_latex(And(formula)) for formula in formulas)


def lines(steps: Sequence[Step], *, first: int, known: Collection[Formula]) -> list[Line]:
    """Return steps as lines, numbered from `first`; each says which hypotheses it has but `known`.

    Steps one after the other for one reason, under the same hypotheses, are one line.
    """
    said = {normal(formula) for formula in known}
    rows = []
    for number, step in enumerate(steps, first):
        extra = {normal(h): h for h in sorted(step.theorem.hypotheses, key=sp.default_sort_key)}
        added = hypotheses(h for key, h in extra.items() if key not in said)
        rows.append((step.reason, added, number, to_latex(step.formula)))
    found = []
    for (reason, added), group in groupby(rows, key=lambda row: row[:2]):
        members = list(group)
        numbers = tuple(number for _, _, number, _ in members)
        formulas = [formula for _, _, _, formula in members]
        found.append(Line(numbers, sentence(reason), added, tuple(aligned_shapes(formulas))))
    return found


def sentence(text: str) -> str:
    """Return words with a capital first letter, unless mathematics is first."""
    latex = words_to_latex(text)
    return latex if latex.startswith("$") else latex[:1].upper() + latex[1:]


def _parts(conclusion: Formula) -> list[Formula]:
    return list(conclusion.args) if isinstance(conclusion, And) else [conclusion]


def _listed(parts: Sequence[Formula]) -> list[str]:
    *others, last = map(to_latex, parts)
    return [*(f"{other}," for other in others), last]
