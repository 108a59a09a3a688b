"""What the proof assistant Coq is shown of a verdict, and what it says.

It never touches a verdict. What has no translation is named, and what takes Coq too long is not
confirmed; a theorem that Coq refuses is a defect of the program, and for the caller to report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from symbolic_proofs.coq import checking, files
from symbolic_proofs.coq.checking import CoqError, Opinion
from symbolic_proofs.coq.errors import UntranslatedError
from symbolic_proofs.coq.files import Exported
from symbolic_proofs.kernel.work import WorkLimitError, limited
from symbolic_proofs.language.claim import Claim

from ..errors import InputError
from .files import write_text
from .stored import settled, settled_steps
from .verdict import MissingPremise, Open, Proved, Verdict
from .verdict_json import Record

#: operations for the translation of one verdict
_WORK = 20_000_000
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
    try:
        with limited(_WORK):
            return replace(made, exported=_exported(verdict))
    except UntranslatedError as reason:
        return replace(made, why=_line(str(reason)))
    except (WorkLimitError, RecursionError):
        return replace(made, why="the translation takes more work than is allowed")
    except Exception as error:  # a third opinion that fails is none, and no more
        said = _line(f"{type(error).__name__}: {error}")
        return replace(made, why=f"the translation failed ({said})")


def _exported(verdict: Verdict) -> Exported:
    match verdict:
        case Proved(claim=claim, derivation=derivation):
            return files.holds(claim, derivation.theorem)
        case Open():
            raise UntranslatedError("it is open")
        case MissingPremise():
            raise UntranslatedError("missing conditions have no translation yet")
    raise UntranslatedError(f"the evidence of a {type(verdict).__name__} has no translation yet")


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def write_folder(folder: Path, exported: Sequence[Exported]) -> None:
    """Write files for Coq in a folder, in the place of those of an export before.

    Raises InputError where a file can not be written.
    """
    made = files.contents(exported)
    if (folder / "_CoqProject").is_file():
        for path in folder.glob("claim_*.v"):
            if path.name not in made:
                path.unlink()
    for name, text in made.items():
        write_text(str(folder / name), text)


def opinions(
    asked: Sequence[Shown], on_done: Callable[[Shown], None] = lambda one: None
) -> list[Opinion | None]:
    """Return what Coq says of each, None where there is nothing to show.

    Raises InputError where there is no Coq, or the library does not compile.
    """
    found: dict[int, Opinion] = {}
    try:
        checking.version()
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
