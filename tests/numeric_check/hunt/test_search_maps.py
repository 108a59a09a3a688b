"""`search --map` and `search --first-n`, as a user calls them."""

import json

import pytest
from click.testing import CliRunner

from numeric_check.hunt.search import search
from sparsity_audit.cli.main import main
from sparsity_audit.text.exponent_values import conditions_of, hold
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["search", "criteria.robin-hood", *arguments])
    return result.exit_code, result.output


def test_the_first_length_that_fails() -> None:
    code, output = run("--first-n", "--p", "2", "--q", "4", "--json", "-")
    data = json.loads(output)
    assert code == 1
    assert data["length"] == 3
    assert data["certificate"]["method"] == "exact"


def test_a_map_of_one_point_is_refuted_with_a_witness() -> None:
    code, output = run("--map", "--p", "2", "--q", "3", "--json", "-")
    (point,) = json.loads(output)["points"]
    assert code == 1
    assert point["status"] == "refuted"
    assert "witness" in point


def test_a_map_says_where_a_theorem_holds() -> None:
    _, output = run("--map", "--p", "1/2", "--q", "2")
    assert "proved     where p < q, p ≤ 1, q ≥ 1" in output


def test_the_budget_is_for_each_point() -> None:
    _, output = run("--map", "--p", "1", "--q", "2", "--budget", "300", "--json", "-")
    (point,) = json.loads(output)["points"]
    assert 0 < point["effective"] <= 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("--map", "--time", "3"),
        ("--first-n", "--p", "1", "--q", "2", "--journal", "kept"),
        ("--first-n", "--p", "2"),
        ("--map", "--first-n"),
        ("--map", "--dim", "4"),
        ("--map", "--p", "2"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...]) -> None:
    code, output = run(*arguments)
    assert code == 2
    assert output.count("\n") == 1


def test_conditions_come_from_theorems_with_the_same_conclusion() -> None:
    claim = find_claim("criteria.robin-hood")
    found = {c.id: conditions_of(claim, c) for c in CATALOGUE}
    conditions = found.pop("criteria.robin-hood.amended")
    assert conditions is not None
    assert len(conditions) == 3
    assert {key for key, value in found.items() if value} == {claim.id}
    assert hold(conditions, 1, 2)  # type: ignore[arg-type]
    assert not hold(conditions, 2, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("--map",), "\n  1/4  "),
        (("--first-n", "--p", "1", "--q", "2"), "  before     N = 2 to 2: nothing in "),
    ],
)
def test_what_was_reached_before_an_interruption_is_shown(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], shown: str
) -> None:
    calls = []

    def stopped(*claim: object, **options: object) -> object:
        calls.append(options)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return search(*claim, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("numeric_check.hunt.exponent_map.search", stopped)
    code, output = run(*arguments, "--budget", "500", "--jobs", "1")
    assert code == 130
    assert "interrupted; this is what there was so far" in output
    assert shown in output
