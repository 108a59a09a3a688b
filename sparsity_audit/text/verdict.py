"""One verdict at length: the claim, its evidence, and the command that reproduces it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote

from numeric_check.certifier.added_condition import with_condition
from numeric_check.certifier.certify import Certificate, Undecided, UnfitWitnessError
from numeric_check.certifier.definedness import no_value
from numeric_check.certifier.numbers.exact import ValuelessError
from numeric_check.certifier.witness import Witness
from numeric_check.explain import vectors_shown
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.serialization import from_wire
from symbolic_proofs.notation.api import conditions, definitions, to_text
from symbolic_proofs.notation.marked import unmarked

from ..verdicts.coq_note import stored_note
from ..verdicts.verdict_json import Record
from .coq_words import coq_words
from .table import evidence_line, steps, verdict_word, witness_line


def verdict_lines(
    claim: Claim, entry: Record, again: str | None, reference: str | None = None
) -> Iterator[str]:
    """Yield the lines that show a verdict; `again` is the command that reproduces it, if any.

    `reference` is what the claim is asked for by, its id unless it is of a user's file.
    """
    yield heading(entry)
    yield from (f"  words      {text}" for text in words(entry))
    yield f"  claim      {entry['statement']}"
    statement = claim.statement
    yield from (f"  where      {text}" for text, _ in definitions(statement))
    kinds = ", ".join(text for text, _ in conditions([statement]))
    if kinds:
        yield f"  for        {kinds}"
    yield from _evidence_lines(claim, entry, reference or claim.id)
    if entry.get("coq"):
        yield f"  coq        {coq_line(entry['coq'])}"
    yield from step_lines(entry)
    if entry["expected"] not in (None, entry["verdict"]):
        yield f"  expected   {entry['expected']}"
    if entry["premises"]:
        yield f"  premises   {entry['premises']}"
    if entry["amendment"]:
        yield f"  amendment  {entry['amendment']}"
    if again is not None:
        yield f"  again      {again}"
    if entry["nearby"]:
        yield from near_lines(entry["nearby"])


def heading(entry: Record) -> str:
    """Return the id of a claim, where it stands, and the verdict."""
    return f"{entry['id']} ({entry['locator']}): {verdict_word(entry)}"


def words(entry: Record) -> list[str]:
    """Return the claim in words, nothing if it has none of its own."""
    title = unmarked(entry["title"])
    return [title] if title not in ("", entry["statement"]) else []


def coq_line(note: Record) -> str:
    """Return what Coq says of a verdict, and the axioms that it rests on there."""
    if not note["axioms"]:
        return coq_words(note)
    names = [axiom.split(".")[-1] for axiom in note["axioms"]]
    return f"{coq_words(note)}; axioms: {', '.join(names)}"


def stored_coq_lines(records: Iterable[Record]) -> dict[str, str]:
    """Return what records of a file say of Coq, by the ids of the claims; it is not checked here.

    Raises InputError for a note that this program does not write.
    """
    notes = {entry["id"]: stored_note(entry) for entry in records}
    return {id_: coq_line(note) for id_, note in notes.items() if note is not None}


def near_lines(near: Iterable[Record]) -> Iterator[str]:
    """Yield what is found near a claim as it comes: what convinces, what is proved, then the rest.

    What is proved is offered as an amendment.
    """
    rest: dict[str, list[list[str]]] = {"refuted": [], "undefined": [], "open": []}
    for entry in near:
        changes = ", ".join(entry["changes"])
        if entry["id"].endswith(".near-0"):
            yield f"  convincing {witness_line(entry['witness'])}"
        elif entry["verdict"] == "proved":
            yield f"  near       proved with {changes}:"
            yield f"             {entry['statement']}"
        else:
            rest[entry["verdict"]].append(entry["changes"])
    for verdict, found in rest.items():
        single = [changes[0] for changes in found if len(changes) == 1]
        more = len(found) - len(single)
        said = [*single, *([f"{more} pair{'s' * (more > 1)} of changes"] if more else [])]
        if said:
            yield f"  {verdict:<10} with {'; with '.join(said)}"


def step_lines(entry: Record) -> Iterator[str]:
    """Yield how the steps of the author's derivation come out, and what that means for the claim.

    A step that falls is shown with where it does.
    """
    fallen = []
    for step in entry["author_steps"] or ():
        reason = f"  (by {unmarked(step['reason_given'])})" if step["reason_given"] else ""
        yield f"  {place_of_step(step):<10} {verdict_word(step)}: {step['title']}{reason}"
        if step["verdict"] != "proved":
            fallen.append(step)
            yield f"             {evidence_line(step)}"
        if step["expected"] not in (None, step["verdict"]):
            yield f"             expected {step['expected']}"
    if (said := derivation_line(entry)) is not None:
        yield f"  derivation {said}"


def place_of_step(step: Record) -> str:
    """Return the line of an author's step in the file, its number in a derivation of none."""
    if line := step.get("line"):
        return f"line {line}"
    return f"step {step['id'].rpartition('-')[2]}"


def derivation_line(entry: Record) -> str | None:
    """Return in a line what comes of the author's derivation, None if there is none."""
    steps_ = entry["author_steps"]
    if not steps_:
        return None
    places = {
        word: [place_of_step(step) for step in steps_ if step["verdict"] == word]
        for word in ("refuted", "undefined", "open")
    }
    said = [f"{', '.join(lines)} {word}" for word, lines in places.items() if lines]
    if not said:
        return "every step is proved"
    stands = entry["verdict"] == "proved" and not entry["vacuous"]
    end = "; the conclusion stands all the same" if stands else ""
    return "; ".join(said) + end


def _evidence_lines(claim: Claim, entry: Record, reference: str) -> Iterator[str]:
    if entry["missing"]:
        yield from _missing_lines(claim, entry["missing"])
    elif entry["established"]:
        yield f"  example    {witness_line(entry['established']['witness'])}"
        certificate = Certificate.from_json(entry["established"]["certificate"])
        yield from (f"  {line}" for line in certificate.to_text().splitlines())
    elif "certificate" in entry:
        yield from counterexample_lines(claim, entry)
    elif "disproof" in entry:
        yield f"  disproof   its negation is a theorem, {steps(entry['steps'])}"
        if held := witness_line(entry["witness"]):
            yield f"  premises   hold at {held}"
    elif "derivation" in entry:
        again = f": sparsity-audit derive {quote(reference)}" if reference else ""
        yield f"  proof      {steps(entry['steps'])}{again}"
    elif "reason" in entry:
        yield f"  undefined  {entry['reason']} at {witness_line(entry['witness'])}"
    else:
        yield from (f"  tried      {note}" for note in entry["tried"])


def _missing_lines(claim: Claim, missing: Record) -> Iterator[str]:
    """Yield where a claim has no value, the condition to add, and the verdict with it added."""
    at = witness_line(missing["witness"])
    yield f"  undefined  {missing['reason']}{' at ' * bool(at)}{at}"
    yield f"  missing    {missing['text']}"
    inner = missing["claim"]
    witness, condition = Witness.from_json(missing["witness"]), from_wire(missing["condition"])
    lacking = no_value(claim, witness)
    mended = with_condition(claim, condition, lacking.given if lacking else None)
    yield f"  with it    {verdict_word(inner)}: {inner['statement']}"
    yield from (f"  {line}" for line in _evidence_lines(mended, inner, ""))


def counterexample_lines(claim: Claim, entry: Record) -> Iterator[str]:
    """Yield the lines that show a counterexample: by name, the values, how it was certified."""
    yield f"  witness    {witness_line(entry['witness'])}"
    yield from (f"  value      {line}" for line in _values(claim, entry))
    certificate = Certificate.from_json(entry["certificate"])
    yield from (f"  {line}" for line in certificate.to_text().splitlines())


def _values(claim: Claim, entry: Record) -> Iterator[str]:
    try:
        shown = vectors_shown(claim, Witness.from_json(entry["witness"]))
    except (UnfitWitnessError, ValuelessError, Undecided):
        return
    for vector in shown:
        items = (value if times == 1 else f"{value} × {times}" for value, times in vector.blocks)
        entries = f"[{', '.join(items)}]"
        name = to_text(vector.vector)
        for measure in vector.measures:
            exact = f" = {measure.exact}" if measure.exact else ""
            written = f"{to_text(measure.term)}{exact} ≈ {measure.decimal}"
            yield written if name == entries else f"{written} for {name} = {entries}"
