"""Where a theorem says exactly for which exponents and lengths a claim holds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from sparsity_audit.text.exact_region import exact_region, proved_region
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.notation import u
from symbolic_proofs.language.formulas import less

ROBIN_HOOD = find_claim("criteria.robin-hood")


@pytest.mark.parametrize(
    ("p", "q", "said"),
    [
        # both sides of the condition are equal at n = 6
        ("1/4", "1/2", "holds for n ≤ 6, fails for n = 7"),
        ("1/2", "3/4", "holds for n ≤ 54, fails for n = 55"),
        ("2", "3", "holds for n = 0, fails for n = 1"),
        ("1/2", "2", "holds for n ≤ 60"),
    ],
)
def test_robin_hood_holds_up_to_a_length(p: str, q: str, said: str) -> None:
    region = proved_region(ROBIN_HOOD, CATALOGUE)
    assert region is not None
    assert region.at(Fraction(p), Fraction(q)) == said
    failure = region.first_failure(Fraction(p), Fraction(q))
    assert (failure is not None) == ("fails" in said)


def test_the_boundary_lies_between_where_it_holds_and_where_it_does_not() -> None:
    region = exact_region(ROBIN_HOOD, CATALOGUE)
    assert region is not None
    for line in region.boundary(6, (0.2, 0.9)):
        for p, q in line:
            sides = [Fraction(p * factor).limit_denominator(10**4) for factor in (0.99, 1.01)]
            q_ = Fraction(q).limit_denominator(1000)
            assert [region.holds_at(side, q_, 6) for side in sides] == [False, True]


def test_a_theorem_on_other_premises_says_nothing() -> None:
    assert exact_region(find_claim("criteria.babies"), CATALOGUE) is None
    narrower = replace(ROBIN_HOOD, given=(*ROBIN_HOOD.given, less(0, u)))
    assert exact_region(narrower, CATALOGUE) is None
