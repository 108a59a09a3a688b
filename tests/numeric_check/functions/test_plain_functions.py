"""Measures that are plain functions of an array: floats propose, exact numbers and balls decide."""

from __future__ import annotations

import gc
import json
from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from numeric_check.certifier.errors import Ambiguous, NotExact, Undecided, ValuelessError
from numeric_check.certifier.numbers import balls, exact
from numeric_check.functions import evaluate as plain_functions
from sparsity_audit.cli.main import main
from sparsity_audit.inputs.lookup import resolve
from sparsity_audit.text.criteria import CriteriaRow, row_lines
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from symbolic_proofs.measures import find_measure

HUNT = Hunt(budget=3000)

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
    return -np.sin(w[0] / 9)

def floats_used(w):
    w = np.asarray(w, dtype=float)
    n = len(w)
    norm = math.sqrt(np.sum(w.astype(np.float64) ** 2))
    return float((n ** 0.5 - np.sum(w) / norm) / (math.sqrt(n) - 1))

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
    assert any("not certified" in line and "sin" in line for line in found.tried)


def test_floats_by_the_way_stay_exact(file: str) -> None:
    # Hoyer's measure: one nonzero entry has the value 1 at every length, a tie
    found = verdict(file, "floats_used.babies")
    assert found.witness.to_json() == {"W": [["1", 1], ["0", 1]], "n": "0"}
    assert found.certificate.method == "exact"
    assert verdict(file, "floats_used.scaling").name == "open"


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
    plain_functions.register("as_float", lambda w: np.sin(w[0]))
    with pytest.raises(ValuelessError):
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


HOSTILE = """
import math, random
import numpy as np

calls = [0]

def share(w):
    return np.max(w) / np.sum(w)

def nothing(w):
    pass

def text(w):
    return "3.5"

def imaginary(w):
    return complex(w[0], 0)

def complex_number(w):
    return np.complex128(w[0])

def pair(w):
    return w[:2]

def infinite(w):
    return np.inf

def recursive(w):
    return recursive(w)

def quits(w):
    raise SystemExit(3)

class Stop(BaseException):
    pass

class Mute(Exception):
    def __str__(self):
        raise ValueError("no text")

def stops(w):
    raise Stop

def says_nothing(w):
    raise Mute

def two(w, p):
    return 1.0

def drawn(w):
    return share(w) + random.random()

def counts_calls(w):
    calls[0] += 1
    return share(w) + calls[0]

def endless(w):
    while w[0] > 0:
        pass

def first(w):
    return w[0] / np.sum(w)

def positive_only(w):
    if w.min() == 0:
        raise ValueError("no zeros")
    return share(w)

def single(w):
    return np.float32(w.max()) / np.float32(w.sum())

SLIGHTLY_OFF = math.sqrt(1 / 3) ** 2 * 3

def off_by_rounding(w):
    return 1 - w.size ** -(SLIGHTLY_OFF / 2) * np.sum(w) / np.sqrt(np.sum(w * w))

def noisy(w):
    print("chatter")
    w.sort()
    w /= w.sum()
    return np.array([w[-1]])

def by_type(w):
    return share(w) if w.dtype.kind == "f" else 0.0

POWERS = {"p": 0.3}

def roots(w):
    return np.sum(w ** POWERS["p"]) ** (1 / POWERS["p"]) / np.sum(w)

def entropy(w):
    t = w / w.sum()
    return np.sum(np.where(t > 0, t * np.log(t), 0))

def spread(w):
    return np.std(w) / np.mean(w)

def running(w):
    best = -np.inf
    for x in w:
        best = x if x > best else best
    return best / w.sum()
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    monkeypatch.setattr(plain_functions, "FLOAT_SECONDS", 0.3)
    path = tmp_path / "hostile.py"
    path.write_text(HOSTILE)
    return str(path)


def criteria(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["criteria", *arguments, "--quiet", "--budget", "1000", "--jobs", "1"])
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "returns no number but None"),
        ("text", "returns no number but a str"),
        ("imaginary", "returns no number but a complex"),
        ("complex_number", "returns no number but a complex128"),
        ("pair", "returns no number but a ndarray of shape (2,)"),
        ("infinite", "returns inf"),
        ("recursive", "raises RecursionError"),
        ("quits", "raises SystemExit"),
        ("stops", "raises Stop"),
        ("says_nothing", "raises Mute"),
        ("two", "missing 1 required positional argument: 'p'"),
        ("drawn", "depends on something else than its vector"),
        ("counts_calls", "depends on something else than its vector"),
        ("endless", "has not returned after"),
    ],
)
def test_what_is_no_measure_is_said_in_one_line(
    hostile: str, capfd: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert criteria(f"{hostile}:{name}") == 2
    captured = capfd.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not captured.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("first", "it depends on the order of the entries"),
        ("positive_only", "no value at [1, 0], where it raises ValueError: no zeros"),
        ("single", "not certified at [1, 1]: the function turns its entries into floats"),
        ("off_by_rounding", "it computes with floats that are not written as numbers"),
    ],
)
def test_what_is_odd_is_noticed(
    hostile: str, capfd: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert criteria(f"{hostile}:{name}", "--json", "-") == 1
    (measure,) = json.loads(capfd.readouterr().out)["measures"]
    assert said in measure["noticed"][0]


def test_noise_and_changes_of_the_argument_stay_inside(
    hostile: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert criteria(f"{hostile}:noisy") == 1
    captured = capfd.readouterr()
    assert "chatter" not in captured.out + captured.err
    assert "left = right" in captured.out


def test_what_is_noticed_stands_with_the_measure() -> None:
    measure = find_measure("gini")
    lines = list(row_lines(CriteriaRow(measure, "gini", {}, {}, ("it is odd",)), ""))
    assert "  noticed    it is odd" in lines


def test_rounding_in_the_function_decides_nothing(hostile: str) -> None:
    # mathematically equal: only the rounding of the constant, of 1/p, would tell them apart
    one, two = [(balls.exactly(F(3)), 2)], [(balls.exactly(F(3)), 4)]
    for name in ("off_by_rounding", "roots"):
        resolve(f"{hostile}:{name}.cloning")
    with balls.precision(400):
        sides = [plain_functions.value_of("off_by_rounding", w, balls) for w in (one, two)]
        assert balls.sign(balls.enclosure(sides[0]) - sides[1]) is None
        scaled = [[(balls.exactly(F(x)), 1) for x in w] for w in ((1, 3), (1000, 3000))]
        sides = [plain_functions.value_of("roots", w, balls) for w in scaled]
        assert balls.sign(balls.enclosure(sides[0]) - sides[1]) is None
    claim, _ = resolve(f"{hostile}:off_by_rounding.cloning")
    assert settle(claim, HUNT, default_engines()).name == "open"


def test_a_function_that_tells_exact_numbers_from_floats(hostile: str) -> None:
    resolve(f"{hostile}:by_type.babies")
    with pytest.raises(Undecided, match="takes another way over exact numbers than in floats"):
        plain_functions.value_of("by_type", numbers(F(1), F(2)), exact)


def test_idioms_run_over_exact_numbers(hostile: str) -> None:
    for name in ("entropy", "spread", "running"):
        resolve(f"{hostile}:{name}.babies")
    ones = numbers(F(1), F(1), F(0))
    assert str(plain_functions.value_of("entropy", ones, exact)) == "-log(2)"
    assert plain_functions.value_of("spread", numbers(F(1), F(3)), exact).fraction == F(1, 2)
    assert plain_functions.value_of("running", numbers(F(1), F(3)), exact).fraction == F(3, 4)


def test_an_order_that_matters_breaks_nothing(hostile: str) -> None:
    for criterion in ("rising-tide", "cloning", "babies", "robin-hood"):
        settle(resolve(f"{hostile}:first.{criterion}")[0], HUNT, default_engines())


#: 1 - 2^-(60 + n) as a whole number of 10^-20, in floats always 10^20
LEVEL = "int((1 - 2.0 ** -(60 + n)) * 10**20)"
ELSEWHERE = {
    "a module beside the file": "from levels import level",
    "a text that is evaluated": f"def level(n):\n    return eval({LEVEL!r}, {{'n': n}})",
    "one of two in a line": f"level, other = lambda n: {LEVEL}, lambda n: {LEVEL} + 1",
    "what is watched no longer": "import sys\nfrom levels import level as other\n"
    "def level(n):\n    sys.setprofile(None)\n    return other(n)",
    "another thread": "from concurrent.futures import ThreadPoolExecutor\n"
    "from levels import level as other\ndef level(n):\n"
    "    with ThreadPoolExecutor(1) as pool:\n        return pool.submit(other, n).result()",
    "decimal numbers": "from decimal import Decimal\ndef level(n):\n"
    "    return int((1 - Decimal(2) ** -(60 + 9 * n)) * 10**20)",
    "an attribute": f"class Levels: pass\nkept = Levels()\nkept.level = lambda n: {LEVEL}\n"
    "def level(n):\n    return kept.level(n)",
}


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_floats_of_code_whose_text_is_not_read_decide_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    (tmp_path / "levels.py").write_text(f"def level(n):\n    return {LEVEL}\n")
    file = tmp_path / "mine.py"
    file.write_text(f"{text}\ndef saturated(w):\n    return level(len(w)) + 0 * w.sum()\n")
    found = verdict(str(file), "saturated.babies")
    assert found.name == "open"
    said = ("whose text is not read", "out of sight", "decimal numbers")
    assert any(words in line for line in found.tried for words in said)


def test_what_listens_to_the_garbage_collection_is_no_code_of_the_function(
    file: str,
) -> None:
    listener: dict[str, object] = {}
    exec("def heard(phase, info): return 0.5 * 3", listener)  # noqa: S102
    before = gc.get_threshold()
    gc.callbacks.append(listener["heard"])  # type: ignore[arg-type]
    gc.set_threshold(1)
    try:
        assert verdict(file, "peak.babies").name == "refuted"
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(listener["heard"])  # type: ignore[arg-type]
    assert gc.isenabled()


def test_what_is_made_without_a_text_and_computes_nothing_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})
    file = tmp_path / "mine.py"
    file.write_text(
        "from collections import namedtuple\nfrom dataclasses import dataclass\n"
        "Pair = namedtuple('Pair', 'top whole')\n"
        "@dataclass\nclass Share:\n    top: object\n    whole: object\n"
        "def peak(w):\n"
        "    pair = Pair(w.max(), w.sum())\n"
        "    share = Share(pair.top, pair.whole)\n"
        "    return share.top / share.whole\n"
    )
    assert verdict(str(file), "peak.babies").name == "refuted"
