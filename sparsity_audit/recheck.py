"""Stored evidence, checked again from its JSON.

What is read is not trusted: sizes are bounded, nothing is evaluated as code, and every statement is
held against the claim of that id. A claim of a user's own is known by its statement alone, as it
stands in the file, and the finding shows it. None of the search is imported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numeric_check.certify import Certificate, CertificateError
from numeric_check.witness import Witness, WitnessError
from symbolic_proofs.claims.catalogue import UnknownClaimError
from symbolic_proofs.claims.claim import Claim, is_id
from symbolic_proofs.kernel import Theorem
from symbolic_proofs.language.formulas import And, Formula, Implies
from symbolic_proofs.language.printing import to_text
from symbolic_proofs.language.sums import Applied
from symbolic_proofs.language.wire import WireError, from_wire
from symbolic_proofs.proofs import ReplayError, from_data

from .artefacts import EVIDENCE, evidence_of
from .errors import InputError
from .evidence import certificate_problem, denies, has_no_limit, states, undefined_at
from .references import built_in
from .verdict_json import SCHEMA, Record

MAX_BYTES = 64 * 2**20


class _RefusedError(Exception):
    """The evidence does not show what it is said to show."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of checking the evidence on one claim."""

    claim: str
    holds: bool
    said: str


def recheck(path: Path) -> Iterator[Finding]:
    """Check the evidence in a file; yields a finding for each claim in it.

    Raises InputError for a file that can not be read or is not of this program.
    """
    data = read_json(path)
    if data.get("schema") != SCHEMA:
        raise InputError(f"{path} is not a file of schema {SCHEMA}; nothing in it was checked")
    claims = data.get("claims")
    if claims is None:
        yield _check(data, path)
        return
    if not isinstance(claims, list) or not claims:
        raise InputError(f"{path} holds no verdicts")
    for entry in claims:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise InputError(f"{path} holds a verdict without the id of a claim")
        yield _check_entry(entry, path)


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file; raises InputError with one line for anything else."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} is larger than {MAX_BYTES >> 20} MiB")
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise InputError(f"{path} can not be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is no JSON file of this program") from None
    if not isinstance(data, dict):
        raise InputError(f"{path} holds no evidence: it is not a JSON object")
    return data


def read_verdicts(path: Path, ids: Sequence[str]) -> tuple[Record, dict[str, Record]]:
    """Return what a verdicts.json holds, and its records by id; none of them is checked.

    Raises InputError for another file, and where one of `ids` has no record.
    """
    data = read_json(path)
    entries = data.get("claims")
    if data.get("schema") != SCHEMA or not isinstance(entries, list):
        raise InputError(f"{path} holds no verdicts of schema {SCHEMA}")
    known = {str(entry.get("id")): entry for entry in entries if isinstance(entry, dict)}
    missing = [id_ for id_ in ids if id_ not in known]
    if missing:
        raise InputError(f"{path} holds no verdict on {', '.join(missing)}")
    return data, known


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _check_entry(entry: dict[str, Any], path: Path) -> Finding:
    """Check one verdict of verdicts.json against its evidence."""
    verdict = entry.get("verdict")
    if verdict == "open":
        return Finding(entry["id"], True, "open, nothing to check")
    evidence = evidence_of(entry) if "formula" in entry else None
    said = {"derivation": "proved", "counterexample": "refuted", "disproof": "refuted"}
    if evidence is None or said.get(evidence["kind"], evidence["kind"]) != verdict:
        return Finding(entry["id"], False, "refused: the verdict comes without its evidence")
    return _check(evidence, path)


def _check(data: dict[str, Any], path: Path) -> Finding:
    """Check one document of evidence."""
    kind, id_ = data.get("kind"), data.get("claim")
    if not isinstance(kind, str) or kind not in EVIDENCE or not isinstance(id_, str):
        raise InputError(f"{path} holds no evidence; use one of {', '.join(EVIDENCE)}")
    missing = [key for key in (*EVIDENCE[kind], "formula") if key not in data]
    if missing:
        raise InputError(f"{path}: the evidence on {id_} has no {' and no '.join(missing)}")
    refused: Exception | None = None
    try:
        statement = from_wire(data.get("formula"))
        for claim, own in _claims(id_, statement):
            try:
                said = _CHECKS[kind](claim, data)
            except (_RefusedError, WitnessError, CertificateError, ReplayError) as reason:
                refused = refused or reason
                continue
            if own:
                said += f"; the statement in the file is: {to_text(statement)}"
            return Finding(id_, True, said)
    except (_RefusedError, WireError) as reason:
        refused = reason
    return Finding(id_, False, "refused: " + " ".join(str(refused).split()))


def _claims(id_: str, statement: Any) -> list[tuple[Claim, bool]]:
    """Return the claims that evidence may be about, and whether they are a user's own.

    One that is built in must have the statement of that id. Of another the statement is all that is
    known, and it does not tell what was written as premises and what as an implication; the id is
    no path to a file, and nothing is looked for under it.
    """
    if not isinstance(statement, Formula):
        raise _RefusedError("its statement is no formula")
    try:
        claim, _ = built_in(id_)
    except UnknownClaimError:
        if not is_id(id_):
            raise _RefusedError("a claim's id is made of words, dots and hyphens") from None
        functions = sorted({term.name for term in statement.atoms(Applied)})
        if functions:
            raise _RefusedError(
                f"{functions[0]} is a plain function: it would have to be run, and nothing here is"
            ) from None
        found = [Claim(id_, "", "", (), statement)]
        if isinstance(statement, Implies):
            premises, conclusion = statement.args
            given = premises.args if isinstance(premises, And) else (premises,)
            found.insert(0, Claim(id_, "", "", given, conclusion))
        return [(claim, True) for claim in found]
    if statement != claim.statement:
        raise _RefusedError("it is about another statement than the claim of this id")
    return [(claim, False)]


def _derivation(claim: Claim, data: dict[str, Any]) -> str:
    if not states(_theorem(data["derivation"]), claim):
        raise _RefusedError("the derivation is valid but does not prove this claim")
    return "proved, the derivation checks"


def _counterexample(claim: Claim, data: dict[str, Any]) -> str:
    witness = Witness.from_json(data["witness"])
    problem = certificate_problem(claim, witness, Certificate.from_json(data["certificate"]))
    if problem is not None:
        raise _RefusedError(problem)
    return "refuted, the certificate checks"


def _disproof(claim: Claim, data: dict[str, Any]) -> str:
    witness, fixed = Witness.from_json(data["witness"]), data["fixed"]
    if not isinstance(fixed, list) or not all(isinstance(name, str) for name in fixed):
        raise _RefusedError("the names that are fixed are no list of names")
    if not denies(_theorem(data["disproof"]), claim, witness, tuple(fixed)):
        raise _RefusedError("the derivation is valid but does not negate this claim")
    return "refuted, the derivation of its negation checks"


def _undefined(claim: Claim, data: dict[str, Any]) -> str:
    witness = Witness.from_json(data["witness"])
    if not has_no_limit(_theorem(data["limits"]), claim, witness):
        raise _RefusedError("the derivation is valid but does not show that there is no limit here")
    reason = undefined_at(claim, witness)
    if reason is None or reason != data["reason"]:
        raise _RefusedError("the claim has a value at these values, or none for another reason")
    return f"undefined: {reason}"


_CHECKS = {
    "derivation": _derivation,
    "counterexample": _counterexample,
    "disproof": _disproof,
    "undefined": _undefined,
}


def _theorem(data: object) -> Theorem:
    return from_data(data).theorem
