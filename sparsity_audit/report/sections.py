"""The parts of the paper, in its order: one module of claims each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, ModuleType

from symbolic_proofs.claims import (
    adjustment,
    cloning,
    criteria,
    firing,
    intro,
    scaling,
    sensitivity,
)
from symbolic_proofs.language.claim import Claim

from .formulas import said

_MODULES: tuple[ModuleType, ...] = (
    intro,
    scaling,
    sensitivity,
    cloning,
    firing,
    adjustment,
    criteria,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper, and its claims."""

    id: str
    title: str
    claims: tuple[Claim, ...]


def sections(
    claims: Sequence[Claim], headings: Mapping[str, str] = MappingProxyType({})
) -> tuple[Section, ...]:
    """Return the sections that hold any of the claims; what is in no module comes last.

    `headings` are those of claims files, by the ids of the claims.
    """
    found = []
    for number, title in enumerate(dict.fromkeys(headings.values()), 1):
        members = tuple(claim for claim in claims if headings.get(claim.id) == title)
        found.append(Section(f"section{number}", title, members))
    left = [claim for claim in claims if claim.id not in headings]
    for module in _MODULES:
        members = tuple(claim for claim in left if claim in module.CLAIMS)
        left = [claim for claim in left if claim not in members]
        found.append(Section(module.__name__.rpartition(".")[2], said(module.TITLE), members))
    found.append(Section("own", "Other claims", tuple(left)))
    return tuple(section for section in found if section.claims)
