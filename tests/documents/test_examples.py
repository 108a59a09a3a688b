"""Every example that is printed runs: the README's Python, its file of claims, docstrings."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

from sparsity_audit import settle_claims
from sparsity_audit.inputs.references import measure_of, resolve
from sparsity_audit.inputs.user_files import load

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("symbolic_proofs", "numeric_check", "sparsity_audit")
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def _with_doctests() -> list[str]:
    names = []
    for package in PACKAGES:
        for path in sorted((CHECKOUT / package).rglob("*.py")):
            if ">>> " in path.read_text(encoding="utf-8"):
                parts = path.relative_to(CHECKOUT).with_suffix("").parts
                names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def test_there_are_examples():
    assert len(BLOCKS) >= 3
    assert {"symbolic_proofs", "numeric_check", "sparsity_audit"} <= set(_with_doctests())


@pytest.mark.parametrize("block", BLOCKS, ids=range(1, len(BLOCKS) + 1))
def test_a_block_of_the_readme_runs(block):
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102


def test_the_claims_of_the_examples_come_out_as_the_readme_says():
    claims = load(str(CHECKOUT / "examples" / "my_claims.py")).claims
    assert [(verdict.claim.id, verdict.name) for verdict in settle_claims(claims, budget=5000)] == [
        ("mine.mirror", "proved"),
        ("mine.padding", "refuted"),
    ]


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("share", ["refuted", "proved", "open", "refuted", "open", "refuted"]),
        ("participation", ["proved"] * 6),
        ("spread", ["refuted", "open", "open", "refuted", "open", "refuted"]),
    ],
)
def test_the_measures_of_the_examples_come_out(name, verdicts):
    file = str(CHECKOUT / "examples" / "my_measures.py")
    claims = [resolve(reference)[0] for reference in measure_of(f"{file}:{name}")[1]]
    assert [verdict.name for verdict in settle_claims(claims, budget=3000)] == verdicts


@pytest.mark.parametrize("name", _with_doctests())
def test_the_examples_in_docstrings_hold(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried
    assert not failed
