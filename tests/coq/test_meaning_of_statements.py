"""At a point a text in Coq holds exactly where the formula does that it was written from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest
from coq import coq_values
from trust.vocabulary import Vocabulary

from numeric_check.certifier.definedness import holds
from numeric_check.certifier.simple_points import simple_points
from numeric_check.certifier.witness import Witness
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.criteria_of import criteria_of
from symbolic_proofs.claims.notation import N, W, k, x, y
from symbolic_proofs.coq.errors import UntranslatedError
from symbolic_proofs.coq.statements import proposition
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Exists, ForAll, Formula, as_formula, equal
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.language.terms import Greatest, NonzeroCount, Norm, PowerSum, Total
from symbolic_proofs.language.vectors import Sorted
from symbolic_proofs.measures.catalogue import MEASURES

CRITERIA = [claim for measure in MEASURES for claim in criteria_of(measure)]
POINTS = 8


def points_of(formula: Formula) -> Iterator[Witness]:
    points = islice(simple_points(Claim("a", "", "", (), formula)), POINTS)
    return (point for point in points if not point.families)


def compared(formula: Formula) -> int:
    """Compare a formula with its text at points, and return at how many both were decided."""
    text, decided = proposition(formula), 0
    for point in points_of(formula):
        true = holds(formula, point)
        try:
            said = coq_values.holds(text, coq_values.scope_of(point))
        except coq_values.Unclear:
            continue
        if true is not None:
            assert said == true, f"{text} at {point}"
            decided += 1
    return decided


def test_claims_and_criteria_mean_the_same_at_every_point() -> None:
    parts = {part for claim in (*CATALOGUE, *CRITERIA) for part in (*claim.given, claim.conclusion)}
    plain = [part for part in parts if not part.atoms(ForAll, Exists)]
    assert sum(map(compared, plain)) > 3 * len(plain)


def test_formulas_at_random_mean_the_same_at_every_point() -> None:
    decided = 0
    for seed in range(400):
        drawn = Vocabulary(Random(seed))
        try:
            formula = drawn.formula(2)
            if not formula.atoms(ForAll, Exists):
                decided += compared(formula)
        except (LanguageError, UntranslatedError):
            continue
    assert decided > 1_000


@pytest.mark.parametrize(
    ("formula", "old", "new"),
    [
        (PowerSum(W, 2) > Norm(W, 2), "psum", "norm"),
        (PowerSum(W, 2) > Norm(W, 2), ">", "<"),
        (PowerSum(W, 2) > Norm(W, 2), ") 2)", ") 1)"),
        (Total(W[k], k, N) > Greatest(W[k], k, N), "greatest", "least"),
        (Sorted(W)[1] < W[1], "sorted (mkvec N W)", "mkvec N W"),
        (equal(NonzeroCount(W), N), "(INR N)", "(INR (N - 1))"),
        (x / y > 1, " / ", " * "),
    ],
)
def test_another_text_means_another_thing_at_some_point(
    formula: object, old: str, new: str
) -> None:
    stated = as_formula(formula)
    text = proposition(stated)
    assert old in text
    assert compared(stated) > 0
    other = text.replace(old, new)
    scopes = [coq_values.scope_of(point) for point in points_of(stated)]
    assert any(coq_values.holds(text, at) != coq_values.holds(other, at) for at in scopes)
