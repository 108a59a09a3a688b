"""The same outcome from one process, several, and a Dask cluster, workers lost or not."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from numeric_check.hunt.pieces import Piece
from numeric_check.hunt.search import search
from numeric_check.parallel import dask_cluster, dispatch
from numeric_check.parallel.dispatch import PieceLostError, results_in_order
from numeric_check.parallel.processes import ProcessWorkers
from numeric_check.parallel.workers import ExecutorUnavailableError
from symbolic_proofs.claims.catalogue import find_claim

TRUE, FALSE = find_claim("zeros.raise"), find_claim("criteria.robin-hood")
BUDGET = 300_000


@pytest.fixture(scope="module")
def serial():
    return search(TRUE, budget=BUDGET), search(FALSE, budget=BUDGET)


def test_processes_give_the_serial_result(serial):
    assert (search(TRUE, budget=BUDGET, jobs=2), search(FALSE, budget=BUDGET, jobs=2)) == serial


def test_a_users_executor_gives_the_serial_result(serial):
    with ThreadPoolExecutor(2) as pool:
        assert search(TRUE, budget=BUDGET, executor=pool) == serial[0]
        assert search(FALSE, budget=BUDGET, executor=pool) == serial[1]


def test_workers_import_neither_sympy_nor_matplotlib_nor_hypothesis():
    code = "import sys, numeric_check.hunt.pieces; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sympy", "matplotlib", "hypothesis", "flint"} & set(modules)


def test_an_unknown_executor_is_one_line():
    with pytest.raises(ExecutorUnavailableError, match="no executor 'threads'"):
        search(TRUE, executor="threads")


def dying_call(deaths, folder):
    return lambda number: (dying, (deaths, folder, number, number + 1))


def dying(deaths, folder, number, size):
    """Do a piece as `run_piece` does; piece 3 ends its worker, `deaths` times in all."""
    if number == 3 and len(os.listdir(folder)) < deaths:
        (folder / str(len(os.listdir(folder)))).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Piece(number, candidates=size)


def test_a_lost_worker_costs_its_pieces_alone(tmp_path):
    engine, done = ProcessWorkers(2), []
    found = list(results_in_order(12, dying_call(2, tmp_path), engine, {}, done.append))
    engine.close()
    assert [(piece.number, piece.candidates) for piece in found] == [(n, n + 1) for n in range(12)]
    assert sorted(piece.number for piece in done) == list(range(12))


def test_a_piece_that_always_kills_is_named(tmp_path):
    engine = ProcessWorkers(2)
    with pytest.raises(PieceLostError, match="piece 3"):
        list(results_in_order(6, dying_call(99, tmp_path), engine))
    engine.close()


def test_a_dask_cluster_gives_the_serial_result_with_a_worker_killed(serial):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        workers = client.run(os.getpid)
        assert len(set(workers.values())) == 2
        left = []

        def kill_one(done, total, rate, best):
            if not left:
                left.append(total - done)
                os.kill(next(iter(workers.values())), signal.SIGKILL)

        address = cluster.scheduler_address
        larger = search(TRUE, budget=3 * BUDGET, executor=address, progress=kill_one)
        assert left[0] > 5, "the run was over before the worker was killed"
        assert search(FALSE, budget=BUDGET, executor=address) == serial[1]
        assert workers.keys() != client.run(os.getpid).keys()  # it was one of these workers
    assert larger == search(TRUE, budget=3 * BUDGET)


#: a script that forgot its guard: each process that it starts runs it again
BARE = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from numeric_check.hunt.search import search
from symbolic_proofs.claims.catalogue import find_claim

search(find_claim("zeros.raise"), budget=300_000, jobs=2, executor={executor})
"""


@pytest.mark.parametrize(
    ("executor", "said"),
    [
        ("None", "the worker processes end before they begin; in a script, start the work under"),
        ("'dask'", "the worker processes end before they begin; in a script, start the work under"),
        ("ProcessPoolExecutor(2, get_context('spawn'))", "the executor takes no work: "),
    ],
)
def test_a_script_without_a_guard_ends_and_says_why(tmp_path, executor, said):
    if "dask" in executor:
        pytest.importorskip("distributed")
    script = tmp_path / "bare.py"
    script.write_text(BARE.format(executor=executor))
    shown = subprocess.run(
        [sys.executable, str(script)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert shown.returncode == 1
    # of an executor that is not ours Python may say at last that it left something behind
    lines = [line for line in shown.stderr.splitlines() if "resource_tracker" not in line]
    assert f"ExecutorUnavailableError: {said}" in lines[-1]
    if executor == "None":
        assert shown.stderr.count("Traceback") == 1  # the workers say nothing


class Refusing(ThreadPoolExecutor):
    """An executor that is closed, as far as those are concerned that want something done."""

    def submit(self, function, /, *arguments):
        raise RuntimeError("closed for today")


def test_an_executor_that_takes_no_work_is_not_asked_for_ever():
    with pytest.raises(ExecutorUnavailableError, match="takes no work: closed for today"):
        search(TRUE, budget=BUDGET, executor=Refusing(1))


class Silent(ProcessWorkers):
    """Workers that take work and never do it."""

    def submit(self, function, *arguments):
        return Future()

    def check(self):
        raise ExecutorUnavailableError("nobody is there")


def test_time_holds_where_no_worker_answers(monkeypatch):
    engine, call = Silent(2), dying_call(0, "")
    start = time.monotonic()
    assert list(results_in_order(9, call, engine, seconds=0.3)) == []
    assert time.monotonic() - start < 5
    monkeypatch.setattr(dispatch, "PATIENCE", 0.1)
    with pytest.raises(ExecutorUnavailableError, match="nobody is there"):
        list(results_in_order(9, call, engine))
    engine.close()


def test_a_piece_that_ends_every_worker_has_the_result_that_is_given_for_it(tmp_path):
    engine, done = ProcessWorkers(2), []
    lost = lambda number: Piece(number, candidates=-1)  # noqa: E731
    call = dying_call(99, tmp_path)
    found = list(results_in_order(6, call, engine, None, done.append, lost=lost))
    engine.close()
    assert [piece.candidates for piece in found] == [1, 2, 3, -1, 5, 6]
    assert sorted(piece.number for piece in done) == list(range(6))


def test_closed_workers_are_gone_and_so_is_the_thread_that_looks_after_them():
    before = set(threading.enumerate())
    engine = ProcessWorkers(2)
    begun = [engine.submit(os.getpid) for _ in range(2)]
    pids = {future.result() for future in begun}
    engine.submit(time.sleep, 60)
    engine.close()
    # a thread that is left closes a pipe which Python, where it ends just then, writes to
    assert set(threading.enumerate()) <= before
    assert not any(child.pid in pids for child in multiprocessing.active_children())


def test_a_dask_scheduler_without_workers_is_said_after_a_wait(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(dask_cluster, "PATIENCE", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as cluster:
        address = cluster.scheduler_address
        with pytest.raises(ExecutorUnavailableError, match="had no worker for 0 seconds"):
            search(TRUE, budget=BUDGET, executor=address, time=100)


def test_a_dask_worker_without_the_package_is_named(tmp_path):
    distributed = pytest.importorskip("distributed")
    script = tmp_path / "worker.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from distributed import Worker\n"
        "import asyncio\n"
        "sys.meta_path = [f for f in sys.meta_path if 'editable' not in repr(f)]\n"
        "sys.path = [p for p in sys.path if not (Path(p) / 'numeric_check').is_dir()]\n"
        "async def run():\n"
        "    async with Worker(sys.argv[1], nthreads=1, dashboard=False) as worker:\n"
        "        await worker.finished()\n"
        "asyncio.run(run())\n"
    )
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as cluster:
        address = cluster.scheduler_address
        worker = subprocess.Popen(
            [sys.executable, str(script), address],
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        try:
            with pytest.raises(ExecutorUnavailableError, match="lacks numeric_check; install"):
                search(TRUE, budget=BUDGET, executor=address)
        finally:
            worker.terminate()
            worker.wait(20)


def test_a_dask_cluster_starts_where_its_usual_port_is_in_use():
    pytest.importorskip("distributed")
    with socket.socket() as taken:
        with contextlib.suppress(OSError):  # somebody else has it
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        assert search(FALSE, budget=BUDGET, executor="dask").kind == "counterexample"
