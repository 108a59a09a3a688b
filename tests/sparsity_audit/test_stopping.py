"""A run that is stopped, by Ctrl-C or SIGTERM: one line, its code, what it has, and no remains."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from numeric_check.parallel.processes import ProcessWorkers
from sparsity_audit.appendix import pdf
from sparsity_audit.cli import tensor_rows
from sparsity_audit.cli.main import main
from symbolic_proofs.claims.catalogue import CATALOGUE

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs signals, and sees processes in /proc"
)
STOPS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
WAIT = 120
NEEDS_DASK = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed")
#: a file that says so when it is run, and a function that says so when it is called
SLOW = """
import time
from pathlib import Path
{now}
def slow(w):
    Path("begun").write_text("\\n")
    time.sleep(1000)
"""
AT_ONCE = 'Path("begun").write_text("\\n")\ntime.sleep(1000)'


def begin(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sparsity_audit", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=folder,
        start_new_session=True,
    )


def until(true: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    end = time.monotonic() + WAIT
    while not true():
        assert process is None or process.poll() is None, "the run was over before"
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def lines_in(file: Path, count: int) -> Callable[[], bool]:
    return lambda: file.exists() and file.read_bytes().count(b"\n") >= count


def of_session(leader: int) -> Iterator[int]:
    """Yield the processes that a run has started, and that are not over."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            yield int(stat.parent.name)


def stopped(process: subprocess.Popen[str], number: int, *, alone: bool = False) -> tuple[int, str]:
    """Stop a run as a terminal does, or it alone; return its code and what it has printed."""
    (os.kill if alone else os.killpg)(process.pid, number)
    out, err = process.communicate(timeout=WAIT)
    assert err.count("\n") == 1, err
    assert err.startswith("sparsity-audit: interrupted")
    assert "Traceback" not in out
    until(lambda: not list(of_session(process.pid)))
    return process.returncode, out


@pytest.mark.parametrize(("number", "code"), STOPS)
@pytest.mark.parametrize(
    "workers",
    [
        ("--jobs", "1"),
        ("--jobs", "2"),
        ("--executor", "processes", "--jobs", "2"),
        pytest.param(("--executor", "dask", "--jobs", "2"), id="dask", marks=NEEDS_DASK),
    ],
)
def test_verdicts_that_were_reached_are_kept(
    tmp_path: Path, number: int, code: int, workers: tuple[str, ...]
) -> None:
    options = ["--budget", "1000000", "--json", "out.json", "--journal", "kept", *workers]
    process = begin(tmp_path, "verify", *options)
    until(lines_in(tmp_path / "kept", 3), process)
    ended, table = stopped(process, number)
    assert ended == code
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert data["interrupted"] is True
    assert 2 <= len(data["claims"]) < len(CATALOGUE)
    assert all(entry["id"] in table for entry in data["claims"])
    assert {path.name for path in tmp_path.iterdir()} == {"out.json", "kept"}
    assert (tmp_path / "kept").read_bytes().count(b"\n") == len(data["claims"]) + 1


@pytest.mark.parametrize(("number", "code"), STOPS)
def test_the_program_alone_may_be_told_and_stops_its_workers(
    tmp_path: Path, number: int, code: int
) -> None:
    options = ["--budget", "100000", "--journal", "kept", "--jobs", "2"]
    process = begin(tmp_path, "criteria", "--all", *options)
    until(lines_in(tmp_path / "kept", 2), process)
    assert len(list(of_session(process.pid))) >= 3
    assert stopped(process, number, alone=True)[0] == code


@pytest.mark.parametrize(("number", "code"), STOPS)
def test_a_search_shows_what_it_has(tmp_path: Path, number: int, code: int) -> None:
    options = ["--budget", "100000000", "--journal", "kept", "--jobs", "2"]
    process = begin(tmp_path, "search", "zeros.raise", *options)
    # a head and two pieces: the second is begun once the first is among the results
    until(lines_in(tmp_path / "kept", 4), process)
    ended, out = stopped(process, number)
    assert ended == code
    assert "effective trials" in out


@pytest.mark.parametrize(("number", "code"), STOPS)
@pytest.mark.parametrize("command", ["verify", "criteria", "search", "report", "appendix"])
def test_a_run_in_the_middle_of_anything_leaves_nothing_behind(
    tmp_path: Path, number: int, code: int, command: str
) -> None:
    """In a user's file or function, or at the first claim of a document."""
    (tmp_path / "mine.py").write_text(SLOW.format(now=AT_ONCE if command == "verify" else ""))
    arguments = {
        "verify": ["mine.py", "--json", "out.json"],
        "criteria": ["mine.py:slow", "--jobs", "1", "--json", "out.json"],
        "search": ["mine.py:slow.scaling", "--json", "-"],
        "report": ["-o", "out.html", "--jobs", "1", "--budget", "10000000"],
        "appendix": ["-o", "out", "--jobs", "1", "--budget", "10000000"],
    }[command]
    process = begin(tmp_path, command, *arguments)
    document = command in ("report", "appendix")
    # what a document asks first is whether it can be written
    begun = (lambda: loaded(process.pid)) if document else lines_in(tmp_path / "begun", 1)
    until(begun, process)
    ended, _ = stopped(process, number)
    assert ended == code
    left = {path.name for path in tmp_path.iterdir()} - {"mine.py", "begun", "__pycache__"}
    assert left <= {"out.json", "out"}
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def loaded(pid: int) -> bool:
    """Tell whether a run has come to work with numbers."""
    return "flint" in Path(f"/proc/{pid}/maps").read_text()


@pytest.mark.parametrize(
    "stop",
    [
        # in a place whose exceptions Python drops: the run would go on
        "class Deaf:\n    def __del__(self):\n        raise KeyboardInterrupt\nDeaf()",
        # out of a text that is run: Python would end itself by a signal
        "exec('raise KeyboardInterrupt')",
    ],
)
def test_a_stop_is_heard_wherever_it_comes(tmp_path: Path, stop: str) -> None:
    (tmp_path / "mine.py").write_text(f"{stop}\n" + SLOW.format(now=AT_ONCE))
    process = begin(tmp_path, "verify", "mine.py")
    out, err = process.communicate(timeout=WAIT)
    assert (process.returncode, out, err) == (130, "", "sparsity-audit: interrupted\n")


@pytest.mark.parametrize(("number", "code"), STOPS)
def test_a_run_that_waits_for_its_input_is_stopped(tmp_path: Path, number: int, code: int) -> None:
    os.mkfifo(tmp_path / "entries.csv")
    process = begin(tmp_path, "measure", "entries.csv")
    with (tmp_path / "entries.csv").open("wb"):  # opens when the run reads
        assert stopped(process, number)[0] == code


def test_rows_that_were_measured_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.npz"
    np.savez(path, first=np.arange(3.0), second=np.arange(4.0))
    described = tensor_rows._described

    def until_the_second(tensor, *arguments):  # type: ignore[no-untyped-def]
        if tensor.name == "second":
            raise KeyboardInterrupt
        return described(tensor, *arguments)

    monkeypatch.setattr(tensor_rows, "_described", until_the_second)
    shown = CliRunner().invoke(main, ["measure", str(path), "--json", "-", "--axis", "0"])
    assert shown.exit_code == 130
    data = json.loads(shown.stdout)
    assert ([row["name"] for row in data["tensors"]], data["interrupted"]) == (["first"], True)
    assert shown.stderr == "sparsity-audit: interrupted after 1 rows; these are kept\n"


def test_what_latexmk_has_started_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    latexmk = tmp_path / "latexmk"
    latexmk.write_text(f'#!/bin/sh\nsleep 1000 &\necho $! >"{tmp_path}/child"\nwait\n')
    latexmk.chmod(0o755)

    class Impatient(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            if timeout is not None:
                until(lines_in(tmp_path / "child", 1))
                raise KeyboardInterrupt
            return super().wait()

    monkeypatch.setattr(pdf.subprocess, "Popen", Impatient)
    with pytest.raises(KeyboardInterrupt):
        pdf.compile_pdf({}, tmp_path, str(latexmk))
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    until(lambda: not child.exists() or ") Z " in child.read_text())


def test_a_stop_while_processes_are_started_comes_after_and_not_to_them() -> None:
    workers = ProcessWorkers(1)

    class Stopping(type(workers._pool)):  # type: ignore[misc]
        def submit(self, *arguments):  # type: ignore[no-untyped-def]
            os.kill(os.getpid(), signal.SIGINT)
            self.future = super().submit(*arguments)
            return self.future

    workers._pool.__class__ = Stopping
    try:
        with pytest.raises(KeyboardInterrupt):
            workers.submit(signal.pthread_sigmask, signal.SIG_BLOCK, [])
        assert signal.SIGINT in workers._pool.future.result(WAIT)
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    finally:
        workers.close()
