"""A user's file of claims: what it states is settled, what is wrong in it is said by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sparsity_audit.cli.main import main

CLAIMS = """\
from symbolic_proofs import claim
from symbolic_proofs.language import NonZero, Norm, PQIndex, count, equal, positive, vector

p, q = positive("p"), positive("q")
W = vector("W", count("N"))
print("chatter")
claim("my.scaling", "sec. 2", "doubling changes nothing", given=(p < q, NonZero(W)),
      then=equal(PQIndex(2 * W, p, q), PQIndex(W, p, q)))
claim("my.norms", "sec. 3", "the norms come in order", given=(NonZero(W),),
      then=Norm(W, 2) > Norm(W, 1))
"""
IMPORTS = "from symbolic_proofs.language import *\nfrom symbolic_proofs import claim\n"
OPTIONS = ("--quiet", "--budget", "2000")


def verify(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["verify", *arguments, *OPTIONS])
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_claims_of_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str], jobs: str) -> None:
    file = tmp_path / "my_claims.py"
    file.write_text(CLAIMS)
    assert verify(str(file), "--json", "-", "--jobs", jobs) == 1
    claims = json.loads(capfd.readouterr().out)["claims"]
    assert [(c["id"], c["verdict"]) for c in claims] == [
        ("my.scaling", "proved"),
        ("my.norms", "refuted"),
    ]
    assert claims[1]["witness"] == {"N": "1", "W": [["1", 1]]}


def test_one_claim_of_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "my_claims.py"
    file.write_text(CLAIMS)
    assert verify(f"{file}:my.scaling") == 0
    assert "my.norms" not in capfd.readouterr().out
    assert verify(f"{file}:my.norm") == 2
    assert "did you mean my.norms?" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (IMPORTS + "x = vectr('W', 3)\n", "line 3: name 'vectr' is not defined; write: from "
         "symbolic_proofs import vector"),
        ("\nx = (1\n", "line 2: '(' was never closed"),
        ("from symbolic_proofs.language import vektor\n", "import vector"),
        (IMPORTS + "claim('a.b', 'x', 'y', given=positive('p') < 1, then=1)\n", "line 3: the "
         "hypotheses of a claim are several: write given=(p < q,)"),
        (IMPORTS + "claim('a.b', 4, 'y', then=positive('p') < 1)\n", "line 3: the locator of a"),
        (IMPORTS + "claim(3, 'x', 'y', then=positive('p') < 1)\n", "line 3: the id of a claim is"),
        (IMPORTS + "claim('a.b', 'x', 'y', then=positive('p') == 1)\n", "write equal(a, b) for =="),
        (IMPORTS + "claim('A B', 'x', 'y', then=positive('p') < 1)\n", "'A B' is not an id"),
        (IMPORTS + "claim('a.b', 'x', 'y', then=1 < 2)\n", "line 3: this comparison was decided"),
        (IMPORTS + "\n\nclaim('a.b', 'x', 'y', then=equal(positive('p'), 0.5))\n", "line 5: 0.5"),
        (IMPORTS + "claim('range.lower', 'x', 'y', then=positive('p') < 1)\n", "is taken"),
        (IMPORTS + "import sys\nsys.exit(0)\n", "line 4: the file ends the program"),
        (IMPORTS + "1 / 0\n", "line 3: ZeroDivisionError"),
        ("x = 1\n", "states no claim; write claim("),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    file = tmp_path / "bad.py"
    file.write_text(text)
    assert verify(str(file)) == 2
    complaint = capfd.readouterr().err
    assert said in complaint
    assert "Traceback" not in complaint
    assert complaint.count("\n") == 1


def test_files_that_can_not_be_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert verify(str(tmp_path / "missing.py")) == 2
    assert "cannot be read" in capfd.readouterr().err
    binary = tmp_path / "binary.py"
    binary.write_bytes(b"\xff\xfe\x00")
    assert verify(str(binary)) == 2
    assert "not text in UTF-8" in capfd.readouterr().err


def test_a_measure_of_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from symbolic_proofs.language import PowerSum\n"
        "from symbolic_proofs.measures import Measure\n"
        "total = Measure('total', 'minus the sum', 'me', lambda v: -PowerSum(v, 1))\n"
    )
    with pytest.raises(SystemExit):
        main(["criteria", f"{file}:total", *OPTIONS, "--jobs", "1", "--json", "-"])
    (measure,) = json.loads(capfd.readouterr().out)["measures"]
    assert measure["criteria"]["D1"]["verdict"] == "refuted"
    assert measure["criteria"]["D1"]["published"] is None


def stored(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, object]:
    file = tmp_path / "my_claims.py"
    file.write_text(CLAIMS)
    verify(str(file), "--json", "-")
    data: dict[str, object] = json.loads(capfd.readouterr().out)
    return data


def check(tmp_path: Path, data: object) -> int:
    path = tmp_path / "stored.json"
    path.write_text(json.dumps(data))
    with pytest.raises(SystemExit) as stop:
        main(["check", str(path)])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_stored_evidence_on_own_claims_is_checked_against_the_stored_statement(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = stored(tmp_path, capfd)
    assert check(tmp_path, data) == 0
    proved, refuted, rest = capfd.readouterr().out.splitlines()
    said = "; the statement in the file is: "
    stated = "p < q, W ≠ 0 ⇒ I(2W) = I(W), for p > 0, q > 0, N ∈ {1, 2, …}, W ∈ ℝ^N"
    assert proved == f"my.scaling: proved, the derivation checks{said}{stated}"
    assert refuted.startswith(f"my.norms: refuted, the certificate checks{said}W ≠ 0 ⇒ ")
    assert rest.startswith("not vouched for: ")
    assert "ids, titles and locators of claims that are not built in" in rest
    first, second = data["claims"]  # type: ignore[misc]
    first["formula"], second["formula"] = second["formula"], first["formula"]
    assert check(tmp_path, data) == 1
    assert capfd.readouterr().out.count("refused") == 2


@pytest.mark.parametrize("command", ["check", "appendix", "report"])
def test_no_file_that_stored_evidence_names_is_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    data = stored(tmp_path, capfd)
    trap, sprung = tmp_path / "trap.py", tmp_path / "sprung"
    trap.write_text(f"open({str(sprung)!r}, 'w')\n")
    for entry in data["claims"]:  # type: ignore[attr-defined]
        entry["id"] = f"{trap}:{entry['id']}"
    if command == "check":
        assert check(tmp_path, data) == 1
        assert capfd.readouterr().out.count("refused: a claim's id is made of words") == 2
    else:
        path = tmp_path / "stored.json"
        path.write_text(json.dumps(data))
        with pytest.raises(SystemExit) as stop:
            main([command, "--verdicts", str(path), "-o", str(tmp_path / "out")])
        assert stop.value.code == 2
    assert not sprung.exists()


MEASURES = """
import numpy as np
from symbolic_proofs.language import PowerSum, length
from symbolic_proofs.measures import Measure

def share(v):
    return PowerSum(v, 2) / PowerSum(v, 1) ** 2

def half(v):
    return 0.5 * PowerSum(v, 2)

def rooted(v):
    return np.sqrt(PowerSum(v, 2))

def decided(v):
    return PowerSum(v, 1) if PowerSum(v, 1) > 1 else PowerSum(v, 2)

def compared(v):
    return PowerSum(v, 1) < 1

TAKEN = Measure("gini", "x", "y", lambda v: PowerSum(v, 2))
VECTOR = Measure("a-vector", "x", "y", lambda v: v)
GIVEN = Measure("given", "x", "y", lambda v: PowerSum(v, 2), given=(True,))
MISSPELT = Measure("misspelt", "x", "y", lambda v: PowerSun(v, 2))
"""


def criteria(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["criteria", *arguments, *OPTIONS, "--jobs", "1"])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_a_function_that_returns_a_term(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.py"
    file.write_text(MEASURES)
    assert criteria(f"{file}:share", "--json", "-") == 1
    (measure,) = json.loads(capfd.readouterr().out)["measures"]
    assert measure["formula"] == "S_2(W)/S_1(W)^2"
    verdicts = {letter: found["verdict"] for letter, found in measure["criteria"].items()}
    assert verdicts == {
        **dict.fromkeys(("D1", "D2", "D3", "P1"), "proved"),
        **dict.fromkeys(("D4", "P2"), "refuted"),
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("half", "mine.py, line 10: 0.5 is a float"),
        ("rooted", "mine.py, line 13: TypeError"),
        ("decided", "mine.py, line 16: whether S_1(W) > 1 holds is for the claim to say"),
        ("compared", "compared returns no term for a vector, but S_1(W) < 1"),
        ("TAKEN", "TAKEN has the name of a built-in measure, gini"),
        ("VECTOR", "mine.py:VECTOR: "),
        ("GIVEN", "mine.py:GIVEN: this comparison was decided"),
        ("MISSPELT", "line 24: name 'PowerSun' is not defined; write: from"),
    ],
)
def test_what_is_wrong_with_a_measure_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(MEASURES)
    assert criteria(f"{file}:{name}") == 2
    complaint = capfd.readouterr().err
    assert said in complaint
    assert "Traceback" not in complaint
    assert complaint.count("\n") == 1


def test_what_lies_next_to_a_file_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "helper_of_mine.py").write_text(
        "from symbolic_proofs.language import count, vector"
    )
    file = tmp_path / "claims.py"
    # some editors begin a file with this mark
    file.write_text("\ufefffrom helper_of_mine import vector, count\n" + CLAIMS, encoding="utf-8")
    assert verify(f"{file}:my.scaling", "--jobs", "1") == 0


def test_two_claims_of_one_id_are_not_mixed_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text(IMPORTS + "claim('a.b', 'x', 'y', then=positive('p') > 1)\n" + TOTAL)
    two.write_text(IMPORTS + "claim('a.b', 'x', 'y', then=positive('p') > 2)\n" + TOTAL + "* 2\n")
    assert verify(str(one), str(two)) == 2
    assert "have the same id, a.b; rename one" in capfd.readouterr().err
    assert criteria(f"{one}:total", f"{two}:total") == 2
    assert "have the same id, total.robin-hood" in capfd.readouterr().err
    assert verify(str(one), f"{one}:a.b", "--json", "-") == 1
    assert len(json.loads(capfd.readouterr().out)["claims"]) == 1


TOTAL = "def total(v):\n    return PowerSum(v, 2)"


def test_a_claim_about_a_name_that_nothing_speaks_of(tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_text(
        IMPORTS + "p, W = positive('p'), vector('W', count('N'))\n"
        "claim('a.b', 'x', 'y', then=Exists(PowerSum(W, 2) > 1, And(), p))\n"
    )
    assert verify(str(file), "--jobs", "1") == 1


@pytest.mark.parametrize("command", ["report", "appendix"])
def test_documents_are_for_built_in_claims(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    file = tmp_path / "claims.py"
    file.write_text(CLAIMS)
    with pytest.raises(SystemExit) as stop:
        main([command, f"{file}:my.scaling", "-o", str(tmp_path / "out")])
    assert stop.value.code == 2
    assert "only claims that are built in" in capfd.readouterr().err


def test_an_implication_is_checked_however_it_was_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "claims.py"
    file.write_text(
        IMPORTS + "W = vector('W', count('N'))\n"
        "claim('a.b', 'x', 'y', then=Implies(NonZero(W), PowerSum(W, 2) > 1))\n"
        "claim('a.c', 'x', 'y', given=(Implies(NonZero(W), PowerSum(W, 2) > 1),),\n"
        "      then=PowerSum(W, 2) > 3)\n"
        "claim('a.d', 'x', 'y', given=(And(NonZero(W), PowerSum(W, 1) > 1), PowerSum(W, 3) > 1),\n"
        "      then=PowerSum(W, 2) > 3)\n"
    )
    verify(str(file), "--json", "-", "--jobs", "1")
    data = json.loads(capfd.readouterr().out)
    assert [entry["verdict"] for entry in data["claims"]] == ["refuted"] * 3
    assert check(tmp_path, data) == 0, capfd.readouterr().out
