"""Tables on the terminal, and as plain columns when the output goes elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # it brings SymPy along, which `measure` does without
    from .verdict_json import Record

COLOURS = {"proved": "green", "refuted": "red", "undefined": "magenta", "open": "yellow"}
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


def print_verdicts(records: Sequence[Record]) -> None:
    """Print the verdict table and how many of each there are."""
    rows = [
        (
            entry["id"],
            entry["locator"],
            Text(entry["verdict"], style=COLOURS[entry["verdict"]]),
            evidence_line(entry),
            entry["statement"],
        )
        for entry in records
    ]
    print_table(("claim", "where", "verdict", "evidence", "statement"), rows)
    counts = {name: sum(r["verdict"] == name for r in records) for name in COLOURS}
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    sys.stdout.write(f"\n{len(records)} claims: {said}\n")


def evidence_line(entry: Record) -> str:
    """Return in a few words what a verdict rests on."""
    if "certificate" in entry:
        return witness_line(entry["witness"])
    if "disproof" in entry:
        return f"its negation, {steps(entry['steps'])}"
    if "derivation" in entry:
        return steps(entry["steps"])
    if "reason" in entry:
        return str(entry["reason"])
    return f"{entry['effective']} trials"


def steps(count: int) -> str:
    """Return a number of steps."""
    return "1 step" if count == 1 else f"{count} steps"


def witness_line(witness: Record) -> str:
    """Return a witness as p = 1, q = 2, W = [1 × 2, 0]."""
    from numeric_check.witness import Witness

    return Witness.from_json(witness).to_text()
