"""The engines of this package, in the form in which `settle` calls them."""

from __future__ import annotations

from numeric_check.search import SearchInputError, SearchResult, search
from numeric_check.witness import Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.proofs import (
    Derivation,
    disprove,
    fails_for_every,
    never_raises,
    prove,
    undefined,
)

from .errors import InputError
from .evidence import undefined_at
from .examples import example
from .second_route import confirm
from .settle import Engines, Hunt


def default_engines() -> Engines:
    """Return the prover and the search of this package."""
    return Engines(
        prove=prove, disprove=_disprove, undefined=_undefined, search=_search, confirm=confirm
    )


def _search(claim: Claim, hunt: Hunt) -> SearchResult:
    try:
        return search(
            claim,
            budget=hunt.budget,
            seed=hunt.seed,
            time=hunt.time,
            p=hunt.p,
            q=hunt.q,
            dim=hunt.dim,
        )
    except SearchInputError as error:
        raise InputError(str(error)) from None


def _disprove(
    claim: Claim, found: Witness | None
) -> tuple[Derivation, Witness, tuple[str, ...]] | None:
    """Look for a theorem that negates the claim: for all values, then at those that were found."""
    everywhere = disprove(claim)
    if everywhere is not None:
        witness = example(claim)
        return None if witness is None else (everywhere, witness, ())
    # floats that saturate keep the hunt from a candidate; simple values may do as well
    for witness in (found, example(claim)):
        if witness is None or witness.families:
            continue
        at = claim, witness.scalars, witness.vectors
        there = fails_for_every(*at) or never_raises(*at)
        if there is not None:
            return there, witness, (*witness.scalars, *witness.vectors)
    return None


def _undefined(claim: Claim) -> tuple[Witness, Derivation] | None:
    witness = example(claim)
    if witness is None or undefined_at(claim, witness) is None:
        return None
    derivation = undefined(claim)
    return None if derivation is None else (witness, derivation)
