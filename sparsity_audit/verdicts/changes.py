"""What changed from one verdicts.json to another: verdicts, statements, claims come or gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import VERDICTS, InputError
from .stored_json import is_of_schema, read_json, same_json

#: the name of a claims file, and a claim or step in it
Name = tuple[str, str]


def changes(old: Path, new: Path) -> Iterator[str]:
    """Yield a line for each claim, and each step of an author's, of which something changed.

    Raises InputError for a file that is none of this program.
    """
    before, after = _verdicts(old), _verdicts(new)
    for name in dict.fromkeys((*before, *after)):
        one, two = before.get(name), after.get(name)
        said = _change(one, two)
        if said is not None:
            expected = (two or {}).get("expected")
            wanted = f", expected {expected}" if expected else ""
            yield f"{': '.join(filter(None, name))}: {said}{wanted}"


def _change(one: dict[str, Any] | None, two: dict[str, Any] | None) -> str | None:
    if two is None:
        return "gone" if one is None else f"gone, was {_word(one)}"
    if one is None:
        return f"new, {_word(two)}"
    statement = "" if same_json(one.get("formula"), two.get("formula")) else "another statement"
    verdict = "" if _word(one) == _word(two) else f"{_word(one)} -> {_word(two)}"
    return ", ".join(filter(None, (verdict, statement))) or None


def _word(entry: dict[str, Any]) -> str:
    return f"{entry['verdict']}{', vacuous' * (entry.get('vacuous') is True)}"


def _verdicts(path: Path) -> dict[Name, dict[str, Any]]:
    """Return the records in a file, those of an author's steps too."""
    data = read_json(path)
    entries = data.get("claims")
    if not is_of_schema(data) or not isinstance(entries, list):
        raise InputError(f"{path} holds no verdicts; write one with `verify --json`")
    found: dict[Name, dict[str, Any]] = {}
    for entry in entries:
        steps = entry.get("author_steps") if isinstance(entry, dict) else None
        file = Path(str(entry.get("paper", ""))).name if isinstance(entry, dict) else ""
        for part in (entry, *(steps if isinstance(steps, list) else ())):
            if not isinstance(part, dict) or not isinstance(part.get("id"), str):
                raise InputError(f"{path} holds a verdict without the id of a claim")
            if part.get("verdict") not in VERDICTS:
                raise InputError(
                    f"{path}: what it says of {ascii(part['id'])[:60]} is not a verdict"
                )
            found[file, part["id"]] = part
    return found
