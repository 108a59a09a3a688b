"""A verdicts.json with every kind of verdict, and what of it somebody who reads it relies on."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sparsity_audit.inputs.built_in import built_in
from sparsity_audit.verdicts.check import DEFAULT_WORK, recheck
from sparsity_audit.verdicts.finding import Checked
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict_json import document, failed_record, record
from symbolic_proofs.claims.notation import I, N, W, p, q, x, y
from symbolic_proofs.language import NonZero, PowerSum, concat, equal, zeros
from symbolic_proofs.language.claim import Claim, claim
from symbolic_proofs.language.formulas import And, Exists, Relation
from symbolic_proofs.language.operations import Exp

Json = Any

#: each with another kind of evidence
BUILT_IN = (
    "scaling.norm",
    "zeros.p-norm",
    "adjust.threshold",
    "range.one-attained",
    "range.zero-vector",
    "firing.lowers.weights",
)
OWN: tuple[Claim, ...] = (
    claim(
        "mine.scaling",
        "my note, 1",
        "twice a vector has its index",
        given=(p < q, NonZero(W)),
        then=equal(I(2 * W), I(W)),
    ),
    claim("mine.norms", "my note, 2", "norms", given=(NonZero(W),), then=PowerSum(W, 2) > 1),
    claim("mine.forgotten", "my note, 3", "zeros", given=(p < q,), then=equal(I(3 * W), I(W))),
    claim(
        "mine.nothing",
        "my note, 4",
        "-",
        given=(p < q, q < p, NonZero(W)),
        then=equal(I(2 * W), I(W)),
    ),
    claim("mine.contradiction", "my note, 4", "-", given=(x > y, y > x), then=equal(x, y)),
    claim("mine.example", "my note, 5", "-", then=Exists(Relation(">", x * Exp(x), 7), And(), x)),
    claim(
        "mine.open",
        "my note, 6",
        "-",
        given=(NonZero(W), p < q),
        then=I(concat(W, zeros(1))) > I(W) / (1 + N * PowerSum(W, p) ** 2),
    ),
)


@cache
def _text() -> str:
    hunt, engines = Hunt(budget=1_000), default_engines()
    records = []
    for id_ in BUILT_IN:
        one, fellows = built_in(id_)
        records.append(record(settle(one, hunt, engines), fellows))
    records += [record(settle(one, hunt, engines), OWN) for one in OWN]
    records.append(failed_record("mine.failed", "my note, 7", "-", "MemoryError"))
    return json.dumps(document(records, 0))


def stored() -> dict[str, Json]:
    """Return the file, to be changed at will."""
    data: dict[str, Json] = json.loads(_text())
    return data


def alone(id_: str) -> dict[str, Json]:
    """Return the file with the verdict on one claim alone."""
    data = stored()
    data["claims"] = [entry for entry in data["claims"] if entry["id"] == id_]
    return data


def check(folder: Path, data: Json, work: int = DEFAULT_WORK) -> list[Checked]:
    """Check the data from a file."""
    path = folder / "stored.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return list(recheck(path, work))


#: parts of a record that are evidence, which may be good in another form as well
_EVIDENCE = ("witness", "example", "derivation", "disproof", "limits", "vacuity", "fixed")
#: what cannot be found again
_NOT_VOUCHED = ("candidates", "effective", "examined", "confirmed", "seconds", "tried", "found")


def relied_on(data: dict[str, Json]) -> Iterator[tuple[str, ...]]:
    """Yield, for each record in the file, what check must not confirm once it is changed.

    These are the id and all that is shown, the certificate included. What says that a premise has
    an example may be taken away: nothing is said then.
    """
    for entry in data["claims"]:
        yield from _relied_on(entry)


def _relied_on(entry: dict[str, Json]) -> Iterator[tuple[str, ...]]:
    shown = copy.copy(entry)
    for key in (*_EVIDENCE, *_NOT_VOUCHED, "best_margin"):
        shown.pop(key, None)
    for key in () if shown.get("id") in BUILT_IN else ("id", "title", "locator", "error"):
        shown.pop(key, None)
    missing = shown.pop("missing", None)
    yield tuple(f"{key}: {json.dumps(shown[key], sort_keys=True)}" for key in sorted(shown))
    if isinstance(missing, dict) and isinstance(missing.get("claim"), dict):
        yield tuple(
            json.dumps(missing.get(key)) for key in ("reason", "condition", "text", "latex")
        )
        yield from _relied_on(missing["claim"])
