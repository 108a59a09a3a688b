"""What the proof assistant Coq is shown of a verdict, and what it says.

It never touches a verdict. What has no translation is named, and what takes Coq too long is not
confirmed; that it refuses a theorem of this run is a defect of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from numeric_check.certifier.instances import values_of
from numeric_check.certifier.witness import Witness
from symbolic_proofs.coq import checking, files
from symbolic_proofs.coq.checking import CoqError, Opinion
from symbolic_proofs.coq.errors import UntranslatedError
from symbolic_proofs.coq.files import Exported
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.kernel.work import WorkLimitError, limited
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.proofs import prove

from ..errors import Contradiction, InputError
from .coq_note import CONFIRMED, NOT_CONFIRMED, NOT_SHOWN, note
from .finding import Checked, Status
from .stored import settled, settled_steps
from .verdict import (
    Disproved,
    Established,
    MissingPremise,
    Open,
    Proved,
    Refuted,
    Undefined,
    Verdict,
    failed,
)
from .verdict_json import Record, record
from .writing import write_text

#: operations for the translation of one verdict
_WORK = 20_000_000
#: and for a proof that a term of it has a value
_VALUE_WORK, _VALUE_RULES = 2_000_000, 2_000
#: what a record has of the claims file that its claim is of
_OF_FILE = ("paper", "line", "reason_given")
#: of what Coq refuses, so that a line has room for it
_SHORT = 120
#: files that Coq works on at the same time: each takes half a gigabyte
_JOBS = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A verdict as Coq is shown it; without `exported` there is nothing to show, and `why`."""

    claim: Claim
    verdict: str
    exported: Exported | None = None
    why: str = ""


def shown(entry: Record, claim: Claim) -> list[Shown]:
    """Return what there is to show of a record: its author's steps first, then the claim.

    Raises InputError for a record whose evidence does not support its verdict.
    """
    if entry.get("error") is not None:
        return [Shown(claim, "open", why="the program failed on it")]
    steps = settled_steps([entry], [claim]).get(claim.id, [])
    return [show(v) for v in (*(step.verdict for step in steps), *settled([entry], [claim]))]


def show(verdict: Verdict) -> Shown:
    """Return a verdict as Coq is shown it."""
    made = Shown(verdict.claim, verdict.name)
    if isinstance(verdict, Open):
        return replace(made, why="it is open")
    try:
        with limited(_WORK):
            return replace(made, exported=_exported(verdict))
    except UntranslatedError as reason:
        return replace(made, why=f"no translation of {_line(str(reason))}")
    except (WorkLimitError, RecursionError):
        return replace(made, why="the translation takes more work than is allowed")
    except Exception as error:  # a third opinion that fails is none, and no more
        said = _line(f"{type(error).__name__}: {error}")
        return replace(made, why=f"the translation failed ({said})")


def _exported(verdict: Verdict) -> Exported:
    match verdict:
        case Proved(claim=claim, derivation=derivation, example=example):
            values = None if example is None else _values(example)
            return files.holds(claim, derivation.theorem, values, _found)
        case Disproved(claim=claim, derivation=derivation, witness=witness, fixed=fixed) if fixed:
            return files.fails_at(claim, derivation.theorem, values_of(claim, witness, fixed))
        case Disproved(claim=claim, derivation=derivation, witness=witness):
            return files.never_holds(claim, derivation.theorem, _values(witness))
        case Refuted(claim=claim, witness=witness):
            return files.fails(claim, _values(witness))
        case Established(claim=claim, witness=witness):
            return files.has_example(claim, _values(witness))
        case Undefined(claim=claim, witness=witness) | MissingPremise(claim=claim, witness=witness):
            return files.lacks_value(claim, _values(witness))
    raise UntranslatedError(f"the evidence of {type(verdict).__name__}")


def _found(claim: Claim) -> Theorem | None:
    """Return a theorem that states a claim, if it is found soon."""
    with limited(_VALUE_WORK, rules=_VALUE_RULES) as meter:
        try:
            derivation = prove(claim)
        except WorkLimitError as error:
            if error.meter is not meter:
                raise
            return None
    return None if derivation is None else derivation.theorem


def _values(witness: Witness) -> dict[str, Any]:
    return {**witness.scalars, **witness.vectors, **witness.families}


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def write_folder(folder: Path, exported: Sequence[Exported]) -> None:
    """Write files for Coq in a folder, in the place of those of an export before.

    Raises InputError where a file cannot be written.
    """
    made = files.contents(exported)
    if (folder / "_CoqProject").is_file():
        ours = {path.name for path in files.LIBRARY.glob("*.v")}
        for path in folder.glob("*.v"):
            if path.name not in made and (path.name in ours or path.name.startswith("claim_")):
                path.unlink()
    for name, text in made.items():
        write_text(str(folder / name), text)


def required_coq() -> str:
    """Return the version of Coq; raises InputError where it is not there."""
    try:
        return checking.version()
    except CoqError as error:
        raise InputError(str(error)) from None


def with_opinions(
    records: Sequence[Record], claims: Sequence[Claim], on_done: Callable[[Shown], None]
) -> list[Record]:
    """Return records with what Coq says of each, and of the steps of its author.

    A record of which Coq refuses a theorem says that the program contradicts itself.
    """
    version = required_coq()
    each = [shown(entry, claim) for entry, claim in zip(records, claims, strict=True)]
    found = iter(opinions([one for parts in each for one in parts], on_done))
    told: list[Record] = []
    for entry, parts in zip(records, each, strict=True):
        said = [(one, next(found)) for one in parts]
        steps = [
            _with_opinion(step, *one, version)
            for step, one in zip(entry["author_steps"] or (), said, strict=False)
        ]
        told.append({**_with_opinion(entry, *said[-1], version), "author_steps": steps or None})
    return told


def with_third_opinion(findings: Iterable[Checked]) -> Iterator[Checked]:
    """Yield what came of checking stored evidence, with what Coq says of what was confirmed.

    Raises InputError where there is no Coq.
    """
    version, found = required_coq(), list(findings)
    asked = {number: show(one.verdict) for number, one in enumerate(found) if one.verdict}
    said = dict(zip(asked, opinions(list(asked.values())), strict=True))
    for number, one in enumerate(found):
        opinion = said.get(number)
        if one.status is not Status.CONFIRMED:
            yield replace(one, coq=None)
        elif opinion is not None and opinion.refused:
            why = f"refused: Coq refuses the proof: {opinion.said}"
            yield replace(one, status=Status.REFUSED, said=why, coq=None)
        else:
            told = _note(asked[number], opinion, version)
            confirmed = told["said"] == CONFIRMED
            status = Status.CONFIRMED if confirmed else Status.UNCHECKED
            yield replace(one, status=status, coq=told)


def _with_opinion(entry: Record, one: Shown, opinion: Opinion | None, version: str) -> Record:
    if opinion is None and one.verdict == Open.name:
        return entry
    if opinion is not None and opinion.refused:
        what = f"is {one.verdict}, and Coq refuses its proof ({_line(opinion.said)[:_SHORT]})"
        written = record(failed(one.claim, Contradiction(one.claim.id, what)), ())
        return {**written, **{key: entry[key] for key in _OF_FILE if key in entry}}
    return {**entry, "coq": _note(one, opinion, version)}


def _note(one: Shown, opinion: Opinion | None, version: str) -> Record:
    if opinion is None:
        return note(NOT_SHOWN, version, one.why)
    if opinion.spent:
        return note(NOT_CONFIRMED, version, opinion.said)
    whole = one.exported is not None and not one.exported.left_out
    return note(CONFIRMED, version, axioms=opinion.axioms, values=whole)


def opinions(
    asked: Sequence[Shown], on_done: Callable[[Shown], None] = lambda one: None
) -> list[Opinion | None]:
    """Return what Coq says of each, None where there is nothing to show.

    Raises InputError where the library does not compile.
    """
    found: dict[int, Opinion] = {}
    try:
        for turn in _turns(asked):
            with TemporaryDirectory(prefix="coq-") as made:
                folder = Path(made)
                write_folder(folder, list(turn.values()))
                checking.prepare(folder)

                def ask(number: int, one: Exported, folder: Path = folder) -> None:
                    found[number] = checking.opinion(folder, one.name)
                    on_done(asked[number])

                with ThreadPoolExecutor(_JOBS) as pool:
                    list(pool.map(ask, turn, turn.values()))
    except CoqError as error:
        raise InputError(str(error)) from None
    return [found.get(number) for number in range(len(asked))]


def _turns(asked: Sequence[Shown]) -> list[dict[int, Exported]]:
    """Return what is exported, no name twice in a turn: ids belong to their file."""
    turns: list[dict[str, tuple[int, Exported]]] = []
    for number, one in enumerate(asked):
        if one.exported is not None:
            name = one.exported.name
            if all(name in turn for turn in turns):
                turns.append({})
            turn = next(turn for turn in turns if name not in turn)
            turn[name] = number, one.exported
    return [dict(turn.values()) for turn in turns]
