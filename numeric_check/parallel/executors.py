"""The workers for the option `executor`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from .dask_cluster import DaskWorkers, dask_client
from .processes import ProcessWorkers
from .workers import ExecutorUnavailableError, ForeignWorkers, Workers


@contextmanager
def workers_for(executor: Any, jobs: int) -> Iterator[Workers | None]:
    """Yield the workers for the option `executor`; None means this process.

    `executor` is None or "processes" (`jobs` workers), "dask" (a local cluster of `jobs` workers),
    the address "tcp://scheduler:port" of a Dask scheduler, or a `concurrent.futures.Executor`.
    Raises ExecutorUnavailableError for anything else, and when Dask is not installed or not there.
    """
    if executor in (None, "serial", "processes"):
        if (jobs == 1 and executor != "processes") or executor == "serial":
            yield None
            return
        workers = ProcessWorkers(jobs)
        try:
            yield workers
        finally:
            workers.close()
    elif isinstance(executor, Executor):
        yield ForeignWorkers(executor, max(jobs, 1))
    elif executor == "dask" or (isinstance(executor, str) and "://" in executor):
        with dask_client(executor, jobs) as client:
            yield DaskWorkers(client)
    else:
        raise ExecutorUnavailableError(
            f"no executor {executor!r}; use serial, processes, dask or tcp://scheduler:port"
        )
