"""One verdict at length: the claim, its evidence, and the command that reproduces it."""

from __future__ import annotations

from collections.abc import Iterator

from numeric_check.certify import Certificate, Undecided, UnfitWitnessError, vectors_shown
from numeric_check.exact import Undefined
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.language.printing import to_text

from .table import steps, witness_line
from .verdict_json import Record


def verdict_lines(
    claim: Claim, entry: Record, again: str | None, reference: str | None = None
) -> Iterator[str]:
    """Yield the lines that show a verdict; `again` is the command that reproduces it, if any.

    `reference` is what the claim is asked for by, its id unless it is of a user's file.
    """
    yield f"{claim.id} ({claim.locator}): {entry['verdict']}"
    yield f"  claim      {entry['statement']}"
    if "certificate" in entry:
        yield from counterexample_lines(claim, entry)
    elif "disproof" in entry:
        yield f"  disproof   its negation is a theorem, {steps(entry['steps'])}"
        yield f"  premises   hold at {witness_line(entry['witness'])}"
    elif "derivation" in entry:
        yield f"  proof      {steps(entry['steps'])}: sparsity-audit derive {reference or claim.id}"
    elif "reason" in entry:
        yield f"  undefined  {entry['reason']} at {witness_line(entry['witness'])}"
    else:
        for note in entry["tried"]:
            yield f"  tried      {note}"
    if entry["amendment"]:
        yield f"  amendment  {entry['amendment']}"
    if again is not None:
        yield f"  again      {again}"


def counterexample_lines(claim: Claim, entry: Record) -> Iterator[str]:
    """Yield the lines that show a counterexample: by name, the values, how it was certified."""
    yield f"  witness    {witness_line(entry['witness'])}"
    yield from (f"  value      {line}" for line in _values(claim, entry))
    certificate = Certificate.from_json(entry["certificate"])
    yield from (f"  {line}" for line in certificate.to_text().splitlines())


def _values(claim: Claim, entry: Record) -> Iterator[str]:
    try:
        shown = vectors_shown(claim, Witness.from_json(entry["witness"]))
    except (UnfitWitnessError, Undefined, Undecided):
        return
    for vector in shown:
        items = (value if times == 1 else f"{value} × {times}" for value, times in vector.blocks)
        entries = f"[{', '.join(items)}]"
        name = to_text(vector.vector)
        for measure in vector.measures:
            exact = f" = {measure.exact}" if measure.exact else ""
            written = f"{to_text(measure.term)}{exact} ≈ {measure.decimal}"
            yield written if name == entries else f"{written} for {name} = {entries}"
