"""The reason of a step is a hint: it may help to prove the step, and can do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from sparsity_audit.inputs.claims_file import load_paper
from sparsity_audit.inputs.paper import Paper, PaperClaim
from sparsity_audit.inputs.reasons import names_in
from sparsity_audit.verdicts.one_claim import Hunt
from sparsity_audit.verdicts.papers import prove_entry, settled_entry
from sparsity_audit.verdicts.verdict import Proved
from symbolic_proofs.kernel.sequents import states

HUNT = Hunt(budget=500, seed=0, time=None)
FILE = """\
let  mean(W) = ||W||_1/N

claim mean.positive
  states  W != 0 => mean(W) > 0

claim mean.wrong
  states  mean(W) > 1

claim zeros.more
  states  p < q, W != 0 => I(W) >= 0
  step    I([W, W]) < I([W, 0*m])      by REASON
  step    mean(2*W) > 0                by REASON
  step    mean(W) > 2                  by REASON

claim mean.later
  states  W != 0 => mean(W) >= 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="module")
def without_reasons(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return verdicts(tmp_path_factory.mktemp("without"), "")


def with_reason(folder: Path, reason: str) -> tuple[Paper, PaperClaim]:
    file = folder / "note.claims"
    file.write_text(FILE.replace("by REASON", reason), encoding="utf-8")
    paper = load_paper(str(file))
    assert paper.problems == ()
    entry = paper.entry("zeros.more")
    assert entry is not None
    return paper, entry


def verdicts(folder: Path, reason: str) -> list[str]:
    settled = settled_entry(*with_reason(folder, reason), HUNT)
    for verdict in (*settled.steps, settled.verdict):
        if isinstance(verdict, Proved):
            assert states(verdict.derivation.theorem, verdict.claim)
    return [verdict.name for verdict in (*settled.steps, settled.verdict)]


def test_what_a_reason_names_may_prove_what_is_open_without_it(
    folder: Path, without_reasons: list[str]
) -> None:
    assert without_reasons == ["open", "proved", "refuted", "proved"]
    helped = ["proved", "proved", "refuted", "proved"]
    assert verdicts(folder, "by zeros.raise and cloning.invariance") == helped
    assert verdicts(folder, "by cloning.invariance (Section A.3), and zeros.raise.") == helped


@pytest.mark.parametrize(
    "reason",
    [
        "by range.one-attained",  # false
        "by mean.wrong",  # false, of the file
        "by mean.later",  # further down
        "by zeros.more",  # itself
        "by the step before and steps 1, 2 and 9",
        "by gini.robin-hood and no.such-claim and Hölder",
    ],
)
def test_a_wrong_reason_does_no_harm(folder: Path, reason: str, without_reasons: list[str]) -> None:
    assert verdicts(folder, reason) == without_reasons


def test_what_is_named_is_tried_first(folder: Path) -> None:
    def said(reason: str) -> list[str]:
        paper, entry = with_reason(folder, reason)
        step = settled_entry(paper, entry, HUNT).steps[1]
        assert isinstance(step, Proved)
        assert prove_entry(paper, entry, HUNT.effort) is not None
        return [one.reason for one in step.derivation.steps]

    assert not any("mean.positive" in reason for reason in said(""))
    assert any("mean.positive" in reason for reason in said("by mean.positive"))


@pytest.mark.parametrize(
    ("reason", "number", "steps"),
    [
        ("the step before", 3, ["step-2"]),
        ("the step before", 1, []),
        ("steps 1 and 3, and p < q", 4, ["step-1", "step-3"]),
        ("step 4", 4, []),
        ("the norms of step 1", 2, ["step-1"]),
    ],
)
def test_steps_that_a_reason_names(reason: str, number: int, steps: list[str]) -> None:
    found = [name for name in names_in(reason, number) if name.startswith("step-")]
    assert found == steps
    assert "zeros.raise" in names_in(f"{reason}, zeros.raise.", number)
