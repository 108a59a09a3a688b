"""Words with formulas in them, which stand between dollars: `since $p < q$, $I(W) ≤ 1$`.

Titles and reasons are written so. The formulas are in the text form; where the dollars are not
paired there are none.
"""

from __future__ import annotations


def pieces(text: str) -> list[str]:
    """Return words and formulas by turns, words first: ["since ", "p < q", ""]."""
    found = text.split("$")
    return found if len(found) % 2 else [text]


def unmarked(text: str) -> str:
    """Return the same words and formulas for a reader of plain text."""
    return "".join(pieces(text))
