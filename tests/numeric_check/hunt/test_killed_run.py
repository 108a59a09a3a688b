"""A run that is killed with SIGKILL, as its user starts it: the next one goes on where it was."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from numeric_check.hunt.pieces import run_piece, sizes
from sparsity_audit.cli.main import main

# `numeric_check.search` is the function
SEARCH = import_module("numeric_check.hunt.search")
BUDGET = 800_000
NUMBERS = set(range(len(sizes(BUDGET))))


def arguments(claim: str, *more: str) -> list[str]:
    return ["search", claim, "--budget", str(BUDGET), "--json", "-", *more]


def start(options: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sparsity_audit", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)


def output(options: list[str]) -> bytes:
    process = start(options)
    text = process.communicate(timeout=120)[0]
    assert process.returncode in (0, 1)
    return text


def finished(journal: Path) -> list[int]:
    """Return the numbers of the pieces whose lines are whole; the header is not a piece."""
    lines = journal.read_bytes().split(b"\n")[1:-1] if journal.exists() else []
    return [json.loads(line.split(b" ", 1)[1])["number"] for line in lines]


def kill_after(journal: Path, pieces: int, options: list[str], delay: float) -> subprocess.Popen:
    """Kill a run, and it alone, a little after it has finished so many pieces."""
    process, deadline = start(options), time.monotonic() + 60
    while len(finished(journal)) < pieces and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)
    time.sleep(delay)
    process.kill()
    process.communicate()
    return process


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_run_ends_as_an_undisturbed_one(jobs, tmp_path, monkeypatch):
    journal, chance = tmp_path / "run.journal", random.Random(jobs)
    options = arguments("zeros.raise", "--jobs", jobs, "--journal", str(journal))
    killed = kill_after(journal, 3, options, chance.uniform(0, 0.05))
    assert killed.returncode == -signal.SIGKILL
    kill_after(journal, len(finished(journal)) + 1, options, chance.uniform(0, 0.05))
    done = finished(journal)
    assert len(done) == len(set(done)) >= 4
    assert set(done) < NUMBERS, "the run was over before it was killed"

    copy, again = shutil.copy(journal, tmp_path / "copy.journal"), []

    def counting(task, number, size):
        again.append(number)
        return run_piece(task, number, size)

    undisturbed = output(arguments("zeros.raise"))
    assert output(options) == undisturbed
    assert set(finished(journal)) == NUMBERS
    monkeypatch.setattr(SEARCH, "run_piece", counting)
    # in this process, where pieces are counted
    resumed = arguments("zeros.raise", "--jobs", "1", "--journal", str(copy))
    result = CliRunner().invoke(main, resumed)
    assert result.stdout_bytes == undisturbed
    assert sorted([*again, *done]) == sorted(NUMBERS)


def test_a_killed_run_finds_the_same_witness(tmp_path):
    # false from 57 entries on: found after some pieces
    journal = tmp_path / "run.journal"
    fixed = ["--p", "1/2", "--q", "3/4", "--dim", "57"]
    options = arguments("criteria.robin-hood", *fixed, "--journal", str(journal))
    undisturbed = output(arguments("criteria.robin-hood", *fixed))
    assert json.loads(undisturbed)["kind"] == "counterexample"
    kill_after(journal, 1, options, 0)
    assert output(options) == undisturbed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_the_workers_of_a_killed_run_end_too(tmp_path):
    journal = tmp_path / "run.journal"
    options = arguments("zeros.raise", "--jobs", "2", "--journal", str(journal))
    group, deadline = kill_after(journal, 1, options, 0).pid, time.monotonic() + 20
    while alive(group):
        assert time.monotonic() < deadline, "a worker is left behind"
        time.sleep(0.05)


def alive(group: int) -> bool:
    """Tell whether a process of the group runs; one that nobody waits for any more does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # gone in the meantime
            state, _, pgid = stat.read_text().rpartition(")")[2].split()[:3]
            if int(pgid) == group and state not in "ZX":
                return True
    return False
