"""Statements of other papers with their truth: what is false is never proved, and much is.

The statements are restated from memory of the sources and their truth is told by argument
(`truth.json`); no program decided it, and no program but this test reads it.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

import pytest

from sparsity_audit.verdicts.defaults import DEFAULT_EFFORT
from sparsity_audit.verdicts.proof_budget import ProofBudget
from sparsity_audit.verdicts.prover_and_search import default_engines
from symbolic_proofs import Claim, claim, conditions, from_wire, to_text, to_wire
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.kernel.sequents import states
from symbolic_proofs.language.collecting import collecting

HERE = Path(__file__).parent
TRUTH = json.loads((HERE / "truth.json").read_text("utf-8"))
PAPERS = sorted(path for path in HERE.glob("*.py") if path.name != Path(__file__).name)
#: true statements that are proved at the least, so that none is lost unseen
AT_LEAST = {
    "diao2023": 19,
    "double": 1,
    "entropies": 30,
    "hoyer2004": 10,
    "hurley_rickard": 10,
    "l1l2": 12,
    "pastor_hlp": 25,
    "pruning": 14,
}


def claims_of(paper: Path) -> list[Claim]:
    spec = importlib.util.spec_from_file_location(f"corpus_{paper.stem}", paper)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with collecting() as found:
        spec.loader.exec_module(module)
    return [one for one in found if one.id in TRUTH]


@cache
def proof(one: Claim, effort: int = DEFAULT_EFFORT) -> Derivation | None:
    budget = ProofBudget(effort, seconds=1_000.0)
    found: Derivation | None = budget.around(default_engines()).prove(one)
    return found


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_no_false_statement_is_proved_and_no_true_one_is_lost(paper: Path) -> None:
    proved = []
    for one in claims_of(paper):
        found = proof(one)
        if found is not None:
            assert TRUTH[one.id] == "true", one.id
            assert states(found.theorem, one)
            proved.append(one.id)
    print(f"\n{paper.stem}: {len(proved)} proved")
    assert len(proved) >= AT_LEAST[paper.stem], proved


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_a_statement_is_proved_whatever_its_id(paper: Path) -> None:
    for one in claims_of(paper)[:6]:
        renamed = claim("some.thing", "", "", given=one.given, then=one.conclusion)
        # a door that a name opened would not be a long way off
        effort = 2_000 if proof(one) is None else DEFAULT_EFFORT
        assert (proof(one) is None) == (proof(renamed, effort) is None), one.id


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_statements_are_stored_and_shown(paper: Path) -> None:
    shown: dict[str, str] = {}
    for one in claims_of(paper):
        assert from_wire(to_wire(one.statement)) == one.statement
        text = f"{conditions([one.statement])}: {to_text(one.statement)}"
        same = shown.setdefault(text, str(to_wire(one.statement)))
        assert same == str(to_wire(one.statement)), f"two statements are shown as {text}"


def test_no_truth_is_read_by_the_program() -> None:
    for package in ("symbolic_proofs", "numeric_check", "sparsity_audit"):
        for path in (HERE.parents[1] / package).rglob("*.py"):
            assert "truth.json" not in path.read_text("utf-8"), path
