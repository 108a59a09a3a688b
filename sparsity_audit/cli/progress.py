"""Progress on standard error, when somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


@contextmanager
def progress_of(what: str, total: int, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar of `total` steps; gives a function that takes the name of what is done.

    Nothing is shown when `quiet`, or when standard error is not a terminal.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda name: None
        return
    with _bar(what) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)


@contextmanager
def progress_of_search(
    *, quiet: bool
) -> Iterator[Callable[[int, int, float, float | None], None] | None]:
    """Show a bar for one search: rate, least margin, time left; gives what `search` reports to."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with _bar("search") as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, rate: float, best: float | None) -> None:
            nearest = "" if best is None else f", nearest {best:.2g}"
            said = f"{rate:.3g} candidates/s{nearest}"
            bar.update(task, completed=done, total=total, description=said)

        yield report


def _bar(what: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        Remaining(),
        TextColumn("{task.description}", markup=False),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
