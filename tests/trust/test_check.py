"""What `check` says of stored files: altered, open, old, too long, and those of every kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from numeric_check.certifier.certify import Certificate
from sparsity_audit.cli.main import main
from sparsity_audit.verdicts.evidence_parts import EVIDENCE, evidence_of
from sparsity_audit.verdicts.finding import Status
from sparsity_audit.verdicts.one_claim import Hunt, settle
from sparsity_audit.verdicts.prover_and_search import default_engines
from sparsity_audit.verdicts.verdict_json import document, record
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.kernel import RULES
from symbolic_proofs.language import count, equal, positive, size, vector
from symbolic_proofs.language import serialization as wire
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import Every, Formula, Relation
from symbolic_proofs.language.operations import Abs
from symbolic_proofs.language.serialization import to_wire
from symbolic_proofs.language.sums import ShortestWindow
from symbolic_proofs.language.symbols import KINDS, symbol
from symbolic_proofs.language.terms import PowerSum, Total
from symbolic_proofs.language.vectors import Steps

from .stored_files import BUILT_IN, OWN, alone, check, stored

CONFIRMED, REFUSED, UNCHECKED = Status.CONFIRMED, Status.REFUSED, Status.UNCHECKED
UNCHECKED_IDS = {"mine.open", "mine.failed", "mine.contradiction"}


def entry_of(data: dict[str, Any], id_: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in data["claims"] if entry["id"] == id_)
    return found


def refusal(folder: Path, data: Any) -> str:
    """Return why the only finding on a file refuses it."""
    (found,) = check(folder, data)
    assert found.status is REFUSED, found
    assert "\n" not in found.said
    return found.said


# -- every kind of verdict ---------------------------------------------------------------------


def test_every_kind_of_verdict_is_confirmed_or_said_not_to_be_checked(tmp_path: Path) -> None:
    found = {finding.claim: finding for finding in check(tmp_path, stored())}
    assert {id_ for id_, f in found.items() if f.status is UNCHECKED} == UNCHECKED_IDS
    assert not [f for f in found.values() if f.status is REFUSED]
    said = {id_: finding.said.partition(";")[0] for id_, finding in found.items()}
    assert said["scaling.norm"] == "proved, the derivation checks"
    assert said["zeros.p-norm"] == "refuted, the certificate checks"
    assert said["adjust.threshold"] == "refuted, the derivation of its negation checks"
    assert said["range.zero-vector"] == "undefined: I of a zero vector"
    assert said["mine.forgotten"].startswith("undefined: ")
    assert said["mine.forgotten, with W ≠ 0"] == "proved, the derivation checks"
    assert said["mine.example"] == "proved, the certificate of the example checks"
    assert said["mine.nothing"] == "proved, the derivation checks"
    assert "its premises contradict each other" in found["mine.nothing"].said
    assert said["mine.contradiction"] == (
        "open: nothing checked but that its premises contradict each other"
    )
    assert said["mine.open"] == "open: nothing checked"
    assert said["mine.failed"] == "open: the program failed on it, nothing checked"


def test_the_exit_code_is_0_for_what_is_confirmed_refutations_too(tmp_path: Path) -> None:
    data = stored()
    path = tmp_path / "verdicts.json"
    data["claims"] = [entry for entry in data["claims"] if entry["id"] not in UNCHECKED_IDS]
    path.write_text(json.dumps(data))
    shown = CliRunner().invoke(main, ["check", str(path)])
    assert shown.exit_code == 0, shown.output
    path.write_text(json.dumps(alone("mine.open")))
    shown = CliRunner().invoke(main, ["check", str(path)])
    assert shown.exit_code == 1
    assert "mine.open: open: nothing checked" in shown.stdout


def test_what_is_not_vouched_for_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text(json.dumps(stored()))
    lines = CliRunner().invoke(main, ["check", str(path)]).stdout.splitlines()
    (last,) = [line for line in lines if line.startswith("not vouched for: ")]
    assert last == lines[-1]
    for what in ("reasons of steps", "seconds", "ids, titles and locators", "what was tried"):
        assert what in last


def test_a_plain_function_is_not_run_and_what_is_open_is_said_to_be(tmp_path: Path) -> None:
    file, path = tmp_path / "mine.py", tmp_path / "rows.json"
    file.write_text("def stretch(w):\n    return (w.max() - w.min()) / w.sum()\n")
    arguments = ["criteria", f"{file}:stretch", "--budget", "500", "--jobs", "1", "--quiet"]
    CliRunner().invoke(main, [*arguments, "--json", str(path)])
    data = json.loads(path.read_text(encoding="utf-8"))
    verdicts = [entry["verdict"] for entry in data["claims"]]
    assert {"open", "refuted"} <= set(verdicts)
    for verdict, found in zip(verdicts, check(tmp_path, data), strict=True):
        if verdict == "open":
            assert (found.status, found.said[:21]) == (UNCHECKED, "open: nothing checked")
        else:
            assert found.status is REFUSED
            assert "stretch is a plain function" in found.said


# -- altered files -----------------------------------------------------------------------------

TEXTS = ("statement", "latex", "title", "locator", "verdict")


@pytest.mark.parametrize("id_", BUILT_IN)
@pytest.mark.parametrize("key", TEXTS)
def test_no_text_of_a_built_in_claim_can_be_changed(tmp_path: Path, id_: str, key: str) -> None:
    data = alone(id_)
    data["claims"][0][key] = "I(W) = 42 for every W"
    assert f"{key}" in refusal(tmp_path, data).replace("LaTeX", "latex")


@pytest.mark.parametrize("id_", [one.id for one in OWN])
@pytest.mark.parametrize("key", ["statement", "latex", "verdict", "conditions"])
def test_no_text_of_an_own_claim_can_be_changed(tmp_path: Path, id_: str, key: str) -> None:
    data = alone(id_)
    data["claims"][0][key] = [] if key == "conditions" else "proved"
    if data["claims"][0][key] != alone(id_)["claims"][0][key]:
        refusal(tmp_path, data)


@pytest.mark.parametrize("id_", BUILT_IN)
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("conditions", []),
        ("conditions", ["p < q", "N ∈ {1, 2, …}"]),
        ("amendment", "scaling.invariance"),
        ("steps", 99),
        ("confirmed", 10**6),
        ("confirmed", -1),
        ("candidates", "many"),
        ("seconds", "soon"),
        ("vacuous", True),
        ("premises", "an example is known"),
        ("note", "checked by a friend"),
        ("expected", "proved"),
    ],
)
def test_no_number_or_list_that_is_shown_can_be_changed(
    tmp_path: Path, id_: str, key: str, value: Any
) -> None:
    data = alone(id_)
    data["claims"][0][key] = value
    refusal(tmp_path, data)


@pytest.mark.parametrize("id_", [*BUILT_IN, *(one.id for one in OWN)])
def test_no_part_of_a_record_can_be_left_out(tmp_path: Path, id_: str) -> None:
    for key in alone(id_)["claims"][0].keys() - {"id"}:
        data = alone(id_)
        del data["claims"][0][key]
        refusal(tmp_path, data)


def test_verdicts_of_other_evidence_are_refused(tmp_path: Path) -> None:
    for id_ in (*BUILT_IN, *(one.id for one in OWN)):
        for verdict in ("proved", "refuted", "undefined", "open", "true", None, 1):
            data = alone(id_)
            entry = data["claims"][0]
            if entry["verdict"] != verdict:
                entry["verdict"] = verdict
                refusal(tmp_path, data)


def test_a_refuted_claim_set_to_open_is_not_confirmed(tmp_path: Path) -> None:
    data = alone("firing.lowers.weights")
    entry = data["claims"][0]
    entry["verdict"] = "open"
    assert "does not show what the verdict says" in refusal(tmp_path, data)
    del entry["witness"], entry["certificate"]
    refusal(tmp_path, data)
    entry |= {"tried": [], "best_margin": None, "found": None}
    (found,) = check(tmp_path, data)
    assert (found.status, found.said) == (UNCHECKED, "open: nothing checked")
    (found,) = check(tmp_path, {**data, "claims": [{"id": entry["id"], "verdict": "open"}]})
    assert found.status is not CONFIRMED


def test_reasons_may_differ_and_steps_may_not(tmp_path: Path) -> None:
    data = alone("scaling.norm")
    steps = data["claims"][0]["derivation"]["steps"]
    steps[0]["reason"] = "because the moon is round"
    (found,) = check(tmp_path, data)
    assert found.status is CONFIRMED
    assert "reasons of steps" in found.not_vouched
    steps[0]["text"] = "I(W) = 42"
    refusal(tmp_path, data)
    del steps[0]["text"], steps[0]
    refusal(tmp_path, data)
    data = alone("scaling.norm")
    data["claims"][0]["derivation"]["nodes"][0]["latex"] = "I(W) = 42"
    refusal(tmp_path, data)


def test_a_missing_condition_is_checked_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    for key, value in (
        ("reason", "because"),
        ("text", "W = 0"),
        ("latex", "W = 0"),
        ("condition", to_wire(Relation(">", positive("p"), 1))),
        ("condition", "1"),
        ("witness", {}),
        ("claim", None),
        ("claim", {"verdict": "proved"}),
        ("more", 1),
    ):
        data = alone("mine.forgotten")
        data["claims"][0]["missing"][key] = value
        refusal(tmp_path, data)
    for key, value in (("verdict", "refuted"), ("statement", "1 = 1"), ("id", "mine.other")):
        data = alone("mine.forgotten")
        data["claims"][0]["missing"]["claim"][key] = value
        refusal(tmp_path, data)


def test_an_example_and_a_contradiction_of_the_premises_are_decided_again(tmp_path: Path) -> None:
    data = alone("scaling.norm")
    data["claims"][0]["example"] = {**data["claims"][0]["example"], "r": "-1"}
    assert "premises do not hold" in refusal(tmp_path, data)
    data = alone("mine.scaling")
    data["claims"][0]["example"] = {**data["claims"][0]["example"], "p": "5", "q": "1"}
    assert "premises do not hold" in refusal(tmp_path, data)
    other = alone("mine.scaling")["claims"][0]["derivation"]
    data = alone("mine.nothing")
    data["claims"][0]["vacuity"] = other
    assert "contradict" in refusal(tmp_path, data)


def test_a_contradiction_of_the_premises_is_not_taken_out_unseen(tmp_path: Path) -> None:
    premises = (Relation("<", y, 1), Relation("<", 1, y))
    empty = claim("mine.empty", "-", "-", given=premises, then=equal(y, y))
    data = document([record(settle(empty, Hunt(budget=100), default_engines()), ())], 0)
    (found,) = check(tmp_path, data)
    assert "premises contradict each other" in found.said
    data["claims"][0] |= {"vacuity": None, "vacuous": None, "premises": None}
    (found,) = check(tmp_path, data)
    assert "no example of its premises" in found.said


def test_parts_of_the_file_beside_its_verdicts_are_those_that_are_written(tmp_path: Path) -> None:
    for more in ({"note": "all of it holds"}, {"seed": "x"}, {"interrupted": "no"}):
        *_, last = check(tmp_path, {**alone("scaling.norm"), **more})
        assert last.status is REFUSED
    data = alone("scaling.norm")
    *_, last = check(tmp_path, {**data, "claims": data["claims"] * 2})
    assert "another verdict on a claim of this id" in last.said
    table = [{"criteria": {"D1": {"claim": "scaling.norm", "verdict": "refuted"}}}]
    *_, last = check(tmp_path, {**data, "measures": table})
    assert "the table of measures" in last.said
    table[0]["criteria"]["D1"]["verdict"] = "proved"
    (found,) = check(tmp_path, {**data, "measures": table})
    assert found.status is CONFIRMED
    assert "the table of measures but for its verdicts" in found.not_vouched


# -- schema 1 ----------------------------------------------------------------------------------

FIRST = (
    *("id", "locator", "title", "verdict", "statement", "latex", "conditions", "amendment"),
    *("candidates", "effective", "seconds", "formula", "steps", "confirmed", "derivation"),
    *("witness", "certificate", "fixed", "disproof", "reason", "limits"),
)


def first_schema(id_: str) -> dict[str, Any]:
    (entry,) = alone(id_)["claims"]
    return {
        "schema": 1,
        "seed": 0,
        "claims": [{key: entry[key] for key in FIRST if key in entry}],
    }


@pytest.mark.parametrize("id_", [*BUILT_IN, "mine.scaling"])
def test_the_text_of_schema_1_is_printed_anew_and_said_to_be(tmp_path: Path, id_: str) -> None:
    data = first_schema(id_)
    statement = data["claims"][0]["statement"]
    data["claims"][0]["statement"] = "I(W) = 42"
    (found,) = check(tmp_path, data)
    assert found.status is CONFIRMED
    assert f"; the text of schema 1 printed anew: {statement}, for " in found.said
    assert "the text of schema 1 (it is printed anew)" in found.not_vouched
    for key, value in (("verdict", "open"), ("vacuous", None), ("formula", "1"), ("note", "x")):
        altered = first_schema(id_)
        altered["claims"][0][key] = value
        refusal(tmp_path, altered)


@pytest.mark.parametrize("kind", KINDS)
def test_a_statement_is_shown_with_what_its_symbols_stand_for(tmp_path: Path, kind: str) -> None:
    x, said = symbol("x", kind), {"real": "x ∈ ℝ", "nonnegative": "x ≥ 0", "positive": "x > 0"}
    said |= {"size": "x ∈ {0, 1, …}", "count": "x ∈ {1, 2, …}"}
    stated = claim("mine.kind", "", "x", then=equal(Abs(x), x))
    settled = settle(stated, Hunt(budget=1_000), default_engines())
    assert settled.name == ("refuted" if kind == "real" else "proved")
    whole = document([record(settled, ())], 0)
    for data in (whole, evidence_of(whole["claims"][0])):
        (found,) = check(tmp_path, data)
        assert found.status is CONFIRMED
        assert found.said.endswith(f"; the statement in the file is: |x| = x, for {said[kind]}")


def test_a_derivation_of_schema_1_that_fails_to_replay_is_refused_in_words(tmp_path: Path) -> None:
    data = first_schema("scaling.norm")
    data["claims"][0]["derivation"]["nodes"][0]["rule"] = "a_rule_of_old"
    assert "there is no rule 'a_rule_of_old'" in refusal(tmp_path, data)


def test_a_file_of_schema_2_does_not_pass_as_one_of_schema_1(tmp_path: Path) -> None:
    refusal(tmp_path, {**alone("scaling.norm"), "schema": 1})


# -- names that are permanent ------------------------------------------------------------------

#: stored derivations name these: none may go or change its meaning; a new one is added here
PERMANENT_RULES = """
    absurd antisymmetry arithmetic assume at_index both bound cases conjunct count_parts cut define
    every every_part exhibit exponential exponential_weak extreme_of_part generalise greatest iff
    instantiate least linear nonzero on_nonzero open_predicate ranked_sum rewrite sorted_sum split
    sum_up sum_up_strictly summand weaken whole window_of_copies window_of_equals window_scaled
""".split()  # noqa: SIM905
#: so do stored formulas these: heads, then kinds of symbols
PERMANENT_HEADS = """
    + * ^ Abs exp log tanh ceiling sym vec PowerSum Norm PQIndex NonzeroCount CountAtMost
    ShortestWindow Repeat Concat Sorted Entry NonZero Constant SameZeros SameVector Not And Iff
    Implies Applied Total Least Greatest NonzeroTotal OnNonzero Map Steps Every Some ForAll Exists
    = != < <= > >=
""".split()  # noqa: SIM905
PERMANENT_KINDS = ("real", "nonnegative", "positive", "size", "count")
PERMANENT_EVIDENCE = (
    *("derivation", "counterexample", "disproof", "undefined", "missing", "established"),
)


def heads_in(data: Any) -> set[str]:
    if not isinstance(data, list):
        return set()
    named = (
        {data[0]}
        if data and isinstance(data[0], str) and data[0][:1] not in "_-0123456789"
        else set()
    )
    return named.union(*map(heads_in, data)) if data else set()


def refused_by_wire(data: Any) -> str:
    try:
        wire.from_wire(data)
    except wire.WireError as refused:
        return str(refused)
    return ""


def test_the_names_of_rules_are_permanent() -> None:
    assert set(PERMANENT_RULES) <= set(RULES), "a stored derivation that uses this rule is lost"
    assert set(RULES) <= set(PERMANENT_RULES), "write the name of the new rule down here"


def test_the_names_of_heads_and_kinds_are_permanent() -> None:
    assert tuple(KINDS) == PERMANENT_KINDS
    assert tuple(EVIDENCE) == PERMANENT_EVIDENCE
    for name in PERMANENT_HEADS:
        assert "is not a name of this format" not in refused_by_wire([name]), name
    known = set(PERMANENT_HEADS)
    for one in CATALOGUE:
        written = json.dumps(to_wire(one.statement))
        assert json.loads(written) == to_wire(one.statement)
        used = heads_in(to_wire(one.statement))
        names = {v.name for v in one.variables} | {*KINDS}
        assert used - names - {str(s) for s in one.statement.free_symbols} <= known, one.id


# -- work --------------------------------------------------------------------------------------

i, j, N, y = count("i"), count("j"), count("N"), positive("y")
W = vector("W", N)
MANY = [[str(k), 1] for k in range(1, 20_000)]
LONG: dict[str, tuple[Formula, dict[str, Any]]] = {
    "sums in sums": (equal(Total(Total(1 / (i + j), j, N), i, N), 0), {"N": "100000"}),
    "ranges in ranges": (
        Every(Every(Relation(">", i + j, 2), j, N), i, N),
        {"N": "100000"},
    ),
    "an index in an index": (
        equal(Total(Total(abs(W[i] - W[j]), j, N), i, N), 0),
        {"W": MANY},
    ),
    "windows of each width": (equal(Total(ShortestWindow(W, i), i, N), 1), {"W": MANY}),
    "roots of high order": (equal(Total(i ** (1 / y), i, N), 0), {"N": "100000", "y": "7"}),
}


def long_file(formula: Formula, witness: dict[str, Any]) -> dict[str, Any]:
    shown = {"method": "ball", "bits": 53, "left": "1", "relation": "=", "right": "0", "holds": ">"}
    fact = {**shown, "power": 0, "moved": [], "reduced": []}
    certificate = {**shown, "facts": [fact], "seal": "0" * 64}
    Certificate.from_json(certificate)
    return {
        "schema": 2,
        "kind": "counterexample",
        "claim": "mine.slow",
        "formula": to_wire(formula),
        "witness": witness,
        "certificate": certificate,
    }


@pytest.mark.parametrize("name", LONG)
def test_what_takes_too_much_work_is_said_not_to_be_checked(tmp_path: Path, name: str) -> None:
    (found,) = check(tmp_path, long_file(*LONG[name]))
    assert found.status is UNCHECKED
    assert found.said == ("not checked: more than 2,000,000 operations; a greater --work may do")


SHORT: dict[str, tuple[Formula, dict[str, Any]]] = {
    "a sum over 10^12 equal entries": (
        equal(Total(i * W[i], i, N), 0),
        {"W": [["1", 10**12], ["2", 1]]},
    ),
    "a tower of powers": (equal(((y + 1) ** y) ** y**y, 0), {"y": f"{10**3000 + 1}/{10**3000}"}),
    "10^12 steps": (equal(PowerSum(Steps(W, j, size("m")), 2), 0), {"W": MANY, "m": str(10**12)}),
}


@pytest.mark.parametrize("name", SHORT)
def test_what_is_long_and_soon_looked_through_ends_soon(tmp_path: Path, name: str) -> None:
    (found,) = check(tmp_path, long_file(*SHORT[name]))
    assert found.status is REFUSED


def test_a_claim_past_its_work_does_not_hold_up_the_others(tmp_path: Path) -> None:
    data = stored()
    data["claims"] = [entry_of(data, "adjust.threshold"), entry_of(data, "zeros.p-norm")]
    path = tmp_path / "verdicts.json"
    path.write_text(json.dumps(data))
    # a process of its own: what was replayed before is not replayed again
    for work, code in (("10000", 1), ("1000000", 0)):
        command = [sys.executable, "-m", "sparsity_audit", "check", str(path), "--work", work]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert ("adjust.threshold: not checked" in done.stdout) == bool(code)
        assert "zeros.p-norm: not checked" not in done.stdout
    shown = CliRunner().invoke(main, ["check", str(path), "--work", "0"])
    assert shown.exit_code == 2
    assert shown.stdout == ""


# -- standard output under any locale -----------------------------------------------------------

ENCODINGS = [
    {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "latin-1"},
]
#: how a claim is written is asked here, not what becomes of it
FEW = ("--budget", "300", "--effort", "2000")
JSON_COMMANDS = {
    "list": ["list", "--json", "-"],
    "verify": ["verify", "zeros.p-norm", "--budget", "500", "--jobs", "1", "--json", "-"],
    "derive": ["derive", "scaling.norm", "--format", "json"],
    "search": ["search", "zeros.p-norm", "--budget", "500", "--json", "-"],
    "criteria": ["criteria", "hoyer", *FEW, "--jobs", "1", "--json", "-"],
}
TABLES = {
    "list": ["list"],
    "verify": ["verify", "zeros.p-norm", "--budget", "500", "--jobs", "1"],
    "derive": ["derive", "scaling.norm"],
}


def output(arguments: list[str], environment: dict[str, str]) -> bytes:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONIO"))}
    done = subprocess.run(
        [sys.executable, "-m", "sparsity_audit", *arguments],
        capture_output=True,
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert b"Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("name", JSON_COMMANDS)
def test_json_on_standard_output_reads_back_under_any_locale(name: str) -> None:
    read = []
    for environment in ({"PYTHONIOENCODING": "utf-8"}, *ENCODINGS[: 2 if name != "list" else None]):
        written = output(JSON_COMMANDS[name], environment)
        data = json.loads(written.decode("utf-8"))
        for entry in data.get("claims", ()) if isinstance(data, dict) else ():
            del entry["seconds"]
        read.append(data)
    assert all(data == read[0] for data in read)
    assert "≠" in json.dumps(read[0], ensure_ascii=False) or name in ("derive", "search")


@pytest.mark.parametrize("name", TABLES)
def test_tables_and_derivations_are_printed_whatever_can_be_printed(name: str) -> None:
    for environment in ENCODINGS[1:3]:
        assert output(TABLES[name], environment).strip()


def test_what_check_says_is_printed_whatever_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text(json.dumps(stored()), encoding="utf-8")
    for environment in ENCODINGS:
        assert b"mine.open: open" in output(["check", str(path)], environment)


def test_a_claim_of_a_file_is_not_taken_for_the_built_in_one_of_its_id(tmp_path: Path) -> None:
    x = positive("x")
    stated = claim("firing.lowers.weights", "", "", then=equal(x, x))
    verdict = settle(stated, Hunt(budget=100), default_engines())
    data = document([record(verdict, ())], 0)
    assert "another statement" in refusal(tmp_path, data)
    data["claims"][0] |= {"paper": "mine.claims", "line": 1}
    (found,) = check(tmp_path, data)
    assert found.claim == "mine.claims:firing.lowers.weights"
