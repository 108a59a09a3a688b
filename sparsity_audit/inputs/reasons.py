"""What the reason of a step names: steps before it, and claims by their ids.

A reason is for the reader, and may be wrong: what it names is tried first, and nothing rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEFORE = re.compile(r"\bthe (?:steps? )?(?:before|above)\b")
_STEPS = re.compile(r"\bsteps? (\d+(?:(?:, | and |, and )\d+)*)")
_NAME = re.compile(r"(?<![\w.-])[a-z0-9]+(?:[.-][a-z0-9]+)*(?![\w-])")


def names_in(reason: str, number: int) -> Iterator[str]:
    """Yield what a reason of the step of this number may name, as it stands there.

    A step before is named step-1, step-2, .. ; any word may be the id of a claim.
    """
    if _BEFORE.search(reason) and number > 1:
        yield f"step-{number - 1}"
    for found in _STEPS.finditer(reason):
        yield from (f"step-{k}" for k in re.findall(r"\d+", found[1]) if int(k) < number)
    yield from _NAME.findall(reason)
