"""Pieces of work handed out to workers, with the same results whoever does them.

Every way hands back the same results in the order of their numbers, so the outcome is the same. A
worker that dies costs what it had not finished: those pieces are handed out again. Which of them
killed it is not known, so they are then run alone, one at a time; a piece that kills its worker
three times raises PieceLostError, or has the result that `lost` gives it. Nothing is tried for
ever: workers that never begin, an executor that takes no work, a cluster without workers are said.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from time import monotonic
from typing import Any, Generic, TypeVar

from ..certifier.errors import NumericCheckError
from .workers import MAX_DEATHS, PATIENCE, ExecutorUnavailableError, Workers

T = TypeVar("T")
#: a function of a module and its arguments, for any worker to call
Call = tuple[Callable[..., T], tuple[Any, ...]]

#: pieces handed out beyond those at work, a worker
AHEAD = 2


class PieceLostError(NumericCheckError, RuntimeError):
    """A piece of work ended its worker again and again."""


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
        finished, _ = wait(self.running, max(patience, 0), return_when=FIRST_COMPLETED)
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
