"""The exact region of Robin Hood: a theorem as it is stated, and none where a number is changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.claims.notation import R_nonnegative, p
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Relation, at_most, equal
from symbolic_proofs.proofs.library import THEOREMS, as_stated, by_library

REGION = find_claim("criteria.robin-hood.region")


def test_the_region_is_a_theorem_as_it_is_stated() -> None:
    assert states(THEOREMS[REGION.id]().theorem, REGION)
    found = as_stated(REGION)
    assert found is not None
    assert not found.theorem.hypotheses - {*REGION.given}


def _with(old: Relation, new: Relation) -> Claim:
    assert REGION.conclusion.has(old)
    return replace(REGION, conclusion=REGION.conclusion.xreplace({old: new}))


NONE = equal(R_nonnegative.args[1], 0)
FALSE = {
    "no order of the exponents": replace(REGION, given=()),
    "one entry more": _with(NONE, at_most(NONE.left, 1)),
    "one entry": _with(NONE, equal(NONE.left, 1)),
    "p above 1": _with(at_most(p, 1), at_most(p, 2)),
}


@pytest.mark.parametrize("name", FALSE)
def test_another_region_is_not_that_theorem(name: str) -> None:
    assert FALSE[name] != REGION
    assert as_stated(FALSE[name]) is None
    assert by_library(FALSE[name]) is None
