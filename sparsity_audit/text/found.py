"""What a search found, as lines and as JSON."""

from __future__ import annotations

from typing import Any

from numeric_check.hunt.search_result import FOUND, SearchResult
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.serialization import to_wire
from symbolic_proofs.notation.api import to_text

from ..verdicts.verdict_json import SCHEMA
from .table import witness_line
from .verdict import counterexample_lines


def found_json(claim: Claim, result: SearchResult) -> dict[str, Any]:
    """Return a search result as JSON; with a counterexample it is a file for `check`."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": result.kind or "nothing",
        "claim": claim.id,
        "formula": to_wire(claim.statement),
    }
    if result.witness is not None:
        data["witness"] = result.witness.to_json()
    if result.certificate is not None:
        data["certificate"] = result.certificate.to_json()
    return {
        **data,
        "seed": result.seed,
        "candidates": result.candidates,
        "effective": result.effective,
        "covered": dict(result.covered),
        "best_margin": result.best,
        "said": result.said,
        "left_out": list(result.limits),
    }


def found_lines(claim: Claim, result: SearchResult, arguments: str) -> list[str]:
    """Return the lines that show a search result."""
    heading = f"{claim.id} ({claim.locator}): "
    lines = [f"  claim      {to_text(claim.statement)}"]
    if result.kind == "counterexample":
        assert result.witness is not None
        assert result.certificate is not None
        entry = {"witness": result.witness.to_json(), "certificate": result.certificate.to_json()}
        lines = [heading + "counterexample", *lines, *counterexample_lines(claim, entry)]
    elif result.witness is not None:
        found = f"  witness    {witness_line(result.witness.to_json())}"
        lines = [heading + FOUND[result.kind or ""], *lines, found]
    else:
        lines = [heading + result.said, *lines]
    if result.candidates:
        tried = f"{result.candidates} candidates, {result.effective} met the premises"
        lines.append(f"  tried      {tried}")
    if result.kind is None:
        lines += [f"  covered    {name}: {number}" for name, number in result.covered.items()]
        if result.best is not None:
            lines.append(f"  nearest    relative margin {result.best:.3g}")
    if result.kind != "counterexample":
        lines += [f"  limits     {limit}" for limit in result.limits]
    return [*lines, f"  again      sparsity-audit search {arguments}"]
