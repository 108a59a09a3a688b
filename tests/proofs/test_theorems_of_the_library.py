"""Theorems that no paper here claims: proved as stated, used for what is like them, no more."""

from __future__ import annotations

import pytest

from symbolic_proofs import claim
from symbolic_proofs.claims.catalogue import LIBRARY
from symbolic_proofs.claims.table import table
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.proofs import prove
from symbolic_proofs.proofs.library import THEOREMS

OWN = {row.id for row in table()["library"]}


@pytest.mark.parametrize("stated", [c for c in LIBRARY if c.id in OWN], ids=lambda c: c.id)
def test_it_is_proved_as_it_is_stated(stated):
    assert states(THEOREMS[stated.id]().theorem, stated)


PART = "for X in [0, oo)^m, V in [0, oo)^n, c > 0: p < q, V != 0, {bound} => {then}"
BOUND = "x_i + c <= (S_q(V)/S_p(V))^(1/(q - p)) for every i = 1..m"
BLOCK = "for X in R^m, V in R^n, a, b > 0: p < q, X != 0, V != 0, {bound}, a < b => {then}"
KEPT = (
    "for X in R^m, V in R^n, c >= 0: p < q, X != 0, {bound} "
    "=> m >= {least}*(1 - I([X, V]))^(p*q/(q - p))"
)
RISES = "a^(q - p)*S_q(X)*S_p(V) >= S_p(X)*S_q(V)"


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        (PART.format(bound=BOUND, then="I([X + c, V]) < I([X, V])"), True),
        (PART.format(bound=BOUND, then="I([X + c, V]) <= I([X, V])"), True),
        # the rising twin is false, and so is the threshold of what is raised
        (PART.format(bound=BOUND.replace("<=", ">="), then="I([X + c, V]) > I([X, V])"), False),
        (PART.format(bound=BOUND.replace("(V)", "(X)"), then="I([X + c, V]) < I([X, V])"), False),
        (BLOCK.format(bound=RISES, then="I([b*X, V]) > I([a*X, V])"), True),
        (BLOCK.format(bound=RISES, then="I([b*X, V]) < I([a*X, V])"), False),
        (BLOCK.format(bound=RISES.replace(">=", "<="), then="I([b*X, V]) < I([a*X, V])"), False),
        (KEPT.format(bound="S_p(V) <= c*S_p(X)", least="(m + n)*(1 + c)^(-q/(q - p))"), True),
        (
            "for X in R^m, V in R^n, c >= 0: X != 0, S_1(V) <= c*S_1(X) "
            "=> m >= (m + n)*(1 + c)^(-2)*(1 - I_{1,2}([X, V]))^2",
            True,
        ),
        # without η, and for what goes
        (KEPT.format(bound="S_p(V) <= c*S_p(X)", least="m + n"), False),
        (KEPT.format(bound="S_p(X) <= c*S_p(V)", least="(m + n)*(1 + c)^(-q/(q - p))"), False),
        (
            BLOCK.format(
                bound=RISES.replace(">=", "<=").replace("a^", "b^"),
                then="I([b*X, V]) < I([a*X, V])",
            ),
            True,
        ),
    ],
)
def test_what_is_like_it_is_proved_if_it_is_true(text, proved):
    assert (prove(claim(text)) is not None) == proved
