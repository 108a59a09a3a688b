"""The notebooks run from top to bottom: as scripts always, as notebooks where Jupyter is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.py"))
SECONDS = 300


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> Path:
    return request.param


def _environment(folder: Path) -> dict[str, str]:
    paths = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }


def _skip_without_what_it_imports(notebook: Path) -> None:
    for extra in ("sklearn", "matplotlib"):
        if extra in notebook.read_text(encoding="utf-8"):
            pytest.importorskip(extra)


def test_there_are_four():
    assert [path.stem for path in NOTEBOOKS] == [
        "derive_identities",
        "hunt_counterexamples",
        "map_criteria",
        "spiking_network",
    ]


def test_a_notebook_runs_as_a_script(notebook, tmp_path):
    _skip_without_what_it_imports(notebook)
    done = subprocess.run(
        [sys.executable, "-W", "error", notebook],
        env=_environment(tmp_path) | {"MPLBACKEND": "Agg"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert not done.returncode, done.stderr
    assert done.stdout
    assert not done.stderr


# What Jupyter's own packages warn of is not ours to mend.
@pytest.mark.filterwarnings("default")
def test_a_notebook_runs_in_jupyter_and_shows_its_objects(notebook, tmp_path, monkeypatch):
    jupytext = pytest.importorskip("jupytext")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    _skip_without_what_it_imports(notebook)
    for name, value in _environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    # Jupyter draws into the page, which the back end of the tests does not
    monkeypatch.delenv("MPLBACKEND", raising=False)
    cells = jupytext.read(notebook)
    client = nbclient.NotebookClient(cells, timeout=SECONDS, kernel_name="python3")
    client.execute(cwd=str(tmp_path))
    outputs = [output for cell in cells.cells for output in cell.get("outputs", ())]
    assert not [o for o in outputs if o.get("name") == "stderr"]
    shown = {kind for output in outputs for kind in output.get("data", ())}
    assert {"text/html", "text/latex"} <= shown
    assert ("image/png" in shown) == ("matplotlib" in notebook.read_text(encoding="utf-8"))
