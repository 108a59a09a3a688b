"""`sparsity-audit measure`: which tensors it finds, what it says of them, and how it refuses."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from click.testing import CliRunner, Result

from numeric_check.arrays.pq_index import pq_index
from numeric_check.certifier.certify import decide
from numeric_check.certifier.witness import Witness
from sparsity_audit.cli.main import main
from sparsity_audit.inputs.measure_values import values
from symbolic_proofs.language.formulas import Relation
from symbolic_proofs.language.symbols import count
from symbolic_proofs.language.vectors import vector
from symbolic_proofs.measures import MEASURES

RNG = np.random.default_rng(1)
MODEL = {
    "layer.weight": RNG.standard_normal((6, 5)),
    "layer.bias": np.zeros(5),
    "marker": np.zeros(0),
    "steps": np.array(7.0),
}


def save_file(tensors: dict[str, Any], path: Path) -> None:
    pytest.importorskip("safetensors.numpy").save_file(tensors, path)


def run(*arguments: Any, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["measure", *map(str, arguments)], input=given)


def rows(*arguments: Any, given: bytes | None = None) -> list[dict[str, Any]]:
    shown = run(*arguments, "--json", "-", given=given)
    assert shown.exit_code == 0, shown.output
    found: list[dict[str, Any]] = json.loads(shown.stdout)["tensors"]
    return found


@pytest.fixture
def model(tmp_path: Path) -> Path:
    np.savez(tmp_path / "model.npz", **MODEL)  # type: ignore[arg-type]
    return tmp_path / "model.npz"


def test_a_zero_bias_and_an_empty_marker_have_rows_that_say_so(model: Path) -> None:
    shown = run(model)
    assert shown.exit_code == 0
    lines = {line.split()[0]: line for line in shown.stdout.splitlines()}
    assert lines["layer.bias"].endswith("is all zero, where the measure is 0/0")
    assert lines["marker"].endswith("is empty")
    whole = np.concatenate([array.ravel() for array in MODEL.values()])
    assert rows(model)[-1]["index"] == pytest.approx(pq_index(whole, 1, 2), rel=1e-14)


@pytest.mark.parametrize(
    ("array", "said"),
    [(np.zeros(4), "is all zero, where the measure is 0/0"), (np.zeros((0, 3)), "is empty")],
)
def test_a_file_of_nothing_but_zeros_has_rows_that_say_so(
    array: np.ndarray, said: str, tmp_path: Path
) -> None:
    np.save(tmp_path / "w.npy", array)
    shown = run(tmp_path / "w.npy")
    assert shown.exit_code == 0
    _, tensor, total = shown.stdout.splitlines()
    assert tensor.endswith(said)
    assert total.endswith(f"  {said}")
    tensor, total = rows(tmp_path / "w.npy")
    assert tensor["index"] is total["index"] is None
    assert total["problem"].endswith(f"the total over all tensors {said}")


@pytest.mark.parametrize("mode", [[], ["--eta", "1/3"], ["--measure", "gini"], ["--curve", "2"]])
def test_tensors_of_few_axes_can_be_left_out_of_the_total(model: Path, mode: list[str]) -> None:
    *tensors, total = rows(model, "--min-axes", "2", *mode)
    assert [row["in_total"] for row in tensors] == [True, False, False, False]
    assert total["entries"] == 30
    assert rows(model, "--min-axes", "1", *mode)[-1]["entries"] == 35
    if not mode:
        assert total["index"] == pq_index(MODEL["layer.weight"], 1, 2)


def test_names_are_chosen_by_pattern(model: Path) -> None:
    assert [row["name"] for row in rows(model, "--include", "*.weight")] == [
        "layer.weight",
        "total",
    ]
    several = rows(model, "--include", "steps", "--include", "layer.*")
    assert [row["name"] for row in several[:-1]] == ["layer.weight", "layer.bias", "steps"]
    refused = run(model, "--include", "nothing*")
    assert refused.exit_code == 2
    assert "there are 'layer.weight'" in refused.stderr


def test_files_folders_globs_and_standard_input_are_one_table(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    np.save(tmp_path / "deep" / "a.npy", [3.0, 4])
    np.save(tmp_path / "b.npy", [0.0, 1])
    (tmp_path / "vocabulary.txt").write_text("no numbers\n")
    (tmp_path / "c.csv").write_text("1; 2\n")
    folder = rows(tmp_path)
    assert [row["name"] for row in folder] == ["b", "a", "total"]
    assert folder[0]["file"].endswith("b.npy")
    assert folder[-1]["index"] == pq_index([3, 4, 0, 1], 1, 2)
    assert len(rows(tmp_path, tmp_path / "b.npy", tmp_path / "*.npy")) == 3  # each file once
    both = rows(tmp_path / "*.csv", "-", given=b"5 6 7\n")
    assert [row["name"] for row in both] == ["c", "standard input", "total"]
    assert both[-1]["entries"] == 5
    for nothing in (tmp_path / "*.zip", tmp_path / "absent.npy"):
        assert run(nothing).exit_code == 2
    (tmp_path / "none").mkdir()
    assert "use a glob" in run(tmp_path / "none").stderr


def test_a_folder_of_shards_counts_each_tensor_once(tmp_path: Path) -> None:
    save_file({"a": np.ones(3)}, tmp_path / "model-1.safetensors")
    save_file({"b": np.ones((2, 2))}, tmp_path / "model-2.safetensors")
    index = tmp_path / "model.safetensors.index.json"
    shards = {"a": "model-1.safetensors", "b": "model-2.safetensors"}
    index.write_text(json.dumps({"weight_map": shards}))
    assert rows(tmp_path) == rows(index)
    assert rows(index)[-1]["entries"] == 7
    index.write_text("{}")
    assert run(tmp_path).exit_code == run(index).exit_code == 2


def test_slices_along_an_axis_are_summed_up(tmp_path: Path) -> None:
    array = np.abs(RNG.standard_normal((4, 7))) + 1
    array[2] = 0
    np.savez(tmp_path / "m.npz", weight=array, bias=np.ones(4))
    weight, bias = rows(tmp_path / "m.npz", "--axis", "1")
    each = pq_index(array[[0, 1, 3]], 1, 2, axis=1)
    assert (weight["slices"], weight["without_value"]) == (4, 1)
    assert weight["least"] == pytest.approx(each.min())
    assert weight["median"] == pytest.approx(np.median(each))
    assert weight["greatest"] == pytest.approx(each.max())
    assert "has no axis 1" in bias["problem"]
    assert rows(tmp_path / "m.npz", "--axis", "0,1")[0]["slices"] == 1
    assert run(tmp_path / "m.npz", "--axis", "0,-2").exit_code == 2


def test_pruners_are_told_the_count_and_the_floor(model: Path) -> None:
    weight = rows(model, "--eta", "1/10")[0]
    sizes = sorted((Fraction(abs(x)) for x in MODEL["layer.weight"].ravel()), reverse=True)
    kept = next(r for r in range(31) if 10 * sum(sizes[r:]) <= sum(sizes[:r]))
    assert weight["kept"] == weight["kept_at_most"] == kept
    assert weight["floor"] == pytest.approx(30 * 1.1**-2 * weight["one_minus_index"] ** 2)
    assert weight["floor"] <= kept
    tau = sum(x * x for x in sizes) / sum(sizes)
    assert weight["tau"] == pytest.approx(float(tau))
    assert weight["above_tau"] == sum(x > tau for x in sizes)
    assert rows(model, "--eta", "0")[0]["kept"] == 30
    assert "least kept" in run(model, "--eta", "0.1").stdout


def test_the_curve_begins_at_the_index(model: Path) -> None:
    weight = rows(model, "--curve", "4")[0]
    assert [point["masked"] for point in weight["curve"]] == [0, 7, 15, 22]
    assert weight["curve"][0]["index"] == pytest.approx(pq_index(MODEL["layer.weight"], 1, 2))
    assert "I, 25 %" in run(model, "--curve", "4").stdout


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_each_built_in_measure_has_the_value_of_its_term(measure: Any) -> None:
    entries = [Fraction(n, 4) for n in (1, 9, 2, 2, 13)]
    p, q = Fraction(1, 2), Fraction(2)
    [found] = values([measure], np.array(entries, float), p, q)
    witness = Witness({"p": p, "q": q}, {"W": tuple((entry, 1) for entry in entries)})
    term, width = measure.term(vector("W", count("N"), nonnegative=True)), Fraction(1, 10**10)
    for sign, bound in (("<", Fraction(found) + width), (">", Fraction(found) - width)):
        rational = sp.Rational(bound.numerator, bound.denominator)
        assert decide(Relation(sign, term, rational), witness)


def test_measures_stand_beside_each_other(model: Path) -> None:
    found = rows(model, "--measure", "gini,pq-index,hoyer", "--p", "1/2", "--q", "3")
    assert list(found[0]["measures"]) == ["gini", "pq-index", "hoyer"]
    index = pq_index(MODEL["layer.weight"], 0.5, 3)
    assert found[0]["measures"]["pq-index"] == pytest.approx(index, rel=1e-12)
    assert found[1]["problem"].endswith("has no gini, pq-index, hoyer")
    unknown = run(model, "--measure", "gin")
    assert (unknown.exit_code, "did you mean gini?" in unknown.stderr) == (2, True)
    assert (
        "pq-mean is defined for"
        in run(model, "--measure", "pq-mean", "--p", "2", "--q", "3").stderr
    )


def test_a_terminal_gets_no_control_characters_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "m\x1b[2J.safetensors"
    save_file({"w\x1b[31m\u202e\n": np.ones(3), "nan": np.array([np.nan])}, file)
    for shown in (run(file), run(file, "--keep-going"), run(file, tmp_path / "\x07.npy")):
        said = shown.stdout + shown.stderr
        assert said
        assert all(sign.isprintable() or sign == "\n" for sign in said)
    assert "w\\x1b[31m\\u202e\\n" in run(file, "--keep-going").stdout


def test_a_pickle_is_answered_with_the_lines_that_convert_it(tmp_path: Path) -> None:
    (tmp_path / "model.pt").write_bytes(b"\x80\x04.")
    shown = run(tmp_path / "model.pt")
    assert shown.exit_code == 2
    first, *lines = shown.stderr.strip().splitlines()
    assert first.endswith("which is never run; convert it first, with")
    assert len(lines) == 2
    assert "weights_only=True" in lines[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--axis", "0", "--eta", "1"],
        ["--axis", "x"],
        ["--eta", "-1"],
        ["--curve", "0"],
        ["--min-axes", "-1"],
        ["--p", "1/2000"],
    ],
)
def test_options_that_make_no_sense_are_refused_in_one_line(
    model: Path, arguments: list[str]
) -> None:
    shown = run(model, *arguments)
    assert shown.exit_code == 2
    assert shown.stderr.count("\n") == 1
    assert not shown.stdout


def test_help_has_an_example_for_every_option() -> None:
    shown = " ".join(run("--help").stdout.split())
    examples = shown.partition("Example:")[2]
    for option in ("--p", "--q", "--include", "--min-axes", "--axis", "--measure", "--eta",
                   "--curve", "--json", "--keep-going", "measure -"):  # fmt: skip
        assert f"{option}" in examples, option
