"""Statements and steps, as the pieces of LaTeX from which the templates are filled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sympy as sp

from symbolic_proofs.derivations.derivation import Step
from symbolic_proofs.language.formulas import And, Formula, Relation, normal
from symbolic_proofs.notation.api import conditions, to_latex
from symbolic_proofs.notation.prose import words_to_latex

from .line_breaks import aligned_shapes, parts_of


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said to hold: for which values, under which hypotheses, the formulas in shapes."""

    setting: tuple[str, ...]
    given: tuple[str, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One or more steps: their numbers and reasons, and the formulas in their shapes.

    The line that ends a proof has no formulas: they are those of what is proved.
    """

    numbers: tuple[int, ...]
    reason: str
    given: tuple[str, ...]
    shapes: tuple[str, ...]


def statement(given: Sequence[Formula], conclusions: Sequence[Formula]) -> Statement:
    """Return a statement; several conclusions stand one below the other."""
    kinds = tuple(inline(latex) for _, latex in conditions((*given, *conclusions)))
    parts = [part for conclusion in conclusions for part in _parts(conclusion)]
    return Statement(kinds, hypotheses(given), tuple(aligned_shapes(_listed(parts))))


def hypotheses(formulas: Iterable[Formula]) -> tuple[str, ...]:
    """Return formulas as they stand in a list: what holds for an index is said before its range."""
    return tuple(inline(to_latex(And(formula))) for formula in formulas)


def lines(
    steps: Sequence[Step], *, first: int, known: Collection[Formula], last: bool = True
) -> list[Line]:
    """Return steps as lines, numbered from `first`; each says which hypotheses it has but `known`.

    Under the same hypotheses, steps for one reason and those that go on where the one before ends
    are one line. With `last`, the last step is what was to be proved, and is not written out again.
    """
    said = {normal(formula) for formula in known}
    rows = [
        _Row(number, step, _added(step, said), bool(last) and step is steps[-1])
        for number, step in enumerate(steps, first)
    ]
    groups: list[list[_Row]] = []
    for row in rows:
        if groups and row.joins(groups[-1][-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_line(group) for group in groups]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    step: Step
    given: tuple[str, ...]
    is_last: bool

    def joins(self, other: _Row) -> bool:
        """Tell whether this step is displayed together with the one before."""
        if self.is_last or self.given != other.given:
            return False
        return self.step.reason == other.step.reason or self.continues(other)

    def continues(self, other: _Row) -> bool:
        """Tell whether this step and the one before are a chain: a = b = c, or a < b <= c."""
        one, two = other.step.formula, self.step.formula
        if not (isinstance(one, Relation) and isinstance(two, Relation)):
            return False
        both = {one.op, two.op}
        if one.left == two.left and both == {"="}:
            return True
        return one.right == two.left and (both <= {"<", "<=", "="} or both <= {">", ">=", "="})


def _added(step: Step, said: Collection[Formula]) -> tuple[str, ...]:
    extra = {normal(h): h for h in sorted(step.theorem.hypotheses, key=sp.default_sort_key)}
    return hypotheses(h for key, h in extra.items() if key not in said)


def _line(group: Sequence[_Row]) -> Line:
    reasons = list(dict.fromkeys(row.step.reason for row in group))
    reason = "; ".join([sentence(reasons[0]), *map(words_to_latex, reasons[1:])])
    written: tuple[str, ...] = ()
    if not group[-1].is_last:
        chain = [n > 0 and row.continues(group[n - 1]) for n, row in enumerate(group)]
        formulas = [
            to_latex(row.step.formula)[len(to_latex(row.step.formula.left)) if goes_on else 0 :]
            for row, goes_on in zip(group, chain, strict=True)
        ]
        written = tuple(aligned_shapes(formulas, at_relation=True))
    return Line(tuple(row.number for row in group), reason, group[0].given, written)


def inline(formula: str) -> str:
    """Return a formula for running text, its words outside of mathematics: lines may end there."""
    written, run, depth = "", "", 0
    for part in parts_of(formula):
        depth += {"{": 1, r"\left": 1, "}": -1, r"\right": -1}.get(part, 0)
        if part.startswith(r"\text{") and not depth:
            written += _run(run) + part[len(r"\text{") : -1]
            run = ""
        else:
            run += part
    return written + _run(run)


def _run(formula: str) -> str:
    """Return a formula between words; a space that it ends with is one between words."""
    spaced = formula.endswith("\\ ")
    bare = formula.removesuffix("\\ ").strip()
    return (f"${bare}$" if bare else "") + (" " if spaced else "")


def sentence(text: str) -> str:
    """Return words with a capital first letter, unless mathematics is first."""
    latex = words_to_latex(text)
    return latex if latex.startswith("$") else latex[:1].upper() + latex[1:]


def _parts(conclusion: Formula) -> list[Formula]:
    return list(conclusion.args) if isinstance(conclusion, And) else [conclusion]


def _listed(parts: Sequence[Formula]) -> list[str]:
    *others, last = map(to_latex, parts)
    return [*(f"{other}," for other in others), last]
