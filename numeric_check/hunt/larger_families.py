"""Families of more members, for a claim that families of few have left open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symbolic_proofs.language.claim import Claim

from .search import BUDGET, programs_of, search
from .search_result import SearchResult

#: numbers of members, one after the other, and the part of the budget for each
MORE_MEMBERS = (4, 5, 6, 8, 12)
PART = 16


def search_larger_families(
    claim: Claim, found: SearchResult, *, budget: int = BUDGET, **options: Any
) -> SearchResult:
    """Return what a search has found, or what families of more members show.

    `found` is what `search` returned with the same budget and options. The least number of members
    at which the claim is seen to fail is that of the witness. Counts are of all candidates.
    """
    if found.kind is not None or found.note or not any(p.families for p in programs_of(claim)):
        return found
    for number in MORE_MEMBERS:
        more = search(claim, budget=max(budget // PART, 1), members=(number,), **options)
        found = replace(
            more,
            candidates=found.candidates + more.candidates,
            effective=found.effective + more.effective,
            covered={
                name: found.covered.get(name, 0) + more.covered.get(name, 0)
                for name in sorted({*found.covered, *more.covered})
            },
            best=min((b for b in (found.best, more.best) if b is not None), default=None),
        )
        if found.kind is not None:
            break
    return found
