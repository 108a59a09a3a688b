"""A claim's formulas at the values of a witness."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from numeric_check.certifier.certify import assign
from numeric_check.certifier.witness import Witness, total_length
from symbolic_proofs.kernel.work import spend
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.vectors import VectorSymbol, concat, length, repeat, zeros

#: the largest numerator or denominator that is put into a formula, where it may be an exponent
_LARGEST = 9_999
#: building a block takes about as long as so many operations
_BLOCK = 10


def values_of(claim: Claim, witness: Witness, names: Sequence[str]) -> dict[sp.Basic, sp.Basic]:
    """Return the values of the claim's symbols of these names, vectors as blocks.

    The length of a vector is fixed with it. Raises ValueError when the witness has no value of the
    symbol's kind, or a name is not a symbol of the claim.
    """
    assign((*claim.given, claim.conclusion), witness, strict=True)
    symbols = {str(getattr(variable, "name", "")): variable for variable in claim.variables}
    numbers: dict[sp.Basic, sp.Basic] = {}
    vectors: dict[sp.Basic, sp.Basic] = {}
    for name in names:
        variable = symbols.get(name)
        if isinstance(variable, sp.Symbol) and name in witness.scalars:
            value = witness.scalars[name]
            if max(abs(value.numerator), value.denominator) > _LARGEST:
                raise ValueError(f"the value of {name} is too large to be put into a formula")
            numbers[variable] = sp.Rational(witness.scalars[name])
        elif isinstance(variable, VectorSymbol) and name in witness.vectors:
            spend(_BLOCK * len(witness.vectors[name]))
            blocks = [repeat(sp.Rational(v), times) for v, times in witness.vectors[name]]
            vectors[variable] = concat(*blocks) if blocks else zeros(0)
        else:
            raise ValueError(f"the witness gives no value for a symbol {name} of {claim.id}")
    for variable in vectors:
        entries, size = total_length(witness.vectors[variable.name]), length(variable)
        if isinstance(size, sp.Symbol):
            numbers.setdefault(size, sp.Integer(entries))
        if size.xreplace(numbers) != entries:
            raise ValueError(f"{variable.name} has {entries} entries, not {size}")
    return {**vectors, **numbers}
