"""The criteria of the built-in measures: what falls falls by the smallest witness, certified."""

from __future__ import annotations

import json
from fractions import Fraction as F

import pytest

from numeric_check.certifier.certify import check_certificate, decide
from numeric_check.certifier.errors import Undecided, ValuelessError
from numeric_check.certifier.witness import Witness
from numeric_check.hunt.search import search
from sparsity_audit.cli.main import main
from sparsity_audit.text.published import PUBLISHED, agrees
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import Disproved, Undefined
from symbolic_proofs.claims.criteria_of import CRITERIA, criteria_of
from symbolic_proofs.language import from_wire, to_wire
from symbolic_proofs.measures import MEASURES, find_measure

BUDGET = 20_000


def criterion(id_: str):  # type: ignore[no-untyped-def]
    name, _, which = id_.partition(".")
    return criteria_of(find_measure(name))[CRITERIA.index(which)]


#: criterion -> its smallest witness
REFUTED = {
    "l0.robin-hood": {"u": "4", "v": "1", "epsilon": "1", "R": [], "n": "0"},
    "l0.rising-tide": {"W": [["1", 1], ["2", 1]], "alpha": "1", "n": "0"},
    "l0.cloning": {"W": [["1", 1], ["0", 1]], "m": "1", "n": "0"},
    "l0-eps.scaling": {"W": [["1", 2]], "alpha": "2", "n": "0"},
    "minus-l1.robin-hood": {"u": "3", "v": "0", "epsilon": "1", "R": [], "n": "0"},
    "minus-lp.babies": {"W": [["1", 2]], "n": "0"},
    "l2-l1.cloning": {"W": [["1", 2]], "m": "1", "n": "0"},
    "minus-tanh.babies": {"W": [["1", 2]], "n": "0"},
    "minus-tanh-2.robin-hood": {"u": "1", "v": "0", "epsilon": "1/3", "R": [], "n": "0"},
    "minus-log.robin-hood": {"u": "3", "v": "0", "epsilon": "1", "R": [], "n": "0"},
    "kappa-4.robin-hood": {"u": "3", "v": "0", "epsilon": "1", "R": [["3", 1]], "n": "1"},
    "u-theta.babies": {"W": [["1", 1], ["0", 1]], "n": "0"},
    "minus-lp-negative.rising-tide": {"W": [["1", 1], ["0", 1]], "alpha": "2", "n": "0"},
    "h-g.cloning": {"W": [["2", 2]], "m": "1", "n": "0"},
    "h-s.rising-tide": {"W": [["1", 1], ["0", 1]], "alpha": "1", "n": "0"},
    "h-s-prime.babies": {"W": [["1", 2]], "n": "0"},
    "hoyer.cloning": {"W": [["1", 1], ["0", 1]], "m": "1", "n": "0"},
    # a tie: one nonzero entry has the greatest value, 1, at every length
    "hoyer.babies": {"W": [["1", 1], ["0", 1]], "n": "0"},
    "vinje-gallant.cloning": {"W": [["1", 1], ["0", 1]], "m": "1", "n": "0"},
    "vinje-gallant.babies": {"W": [["1", 1], ["0", 1]], "n": "0"},
    "numeric-sparsity.cloning": {"W": [["1", 2]], "m": "1", "n": "0"},
}


@pytest.mark.parametrize("id_", REFUTED)
def test_the_smallest_witness(id_: str) -> None:
    claim = criterion(id_)
    found = search(claim, budget=BUDGET)
    assert found.kind == "counterexample"
    assert found.witness is not None
    assert found.witness.to_json() == dict(sorted(REFUTED[id_].items()))
    assert found.certificate is not None
    check_certificate(claim, found.witness, found.certificate)


#: criteria that hold, where floats saturate, cancel, tie or round
TRUE = (
    "minus-tanh.robin-hood minus-tanh.rising-tide minus-tanh-2.rising-tide minus-log.rising-tide "
    "minus-lp.robin-hood l0.scaling l0.babies u-theta.scaling u-theta.cloning h-s.scaling "
    "h-g.robin-hood h-g.rising-tide hoyer.robin-hood hoyer.rising-tide gini.robin-hood "
    "gini.cloning gini.scaling coefficient-of-variation.robin-hood "
    "coefficient-of-variation.cloning "
    "theil.robin-hood theil.cloning theil.scaling atkinson.robin-hood atkinson.cloning"
)


@pytest.mark.parametrize("id_", TRUE.split())
def test_no_true_criterion_falls(id_: str) -> None:
    for seed in (0, 1):
        found = search(criterion(id_), budget=BUDGET, seed=seed)
        assert found.kind is None
        assert found.effective > 1000


@pytest.mark.parametrize("top", ["30", "1000", "100000"])
def test_saturation_of_tanh_decides_nothing(top: str) -> None:
    # in floats both sides are equal: tanh is 1 from 20 on
    values = {"u": F(top), "v": F(20), "epsilon": F(1, 2), "n": F(0)}
    witness = Witness(values, {"R": ()})
    claim = criterion("minus-tanh.robin-hood")
    try:
        assert decide(claim.conclusion, witness)
    except Undecided:
        assert top == "100000"


def test_what_is_undefined_is_no_violation() -> None:
    babies = criterion("h-g.babies")
    with pytest.raises(ValuelessError):
        decide(babies.conclusion, Witness({"n": F(0)}, {"W": ((F(1), 2),)}))
    assert search(babies, budget=2000).effective == 0


def test_every_criterion_has_a_wire_text() -> None:
    for measure in MEASURES:
        for claim in criteria_of(measure):
            assert from_wire(json.loads(json.dumps(to_wire(claim.statement)))) == claim.statement


def test_the_published_table_is_no_verdict() -> None:
    assert set(PUBLISHED) <= {measure.name for measure in MEASURES}
    assert agrees(find_measure("h-s"), "D2", "proved") is False
    assert agrees(find_measure("gini"), "D1", "proved") is True
    assert agrees(find_measure("gini"), "D1", "open") is None
    assert agrees(find_measure("theil"), "D1", "refuted") is None


def test_the_table_of_two_measures(capfd: pytest.CaptureFixture[str]) -> None:
    options = ["--quiet", "--budget", "3000", "--jobs", "1"]
    with pytest.raises(SystemExit) as stop:
        main(["criteria", "l2-l1", "l0", *options, "--json", "-"])
    assert stop.value.code == 1
    data = json.loads(capfd.readouterr().out)
    assert [m["name"] for m in data["measures"]] == ["l2-l1", "l0"]
    ratio = data["measures"][0]["criteria"]
    assert ratio["D4"]["verdict"] == "refuted"
    assert ratio["D4"]["agrees"] is True
    assert ratio["D3"] == {
        "verdict": "proved", "claim": "l2-l1.rising-tide", "published": False, "agrees": False,
    }  # fmt: skip
    assert len(data["claims"]) == 12
    with pytest.raises(SystemExit):
        main(["criteria", "l2-l1", *options, "--latex"])
    printed = capfd.readouterr().out
    assert r"\begin{tabular}" in printed
    assert "published as not satisfied" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ginni"], "did you mean gini"),
        (["nothing-like-it"], "use one of l0"),
        ([], "name a measure"),
        (["missing.py:f"], "missing.py cannot be read"),
    ],
)
def test_unknown_names_are_said_in_one_line(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["criteria", *arguments])
    assert stop.value.code == 2
    complaint = capfd.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    "name",
    [
        *("l0", "l0-eps", "minus-l1", "minus-lp", "minus-tanh", "minus-tanh-2", "minus-log"),
        *("h-g", "h-s", "h-s-prime"),
    ],
)
def test_bill_gates_falls_by_a_theorem(name: str) -> None:
    found = settle(criterion(f"{name}.bill-gates"), Hunt(budget=1000), default_engines())
    assert found.name == "refuted"
    assert isinstance(found, Disproved)


def test_what_has_no_value_anywhere_is_said_so() -> None:
    found = settle(criterion("h-g.babies"), Hunt(budget=1000), default_engines())
    assert isinstance(found, Undefined)
    assert "logarithm" in found.reason


def test_a_difference_is_typeset(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["criteria", "pq-index", "--quiet", "--budget", "2000", "--jobs", "1", "--latex"])
    printed = capfd.readouterr().out
    assert r"\item pq-index D1: published as satisfied, refuted here ($R = [4]$" in printed
    assert "$1 - (3087/5329)^{1/6} > 1 - (15625/24843)^{1/6}$, by exact arithmetic" in printed
