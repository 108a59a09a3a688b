"""Pieces of work, here or on other workers; the outcome comes back in the order of the numbers."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any

from .pieces import Piece, Task, run_piece


def pieces_in_order(
    task: Task, sizes: list[int], *, jobs: int = 1, executor: Any = None
) -> Iterator[Piece]:
    """Yield each piece, lowest number first; what is no longer wanted is cancelled on close."""
    if jobs == 1 and executor is None:
        for number, size in enumerate(sizes):
            yield run_piece(task, number, size)
        return
    pool: Executor = executor or ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))
    futures = [pool.submit(run_piece, task, number, size) for number, size in enumerate(sizes)]
    try:
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()
        if executor is None:
            pool.shutdown(wait=False, cancel_futures=True)
