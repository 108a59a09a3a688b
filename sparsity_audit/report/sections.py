"""The sections of the paper, or of a claims file, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from symbolic_proofs.claims.catalogue import CATALOGUE, SECTIONS
from symbolic_proofs.language.claim import Claim

from .formulas import said

_OTHERS = "Other claims"


@dataclass(frozen=True, slots=True)
class ClaimsSection:
    """A part of the paper, and its claims."""

    id: str
    title: str
    claims: tuple[Claim, ...]


def sections(
    claims: Sequence[Claim], headings: Mapping[str, str] = MappingProxyType({})
) -> tuple[ClaimsSection, ...]:
    """Return the sections that hold any of the claims; what stands in none comes last.

    `headings` are those of claims files, by the ids of the claims.
    """
    ours = {claim.id: SECTIONS[claim.id] for claim in CATALOGUE if claim in claims}
    told = {**ours, **headings}
    order = [*dict.fromkeys((*headings.values(), *ours.values())), _OTHERS]
    found = []
    for number, title in enumerate(order, 1):
        members = tuple(claim for claim in claims if told.get(claim.id, _OTHERS) == title)
        if members:
            found.append(ClaimsSection(f"section{number}", said(title), members))
    return tuple(found)
