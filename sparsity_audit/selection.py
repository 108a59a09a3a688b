"""The claims that a command line asks for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numeric_check.certify import Undecided, UnfitWitnessError, decide
from numeric_check.exact import Undefined
from numeric_check.witness import Witness
from symbolic_proofs.claims.catalogue import CATALOGUE, UnknownClaimError, find_claim
from symbolic_proofs.claims.claim import Claim

from .errors import InputError


def claim_of(id_: str) -> Claim:
    """Return the claim with this id; raises InputError, naming the nearest ids."""
    try:
        return find_claim(id_)
    except UnknownClaimError as error:
        raise InputError(str(error)) from None


def select(ids: Sequence[str]) -> list[Claim]:
    """Return the claims asked for, all of them for none, each amendment after what it amends."""
    asked = [claim_of(id_) for id_ in ids] if ids else list(CATALOGUE)
    order: list[Claim] = []
    for claim in asked:
        if claim not in order and claim.amends is None:
            order.append(claim)
            order += [c for c in asked if c.amends == claim.id and c not in order]
    return order + [claim for claim in dict.fromkeys(asked) if claim not in order]


def check_exponents(claim: Claim, p: Fraction | None, q: Fraction | None) -> None:
    """Raise InputError unless p and q, where given, fit the premises of the claim."""
    given = {name: value for name, value in (("p", p), ("q", q)) if value is not None}
    for formula in claim.given:
        try:
            holds = decide(formula, Witness(given))
        except (UnfitWitnessError, Undecided, Undefined):
            continue
        if not holds:
            said = ", ".join(f"{name} = {value}" for name, value in given.items())
            raise InputError(f"{claim.id} is stated for {formula}: {said} does not fit")
