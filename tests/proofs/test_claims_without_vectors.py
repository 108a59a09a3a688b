"""Claims that speak of no vector symbol, under the ids of criteria: tried, and no rule fails."""

from __future__ import annotations

import pytest

from symbolic_proofs import prove
from symbolic_proofs.claims.criteria_of import CRITERIA
from symbolic_proofs.language import count, positive, real, repeat, size, vector, zeros
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Formula, Relation, equal
from symbolic_proofs.language.sums import NonzeroTotal
from symbolic_proofs.language.terms import PQIndex
from symbolic_proofs.language.vectors import concat
from symbolic_proofs.proofs.automation.sorted_sums import gaps

p, q, k, m, x = positive("p"), positive("q"), count("k"), size("m"), real("x")
short, long = concat(repeat(1, k), zeros(m)), concat(repeat(1, k), zeros(m + 1))
U, V = vector("U", k), vector("V", k)

STATED: dict[str, Formula] = {
    "indices of counts": Relation("<", PQIndex(short, p, q), PQIndex(long, p, q)),
    "gaps of counts": Relation("<", gaps(short), gaps(long)),
    "gaps of two vectors": Relation("<", gaps(U), gaps(V)),
    "sums of counts": Relation("<", NonzeroTotal(x**2, x, short), NonzeroTotal(x**2, x, long)),
    "numbers": equal(p, q),
}


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("stated", STATED)
def test_no_rule_fails_on_a_claim_that_is_not_of_its_shape(criterion: str, stated: str) -> None:
    claim = Claim(f"counts.{criterion}", "here", stated, (Relation("<", p, q),), STATED[stated])
    derivation = prove(claim)
    assert derivation is None or derivation.theorem.conclusion == claim.conclusion
