"""What a record says of Coq: a note beside the evidence, which a reader may believe or not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InputError
from .stored_verdict import RefusedError

#: what a note may name; checking must not load what asks Coq, and a test sees that it says the same
_AXIOMS = (
    *("ClassicalDedekindReals.sig_forall_dec", "ClassicalDedekindReals.sig_not_dec"),
    *("FunctionalExtensionality.functional_extensionality_dep", "Classical_Prop.classic"),
)
CONFIRMED, NOT_CONFIRMED, NOT_SHOWN = "confirmed", "not confirmed", "not shown"
_VERSION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}\Z")
_LONGEST = 400


def note(
    said: str, version: str, why: str = "", axioms: Sequence[str] = (), *, values: bool = True
) -> dict[str, Any]:
    """Return the note on a verdict: what Coq said, or why it was not asked, and by which axioms.

    `values` tells whether it was also shown that every term has a value.
    """
    return {
        **{"said": said, "version": version, "why": why},
        **{"values": values, "axioms": list(axioms)},
    }


def stored_note(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the note in a record of a file, marked as one that was not checked here.

    Raises InputError for another thing.
    """
    try:
        found = read_note(entry)
    except RefusedError as reason:
        raise InputError(f"{entry.get('id')}: {reason}") from None
    return None if found is None else {**found, "stored": True}


def read_note(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the note in a record, None if there is none; raises RefusedError for another thing."""
    stored = entry.get("coq")
    if stored is None:
        return None
    if isinstance(stored, dict) and stored.keys() == note("", "").keys():
        said, version, why, axioms = (stored[key] for key in ("said", "version", "why", "axioms"))
        known = isinstance(axioms, list) and all(one in _AXIOMS for one in map(str, axioms))
        values = stored["values"]
        texts = (
            isinstance(values, bool)
            and isinstance(version, str)
            and isinstance(why, str)
            and isinstance(said, str)
        )
        if known and texts and said in (CONFIRMED, NOT_CONFIRMED, NOT_SHOWN):
            silent = not why if said == CONFIRMED else not axioms
            if silent and _VERSION.match(version) and len(why) <= _LONGEST and why.isprintable():
                return note(said, version, why, [str(one) for one in axioms], values=values)
    raise RefusedError("what it says of Coq is not what this program writes")
