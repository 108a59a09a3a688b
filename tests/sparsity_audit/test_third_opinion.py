"""What Coq says of verdicts: it confirms, refuses or is not asked, and never changes one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sparsity_audit.cli.main import main
from sparsity_audit.verdicts import third_opinion
from sparsity_audit.verdicts.coq_note import read_note
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.checking import AXIOMS, Opinion

NEEDS_COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
SMALL = ("--budget", "2000", "--jobs", "1")
PROVED, REFUTED = "scaling.norm", "zeros.p-norm"
PAPER = """\
claim first.of-all
  words  *) Axiom a : False. (* "
  states p < q, W != 0 => I([W, W]) = I(W)
  step   p > 0      by *) Axiom b : False. (*
claim second
  states p < q => q < p
"""


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def verified(tmp_path: Path, *arguments: str) -> tuple[Result, dict[str, Any]]:
    made = tmp_path / "v.json"
    result = run("verify", *arguments, *SMALL, "--no-nearby", "--json", made)
    return result, {entry["id"]: entry for entry in json.loads(made.read_text("utf-8"))["claims"]}


Answers = Callable[[Opinion], None]


@pytest.fixture
def coq_says(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let Coq be there and say what it is told to."""

    def say(opinion: Opinion) -> None:
        monkeypatch.setattr(checking, "version", lambda: "8.16.1")
        monkeypatch.setattr(checking, "prepare", lambda folder: None)
        monkeypatch.setattr(checking, "opinion", lambda folder, name: opinion)

    return say


CONFIRMED = Opinion(False, False, "confirmed", tuple(sorted(AXIOMS)))
REFUSED = Opinion(True, False, "Unable to unify")
SPENT = Opinion(False, True, "it took more than 120 s")


@pytest.mark.parametrize("command", [("verify", PROVED), ("check", "no-such-file.json")])
def test_without_coq_one_line_says_what_to_install(
    command: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(*command, "--coq")
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "install" in result.output


def test_what_coq_confirms_stands_beside_the_evidence(tmp_path: Path, coq_says: Answers) -> None:
    coq_says(CONFIRMED)
    result, entries = verified(tmp_path, "--coq", PROVED)
    assert result.exit_code == 0
    assert "confirmed by Coq 8.16" in result.output
    assert "sig_not_dec" in result.output
    assert entries[PROVED]["coq"]["axioms"] == sorted(AXIOMS)
    assert read_note(entries[PROVED]) == entries[PROVED]["coq"]
    plain = verified(tmp_path, PROVED)[1][PROVED]
    assert {**entries[PROVED], "coq": 0, "seconds": 0} == {**plain, "coq": 0, "seconds": 0}


def test_a_proof_that_coq_refuses_is_a_defect(tmp_path: Path, coq_says: Answers) -> None:
    coq_says(REFUSED)
    result, entries = verified(tmp_path, "--coq", PROVED)
    assert result.exit_code == 3
    assert "Coq refuses its proof" in result.output
    assert entries[PROVED]["verdict"] == "open"


def test_time_spent_changes_neither_the_verdict_nor_the_exit_code(
    tmp_path: Path, coq_says: Answers
) -> None:
    coq_says(SPENT)
    result, entries = verified(tmp_path, "--coq", PROVED)
    assert result.exit_code == 0
    assert entries[PROVED]["verdict"] == "proved"
    assert "not confirmed by Coq 8.16: it took more than 120 s" in result.output


def test_a_proof_without_that_of_values_is_told_from_a_whole_one(
    tmp_path: Path, coq_says: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    coq_says(CONFIRMED)
    holds = third_opinion.files.holds
    monkeypatch.setattr(
        third_opinion.files, "holds", lambda *given: replace(holds(*given), left_out="a value")
    )
    result, _ = verified(tmp_path, "--coq", PROVED)
    assert result.exit_code == 0
    assert "confirmed by Coq 8.16, but not that every term has a value" in result.output
    assert (
        "not that every term has a value, not checked here"
        in run("check", tmp_path / "v.json").output
    )


def test_a_translation_that_fails_changes_no_verdict(
    tmp_path: Path, coq_says: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    coq_says(CONFIRMED)
    monkeypatch.setattr(third_opinion.files, "holds", lambda *given: given[7])
    result, entries = verified(tmp_path, "--coq", PROVED)
    assert result.exit_code == 0
    assert entries[PROVED]["verdict"] == "proved"
    assert "not shown to Coq: the translation failed (IndexError" in result.output


@pytest.mark.parametrize(
    ("opinion", "code", "said"),
    [
        (CONFIRMED, 0, "the derivation checks; confirmed by Coq 8.16\n"),
        (REFUSED, 1, "refused: Coq refuses the proof: Unable to unify\n"),
        (SPENT, 1, "the derivation checks; not confirmed by Coq 8.16: it took more than 120 s\n"),
    ],
)
def test_check_asks_coq_again(
    opinion: Opinion, code: int, said: str, tmp_path: Path, coq_says: Answers
) -> None:
    coq_says(CONFIRMED)
    verified(tmp_path, "--coq", PROVED)
    coq_says(opinion)
    result = run("check", "--coq", tmp_path / "v.json")
    assert result.exit_code == code
    assert said in result.output


def test_what_a_file_says_of_coq_is_repeated_as_not_checked(
    tmp_path: Path, coq_says: Answers
) -> None:
    coq_says(CONFIRMED)
    verified(tmp_path, "--coq", PROVED, REFUTED)
    stored = tmp_path / "v.json"
    for result in (run("check", stored), run("report", "--verdicts", stored, "-o", "-")):
        assert result.exit_code == 0, result.output
        assert "confirmed by Coq 8.16, not checked here" in result.output
    result = run("appendix", "--verdicts", stored, "-o", tmp_path / "appendix")
    assert result.exit_code == 0, result.output
    written = (tmp_path / "appendix" / "sparsity-audit-appendix.tex").read_text("utf-8")
    assert "Confirmed by Coq 8.16, not checked here" in written
    assert "sig\\_not\\_dec" in written


MUTATED: dict[str, Callable[[dict[str, Any]], object]] = {
    "an axiom of its own": lambda note: {**note, "axioms": [*note["axioms"], "Main.cheat"]},
    "no list of axioms": lambda note: {**note, "axioms": "none"},
    "axioms that are not texts": lambda note: {**note, "axioms": [["classic"]]},
    "another word": lambda note: {**note, "said": "confirmed twice"},
    "a word more": lambda note: {**note, "by": "me"},
    "a word less": lambda note: {"said": note["said"]},
    "a version that is a sentence": lambda note: {**note, "version": "8.16, and by Lean 4"},
    "a version with a line break": lambda note: {**note, "version": "8.16.1\n"},
    "a number for a version": lambda note: {**note, "version": 8.16},
    "a reason for what is confirmed": lambda note: {**note, "why": "checked by hand"},
    "a reason with a line break": lambda note: {**note, "said": "not shown", "why": "a\nb"},
    "values that are not yes or no": lambda note: {**note, "values": "all"},
    "a list": lambda note: [note],
    "true": lambda note: True,
    "nothing in particular": lambda note: {},
}


@pytest.mark.parametrize("what", MUTATED)
def test_a_note_that_this_program_does_not_write_is_refused(
    what: str, tmp_path: Path, coq_says: Answers
) -> None:
    coq_says(CONFIRMED)
    verified(tmp_path, "--coq", PROVED)
    stored = tmp_path / "v.json"
    data = json.loads(stored.read_text("utf-8"))
    data["claims"][0]["coq"] = MUTATED[what](data["claims"][0]["coq"])
    stored.write_text(json.dumps(data), encoding="utf-8")
    result = run("check", stored)
    assert result.exit_code == 1
    assert "refused" in result.output
    assert "confirmed by Coq" not in result.output
    assert run("report", "--verdicts", stored, "-o", "-").exit_code == 2


def test_a_note_on_an_open_claim_is_refused(tmp_path: Path, coq_says: Answers) -> None:
    coq_says(CONFIRMED)
    stated = "p < q, W != 0 => I(W) < exp(S_p(W) + 1) - 1"
    _, entries = verified(tmp_path, "--coq", "--effort", "1", stated)
    (entry,) = entries.values()
    assert entry["verdict"] == "open"
    assert "coq" not in entry
    stored = tmp_path / "v.json"
    data = json.loads(stored.read_text("utf-8"))
    data["claims"][0]["coq"] = {
        **{"said": "confirmed", "version": "8.16", "why": "", "values": True},
        "axioms": [],
    }
    stored.write_text(json.dumps(data), encoding="utf-8")
    assert "refused: it says that Coq was shown an open claim" in run("check", stored).output


def test_a_paper_is_exported_with_its_steps_and_none_of_its_words(tmp_path: Path) -> None:
    paper, folder = tmp_path / "a.claims", tmp_path / "coq"
    paper.write_text(PAPER, encoding="utf-8")
    result = run("export", "--coq", folder, paper, *SMALL)
    assert result.exit_code == 0, result.output
    assert "first.of-all: proved, claim_first__of_all.v" in result.output
    assert "second: refuted, claim_second.v" in result.output
    names = re.findall(r"^Definition (\w+)", (folder / "Statements.v").read_text("utf-8"), re.M)
    stated = [name for name in names if not name.endswith(("_defined", "_instance"))]
    assert stated[:2] == ["claim_first__of_all__step_1", "claim_first__of_all"]
    for path in folder.glob("*.v"):
        assert "Axiom" not in path.read_text("utf-8")


def test_an_export_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "coq"
    assert run("export", "--coq", folder, PROVED, *SMALL).exit_code == 0
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    assert run("export", "--coq", folder, "0 < 1", *SMALL).exit_code == 0
    assert not (folder / "claim_scaling__norm.v").exists()
    assert (folder / "mine.txt").exists()
    assert set(checking.listed(folder)[0]) >= {"Definitions", "Statements"}


def test_a_stored_run_is_exported_without_another(tmp_path: Path) -> None:
    verified(tmp_path, PROVED)
    result = run("export", "--coq", tmp_path / "coq", PROVED, "--verdicts", tmp_path / "v.json")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "coq" / "claim_scaling__norm.v").exists()


def test_where_an_export_can_not_be_written_a_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("export", "--coq", tmp_path / "file" / "coq", PROVED, *SMALL)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1


def test_claims_of_one_name_are_shown_to_coq_apart() -> None:
    made = third_opinion.Exported("claim_a", "", "")
    one = third_opinion.Shown(None, "proved", made)  # type: ignore[arg-type]
    other = replace(one, exported=replace(made, name="claim_b"))
    turns = third_opinion._turns([one, replace(one, exported=None), one, other])
    assert [list(turn) for turn in turns] == [[0, 3], [2]]


@NEEDS_COQ
def test_coq_itself_confirms_and_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, entries = verified(tmp_path, "--coq", PROVED)
    assert result.exit_code == 0, result.output
    assert entries[PROVED]["coq"]["said"] == "confirmed"
    holds = third_opinion.files.holds

    def spoilt(*given: Any) -> Any:
        made = holds(*given)
        return replace(made, statements=made.statements.replace(" = ", " <> "))

    monkeypatch.setattr(third_opinion.files, "holds", spoilt)
    assert run("check", "--coq", tmp_path / "v.json").exit_code == 1
    assert verified(tmp_path, "--coq", PROVED)[0].exit_code == 3
