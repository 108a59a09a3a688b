"""Reasons and titles: words with formulas in them, cut where these begin and end."""

from __future__ import annotations

from symbolic_proofs.notation.marked import pieces as words_and_formulas
from symbolic_proofs.notation.text_to_latex import text_to_latex


def pieces(text: str) -> list[str]:
    """Return words and LaTeX by turns, words first: ["since ", "p < q", ""]."""
    found = words_and_formulas(text)
    return [text_to_latex(part) if place % 2 else part for place, part in enumerate(found)]
