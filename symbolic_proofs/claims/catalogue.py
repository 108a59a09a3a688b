"""The catalogue: every claim of the paper, in the paper's order, then the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ..errors import SymbolicProofsError
from ..language.claim import Claim
from . import adjustment, beyond, cloning, criteria, firing, intro, scaling, sensitivity

CATALOGUE: tuple[Claim, ...] = (
    *intro.CLAIMS,
    *scaling.CLAIMS,
    *sensitivity.CLAIMS,
    *cloning.CLAIMS,
    *firing.CLAIMS,
    *adjustment.CLAIMS,
    *criteria.CLAIMS,
)
#: what the library of theorems states: more than the paper
LIBRARY: tuple[Claim, ...] = (*CATALOGUE, *beyond.CLAIMS)


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
