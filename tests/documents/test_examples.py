"""Every example that is printed runs: the README's Python and commands, its files, docstrings."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shlex
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sparsity_audit import settle_claims
from sparsity_audit.cli.main import main
from sparsity_audit.inputs.lookup import measure_of, resolve
from sparsity_audit.inputs.user_files import load

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("symbolic_proofs", "numeric_check", "sparsity_audit")
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
#: blocks without a language are set in: commands, formulas, a proof, the way from claim to verdict
LINES = [line[4:] for line in README.splitlines() if re.match(r"    \S", line)]
COMMANDS = [
    line.partition("#")[0].strip()
    for line in LINES
    if line.split()[0] in ("sparsity-audit", "make", "python3")
]
COMMANDS += re.findall(r"`(sparsity-audit \w+ examples/[^`]+)`", " ".join(README.split()))
#: what is not run here, by how it begins -> why
NOT_RUN = {
    "make verify": "makes an environment; CI runs it from a fresh clone",
    "make test": "is what runs this",
    "python3 -m pip install": "changes the environment of whoever runs the tests",
    "sparsity-audit appendix": "needs LaTeX; CI compiles the appendix",
    "python3 out/coq/check.py": "needs Coq; CI runs it on the paper",
    "sparsity-audit verify --coq": "needs Coq; tests of the third opinion run it",
    "sparsity-audit check --coq": "needs Coq; tests of the third opinion run it",
}
#: these search, and most prove; here with fewer candidates and rules than what is written
BUDGETED = ("verify", "search", "report", "criteria")


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


def reason_not_to_run(command: str) -> str | None:
    return next((why for start, why in NOT_RUN.items() if command.startswith(start)), None)


@pytest.fixture(scope="module")
def beside_the_readme(tmp_path_factory):
    """A folder with the examples, a verdicts.json and a file of tensors, as the commands want."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(CHECKOUT / "examples", folder / "examples")
    (folder / "out").mkdir()
    header = {"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}}
    text = json.dumps(header).encode()
    content = struct.pack("<Q", len(text)) + text + struct.pack("<3f", 3, 0, 4)
    (folder / "weights.safetensors").write_bytes(content)
    matrix = np.arange(12, dtype=np.float32).reshape(3, 4)
    np.save(folder / "weights.npy", matrix)
    for name in ("model", "runs"):
        (folder / name).mkdir()
        np.savez(folder / name / "layer.npz", **{"layer.weight": matrix, "layer.bias": matrix[0]})
    index = {"metadata": {}, "weight_map": {"w": "weights.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    stored = ["verify", "scaling.norm", "firing.lowers.weights", "--json", "out/verdicts.json"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert CliRunner().invoke(main, [*stored, "--budget", "2000"]).exit_code == 1
    return folder


def test_each_command_that_is_not_run_has_a_reason_and_the_others_are_run():
    assert {start for start in NOT_RUN if not any(c.startswith(start) for c in COMMANDS)} == set()
    run = [command.split()[1] for command in COMMANDS if reason_not_to_run(command) is None]
    assert set(run) >= {"list", "verify", "derive", "search", "check", "report", "criteria"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if reason_not_to_run(c) is None])
def test_a_command_of_the_readme_runs(command, beside_the_readme, monkeypatch):
    monkeypatch.chdir(beside_the_readme)
    arguments = shlex.split(command)[1:]
    if arguments[0] in BUDGETED:
        arguments += ["--budget", "1000"]
        arguments += ["--effort", "2000"] if arguments[0] in ("verify", "criteria") else []
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code in (0, 1), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stdout or (beside_the_readme / "out" / "report.html").exists()


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
