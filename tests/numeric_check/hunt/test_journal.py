"""The journal: a run killed at any moment goes on, and no other search's journal is taken."""

from __future__ import annotations

from importlib import import_module

import pytest

from numeric_check.hunt.search import search
from numeric_check.hunt.search_journal import Journal
from numeric_check.journal import JournalError
from symbolic_proofs.claims.catalogue import find_claim

BUDGET = 30_000
TRUE = find_claim("zeros.raise")


@pytest.fixture
def finished(tmp_path):
    path = tmp_path / "run.journal"
    return path, search(TRUE, budget=BUDGET, journal=path)


def test_a_run_goes_on_wherever_its_journal_was_cut(finished):
    path, whole = finished
    text = path.read_bytes()
    assert text.count(b"\n") == 5
    for cut in range(0, len(text), 97):
        path.write_bytes(text[:cut])
        assert search(TRUE, budget=BUDGET, journal=path) == whole
        assert path.read_bytes() == text


def test_finished_pieces_are_not_run_again(finished, monkeypatch):
    path, whole = finished
    # `numeric_check.search` is the function
    monkeypatch.setattr(import_module("numeric_check.hunt.search"), "run_piece", None)
    assert search(TRUE, budget=BUDGET, journal=path) == whole


def test_a_witness_comes_out_of_the_journal_as_it_went_in(tmp_path):
    claim = find_claim("criteria.robin-hood")
    path = tmp_path / "run.journal"
    first = search(claim, journal=path)
    assert search(claim, journal=path) == first == search(claim)


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (lambda path: search(TRUE, budget=BUDGET, seed=1, journal=path), "seed"),
        (lambda path: search(TRUE, budget=BUDGET, p=1, journal=path), "fixed"),
        (lambda path: search(find_claim("range.upper"), budget=BUDGET, journal=path), "claim"),
    ],
)
def test_the_journal_of_another_search_is_refused(finished, other, word):
    path, _ = finished
    with pytest.raises(JournalError, match=word):
        other(path)


def test_damage_before_the_last_line_is_refused(finished):
    path, _ = finished
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"candidates", b"candidate5")
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(JournalError, match="line 3 is damaged"):
        search(TRUE, budget=BUDGET, journal=path)


def test_other_files_are_not_overwritten(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a journal")
    with pytest.raises(JournalError, match="not the journal"):
        Journal(path, {"claim": "x"})
    assert path.read_text() == "not a journal"


def test_a_file_that_can_not_be_written_is_one_line(tmp_path):
    with pytest.raises(JournalError, match="No such file"):
        Journal(tmp_path / "nowhere" / "run.journal", {})
