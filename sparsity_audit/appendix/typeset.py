"""Statements and steps, as the pieces of LaTeX from which the templates are filled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from symbolic_proofs.derivations.derivation import Step
from symbolic_proofs.derivations.written_steps import WrittenLine, in_chains
from symbolic_proofs.language.formulas import And, Formula
from symbolic_proofs.notation.api import condition_rows, to_row
from symbolic_proofs.notation.layout import aligned_shapes, in_text
from symbolic_proofs.notation.prose import prose_to_latex
from symbolic_proofs.notation.rows import Row


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said to hold: for which values, under which hypotheses, the formulas in shapes."""

    setting: tuple[str, ...]
    given: tuple[str, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One or more steps: their numbers and reasons, and the formulas in their shapes.

    The line that ends a proof has no formulas: they are those of what is proved.
    """

    numbers: tuple[int, ...]
    reason: str
    given: tuple[str, ...]
    shapes: tuple[str, ...]


def statement(given: Sequence[Formula], conclusions: Sequence[Formula]) -> Statement:
    """Return a statement; several conclusions stand one below the other."""
    kinds = tuple(in_text(row) for row in condition_rows((*given, *conclusions)))
    parts = [part for conclusion in conclusions for part in _parts(conclusion)]
    return Statement(kinds, hypotheses(given), tuple(aligned_shapes(_listed(parts))))


def hypotheses(formulas: Iterable[Formula]) -> tuple[str, ...]:
    """Return formulas as they stand in a list: what holds for an index is said before its range."""
    return tuple(in_text(to_row(And(formula))) for formula in formulas)


def lines(
    steps: Sequence[Step], *, first: int, known: Collection[Formula], last: bool = True
) -> list[ProofLine]:
    """Return steps as lines, numbered from `first`; each says which hypotheses it has but `known`.

    With `last`, the last step is what was to be proved, and is not written out again.
    """
    found = in_chains(steps, first=first, known=known, last=last)
    return [_line(line, ends=last and line is found[-1]) for line in found]


def _line(line: WrittenLine, *, ends: bool) -> ProofLine:
    written = () if ends else tuple(aligned_shapes(line.rows(), at_relation=True))
    return ProofLine(line.numbers, reasons(line), hypotheses(line.conditions), written)


def reasons(line: WrittenLine) -> str:
    """Return the reasons of the steps of a line, as one sentence without its full stop."""
    first, *others = line.reasons
    return "; ".join([sentence(first), *map(prose_to_latex, others)])


def sentence(text: str) -> str:
    """Return words with a capital first letter, unless mathematics is first."""
    latex = prose_to_latex(text)
    return latex if latex.startswith("$") else latex[:1].upper() + latex[1:]


def _parts(conclusion: Formula) -> list[Formula]:
    return list(conclusion.args) if isinstance(conclusion, And) else [conclusion]


def _listed(parts: Sequence[Formula]) -> list[Row]:
    *others, last = map(to_row, parts)
    return [*(other + "," for other in others), last]
