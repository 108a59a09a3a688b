"""Tables on the terminal, and as plain columns when the output goes elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from symbolic_proofs.notation.marked import unmarked

from .coq_words import coq_words

if TYPE_CHECKING:  # it brings SymPy along, which `measure` does without
    from ..verdicts.verdict_json import Record

COLOURS = {"proved": "green", "refuted": "red", "undefined": "magenta", "open": "yellow"}
#: between the values of a witness, not between the entries of a vector
_VALUES = re.compile(r", (?=\S+ = )")
#: wide enough for no line to break in a file or a pipe
_UNBROKEN = 400


def console() -> Console:
    """Return a console for results; colours and breaks are for terminals, NO_COLOR is heeded."""
    width = None if sys.stdout.isatty() else _UNBROKEN
    return Console(width=width, highlight=False, soft_wrap=False, markup=False, emoji=False)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
    """Print rows under headings."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings):
        table.add_column(heading, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*row)
    out = console()
    with out.capture() as capture:
        out.print(table)
    # Rich pads every line to the width of the table.
    sys.stdout.write("".join(line.rstrip() + "\n" for line in capture.get().splitlines()))


def verdict_word(entry: Record) -> str:
    """Return the verdict, and that it is vacuous or that the program failed, if so."""
    marks = ["vacuous"] * bool(entry["vacuous"]) + ["failed"] * bool(entry["error"])
    return ", ".join([entry["verdict"], *marks])


def verdict_style(entry: Record) -> str:
    """Return the colour of a verdict; one that is vacuous has not that of the proved."""
    unsound = entry["vacuous"] or entry["error"]
    return COLOURS["open" if unsound else entry["verdict"]]


def verdict_cell(entry: Record, mark: str = "") -> Text:
    """Return the verdict in its colour."""
    return Text(verdict_word(entry) + mark, style=verdict_style(entry))


def evidence_line(entry: Record) -> str:
    """Return in a few words what a verdict rests on, and what is to be said of its premises."""
    return unmarked(marked_evidence(entry))


def marked_evidence(entry: Record) -> str:
    """Return the same with formulas between dollars."""
    by_coq = coq_words(entry["coq"]) if entry.get("coq") else None
    return "; ".join(filter(None, (_rests_on(entry), by_coq, entry["premises"])))


def _rests_on(entry: Record) -> str:
    if entry["error"]:
        return str(entry["error"])
    if entry["missing"]:
        return missing_line(entry["missing"])
    if entry["established"]:
        return f"an example: {_marked(entry['established']['witness'])}"
    if "certificate" in entry:
        return _marked(entry["witness"])
    if "disproof" in entry:
        return f"its negation, {steps(entry['steps'])}"
    if "derivation" in entry:
        return steps(entry["steps"])
    if "reason" in entry:
        return str(entry["reason"])
    if entry["found"]:
        return f"at {_marked(entry['found'])} it fails at every value that was tried"
    from ..verdicts.proof_budget import stop_told, stuck_told

    said = (stop_told(entry["tried"]), stuck_told(entry["tried"]))
    return "; ".join([f"{entry['effective']} trials", *filter(None, said)])


def missing_line(missing: Record) -> str:
    """Return where a claim has no value, what was forgotten, and the verdict with it added."""
    inner = missing["claim"]
    at = _marked(missing["witness"])
    said = f"{missing['reason']}{' at ' * bool(at)}{at}; with ${missing['text']}$ added: "
    if inner["missing"]:
        return said + missing_line(inner["missing"])
    return said + verdict_word(inner)


def _marked(witness: Record) -> str:
    # each value by itself, so that a line may end between them
    line = witness_line(witness)
    return ", ".join(f"${value}$" for value in _VALUES.split(line)) if line else ""


def steps(count: int) -> str:
    """Return a number of steps."""
    return "1 step" if count == 1 else f"{count} steps"


def witness_line(witness: Record) -> str:
    """Return a witness as p = 1, q = 2, W = [1 × 2, 0]."""
    from numeric_check.certifier.witness import Witness

    return Witness.from_json(witness).to_text()
