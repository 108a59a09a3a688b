"""The appendix and the report of a claims file: its sections, its derivations, never half."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sparsity_audit.cli.main import main
from sparsity_audit.verdicts.writing import aside, write_text

PAPER = """\
section First & foremost
claim first
  at      eq. (1)
  words   a 100 % true one
  states  W != 0 => ||W||_1 > 0
section Then
claim order
  states  x > y, y > 0 => x^2 > y^2
  step    x^2 > x*y           by x_1 & luck
          _ < y^2             by a slip
claim wrong
  states  ||W||_1 <= ||W||_2
claim wrong.amended
  states  ||W||_2 <= ||W||_1
"""
OPTIONS = ("--quiet", "--budget", "2000", "--jobs", "1")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.fixture(autouse=True)
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.claims").write_text(PAPER, encoding="utf-8")


def appendix(*options: str) -> str:
    assert run("appendix", "my.claims", "-o", "out", *OPTIONS, *options) == 0
    return Path("out/sparsity-audit-appendix.tex").read_text(encoding="utf-8")


def test_the_appendix_has_the_sections_of_the_file_and_marks_the_steps() -> None:
    tex = appendix()
    assert re.findall(r"\\auditheading\{(.*)\}", tex) == [r"First \& foremost", "Then"]
    assert r"{eq. (1)}" in tex
    assert r"\% true one" in tex
    assert "Line 10 refuted; the conclusion stands all the same." in tex
    assert r"\auditstep{line~9}proved; by" in tex
    assert re.search(r"\\auditstep\{line~10\}refuted at \$x = \d+\$", tex)
    assert r"\auditref{Amendment}{wrong.amended}" in tex


def test_corrected_prints_what_is_true_and_nothing_of_what_is_not() -> None:
    tex = appendix("--corrected")
    assert re.findall(r"\\begin\{auditstatement\}\{(\w+)\}\{([\w.]+)\}", tex) == [
        ("Claim", "first"),
        ("Claim", "order"),
        ("Claim", "wrong.amended"),
    ]
    for word in ("refuted", "proved", "Counterexample", "author", "Audit", "line~"):
        assert word not in tex


def test_corrected_says_so_where_nothing_is_true(capfd: pytest.CaptureFixture[str]) -> None:
    Path("my.claims").write_text("claim a\n  states 1 < 0\n", encoding="utf-8")
    assert run("appendix", "my.claims", "-o", "out", *OPTIONS, "--corrected") == 2
    assert "none of the claims is proved" in capfd.readouterr().err
    assert not list(Path("out").iterdir())


def test_the_report_has_the_sections_of_the_file_and_marks_the_steps() -> None:
    assert run("report", "my.claims", "-o", "r.html", *OPTIONS) == 0
    page = Path("r.html").read_text(encoding="utf-8")
    assert "First &amp; foremost</h2>" in page
    assert "Line 10 refuted; the conclusion stands all the same." in page
    assert re.search(r", by <span [^>]*>x_1 &amp; luck<", page)
    assert "sparsity-audit verify my.claims:order" in page


def test_documents_are_made_of_stored_verdicts() -> None:
    run("verify", "my.claims", *OPTIONS, "--json", "v.json")
    new = appendix()
    assert appendix("--verdicts", "v.json") == new
    assert run("report", "my.claims", "-o", "new.html", *OPTIONS) == 0
    assert run("report", "my.claims", "-o", "old.html", *OPTIONS, "--verdicts", "v.json") == 0
    assert Path("old.html").read_bytes() == Path("new.html").read_bytes()


def test_stored_steps_are_judged_again(capfd: pytest.CaptureFixture[str]) -> None:
    run("verify", "my.claims", *OPTIONS, "--json", "v.json")
    data = json.loads(Path("v.json").read_text(encoding="utf-8"))
    data["claims"][1]["author_steps"][1]["verdict"] = "proved"
    Path("v.json").write_text(json.dumps(data), encoding="utf-8")
    for command in (("appendix", "-o", "out"), ("report", "-o", "r.html")):
        assert run(*command, "my.claims", "--verdicts", "v.json", *OPTIONS) == 2
        assert "does not show what its verdict says" in capfd.readouterr().err
    assert not Path("r.html").exists()


@pytest.mark.parametrize("id_", ["gini.robin-hood", "0 < 1", "my.claims:first"])
def test_reports_and_appendices_take_whatever_is_a_claim(id_: str) -> None:
    assert run("report", id_, "-o", "r.html", *OPTIONS) == 0
    assert run("appendix", id_, "-o", "out", *OPTIONS) == 0


def test_what_can_not_be_read_is_told_and_the_rest_is_written(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("my.claims").write_text(PAPER + "claim bad\n  states x <\n", encoding="utf-8")
    assert run("report", "my.claims", "-o", "r.html", *OPTIONS) == 2
    assert "my.claims:16:" in capfd.readouterr().err
    assert Path("r.html").exists()


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_text(str(path), "old")
    with pytest.raises(KeyboardInterrupt):
        _stop_half(path)
    assert path.read_text(encoding="utf-8") == "old"
    write_text(str(path), "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert [file.name for file in tmp_path.iterdir() if file.suffix != ".claims"] == ["page.html"]


def _stop_half(path: Path) -> None:
    with aside(path) as made:
        made.write_text("ha", encoding="utf-8")
        raise KeyboardInterrupt
