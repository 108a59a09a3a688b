"""A decision written down: what was compared, in which arithmetic, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symbolic_proofs.language.formulas import Relation

from .errors import CertificateError, NotExact
from .numbers import balls, exact
from .numbers import logarithms as closed_forms
from .numbers.logarithms import ClosedForm, Exact
from .numbers.radicals import RadicalSum, common_power
from .truth import Decided


@dataclass(frozen=True)
class WrittenDecision:
    """One decided comparison, or predicate on vectors, at the witness's values.

    `left` and `right` are the two sides, exact ("1 - (25/51)^(1/4)") or as intervals ("[0.4368,
    0.4369]"); `relation` is what the claim says of them and `holds` what is so: <, = or >. For a
    predicate `left` is the formula, `relation` is "is", `right` and `holds` are its truth.

    Exact comparisons of irrational sides come with a way to check them by hand: what the sides have
    in common is dropped and the terms with a minus sign are moved across, so that left `holds`
    right exactly when moved[0] `holds` moved[1]; both are raised to the `power`, which makes them
    the fractions `reduced`. `power` is 0 when there is nothing to raise, and the two pairs are then
    empty.
    """

    method: str
    bits: int
    left: str
    relation: str
    right: str
    holds: str
    power: int = 0
    moved: tuple[str, ...] = ()
    reduced: tuple[str, ...] = ()

    def decided_by(self) -> str:
        """Return the arithmetic that decided it, in words."""
        if self.method == "exact":
            return "exact arithmetic"
        if self.holds == "=":
            return f"balls of {self.bits} bits, both of radius 0"
        return f"disjoint balls of {self.bits} bits"

    def lines(self, *, alone: bool) -> list[str]:
        """Return the fact in lines; `alone` when the claim is this one comparison."""
        if self.relation == "is":
            return [f"fact       {self.left} is {self.right}"]
        verb = "claimed" if alone else "stated"
        lines = [
            f"left       {self.left}",
            f"right      {self.right}",
            f"{verb:<9}  left {self.relation} right; in fact left {self.holds} right",
        ]
        if self.power:
            sides = zip(("left", "right"), self.moved, self.reduced, strict=True)
            by_hand = ", ".join(
                f"{name} {moved} to the power {self.power} is {reduced}"
                for name, moved, reduced in sides
            )
            lines.append(f"by hand    without common terms: {by_hand}")
        return lines

    def to_json(self) -> dict[str, Any]:
        """Return the fact as a JSON object."""
        return {**vars(self), "moved": list(self.moved), "reduced": list(self.reduced)}


def parse_decision(data: object) -> WrittenDecision:
    """Return the fact that a parsed JSON object describes, or raise CertificateError."""
    keys = WrittenDecision.__dataclass_fields__.keys()
    if not isinstance(data, dict) or data.keys() != keys:
        raise CertificateError(f"a fact is a JSON object with the keys {', '.join(keys)}")
    for key in ("bits", "power"):
        if isinstance(data[key], bool) or not isinstance(data[key], int) or data[key] < 0:
            raise CertificateError(f"{key} of a fact is a whole number >= 0")
    for key in ("moved", "reduced"):
        if not isinstance(data[key], list) or len(data[key]) not in (0, 2):
            raise CertificateError(f"{key} of a fact is a pair of numbers as strings, or empty")
    strings = [data[key] for key in ("method", "left", "relation", "right", "holds")]
    if not all(isinstance(s, str) for s in [*strings, *data["moved"], *data["reduced"]]):
        raise CertificateError("the values of a fact are strings")
    return WrittenDecision(
        **{**data, "moved": tuple(data["moved"]), "reduced": tuple(data["reduced"])}
    )


def decision_of(decided: Decided) -> WrittenDecision:
    """Return a decision as a fact."""
    method = "ball" if decided.bits else "exact"
    if not isinstance(decided.formula, Relation):
        truth = str(decided.truth).lower()
        return WrittenDecision(method, decided.bits, str(decided.formula), "is", truth, truth)
    holds = "<=>"[decided.side + 1]
    relation = decided.formula.op
    if decided.bits:
        with balls.precision(decided.bits):
            left, right = (
                balls.apart(decided.left, decided.right)
                if decided.side
                else (balls.decimal(decided.left), balls.decimal(decided.right))
            )
        return WrittenDecision(method, decided.bits, left, relation, right, holds)
    left, right = _written(decided.left), _written(decided.right)
    return WrittenDecision(method, 0, left, relation, right, holds, *_reduced(decided))


def _reduced(decided: Decided) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return power, moved and reduced of the WrittenDecision of an exact comparison."""
    if isinstance(decided.left, ClosedForm) or isinstance(decided.right, ClosedForm):
        return 0, (), ()
    if not decided.side or (decided.left.is_rational and decided.right.is_rational):
        return 0, (), ()
    terms = (decided.left - decided.right).terms
    plus = RadicalSum(tuple(t for t in terms if t[1] > 0))
    minus = RadicalSum(tuple((r, -c) for r, c in terms if c < 0))
    try:
        reduced, power = common_power(plus, minus)
    except NotExact:  # all terms on one side: the sign is plain
        return 0, (), ()
    moved, pair = (_written(plus), _written(minus)), tuple(map(str, reduced))
    return power, moved, pair


def _written(number: Exact) -> str:
    """Return an exact number as text; a very long one as a decimal interval."""
    short = exact.text(number)
    if short is not None:
        return short
    with balls.precision(128):
        return balls.decimal(closed_forms.enclosure(number), 30)
