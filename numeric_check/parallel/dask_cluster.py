"""The workers of a Dask cluster: an extra, looked up only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from logging import CRITICAL
from typing import Any

from .processes import refuse_to_start_again
from .stops import stops_put_off
from .workers import MAX_DEATHS, NO_GUARD, PATIENCE, ExecutorUnavailableError, ForeignWorkers


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
def dask_client(address: str, jobs: int) -> Iterator[Any]:
    """Yield a client of the scheduler at an address, or of a cluster made here for "dask"."""
    try:
        # an extra: looked up by name, so that types do not depend on whether it is installed
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ExecutorUnavailableError(
            "Dask is not installed; pip install 'sparsity-audit[dask]'"
        ) from error
    if address == "dask":
        refuse_to_start_again()
        try:
            # port 0 is any that is free; what Dask logs of a start that fails is said in one line
            with stops_put_off():
                cluster = distributed.LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    dashboard_address=":0",
                    silence_logs=CRITICAL,
                )
        except RuntimeError as error:
            raise ExecutorUnavailableError(NO_GUARD) from error
        with cluster, distributed.Client(cluster) as client:
            yield client
        return
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise ExecutorUnavailableError(f"no Dask scheduler at {address}") from error
    with client:
        yield client
