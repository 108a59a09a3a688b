"""What is proved of measures of sorted entries, extremes and windows, built in or a user's own."""

from __future__ import annotations

import json

import pytest
import sympy as sp

from numeric_check.spot_check.recheck import Outcome, recheck
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import Disproved
from symbolic_proofs import claim as stated
from symbolic_proofs import from_data, prove, to_data
from symbolic_proofs.claims.criteria_of import CRITERIA, criteria_of
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Exists
from symbolic_proofs.language.operations import Ceiling
from symbolic_proofs.language.sums import (
    ShortestWindow,
    greatest_entry,
    least_entry,
    over_sorted_entries,
)
from symbolic_proofs.language.terms import PowerSum
from symbolic_proofs.language.vectors import Vector, length
from symbolic_proofs.measures import Measure, find_measure


def _gini(v: Vector) -> sp.Expr:
    return find_measure("gini").term(v)


def _sample_gini(v: Vector) -> sp.Expr:
    return _gini(v) * length(v) / (length(v) - 1)


def _mean_difference(v: Vector) -> sp.Expr:
    weighted = over_sorted_entries(v, lambda c, k: c * (2 * k - length(v) - 1))
    return weighted / length(v) ** 2


def _third(v: Vector) -> sp.Expr:
    window = ShortestWindow(v, Ceiling(length(v) / 3))
    return 1 - window / (greatest_entry(v) - least_entry(v))


def _own(name: str, term: object) -> Measure:
    domain = find_measure("u-theta" if name == "third" else "gini").domain
    return Measure(name, name, "a test", term, domain=domain)  # type: ignore[arg-type]


MEASURES = {
    "gini": find_measure("gini"),
    "u-theta": find_measure("u-theta"),
    "sample-gini": _own("sample-gini", _sample_gini),
    "mean-difference": _own("mean-difference", _mean_difference),
    "third": _own("third", _third),
    "range": _own("range", lambda v: greatest_entry(v) - least_entry(v)),
    "peak": _own("peak", lambda v: greatest_entry(v) / PowerSum(v, 1)),
}

#: which criteria the rules reach; the others of each measure are false, or out of their reach
PROVED = {
    "gini": "robin-hood scaling rising-tide cloning bill-gates babies",
    "u-theta": "scaling cloning",
    "sample-gini": "robin-hood scaling rising-tide bill-gates",
    "mean-difference": "robin-hood cloning",
    "third": "scaling cloning",
    "range": "cloning",
    "peak": "scaling",
}


def criterion(name: str, which: str) -> Claim:
    return criteria_of(MEASURES[name])[CRITERIA.index(which)]


@pytest.mark.parametrize(("name", "which"), [(m, c) for m in PROVED for c in PROVED[m].split()])
def test_a_criterion_is_proved(name: str, which: str) -> None:
    claim = criterion(name, which)
    derivation = prove(claim)
    assert derivation is not None
    assert derivation.theorem.conclusion == claim.conclusion
    assert derivation.theorem.hypotheses <= set(claim.given)
    again = from_data(json.loads(json.dumps(to_data(derivation))))
    assert states(again.theorem, claim)
    for step in derivation.steps:
        found = recheck(step.theorem.hypotheses, step.formula, trials=3)
        # that some β exists is for no instance to say
        exists = isinstance(step.formula, Exists)
        assert found.outcome is (Outcome.UNDECIDED if exists else Outcome.HELD), step.formula
    assert r"\begin{aligned}" in derivation.to_latex()


@pytest.mark.parametrize("name", PROVED)
def test_nothing_else_is_proved(name: str) -> None:
    for claim in criteria_of(MEASURES[name]):
        if claim.id.rsplit(".", 1)[-1] not in PROVED[name].split():
            assert prove(claim) is None, claim.id


def test_bill_gates_falls_for_the_window_measure() -> None:
    found = settle(criterion("u-theta", "bill-gates"), Hunt(budget=1000), default_engines())
    assert isinstance(found, Disproved)
    assert not found.derivation.theorem.hypotheses


@pytest.mark.parametrize(
    "line",
    ["max_{x in W} 0 >= W[1]", "max_{i=1..N} x <= y", "max_{x in W} 0 + max_{x in W} x >= 2"],
)
def test_extremes_of_what_has_no_entries_end_in_no_proof(line: str) -> None:
    assert prove(stated(line)) is None
