"""The packages from Python: few names, light to import, and objects that show themselves."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import numeric_check
import sparsity_audit
import symbolic_proofs
from numeric_check import pq_index
from sparsity_audit import VerdictTable, settle_claim, settle_claims
from symbolic_proofs import find_claim, prove

PACKAGES = [symbolic_proofs, numeric_check, sparsity_audit]
HEAVY = {"sympy", "numpy", "flint", "hypothesis", "matplotlib", "rich", "click"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_every_public_name_is_there_and_in_the_table(package):
    assert set(package.__all__) == set(package._HOMES)
    for name in package.__all__:
        assert name in dir(package)
        assert getattr(package, name) is not None
        assert f"| `{name}" in package.__doc__ or name in {
            "Proved",
            "Established",
            "MissingPremise",
            "Refuted",
            "Disproved",
            "Undefined",
            "Open",
        }
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_package_alone_imports_nothing_heavy(package):
    code = f"import sys, {package.__name__}; print(*{{m.partition('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_a_public_name_is_the_function_whatever_was_imported_before():
    for name in ("pq_index", "search", "certify", "recheck"):
        module = importlib.import_module(f"numeric_check.{name}")
        function = getattr(numeric_check, name)
        assert function is getattr(module, name)
    assert pq_index([3, 0, 4, 0], 1, 2) == pytest.approx(0.3)


def test_a_derivation_and_its_theorem_show_themselves():
    derivation = prove(find_claim("scaling.invariance"))
    assert str(derivation).splitlines()[-2:] == [
        "  6.  I(αW) = I(W)",
        "      both sides agree",
    ]
    shown = derivation._repr_latex_()
    assert shown.startswith("$$\\begin{aligned}\n(1)\\quad & S_r(\\alpha W) = ")
    assert shown.count(r"\text{") == len(derivation.steps)
    assert derivation.theorem._repr_latex_() == (
        r"$\displaystyle W \ne 0,\ p < q \;\vdash\; I(\alpha W) = I(W)$"
    )


def test_a_verdict_shows_its_evidence():
    verdict = settle_claim("adjust.literal", budget=2000)
    assert verdict.name == "refuted"
    assert str(verdict).splitlines()[0] == "adjust.literal (A.5 (1)): refuted"
    assert "certified  by exact arithmetic" in verdict.to_text()
    assert "claimed    left &gt; right; in fact left = right" in verdict._repr_html_()
    assert str(verdict.witness) == "R = [], α = 1, n = 0, p = 1, q = 2, x = 1"
    assert verdict.witness._repr_html_().startswith("<code>R = [], α = 1")
    assert verdict.certificate._repr_html_().startswith("<pre>left       0\n")


def test_verdicts_show_themselves_as_a_table():
    table = settle_claims(["scaling.norm", find_claim("range.zero-vector")], budget=500)
    assert isinstance(table, VerdictTable)
    assert [line.split()[:2] for line in str(table).splitlines()] == [
        ["scaling.norm", "proved"],
        ["range.zero-vector", "undefined"],
    ]
    assert table._repr_html_().count("<tr>") == 3
    assert str(VerdictTable()) == ""
