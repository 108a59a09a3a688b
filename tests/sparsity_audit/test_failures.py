"""What fails on one claim is said in its row; the verdicts on the others are not lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sparsity_audit.cli.main import main
from sparsity_audit.errors import Contradiction, InputError
from sparsity_audit.verdicts import run
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict import failed
from symbolic_proofs.claims.catalogue import find_claim

GOOD, BAD = "scaling.norm", "cloning.norm"
OPTIONS = ("--budget", "500", "--jobs", "1", "--quiet")
ERRORS = [
    RecursionError("maximum recursion depth exceeded"),
    MemoryError(),
    ValueError("two\nlines"),
    KeyError("x"),
    AssertionError("a" * 5000),
    ZeroDivisionError("division by zero"),
]


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException, id_: str = BAD) -> None:
    def settle_or_fail(claim, hunt, engines):
        if claim.id == id_:
            raise error
        return settle(claim, hunt, engines)

    monkeypatch.setattr(run, "settle", settle_or_fail)


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_a_crash_in_one_claim_loses_no_other_verdict(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception
) -> None:
    failing(monkeypatch, error)
    out = tmp_path / "verdicts.json"
    shown = CliRunner().invoke(main, ["verify", BAD, GOOD, *OPTIONS, "--json", str(out)])
    assert shown.exit_code == 3
    bad, good = json.loads(out.read_text())["claims"]
    assert (bad["id"], bad["verdict"]) == (BAD, "open")
    assert bad["error"].startswith(type(error).__name__)
    assert "\n" not in bad["error"]
    assert len(bad["error"]) < 400
    assert bad["tried"] == [f"the program failed on it: {bad['error']}"]
    assert (good["verdict"], good["error"]) == ("proved", None)
    rows = {text.split()[0]: " ".join(text.split()) for text in shown.stdout.split("\n\n")}
    assert bad["error"][:100] in rows[BAD]
    assert "2 claims: 1 proved, 1 failed" in shown.stdout
    assert f"{BAD}: {bad['error']}" in shown.stderr
    assert "relied on" not in shown.stderr


def test_no_option_hides_that_the_program_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, RuntimeError("out of order"))
    assert CliRunner().invoke(main, ["verify", BAD, *OPTIONS, "--exit-zero"]).exit_code == 3


#: a file that puts the program out of order, in each process that reads it
FILE = """\
from symbolic_proofs.language import *
from symbolic_proofs import claim
from sparsity_audit.verdicts import run

settle, record = run.settle, run.record

def settle_or_fail(claim, hunt, engines):
    if claim.id == "a.deep":
        raise RecursionError("too deep")
    return settle(claim, hunt, engines)

def record_or_fail(verdict, claims):
    if verdict.claim.id == "a.deep":
        raise RecursionError("cannot even be printed")
    return record(verdict, claims)

run.settle, run.record = settle_or_fail, record_or_fail
x = real("x")
claim("a.deep", "here", "in words", then=equal(x, x + x))
claim("a.plain", "here", "in words", then=equal(x + x, 2 * x))
for word in ("two", "three", "four", "five", "six", "seven"):  # so many that two processes start
    claim(f"a.{word}", "here", "in words", then=equal(x + x, 2 * x))
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_can_not_even_be_written_down_has_a_row_in_every_process(
    tmp_path: Path, jobs: str
) -> None:
    file, out = tmp_path / "mine.py", tmp_path / "verdicts.json"
    file.write_text(FILE)
    arguments = ["verify", str(file), "--budget", "500", "--jobs", jobs, "--json", str(out)]
    shown = subprocess.run(
        [sys.executable, "-m", "sparsity_audit", *arguments, "--quiet"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 3, shown.stderr
    deep, plain, *_ = json.loads(out.read_text())["claims"]
    assert (deep["id"], deep["locator"], deep["verdict"]) == ("a.deep", "here", "open")
    assert deep["error"] == "RecursionError: too deep"
    assert deep.keys() >= {key for key in plain if plain[key] is None}
    assert plain["verdict"] == "proved"
    assert "Traceback" not in shown.stderr
    assert "a.plain (here): proved" in shown.stdout


def test_a_contradiction_in_one_claim_loses_no_other_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing(monkeypatch, Contradiction(BAD))
    records = run.settle_all([BAD, GOOD], Hunt(budget=500), 1, lambda entry: None)
    assert [entry["verdict"] for entry in records] == ["open", "proved"]
    assert records[0]["error"].startswith(f"{BAD} is both proved and refuted")


def test_wrong_input_is_no_failure_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, InputError("write it otherwise"))
    shown = CliRunner().invoke(main, ["verify", BAD, GOOD, *OPTIONS])
    assert shown.exit_code == 2
    assert shown.stderr == "sparsity-audit: write it otherwise\n"


def test_criteria_go_on_after_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    failing(monkeypatch, TypeError("not a number"), "hoyer.cloning")
    out = tmp_path / "criteria.json"
    shown = CliRunner().invoke(main, ["criteria", "hoyer", *OPTIONS, "--json", str(out)])
    assert shown.exit_code == 3
    entries = {entry["id"]: entry for entry in json.loads(out.read_text())["claims"]}
    assert entries["hoyer.cloning"]["error"] == "TypeError: not a number"
    assert entries["hoyer.scaling"]["verdict"] == "proved"
    assert "open, failed" in shown.stdout


def test_documents_of_a_run_that_failed_end_with_code_3(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failing(monkeypatch, TypeError("not a number"))
    page = tmp_path / "page.html"
    shown = CliRunner().invoke(main, ["report", BAD, GOOD, *OPTIONS, "-o", str(page)])
    assert shown.exit_code == 3
    assert "The program failed on this claim: TypeError: not a number" in page.read_text()
    shown = CliRunner().invoke(main, ["appendix", BAD, GOOD, *OPTIONS, "-o", str(tmp_path)])
    assert shown.exit_code == 3
    assert "TypeError: not a number" in (tmp_path / "sparsity-audit-appendix.tex").read_text()


def test_an_error_is_one_line() -> None:
    verdict = failed(find_claim(GOOD), ValueError("a\n b"))
    assert verdict.error == "ValueError: a b"
    assert failed(find_claim(GOOD), MemoryError()).error == "MemoryError"
    assert default_engines().prove(find_claim(GOOD)) is not None
