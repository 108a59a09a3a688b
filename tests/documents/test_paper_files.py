"""The papers in examples/papers are settled as their files expect, with nothing that is unread."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sparsity_audit.cli.main import main
from sparsity_audit.inputs.claims_file import load_paper

PAPERS = sorted((Path(__file__).resolve().parents[2] / "examples" / "papers").glob("*.claims"))
#: claims and author's steps in each, so that none is lost unseen
HOLDS = {
    "diao2023": (19, 13),
    "hoyer2004": (12, 4),
    "norms-and-entropies": (24, 1),
    "spiking-appendix": (9, 16),
}


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_paper_comes_out_as_expected_and_its_evidence_checks(path: Path, tmp_path: Path) -> None:
    paper = load_paper(str(path))
    assert paper.problems == ()
    steps = [step for entry in paper.entries for step in entry.steps]
    assert (len(paper.entries), len(steps)) == HOLDS[path.stem]
    out = str(tmp_path / "out.json")
    assert run("verify", str(path), "--quiet", "--budget", "20000", "--json", out) == 0
    assert run("check", out) == 0


def test_the_lines_of_the_first_paper_that_fail_are_found(tmp_path: Path) -> None:
    path = next(path for path in PAPERS if path.stem == "spiking-appendix")
    out = tmp_path / "out.json"
    for id_ in ("sensitivity.example-order", "time.invariance"):
        run("verify", f"{path}:{id_}", "--quiet", "--budget", "2000", "--json", str(out))
        (entry,) = json.loads(out.read_text(encoding="utf-8"))["claims"]
        fallen = [s["title"] for s in entry["author_steps"] if s["verdict"] == "refuted"]
        assert entry["verdict"] == "proved"
        assert (
            fallen
            == {
                "sensitivity.example-order": ["2^(1/p - 1/q) < 1"],
                "time.invariance": [
                    "I([W × T]) = 1 - (n*T)^(1/q - 1/p)*||[W × T]||_p/||[W × T]||_q",
                    "= I(W)",
                ],
            }[id_]
        )
