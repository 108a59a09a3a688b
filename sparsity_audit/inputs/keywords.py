"""Whether a claim holds the words of `-k`: 'norm or cloning', 'A.5 and not amended'."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OR, _AND = re.compile(r"\s+or\s+"), re.compile(r"\s+and\s+")


def holds(texts: Iterable[str], words: str) -> bool:
    """Tell whether texts hold words; `or` binds less than `and`, `not` is for one part.

    Capitals count as small letters.
    """
    text = "\n".join(texts).casefold()
    return any(
        all(_holds_one(text, part) for part in _AND.split(alternative))
        for alternative in _OR.split(words.casefold().strip())
    )


def _holds_one(text: str, part: str) -> bool:
    bare = part.removeprefix("not ")
    return (bare.strip() in text) == (bare == part)
