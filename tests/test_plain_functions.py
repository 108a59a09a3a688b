"""Measures that are plain functions of an array: floats propose, exact numbers and balls decide."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from numeric_check import balls, exact, plain_functions
from numeric_check.errors import Ambiguous, NotExact, Undecided, Undefined
from sparsity_audit.command_line import main
from sparsity_audit.engines import default_engines
from sparsity_audit.references import resolve
from sparsity_audit.settle import Hunt, settle

MEASURES = '''
import math
import numpy as np

def peak(w):
    """Share of the greatest entry."""
    return np.max(w) / np.sum(w)

def soft(w):
    return -np.sum(np.tanh(w))

def cancelling(w):
    return np.sqrt(np.mean((w - w.mean()) ** 2)) / w.mean()

def floats_only(w):
    return -math.sqrt(w[0])

def failing(w):
    if w.min() == 0:
        raise ValueError("no zeros here")
    return -np.sum(np.log(w))

def broken(w):
    return float("nan")

def changes(w):
    w[:] = w[::-1].copy()
    return w[0]
'''


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    path = tmp_path / "mine.py"
    path.write_text(MEASURES)
    return str(path)


def verdict(file: str, criterion: str):  # type: ignore[no-untyped-def]
    claim, _ = resolve(f"{file}:{criterion}")
    return settle(claim, Hunt(budget=3000), default_engines())


@pytest.mark.parametrize(
    ("criterion", "witness", "method"),
    [
        (
            "peak.robin-hood",
            {"R": [["3", 1]], "epsilon": "1", "n": "1", "u": "3", "v": "0"},
            "exact",
        ),
        ("peak.babies", {"W": [["1", 2]], "n": "0"}, "exact"),
        ("soft.scaling", {"W": [["1", 2]], "alpha": "2", "n": "0"}, "ball"),
        ("soft.babies", {"W": [["1", 2]], "n": "0"}, "exact"),
    ],
)
def test_what_falls_is_certified(
    file: str, criterion: str, witness: dict[str, object], method: str
) -> None:
    found = verdict(file, criterion)
    assert found.name == "refuted"
    assert found.witness.to_json() == witness
    assert found.certificate.method == method


@pytest.mark.parametrize(
    "criterion",
    ["peak.scaling", "soft.robin-hood", "soft.rising-tide", "cancelling.scaling",
     "cancelling.cloning", "cancelling.robin-hood", "broken.babies"],
)  # fmt: skip
def test_what_holds_never_falls(file: str, criterion: str) -> None:
    assert verdict(file, criterion).name == "open"


def test_what_needs_floats_is_not_certified(file: str) -> None:
    found = verdict(file, "floats_only.scaling")
    assert found.name == "open"
    assert any("not certified" in line and "floats" in line for line in found.tried)


def test_a_failure_is_outside_the_domain(file: str) -> None:
    claim, _ = resolve(f"{file}:failing.babies")
    found = settle(claim, Hunt(budget=2000), default_engines())
    assert found.name == "open"
    assert found.effort.effective == 0


def numbers(*values: F) -> list[tuple[object, int]]:
    return [(exact.exactly(value), 1) for value in values]


def test_numpy_runs_over_exact_numbers() -> None:
    def measure(w: np.ndarray) -> object:  # type: ignore[type-arg]
        ordered = np.sort(w)
        return np.sqrt(ordered[-1]) + np.abs(-w[0]) + np.max(w) ** 2 + np.cumsum(w)[-1] * 0.5

    plain_functions.register("measure_exact", measure)
    value = plain_functions.value_of("measure_exact", numbers(F(1, 2), F(4)), exact)
    assert value.fraction == 2 + F(1, 2) + 16 + F(9, 4)


def test_a_comparison_that_is_not_clear_is_not_made() -> None:
    def root_order(w: np.ndarray) -> object:  # type: ignore[type-arg]
        try:
            return 1 if np.log(w[0]) + np.log(w[0]) >= np.log(w[1]) else 0
        except Exception:
            return 5

    plain_functions.register("root_order", root_order)
    with pytest.raises(NotExact):
        plain_functions.value_of("root_order", numbers(F(2), F(3)), exact)
    ones = [(balls.exactly(F(2)), 1), (balls.exactly(F(4)), 1)]
    with pytest.raises(Ambiguous):
        plain_functions.value_of("root_order", ones, balls)
    assert plain_functions.value_of("root_order", numbers(F(2), F(4)), exact).fraction == 1


def test_division_by_zero_and_floats() -> None:
    plain_functions.register("inverse_first", lambda w: 1 / w[0])
    plain_functions.register("as_float", lambda w: float(w[0]))
    with pytest.raises(Undefined):
        plain_functions.value_of("inverse_first", numbers(F(0), F(1)), exact)
    with pytest.raises(Undecided):
        plain_functions.value_of("as_float", numbers(F(1)), exact)


def test_the_command_takes_a_function(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    options = ["--quiet", "--budget", "1000", "--jobs", "1"]
    with pytest.raises(SystemExit) as stop:
        main(["criteria", f"{file}:peak", *options])
    assert stop.value.code == 1
    assert "Share of the greatest entry" in capfd.readouterr().out
    with pytest.raises(SystemExit) as stop:
        main(["criteria", f"{file}:peek", *options])
    assert stop.value.code == 2
    assert "did you mean peak" in capfd.readouterr().err
