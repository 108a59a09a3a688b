"""The command line: codes, streams, messages, and files that are not to be trusted."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sparsity_audit.cli.main import COMMANDS, main
from symbolic_proofs.claims.catalogue import CATALOGUE

PROVED, REFUTED = "scaling.norm", "firing.lowers.weights"
SMALL = ("--budget", "3000", "--jobs", "1")


def run(*args, **options):
    return CliRunner().invoke(main, [str(arg) for arg in args], **options)


def program(*args, env=None, **options):
    """Run the real program."""
    return subprocess.run(
        [sys.executable, "-m", "sparsity_audit", *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **(env or {})},
        timeout=300,
        check=False,
        **options,
    )


def one_line(text):
    return text.startswith("sparsity-audit: ") and text.count("\n") == 1


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert f"Example: sparsity-audit {command}" in shown.output


def test_help_is_the_same_where_python_leaves_docstrings_out():
    script = (
        "from click.testing import CliRunner\n"
        "from sparsity_audit.cli.main import COMMANDS, main\n"
        "for command in ('', *COMMANDS):\n"
        "    print(CliRunner().invoke(main, [*filter(None, [command]), '--help']).output)\n"
    )
    shown = [
        subprocess.run([sys.executable, *flags, "-c", script], capture_output=True, check=True)
        for flags in ([], ["-OO"])
    ]
    assert b"Settle the formal claims" in shown[0].stdout
    assert b"Check stored evidence again" in shown[0].stdout
    assert shown[0].stdout == shown[1].stdout


def test_titles_do_not_come_from_docstrings_that_may_be_left_out(tmp_path):
    path = tmp_path / "spread.py"
    path.write_text(
        'def spread(w):\n    """How wide the entries lie."""\n    return w.max() / w.sum()\n'
    )
    script = (
        "import sys\n"
        "from sparsity_audit.inputs.lookup import measure_of\n"
        "from sparsity_audit.report.sections import sections\n"
        "from symbolic_proofs import CATALOGUE\n"
        "print([section.title for section in sections(CATALOGUE)])\n"
        "print(measure_of(sys.argv[1])[0].title)\n"
    )
    shown = [
        subprocess.run(
            [sys.executable, *flags, "-c", script, f"{path}:spread"],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for flags in ([], ["-OO"])
    ]
    assert "How wide the entries lie" in shown[0]
    assert "A.1: scaling" in shown[0]
    assert shown[0] == shown[1]


def test_help_and_version_load_no_mathematics():
    script = (
        "import sys\n"
        "from sparsity_audit.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as e: assert e.code == 0\n"
        "assert not {'sympy', 'numpy', 'flint', 'rich'} & set(sys.modules)\n"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
    )
    shown = program("--version")
    assert shown.stdout.startswith("sparsity-audit ")
    assert shown.returncode == 0


# What is wrong with the input is said in one line


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["serach"], "did you mean search?"),
        (["derive", "scaling.invarianse"], "did you mean scaling.invariance"),
        (["verify", "zero.raise"], "did you mean zeros.raise"),
        (["search", "xyzzy"], "`sparsity-audit list` shows them"),
        (["verify", os.curdir], ". is a folder: name the claims files in it"),
        (["search", "zeros.raise", "--p", "2", "--q", "1"], "stated for p < q: p = 2, q = 1"),
        (["search", "order.p-less-q", "--p", "1", "--q", "2"], "stated for p > q"),
        (["search", "zeros.raise", "--p", "0"], "0 is not above 0"),
        (["search", "zeros.raise", "--p", "-1/2"], "-1/2 is not above 0"),
        (["search", "zeros.raise", "--p", "1/0"], "is not a number; write 2, 1/2 or 0.5"),
        (["search", "zeros.raise", "--p", "1..2"], "is not a number"),
        (["search", "zeros.raise", "--q", "1e400"], "is not a number"),
        (["search", "zeros.raise", "--q", "__import__('os')"], "is not a number"),
        (["search", "zeros.raise", "--dim", "0"], "0 is not in the range"),
        (["search", "zeros.raise", "--dim", "2-"], "is not a valid int"),
        (["search", "zeros.raise", "--budget", "-5"], "not in the range"),
        (["search", "zeros.raise", "--executor", "abacus"], "abacus"),
        (["search", "zeros.raise", "--journal", "/"], "/"),
        (["verify", "--jobs", "0"], "not in the range"),
        (["verify", "--time", "nan"], "write a number of seconds"),
        (["verify", "--no-such-option"], "--no-such-option"),
        (["derive"], "ID"),
        (["measure", "no-such-file.npy"], "no-such-file.npy"),
        (["measure", "x.npy", "--p", "2", "--q", "2"], "p = 2 is not below q = 2"),
        (["check", "no-such-file.json"], "cannot be read"),
    ],
)
def test_input_errors_take_one_line_and_code_2(args, says):
    shown = run(*args)
    assert shown.exit_code == 2, shown.output
    assert shown.stdout == ""
    assert one_line(shown.stderr), shown.stderr
    assert says in shown.stderr


HOSTILE_FILES = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "not json": b"{claims: [}",
    "a list": b"[]",
    "another schema": b'{"schema": 3, "claims": []}',
    "a schema that is not a number": b'{"schema": true, "claims": []}',
    "two values for one name": b'{"schema": 2, "claims": [{"id": "a", "id": "b"}]}',
    "too deep": b'{"schema": 2, "x": ' + b"[" * 200 + b"]" * 200 + b"}",
    "cut short": b'{"schema": 2, "claims": [{"id": "zeros.raise", "verdi',
    "no schema": b"{}",
    "no verdicts": b'{"schema": 1, "claims": []}',
    "verdicts that are not a list": b'{"schema": 1, "claims": {"a": 1}}',
    "verdict that is not an object": b'{"schema": 1, "claims": [1]}',
    "verdict without id": b'{"schema": 1, "claims": [{"verdict": "proved"}]}',
    "unknown kind": b'{"schema": 1, "kind": "__class__", "claim": "zeros.raise"}',
    "kind that is not text": b'{"schema": 1, "kind": ["derivation"], "claim": "zeros.raise"}',
    "parts missing": b'{"schema": 1, "kind": "counterexample", "claim": "zeros.raise"}',
    "unknown claim": b'{"schema": 1, "kind": "derivation", "claim": "x", "derivation": []}',
    "NaN": b'{"schema": NaN}',
    "deep": b'{"schema":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "huge number": b'{"schema": ' + b"9" * 10_000 + b"}",
    "pickle": b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94.",
}


@pytest.mark.parametrize("content", HOSTILE_FILES.values(), ids=HOSTILE_FILES)
def test_files_that_are_no_evidence(tmp_path, content):
    file = tmp_path / "evidence.json"
    file.write_bytes(content)
    shown = run("check", file)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert one_line(shown.stderr), shown.stderr


def test_a_folder_is_no_evidence(tmp_path):
    assert run("check", tmp_path).exit_code == 2
    assert run("measure", tmp_path).exit_code == 2


def test_output_that_can_not_be_written_is_said_before_the_work(tmp_path, monkeypatch):
    def work(*_):
        raise AssertionError("the work has begun")

    monkeypatch.setattr("sparsity_audit.verdicts.run.settle_all", work)
    blocked = tmp_path / "file"
    blocked.write_text("")
    for option in (("--json", blocked / "verdicts.json"), ("--output", blocked / "out")):
        shown = run("verify", *option)
        assert shown.exit_code == 2
        assert "cannot be written" in shown.stderr


@pytest.mark.parametrize("arguments", [("list",), ("derive", PROVED), ("--version",)])
def test_output_that_fails_is_said_in_one_line(arguments):
    command = [sys.executable, "-m", "sparsity_audit", *arguments]
    closed = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (closed.returncode, closed.stderr) == (0, "")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "w", encoding="utf-8") as full:
            shown = subprocess.run(
                command, check=False, stdout=full, stderr=subprocess.PIPE, text=True
            )
        assert shown.returncode == 2
        assert one_line(shown.stderr)
        assert "the output cannot be written" in shown.stderr


# list, derive, search


def test_list_shows_every_claim_with_amendments_after_what_they_amend():
    shown = run("list")
    assert shown.exit_code == 0
    ids = [line.split()[0] for line in shown.stdout.splitlines() if not line.startswith(" ")]
    assert sorted(ids) == sorted(claim.id for claim in CATALOGUE)
    for place, id_ in enumerate(ids):
        if id_.endswith(".amended"):
            assert ids[place - 1] == id_.removesuffix(".amended")
    assert "I(αW) = I(W)" in shown.stdout
    assert [entry["id"] for entry in json.loads(run("list", "--json", "-").stdout)] == ids


def test_search_shows_a_counterexample_and_how_to_find_it_again():
    shown = run("search", REFUTED, "--budget", "3000", "--p", "1", "--q", "2")
    assert shown.exit_code == 1
    assert shown.stderr == ""
    for part in ("witness", "value", "≈", "certified", "claimed"):
        assert part in shown.stdout
    again = shlex.split(shown.stdout.rsplit("sparsity-audit ", 1)[1].replace("\\\n", ""))
    assert run(*again).stdout == shown.stdout
    assert run(*again, "--exit-zero").exit_code == 0


def test_search_that_finds_nothing_says_what_it_covered():
    shown = run("search", "zeros.raise", "--budget", "40000")
    assert shown.exit_code == 0
    assert "effective trials" in shown.stdout
    assert "rate of counterexamples below" in shown.stdout
    assert "proved" not in shown.stdout


@pytest.mark.parametrize(
    ("id_", "code", "said"),
    [
        ("adjust.threshold", 1, "fails at every value of the quantified variables that was tried"),
        ("range.one-attained", 0, "no example found in"),
        ("criteria.bill-gates", 0, "nothing found that fails at all values that were tried"),
        ("time.varying-lowers.first.amended", 0, "families of at most 3 members were tried"),
        ("range.zero-vector", 2, "nothing was tested"),
    ],
)
def test_what_is_said_of_a_search_is_true_of_it(id_, code, said):
    shown = run("search", id_, "--budget", "3000")
    assert shown.exit_code == code
    told = " ".join(shown.stdout.split())
    assert said in told
    assert ("to tell a rate" in told) == (id_ == "time.varying-lowers.first.amended")


@pytest.mark.parametrize(
    "options",
    [(), ("--json", "-"), ("--map", "--p", "1", "--q", "2"), ("--first-n", "--p", "1", "--q", "2")],
)
def test_a_search_that_can_test_nothing_says_so_in_one_line(options):
    shown = run("search", "range.zero-vector", "--budget", "50", "--quiet", *options)
    assert shown.exit_code == 2
    assert shown.stderr.count("\n") == 1
    assert "nothing was tested" in shown.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--map", "--p", "2", "--q", "3"), 1),
        (("--map", "--p", "2", "--q", "3", "--exit-zero"), 0),
        (("--map", "--p", "1", "--q", "2"), 0),
        (("--first-n", "--p", "2", "--q", "4"), 1),
        (("--first-n", "--p", "1", "--q", "2"), 0),
        (("--p", "1", "--q", "2"), 0),
    ],
)
def test_the_exit_code_of_a_search_tells_whether_something_was_found(options, code):
    assert run("search", "criteria.robin-hood", "--budget", "300", *options).exit_code == code


def test_an_evidence_file_from_search_checks(tmp_path):
    found = run("search", REFUTED, "--budget", "3000", "--json", "-")
    file = tmp_path / "counterexample.json"
    file.write_text(found.stdout, encoding="utf-8")
    shown = run("check", file)
    assert shown.exit_code == 0
    first, rest = shown.stdout.splitlines()
    assert first == f"{REFUTED}: refuted, the certificate checks"
    assert rest.startswith("not vouched for: ")
    assert "numbers of candidates" in rest
    data = json.loads(found.stdout)
    altered = [
        {**data, "witness": {**data["witness"], "p": "3/2"}},
        {**data, "witness": {**data["witness"], "p": "0"}},
        {**data, "witness": {**data["witness"], "y": "1"}},
        {**data, "witness": []},
        {**data, "certificate": {**data["certificate"], "left": "1"}},
        {**data, "certificate": {}},
        {**data, "claim": "scaling.invariance"},
        {**data, "formula": "1"},
        {**data, "formula": None},
    ]
    for change in altered:
        file.write_text(json.dumps(change), encoding="utf-8")
        shown = run("check", file)
        assert shown.exit_code == 1, change
        assert ": refused: " in shown.stdout
        assert shown.stdout.count("\n") == 1


def test_check_imports_none_of_the_search(tmp_path):
    file = tmp_path / "counterexample.json"
    file.write_text(
        run("search", REFUTED, "--budget", "3000", "--json", "-").stdout, encoding="utf-8"
    )
    script = (
        "import sys\n"
        "from sparsity_audit.cli.main import main\n"
        f"try: main(['check', {str(file)!r}])\n"
        "except SystemExit as e: assert e.code == 0\n"
        "found = [m for m in sys.modules if m.startswith('numeric_check.')]\n"
        "print(*found)\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(shown.stdout.splitlines()[-1].split())
    assert "numeric_check.certifier.certify" in loaded
    assert not any(m.startswith(("numeric_check.hunt", "numeric_check.batch")) for m in loaded)


@pytest.mark.parametrize("as_", ["text", "latex", "json"])
def test_derive(as_, tmp_path):
    shown = run("derive", PROVED, "--format", as_)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.strip()
    if as_ == "json":
        file = tmp_path / "derivation.json"
        file.write_text(shown.stdout, encoding="utf-8")
        checked = run("check", file)
        said = f"{PROVED}: proved, the derivation checks\nnot vouched for: reasons of steps\n"
        assert checked.stdout == said
        assert checked.exit_code == 0
        data = json.loads(shown.stdout)
        file.write_text(json.dumps({**data, "claim": "cloning.norm"}), encoding="utf-8")
        assert run("check", file).exit_code == 1


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        # a counterexample: the values, both sides, what is so
        (REFUTED, {"text": ["witness ", "left ", "in fact left = right"], "latex": ["in fact,"]}),
        (
            "p < q, W != 0 => I([W, 0]) > 1 - 1/S_1(W)^3",
            {"text": ["right      7/8", "left < right"], "latex": ["Counterexample: $p", "< 7/8"]},
        ),
        # a proof of the negation, at values and for all
        (
            "adjust.threshold",
            {
                "text": ["for every β > 0: there is α > 0"],
                "latex": ["is a theorem there:", r"\beta"],
            },
        ),
        ("range.one-attained", {"text": ["  2.  I(W) ≠ 1"], "latex": [r"I(W) \ne 1 \]"]}),
        # no value: two rays; a premise that is missing, and the proof that it makes
        (
            "range.zero-vector",
            {"text": ["0 × N]) = 0", "on the ray of"], "latex": ["has no value", "On the ray of"]},
        ),
        (
            "p < q => I([3*W, 0]) = I([W, 0])",
            {"text": ["missing    W ≠ 0", "with it    proved", "  1.  "], "latex": ["is missing"]},
        ),
    ],
)
@pytest.mark.parametrize("as_", ["text", "latex"])
def test_derive_shows_what_stands_against_a_claim(claim, said, as_):
    shown = run("derive", claim, "--format", as_)
    assert shown.exit_code == 1
    assert shown.stderr == ""
    assert all(words in shown.stdout for words in said[as_]), shown.stdout
    if as_ == "latex":
        assert shown.stdout.isascii()
        assert shown.stdout.count("{") == shown.stdout.count("}")
        assert shown.stdout.count(r"\[") == shown.stdout.count(r"\]")


def test_derive_says_of_an_open_claim_where_it_got_stuck():
    shown = run("derive", "x^5 + y^5 = 1 => x + y <= 2^(4/5)", "--format", "latex")
    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert "no derivation" in shown.stderr
    assert "goal left: " in shown.stderr


# verify


def test_verify_names_each_verdict_and_sets_the_exit_code():
    shown = run("verify", PROVED, *SMALL)
    assert shown.exit_code == 0, shown.output
    assert "1 claim: 1 proved" in shown.stdout
    assert shown.stderr == ""
    shown = run("verify", PROVED, REFUTED, *SMALL)
    assert shown.exit_code == 1
    assert "1 proved, 1 refuted" in shown.stdout
    assert run("verify", PROVED, REFUTED, *SMALL, "--exit-zero").exit_code == 0


def test_verify_to_standard_output_is_json_alone():
    shown = run("verify", PROVED, REFUTED, "--json", "-", *SMALL)
    data = json.loads(shown.stdout)
    assert data["schema"] == 2
    assert data["seed"] == 0
    proved, refuted = data["claims"]
    assert (proved["id"], proved["verdict"]) == (PROVED, "proved")
    assert proved["steps"] >= 1
    assert proved["amendment"] is None
    assert refuted["verdict"] == "refuted"
    assert refuted["amendment"] == f"{REFUTED}.amended"
    assert refuted["certificate"]["method"] in ("exact", "ball")
    assert all(refuted[key] for key in ("conditions", "latex", "statement"))


def without_times(text):
    data = json.loads(text)
    for entry in data["claims"]:
        for part in (entry, *(entry["author_steps"] or ())):
            del part["seconds"]
    return json.dumps(data)


def test_the_same_bytes_for_any_number_of_jobs_and_all_of_it_checks(tmp_path):
    ids = [PROVED, REFUTED, "scaling.invariance", "sensitivity.factor-bound"]
    texts = []
    for jobs in ("1", "2", "2"):
        out = tmp_path / f"out{len(texts)}"
        shown = program("verify", *ids, "--budget", "3000", "--jobs", jobs, "-o", out)
        assert shown.returncode == 1, shown.stderr
        assert shown.stderr == ""
        texts.append((out / "verdicts.json").read_text(encoding="utf-8"))
    assert len({without_times(text) for text in texts}) == 1
    for file in (out / "verdicts.json", *sorted((out / "evidence").iterdir())):
        checked = run("check", file)
        assert checked.exit_code == 0, checked.output
    altered = json.loads(texts[0])
    altered["claims"][1]["verdict"] = "proved"
    (out / "verdicts.json").write_text(json.dumps(altered), encoding="utf-8")
    shown = run("check", out / "verdicts.json")
    assert shown.exit_code == 1
    assert f"{REFUTED}: refused" in shown.stdout


def test_a_contradiction_is_said_in_its_row_and_ends_the_run_with_code_3(monkeypatch):
    from sparsity_audit.verdicts import verdict as verdicts

    monkeypatch.setattr(verdicts, "states", lambda theorem, claim: True)
    monkeypatch.setattr("sparsity_audit.verdicts.run.default_engines", _proves_everything)
    shown = run("verify", REFUTED, PROVED, "--jobs", "1", *SMALL)
    assert shown.exit_code == 3
    rows = {text.split()[0]: " ".join(text.split()) for text in shown.stdout.split("\n\n")}
    assert f"{REFUTED} is both proved and refuted" in rows[REFUTED]
    assert "proved" in rows[PROVED]
    assert "1 proved, 1 failed" in shown.stdout
    assert f"{REFUTED} is both proved and refuted" in shown.stderr
    assert "no verdict of this run can be relied on" in shown.stderr


def _proves_everything():
    from dataclasses import replace

    from sparsity_audit.verdicts.prover_and_search import default_engines
    from symbolic_proofs.claims.catalogue import find_claim

    engines = default_engines()
    return replace(engines, cross_check=lambda claim: engines.prove(find_claim(PROVED)))


def test_results_have_no_colour_when_nobody_watches():
    shown = program("verify", REFUTED, *SMALL, env={"NO_COLOR": "1"})
    assert "\x1b" not in shown.stdout + shown.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal and signals")
@pytest.mark.parametrize(("no_color", "quiet"), [(False, False), (True, False), (False, True)])
def test_on_a_terminal(no_color, quiet):
    import pty

    leader, follower = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    env |= {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm", "COLUMNS": "200"}
    if no_color:
        env["NO_COLOR"] = "1"
    args = ["verify", PROVED, *SMALL, *(["--quiet"] if quiet else [])]
    process = subprocess.Popen(
        [sys.executable, "-m", "sparsity_audit", *args],
        stdout=follower,
        stderr=subprocess.PIPE if quiet else follower,
        env=env,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait(60) == 0
    os.close(leader)
    assert (b"\x1b[32m" in shown) is not no_color
    assert (b"1/1" in shown or b"0/1" in shown) is not quiet
    if quiet:
        assert process.stderr.read() == b""
        process.stderr.close()


#: the program, which adds a line to a file for every verdict
TELLING = """
import sys
from pathlib import Path
from sparsity_audit.cli.main import main
from sparsity_audit.verdicts import run

begun, settle_all = Path(sys.argv[1]), run.settle_all

def telling(ids, hunt, jobs, on_done, **more):
    def told(entry):
        on_done(entry)
        with begun.open("a") as file:
            print(file=file)
    return settle_all(ids, hunt, jobs, told, **more)

run.settle_all = telling
main(sys.argv[2:])
"""


def wait_for(file, process, lines=1):
    """Wait until a file that a process writes has so many lines."""
    while not (file.exists() and file.read_bytes().count(b"\n") >= lines):
        assert process.poll() is None, "the run was over before"
        time.sleep(0.02)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_runs_keep_what_they_have(tmp_path, jobs):
    file, begun = tmp_path / "verdicts.json", tmp_path / "begun"
    args = ["verify", "--budget", "1000000", "--jobs", jobs, "--json", str(file)]
    process = subprocess.Popen(
        [sys.executable, "-c", TELLING, str(begun), *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    wait_for(begun, process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in out + err
    assert one_line(err), err
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["interrupted"] is True
    assert 1 <= len(data["claims"]) < len(CATALOGUE)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_an_interrupted_search_shows_what_it_has(tmp_path):
    journal = tmp_path / "run.journal"
    options = ["--budget", "100000000", "--journal", str(journal), "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sparsity_audit", "search", "zeros.raise", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    # a head and two pieces: here, the second is begun once the first is among the results
    wait_for(journal, process, lines=3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert one_line(err), err
    assert "effective trials" in out


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers in /proc")
def test_a_killed_worker_costs_no_verdict():
    ids = ["zeros.raise", "range.lower", "range.upper", "criteria.babies", "scaling.norm"]
    ids += ["scaling.invariance", "cloning.invariance", "criteria.scaling"]
    args = ["verify", *ids, "--budget", "20000", "--jobs", "2", "--json", "-"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sparsity_audit", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    workers = []
    while len(workers) < 2:
        assert process.poll() is None, "the run was over before"
        time.sleep(0.05)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        workers = [c for c in children if "spawn_main" in Path(f"/proc/{c}/cmdline").read_text()]
    os.kill(int(workers[-1]), signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert err == ""
    assert process.returncode == 0
    assert [entry["verdict"] for entry in json.loads(out)["claims"]] == ["proved"] * len(ids)


def test_a_reader_that_leaves_early_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-m", "sparsity_audit", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(60)


# measure


def test_measure(tmp_path):
    file = tmp_path / "weights.txt"
    file.write_text("3 4 0 0\n")
    shown = run("measure", file, "--p", "1", "--q", "2")
    assert shown.exit_code == 0
    assert "0.300000" in shown.stdout
    data = json.loads(run("measure", file, "--json", "-").stdout)
    assert data["tensors"][0]["one_minus_index"] == pytest.approx(0.7)


@pytest.mark.parametrize(
    "more", [[], ["--json", "-"], ["--axis", "0"], ["--eta", "0.1"], ["--curve", "3"]]
)
def test_measure_imports_none_of_the_proofs(tmp_path, more):
    file = tmp_path / "weights.txt"
    file.write_text("3 4 0 0\n")
    script = (
        "import sys\n"
        "from sparsity_audit.cli.main import main\n"
        "try:\n"
        f"    main(['measure', {str(file)!r}, *{more!r}])\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code\n"
        "assert not {'sympy', 'symbolic_proofs.kernel'} & set(sys.modules)\n"
        f"assert {'--eta' in more or '--curve' in more} or 'flint' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize("content", ["1 nan\n", "1 inf\n", "", "a b\n"])
def test_arrays_without_a_value_are_named(tmp_path, content):
    file = tmp_path / "weights.txt"
    file.write_text(content)
    shown = run("measure", file)
    assert shown.exit_code == 2
    assert one_line(shown.stderr), shown.stderr
    assert "weights" in shown.stderr


def test_main_is_the_entry_point():
    import tomllib

    project = Path(__file__).parents[2] / "pyproject.toml"
    scripts = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts == {"sparsity-audit": "sparsity_audit.__main__:main"}
