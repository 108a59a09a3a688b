"""The papers in examples/papers are settled as their files expect, with nothing that is unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from sparsity_audit.cli.main import main
from sparsity_audit.inputs.claims_file import load_paper

PAPERS = sorted((Path(__file__).resolve().parents[2] / "examples" / "papers").glob("*.claims"))
#: claims and author's steps in each, so that none is lost unseen
HOLDS = {
    "diao2023": (20, 13),
    "hoyer2004": (12, 4),
    "norms-and-entropies": (24, 1),
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
