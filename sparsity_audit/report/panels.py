"""What the page shows of one claim, from its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any

from numeric_check.certifier.certify import Undecided, UnfitWitnessError, ValuelessError
from numeric_check.certifier.signs_of_differences import parse_decision
from numeric_check.certifier.witness import Witness
from numeric_check.explain import vectors_shown
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import Implies
from symbolic_proofs.language.serialization import from_wire
from symbolic_proofs.notation.api import to_text
from symbolic_proofs.notation.marked import unmarked
from symbolic_proofs.notation.reading.stating import LOCATOR, id_of, marked_title

from ..pictures import Picture
from ..text.table import marked_evidence
from ..text.verdict import derivation_line, place_of_step
from ..verdicts.verdict_json import Record
from .exponent_maps import exponent_map
from .formulas import Formula, assignment, comparison, formula, kinds, number, said
from .law_pictures import law_pictures
from .steps import ShownStep, shown_steps
from .witness_pictures import witness_pictures


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A comparison that the claim makes, what is so instead, and how to check it by hand."""

    claimed: Formula
    holds: Formula
    method: str
    power: int
    moved: Formula | None
    reduced: Formula | None


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A measure of a vector at the witness."""

    term: Formula
    at: str
    exact: Formula | None
    decimal: Formula


@dataclass(frozen=True, slots=True)
class ShownMissing:
    """A condition that the claim has forgotten: where, why, and the verdict with it added."""

    witness: tuple[Formula, ...]
    reason: str
    condition: Formula
    verdict: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ShownAuthorStep:
    """A step of the author's derivation: its place, what it says, why, and what came of it."""

    place: str
    statement: Formula
    reason: str
    verdict: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A claim with its verdict and all that it rests on."""

    claim: Claim
    title: str
    record: Record
    evidence: str
    statement: Formula
    kinds: tuple[Formula, ...]
    #: what the steps are steps of: derivation, disproof or limits
    steps_of: str = ""
    steps: tuple[ShownStep, ...] = ()
    witness: tuple[Formula, ...] = ()
    values: tuple[ShownValue, ...] = ()
    facts: tuple[ShownFact, ...] = ()
    author_steps: tuple[ShownAuthorStep, ...] = ()
    #: what comes of the author's derivation as a whole
    derivation: str | None = None
    #: values of what is said to exist, by which the claim is established
    established: tuple[Formula, ...] = ()
    #: each with those before it added to the claim
    missing: tuple[ShownMissing, ...] = ()
    pictures: tuple[Picture, ...] = ()
    map: Picture | None = None
    amends: str | None = None
    words: str
    #: what the claim is asked for by
    again: str


def panel(claim: Claim, entry: Record, verdicts: Mapping[Claim, str], seed: int) -> Panel:
    """Return what is shown of a claim; `verdicts` are those of all claims of the run."""
    parts: dict[str, Any] = {}
    pictures: list[Picture] = []
    for name in ("derivation", "disproof", "limits"):
        if name in entry:
            parts |= {"steps_of": name, "steps": shown_steps(entry[name])}
    if "witness" in entry:
        parts["witness"] = _assigned(entry["witness"])
    if entry["established"]:
        parts["established"] = _assigned(entry["established"]["witness"])
        parts["facts"] = tuple(map(_fact, entry["established"]["certificate"]["facts"]))
    parts["missing"] = tuple(_missing(entry))
    if "certificate" in entry:
        witness = Witness.from_json(entry["witness"])
        parts["values"] = _values(claim, witness)
        parts["facts"] = tuple(map(_fact, entry["certificate"]["facts"]))
        pictures += witness_pictures(claim, witness)
    if entry["verdict"] == "proved":
        pictures += law_pictures(claim)
    if claim.amends is None:
        parts["map"] = exponent_map(claim, verdicts, seed)
    statement, title = formula(claim.statement), unmarked(claim.title)
    return Panel(
        claim=claim,
        title=marked_title(claim),
        record=entry,
        evidence=marked_evidence(entry),
        statement=statement,
        kinds=kinds((*claim.given, claim.conclusion)),
        pictures=tuple(pictures),
        author_steps=tuple(_author_step(claim, s) for s in entry["author_steps"] or ()),
        again=_again(claim, entry),
        derivation=derivation_line(entry),
        amends=claim.amends if claim.amends in {c.id for c in verdicts} else None,
        words=" ".join((claim.id, said(title), claim.locator, statement.text)).casefold(),
        **parts,
    )


def _assigned(witness: Record) -> tuple[Formula, ...]:
    return tuple(assignment(name, value) for name, value in witness.items())


def _again(claim: Claim, entry: Record) -> str:
    """Return what the claim is asked for by on the command line."""
    if claim.locator == LOCATOR and claim.id == id_of(claim.title):
        return quote(claim.title)
    return quote(f"{entry['paper']}:{claim.id}") if "paper" in entry else claim.id


def _author_step(claim: Claim, step: Record) -> ShownAuthorStep:
    stated = from_wire(step["formula"])
    conclusion = stated.args[1] if claim.given and isinstance(stated, Implies) else stated
    return ShownAuthorStep(
        place_of_step(step),
        formula(conclusion),
        step["reason_given"],
        step["verdict"],
        marked_evidence(step),
    )


def _missing(entry: Record) -> Iterator[ShownMissing]:
    while (missing := entry["missing"]) is not None:
        entry = missing["claim"]
        yield ShownMissing(
            witness=_assigned(missing["witness"]),
            reason=missing["reason"],
            condition=formula(from_wire(missing["condition"])),
            verdict=entry["verdict"],
            evidence=marked_evidence(entry),
        )


def _values(claim: Claim, witness: Witness) -> tuple[ShownValue, ...]:
    try:
        shown = vectors_shown(claim, witness)
    except (UnfitWitnessError, ValuelessError, Undecided):
        return ()
    return tuple(
        ShownValue(
            term=formula(measure.term),
            at=_entries(vector.blocks, to_text(vector.vector)),
            exact=number(measure.exact) if measure.exact else None,
            decimal=number(measure.decimal),
        )
        for vector in shown
        for measure in vector.measures
    )


def _entries(blocks: tuple[tuple[str, int], ...], name: str) -> str:
    entries = ", ".join(value if n == 1 else f"{value} × {n}" for value, n in blocks)
    return "" if name == f"[{entries}]" else f"{name} = [{entries}]"


def _fact(fact: Record) -> ShownFact:
    if fact["relation"] == "is":
        claimed = Formula("", fact["left"])
        return ShownFact(claimed, Formula("", fact["right"]), fact["method"], 0, None, None)
    sides = fact["left"], fact["right"]
    moved = reduced = None
    if fact["power"]:
        moved = comparison(fact["moved"][0], fact["holds"], fact["moved"][1])
        reduced = comparison(fact["reduced"][0], fact["holds"], fact["reduced"][1])
    return ShownFact(
        claimed=comparison(sides[0], fact["relation"], sides[1]),
        holds=comparison(sides[0], fact["holds"], sides[1]),
        method=parse_decision(fact).decided_by(),
        power=fact["power"],
        moved=moved,
        reduced=reduced,
    )
