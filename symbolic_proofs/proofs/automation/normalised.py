"""What a vector is normalised by: S_e(V) = c, from such a premise in any writing.

A norm that is given, or the sum of entries that are not negative, says so too. Then V is not 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ... import kernel as K
from ...kernel import KernelError, Theorem
from ...language.formulas import NonZero, Not, Relation, equal, unequal
from ...language.operations import base_and_exponent
from ...language.terms import PowerSum
from ...language.vectors import VectorSymbol
from ..tactics.combine import Given, algebra, combine, discharge, left, rewrite, right, then
from ..tactics.flat import flat
from ..tactics.unfold import unfolded
from ..tactics.vanishing import vanishing


def normalisations(given: Given) -> Iterator[Theorem]:
    """Yield S_e(V) = c for the premises that say so."""
    for premise in given:
        if not (isinstance(premise, Relation) and premise.op == "="):
            continue
        with suppress(KernelError):
            said = rewrite(K.assume(premise), *unfolded(premise.left, given))
            total, e = base_and_exponent(left(said))
            if not (isinstance(total, PowerSum) and isinstance(total.args[0], VectorSymbol)):
                continue
            if e != 1:
                root = algebra(equal(total, left(said) ** (1 / e)), given)
                said = then(root, said)
                said = then(said, algebra(equal(right(said), flat(right(said), given)), given))
            yield said


def not_zero(said: Theorem, given: Given) -> Theorem:
    """Return V != 0 from S_e(V) = c; raises KernelError where c may be 0."""
    total = left(said)
    vector = total.args[0]
    other = discharge(combine(unequal(total, 0), (1, K.assume(said.conclusion)), given=given), said)
    against = K.absurd(vanishing(total, vector), other, NonZero(vector))
    there = K.cases(K.assume(NonZero(vector)), against, NonZero(vector))
    if Not(NonZero(vector)) in there.hypotheses:
        raise KernelError("{} may be 0", vector)
    return there
