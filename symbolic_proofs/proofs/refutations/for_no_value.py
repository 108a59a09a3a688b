"""What a claim says to exist does not: its negation is proved for values that are left open."""

from __future__ import annotations

from dataclasses import replace

from ... import kernel as K
from ...derivations.derivation import Derivation, Proof
from ...language.claim import Claim
from ...language.formulas import Exists, negation
from ..automation.cases import Way


def for_no_value(claim: Claim, way: Way) -> Derivation | None:
    """Return a proof of `for every x: not F` against a claim `there is x: F`, if `way` has one."""
    said = claim.conclusion
    if not isinstance(said, Exists):
        return None
    at_any = replace(claim, given=(*claim.given, *said.given), conclusion=negation(said.body))
    found = way(at_any)
    if found is None:
        return None
    proof = Proof(list(found.steps))
    names = ", ".join(f"${variable.name}$" for variable in said.variables)
    were = "was" if len(said.variables) == 1 else "were"
    general = K.generalise(found.theorem, said.given, said.variables)
    proof.show(general, f"{names} {were} arbitrary")
    return proof.done()
