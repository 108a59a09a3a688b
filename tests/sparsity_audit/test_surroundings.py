"""What a verdict does not depend on: the locale, assertions left out, a home to write to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_CLAIM = "p < q, W != 0 => I([W, W]) > I(W)"


def _verdict(tmp_path: Path, *options: str, **surroundings: str) -> tuple[int, str]:
    """The exit code, and the JSON that is printed, but for the time it took."""
    command = [sys.executable, *options, "-m", "sparsity_audit", "verify", _CLAIM, "--json", "-"]
    done = subprocess.run(
        [*command, "--budget", "1000"],
        env=os.environ | surroundings,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    lines = done.stdout.decode("ascii").splitlines()
    return done.returncode, "\n".join(line for line in lines if '"seconds"' not in line)


@pytest.mark.parametrize(
    ("options", "surroundings"),
    [
        ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        (("-OO",), {}),
        ((), {"HOME": os.devnull, "XDG_CACHE_HOME": os.devnull}),
    ],
    ids=["C", "-OO", "home"],
)
def test_a_verdict_is_the_same(
    tmp_path: Path, options: tuple[str, ...], surroundings: dict[str, str]
) -> None:
    code, record = _verdict(tmp_path)
    assert (code, '"refuted"' in record) == (1, True)
    assert _verdict(tmp_path, *options, **surroundings) == (code, record)
