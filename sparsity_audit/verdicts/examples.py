"""Values at which the premises of a claim hold: simple ones, or else ones that the search draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from numeric_check.certifier.evidence import meets
from numeric_check.certifier.simple_points import simple_points
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.sampled_points import sampled_points
from symbolic_proofs.language.claim import Claim


@dataclass(frozen=True)
class Examined:
    """An example of the premises, decided exactly, if one was found, and how many were tried."""

    example: Witness | None
    candidates: int


def example(claim: Claim) -> Witness | None:
    """Return values of the claim's symbols that meet its premises, None if none are found."""
    return examined(claim).example


@lru_cache(maxsize=256)
def examined(claim: Claim) -> Examined:
    """Look for an example of the premises among simple points, then among candidates drawn."""
    candidates = 0
    for witness in simple_points(claim):
        candidates += 1
        if meets(claim, witness):
            return Examined(witness, candidates)
    sampled = sampled_points(claim)
    names = {str(getattr(variable, "name", "")) for variable in claim.variables}
    for point in (*sampled.met, *sampled.without_value):
        witness = _restricted(point, names)
        if meets(claim, witness):
            return Examined(witness, candidates + sampled.drawn)
    return Examined(None, candidates + sampled.drawn)


def examples(claim: Claim) -> Iterator[Witness]:
    """Yield the simple points that meet the premises of a claim."""
    return (witness for witness in simple_points(claim) if meets(claim, witness))


def _restricted(point: Witness, names: set[str]) -> Witness:
    """Return the point without the values of variables that a quantifier binds."""
    return Witness(
        {name: value for name, value in point.scalars.items() if name in names},
        {name: value for name, value in point.vectors.items() if name in names},
        {name: value for name, value in point.families.items() if name in names},
    )
