"""All claims of a run, on several processes; their order is that asked for, whoever is first."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from numeric_check.functions.calls import PlainFunctionError
from symbolic_proofs.language.claim import Claim

from ..errors import AuditError, InputError
from ..inputs.references import entry_of, is_in_paper, resolve
from .defaults import COLLECTING, DEFAULT_BUDGET
from .engines import default_engines
from .nearby import nearby
from .papers import settle_entry
from .settle import Hunt, settle
from .verdict import Open, failed
from .verdict_json import Record, failed_record, record

OnDone = Callable[[Record], None]


class Interrupted(AuditError):  # noqa: N818
    """The run was stopped; `records` are the verdicts that were reached."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__("interrupted")
        self.records = records


def settle_all(ids: Sequence[str], hunt: Hunt, jobs: int, on_done: OnDone) -> list[Record]:
    """Return the records of the claims, in the order of `ids`, which are ids or references.

    `on_done` is called with each record as it comes. Raises Interrupted (with the records so far)
    on Ctrl-C.
    """
    done: dict[str, Record] = {}
    try:
        # a process takes as long to start as three or four claims take to be settled
        jobs = min(jobs, int(len(ids) * max(1.0, hunt.budget / DEFAULT_BUDGET) / 4))
        if jobs <= 1 or len(ids) == 1:
            for id_ in ids:
                done[id_] = settle_one(id_, hunt)
                on_done(done[id_])
        else:
            _in_processes(ids, hunt, jobs, done, on_done)
            # A killed process takes the claims of its pool with it: each gets one of its own.
            for id_ in [id_ for id_ in ids if id_ not in done]:
                _in_processes([id_], hunt, 1, done, on_done)
                if id_ not in done:
                    done[id_] = _abandoned(id_)
                    on_done(done[id_])
    except KeyboardInterrupt:
        raise Interrupted([done[id_] for id_ in ids if id_ in done]) from None
    return [done[id_] for id_ in ids]


def settle_one(id_: str, hunt: Hunt) -> Record:
    """Return the record of one claim; raises InputError for a plain function that is no measure.

    Where the program fails on it, or contradicts itself, the record says so: the verdicts on other
    claims are not lost by that.
    """
    claim, fellows = resolve(id_)
    try:
        if is_in_paper(id_):
            entry = settle_entry(*entry_of(id_), hunt)
        else:
            entry = record(settle(claim, hunt, default_engines()), fellows)
        if hunt.nearby and entry["verdict"] == "refuted":
            entry["nearby"] = list(nearby(claim, entry, hunt))
        return entry
    except PlainFunctionError as error:
        raise InputError(str(error)) from None
    except InputError:
        raise
    except Exception as error:
        return _of_file(id_, _failed(claim, fellows, error))


def _failed(claim: Claim, fellows: Sequence[Claim], error: Exception) -> Record:
    verdict = failed(claim, error)
    try:
        return record(verdict, fellows)
    except Exception:  # it can not even be printed
        return failed_record(claim.id, claim.locator, claim.title, verdict.error or "")


def _in_processes(
    ids: Sequence[str], hunt: Hunt, jobs: int, done: dict[str, Record], on_done: OnDone
) -> None:
    # Not forked: the threads of a progress bar do not survive a fork.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(ids)), context, gc.set_threshold, COLLECTING)
    with _interrupts_ignored():
        futures: dict[Future[Record], str] = {pool.submit(settle_one, i, hunt): i for i in ids}
    try:
        for future in as_completed(futures):
            done[futures[future]] = future.result()
            on_done(done[futures[future]])
    except BrokenProcessPool:
        pass
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    pool.shutdown()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C, and so do the processes that are started here, for as long as they live.

    A terminal sends it to every process of a run; it is for the first one to stop the others.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _abandoned(id_: str) -> Record:
    note = "the process that worked on it was killed, perhaps for want of memory"
    claim, fellows = resolve(id_)
    return _of_file(id_, record(Open(claim=claim, tried=(note,), error=note), fellows))


def _of_file(id_: str, entry: Record) -> Record:
    """Return a record with the claims file that its claim is of, if it is of one."""
    if not is_in_paper(id_):
        return entry
    paper, place = entry_of(id_)
    return {**entry, "paper": paper.path, "line": place.line}
