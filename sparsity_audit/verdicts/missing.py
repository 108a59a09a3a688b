"""A premise that a claim has forgotten: the point that shows it, and the condition to add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from numeric_check.certifier.added_condition import Forgotten, with_condition
from numeric_check.certifier.definedness import NoValue, holds, no_value
from numeric_check.certifier.simple_points import simple_points
from numeric_check.certifier.witness import Witness, complexity, total_length
from numeric_check.hunt.missing_conditions import Gap, conditions, gap_at
from numeric_check.hunt.sampled_points import sampled_points
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.language.sums import Applied

from .examples import example

#: gaps for which conditions are looked for, the simplest first
MOST_GAPS = 4


@dataclass(frozen=True)
class _Point:
    """A point that the premises allow, and what has no value there, and where, if so."""

    witness: Witness
    lacking: NoValue | None
    gap: Gap | None


def forgotten(claim: Claim) -> Forgotten | None:
    """Return a condition that the claim has forgotten, with a point that shows it.

    The condition is false at the point; where it was tried, the term has a value under it, and the
    claim has one at a point at least. Returns None where no such point or condition is found.
    """
    if claim.statement.atoms(Applied):  # nothing is known of where a plain function has a value
        return None
    points = [
        _Point(witness, lacking, gap_at(claim, witness) if lacking else None)
        for witness, lacking in _allowed(claim)
    ]
    tried: set[sp.Basic] = set()
    for point in sorted((p for p in points if p.gap), key=lambda p: _size(p.witness)):
        gap, lacking = point.gap, point.lacking
        if gap is None or lacking is None or gap.term in tried or len(tried) >= MOST_GAPS:
            continue
        tried.add(gap.term)
        for condition in conditions(gap, point.witness):
            if _mends(condition, point, points):
                mended = with_condition(claim, condition, lacking.given)
                return Forgotten(point.witness, lacking.reason, condition, mended)
    return None


def _allowed(claim: Claim) -> Iterator[tuple[Witness, NoValue | None]]:
    """Yield points at which the premises hold, and the term of the claim that has no value."""
    known = example(claim)
    proposals = [
        *simple_points(claim, quantified=True, known=() if known is None else (known,)),
        *sampled_points(claim).without_value,
    ]
    for witness in dict.fromkeys(proposals):
        lacking = no_value(claim, witness)
        if lacking is not None or all(holds(formula, witness) for formula in claim.given):
            yield witness, lacking


def _mends(condition: Formula, point: _Point, points: Sequence[_Point]) -> bool:
    if point.gap is None or holds(condition, point.witness) is not False:
        return False
    left = [other for other in points if holds(condition, other.witness)]
    return any(other.gap is None for other in left) and not any(
        other.gap is not None and other.gap.term == point.gap.term for other in left
    )


def _size(witness: Witness) -> tuple[int, int]:
    """Return how simple a point is: its entries, then its numbers."""
    vectors = [*witness.vectors.values(), *(v for f in witness.families.values() for v in f)]
    numbers = [*witness.scalars.values(), *(value for v in vectors for value, _ in v)]
    return sum(map(total_length, vectors)), sum(map(complexity, numbers))
