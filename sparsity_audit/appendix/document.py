"""The files of the appendix: a fragment for a paper, its style file, a document around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import jinja2

from symbolic_proofs.notation.layout import aligned_shapes, shapes

from ..errors import InputError
from ..verdicts.verdict import Verdict
from ..verdicts.writing import write_text
from .contents import Asked, contents

NAME = "sparsity-audit"
DEFAULT_PREFIX = "audit"
STANDALONE = f"{NAME}-standalone"
#: file -> its template
FILES = {
    f"{NAME}.sty": "style.sty.jinja",
    f"{NAME}-appendix.tex": "appendix.tex.jinja",
    f"{STANDALONE}.tex": "standalone.tex.jinja",
}
_PREFIX = re.compile(r"[A-Za-z]{2,20}\Z")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")


def checked_prefix(prefix: str) -> str:
    """Return the prefix; raises InputError unless macros and environments can begin with it."""
    if not _PREFIX.match(prefix):
        raise InputError(
            f"{prefix!r} cannot begin the name of a macro; use 2 to 20 letters from A to Z"
        )
    return prefix


def files(
    verdicts: Sequence[Verdict], prefix: str = DEFAULT_PREFIX, asked: Asked | None = None
) -> dict[str, str]:
    """Return the files of the appendix, by their names; the same verdicts give the same bytes."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sparsity_audit", "templates/appendix"),
        autoescape=False,  # what is filled in is LaTeX already
        undefined=jinja2.StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"shapes": shapes, "aligned": aligned_shapes}
    held = contents(verdicts, asked or Asked())
    values = {
        "name": NAME,
        "prefix": checked_prefix(prefix),
        "sections": held.sections,
        "claims": held.claims,
        "notation": held.notation,
        "counts": held.counts,
        "words": held.words,
        "corrected": held.corrected,
    }
    return {
        file: _tidy(environment.get_template(template).render(values))
        for file, template in FILES.items()
    }


def write_files(folder: Path, written: dict[str, str]) -> None:
    """Write the files of the appendix; raises InputError where they cannot be written."""
    for file, text in written.items():
        write_text(str(folder / file), text)


def _tidy(text: str) -> str:
    """Return the text without trailing spaces, and without blank lines around displays."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    # A blank line is a paragraph to TeX: it must not come between a sentence and its display.
    joined = re.sub(r"\n+\\\[", r"\n\\[", lines)
    return _BLANK_LINES.sub("\n\n", joined).strip() + "\n"
