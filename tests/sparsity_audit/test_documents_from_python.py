"""A script or a notebook writes the documents that the commands write."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sparsity_audit import VerdictTable, settle_claims, write_appendix, write_report
from sparsity_audit.cli.main import main
from sparsity_audit.errors import InputError
from symbolic_proofs import claim, equal, real

IDS = ("firing.lowers.weights.amended", "firing.lowers.weights", "scaling.norm")
X = real("x")


@pytest.fixture(scope="module")
def verdicts() -> VerdictTable:
    return settle_claims(IDS, budget=2000)


@pytest.fixture
def stored(tmp_path: Path) -> list[str]:
    """The options of a command that takes the verdicts of an earlier run."""
    path = tmp_path / "verdicts.json"
    asked = ["verify", *IDS, "--budget", "2000", "--quiet", "--json", str(path)]
    assert CliRunner().invoke(main, asked).exit_code == 1
    return [*IDS, "--verdicts", str(path)]


def test_the_report_is_that_of_the_command(
    verdicts: VerdictTable, stored: list[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.html"
    assert CliRunner().invoke(main, ["report", *stored, "-o", str(other)]).exit_code == 0
    path = write_report(verdicts, tmp_path / "new" / "report.html")
    assert path == tmp_path / "new" / "report.html"
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("corrected", [False, True])
def test_the_appendix_is_that_of_the_command(
    verdicts: VerdictTable, stored: list[str], tmp_path: Path, corrected: bool
) -> None:
    other, options = tmp_path / "other", ["--corrected"] if corrected else []
    asked = ["appendix", *stored, "--prefix", "our", *options, "-o", str(other)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    paths = write_appendix(verdicts, str(tmp_path / "a"), prefix="our", corrected=corrected)
    assert {path.name: path.read_bytes() for path in paths} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }


def test_claims_of_ones_own_stand_in_both(tmp_path: Path) -> None:
    own = claim("own.one", "p. 1", "in words", then=equal(2 * X, X + X))
    (verdict,) = settle_claims([own], budget=100)
    page = write_report([verdict], tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Other claims" in page
    assert "own.one" in page
    fragment = next(p for p in write_appendix([verdict], tmp_path) if "appendix" in p.name)
    assert "{own.one}" in fragment.read_text(encoding="utf-8")


@pytest.mark.parametrize("write", [write_report, write_appendix])
def test_what_can_not_be_written_is_said(write, verdicts: VerdictTable, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="there are no verdicts"):
        write([], tmp_path / "out")
    pair = settle_claims([claim("a.b", "", "", then=equal(k * X, X)) for k in (1, 2)], budget=100)
    with pytest.raises(InputError, match=r"two claims are called a\.b"):
        write(pair, tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write(verdicts, tmp_path / "file" / "out")
