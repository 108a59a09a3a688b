"""All claims of a run, wherever they are settled; their order is that asked for."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from numeric_check.functions.calls import PlainFunctionError
from numeric_check.parallel.dispatch import Call, results_in_order
from numeric_check.parallel.executors import workers_for
from symbolic_proofs.language.claim import Claim

from ..errors import AuditError, InputError, failure_in
from ..inputs.lookup import derivation_of, entry_of, from_anywhere, is_in_paper, resolve
from .claims_journal import ClaimsJournal
from .defaults import COLLECTING, DEFAULT_BUDGET
from .handed_over import made_again
from .nearby import nearby
from .one_claim import Hunt, settle
from .papers import settle_entry
from .prover_and_search import default_engines
from .stored import REFUSALS
from .verdict import Open, failed
from .verdict_json import Record, failed_record, record

OnDone = Callable[[Record], None]
#: a worker of several threads settles one claim at a time: what is remembered is not for two
_ONE_AT_A_TIME = threading.Lock()


class Interrupted(AuditError):  # noqa: N818
    """The run was stopped; `records` are the verdicts that were reached."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__("interrupted")
        self.records = records


def settle_all(
    ids: Sequence[str],
    hunt: Hunt,
    jobs: int,
    on_done: OnDone,
    *,
    executor: Any = None,
    journal: ClaimsJournal | None = None,
) -> list[Record]:
    """Return the records of the claims, in the order of `ids`, which are ids or references.

    `on_done` is called with each record as it comes. `executor` is as for `workers_for`: what other
    workers than those of this program hand over is checked again here. The verdicts in a `journal`
    on the same claims are not reached again, and each new one is kept there. Raises Interrupted
    (with the records so far) on Ctrl-C.
    """
    done: dict[int, Record] = {}
    if journal is not None:
        done |= journal.records
        for entry in list(done.values()):
            on_done(entry)
    known = {i: (i, entry) for i, entry in done.items()}
    if executor is None:
        # a process takes as long to start as three or four claims take to be settled
        left = len(ids) - len(known)
        jobs = max(1, min(jobs, int(left * max(1.0, hunt.budget / DEFAULT_BUDGET) / 4)))

    def call(number: int) -> Call[tuple[int, Record]]:
        if here:
            return _numbered, (number, settle_one, ids[number], hunt)
        id_ = ids[number] if executor is None else from_anywhere(ids[number])
        return _numbered, (number, _settle_elsewhere, id_, hunt)

    def finished(result: tuple[int, Record]) -> None:
        number, entry = result
        done[number] = entry if executor is None else _checked(ids[number], entry)
        if journal is not None and failure_in(done[number]) is None:  # else it is tried again
            journal.add(number, done[number])
        on_done(done[number])

    def lost(number: int) -> tuple[int, Record]:
        return number, _abandoned(ids[number])

    try:
        with workers_for(executor, jobs) as workers:
            here = workers is None
            results = results_in_order(len(ids), call, workers, known, finished, lost=lost)
            with closing(results):
                for _ in results:
                    pass
    except KeyboardInterrupt:
        raise Interrupted([done[i] for i in sorted(done)]) from None
    return [done[i] for i in sorted(done)]


def _numbered(
    number: int, settled: Callable[[str, Hunt], Record], id_: str, hunt: Hunt
) -> tuple[int, Record]:
    return number, settled(id_, hunt)


def _settle_elsewhere(id_: str, hunt: Hunt) -> Record:
    """Settle a claim on a worker."""
    gc.set_threshold(*COLLECTING)
    with _ONE_AT_A_TIME:
        return settle_one(id_, hunt)


def _checked(id_: str, entry: Record) -> Record:
    """Return the record of what the evidence of another worker shows here."""
    try:
        return made_again(id_, entry)
    except REFUSALS as reason:
        return _of_file(id_, _failed(*resolve(id_), reason))


def settle_one(id_: str, hunt: Hunt) -> Record:
    """Return the record of one claim; raises InputError for a plain function that is not a measure.

    Where the program fails on it, or contradicts itself, the record says so: the verdicts on other
    claims are not lost by that.
    """
    claim, fellows = resolve(id_)
    try:
        if (derived := derivation_of(id_)) is not None:
            entry = settle_entry(*derived, hunt)
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
    except Exception:  # it cannot even be printed
        return failed_record(claim.id, claim.locator, claim.title, verdict.error or "")


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
