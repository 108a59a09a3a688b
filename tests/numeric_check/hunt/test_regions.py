"""Where Robin Hood fails: from which length on, and at which exponents."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numeric_check.certifier.certify import check_certificate
from numeric_check.hunt.exponent_map import first_n, map_region
from numeric_check.hunt.search import search
from symbolic_proofs.claims.catalogue import find_claim

ROBIN_HOOD = find_claim("criteria.robin-hood")
F = Fraction


@pytest.mark.parametrize(
    ("p", "q", "length"), [(F(2), F(4), 3), (F(1, 4), F(1, 2), 9)], ids=["2,4", "1/4,1/2"]
)
def test_robin_hood_fails_from_a_length_on(p, q, length):
    found = first_n(ROBIN_HOOD, p, q, limit=12)
    assert found.length == length
    assert found.searched == tuple(range(2, length))
    assert found.effective > 1000 * (length - 2)
    check_certificate(ROBIN_HOOD, found.result.witness, found.result.certificate)


def test_at_a_half_and_three_quarters_it_fails_at_57_and_not_at_56():
    options = {"p": F(1, 2), "q": F(3, 4), "budget": 60_000}
    assert search(ROBIN_HOOD, dim=56, **options).kind is None
    result = search(ROBIN_HOOD, dim=57, **options)
    assert result.kind == "counterexample"
    assert result.witness.scalars["n"] == 55


def test_nothing_is_found_where_there_is_nothing():
    found = first_n(ROBIN_HOOD, F(1, 2), F(2), limit=4, budget=20_000)
    assert found.length is None
    assert found.result.kind is None
    assert found.result.effective


def test_more_workers_find_the_same():
    grid = ["1/2", 2, 3]
    assert map_region(ROBIN_HOOD, grid, jobs=2) == map_region(ROBIN_HOOD, grid)
    options = {"limit": 4, "budget": 5_000}
    assert first_n(ROBIN_HOOD, 2, 4, jobs=2, **options) == first_n(ROBIN_HOOD, 2, 4, **options)


def test_the_map_of_robin_hood():
    points = map_region(ROBIN_HOOD, ["1/2", "3/4", 2, 3])
    refuted = {(point.p, point.q) for point in points if point.refuted}
    assert len(points) == 6
    assert refuted == {(x.p, x.q) for x in points if not x.p <= 1 <= x.q}
