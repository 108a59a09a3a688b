"""Plain functions of a file give the same wherever the work is done, or the search says why not."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from click.testing import CliRunner

from numeric_check.certifier.numbers import exact
from numeric_check.functions import evaluate as plain_functions
from numeric_check.functions import origins as plain_origins
from numeric_check.functions.calls import quietly
from numeric_check.functions.doubts import Doubts
from numeric_check.functions.names import FunctionRun, running
from numeric_check.functions.numbers import PlainNumber
from numeric_check.hunt.exponent_map import map_region
from numeric_check.hunt.search import Searcher, SearchInputError, search
from numeric_check.hunt.search_journal import Journal
from sparsity_audit.cli.main import main
from sparsity_audit.inputs.lookup import resolve
from symbolic_proofs.claims.notation import p, q
from symbolic_proofs.language import count, vector
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import at_most
from symbolic_proofs.language.sums import Applied

FUNCTIONS = '''
import numpy as np

def width(w):
    """Return how far the entries spread, for a whole of 1."""
    return (w.max() - w.min()) / w.sum()

def nowhere(w):
    raise ValueError("no value")
'''
BUDGET = 3000


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    monkeypatch.setattr(plain_origins, "_ORIGINS", {})
    path = tmp_path / "mine.py"
    path.write_text(FUNCTIONS)
    return str(path)


@pytest.mark.parametrize("criterion", ["scaling", "babies"])
def test_processes_and_threads_give_what_one_process_gives(file: str, criterion: str) -> None:
    claim, _ = resolve(f"{file}:width.{criterion}")
    alone = search(claim, budget=BUDGET)
    assert alone.effective > 0
    assert search(claim, budget=BUDGET, jobs=2) == alone
    assert search(claim, budget=BUDGET, jobs=1, executor="processes") == alone
    with ThreadPoolExecutor(2) as pool:
        assert search(claim, budget=BUDGET, executor=pool) == alone


def test_a_thread_runs_no_function_while_its_names_mean_exact_numbers(file: str) -> None:
    resolve(f"{file}:width.scaling")
    function = plain_functions._FUNCTIONS["width"]
    zero = PlainNumber(exact.exactly(0), exact, Doubts())
    vector, once = np.array([[1.0], [2.0], [5.0]]), np.ones((3, 1))
    found: list[float] = []
    waiting, done, stdout = Event(), Event(), sys.stdout

    def in_floats() -> None:
        waiting.set()
        found.extend(plain_functions.call_on_floats("width", vector, once))
        done.set()

    thread = Thread(target=in_floats)
    with quietly(), running(function, FunctionRun(zero)):
        thread.start()
        assert waiting.wait(60)
        assert not done.wait(0.2)
    thread.join(60)
    assert found == [0.5]
    assert sys.stdout is stdout


def test_a_map_of_a_function_is_the_same_from_workers(file: str) -> None:
    stated, _ = resolve(f"{file}:width.babies")
    of_exponents = claim("x", "x", "x", given=(p < q, *stated.given), then=stated.conclusion)
    alone = map_region(of_exponents, (1, 2, 3), budget=500)
    assert map_region(of_exponents, (1, 2, 3), budget=500, jobs=2) == alone
    assert sum(point.result.effective for point in alone) > 0


def test_a_file_that_has_changed_is_refused_by_workers(file: str, tmp_path: Path) -> None:
    claim, _ = resolve(f"{file}:width.scaling")
    Path(file).write_text(FUNCTIONS.replace("w.max()", "w.mean()"))
    kept = tmp_path / "journal"
    with pytest.raises(SearchInputError, match="is not the file that was asked about"):
        search(claim, budget=BUDGET, jobs=2, journal=kept)
    with Journal(kept, Searcher(claim, {}, None, 0).identity(0, BUDGET)) as journal:
        assert journal.pieces == {}


def test_a_file_that_is_gone_is_refused_by_workers(file: str) -> None:
    claim, _ = resolve(f"{file}:width.scaling")
    Path(file).unlink()
    with pytest.raises(SearchInputError, match=r"cannot read .*mine\.py: No such file"):
        search(claim, budget=BUDGET, executor="processes")


def test_a_function_of_no_file_runs_here_and_is_refused_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    plain_functions.register("local_sum", lambda w: w.sum())
    stated = claim("x", "x", "x", then=at_most(Applied("local_sum", vector("W", count("N"))), 9**9))
    assert search(stated, budget=500).effective > 0
    with pytest.raises(
        SearchInputError, match="local_sum is not known here and comes from no file"
    ):
        search(stated, budget=500, executor="processes")


def test_a_worker_with_another_function_of_that_name_is_refused(file: str, tmp_path: Path) -> None:
    claim, _ = resolve(f"{file}:width.scaling")
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert search(claim, budget=500, executor=pool).effective > 0
        # the file is changed, and asked about anew, while the worker goes on
        Path(file).write_text(FUNCTIONS.replace("w.max()", "w.mean()"))
        plain_origins.remember("width", file, print)
        with pytest.raises(SearchInputError, match="another function width; start the workers"):
            search(claim, budget=500, executor=pool)


def test_a_journal_belongs_to_one_text_of_a_function(file: str, tmp_path: Path) -> None:
    claim, _ = resolve(f"{file}:width.scaling")
    before = Searcher(claim, {}, None, 0).identity(0, BUDGET)
    Path(file).write_text(FUNCTIONS + "\n")
    plain_origins.remember("width", file, print)
    assert Searcher(claim, {}, None, 0).identity(0, BUDGET) != before


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("options", [("--jobs", "2"), ("--executor", "processes")])
def test_the_command_line_gives_the_same_from_workers(file: str, options: tuple[str, ...]) -> None:
    asked = ("search", f"{file}:width.scaling", "--budget", str(BUDGET), "--json", "-", "--quiet")
    alone = run(*asked)
    assert alone[0] == 0
    assert json.loads(alone[1])["effective"] > 0
    assert run(*asked, *options) == alone


def test_criteria_of_a_function_are_the_same_from_workers(file: str) -> None:
    asked = ("criteria", f"{file}:width", "--budget", "500", "--json", "-", "--quiet", "--jobs")

    def verdicts(jobs: str) -> list[object]:
        code, out, _ = run(*asked, jobs)
        assert code == 1
        return [
            (c["id"], c["verdict"], c["effective"], c.get("witness"))
            for c in json.loads(out)["claims"]
        ]

    assert verdicts("2") == verdicts("1")


def test_a_function_without_a_value_anywhere_tests_nothing_and_says_so(file: str) -> None:
    code, _, said = run("search", f"{file}:nowhere.babies", "--budget", "500", "--quiet")
    assert code == 2
    assert said.count("\n") == 1
    assert "nothing was tested" in said
