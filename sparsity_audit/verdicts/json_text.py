"""Data as the JSON that is written to files."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

_WIDTH = 100
#: claims, a claim, its derivation, the nodes: a node stands on one line
_DEEPEST = 5


def to_json_text(data: Any) -> str:
    """Return data as JSON: a line for each short or deep part, the same bytes for the same data."""
    return _lines(data, "") + "\n"


def _room_left(data: Any, room: int) -> int:
    """Return at least what is left of a line after data; what is long is not written to see it."""
    if isinstance(data, str):
        return room - len(data) - 2
    if not isinstance(data, dict | list):
        return room - 1
    for part in chain.from_iterable(data.items()) if isinstance(data, dict) else data:
        room = _room_left(part, room - 2)
        if room < 0:
            break
    return room


def _lines(data: Any, indent: str) -> str:
    inside = isinstance(data, dict | list) and len(indent) < _DEEPEST
    room = _WIDTH - len(indent)
    if not inside or _room_left(data, room) >= 0:
        line = json.dumps(data, ensure_ascii=False)
        if not inside or len(line) <= room:
            return line
    inner = indent + " "
    if isinstance(data, dict):
        parts = [
            f"{inner}{json.dumps(key, ensure_ascii=False)}: {_lines(value, inner)}"
            for key, value in data.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _lines(value, inner) for value in data) + f"\n{indent}]"
