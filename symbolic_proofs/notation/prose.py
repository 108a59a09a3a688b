"""Words with formulas in them as LaTeX for text mode."""

from __future__ import annotations

from .layout import in_text
from .marked import pieces
from .text_to_latex import ESCAPED, has_sign, text_to_latex, text_to_row


def prose_to_latex(text: str) -> str:
    """Return words with formulas between dollars as LaTeX for text mode."""
    return "".join(
        in_text(text_to_row(piece)) if place % 2 else plain_to_latex(piece)
        for place, piece in enumerate(pieces(text))
    )


def plain_to_latex(text: str) -> str:
    """Return text for LaTeX, with nothing in it that it would take for a command."""
    return "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign in ESCAPED:
        return ESCAPED[sign]
    return f"${text_to_latex(sign).strip()}$" if has_sign(sign) else sign
