"""Worker processes on this machine, which end with the process that wants them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from .stops import stops_put_off
from .workers import NO_GUARD, ExecutorUnavailableError

T = TypeVar("T")


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
        refuse_to_start_again()
        with stops_put_off():  # the processes are started here
            return self._pool.submit(function, *arguments)

    def forget(self, futures: Iterable[Future[Any]]) -> None:
        """Nothing to do: `close` ends it, and a pool that breaks cannot bear what is cancelled."""

    def restart(self) -> None:
        """Make a new pool: a broken one takes no more work."""
        if not self._begun.is_set():
            self._false_starts += 1
            if self._false_starts > 1:  # one may have been killed
                raise ExecutorUnavailableError(NO_GUARD)
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


def refuse_to_start_again() -> None:
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
