"""What is near a claim that fails: found by patterns, settled, stored, and checked again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from numeric_check.certifier.evidence import undefined_at
from numeric_check.certifier.witness import Witness
from sparsity_audit.cli.main import main
from sparsity_audit.verdicts.examples import examples
from sparsity_audit.verdicts.nearby import nearby
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict_json import record
from symbolic_proofs import claim
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.claims.near import convincing, near
from symbolic_proofs.derivations.derivation import Derivation
from symbolic_proofs.language.claim import Claim

AMENDED = [c.amends for c in CATALOGUE if c.amends]


def found_near(stated: Claim) -> Iterator[dict[str, Any]]:
    """Yield what is near, each settled when it is asked for."""
    entry = record(settle(stated, Hunt(budget=20_000), default_engines()), ())
    assert entry["verdict"] == "refuted"
    yield from nearby(stated, entry, Hunt())


def proved(found: Iterable[dict[str, Any]]) -> list[list[str]]:
    return [entry["changes"] for entry in found if entry["verdict"] == "proved"]


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("p < q, W != 0 => I([W, 0*m]) < I(W)", ["> for <"]),
        ("for V in R^m: ||[W, V]||_1 > ||W||_1", ["V ≠ 0"]),
        ("||W||_2 < ||W||_1", ["≤ for <"]),
        ("p < q, W != 0 => ||[W, 0*m]||_p < ||W||_p", ["= for <"]),
        ("W != 0 => ||W||_1 < sqrt(N)*||W||_2", ["not all |w_j| equal"]),
        ("x^2 > 0", ["x ≠ 0"]),
        (
            "for u, v >= 0, R in [0, oo)^n, n in {0, 1, ...}: p < q, u > v, 2*epsilon < u - v => "
            "I([u - epsilon, v + epsilon, R]) < I([u, v, R])",
            ["p ≤ 1, q ≥ 1"],
        ),
    ],
)
def test_what_an_author_may_have_meant_is_found(line: str, changes: list[str]) -> None:
    assert changes in proved(found_near(claim(line)))


def test_most_amendments_of_the_paper_have_a_like_among_what_is_found() -> None:
    helped = 0
    for stated in map(find_claim, filter(None, AMENDED)):
        helped += any(entry["verdict"] == "proved" for entry in found_near(stated))
        if helped > len(AMENDED) / 2:
            return
    pytest.fail(f"{helped} of {len(AMENDED)}")


def test_a_statement_that_supposes_more_than_one_that_is_proved_is_left_out() -> None:
    found = list(found_near(claim("||W||_2 < ||W||_1")))
    assert ["≤ for <"] in proved(found)
    assert not [entry for entry in found if "≤ for <" in entry["changes"][1:]]


def test_no_proof_is_tried_of_what_has_no_value_nor_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engines, asked = default_engines(), list[Claim]()

    def prove(stated: Claim) -> Derivation | None:
        asked.append(stated)
        return engines.prove(stated)

    watched = replace(engines, prove=prove)
    monkeypatch.setattr("sparsity_audit.verdicts.nearby.default_engines", lambda: watched)
    found = list(found_near(claim("hoyer([W, 0]) > hoyer(W)")))
    # each condition that is added makes a statement of its own, and one proved gives others
    assert sum(entry["verdict"] in ("undefined", "proved") for entry in found) > len(asked) > 1
    assert len({(frozenset(stated.given), stated.conclusion) for stated in asked}) == len(asked)
    for stated in asked:
        assert not any(undefined_at(stated, point) for point in islice(examples(stated), 8))


def test_no_near_statement_says_more_than_its_evidence_or_is_the_claim_itself() -> None:
    for stated in map(find_claim, filter(None, AMENDED)):
        others = list(near(stated))
        assert all(one.claim.statement != stated.statement for one in others)
        assert len({one.claim.statement for one in others}) == len(others)


def test_what_convinces_is_no_tie_and_has_two_magnitudes_in_each_vector() -> None:
    stated = claim("for V, W in R^N: ||V||_0 > ||W||_0, p < q, W != 0 => I(V) < I(W)")
    first = next(found_near(stated))
    assert first["changes"] == ["a convincing counterexample"]
    witness = Witness.from_json(first["witness"])
    for name in "VW":
        assert len({abs(value) for value, _ in witness.vectors[name]} - {0}) >= 2
    assert witness.vectors["V"] != witness.vectors["W"]
    assert convincing(claim("x > 0 => x > 1")) is None


def test_one_claim_is_told_what_is_near_it_and_many_are_if_asked(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        return CliRunner().invoke(main, ["verify", *arguments, "--budget", "2000"]).stdout

    line = "p < q, W != 0 => ||[W, 0*m]||_p < ||W||_p"
    assert "proved with = for <:" in run(line)
    assert "proved with" not in run(line, "--no-nearby")
    assert "proved with" not in run("zeros.p-norm", "scaling.norm")
    path = tmp_path / "verdicts.json"
    shown = run("zeros.p-norm", "sensitivity.factor-bound", "--nearby", "--json", str(path))
    assert shown.count("proved with") == 2
    checked = CliRunner().invoke(main, ["check", str(path)])
    assert checked.exit_code == 0, checked.stdout
    data = json.loads(path.read_text("utf-8"))
    (one,) = [e for e in data["claims"][0]["nearby"] if e["verdict"] == "proved"]
    false = next(e for e in data["claims"][0]["nearby"] if e["verdict"] == "refuted")
    for key, value in (
        ("title", "another"),
        ("changes", ["another"]),
        ("formula", false["formula"]),
        ("statement", false["statement"]),
        ("verdict", "refuted"),
        ("id", "scaling.norm"),
        ("note", "sound"),
    ):
        kept = one.get(key)
        one[key] = value
        path.write_text(json.dumps(data), encoding="utf-8")
        assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 1, key
        one[key] = kept
        if kept is None:
            del one[key]
