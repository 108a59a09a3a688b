"""The packages from Python: few names, light to import, and objects that show themselves."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

import numeric_check
import sparsity_audit
import symbolic_proofs
from numeric_check import pq_index
from sparsity_audit import VerdictTable, settle_claim, settle_claims
from symbolic_proofs import find_claim, language, prove

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [symbolic_proofs, numeric_check, sparsity_audit]
HEAVY = {"sympy", "numpy", "flint", "hypothesis", "matplotlib", "rich", "click"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_every_public_name_is_there_and_in_the_table(package):
    words = language.__all__ if package is symbolic_proofs else sparsity_audit.__all__
    for name in package.__all__:
        assert name in dir(package)
        assert getattr(package, name) is not None
        assert f"`{name}" in package.__doc__ or name in words
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_package_alone_imports_nothing_heavy(package):
    code = f"import sys, {package.__name__}; print(*{{m.partition('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_no_public_name_is_a_module():
    for package in PACKAGES:
        for name in package.__all__:
            assert importlib.util.find_spec(f"{package.__name__}.{name}") is None
    assert pq_index([3, 0, 4, 0], 1, 2) == pytest.approx(0.3)


def documents():
    """Yield the name and the code of what users read and copy."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    yield from ((f"README {k}", code) for k, code in enumerate(blocks, 1))
    for folder in ("examples", "notebooks"):
        yield from ((p.name, p.read_text("utf-8")) for p in sorted((ROOT / folder).glob("*.py")))


@pytest.mark.parametrize(("name", "code"), [*documents()], ids=lambda part: part[:30])
def test_what_users_copy_imports_the_faces_alone(name, code):
    faces = {package.__name__ for package in PACKAGES}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in faces:
            assert node.module in faces or node.module == "numeric_check.strategies", name


def test_a_file_of_the_version_before_loads_and_says_what_to_write(tmp_path):
    old = tmp_path / "old.py"
    old.write_text(
        "from symbolic_proofs.claims.claim import claim\n"
        "from symbolic_proofs.language import equal, real\n"
        "claim('old.one', 'p. 1', 'itself', then=equal(real('x'), real('x')))\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "sparsity_audit", "verify", str(old)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "1 claim: 1 proved" in done.stdout
    assert "write `from symbolic_proofs import claim`" in done.stderr


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


def test_the_packages_carry_their_types_and_documents_name_the_version():
    for package in PACKAGES:
        assert (Path(package.__file__).parent / "py.typed").read_bytes() == b""
    version = sparsity_audit.__version__
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.findall(r"^version: (.*)$", citation, re.M) == [version]
    assert f"## {version} (" in (ROOT / "CHANGELOG.md").read_text("utf-8")
