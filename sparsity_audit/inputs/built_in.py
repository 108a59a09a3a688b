"""Claims by their ids alone, as `check` asks for them: no line of text or file is read for it."""

from __future__ import annotations

from collections.abc import Sequence

from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.criteria_of import CRITERIA, criteria_of
from symbolic_proofs.claims.table import StoredStep, catalogued
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.measures import MEASURES, find_measure


def built_in(id_: str) -> tuple[Claim, Sequence[Claim]]:
    """Return the claim with this id, and its fellows; no file is read or run for it.

    Raises UnknownClaimError, naming the nearest, when there is none.
    """
    name, _, criterion = id_.partition(".")
    if criterion in CRITERIA and name in {measure.name for measure in MEASURES}:
        fellows = criteria_of(find_measure(name))
        return _only(fellows, id_), fellows
    return find_claim(id_), CATALOGUE


def derivation_in_paper(id_: str) -> tuple[StoredStep, ...]:
    """Return the steps of the paper's derivation of a claim, if it is the paper's and has any."""
    return next((row.steps for row in catalogued() if row.id == id_), ())


def _only(claims: Sequence[Claim], id_: str) -> Claim:
    return next(claim for claim in claims if claim.id == id_)
