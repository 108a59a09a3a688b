"""The evidence on one claim, checked again: read for each claim that it may be about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from numeric_check.certifier.certify import CertificateError
from numeric_check.certifier.witness import WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.derivations.replay import ReplayError
from symbolic_proofs.language.claim import AMENDED, Claim, is_id
from symbolic_proofs.language.formulas import And, Formula, Implies
from symbolic_proofs.language.sums import Applied

from ..inputs.built_in import built_in
from .compared import ShownError, compare_evidence, compare_keys, compare_record
from .coq_note import read_note
from .evidence_parts import EVIDENCE
from .finding import OWN_WORDS, Checked, Status, findings_on
from .stored_verdict import RefusedError, verdict_of
from .verdict import Open
from .verdict_json import SCHEMA, Record, failed_record


def checked(
    id_: str, statement: Formula, entry: Record, ids: Collection[str], *, is_built_in: bool
) -> Iterator[Checked]:
    """Yield the findings on the evidence in a record, and on what stands beside it."""
    refusals: list[RefusedError | WitnessError | CertificateError | ReplayError] = []
    alone = "id" not in entry
    noted = None if alone else read_note(entry)
    if noted is not None:
        entry = {key: value for key, value in entry.items() if key != "coq"}
    read = _readings if is_built_in else _own_readings
    for claim, fellows in read(id_, statement, entry, ids):
        try:
            verdict = verdict_of(claim, entry)
            compare = compare_evidence if alone or entry["schema"] < SCHEMA else compare_record
            compare(verdict, fellows, entry)
        except (RefusedError, WitnessError, CertificateError, ReplayError) as reason:
            refusals.append(reason)
            continue
        if noted is not None and isinstance(verdict, Open):
            raise RefusedError("it says that Coq was shown an open claim")
        own = "" if is_built_in else "the statement in the file is"
        for found in findings_on(verdict, entry, own):
            yield replace(found, coq=noted if found.verdict is verdict else None)
        return
    # a later reading gives up on what an earlier one has shown
    raise min(refusals, key=lambda reason: not isinstance(reason, ShownError))


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


def failed(entry: Record) -> Checked:
    """Return the finding on a claim that could not even be written down."""
    words = [entry.get(key) for key in ("id", "locator", "title", "error")]
    if not all(isinstance(text, str) for text in words):
        raise RefusedError("its title, its locator or its error is not a text")
    compare_keys({**failed_record(*map(str, words)), "schema": entry["schema"]}, entry)
    said = "open: the program failed on it, nothing checked"
    return Checked(entry["id"], Status.UNCHECKED, said, frozenset((OWN_WORDS, "errors")))
