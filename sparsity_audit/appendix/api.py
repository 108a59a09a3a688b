"""What a script or a notebook calls to write the appendix."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..verdicts.api import for_document
from ..verdicts.verdict import Verdict
from .contents import Asked
from .document import DEFAULT_PREFIX, files, write_files


def write_appendix(
    verdicts: Iterable[Verdict],
    folder: str | os.PathLike[str],
    *,
    prefix: str = DEFAULT_PREFIX,
    corrected: bool = False,
) -> list[Path]:
    """Write the LaTeX appendix of verdicts into a folder; return the paths of its files.

    They are a fragment for a paper, its style file and a document around it, whose labels, macros
    and environments begin with `prefix`. With `corrected` what is true is printed alone, for the
    paper itself. The same verdicts give the same bytes.

    Raises InputError where there are no verdicts, or two of one id, for a prefix that no macro can
    begin with, and where a file cannot be written.
    """
    written = files(for_document(verdicts), prefix, Asked(corrected=corrected))
    write_files(Path(folder), written)
    return [Path(folder) / file for file in written]
