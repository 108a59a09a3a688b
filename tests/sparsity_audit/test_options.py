"""Options mean one thing in all commands, selections work in all, and output fits 80 columns."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result

from sparsity_audit.cli.main import COMMANDS, main
from sparsity_audit.inputs.asked_for import select_references
from sparsity_audit.text.fitted import COLUMNS, fitted
from symbolic_proofs.claims.catalogue import CATALOGUE

FAST = ("--budget", "300", "-j", "1", "-q")
#: what each command is asked to see its output; each takes a moment
ASKED: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "verify": ("verify", "zeros", "A.2", *FAST),
    "derive": ("derive", "adjust", "zeros.raise"),
    "search": ("search", "zeros", *FAST),
    "criteria": ("criteria", "hoyer", *FAST),
}
PAPER = """\
paper   A note
let     share(W) = (max_{i=1..N} |w_i|)/||W||_1

section On shares

claim share.most
  at      section 2, (1)
  words   a share is at most 1
  states  W != 0 => share(W) <= 1

section On norms

claim norm.copies
  at      section 3
  words   copies have the norm of one
  states  ||[W, W]||_1 = ||W||_1
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def options() -> dict[str, dict[str, click.Option]]:
    """Return the options by their names, and each by the commands that have it."""
    found: dict[str, dict[str, click.Option]] = defaultdict(dict)
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in (*parameter.opts, *parameter.secondary_opts):
                    found[option][name] = parameter
    return dict(found)


#: what may differ all the same: a page or a folder that is made, what an exponent is for
DIFFERS = {
    "-o": "metavar",
    "--output": "metavar",
    "--p": "help",
    "--q": "help",
    "--format": "help",
    "--coq": "metavar",  # `export` writes what `verify` and `check` have confirmed
}


@pytest.mark.parametrize("option", sorted(options()))
def test_an_option_means_one_thing_in_every_command(option: str) -> None:
    found = options()[option]
    told = {
        (
            None if DIFFERS.get(option) else parameter.help,
            parameter.is_flag if option != "--coq" else None,
            frozenset(parameter.opts) - {"--coq"} if option != "--coq" else None,
            None if DIFFERS.get(option) else parameter.metavar,
        )
        for parameter in found.values()
    }
    assert len(told) == 1, {name: parameter.help for name, parameter in found.items()}


def test_the_shared_options_are_where_they_belong() -> None:
    found = options()
    takes_claims = {"list", "verify", "derive", "search", "export", "appendix", "report"}
    assert set(found["-k"]) == takes_claims
    assert set(found["--json"]) == {"list", "verify", "search", "criteria", "measure"}
    assert not any(parameter.is_flag for parameter in found["--json"].values())
    assert set(found["-o"]) == set(found["--output"]) == {"verify", "export", "appendix", "report"}
    works = {"verify", "search", "criteria", "export", "appendix", "report"}
    assert set(found["-j"]) == set(found["--jobs"]) == set(found["-q"]) == works


def test_no_argument_prints_what_help_prints() -> None:
    shown = run()
    assert shown.exit_code == 0
    assert shown.stdout == run("--help").stdout
    assert shown.stderr == ""
    assert run("-V").stdout == run("--version").stdout


@pytest.mark.parametrize("command", ASKED)
def test_the_output_fits_80_columns(command: str) -> None:
    shown = run(*ASKED[command])
    assert shown.exit_code in (0, 1), shown.output
    lines = shown.stdout.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if len(line) > COLUMNS] == []


def test_all_help_fits_80_columns() -> None:
    for command in COMMANDS:
        assert max(map(len, run(command, "--help").stdout.splitlines())) <= COLUMNS


def test_a_verdict_stands_beside_its_id_above_the_words_the_formula_and_the_evidence() -> None:
    shown = run("verify", "-k", "scaling.norm", *FAST).stdout.splitlines()
    assert shown == [
        "scaling.norm (A.1): proved",
        "  norms are homogeneous",
        "  ‖αW‖_r = α·‖W‖_r",
        "  for α > 0",
        "  3 steps",
        "",
        "1 claim: 1 proved",
    ]


def test_amendments_are_counted_apart_from_claims(tmp_path: Path) -> None:
    said = "1 claim: 1 refuted; 1 amendment: 1 proved"
    asked = ["zeros.p-norm", "zeros.p-norm.amended"]
    stored = tmp_path / "v.json"
    shown = run("verify", *asked, *FAST, "--json", str(stored))
    assert shown.stdout.endswith(f"\n{said}\n")
    page = run("report", *asked, "--verdicts", str(stored), "-o", "-").stdout
    assert "Audit of 1 claim and 1 amendment" in page
    assert "1 amendment: 1 proved." in page
    run("appendix", *asked, "--verdicts", str(stored), "-o", str(tmp_path / "out"), "-q")
    appendix = (tmp_path / "out" / "sparsity-audit-appendix.tex").read_text(encoding="utf-8")
    assert "Of 1 claim, 1 is refuted. Of 1 amendment, 1 is proved." in " ".join(appendix.split())


@pytest.mark.parametrize(
    ("asked", "keyword", "found"),
    [
        (("A.1",), None, "scaling.norm scaling.invariance scaling.magnitudes"),
        (("zeros",), "not amended", "zeros.raise zeros.p-norm"),
        (("zeros", "scaling"), "invariance or RAISE", "zeros.raise scaling.invariance"),
        (("*.babies",), "hoyer", "hoyer.babies"),
        ((), "A.5 (2) and appended", "zeros.raise zeros.p-norm"),
        (("FILE:On norms",), None, "norm.copies"),
        (("FILE:share",), None, "share.most"),
        (("FILE:*.copies",), None, "norm.copies"),
        (("FILE:section 2",), None, "share.most"),
        (("FILE:share.scaling",), None, "share.scaling"),
        (("FILE",), "on shares", "share.most"),
    ],
)
def test_claims_are_selected_alike(
    tmp_path: Path, asked: tuple[str, ...], keyword: str | None, found: str
) -> None:
    file = tmp_path / "note.claims"
    file.write_text(PAPER, encoding="utf-8")
    names = [name.replace("FILE", str(file)) for name in asked]
    ids = [claim.id for claim in select_references(names, keyword).values()]
    assert [id_ for id_ in ids if not id_.endswith(".amended")] == found.split()


def test_what_no_claim_holds_is_said() -> None:
    for command in (("verify",), ("derive",), ("search",), ("list",), ("report", "-o", "-")):
        shown = run(*command, "-k", "xyzzy")
        assert shown.exit_code == 2
        assert f"none of {len(CATALOGUE)} claims holds 'xyzzy'" in shown.stderr
    assert "name a claim" in run("search").stderr


def test_the_shell_completes_commands_ids_measures_and_options() -> None:
    def offered(*words: str) -> set[str]:
        completer = BashComplete(main, {}, "sparsity-audit", "_SPARSITY_AUDIT_COMPLETE")
        found = completer.get_completions(list(words[:-1]), words[-1])
        return {item.value for item in found if item.type == "plain"}

    assert offered("ver") == {"verify"}
    assert offered("derive", "scaling.") == {
        *("scaling.norm", "scaling.invariance", "scaling.magnitudes", "scaling.magnitudes.amended")
    }
    assert offered("list", "gini.b") == {"gini.bill-gates", "gini.babies"}
    assert offered("criteria", "ho") == {"hoyer"}
    assert offered("measure", "x.npy", "--measure", "ho") == {"hoyer"}
    assert "--journal" in offered("verify", "--j")


def test_lines_that_are_too_long_go_on_under_their_beginning() -> None:
    long = "  claim      " + "a + " * 30 + "b"
    first, *more = fitted([long], 40)
    assert first.startswith("  claim      a")
    assert all(line.startswith(" " * 13 + "a") for line in more)
    assert "".join([first, *(" " + line.strip() for line in more)]) == long
    assert fitted(["x" * 90], 40) == ["x" * 90]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_command_that_is_broken_can_still_be_copied(width: int, tmp_path: Path) -> None:
    statement = "p < q, W != 0 => I([W, W, W, W, W, W, W, W]) = I([W, W, W, W, W])"
    written = f"sparsity-audit list --json - {shlex.quote(statement)} zeros.raise -k 'I or zeros'"
    lines = fitted([f"  again      {written}"], width)
    assert len(lines) > 1
    words = ("list", "--json", "-", statement, "zeros.raise", "-k", "I or zeros")
    script = "\n".join(lines).replace("again", "", 1)
    script = script.replace("sparsity-audit", f"{shlex.quote(sys.executable)} -m sparsity_audit", 1)
    shown = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    found = [entry["statement"] for entry in json.loads(shown.stdout)]
    assert found == [entry["statement"] for entry in json.loads(run(*words).stdout)]
    assert len(found) == 2
