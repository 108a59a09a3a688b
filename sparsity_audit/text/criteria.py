"""The criteria of several measures: as a table, as LaTeX, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy as sp

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.criteria_of import LETTERS
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.symbols import count
from symbolic_proofs.language.vectors import vector
from symbolic_proofs.measures import Measure
from symbolic_proofs.notation.api import to_latex, to_text
from symbolic_proofs.notation.prose import plain_to_latex, prose_to_latex

from ..verdicts.verdict_json import SCHEMA, Record
from .exact_region import proved_region
from .published import agrees, published
from .table import marked_evidence, print_table, verdict_cell, verdict_word
from .verdict import verdict_lines

if TYPE_CHECKING:
    from rich.text import Text

#: marks a verdict that is not the published one
DIFFERS = "*"
_W = vector("W", count("N"), nonnegative=True)


@dataclass(frozen=True)
class CriteriaRow:
    """A measure with the records and the claims of its six criteria, by the letters D1 .. P2."""

    measure: Measure
    reference: str
    claims: dict[str, Claim]
    records: dict[str, Record]
    #: what a plain function does that its user should know
    noticed: tuple[str, ...] = ()

    def differs(self, letter: str) -> bool:
        """Tell whether a verdict is not the published one."""
        verdict = self.records[letter]["verdict"]
        return agrees(self.measure, letter, verdict) is False

    @property
    def formula(self) -> sp.Basic:
        """The measure's term."""
        term: sp.Basic = self.measure.term(_W)
        return term


def print_rows(rows: Sequence[CriteriaRow]) -> None:
    """Print a line a measure; a mark says that something else is published."""

    def cell(row: CriteriaRow, letter: str) -> Text:
        return verdict_cell(row.records[letter], DIFFERS if row.differs(letter) else "")

    table: list[list[str | Text]] = [
        [row.measure.name, *(cell(row, letter) for letter in LETTERS.values())] for row in rows
    ]
    print_table(("measure", *LETTERS.values()), table)


def differences(rows: Sequence[CriteriaRow]) -> Iterator[tuple[str, str]]:
    """Yield, for each verdict that is not the published one, where it is and what it rests on."""
    for row in rows:
        for letter in LETTERS.values():
            if row.differs(letter):
                entry = row.records[letter]
                said = "satisfied" if published(row.measure, letter) else "not satisfied"
                yield (
                    f"{row.measure.name} {letter}",
                    f"published as {said}, "
                    f"{entry['verdict']} here ({marked_evidence(entry)}{_decided(entry)})",
                )


def _decided(entry: Record) -> str:
    if "certificate" not in entry:
        return ""
    fact = entry["certificate"]["facts"][0]
    how = {"exact": "exact arithmetic", "ball": "balls"}[fact["method"]]
    return f"; ${fact['left']} {fact['holds']} {fact['right']}$, by {how}"


def row_lines(row: CriteriaRow, options: str) -> Iterator[str]:
    """Yield the lines that show all verdicts on one measure at length."""
    yield f"{row.measure.name}: {row.measure.title}"
    yield f"  formula    {to_text(row.formula)}"
    yield f"  source     {row.measure.source}"
    yield from (f"  noticed    {line}" for line in row.noticed)
    for letter, entry in row.records.items():
        claim = row.claims[letter]
        reference = f"{row.reference}.{claim.id.rpartition('.')[2]}"
        again = f"sparsity-audit criteria {row.reference}{options}"
        yield ""
        yield from verdict_lines(claim, entry, again, reference)
        if entry["verdict"] == "refuted" and (exact := proved_region(claim, CATALOGUE)):
            yield f"  exactly    where {exact}"
        said = published(row.measure, letter)
        if said is not None:
            mark = ", which is not so" if row.differs(letter) else ""
            yield f"  published  {'satisfied' if said else 'not satisfied'}{mark}"


def rows_json(rows: Sequence[CriteriaRow], seed: int, *, interrupted: bool = False) -> Record:
    """Return the rows as JSON; `claims` are records as in verdicts.json, for `check`."""
    written: Record = {"schema": SCHEMA, "seed": seed}
    if interrupted:
        written["interrupted"] = True
    written["measures"] = [
        {
            "name": row.measure.name,
            "title": row.measure.title,
            "source": row.measure.source,
            "formula": to_text(row.formula),
            "latex": to_latex(row.formula),
            "noticed": list(row.noticed),
            "criteria": {
                letter: {
                    "verdict": entry["verdict"],
                    "claim": entry["id"],
                    "published": published(row.measure, letter),
                    "agrees": agrees(row.measure, letter, entry["verdict"]),
                }
                for letter, entry in row.records.items()
            },
        }
        for row in rows
    ]
    written["claims"] = [entry for row in rows for entry in row.records.values()]
    return written


def rows_latex(rows: Sequence[CriteriaRow]) -> str:
    """Return the table as LaTeX to be put into a document that loads amsmath."""
    lines = [
        r"\begin{tabular}{ll" + "c" * len(LETTERS) + "}",
        r"\hline",
        " & ".join(["measure", "formula", *LETTERS.values()]) + r" \\",
        r"\hline",
    ]
    for row in rows:
        cells = [plain_to_latex(row.measure.name), f"${to_latex(row.formula)}$"]
        cells += [
            verdict_word(entry) + (r"$^{\ast}$" if row.differs(letter) else "")
            for letter, entry in row.records.items()
        ]
        lines.append(" & ".join(cells) + r" \\")
    lines += [r"\hline", r"\end{tabular}"]
    said = list(differences(rows))
    if said:
        lines += ["", r"$^{\ast}$ Something else is published:", r"\begin{itemize}"]
        lines += [rf"  \item {prose_to_latex(f'{where}: {what}')}." for where, what in said]
        lines.append(r"\end{itemize}")
    return "\n".join(lines)
