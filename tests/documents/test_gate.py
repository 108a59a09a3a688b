"""The gate runs what it is asked for, says what it did not run, and passes nothing by that."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
GATE = CHECKOUT / ".ci" / "run"
TEXT = GATE.read_text(encoding="utf-8")
STAGES = re.findall(r"^stage_(\w+)\(\)", TEXT, re.M)
#: of one Python; other Pythons are a run of their own
ONE_PYTHON = re.findall(r"^gate=\((.*)\)$", TEXT, re.M)[0].split()
STAGES_IN_ORDER = [*ONE_PYTHON, "pythons"]
WORKFLOW = (CHECKOUT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
#: what the gate itself calls
TOOLS = ("bash", "env", "mktemp", "rm", "dirname")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs bash")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A machine of one Python, whose `make` does what a test writes into it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (folder / tool).symlink_to(found)
    tool_of(folder, "python3", f'exec "{sys.executable}" "$@"')
    return folder


def tool_of(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/usr/bin/env bash\n{text}\n")
    (folder / name).chmod(0o755)


def gate(tools: Path, *stages: str) -> subprocess.CompletedProcess[str]:
    (tools / "scratch").mkdir(exist_ok=True)
    environment = {"PATH": str(tools), "TMPDIR": str(tools / "scratch"), "PYTHON": "python3"}
    return subprocess.run(
        [GATE, *stages], check=False, env=environment, capture_output=True, text=True
    )


def test_an_unknown_stage_is_one_line_and_nothing_is_done(tools: Path) -> None:
    known = " ".join(STAGES_IN_ORDER)
    for stages in (("nonsense",), ("lint", "nonsense"), ("",), ("--help",)):
        done = gate(tools, *stages)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"run: no stage '{stages[-1]}'; there are {known}\n"


def test_a_stage_alone_is_run_and_the_others_are_named(tools: Path) -> None:
    tool_of(tools, "make", f'echo "$@" >>"{tools}/made"')
    done = gate(tools, "lint")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^== lint: [0-9]+ s$", done.stdout, re.M)
    left = " ".join(stage for stage in STAGES_IN_ORDER if stage != "lint")
    assert done.stdout.endswith(f"\nrun: lint\nnot run: {left}\n")
    assert (tools / "made").read_text().endswith(" lint\n")
    assert list((tools / "scratch").iterdir()) == []


def test_a_stage_that_fails_ends_the_run(tools: Path) -> None:
    # in the middle of a stage as well: what comes after `make` would pass
    tool_of(tools, "make", "exit 3")
    for stages in (("lint", "tests"), ("verify", "tests"), ()):
        done = gate(tools, *stages)
        first = (*stages, STAGES_IN_ORDER[0])[0]
        assert done.returncode == 1
        assert re.search(rf"^== {first}: [0-9]+ s, failed with 3$", done.stdout, re.M)
        assert "\nrun: nothing\nnot run: " in done.stdout
        assert first not in done.stdout.rpartition("not run:")[2].split()


@pytest.mark.parametrize("cases", ["", "<testcase><skipped/></testcase>"])
def test_tests_that_were_all_skipped_are_a_failure(tools: Path, cases: str) -> None:
    report = f"""for word; do
        case $word in *--junitxml=*) echo "<a>{cases}</a>" >"${{word##*=}}" ;; esac
    done"""
    tool_of(tools, "make", report)
    done = gate(tools, "tests")
    assert done.returncode == 1
    assert "no test ran" in done.stderr
    tool_of(tools, "make", report.replace("<a>", "<a><testcase/>"))
    assert gate(tools, "tests").returncode == 0


def test_a_run_that_finds_nothing_to_run_does_not_pass(tools: Path) -> None:
    done = gate(tools, "pythons")
    assert done.returncode == 1
    others = {"3.11", "3.12", "3.13", "3.14"} - {f"3.{sys.version_info.minor}"}
    assert set(re.findall(r"Python (\S+): not found, not run", done.stdout)) >= others
    assert "\nrun: nothing\n" in done.stdout
    assert done.stderr == "run: nothing was run\n"
    tool_of(tools, "make", ":")
    both = gate(tools, "lint", "pythons")
    assert both.returncode == 0
    assert "pythons" in both.stdout.rpartition("not run:")[2]


def test_the_list_of_stages_has_each_of_them_and_the_workflow_too() -> None:
    assert sorted(STAGES_IN_ORDER) == sorted(STAGES)
    (matrix,) = re.findall(r"stage: \[(.*)\]", WORKFLOW)
    alone = re.findall(r"run: \.ci/run (\w+)$", WORKFLOW, re.M)
    assert matrix.split(", ") == ONE_PYTHON
    assert alone == ["pythons"]


def test_the_workflow_has_each_python_that_is_declared() -> None:
    versions = set(re.findall(r"3\.1[0-9]", WORKFLOW))
    assert versions == {"3.11", "3.12", "3.13", "3.14"}
    assert 'requires-python = ">=3.11"' in (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
