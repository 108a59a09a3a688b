"""For which exponents a claim is proved, refuted or open, as a map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import log2

import sympy as sp

from numeric_check.explain import vectors_shown
from numeric_check.hunt.exponent_map import GRID, map_region
from symbolic_proofs.claims.catalogue import CRITERIA_CLAIMS
from symbolic_proofs.claims.notation import LESS, p, q
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula, Relation
from symbolic_proofs.notation.api import to_text
from symbolic_proofs.notation.marked import unmarked

from ..pictures import Boundary, Picture, Region, Sample, region_map
from ..text.exact_region import ExactRegion, exact_region
from ..text.exponent_values import conditions_of, hold, is_on_exponents
from .formulas import said
from .witness_pictures import slug

#: candidates at each point of the map
_BUDGET = 8_000
#: lengths whose boundary is drawn where it is known
_LENGTHS = (4, 16, 64)


def exponent_map(claim: Claim, verdicts: Mapping[Claim, str], seed: int) -> Picture | None:
    """Draw where a claim on all p < q holds, None if the exponents make no difference to it.

    The criteria are always drawn, to be compared. `verdicts` are those of all claims of the run: a
    proved claim with the same conclusion and more conditions on p and q settles the exponents that
    meet these. Other points of a grid are searched.
    """
    if LESS not in claim.given or any(is_on_exponents(f) and f != LESS for f in claim.given):
        return None
    settled = [
        conditions
        for other, verdict in verdicts.items()
        if verdict == "proved" and (conditions := _conditions(claim, other)) is not None
    ]
    if claim not in CRITERIA_CLAIMS and all(conditions == (LESS,) for conditions in settled):
        return None
    samples = [
        _searched(claim, a, b, seed)
        for a in GRID
        for b in GRID
        if a < b and not any(hold(conditions, a, b) for conditions in settled)
    ]
    proved = [
        Region(tuple(filter(None, map(_bound, conditions))), ", ".join(map(to_text, conditions)))
        for conditions in settled
    ]
    exact = exact_region(claim, [c for c, verdict in verdicts.items() if verdict == "proved"])
    boundaries = [] if exact is None else [*_boundaries(exact)]
    title = f"{claim.locator}: {said(unmarked(claim.title))}"
    label = "by a vector of that many entries"
    return region_map(f"{slug(claim)}-map", title, proved, samples, GRID, label, boundaries)


def _boundaries(exact: ExactRegion) -> Iterator[Boundary]:
    # a little more than the picture shows
    ends = float(min(GRID)) * 0.7, float(max(GRID)) * 1.42
    for n in _LENGTHS:
        if lines := exact.boundary(n, ends):
            yield Boundary(lines, f"{exact.length.name} = {n}")


def _searched(claim: Claim, a: Fraction, b: Fraction, seed: int) -> Sample:
    (point,) = map_region(claim, (a, b), budget=_BUDGET, seed=seed)
    if not point.refuted or point.result.witness is None:
        return Sample(a, b, None)
    shown = vectors_shown(claim, point.result.witness)
    return Sample(a, b, str(max(sum(times for _, times in v.blocks) for v in shown)))


def _conditions(claim: Claim, other: Claim) -> tuple[Formula, ...] | None:
    """Return the conditions under which a proved claim proves this one, if they can be drawn."""
    conditions = conditions_of(claim, other)
    return conditions if conditions and all(map(_bound, conditions)) else None


def _bound(formula: Formula) -> tuple[float, float, float] | None:
    """Return the half-plane of a comparison among p, q and positive numbers."""
    if not isinstance(formula, Relation) or formula.op not in ("<", "<=", ">", ">="):
        return None
    low, high = _logarithm(formula.oriented().left), _logarithm(formula.oriented().right)
    if low is None or high is None:
        return None
    return (high[0] - low[0], high[1] - low[1], high[2] - low[2])


def _logarithm(term: sp.Expr) -> tuple[float, float, float] | None:
    if term == p:
        return (1.0, 0.0, 0.0)
    if term == q:
        return (0.0, 1.0, 0.0)
    if term.is_Rational and term.is_positive:
        return (0.0, 0.0, log2(Fraction(int(term.p), int(term.q))))
    return None
