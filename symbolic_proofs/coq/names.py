"""Names in Coq: of claims, of their variables, of what a binder binds.

A letter, with primes or without, stays as it is but for those that mean something in Coq; any
other name gets an underscore at its end. What proofs name themselves has more than one letter and
no underscore at its end, so no name of a statement hides another.
"""

from __future__ import annotations

import re

import sympy as sp

from ..language.claim import is_id
from ..language.symbols import bound_level, kind_of
from .errors import UntranslatedError

#: letters that Coq's library has taken: the real numbers, the successor, zero, the true proposition
_TAKEN = ("R", "S", "O", "I")
_LETTER = re.compile(r"[A-Za-z]'*\Z")
#: no other character is written, whoever made the variable
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*\Z")
#: an index that a rule opens has a level below 0, or a word before its number
_OPENED = re.compile(r"_(?:-|[a-z]*)\d+\Z")
_BOUND = {"count": "i", "size": "i"}


def claim_name(id: str) -> str:
    """Return the name of a claim: `zeros.p-norm` is `claim_zeros__p_norm`, and no other is."""
    if not is_id(id):
        raise UntranslatedError(f"{id!r} is not the id of a claim")
    return "claim_" + id.replace(".", "__").replace("-", "_")


def name_of(name: str) -> str:
    """Return the name of a variable or of a vector."""
    if not _NAME.match(name):
        raise UntranslatedError(f"the name {name!r}")
    return name if _LETTER.match(name) and name not in _TAKEN else name + "_"


def variable_name(variable: sp.Symbol) -> str:
    """Return the name of a variable, free or bound."""
    if not variable.name.startswith("_"):
        return name_of(variable.name)
    if not _OPENED.match(variable.name):
        raise UntranslatedError(f"the name {variable.name!r}")
    level = bound_level(variable)
    letter = _BOUND.get(kind_of(variable), "x")
    return f"{letter}{level}" if level else f"k{variable.name.lstrip('_-')}"
