"""Stored evidence, checked again from its JSON.

What is read is not trusted: sizes and work are bounded, nothing is evaluated as code, and every
statement is held against the claim of that id. A claim of a user's own is known by its statement
alone, as it stands in the file, and the finding shows it. None of the search is imported.

From the formula and the evidence the whole record is written anew, and each text and number that a
person reads in the file must be the one written. What cannot be found again (how often was
searched, the words that give the reason of a step) is not vouched for, and a finding names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from numeric_check.certifier.certify import CertificateError
from numeric_check.certifier.witness import WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.derivations.replay import ReplayError
from symbolic_proofs.kernel.work import WorkLimitError, limited, spend
from symbolic_proofs.language.formulas import Formula, Implies
from symbolic_proofs.language.serialization import WireError, from_wire
from symbolic_proofs.notation.marked import unmarked

from ..errors import VERDICTS, Contradiction, InputError
from ..inputs.built_in import built_in, derivation_in_paper
from .checked_record import checked, failed
from .compared import shown_name
from .evidence_parts import EVIDENCE
from .finding import NOT_FOUND_AGAIN, OWN_WORDS, Checked, Status, not_vouched_in, refused
from .stored_json import SCHEMAS, is_of_schema, parts_of, read_json
from .stored_verdict import RefusedError
from .verdict_json import Record

#: operations for one claim; the largest derivation of the catalogue takes 150,000
DEFAULT_WORK = 2_000_000
#: what a record of a claims file has besides
_OF_PAPER = frozenset(("paper", "line", "reason_given"))
_FILE_KEYS = frozenset(("schema", "seed", "interrupted", "measures", "claims"))


def recheck(path: Path, work: int = DEFAULT_WORK) -> Iterator[Checked]:
    """Check the evidence in a file, with so many operations a claim; yields the findings in order.

    Raises InputError for a file that cannot be read or is not of this program.
    """
    data = read_json(path)
    if not is_of_schema(data):
        known = " or ".join(map(str, SCHEMAS))
        raise InputError(f"{path} is not a file of schema {known}; nothing in it was checked")
    if "claims" not in data:
        _require_evidence(data, path)
        yield from _bounded(str(data["claim"]), data, (), work)
        return
    entries = data["claims"]
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{path} holds no verdicts")
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise InputError(f"{path} holds a verdict without the id of a claim")
    ids = [entry["id"] for entry in entries]
    # ids belong to their file
    named = [(str(entry.get("paper", "")), entry["id"]) for entry in entries]
    beside = not_vouched_in(data)
    seen: set[tuple[str, str]] = set()
    for entry, name in zip(entries, named, strict=True):
        if name in seen:
            yield refused(entry["id"], "another verdict on a claim of this id stands in the file")
        else:
            for found in _bounded(entry["id"], {**entry, "schema": data["schema"]}, ids, work):
                yield replace(found, not_vouched=found.not_vouched | beside)
        seen.add(name)
    yield from _of_file(data)


def _require_evidence(data: Record, path: Path) -> None:
    kind, id_ = data.get("kind"), data.get("claim")
    if not isinstance(kind, str) or kind not in EVIDENCE or not isinstance(id_, str):
        raise InputError(f"{path} holds no evidence; use one of {', '.join(EVIDENCE)}")
    missing = [key for key in (*EVIDENCE[kind], "formula") if key not in data]
    if missing:
        raise InputError(f"{path}: the evidence on {id_} has no {' and no '.join(missing)}")


def _of_file(data: Record) -> Iterator[Checked]:
    """Yield what is to be said of a file beside its verdicts."""
    other = sorted(data.keys() - _FILE_KEYS)
    if other:
        yield refused(
            "the file", f"it has {shown_name(other[0])}, which this program does not write"
        )
    if not (data.get("interrupted", True) is True and type(data.get("seed", 0)) is int):
        yield refused("the file", "its seed or whether it was interrupted is not as it is written")
    if "measures" in data and not _agrees(data["measures"], data["claims"]):
        said = "the table of measures has a verdict that is not the one on its claim"
        yield refused("the file", said)


def _agrees(measures: Any, entries: Sequence[Record]) -> bool:
    """Tell whether the verdicts in a table of measures are those of the records."""
    verdicts = {entry["id"]: entry.get("verdict") for entry in entries}
    try:
        return all(
            verdicts[cell["claim"]] == cell["verdict"]
            for measure in measures
            for cell in measure["criteria"].values()
        )
    except (AttributeError, KeyError, TypeError):
        return False


def _bounded(id_: str, entry: Record, ids: Collection[str], work: int) -> Iterator[Checked]:
    """Yield the findings on one record or document of evidence, within the work allowed."""
    try:
        with limited(work):
            # SymPy builds a part of a term in about the time that an operation takes
            spend(parts_of(entry))
            findings = list(_check(id_, entry, ids))
    except WorkLimitError as limit:
        said = f"not checked: {limit}; a greater --work may do"
        findings = [Checked(id_, Status.UNCHECKED, said)]
    except (RefusedError, WireError, WitnessError, CertificateError, ReplayError) as reason:
        findings = [refused(id_, str(reason))]
    except (Contradiction, InputError):
        raise
    except Exception as error:
        # SymPy has many ways to choke on what is not meant to be; none is the reader's fault
        findings = [refused(id_, f"the evidence is malformed ({type(error).__name__})")]
    yield from findings


def _check(id_: str, entry: Record, ids: Collection[str]) -> Iterator[Checked]:
    if "id" in entry and entry.get("formula") is None and entry.get("error") is not None:
        yield failed(entry)
        return
    if entry.get("formula") is None:
        raise RefusedError("it has no formula")
    statement = from_wire(entry["formula"])
    if not isinstance(statement, Formula):
        raise RefusedError("its statement is not a formula")
    if entry.get("nearby") is not None:
        yield from _near(id_, entry)
        entry = {**entry, "nearby": None}
    if "paper" in entry:
        # the id of a file's claim may be that of a built-in one, which says something else
        for found in _of_paper(id_, statement, entry, ids):
            yield replace(found, claim=f"{entry['paper']}:{found.claim}")
        return
    if entry.get("author_steps") is not None and _is_built_in(id_):
        _require_steps_of_paper(id_, entry["author_steps"])
        for found in _steps(id_, statement, entry):
            yield replace(found, not_vouched=found.not_vouched - {OWN_WORDS})
        entry = {**entry, "author_steps": None}
    yield from checked(id_, statement, entry, ids, is_built_in=_is_built_in(id_))


def _require_steps_of_paper(id_: str, steps: Any) -> None:
    """Raise RefusedError unless the steps are those by which the paper derives its claim."""
    claim, known = built_in(id_)[0], derivation_in_paper(id_)
    formulas = [replace(claim, conclusion=from_wire(s.formula)).statement for s in known]
    is_list = isinstance(steps, list) and all(isinstance(step, dict) for step in steps)
    if not is_list or len(steps) != len(known):
        raise RefusedError("its steps are not those of the paper's derivation")
    keys = ("title", "reason_given", "locator", "line", "expected")
    for step, own, formula in zip(steps, known, formulas, strict=True):
        said = [unmarked(part) if isinstance(part, str) else part for part in map(step.get, keys)]
        written = [own.said, unmarked(own.reason), claim.locator, None, None]
        if said != written or from_wire(step.get("formula")) != formula:
            raise RefusedError("its steps are not those of the paper's derivation")


def _near(id_: str, entry: Record) -> Iterator[Checked]:
    """Yield the findings on the statements near a claim: each is a claim of its own."""
    near = entry["nearby"]
    if not isinstance(near, list) or not near or entry.get("verdict") != "refuted":
        raise RefusedError("what is near it is not a list, or it is not refuted")
    for one in near:
        if not isinstance(one, dict) or not str(one.get("id")).startswith(f"{id_}.near-"):
            raise RefusedError(f"a statement near it is not called {id_}.near-..")
        formula, changes = from_wire(one.get("formula")), one.get("changes")
        if not isinstance(formula, Formula) or not isinstance(changes, list):
            raise RefusedError("a statement near it has no formula, or no list of changes")
        if ", ".join(map(str, changes)) != one.get("title"):
            raise RefusedError("the changes of a statement near it are not those of its title")
        own = {key: value for key, value in one.items() if key != "changes"}
        own["schema"] = entry["schema"]
        yield from checked(one["id"], formula, own, (), is_built_in=False)


def _of_paper(
    id_: str, statement: Formula, entry: Record, ids: Collection[str]
) -> Iterator[Checked]:
    """Yield the findings on a claim of a claims file, those on its author's steps first."""
    yield from _steps(id_, statement, entry)
    own = {key: value for key, value in entry.items() if key not in _OF_PAPER}
    _check_of_paper(entry)
    if "id" in entry:
        own |= {"author_steps": None, "expected": None}
    beside = {NOT_FOUND_AGAIN["paper"]}
    beside |= {NOT_FOUND_AGAIN["expected"]} if entry.get("expected") is not None else set()
    for found in checked(id_, statement, own, ids, is_built_in=False):
        yield replace(found, not_vouched=found.not_vouched | beside)


def _steps(id_: str, statement: Formula, entry: Record) -> Iterator[Checked]:
    """Yield the findings on the author's steps: each is a claim under the premises of the claim."""
    steps = entry.get("author_steps")
    if steps == [] or not isinstance(steps, list | None):
        raise RefusedError("the author's steps are not a list of some")
    for number, step in enumerate(steps or (), 1):
        if not isinstance(step, dict) or step.get("id") != f"{id_}.step-{number}":
            raise RefusedError(f"step {number} of the author's is not called {id_}.step-{number}")
        formula = from_wire(step.get("formula"))
        if not isinstance(formula, Formula) or _premises(formula) != _premises(statement):
            raise RefusedError(f"step {number} of the author's has other premises than the claim")
        _check_of_paper(step)
        bare = {key: value for key, value in step.items() if key not in _OF_PAPER}
        bare |= {"schema": entry["schema"], "expected": None}
        yield from checked(step["id"], formula, bare, (), is_built_in=False)


def _premises(statement: Formula) -> tuple[Any, ...]:
    return statement.args[0].args if isinstance(statement, Implies) else ()


def _check_of_paper(entry: Record) -> None:
    texts = [entry[key] for key in ("paper", "reason_given") if key in entry]
    if not all(isinstance(text, str) for text in texts):
        raise RefusedError("the name of its file or its author's reason is not a text")
    if type(entry.get("line", 1)) is not int or entry.get("line", 1) < 1:
        raise RefusedError("its line is not a whole number >= 1")
    if entry.get("expected") not in (None, *VERDICTS):
        raise RefusedError("what is expected of it is not a verdict")


def _is_built_in(id_: str) -> bool:
    try:
        built_in(id_)
    except UnknownClaimError:
        return False
    return True
