"""The steps of a derivation, written: what was shown, why, and under which conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..notation.api import to_latex, to_text
from ..notation.prose import words_to_latex

if TYPE_CHECKING:
    from .derivation import Step


def steps_text(steps: Sequence[Step]) -> str:
    """Return steps as numbered lines, each with its reason and the conditions it adds below."""
    lines = []
    for number, step in enumerate(steps, 1):
        lines.append(f"{number:>3}.  {to_text(step.formula)}")
        added = "; ".join(map(to_text, step.conditions))
        lines.append(f"      {step.reason}" + (f"   [if {added}]" if added else ""))
    return "\n".join(lines)


def steps_latex(steps: Sequence[Step]) -> str:
    """Return steps as one display, each with its reason and the conditions it adds below.

    It needs amsmath, or MathJax as in Jupyter.
    """
    rows = []
    for number, step in enumerate(steps, 1):
        rows.append(rf"({number})\quad & {to_latex(step.formula)}")
        added = ", ".join(f"${to_latex(condition)}$" for condition in step.conditions)
        condition = f" [if {added}]" if added else ""
        rows.append(rf"& \quad\text{{{words_to_latex(step.reason)}{condition}}}")
    body = " \\\\\n".join(rows)
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"
