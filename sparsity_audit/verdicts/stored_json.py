"""JSON files that are not trusted: read whole, within bounds, and with one value for each name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

from symbolic_proofs.derivations.replay import with_table

from ..errors import InputError
from .verdict_json import SCHEMA, Record

MAX_BYTES = 64 * 2**20
#: lists and objects inside of each other; what this program writes has fewer than 60
MAX_DEPTH = 100
#: the schemas that are read; of an older one the evidence is, and not the text
SCHEMAS = (1, SCHEMA)


#: what stands between brackets, texts with brackets in them too
_BETWEEN = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")++', re.DOTALL)
_STEPS = {ord(bracket): 1 if bracket in "[{" else -1 for bracket in "[]{}"}
_NO_BRACKETS = bytes(set(range(256)) - _STEPS.keys())


class _TwoValuesError(ValueError):
    """An object that gives two values for one name: which of them counts depends on the reader."""


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file; raises InputError with one line for anything else."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise InputError(f"{str(path)!r} is not the name of a file") from None
    if len(content) > MAX_BYTES:
        raise InputError(f"{path} is larger than {MAX_BYTES >> 20} MiB")
    if _depth(content) > MAX_DEPTH:
        raise InputError(f"{path} is nested deeper than {MAX_DEPTH} levels")
    try:
        data = json.loads(
            content.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_object
        )
    except _TwoValuesError as error:
        raise InputError(f"{path} {error}; nothing in it was checked") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is not a JSON file of this program") from None
    if not isinstance(data, dict):
        raise InputError(f"{path} holds no evidence: it is not a JSON object")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _TwoValuesError(f"gives two values for one name, {ascii(twice)[:40]}")
    if found.get("kind") == "derivation" and found.get("schema") == 1 and "nodes" in found:
        # what is no derivation after all is refused where it is read
        with suppress(KeyError, TypeError, ValueError):
            return with_table(found)
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _depth(content: bytes) -> int:
    """Return how many lists and objects stand inside of each other in a JSON text."""
    brackets = _BETWEEN.sub(b"", content).translate(None, _NO_BRACKETS)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0)


def parts_of(data: Any) -> int:
    """Return a number that JSON data hold no more values than, those inside of others too."""
    text = json.dumps(data)
    return 1 + text.count(",") + text.count("[") + text.count("{")


def same_json(ours: Any, theirs: Any) -> bool:
    """Tell whether two JSON values are the same; 1, true and 1.0 are not, as in Python they are."""
    return json.dumps(ours, sort_keys=True) == json.dumps(theirs, sort_keys=True)


def read_verdicts(path: Path, ids: Sequence[str]) -> tuple[Record, dict[str, Record]]:
    """Return what a verdicts.json holds, and its records by id; none of them is checked.

    Raises InputError for another file, and where one of `ids` has no record.
    """
    data = read_json(path)
    entries = data.get("claims")
    if not is_of_schema(data) or not isinstance(entries, list):
        raise InputError(f"{path} holds no verdicts of schema {SCHEMA}")
    known = {str(entry.get("id")): entry for entry in entries if isinstance(entry, dict)}
    missing = [id_ for id_ in ids if id_ not in known]
    if missing:
        raise InputError(f"{path} holds no verdict on {', '.join(missing)}")
    return data, known


def is_of_schema(data: Record) -> bool:
    """Tell whether a file says that it is of a schema that is read."""
    schema = data.get("schema")
    return type(schema) is int and schema in SCHEMAS
