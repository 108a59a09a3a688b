"""The catalogue: every claim of the paper, in the paper's order, then the criteria.

They stand in paper.claims and criteria.claims, what the library has besides in library.claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ..errors import SymbolicProofsError
from ..language.claim import Claim
from ..language.serialization import from_wire
from .table import Row, table


def _claim(row: Row) -> Claim:
    given = tuple(map(from_wire, row.given))
    return Claim(row.id, row.locator, row.title, given, from_wire(row.then))


#: the six criteria for the PQ index
CRITERIA_CLAIMS: tuple[Claim, ...] = tuple(map(_claim, table()["criteria"]))
CATALOGUE: tuple[Claim, ...] = (*map(_claim, table()["paper"]), *CRITERIA_CLAIMS)
#: what the library of theorems states: more than the paper
LIBRARY: tuple[Claim, ...] = (*CATALOGUE, *map(_claim, table()["library"]))
#: the section that each claim stands in, by its id
SECTIONS = {row.id: row.section for rows in table().values() for row in rows}


class UnknownClaimError(SymbolicProofsError, KeyError):
    """No claim has this id."""

    def __str__(self) -> str:
        return str(self.args[0])


def find_claim(id: str, catalogue: Sequence[Claim] = CATALOGUE) -> Claim:
    """Return the claim with this id; raises UnknownClaimError, naming the nearest ids."""
    for claim in catalogue:
        if claim.id == id:
            return claim
    near = get_close_matches(id, [claim.id for claim in catalogue], n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `sparsity-audit list` shows them"
    raise UnknownClaimError(f"no claim has the id {id!r}{hint}")
