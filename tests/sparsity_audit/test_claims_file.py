"""A claims file: a paper in plain text is read, settled, and checked again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sparsity_audit import settle_claim, settle_claims
from sparsity_audit.cli.main import main
from sparsity_audit.inputs.claims_file import read_paper
from symbolic_proofs.notation.reading import read

PAPER = """\
paper   On norms        # what it is called
source  a note
for     W in R^N
let     mean(W) = ||W||_1/N

section First things
claim scaling.norm
  at      sec. 1
  words   a claim with an id that the package has as well
  states  W != 0 => mean(W) > 0
  step    ||W||_1 > 0                by W != 0
  expect  proved

claim example.order
  at      sec. 2
  states  x > y, y > 0 => x^2 > y^2
  step    x^2 > x*y                  by x > 0
          _ < y^2                    by y > 0      expect refuted
  step    x*y > y^2                  by y > 0
claim norms.order
  states  W != 0
          => ||W||_2 < ||W||_1
  expect  refuted
"""
OPTIONS = ("--quiet", "--budget", "2000", "--jobs", "1")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "note.claims"
    file.write_text(PAPER, encoding="utf-8")
    return file


def records(path: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    code = run("verify", path.name, *OPTIONS, "--json", "out.json", *options)
    return code, json.loads(Path("out.json").read_text(encoding="utf-8"))["claims"]


def test_a_file_says_what_it_says() -> None:
    found = read_paper(PAPER.replace("# what it is called", ""), "note.claims")
    assert (found.problems, found.title, found.source) == ((), "On norms", "a note")
    assert [entry.claim.id for entry in found.entries] == [
        "scaling.norm",
        "example.order",
        "norms.order",
    ]
    first, second, third = found.entries
    assert first.claim.statement == read("W != 0 => ||W||_1/N > 0")
    assert (first.claim.locator, first.section, first.line) == ("sec. 1", "First things", 7)
    assert second.steps[1].formula == read("x*y < y^2")
    assert [(step.line, step.reason) for step in second.steps] == [
        (17, "x > 0"),
        (18, "y > 0"),
        (19, "y > 0"),
    ]
    assert third.claim.title == "W != 0 => ||W||_2 < ||W||_1"


def test_each_step_is_settled_on_its_own_and_the_conclusion_may_stand_all_the_same(
    paper: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, found = records(paper)
    assert code == 0
    assert [entry["verdict"] for entry in found] == ["proved", "proved", "refuted"]
    steps = found[1]["author_steps"]
    assert [step["verdict"] for step in steps] == ["proved", "refuted", "proved"]
    assert "witness" in steps[1]
    said = capfd.readouterr().out
    assert "derivation line 18 refuted; the conclusion stands all the same" in said
    assert "derivation every step is proved" in said


def test_what_is_expected_changes_the_exit_code_and_nothing_else(paper: Path) -> None:
    def bare(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for entry in entries:
            for part in (entry, *(entry["author_steps"] or ())):
                del part["expected"], part["seconds"]
        return entries

    code, expected = records(paper)
    flips = {"proved": "open", "refuted": "proved"}
    for changed, text in {
        "flipped": re.sub(r"(expect +)(\w+)", lambda m: m[1] + flips[m[2]], PAPER),
        "deleted": re.sub(r"expect +\w+", "", PAPER),
    }.items():
        paper = paper.with_name(f"{changed}.claims")
        paper.write_text(text, encoding="utf-8")
        other, found = records(paper)
        assert (code, other) == (0, 1)
        for entry in found:
            entry["paper"] = "note.claims"
        assert bare(found) == bare(json.loads(json.dumps(expected)))


def test_an_expectation_that_is_not_met_is_said(
    paper: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    paper.write_text(PAPER.replace("expect  refuted", "expect  proved"), encoding="utf-8")
    assert run("verify", f"{paper.name}:norms.order", *OPTIONS) == 1
    assert "expected   proved" in capfd.readouterr().out


WRONG = """\
claims one
let  c = d
let  d = c
let  f(x) = f(x)
let  g(x) = x +
let  h(x) = g(x)
let  a = 1
let  a = 2
at     nowhere
claim Bad.Id
  states x = x
claim nothing.stated
  words  it says nothing
claim twice
  states 1 = 1
claim twice
  states 2 = 2
claim uses
  states h(x) = x
claim chain
  states x >= 0 and y >= 0
  step   = 3
  expect maybe
claim good
  states 0 <= 1
"""


def test_all_that_is_wrong_is_told_at_once_and_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.claims").write_text(WRONG, encoding="utf-8")
    assert run("verify", "bad.claims", *OPTIONS) == 2
    told = capfd.readouterr()
    rows = [re.match(r"bad\.claims:(\d+):(\d+): (.+)", line) for line in told.err.splitlines()]
    assert all(rows)
    said = {int(row[1]): row[3] for row in rows if row}
    assert [*said] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 19, 22, 23]
    for line, words in {
        1: "did you mean claim?",
        2: "c is defined by itself by way of others",
        4: "f is defined by itself",
        6: "it uses g, see line 5",
        8: "a is defined in line 7 already",
        9: "at belongs to a claim",
        10: "is not an id",
        12: "the claim nothing.stated states nothing",
        16: "a claim twice stands in line 14 already",
        19: "it uses h, see line 6",
        22: "nothing stands on the left",
        23: "maybe is not a verdict",
    }.items():
        assert words in said[line]
    assert "good" in told.out
    assert "2 claims: 2 proved" in told.out


def test_a_claim_that_is_missing_is_answered_with_the_nearest_though_others_can_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.claims").write_text(WRONG, encoding="utf-8")
    assert run("verify", "bad.claims:goood", *OPTIONS) == 2
    told = capfd.readouterr().err
    assert "bad.claims has no claim goood that can be read; did you mean good?" in told
    assert "did you mean claim?" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"claim a\n  states \xff", "x.claims:2: it is not text in UTF-8"),
        (b"claim a\n  states 1 \x00= 1", "x.claims:2:12: this is not text"),
        ("claim a\n  words \u202etrue\n".encode(), "x.claims:2:9: this is not text"),
        ("claim a\n  words tr\u200bue\n".encode(), "x.claims:2:11: this is not text"),
        ("claim a\n  words \x9b2Ktrue\n".encode(), "x.claims:2:9: this is not text"),
        (b"", "states no claim"),
        (b"# nothing\n" * 200_000, "is larger than 1 MiB"),
        (b"claim a\n  states " + b"(" * 5000 + b"x", "x.claims:2:"),
        (b"let = expect\nlet\nlet (x) = c\nfor\nclaim\nstep", "x.claims:1:5: write let"),
        (b"claim a\n  states " + b"-" * 19000 + b"x = 0", "x.claims:2:"),
        (b"claim a\n  states x = " + b"9" * 15000, "digits"),
        (b"claim a\n  states " + b"x + " * 10000 + b"x = 0", "characters"),
    ],
    ids=[
        "not UTF-8",
        "NUL",
        "right to left",
        "no width",
        "C1",
        "empty",
        "large",
        "brackets",
        "names",
        "signs",
        "digits",
        "long",
    ],
)
def test_what_is_no_claims_file_is_answered_with_its_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    content: bytes,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.claims").write_bytes(content)
    assert run("verify", "x.claims", *OPTIONS) == 2
    told = capfd.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_other_ends_of_lines_and_a_mark_in_front_make_no_difference(paper: Path) -> None:
    _, found = records(paper)
    paper.write_bytes(b"\xef\xbb\xbf" + PAPER.replace("\n", "\r\n").encode())
    _, again = records(paper.rename(paper.with_name("dos.claims")))
    assert [e["formula"] for e in found] == [e["formula"] for e in again]


def test_two_files_may_have_claims_of_one_id(paper: Path) -> None:
    other = paper.with_name("other.claims")
    other.write_text("claim scaling.norm\n  states 1 < 0\n", encoding="utf-8")
    code = run("verify", paper.name, other.name, "scaling.norm", *OPTIONS, "--json", "two.json")
    assert code == 1
    entries = json.loads(Path("two.json").read_text(encoding="utf-8"))["claims"]
    same = [e["verdict"] for e in entries if e["id"] == "scaling.norm"]
    assert sorted(same) == ["proved", "proved", "refuted"]
    assert run("check", "two.json") == 0


LEMMAS = """\
claim one
  for    U in R^N
  states ||U||_2 <= ||U||_1
claim two
  for    V in R^N
  states ||V||_1 >= ||V||_2
  step   ||V||_2 <= ||V||_1
claim three
  for    W in R^N
  states ||W||_2 <= ||W||_1
"""
BELOW = """\
claim below
  for    U, V, W in R^N
  states ||U||_1 < ||V||_2, ||V||_1 <= ||W||_2 => ||U||_2 < ||W||_1
"""


def test_claims_above_are_lemmas_for_those_below(paper: Path) -> None:
    verdicts = {}
    for order in (LEMMAS + BELOW, BELOW + LEMMAS):
        paper.write_text(order, encoding="utf-8")
        _, found = records(paper)
        verdicts[order] = {entry["id"]: entry["verdict"] for entry in found}
    assert verdicts[LEMMAS + BELOW] == dict.fromkeys(("one", "two", "three", "below"), "proved")
    # and not the other way round
    assert verdicts[BELOW + LEMMAS]["below"] == "open"
    assert run("check", "out.json") == 1
    paper.write_text(LEMMAS + BELOW, encoding="utf-8")
    records(paper)
    assert run("check", "out.json") == 0


def test_evidence_of_a_file_is_checked_with_its_steps(
    paper: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    records(paper)
    assert run("check", "out.json") == 0
    said = capfd.readouterr().out
    assert "example.order.step-2: refuted, the certificate checks" in said
    assert "the author's reasons" in said
    assert "what is expected" in said


def _other_premise(entry: dict[str, Any]) -> None:
    entry["author_steps"][0]["formula"] = entry["author_steps"][0]["formula"][-1]


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e["author_steps"][1].update(verdict="proved"),
        lambda e: e["author_steps"][0].update(formula=e["author_steps"][2]["formula"]),
        lambda e: e["author_steps"][0].update(title=3),
        lambda e: e["author_steps"].reverse(),
        lambda e: e["author_steps"][0].update(id="other"),
        lambda e: e.update(author_steps="all fine"),
        lambda e: e.update(author_steps=[3]),
        lambda e: e.update(line=-1),
        lambda e: e.update(paper=3),
        lambda e: e.update(expected="true"),
        lambda e: e["author_steps"][2].update(derivation=e["derivation"]),
    ],
)
def test_steps_that_were_changed_are_refused(paper: Path, change: Any) -> None:
    _, found = records(paper)
    change(found[1])
    Path("changed.json").write_text(
        json.dumps({"schema": 2, "seed": 0, "claims": found}), encoding="utf-8"
    )
    assert run("check", "changed.json") == 1


def test_other_commands_take_a_claims_file(paper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("list", paper.name) == 0
    told = [line for line in capfd.readouterr().out.splitlines() if not line.startswith(" ")]
    ids = ["scaling.norm", "example.order", "norms.order"]
    assert [line.split()[0] for line in told] == ids
    assert run("derive", f"{paper.name}:scaling.norm", "--format", "json") == 0
    Path("proof.json").write_text(capfd.readouterr().out, encoding="utf-8")
    assert run("check", "proof.json") == 0
    capfd.readouterr()
    assert run("search", f"{paper.name}:norms.order", "--budget", "2000", "--quiet") == 1
    assert "norms.order" in capfd.readouterr().out
    assert run("search", paper.name, "--budget", "2000", "--quiet") == 1
    told = capfd.readouterr().out.split("\n\n")
    assert [text.split()[0] for text in told] == ids
    assert run("search", paper.name, "--json", "-", "--quiet") == 2
    assert "ask for note.claims:scaling.norm" in capfd.readouterr().err
    assert run("verify", f"{paper.name}:norms.ordr", *OPTIONS) == 2
    assert "did you mean norms.order?" in capfd.readouterr().err
    assert run("verify", "none.claims", *OPTIONS) == 2
    assert "none.claims cannot be read" in capfd.readouterr().err


def test_python_takes_a_claims_file(paper: Path) -> None:
    assert settle_claim(f"{paper.name}:norms.order", budget=2000).name == "refuted"
    table = settle_claims(paper.name, budget=2000)
    assert [verdict.name for verdict in table] == ["proved", "proved", "refuted"]


def test_workers_find_what_one_process_finds(paper: Path) -> None:
    def bare(entries: list[dict[str, Any]]) -> Any:
        return [
            {k: v for k, v in part.items() if k not in ("seconds", "author_steps")}
            for entry in entries
            for part in (entry, *(entry["author_steps"] or ()))
        ]

    text = PAPER.replace("claim norms", "claim more\n  states 1 < 2\nclaim norms")
    for number in range(8):
        text += f"claim extra.n{number}\n  states {number} < {number + 1}\n"
    paper.write_text(text, encoding="utf-8")
    _, one = records(paper)
    _, two = records(paper, "--jobs", "2")
    assert bare(one) == bare(two)


def test_github_marks_the_line_in_the_file(paper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    paper.write_text(re.sub(r"expect +\w+", "", PAPER), encoding="utf-8")
    assert run("verify", paper.name, *OPTIONS, "--format", "github") == 1
    marks = [line for line in capfd.readouterr().out.splitlines() if line.startswith("::error")]
    assert [re.search(r"file=note\.claims,line=(\d+),title=(\w+)", m).groups() for m in marks] == [  # type: ignore[union-attr]
        ("18", "refuted"),
        ("20", "refuted"),
    ]
    assert run("verify", paper.name, "--format", "github", "--json", "-") == 2
    assert "both write to standard output" in capfd.readouterr().err


def test_what_a_let_says_of_a_vector_is_a_measure(
    paper: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    same = "let Same(V in R^n) = (sqrt(n) - ||V||_1/||V||_2)/(sqrt(n) - 1)\n"
    paper.write_text(same + "let two(x, W) = x*||W||_1\n" + PAPER, encoding="utf-8")
    options = ("--quiet", "--budget", "2000", "--json", "-")
    assert run("criteria", f"{paper.name}:mean", *options) == 1
    told = json.loads(capfd.readouterr().out)["claims"]
    verdicts = {entry["id"]: entry["verdict"] for entry in told}
    assert verdicts["mean.scaling"] == "refuted"
    assert verdicts["mean.cloning"] == "proved"
    # nothing is published of it, whatever it is called
    paper.write_text("let gini(W) = ||W||_1\n" + PAPER, encoding="utf-8")
    run("criteria", f"{paper.name}:gini", *options[:3])
    assert "published" not in capfd.readouterr().out
    paper.write_text(same + "let two(x, W) = x*||W||_1\n" + PAPER, encoding="utf-8")
    assert run("verify", f"{paper.name}:mean.cloning", "--quiet", "--budget", "2000") == 0
    capfd.readouterr()
    assert run("criteria", f"{paper.name}:two", "--quiet") == 2
    assert "has no measure 'two'" in capfd.readouterr().err
    assert run("criteria", paper.name, "--quiet") == 2
    assert f"which measure of {paper.name}?" in capfd.readouterr().err


LATE = """\
let f = g

claim inside
  let c = d
  let d = 3
  states c = 1

claim of-itself
  let c = c + 1
  states c > 0

claim of-the-file
  let g = 2
  states f = 2
"""


def test_a_definition_comes_before_what_speaks_of_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("late.claims").write_text(LATE, encoding="utf-8")
    assert run("verify", "late.claims", *OPTIONS) == 2
    told = capfd.readouterr().err
    assert "late.claims:5:7: c is defined above by d" in told
    assert "late.claims:9:7: c is defined by itself" in told
    assert "late.claims:13:7: f is defined above by g" in told


def test_lines_of_standard_input_may_begin_with_a_count_and_end_in_a_comment():
    lines = "# of counts\n#{x in W : x <= 2} >= N + 1  # more than there are\n\n1 <= N\n"
    shown = CliRunner().invoke(main, ["verify", "-", "--json", "-", "-q"], input=lines)
    found = {entry["statement"]: entry["verdict"] for entry in json.loads(shown.stdout)["claims"]}
    assert found == {"#{x ∈ W : x ≤ 2} ≥ N + 1": "refuted", "1 ≤ N": "proved"}
