"""The page, from the records of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import getdoc

import jinja2
from markupsafe import Markup

from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.claims.notation import W, p, q
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import equal
from symbolic_proofs.language.terms import Norm, PowerSum, PQIndex, definition
from symbolic_proofs.notation.marked import unmarked

from ..verdicts.counts import VACUOUS, Count, counts_of
from ..verdicts.defaults import DEFAULT_BUDGET, DEFAULT_SEED
from ..verdicts.one_claim import Hunt
from ..verdicts.verdict import Open, Proved, Refuted, Undefined, Verdict
from ..verdicts.verdict_json import Record
from . import katex
from .formulas import Formula, formula
from .mixed_text import pieces
from .panels import Panel, panel
from .sections import sections

_VERDICTS: tuple[type[Verdict], ...] = (Proved, Refuted, Undefined, Open)
_MARKS = {"proved": "✓", "refuted": "✗", "undefined": "∅", "open": "?"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A verdict: its sign, what it means, how many claims have it, and how many panels."""

    name: str
    mark: str
    meaning: str
    count: int
    panels: int


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section of the page: its panels, and the maps of those that have one."""

    id: str
    title: str
    panels: tuple[Panel, ...]


def write_page(
    records: Sequence[Record],
    hunt: Hunt,
    claims: Sequence[Claim] = CATALOGUE,
    headings: Mapping[str, str] | None = None,
) -> str:
    """Return the page for records of a run; `claims` are those among which theirs are.

    `headings` are the sections that claims stand in by their ids, where the paper's modules do not
    say it.
    """
    known = {claim.id: claim for claim in claims}
    by_claim = {known[entry["id"]]: entry for entry in records}
    verdicts = {claim: str(entry["verdict"]) for claim, entry in by_claim.items()}
    parts = [
        PageSection(
            section.id,
            section.title,
            tuple(panel(c, by_claim[c], verdicts, hunt.seed) for c in section.claims),
        )
        for section in sections(list(by_claim), headings or {})
    ]
    found = counts_of(records)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sparsity_audit", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["pieces"] = pieces
    environment.filters["unmarked"] = unmarked
    return environment.get_template("report/page.html").render(
        parts=parts,
        kinds=_kinds(records, found[0]),
        vacuous=dict(found[0].verdicts).get(VACUOUS, 0),
        definitions=_definitions(),
        heading=" and ".join(count.heading for count in found),
        amendments=found[1:],
        candidates=sum(entry["candidates"] for entry in records),
        again=_options(hunt),
        katex_script=Markup(katex.script()),
        katex_style=Markup(katex.style()),
    )


def _kinds(records: Sequence[Record], count: Count) -> list[Kind]:
    found, number = [entry["verdict"] for entry in records], dict(count.verdicts)
    return [
        Kind(
            kind.name,
            _MARKS[kind.name],
            _meaning(kind),
            number.get(kind.name, 0),
            found.count(kind.name),
        )
        for kind in _VERDICTS
    ]


def _meaning(kind: type[Verdict]) -> str:
    """Return what a verdict means: the first line of what its type says of itself."""
    return (getdoc(kind) or "").partition("\n")[0].replace("`", "")


def _definitions() -> tuple[Formula, ...]:
    """Return what the measure, the norms and the power sums stand for, from the language."""
    heads = (PQIndex(W, p, q), Norm(W, p), PowerSum(W, p))
    return tuple(formula(equal(head, definition(head))) for head in heads)


def _options(hunt: Hunt) -> str:
    """Return the options that repeat the search, without those that are as usual."""
    chosen = {
        "budget": (hunt.budget, DEFAULT_BUDGET),
        "seed": (hunt.seed, DEFAULT_SEED),
        "time": (hunt.time, None),
    }
    return "".join(f" --{n} {value}" for n, (value, usual) in chosen.items() if value != usual)
