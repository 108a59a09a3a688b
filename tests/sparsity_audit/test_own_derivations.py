"""The derivations of the paper itself, which its claims file in the package gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sparsity_audit.cli.main import main
from sparsity_audit.verdicts.check import recheck
from sparsity_audit.verdicts.finding import Status

NT = "I([W × T]) = 1 - (n·T)^(1/q - 1/p)·‖[W × T]‖_p/‖[W × T]‖_q"
FALL = {"sensitivity.example-order": ["2^(1/p - 1/q) < 1"], "time.invariance": [NT, "= I(W)"]}


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "verdicts.json"
    asked = ("scaling.invariance", "cloning.invariance", *FALL)
    assert run("verify", *asked, "--quiet", "--budget", "2000", "--json", str(path)) == 1
    return path


def test_the_lines_of_the_paper_that_fail_are_found_and_no_others(stored: Path) -> None:
    entries = json.loads(stored.read_text(encoding="utf-8"))["claims"]
    fallen = {
        entry["id"]: [s["title"] for s in entry["author_steps"] if s["verdict"] == "refuted"]
        for entry in entries
    }
    assert fallen == {"scaling.invariance": [], "cloning.invariance": [], **FALL}
    assert {entry["verdict"] for entry in entries} == {"proved"}
    assert {s["verdict"] for e in entries for s in e["author_steps"]} == {"proved", "refuted"}


def test_the_evidence_for_the_steps_checks(stored: Path) -> None:
    found = list(recheck(stored))
    assert len(found) == 4 + 5 + 5 + 6 + 5
    assert {one.status for one in found} == {Status.CONFIRMED}


def test_a_step_is_told_by_its_number(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("verify", "sensitivity.example-order", "--quiet", "--budget", "2000")
    shown = capsys.readouterr().out
    assert "  step 6     refuted: 2^(1/p - 1/q) < 1  (by the step before)" in shown
    assert "  derivation step 6 refuted; the conclusion stands all the same" in shown


def another_reason(steps: list[dict[str, Any]]) -> None:
    steps[0]["reason_given"] = "by magic"


def other_words(steps: list[dict[str, Any]]) -> None:
    steps[-1]["title"] = "2^(1/p - 1/q) > 0"


def one_proved_step_for_another(steps: list[dict[str, Any]]) -> None:
    steps[1]["formula"], steps[1]["derivation"] = steps[0]["formula"], steps[0]["derivation"]


def without_the_one_that_falls(steps: list[dict[str, Any]]) -> None:
    del steps[-1]


def a_line_of_a_file(steps: list[dict[str, Any]]) -> None:
    steps[0]["line"] = 3


@pytest.mark.parametrize(
    "forge",
    [
        another_reason,
        other_words,
        one_proved_step_for_another,
        without_the_one_that_falls,
        a_line_of_a_file,
    ],
)
def test_steps_that_are_not_the_papers_are_refused(
    stored: Path, tmp_path: Path, forge: Callable[[list[dict[str, Any]]], None]
) -> None:
    data = json.loads(stored.read_text(encoding="utf-8"))
    data["claims"] = [e for e in data["claims"] if e["id"] == "sensitivity.example-order"]
    forge(data["claims"][0]["author_steps"])
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert Status.REFUSED in {one.status for one in recheck(path)}
