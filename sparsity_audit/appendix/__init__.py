"""The LaTeX appendix: verdicts in, a fragment for a paper and a document around it out."""

from ..verdicts.stored import settled, settled_steps
from .contents import Asked
from .document import DEFAULT_PREFIX, checked_prefix, files, write_files
from .pdf import compile_pdf, required_latexmk

__all__ = [
    "DEFAULT_PREFIX",
    "Asked",
    "checked_prefix",
    "compile_pdf",
    "files",
    "required_latexmk",
    "settled",
    "settled_steps",
    "write_files",
]
