"""Many claims on workers and with a journal: the same table, whoever is killed in between."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import chdir
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from numeric_check.journal import JournalError
from sparsity_audit.cli.main import main
from sparsity_audit.inputs.asked_for import select_references
from sparsity_audit.inputs.lookup import measure_of
from sparsity_audit.verdicts.claims_journal import ClaimsJournal
from sparsity_audit.verdicts.one_claim import Hunt
from sparsity_audit.verdicts.run import settle_all
from sparsity_audit.verdicts.verdict_json import Record

HUNT = Hunt(budget=500)
#: two papers with claims of one id, the steps of their authors, and what holds near what is false
PAPER = """\
claim norms.order
  states W != 0 => ||W||_2 < ||W||_{lower}
  step   ||W||_2 <= ||W||_1          by Hölder
  step   ||W||_1 < ||W||_2           by W != 0     expect refuted
  expect refuted
claim order.squares
  states x > y, y > 0 => x^2 > y^2
  step   x^2 > x*y                   by x > 0
  step   x*y > y^2                   by y > 0
"""
COUNT = 24
#: true, false and never defined; claims of one file, and one that kills whoever works on it
FILE = """\
import os
from symbolic_proofs import *

x = real("x")
for i in range(1, {count} // 3 + 1):
    claim(f"m.true{{i}}", "here", "in words", then=equal(x + i * x, (i + 1) * x))
    claim(f"m.false{{i}}", "here", "in words", then=x * x < i)
    claim(f"m.nothing{{i}}", "here", "in words", then=equal(i * x / x, i))
{more}
"""
KILLING = """
import multiprocessing
from sparsity_audit.verdicts import run
settle = run.settle
def settle_or_die(claim, hunt, engines):
    if claim.id == "m.true3" and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), 9)
    return settle(claim, hunt, engines)
run.settle = settle_or_die
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(FILE.format(count=COUNT, more=""))
    return path


def verify(file: Path, *arguments: str) -> Result:
    options = ["--budget", "500", "--exit-zero", *arguments]
    return CliRunner().invoke(main, ["verify", str(file), *options])


def timeless(data: Any) -> str:
    return re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', json.dumps(data))


def timeless_in(path: Path) -> Any:
    return json.loads(timeless(json.loads(path.read_text())))


def test_the_table_and_the_evidence_are_the_same_from_workers(file: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    alone = verify(file, "--jobs", "1", "--json", str(one))
    assert alone.exit_code == 0, alone.stderr
    assert all(word in alone.stdout for word in ("proved", "refuted", "undefined"))
    executor = ["--executor", "processes", "--jobs", "2", "--json", str(two)]
    assert verify(file, *executor).stdout == alone.stdout
    assert timeless_in(two) == timeless_in(one)


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two claims files by names that only hold in this folder."""
    monkeypatch.chdir(tmp_path)
    for name, lower in (("one.claims", "1"), ("two.claims", "{1/2}")):
        Path(name).write_text(PAPER.replace("{lower}", lower), encoding="utf-8")
    return ["one.claims", "two.claims"]


def verified(*arguments: str) -> tuple[Result, list[dict[str, Any]]]:
    options = ["--budget", "500", "--nearby", "--json", "out.json", "--format", "github"]
    shown = CliRunner().invoke(main, ["verify", *arguments, *options])
    return shown, timeless_in(Path("out.json"))["claims"]


@pytest.mark.parametrize(
    "executor",
    [
        "processes",
        pytest.param(
            "dask",
            marks=pytest.mark.skipif(find_spec("distributed") is None, reason="needs Dask"),
        ),
    ],
)
def test_claims_of_papers_are_the_same_from_workers_and_out_of_a_journal(
    papers: list[str], executor: str
) -> None:
    alone, entries = verified(*papers, "--jobs", "1")
    assert [(e["paper"], e["id"], e["verdict"], e["expected"]) for e in entries] == [
        (paper, id_, verdict, expected)
        for paper in papers
        for id_, verdict, expected in (
            ("norms.order", "refuted", "refuted"),
            ("order.squares", "proved", None),
        )
    ]
    assert [step["verdict"] for step in entries[0]["author_steps"]] == ["proved", "refuted"]
    assert entries[0]["nearby"]
    journal = ["--journal", "kept"]
    for more in (["--executor", executor, "--jobs", "2", *journal], journal):
        again, made = verified(*papers, *more)
        assert (again.stdout, again.exit_code) == (alone.stdout, alone.exit_code)
        assert made == entries


class Elsewhere(Executor):
    """A worker in another folder than the one who asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def submit(self, function, /, *arguments, **more):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        with chdir(self.folder):
            future.set_result(function(*arguments))
        return future


def test_a_worker_in_another_folder_reads_the_same_files(
    papers: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    Path("mine.py").write_text(FILE.format(count=3, more=""))
    Path("three.claims").write_text("for W in R^N\nlet share(W) = ||W||_2/||W||_1\n")
    _, criteria = measure_of("three.claims:share")
    ids = [*select_references([*papers, "mine.py"]), *criteria[:2]]
    near = Hunt(budget=500, nearby=True)
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "one.claims").write_text("claim norms.order\n  states 1 = 1\n")
    there = settle_all(ids, near, 1, lambda entry: None, executor=Elsewhere(folder))
    here = settle_all(ids, near, 1, lambda entry: None)
    assert timeless(there) == timeless(here)


def test_criteria_are_the_same_from_workers_and_out_of_a_journal(tmp_path: Path) -> None:
    asked = ["criteria", "hoyer", "--budget", "500", "--effort", "2000", "--exit-zero"]
    alone = CliRunner().invoke(main, [*asked, "--jobs", "1"])
    journal = ["--journal", str(tmp_path / "kept")]
    for more in (["--executor", "processes", "--jobs", "2", *journal], journal):
        assert CliRunner().invoke(main, [*asked, *more]).stdout == alone.stdout


def begun(file: Path, journal: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sparsity_audit", "verify", str(file), "--budget", "500"]
    return subprocess.Popen(
        [*command, "--quiet", "--journal", str(journal), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )


def kept_in(journal: Path) -> list[str]:
    """Return the ids of the claims whose verdicts stand in a journal on whole lines."""
    lines = journal.read_bytes().split(b"\n")[1:-1]
    return [json.loads(line.partition(b" ")[2])["record"]["id"] for line in lines]


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("options", [(), ("--executor", "processes", "--jobs", "2")])
def test_a_run_that_is_killed_goes_on_and_says_what_is_left(
    file: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    journal = tmp_path / "kept"
    process = begun(file, journal, *options)
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 4):
        assert process.poll() is None, "the run was over before"
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    with journal.open("ab") as kept:  # and in the middle of a line
        kept.write(b"0123 {")
    known = kept_in(journal)
    left = [
        f"m.{kind}{i}" for i in range(1, COUNT // 3 + 1) for kind in ("true", "false", "nothing")
    ]
    left = [id_ for id_ in left if id_ not in known]
    assert left
    again = verify(file, *options, "--journal", str(journal))
    assert f"has {len(known)} of {COUNT} claims; left: {left[0]}" in again.stderr
    assert again.stdout == verify(file, "--jobs", "1").stdout
    assert "none is left" in verify(file, "--journal", str(journal)).stderr


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_claim_that_ends_every_worker_costs_no_other_claim(tmp_path: Path) -> None:
    path, out = tmp_path / "mine.py", tmp_path / "verdicts.json"
    path.write_text(FILE.format(count=9, more=KILLING))
    process = begun(path, tmp_path / "kept", "--executor", "processes", "--json", str(out))
    _, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert err.decode().startswith("sparsity-audit: m.true3: the process that worked on it")
    entries = {entry["id"]: entry for entry in json.loads(out.read_text())["claims"]}
    assert entries.pop("m.true3")["verdict"] == "open"
    assert sorted(kept_in(tmp_path / "kept")) == sorted(entries)
    again = begun(path, tmp_path / "kept", "--jobs", "1", "--exit-zero")
    assert again.communicate(timeout=120) == (None, b"")
    assert (again.returncode, len(kept_in(tmp_path / "kept"))) == (0, 9)
    assert {e["verdict"] for i, e in entries.items() if "true" in i} == {"proved"}
    assert {e["verdict"] for i, e in entries.items() if "false" in i} == {"refuted"}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("--seed", "7"), "seed is 0, not 7"),
        (("--budget", "501"), "budget is 500, not 501"),
        (("--effort", "9"), "effort is 20000, not 9"),
    ],
)
def test_the_journal_of_another_run_is_refused(
    file: Path, tmp_path: Path, change: tuple[str, ...], word: str
) -> None:
    journal = ("--journal", str(tmp_path / "kept"))
    assert verify(file, *journal).exit_code == 0
    shown = verify(file, *journal, *change)
    assert shown.exit_code == 2
    assert f"is the journal of another run of claims: its {word}" in shown.stderr


def test_the_journal_of_other_claims_or_another_version_is_refused(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    claims = select_references([str(file)])
    ClaimsJournal(kept, claims, HUNT).__exit__(None, None, None)
    first = dict(list(claims.items())[:1])
    with pytest.raises(JournalError, match=f"its claims is {COUNT} claims .*, not 1 claims"):
        ClaimsJournal(kept, first, HUNT)
    monkeypatch.setattr("sparsity_audit.verdicts.claims_journal.__version__", "9")
    with pytest.raises(JournalError, match=r"its version is 0\..*, not 9"):
        ClaimsJournal(kept, claims, HUNT)


class Lying(Executor):
    """Workers that say of every claim that it is proved, and hand over what they have."""

    def __init__(self, changed: dict[str, object]) -> None:
        self.changed = changed

    def submit(self, function, /, *arguments, **more):  # type: ignore[no-untyped-def]
        number, entry = function(*arguments)
        future: Future[object] = Future()
        future.set_result((number, {**entry, **self.changed}))
        return future


def test_what_a_worker_says_is_held_against_its_evidence(file: Path) -> None:
    ids = [f"{file}:m.false1", f"{file}:m.true1"]
    said = settle_all(ids, HUNT, 1, lambda entry: None, executor=Lying({"verdict": "proved"}))
    assert [entry["verdict"] for entry in said] == ["open", "proved"]
    assert "does not show what the verdict says" in said[0]["error"]
    words = {"statement": "P = NP", "title": "a great thing", "id": "m.other"}
    told = settle_all(ids, HUNT, 1, lambda entry: None, executor=Lying(words))
    assert [(entry["id"], entry["title"]) for entry in told] == [
        ("m.false1", "in words"),
        ("m.true1", "in words"),
    ]
    assert not any(entry["statement"] == "P = NP" for entry in told)


class Saying(Executor):
    """A worker that does nothing, and says what it was told to."""

    def __init__(self, entry: Record) -> None:
        self.entry = entry

    def submit(self, function, /, *arguments, **more):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.set_result((arguments[0], self.entry))
        return future


@cache
def settled_once() -> Record:
    """Return the record of the first claim of the first paper, with all that comes with it."""
    near = Hunt(budget=500, nearby=True)
    (true,) = settle_all(["one.claims:norms.order"], near, 1, lambda entry: None)
    return true


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("author_steps", lambda steps: None),
        ("author_steps", lambda steps: steps[:1]),
        ("author_steps", lambda steps: [steps[0], {**steps[0], "id": steps[1]["id"]}]),
        ("author_steps", lambda steps: [{**steps[1], "verdict": "proved"}] * 2),
        ("nearby", lambda near: [{**near[0], "verdict": "proved"}]),
        ("nearby", lambda near: [{**near[0], "id": "norms.order.near-9999"}]),
        ("nearby", lambda near: [{**near[0], "id": []}]),
        ("nearby", lambda near: "none"),
    ],
)
def test_what_comes_with_a_claim_of_a_paper_is_held_against_its_evidence(
    papers: list[str], key: str, change: Callable[[Any], Any]
) -> None:
    true, reference = settled_once(), "one.claims:norms.order"

    def told(changed: Record) -> Record:
        saying = Saying({**true, **changed})
        (said,) = settle_all([reference], HUNT, 1, lambda entry: None, executor=saying)
        return said

    said = told({key: change(true[key])})
    assert (said["verdict"], said[key]) == ("open", None)
    assert said["error"]
    assert (said["paper"], said["line"]) == ("one.claims", 1)
    kept = told({key: [{**one, "title": "all well"} for one in true[key]], "line": 9})
    assert timeless(kept) == timeless(true)


def test_the_journal_of_a_paper_that_says_something_else_above_is_refused(
    papers: list[str],
) -> None:
    last = select_references(["one.claims:order.squares"])
    ClaimsJournal("kept", last, HUNT).__exit__(None, None, None)
    ClaimsJournal("kept", last, HUNT).__exit__(None, None, None)
    Path("one.claims").write_text(PAPER.replace("{lower}", "3"), encoding="utf-8")
    with pytest.raises(JournalError, match=r"its claims is 1 claims .*, not 1 claims"):
        ClaimsJournal("kept", select_references(["one.claims:order.squares"]), HUNT)


def test_a_journal_with_other_evidence_is_refused(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    claims = select_references([f"{file}:m.false1"])
    with ClaimsJournal(kept, claims, HUNT) as journal:
        (entry,) = settle_all(list(claims), HUNT, 1, lambda entry: None, journal=journal)
    assert entry["verdict"] == "refuted"
    kept.unlink()
    with ClaimsJournal(kept, claims, HUNT) as journal:
        journal.add(0, {**entry, "witness": {**entry["witness"], "scalars": {"x": "0"}}})
    with pytest.raises(JournalError, match=r"the evidence on m\.false1 is refused"):
        ClaimsJournal(kept, claims, HUNT)
