"""Claims files in an author's CI: pytest collects them, runs are compared, a new one verifies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sparsity_audit.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = """\
claim fine
  states 0 < 1
claim false.but-expected
  states 1 < 0
  expect refuted
claim wrong.step
  states x > 1 => x > 0
  step   x > 2       by guessing
claim not.as-expected
  states 0 < 1
  expect refuted
"""
PLUGIN = ("-p", "sparsity_audit.pytest_plugin", "-p", "no:cacheprovider", "-n0")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert isinstance(stop.value.code, int)
    return stop.value.code


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_pytest_collects_each_claim_as_a_test(tmp_path: Path) -> None:
    (tmp_path / "paper.claims").write_text(CLAIMS, encoding="utf-8")
    done = python(tmp_path, "-m", "pytest", *PLUGIN, "-rA", "paper.claims")
    assert done.returncode == 1, done.stdout + done.stderr
    ended = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines() if "::" in line}
    assert ended == {
        "paper.claims::fine": "PASSED",
        "paper.claims::false.but-expected": "PASSED",
        "paper.claims::wrong.step": "FAILED",
        "paper.claims::not.as-expected": "FAILED",
    }
    assert "line 8     refuted: x > 2  (by guessing)" in done.stdout
    assert "Traceback" not in done.stdout
    one = python(tmp_path, "-m", "pytest", *PLUGIN, "-q", "paper.claims::fine")
    assert "1 passed" in one.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"claim a\n  states x <\nclaim b\n  states 0 < 1\n", "paper.claims:2:"),
        (b"claim a\n  states \xff < 1\n", "it is not text in UTF-8"),
    ],
)
def test_pytest_fails_by_a_line_for_what_can_not_be_read(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "paper.claims").write_bytes(content)
    done = python(tmp_path, "-m", "pytest", *PLUGIN, "paper.claims")
    assert done.returncode in (1, 2)
    assert said in done.stdout
    assert "Traceback" not in done.stdout


def test_nothing_is_loaded_before_a_claims_file_is_collected(tmp_path: Path) -> None:
    (tmp_path / "test_modules.py").write_text(
        "import sys\n\n\ndef test_modules():\n"
        "    loaded = {m for m in sys.modules if m.startswith(('sparsity_audit', 'symbolic_'))}\n"
        "    assert loaded == {'sparsity_audit', 'sparsity_audit.pytest_plugin'}\n"
        "    assert 'sympy' not in sys.modules\n",
        encoding="utf-8",
    )
    done = python(tmp_path, "-m", "pytest", *PLUGIN, "-q", "-p", "no:hypothesispytest", ".")
    assert "1 passed" in done.stdout, done.stdout


def test_a_new_file_verifies_and_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "paper.claims") == 0
    assert run("verify", "paper.claims", "--quiet", "--budget", "5000") == 0
    capfd.readouterr()
    assert run("new", "paper.claims") == 2
    assert "is there already" in capfd.readouterr().err
    assert run("new", "paper.txt") == 2
    assert "paper.claims" in capfd.readouterr().err
    assert run("new", "no/such/folder.claims") == 0


def verdicts(path: Path, **changes: Any) -> str:
    step = {"id": "a.step-1", "verdict": "proved", "formula": 1}
    entries = [
        {"id": "a", "verdict": "proved", "formula": 1, "paper": "x.claims", "author_steps": [step]},
        {"id": "b", "verdict": "open", "formula": 2},
    ]
    entries[0] |= changes
    path.write_text(json.dumps({"schema": 2, "seed": 0, "claims": entries}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "no verdict changed"),
        ({"seconds": 3, "paper": "elsewhere/x.claims"}, "no verdict changed"),
        ({"verdict": "refuted"}, "x.claims: a: proved -> refuted"),
        ({"verdict": "open", "expected": "proved"}, "proved -> open, expected proved"),
        ({"vacuous": True}, "proved -> proved, vacuous"),
        ({"formula": 3}, "x.claims: a: another statement"),
        ({"id": "c"}, "x.claims: a: gone, was proved\nx.claims: c: new, proved"),
        ({"author_steps": None}, "x.claims: a.step-1: gone, was proved"),
    ],
)
def test_diff_tells_what_changed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], changes: dict[str, Any], said: str
) -> None:
    old, new = verdicts(tmp_path / "old.json"), verdicts(tmp_path / "new.json", **changes)
    assert run("diff", old, new) == (said != "no verdict changed")
    told = capfd.readouterr().out
    assert sorted(line for line in said.splitlines() if line not in told) == []


@pytest.mark.parametrize("key", ["paper", "id", "expected"])
def test_diff_shows_no_line_that_a_file_makes_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], key: str
) -> None:
    made_up = f"x\x1b[2K\nb: gone, was proved {key}"
    new = verdicts(tmp_path / "new.json", **{key: made_up, "verdict": "open"})
    run("diff", verdicts(tmp_path / "old.json"), new)
    told = capfd.readouterr().out
    assert f"x\\x1b[2K\\nb: gone, was proved {key}" in told
    assert "\nb: gone" not in told


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", '{"schema": 2}', '{"schema": 2, "claims": [3]}'),
        '{"schema": 2, "claims": [{"id": "a", "verdict": "true"}]}',
    ],
)
def test_diff_refuses_what_is_no_file_of_verdicts(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str
) -> None:
    good, bad = verdicts(tmp_path / "good.json"), tmp_path / "bad.json"
    bad.write_text(text, encoding="utf-8")
    assert run("diff", good, str(bad)) == 2
    assert run("diff", str(tmp_path / "none.json"), good) == 2
    assert "Traceback" not in capfd.readouterr().err


def test_the_hook_runs_a_command_that_there_is() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: sparsity-audit verify --quiet\n" in hook
    assert r"files: \.claims$" in hook
