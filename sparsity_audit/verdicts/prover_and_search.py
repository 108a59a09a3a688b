"""The engines of this package, in the form in which `settle` calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any

from numeric_check.certifier.evidence import denies, has_no_limit, undefined_at
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.larger_families import search_larger_families
from numeric_check.hunt.search import SearchInputError, SearchResult, search
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.kernel import KernelError
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.proofs import (
    disprove,
    fails_for_every,
    never_raises,
    no_constant,
    prove,
    undefined,
)
from symbolic_proofs.proofs.refutations.vacuity import contradiction
from symbolic_proofs.proofs.stuck import where_stuck

from ..errors import InputError
from .examples import examined, example, examples
from .missing import forgotten
from .one_claim import Engines, Hunt
from .step_checks import confirm

#: examples of the premises at which a disproof is tried
MOST_EXAMPLES = 12


def default_engines() -> Engines:
    """Return the provers and the search of this package."""
    return Engines(
        prove=prove,
        cross_check=prove,
        stuck=where_stuck,
        disprove=_disprove,
        undefined=_undefined,
        forgotten=forgotten,
        examine=examined,
        vacuity=contradiction,
        search=_search,
        search_on=_search_on,
        confirm=confirm,
    )


def _search(claim: Claim, hunt: Hunt) -> SearchResult:
    try:
        return search(claim, **_options(hunt))
    except SearchInputError as error:
        raise InputError(str(error)) from None


def _search_on(claim: Claim, hunt: Hunt, found: SearchResult) -> SearchResult:
    return search_larger_families(claim, found, **_options(hunt))


def _options(hunt: Hunt) -> dict[str, Any]:
    names = ("budget", "seed", "time", "p", "q", "dim")
    return {name: getattr(hunt, name) for name in names}


def _disprove(
    claim: Claim, found: Witness | None
) -> tuple[Derivation, Witness, tuple[str, ...]] | None:
    """Look for a theorem that negates the claim: for all values, then at those that were found."""
    everywhere = disprove(claim)
    if everywhere is not None:
        fitting = (w for w in _examples(claim) if denies(everywhere.theorem, claim, w))
        witness = next(fitting, None)
        return None if witness is None else (everywhere, witness, ())
    # floats that saturate keep the hunt from a candidate; simple values may do as well
    for witness in (found, *_longer_first(_examples(claim))):
        if witness is None or witness.families:
            continue
        at = claim, witness.scalars, witness.vectors
        there = fails_for_every(*at) or never_raises(*at) or no_constant(*at)
        fixed = (*witness.scalars, *witness.vectors)
        if there is not None and denies(there.theorem, claim, witness, fixed):
            return there, witness, fixed
    return None


def _longer_first(examples: Iterator[Witness]) -> Iterator[Witness]:
    """Yield examples, before the first one of no vector the same with 4 for every count."""
    for number, witness in enumerate(examples):
        if not (number or witness.vectors):
            fours = {k: max(v, Fraction(4)) for k, v in witness.scalars.items()}
            yield replace(witness, scalars=fours)
        yield witness


def _examples(claim: Claim) -> Iterator[Witness]:
    """Yield some examples of the premises, the one that needs a search last."""
    yield from islice(examples(claim), MOST_EXAMPLES)
    if (last := example(claim)) is not None:
        yield last


def _undefined(claim: Claim) -> tuple[Witness, Derivation] | None:
    """Look for a theorem that a value has no limit, and for values at which the claim lacks it."""
    lacking = [witness for witness in _examples(claim) if undefined_at(claim, witness)]
    try:
        derivation = undefined(claim) if lacking else None
    except KernelError:  # the premises do not say enough of the exponents
        return None
    if derivation is None:
        return None
    theorem = derivation.theorem
    return next(((w, derivation) for w in lacking if has_no_limit(theorem, claim, w)), None)
