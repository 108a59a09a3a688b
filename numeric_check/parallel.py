"""Pieces of work, here or on other workers: serial, in processes, or on a Dask cluster.

Every way hands back the same results in the order of their numbers, so the outcome is the same. A
worker that dies costs what it had not finished: those pieces are handed out again. Which of them
killed it is not known, so they are then run alone, one at a time; a piece that kills its worker
three times raises PieceLostError.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED as FIRST
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from .certifier.errors import NumericCheckError

T = TypeVar("T")
#: a function of a module and its arguments, for any worker to call
Call = tuple[Callable[..., T], tuple[Any, ...]]

#: pieces handed out beyond those at work, a worker
AHEAD = 2
MAX_DEATHS = 3


class PieceLostError(NumericCheckError, RuntimeError):
    """A piece of work ended its worker again and again."""


class ExecutorUnavailableError(NumericCheckError, ValueError):
    """An executor that is not known, not installed or not reachable; one line."""


class Workers(Protocol):
    """Where pieces are run: `width` at a time. `restart` replaces workers that have died."""

    width: int

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Start a piece of work."""

    def restart(self) -> None:
        """Make the workers fit for use after a worker was lost."""


class ProcessWorkers:
    """Worker processes on this machine; spawned, so that they share nothing with this one."""

    def __init__(self, jobs: int):
        self.width = jobs
        self._pool = self._new()

    def _new(self) -> Executor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.width, context, initializer=_end_with_the_parent)

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Start a piece of work."""
        return self._pool.submit(function, *arguments)

    def restart(self) -> None:
        """Make a new pool: a broken one takes no more work."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new()

    def close(self) -> None:
        """Stop without waiting for what is at work."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _end_with_the_parent() -> None:
    """Let a worker end when the process that started it is gone: a killed one can not tell it."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class ForeignWorkers:
    """Any `concurrent.futures.Executor` of the user's, or a Dask client's; it is not shut down."""

    def __init__(self, executor: Executor, width: int):
        self.width = width
        self._executor = executor

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Start a piece of work."""
        return self._executor.submit(function, *arguments)

    def restart(self) -> None:
        """Nothing to do: such an executor looks after its workers itself."""


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
        with _dask_client(executor, jobs) as client:
            width = max(1, sum(client.nthreads().values()))
            yield ForeignWorkers(client.get_executor(pure=False, retries=MAX_DEATHS), width)
    else:
        raise ExecutorUnavailableError(
            f"no executor {executor!r}; use serial, processes, dask or tcp://scheduler:port"
        )


@contextmanager
def _dask_client(address: str, jobs: int) -> Iterator[Any]:
    try:
        # an extra: looked up by name, so that types do not depend on whether it is installed
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ExecutorUnavailableError(
            "Dask is not installed; pip install 'sparsity-audit[dask]'"
        ) from error
    if address == "dask":
        with (
            distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise ExecutorUnavailableError(f"no Dask scheduler at {address}") from error
    with client:
        yield client


def results_in_order(
    count: int,
    call: Callable[[int], Call[T]],
    workers: Workers | None,
    known: Mapping[int, T] | None = None,
    finished: Callable[[T], None] = lambda result: None,
) -> Generator[T, None, None]:
    """Yield the results of `count` pieces of work, the first one first.

    `call` says what each is; those `known` already are not run again. `finished` is told each new
    result as soon as it is there. When the iterator is closed, pieces not yet begun are cancelled.
    """
    known = dict(known or {})
    if workers is not None:
        yield from _Dispatcher(count, call, workers, known, finished).results()
        return
    for number in range(count):
        if number in known:
            yield known[number]
        else:
            function, arguments = call(number)
            result = function(*arguments)
            finished(result)
            yield result


class _Dispatcher(Generic[T]):
    def __init__(
        self,
        count: int,
        call: Callable[[int], Call[T]],
        workers: Workers,
        done: dict[int, T],
        finished: Callable[[T], None],
    ):
        self.count, self.call, self.workers, self.done = count, call, workers, done
        self.finished = finished
        self.running: dict[Future[T], int] = {}
        self.waiting = (number for number in range(count) if number not in done)
        self.suspects: list[int] = []
        self.deaths: dict[int, int] = {}

    def results(self) -> Iterator[T]:
        try:
            for number in range(self.count):
                while number not in self.done:
                    self._hand_out()
                    self._collect()
                yield self.done.pop(number)
        finally:
            for future in self.running:
                future.cancel()

    def _hand_out(self) -> None:
        if self.suspects:  # alone, so that a death is its own fault
            if not self.running:
                self._start(self.suspects.pop(0))
            return
        while len(self.running) < self.workers.width * AHEAD:
            number = next(self.waiting, None)
            if number is None:
                return
            self._start(number)

    def _start(self, number: int) -> None:
        function, arguments = self.call(number)
        try:
            self.running[self.workers.submit(function, *arguments)] = number
        except RuntimeError:  # the pool broke before we heard of it
            self.suspects.append(number)
            self._lose([])

    def _collect(self) -> None:
        if not self.running:
            return
        finished, _ = wait(self.running, return_when=FIRST)
        lost = []
        for future in finished:
            number = self.running.pop(future)
            if future.cancelled() or _is_a_death(future.exception()):
                lost.append(number)
            else:
                self.done[number] = future.result()
                self.finished(self.done[number])
        if lost:
            self._lose(lost)

    def _lose(self, lost: list[int]) -> None:
        """Hand out again, one at a time, what was at work when a worker died."""
        lost += self.running.values()
        self.running.clear()
        for number in sorted(lost):
            if len(lost) == 1:
                self.deaths[number] = self.deaths.get(number, 0) + 1
                if self.deaths[number] >= MAX_DEATHS:
                    raise PieceLostError(f"piece {number} ended its worker {MAX_DEATHS} times")
            self.suspects.append(number)
        self.workers.restart()


def _is_a_death(error: BaseException | None) -> bool:
    """Tell whether an error is of the worker and not of the work."""
    names = {c.__name__ for c in type(error).__mro__}
    return bool(names & {"BrokenExecutor", "KilledWorker", "CancelledError", "CommClosedError"})
