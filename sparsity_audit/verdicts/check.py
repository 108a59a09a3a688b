"""Stored evidence, checked again from its JSON.

What is read is not trusted: sizes and work are bounded, nothing is evaluated as code, and every
statement is held against the claim of that id. A claim of a user's own is known by its statement
alone, as it stands in the file, and the finding shows it. None of the search is imported.

From the formula and the evidence the whole record is written anew, and each text and number that a
person reads in the file must be the one written. What cannot be found again (how often was
searched, the words that give the reason of a step) is not vouched for, and a finding names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from numeric_check.certifier.certify import CertificateError
from numeric_check.certifier.witness import WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.derivations.replay import ReplayError
from symbolic_proofs.kernel.work import WorkLimitError, limited, spend
from symbolic_proofs.language.claim import AMENDED, Claim, is_id
from symbolic_proofs.language.formulas import And, Formula, Implies
from symbolic_proofs.language.serialization import WireError, from_wire
from symbolic_proofs.language.sums import Applied
from symbolic_proofs.notation.api import conditions, to_text

from ..errors import VERDICTS, Contradiction, InputError
from ..inputs.built_in import built_in, derivation_in_paper
from .coq_note import read_note
from .run_files import EVIDENCE, evidence_of
from .stored_json import SCHEMAS, is_of_schema, parts_of, read_json, same_json
from .stored_verdict import RefusedError, verdict_of
from .verdict import Disproved, Established, MissingPremise, Open, Proved, Refuted, Verdict
from .verdict_json import SCHEMA, Record, failed_record, record

#: operations for one claim; the largest derivation of the catalogue takes 150,000
DEFAULT_WORK = 2_000_000
_LONGEST_REFUSAL = 300

#: what a person reads in a record, and what is wrong where it is not what is written anew
_SHOWN = {
    "statement": "the statement shown is not that of the formula",
    "latex": "the LaTeX shown is not that of the formula",
    "conditions": "the conditions shown are not those of the formula",
    "title": "the title shown is not that of the claim of this id",
    "locator": "the locator shown is not that of the claim of this id",
    "amendment": "the amendment shown is not that of the claim of this id",
    "steps": "the number of steps shown is not that of the derivation",
    "verdict": "the evidence does not show what the verdict says",
}
#: what stands in a record and cannot be found again -> how it is called
_NOT_FOUND_AGAIN = {
    "candidates": "numbers of candidates and trials",
    "effective": "numbers of candidates and trials",
    "examined": "numbers of candidates and trials",
    "covered": "numbers of candidates and trials",
    "best_margin": "least margins",
    "said": "what is said of a search",
    "left_out": "what is said of a search",
    "confirmed": "numbers of steps confirmed on instances",
    "seconds": "seconds",
    "seed": "seeds",
    "tried": "what was tried on open claims",
    "found": "what was tried on open claims",
    "error": "errors",
    "measures": "the table of measures but for its verdicts",
    "paper": "names and lines of claims files, and the author's reasons",
    "expected": "what is expected",
}
_REASONS = "reasons of steps"
_OWN_WORDS = "ids, titles and locators of claims that are not built in"
_OLD_TEXT = "the text of schema 1 (it is printed anew)"
#: records of schema 1 have these and no others
_FIRST_SCHEMA = frozenset(
    (
        *("id", "locator", "title", "verdict", "statement", "latex", "conditions", "amendment"),
        *("candidates", "effective", "seconds", "formula", "steps", "confirmed", "derivation"),
        *("witness", "certificate", "fixed", "disproof", "reason", "limits", "tried"),
        "best_margin",
    )
)
#: what `search` writes beside the evidence
_SEARCHED = frozenset(
    ("seed", "candidates", "effective", "covered", "best_margin", "said", "left_out")
)
#: what a record of a claims file has besides
_OF_PAPER = frozenset(("paper", "line", "reason_given"))
_FILE_KEYS = frozenset(("schema", "seed", "interrupted", "measures", "claims"))


class Status(Enum):
    """What came of checking the evidence on a claim."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    #: there is no evidence, or it takes more work than was allowed
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking the evidence on one claim, and what beside it is not vouched for."""

    claim: str
    status: Status
    said: str
    not_vouched: frozenset[str] = frozenset()
    #: what was confirmed, and what the file says of Coq
    verdict: Verdict | None = None
    coq: Mapping[str, Any] | None = None


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
    beside = _not_vouched(data)
    seen: set[tuple[str, str]] = set()
    for entry, name in zip(entries, named, strict=True):
        if name in seen:
            yield _refused(entry["id"], "another verdict on a claim of this id stands in the file")
        else:
            for found in _bounded(entry["id"], {**entry, "schema": data["schema"]}, ids, work):
                yield replace(found, not_vouched=found.not_vouched | beside)
        seen.add(name)
    yield from _file_findings(data)


def _require_evidence(data: Record, path: Path) -> None:
    kind, id_ = data.get("kind"), data.get("claim")
    if not isinstance(kind, str) or kind not in EVIDENCE or not isinstance(id_, str):
        raise InputError(f"{path} holds no evidence; use one of {', '.join(EVIDENCE)}")
    missing = [key for key in (*EVIDENCE[kind], "formula") if key not in data]
    if missing:
        raise InputError(f"{path}: the evidence on {id_} has no {' and no '.join(missing)}")


def _file_findings(data: Record) -> Iterator[Checked]:
    """Yield what is to be said of a file beside its verdicts."""
    other = sorted(data.keys() - _FILE_KEYS)
    if other:
        yield _refused("the file", f"it has {_name(other[0])}, which this program does not write")
    if not (data.get("interrupted", True) is True and type(data.get("seed", 0)) is int):
        yield _refused("the file", "its seed or whether it was interrupted is not as it is written")
    if "measures" in data and not _agrees(data["measures"], data["claims"]):
        said = "the table of measures has a verdict that is not the one on its claim"
        yield _refused("the file", said)


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
        findings = [_refused(id_, str(reason))]
    except (Contradiction, InputError):
        raise
    except Exception as error:
        # SymPy has many ways to choke on what is not meant to be; none is the reader's fault
        findings = [_refused(id_, f"the evidence is malformed ({type(error).__name__})")]
    yield from findings


def _refused(id_: str, reason: str) -> Checked:
    text = " ".join(reason.split())
    short = text if len(text) <= _LONGEST_REFUSAL else text[:_LONGEST_REFUSAL] + "..."
    return Checked(id_, Status.REFUSED, f"refused: {short}")


def _check(id_: str, entry: Record, ids: Collection[str]) -> Iterator[Checked]:
    if "id" in entry and entry.get("formula") is None and entry.get("error") is not None:
        yield _failed(entry)
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
            yield replace(found, not_vouched=found.not_vouched - {_OWN_WORDS})
        entry = {**entry, "author_steps": None}
    yield from _checked(id_, statement, entry, ids, built_in=_is_built_in(id_))


def _require_steps_of_paper(id_: str, steps: Any) -> None:
    """Raise RefusedError unless the steps are those by which the paper derives its claim."""
    claim, known = built_in(id_)[0], derivation_in_paper(id_)
    formulas = [replace(claim, conclusion=from_wire(s.formula)).statement for s in known]
    if not isinstance(steps, list) or len(steps) != len(known):
        raise RefusedError("its steps are not those of the paper's derivation")
    keys = ("title", "reason_given", "locator", "line", "expected")
    for step, own, formula in zip(steps, known, formulas, strict=True):
        said = isinstance(step, dict) and tuple(map(step.get, keys))
        written = (own.said, own.reason, claim.locator, None, None)
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
        yield from _checked(one["id"], formula, own, (), built_in=False)


def _of_paper(
    id_: str, statement: Formula, entry: Record, ids: Collection[str]
) -> Iterator[Checked]:
    """Yield the findings on a claim of a claims file, those on its author's steps first."""
    yield from _steps(id_, statement, entry)
    own = {key: value for key, value in entry.items() if key not in _OF_PAPER}
    _check_of_paper(entry)
    if "id" in entry:
        own |= {"author_steps": None, "expected": None}
    beside = {_NOT_FOUND_AGAIN["paper"]}
    beside |= {_NOT_FOUND_AGAIN["expected"]} if entry.get("expected") is not None else set()
    for found in _checked(id_, statement, own, ids, built_in=False):
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
        yield from _checked(step["id"], formula, bare, (), built_in=False)


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


def _checked(
    id_: str, statement: Formula, entry: Record, ids: Collection[str], *, built_in: bool
) -> Iterator[Checked]:
    refusals: list[RefusedError | WitnessError | CertificateError | ReplayError] = []
    alone = "id" not in entry
    noted = None if alone else read_note(entry)
    if noted is not None:
        entry = {key: value for key, value in entry.items() if key != "coq"}
    read = _readings if built_in else _own_readings
    for claim, fellows in read(id_, statement, entry, ids):
        try:
            verdict = verdict_of(claim, entry)
            compare = _compare_evidence if alone or entry["schema"] < SCHEMA else _compare
            compare(verdict, fellows, entry)
        except (RefusedError, WitnessError, CertificateError, ReplayError) as reason:
            refusals.append(reason)
            continue
        if noted is not None and isinstance(verdict, Open):
            raise RefusedError("it says that Coq was shown an open claim")
        own = "" if built_in else "the statement in the file is"
        for found in _findings(verdict, entry, own):
            yield replace(found, coq=noted if found.verdict is verdict else None)
        return
    # a later reading gives up on what an earlier one has shown
    raise min(refusals, key=lambda reason: not isinstance(reason, _ShownError))


class _ShownError(RefusedError):
    """The evidence is good, and what is shown beside it is not."""


def _is_built_in(id_: str) -> bool:
    try:
        built_in(id_)
    except UnknownClaimError:
        return False
    return True


def _readings(
    id_: str, statement: Formula, entry: Record, ids: Collection[str]
) -> list[tuple[Claim, Sequence[Claim]]]:
    """Return the claims that a record may be about, each with its fellows.

    One that is built in must have the statement of that id. Of another the statement is all that is
    known, and it does not tell what was written as premises and what as an implication; the id is
    no path to a file, and nothing is looked for under it.
    """
    try:
        claim, fellows = built_in(id_)
    except UnknownClaimError:
        return _own_readings(id_, statement, entry, ids)
    if statement != claim.statement:
        raise RefusedError("it is about another statement than the claim of this id")
    return [(claim, fellows)]


def _own_readings(
    id_: str, statement: Formula, entry: Record, ids: Collection[str]
) -> list[tuple[Claim, Sequence[Claim]]]:
    if not is_id(id_):
        raise RefusedError("a claim's id is made of words, dots and hyphens")
    functions = sorted({term.name for term in statement.atoms(Applied)})
    shown = (entry.get(key) for keys in EVIDENCE.values() for key in keys)
    if functions and any(part is not None for part in shown):
        raise RefusedError(
            f"{functions[0]} is a plain function: it would have to be run, and nothing here is"
        )
    locator, title = entry.get("locator", ""), entry.get("title", "")
    if not isinstance(locator, str) or not isinstance(title, str):
        raise RefusedError("its title or its locator is not a text")
    parts: list[tuple[tuple[Any, ...], Any]] = [((), statement)]
    if isinstance(statement, Implies):
        premise, conclusion = statement.args
        parts.insert(0, ((premise,), conclusion))
        if isinstance(premise, And):
            parts.insert(0, (premise.args, conclusion))
    amendment = id_ + AMENDED
    amended = amendment in ids or entry.get("amendment") == amendment
    fellows = [Claim(amendment, "", "", (), statement)] if amended else []
    return [(Claim(id_, locator, title, given, then), fellows) for given, then in parts]


def _compare(verdict: Verdict, claims: Sequence[Claim], entry: Record) -> None:
    """Raise RefusedError unless a record is the one that is written of the verdict."""
    written = {**record(verdict, claims), "schema": entry["schema"]}
    _compare_keys(written, entry)
    steps = written.get("steps", 0)
    if written.get("confirmed", 0) > steps:
        raise _ShownError(f"it says that more than its {steps} steps were confirmed")


def _compare_keys(written: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    for key in written:
        if key not in entry:
            raise _ShownError(f"it has no {key}")
    for key, value in entry.items():
        if key not in written:
            raise _ShownError(f"it has {_name(key)}, which this program does not write there")
        if not same_json(written[key], value):
            raise _ShownError(_SHOWN.get(key, f"its {key} is not what the evidence gives"))


def _compare_evidence(verdict: Verdict, claims: Sequence[Claim], entry: Record) -> None:
    """Raise RefusedError unless the evidence is what is written of the verdict.

    It is a document of its own, or stands in a record of the first schema, whose other parts are
    not compared.
    """
    written = evidence_of(record(verdict, claims)) or {}
    if "id" in entry:
        if not same_json(entry.get("verdict"), verdict.name):
            raise RefusedError(_SHOWN["verdict"])
        other = sorted(entry.keys() - _FIRST_SCHEMA - {"schema"})
        kept = {key for keys in EVIDENCE.values() for key in keys} & entry.keys()
        stored = {key: entry[key] for key in kept}
        written = {key: written.get(key) for key in kept}
    else:
        other = sorted(entry.keys() - written.keys() - _SEARCHED)
        stored = {key: value for key, value in entry.items() if key not in _SEARCHED}
        written["schema"] = entry["schema"]
    if other:
        raise RefusedError(f"it has {_name(other[0])}, which this program does not write there")
    _compare_keys(written, stored)


def _failed(entry: Record) -> Checked:
    """Return the finding on a claim that could not even be written down."""
    words = [entry.get(key) for key in ("id", "locator", "title", "error")]
    if not all(isinstance(text, str) for text in words):
        raise RefusedError("its title, its locator or its error is not a text")
    _compare_keys({**failed_record(*map(str, words)), "schema": entry["schema"]}, entry)
    said = "open: the program failed on it, nothing checked"
    return Checked(entry["id"], Status.UNCHECKED, said, frozenset((_OWN_WORDS, "errors")))


def _findings(verdict: Verdict, entry: Record, own: str, added: str = "") -> Iterator[Checked]:
    """Yield the finding on a verdict that was confirmed, and those on what it rests on."""
    first = entry["schema"] < SCHEMA
    said = _said(verdict)
    if first:
        said += f"; the text of schema 1 printed anew: {_statement(verdict.claim)}"
    elif own:
        said += f"; {own}: {_statement(verdict.claim)}"
    status = Status.UNCHECKED if isinstance(verdict, Open) else Status.CONFIRMED
    not_vouched = _not_vouched(entry)
    if any(key in entry for key in ("derivation", "disproof", "limits")) or verdict.vacuous:
        not_vouched |= {_REASONS}
    if own:
        not_vouched |= {_OWN_WORDS}
    if first and "id" in entry:
        not_vouched |= {_OLD_TEXT}
    yield Checked(verdict.claim.id + added, status, said, not_vouched, verdict)
    if isinstance(verdict, MissingPremise):
        inner = {**entry["missing"]["claim"], "schema": entry["schema"]}
        added += f", with {to_text(verdict.condition)}"
        yield from _findings(verdict.mended, inner, "the statement is then", added)


def _statement(claim: Claim) -> str:
    """Return what a claim says, with what its symbols stand for: |x| = x is true for x ≥ 0."""
    kinds = ", ".join(text for text, _ in conditions((claim.statement,)))
    return f"{to_text(claim.statement)}{', for ' if kinds else ''}{kinds}"


def _not_vouched(data: Mapping[str, Any]) -> frozenset[str]:
    """Return what stands in a record or a file that cannot be found again."""
    return frozenset(word for key, word in _NOT_FOUND_AGAIN.items() if data.get(key) is not None)


def _said(verdict: Verdict) -> str:
    vacuous = "; its premises contradict each other" if verdict.vacuous else ""
    match verdict:
        case Proved():
            return f"proved, the derivation checks{vacuous}"
        case Established():
            return f"proved, the certificate of the example checks{vacuous}"
        case Refuted():
            return "refuted, the certificate checks"
        case Disproved():
            return "refuted, the derivation of its negation checks"
        case MissingPremise(reason=reason, condition=condition):
            return f"undefined: {reason}; the condition {to_text(condition)} is missing"
        case Open():
            return "open: nothing checked" + (
                " but that its premises contradict each other" if verdict.vacuous else ""
            )
    return f"undefined: {getattr(verdict, 'reason', '')}"


def _name(key: object) -> str:
    return ascii(key)[:60]
