"""`search --map` and `--first-n`: for which exponents, from which length on, a claim fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from numeric_check.hunt.exponent_map import FirstLength, Point
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula
from symbolic_proofs.notation.api import to_text

from ..verdicts.verdict_json import Record
from .exact_region import ExactRegion
from .exponent_values import hold
from .table import witness_line


def status(
    point: Point, proved: Sequence[Sequence[Formula]], exact: ExactRegion | None = None
) -> str:
    """Return what is known at a point: proved, refuted or open."""
    if any(hold(conditions, point.p, point.q) for conditions in proved):
        return "proved"
    if point.refuted or (exact is not None and exact.first_failure(point.p, point.q) is not None):
        return "refuted"
    return "open"


def map_lines(
    claim: Claim,
    points: Sequence[Point],
    proved: Sequence[Sequence[Formula]],
    exact: ExactRegion | None = None,
) -> Iterator[str]:
    """Yield the map as a table, p down and q across, then the regions and the witnesses."""
    known = {(point.p, point.q): status(point, proved, exact) for point in points}
    exponents = sorted({e for pair in known for e in pair})
    yield f"{claim.id} ({claim.locator}): {to_text(claim.statement)}"
    yield "  p \\ q    " + "".join(f"{q!s:>9}" for q in exponents[1:])
    for p in exponents[:-1]:
        row = "".join(f"{known.get((p, q), ''):>9}" for q in exponents[1:])
        yield f"  {p!s:<8}{row}"
    for conditions in proved:
        yield f"  proved     where {', '.join(map(to_text, conditions))}"
    if exact is not None:
        yield f"  exactly    where {exact}"
        for (p, q), word in known.items():
            if word != "proved":
                yield f"  exactly    at {f'({p}, {q})':<12} {exact.at(p, q)}"
    for point in points:
        if point.refuted and point.result.witness is not None:
            where = f"({point.p}, {point.q})"
            yield f"  refuted    at {where:<12} {witness_line(point.result.witness.to_json())}"
    tried = sum(point.result.effective for point in points)
    yield f"  tried      {tried} candidates that met the premises; open is not the same as true"


def map_json(
    claim: Claim,
    points: Sequence[Point],
    proved: Sequence[Sequence[Formula]],
    exact: ExactRegion | None,
    seed: int,
) -> Record:
    """Return the map as JSON."""
    return {
        "schema": 1,
        "kind": "map",
        "claim": claim.id,
        "seed": seed,
        "proved_where": [[to_text(c) for c in conditions] for conditions in proved],
        "exactly_where": None if exact is None else to_text(exact.condition),
        "points": [_point_json(point, status(point, proved, exact), exact) for point in points],
    }


def _point_json(point: Point, known: str, exact: ExactRegion | None) -> Record:
    data: Record = {"p": str(point.p), "q": str(point.q), "status": known}
    if exact is not None:
        data["exactly"] = exact.at(point.p, point.q)
    if point.refuted and point.result.witness and point.result.certificate:
        data["witness"] = point.result.witness.to_json()
        data["certificate"] = point.result.certificate.to_json()
    return {**data, "effective": point.result.effective}


def length_lines(claim: Claim, p: Fraction, q: Fraction, found: FirstLength) -> Iterator[str]:
    """Yield the least length at which the claim was refuted, with its witness."""
    yield f"{claim.id} ({claim.locator}): {to_text(claim.statement)}"
    if found.length is None or found.result is None or found.result.witness is None:
        said = (
            "not refuted at any length that was tried" if found.searched else "nothing was tested"
        )
        yield f"  at p = {p}, q = {q}: {said}"
    else:
        yield f"  at p = {p}, q = {q}: first refuted at N = {found.length}"
        yield f"  witness    {witness_line(found.result.witness.to_json())}"
    if found.searched:
        lengths = f"N = {found.searched[0]} to {found.searched[-1]}"
        yield f"  before     {lengths}: nothing in {found.effective} effective trials"


def length_json(claim: Claim, p: Fraction, q: Fraction, found: FirstLength, seed: int) -> Record:
    """Return the least length as JSON."""
    data: Record = {
        "schema": 1,
        "kind": "first-n",
        "claim": claim.id,
        "seed": seed,
        "p": str(p),
        "q": str(q),
        "length": found.length,
        "searched": list(found.searched),
        "effective": found.effective,
    }
    if found.length and found.result and found.result.witness and found.result.certificate:
        data["witness"] = found.result.witness.to_json()
        data["certificate"] = found.result.certificate.to_json()
    return data
