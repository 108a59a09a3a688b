"""What runs pieces of work, whoever it is, and any executor of the user's as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import Any, Protocol, TypeVar

from ..certifier.errors import NumericCheckError

T = TypeVar("T")

#: how often a piece of work may end its worker
MAX_DEATHS = 3
#: seconds that a cluster has to get its first worker, and seconds without any before it is given up
PATIENCE = 15.0
NO_GUARD = (
    "the worker processes end before they begin; in a script, start the work under "
    "if __name__ == '__main__':"
)


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
