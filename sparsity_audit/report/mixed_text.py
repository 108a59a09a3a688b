"""Reasons and titles: words with mathematics in them, cut where it begins and ends."""

from __future__ import annotations

import re
from string import punctuation

from symbolic_proofs.notation.prose import plain_to_latex, words_to_latex

_WRITTEN = {plain_to_latex(sign): sign for sign in punctuation if plain_to_latex(sign) != sign}
_ESCAPES = re.compile("|".join(map(re.escape, sorted(_WRITTEN, key=len, reverse=True))))
#: a dollar that is not an escaped one
_DOLLAR = re.compile(r"(?<!\\)\$")


def pieces(text: str) -> list[str]:
    """Return words and LaTeX by turns, words first: ["since ", "p < q", ""]."""
    parts = _DOLLAR.split(words_to_latex(text))
    return [part if place % 2 else _plain(part) for place, part in enumerate(parts)]


def _plain(latex: str) -> str:
    """Return words as they were before they were made safe for LaTeX."""
    return _ESCAPES.sub(lambda match: _WRITTEN[match[0]], latex)
