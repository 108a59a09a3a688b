"""The record that a witness refutes a claim, and its JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from symbolic_proofs.language.serialization import to_wire

from .assignment import Stated
from .errors import CertificateError
from .signs_of_differences import WrittenDecision, parse_decision
from .truth import MAX_FACTS
from .witness import Witness


@dataclass(frozen=True)
class Certificate:
    """What shows that a witness refutes a claim: the facts by which its conclusion is false.

    A conclusion that is one relation has one fact; a failing "A exactly when B" has those of both.
    `seal` is a digest of the claim's terms and the witness: an interval has few digits and would
    fit a slightly different witness as well.
    """

    facts: tuple[WrittenDecision, ...]
    seal: str

    @property
    def method(self) -> str:
        """How it was decided: "exact", or "ball" if any fact was."""
        return "ball" if any(fact.method == "ball" for fact in self.facts) else "exact"

    @property
    def bits(self) -> int:
        """The greatest precision that was needed, 0 for exact arithmetic."""
        return max((fact.bits for fact in self.facts), default=0)

    @property
    def left(self) -> str:
        """The left-hand side of the first fact."""
        return self.facts[0].left

    @property
    def right(self) -> str:
        """The right-hand side of the first fact."""
        return self.facts[0].right

    @property
    def relation(self) -> str:
        """What the claim says of the two sides of the first fact."""
        return self.facts[0].relation

    @property
    def holds(self) -> str:
        """What is so of the two sides of the first fact."""
        return self.facts[0].holds

    def to_text(self) -> str:
        """Return the facts, how to check them by hand, and how they were decided, a line each."""
        alone = len(self.facts) == 1
        lines = [line for fact in self.facts for line in fact.lines(alone=alone)]
        weakest = max(self.facts, key=lambda fact: fact.bits)
        return "\n".join([*lines, f"certified  by {weakest.decided_by()}"])

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.to_text())}</pre>"

    def to_json(self) -> dict[str, Any]:
        """Return the certificate as a JSON object."""
        return {
            "method": self.method,
            "bits": self.bits,
            "left": self.left,
            "relation": self.relation,
            "right": self.right,
            "holds": self.holds,
            "facts": [fact.to_json() for fact in self.facts],
            "seal": self.seal,
        }

    @classmethod
    def from_json(cls, data: object) -> Certificate:
        """Return the certificate that a parsed JSON object describes; nothing in it is evaluated.

        Raises CertificateError unless it is, to the letter, what `to_json` writes. What it says is
        believed only after `check_certificate`.
        """
        if not isinstance(data, dict) or not isinstance(data.get("facts"), list):
            raise CertificateError("a certificate is a JSON object with a list of facts")
        if not 1 <= len(data["facts"]) <= MAX_FACTS:
            raise CertificateError(f"a certificate has 1 to {MAX_FACTS} facts")
        if not isinstance(data.get("seal"), str):
            raise CertificateError("the seal of a certificate is a string")
        certificate = cls(tuple(map(parse_decision, data["facts"])), data["seal"])
        if not _same_json(certificate.to_json(), data):
            raise CertificateError("the certificate does not agree with its own facts")
        return certificate


def seal_of(claim: Stated, witness: Witness) -> str:
    """Return the seal of a certificate that this witness refutes this claim."""
    stated = [to_wire(formula) for formula in (*claim.given, claim.conclusion)]
    text = json.dumps([claim.id, stated, witness.to_json()], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _same_json(ours: Any, theirs: Any) -> bool:
    # in Python 1 == True == 1.0, in JSON they differ
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(_same_json(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(_same_json, ours, theirs))
    return bool(ours == theirs)
