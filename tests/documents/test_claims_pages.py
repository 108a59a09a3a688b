"""What the pages on claims files show is so: their files verify, their commands are read."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from sparsity_audit.cli.main import COMMANDS, main
from sparsity_audit.inputs.claims_lines import FIELDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [DOCS / "claims-file.md", DOCS / "ten-minutes.md"]
_FILE = re.compile(r"```claims-file\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def files() -> list[str]:
    return [block for page in PAGES for block in _FILE.findall(page.read_text(encoding="utf-8"))]


def commands() -> list[str]:
    lines = [line for page in PAGES for line in page.read_text(encoding="utf-8").splitlines()]
    return [line.partition("  #")[0].strip() for line in lines if line.startswith("    sparsity")]


@pytest.mark.parametrize("content", files())
def test_a_file_on_a_page_comes_out_as_it_expects(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.claims").write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main(["verify", "page.claims", "--quiet", "--budget", "5000"])
    assert stop.value.code == 0


@pytest.mark.parametrize("line", commands())
def test_a_command_on_a_page_is_one_that_there_is(line: str) -> None:
    name, *arguments = shlex.split(line)[1:]
    command = main.get_command(click.Context(main), name)
    assert command is not None
    command.make_context(name, arguments)


def test_the_pages_tell_each_word_of_a_file_and_lead_somewhere() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    assert [field for field in FIELDS if f"`{field}`" not in text] == []
    assert (
        {"new", "list", "verify", "derive", "check", "diff", "appendix", "report"}
        <= {line.split()[1] for line in commands()}
        <= set(COMMANDS)
    )
    for page in PAGES:
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            assert (DOCS / link).exists(), link
