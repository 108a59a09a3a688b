"""Pieces of work, here or on other workers: serial, in processes, or on a Dask cluster.

Every way hands back the same results in the order of their numbers, so the outcome is the same. A
worker that dies costs what it had not finished: those pieces are handed out again. Which of them
killed it is not known, so they are then run alone, one at a time; a piece that kills its worker
three times raises PieceLostError, or has the result that `lost` gives it. Nothing is tried for
ever: workers that never begin, an executor that takes no work, a cluster without workers are said.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED as FIRST
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from logging import CRITICAL
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.synchronize import Event
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar

from .certifier.errors import NumericCheckError

T = TypeVar("T")
#: a function of a module and its arguments, for any worker to call
Call = tuple[Callable[..., T], tuple[Any, ...]]

#: pieces handed out beyond those at work, a worker
AHEAD = 2
MAX_DEATHS = 3
#: seconds that a cluster has to get its first worker, and seconds without any before it is given up
PATIENCE = 15.0
_NO_GUARD = (
    "the worker processes end before they begin; in a script, start the work under "
    "if __name__ == '__main__':"
)


class PieceLostError(NumericCheckError, RuntimeError):
    """A piece of work ended its worker again and again."""


class ExecutorUnavailableError(NumericCheckError, ValueError):
    """An executor that is not known, not installed or not reachable; one line."""


class Workers(Protocol):
    """Where pieces are run: `width` at a time.

    `forget` cancels what was handed out and is no longer wanted; `restart` replaces workers that
    have died. `restart` and `check` raise ExecutorUnavailableError where nobody is left to work.
    """

    width: int

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Start a piece of work."""

    def forget(self, futures: Iterable[Future[Any]]) -> None:
        """Cancel work that is not begun."""

    def restart(self) -> None:
        """Make the workers fit for use after a worker was lost."""

    def check(self) -> None:
        """See whether anybody is at work; called where nothing has come for a while."""


class ProcessWorkers:
    """Worker processes on this machine; spawned, so that they share nothing with this one."""

    def __init__(self, jobs: int):
        self.width = jobs
        self._context = _Spawning()
        #: set by the first worker that begins
        self._begun = self._context.Event()
        self._false_starts = 0
        self._new()

    def _new(self) -> None:
        watched, self._held = self._context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(self.width, self._context, _begin, (watched, self._begun))

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Start a piece of work."""
        _refuse_to_start_again()
        with _stops_put_off():  # the processes are started here
            return self._pool.submit(function, *arguments)

    def forget(self, futures: Iterable[Future[Any]]) -> None:
        """Nothing to do: `close` ends it, and a pool that breaks cannot bear what is cancelled."""

    def restart(self) -> None:
        """Make a new pool: a broken one takes no more work."""
        if not self._begun.is_set():
            self._false_starts += 1
            if self._false_starts > 1:  # one may have been killed
                raise ExecutorUnavailableError(_NO_GUARD)
        self.close()
        self._new()

    def check(self) -> None:
        """Nothing to do: a pool tells of its dead itself."""

    def close(self) -> None:
        """Stop at once; what is at work is lost."""
        self._held.close()
        self._context.end()
        # its thread ends with its workers; at exit, Python might write to the pipe that it closes
        self._pool.shutdown(wait=True)


class _Spawning(SpawnContext):
    """Starts processes, and ends them: one that just begins would say that its parent is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._started: list[SpawnProcess] = []

    def Process(self, *arguments: Any, **options: Any) -> SpawnProcess:  # type: ignore[override]
        process = SpawnProcess(*arguments, **options)
        self._started.append(process)
        return process

    def end(self) -> None:
        """Kill all processes that are still there."""
        for process in self._started:
            if process.pid is not None:
                process.kill()
        self._started.clear()


def _refuse_to_start_again() -> None:
    """End a worker that runs the script which starts it, for want of a guard, without a word."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise SystemExit(1)


def _begin(held: Connection, begun: Event) -> None:
    """Let a worker end when it is no longer wanted: a parent that is killed cannot tell it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    ends: list[Connection | int] = [held, parent.sentinel]

    def watch() -> None:
        wait_for_any(ends)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    begun.set()


@contextmanager
def _stops_put_off() -> Iterator[None]:
    """Put off Ctrl-C, and a stop that this process handles, until processes are started.

    Those that are started here hear nothing of Ctrl-C for as long as they live: a terminal sends it
    to every process of a run, and it is for the first one to stop the others.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return
    put_off: list[int] = []
    numbers = [n for n in (signal.SIGINT, signal.SIGTERM) if callable(signal.getsignal(n))]
    before = {n: signal.signal(n, lambda number, frame: put_off.append(number)) for n in numbers}
    try:
        with _interrupts_blocked():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if put_off:
            signal.raise_signal(put_off[0])


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C for this thread and for the processes that it starts, where a system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # to start it would lift the block
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


class ForeignWorkers:
    """Any `concurrent.futures.Executor` of the user's, or a Dask client's; it is not shut down."""

    def __init__(self, executor: Executor, width: int):
        self.width = width
        self._executor = executor

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Start a piece of work."""
        return self._executor.submit(function, *arguments)

    def forget(self, futures: Iterable[Future[Any]]) -> None:
        """Cancel work that is not begun."""
        for future in futures:
            future.cancel()

    def restart(self) -> None:
        """Nothing to do: such an executor looks after its workers itself."""

    def check(self) -> None:
        """Nothing to do: such an executor tells of its dead itself."""


class DaskWorkers(ForeignWorkers):
    """The workers of a Dask cluster, which may go and come."""

    def __init__(self, client: Any):
        _wait_for_workers(client)
        width = max(1, sum(client.nthreads().values()))
        super().__init__(client.get_executor(pure=False, retries=MAX_DEATHS), width)
        self._client = client

    def restart(self) -> None:
        """Wait for a worker, where none is left."""
        self.check()

    def check(self) -> None:
        """Wait for a worker, where none is left."""
        _wait_for_workers(self._client)


def _wait_for_workers(client: Any) -> None:
    address = client.scheduler.address
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ExecutorUnavailableError(
            f"the Dask scheduler at {address} had no worker for {PATIENCE:.0f} seconds; start one: "
            f"dask worker {address}"
        ) from None
    # asked for by a function of Python's own, which a worker without the package can read
    package = __name__.partition(".")[0]
    try:
        lacking = [where for where, spec in client.run(find_spec, package).items() if spec is None]
    except OSError:  # a worker went while it was asked; its work is handed out again
        return
    if lacking:
        raise ExecutorUnavailableError(
            f"the Dask worker at {lacking[0]} lacks {package}; install sparsity-audit there"
        )


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
            yield DaskWorkers(client)
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
        _refuse_to_start_again()
        try:
            # port 0 is any that is free; what Dask logs of a start that fails is said in one line
            with _stops_put_off():
                cluster = distributed.LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    dashboard_address=":0",
                    silence_logs=CRITICAL,
                )
        except RuntimeError as error:
            raise ExecutorUnavailableError(_NO_GUARD) from error
        with cluster, distributed.Client(cluster) as client:
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
    *,
    lost: Callable[[int], T] | None = None,
    seconds: float | None = None,
) -> Generator[T, None, None]:
    """Yield the results of `count` pieces of work, the first one first.

    `call` says what each is; those `known` already are not run again. `finished` is told each new
    result as soon as it is there, and `lost` gives that of a piece which ends every worker. Other
    workers are not waited for longer than `seconds`. When the iterator is closed, pieces not yet
    begun are cancelled.
    """
    known = dict(known or {})
    if workers is not None:
        ends = None if seconds is None else monotonic() + seconds
        yield from _Dispatcher(count, call, workers, known, finished, lost, ends).results()
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
        lost: Callable[[int], T] | None,
        ends: float | None,
    ):
        self.count, self.call, self.workers, self.done = count, call, workers, done
        self.finished, self.lost, self.ends = finished, lost, ends
        self.running: dict[Future[T], int] = {}
        self.waiting = (number for number in range(count) if number not in done)
        self.suspects: list[int] = []
        self.deaths: dict[int, int] = {}
        #: how often in a row the workers took no work
        self.refused = 0

    def results(self) -> Iterator[T]:
        try:
            for number in range(self.count):
                while number not in self.done:
                    if self.ends is not None and monotonic() >= self.ends:
                        return
                    self._hand_out()
                    self._collect()
                yield self.done.pop(number)
        finally:
            self.workers.forget(self.running)

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
            self.refused = 0
        except RuntimeError as error:  # the pool broke before we heard of it
            self.refused += 1
            if self.refused >= MAX_DEATHS:
                raise ExecutorUnavailableError(f"the executor takes no work: {error}") from error
            self.suspects.append(number)
            self._lose([])

    def _collect(self) -> None:
        if not self.running:
            return
        patience = PATIENCE if self.ends is None else min(PATIENCE, self.ends - monotonic())
        finished, _ = wait(self.running, max(patience, 0), return_when=FIRST)
        if not finished and (self.ends is None or monotonic() < self.ends):
            self.workers.check()
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
                    self._give_up(number)
                    continue
            self.suspects.append(number)
        self.workers.restart()

    def _give_up(self, number: int) -> None:
        if self.lost is None:
            raise PieceLostError(f"piece {number} ended its worker {MAX_DEATHS} times")
        self.done[number] = self.lost(number)
        self.finished(self.done[number])


def _is_a_death(error: BaseException | None) -> bool:
    """Tell whether an error is of the worker and not of the work."""
    names = {c.__name__ for c in type(error).__mro__}
    return bool(names & {"BrokenExecutor", "KilledWorker", "CancelledError", "CommClosedError"})
