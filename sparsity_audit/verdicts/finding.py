"""What came of checking stored evidence, and what beside it is not vouched for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.notation.api import conditions, to_text

from .verdict import Disproved, Established, MissingPremise, Open, Proved, Refuted, Verdict
from .verdict_json import SCHEMA, Record

_LONGEST_REFUSAL = 300
#: what stands in a record and cannot be found again -> how it is called
NOT_FOUND_AGAIN = {
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
OWN_WORDS = "ids, titles and locators of claims that are not built in"
_OLD_TEXT = "the text of schema 1 (it is printed anew)"


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


def refused(id_: str, reason: str) -> Checked:
    """Return the finding on evidence that is refused, in one line."""
    text = " ".join(reason.split())
    short = text if len(text) <= _LONGEST_REFUSAL else text[:_LONGEST_REFUSAL] + "..."
    return Checked(id_, Status.REFUSED, f"refused: {short}")


def findings_on(verdict: Verdict, entry: Record, own: str, added: str = "") -> Iterator[Checked]:
    """Yield the finding on a verdict that was confirmed, and those on what it rests on."""
    first = entry["schema"] < SCHEMA
    said = _said(verdict)
    if first:
        said += f"; the text of schema 1 printed anew: {_statement(verdict.claim)}"
    elif own:
        said += f"; {own}: {_statement(verdict.claim)}"
    status = Status.UNCHECKED if isinstance(verdict, Open) else Status.CONFIRMED
    not_vouched = not_vouched_in(entry)
    if any(key in entry for key in ("derivation", "disproof", "limits")) or verdict.vacuous:
        not_vouched |= {_REASONS}
    if own:
        not_vouched |= {OWN_WORDS}
    if first and "id" in entry:
        not_vouched |= {_OLD_TEXT}
    yield Checked(verdict.claim.id + added, status, said, not_vouched, verdict)
    if isinstance(verdict, MissingPremise):
        inner = {**entry["missing"]["claim"], "schema": entry["schema"]}
        added += f", with {to_text(verdict.condition)}"
        yield from findings_on(verdict.mended, inner, "the statement is then", added)


def _statement(claim: Claim) -> str:
    """Return what a claim says, with what its symbols stand for: |x| = x is true for x ≥ 0."""
    kinds = ", ".join(text for text, _ in conditions((claim.statement,)))
    return f"{to_text(claim.statement)}{', for ' if kinds else ''}{kinds}"


def not_vouched_in(data: Mapping[str, Any]) -> frozenset[str]:
    """Return what stands in a record or a file that cannot be found again."""
    return frozenset(word for key, word in NOT_FOUND_AGAIN.items() if data.get(key) is not None)


def _said(verdict: Verdict) -> str:
    match verdict:
        case Proved():
            return f"proved, the derivation checks{_premises(verdict)}"
        case Established():
            return f"proved, the certificate of the example checks{_premises(verdict)}"
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


def _premises(verdict: Verdict) -> str:
    """Return what is to be said of the premises: whoever takes a contradiction out, leaves none."""
    if verdict.vacuous:
        return "; its premises contradict each other"
    if verdict.claim.given and verdict.example is None:
        return "; the file has no example of its premises"
    return ""
