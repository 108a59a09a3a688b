"""Proofs about numbers that rest on signs in many ways, before Coq."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from symbolic_proofs import claim, prove
from symbolic_proofs.coq import checking
from symbolic_proofs.coq.files import Exported, contents, holds

STATEMENTS = {
    # a sign that a kind promises, beside what is said of every entry
    "bounded": "W >= 0, (for every i = 1..N: w_i <= 1) => S_1(W)^2 <= N*S_1(W)",
    # |y| > sqrt(x^2 + y^2) is above 0 without x^2 + y^2 > 0, which would rest on y != 0
    "ranks": "max(|x|, |y|) <= sqrt(x^2 + y^2)",
    # (x^2)^(1/2) = |x|, where x may be below 0
    "roots": "c > 0 => sqrt(x^2 + c^2) <= |x| + c",
    # s x + (1 - s) y is above 0 as it is written, and not where it is multiplied out
    "written": "s < 1, s > 0, x > 0, y > 0 => ln(s*x + (1 - s)*y) <= s*x + (1 - s)*y - 1",
    # what is said of [x^2 : x in W], which the normal form writes as [|x|^2 : x in W]
    "squares": "p < q, W != 0 => 1 - I([x^2 : x in W]) = (1 - I_{2*p,2*q}(W))^2",
    # |x| under bars, where x < 0 is known
    "bars": "c > 0, x < 0 => c*min(|x|, c) >= min(x^2, c^2)",
}


@pytest.fixture(scope="module")
def exported() -> list[Exported]:
    made = []
    for name, text in STATEMENTS.items():
        derivation = prove(claim(text))
        assert derivation is not None, text
        made.append(holds(replace(claim(text), id=name), derivation.theorem))
    return made


def test_all_of_them_is_translated(exported: list[Exported]) -> None:
    assert [one.name for one in exported] == [f"claim_{name}" for name in STATEMENTS]


@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_confirms_them(exported: list[Exported], tmp_path: Path) -> None:
    for name, text in contents(exported).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checking.prepare(tmp_path, 600)
    found = {one.name: checking.opinion(tmp_path, one.name, 600) for one in exported}
    assert [name for name, one in found.items() if not one.confirmed] == [], found
