"""The verdicts of a run, a few lines each, and how many there are of each.

The id and the verdict stand on the first line; below it the claim in words, the formula, the kinds
of letters that do not say them, and what the verdict rests on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from symbolic_proofs.language.serialization import from_wire
from symbolic_proofs.notation.api import kinds_to_tell

from ..verdicts.counts import counts_of
from ..verdicts.verdict_json import Record
from .fitted import fitted
from .table import console, evidence_line, verdict_style, verdict_word
from .verdict import derivation_line, heading, words


def print_verdicts(records: Sequence[Record]) -> None:
    """Print the verdicts, a paragraph each."""
    for entry in records:
        print_paragraph(entry, _paragraph(entry))


def print_summary(records: Sequence[Record]) -> None:
    """Print how many claims and amendments there are, and how many of each verdict."""
    sys.stdout.write(f"\n{summary(records)}\n")


def print_paragraph(entry: Record, lines: Iterable[str]) -> None:
    """Print lines on a verdict, of which the first ends in it: there it has its colour."""
    first, *below = fitted(lines)
    word = verdict_word(entry)
    shown = Text(first)
    if first.endswith(word):
        shown.stylize(verdict_style(entry), len(first) - len(word))
    console().print(shown, soft_wrap=True)
    sys.stdout.write("".join(f"{line}\n" for line in below))


def summary(records: Iterable[Record]) -> str:
    """Return how many claims and amendments there are, and how many of each verdict."""
    return "; ".join(map(str, counts_of(records)))


def _paragraph(entry: Record) -> Iterator[str]:
    yield heading(entry)
    yield from (f"  {text}" for text in words(entry))
    yield f"  {entry['statement']}"
    # there is none of a claim that cannot even be written
    if entry["formula"] and (kinds := kinds_to_tell(from_wire(entry["formula"]))):
        yield f"  for {', '.join(kinds)}"
    yield f"  {evidence_line(entry)}"
    if (said := derivation_line(entry)) is not None:
        yield f"  derivation: {said}"
