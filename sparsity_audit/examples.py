"""Simple values at which the premises of a claim hold."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from numeric_check.certify import Undecided, decide
from numeric_check.exact import Undefined
from numeric_check.witness import Blocks, Witness
from symbolic_proofs.claims.claim import Claim
from symbolic_proofs.language.vectors import VectorSymbol, length

_MEMBERS = 2


def example(claim: Claim) -> Witness | None:
    """Return values of the claim's symbols that meet its premises, None if no simple ones do."""
    for witness in _candidates(claim):
        try:
            if all(decide(formula, witness) for formula in claim.given):
                return witness
        except (ValueError, Undecided, Undefined):
            continue
    return None


def _candidates(claim: Claim) -> Iterator[Witness]:
    for p, q in ((1, 2), (2, 1)):
        for number in (1, 2):
            scalars = {
                v.name: Fraction({"p": p, "q": q}.get(v.name, number))
                for v in claim.variables
                if isinstance(v, sp.Symbol)
            }
            for fill in (1, 0):
                yield _filled(claim, scalars, fill)


def _filled(claim: Claim, scalars: dict[str, Fraction], fill: int) -> Witness:
    families = {member.name for member in claim.statement.atoms(VectorSymbol) if member.indices}
    vectors: dict[str, Blocks] = {}
    steps: dict[str, tuple[Blocks, ...]] = {}
    for variable in claim.variables:
        if isinstance(variable, VectorSymbol):
            size = length(variable)
            known = {s: sp.Rational(scalars[s.name]) for s in size.free_symbols}
            entries = ((Fraction(fill), int(size.xreplace(known))),)
            if variable.name in families:
                steps[variable.name] = (entries,) * _MEMBERS
            else:
                vectors[variable.name] = entries
    return Witness(scalars, vectors, steps)
