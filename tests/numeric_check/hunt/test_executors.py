"""The same outcome from one process, several, and a Dask cluster, workers lost or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from numeric_check.hunt.pieces import Piece
from numeric_check.hunt.search import search
from numeric_check.parallel import (
    ExecutorUnavailableError,
    PieceLostError,
    ProcessWorkers,
    results_in_order,
)
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
