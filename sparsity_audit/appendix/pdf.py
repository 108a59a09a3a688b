"""The appendix as a PDF, by latexmk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from ..errors import InputError
from ..verdicts.writing import aside
from .document import STANDALONE

_SECONDS = 300
_MISSING = (
    "there is no latexmk to make a PDF with: install TeX Live, on Debian and Ubuntu "
    "texlive-latex-recommended, lmodern and latexmk"
)


def required_latexmk() -> str:
    """Return where latexmk is; raises InputError, which says what to install, without one."""
    found = shutil.which("latexmk")
    if found is None:
        raise InputError(_MISSING)
    return found


def compile_pdf(written: dict[str, str], folder: Path, latexmk: str) -> Path:
    """Compile the standalone document to a PDF in the folder, and return where that is.

    Raises InputError with TeX's first complaint when it does not compile.
    """
    # What TeX leaves behind stays out of the user's folder.
    with tempfile.TemporaryDirectory() as scratch:
        for file, text in written.items():
            (Path(scratch) / file).write_text(text, encoding="utf-8")
        command = [latexmk, "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error"]
        # The same bytes on every day.
        fixed = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}
        code = _run([*command, f"{STANDALONE}.tex"], scratch, {**os.environ, **fixed})
        made = Path(scratch) / f"{STANDALONE}.pdf"
        if code or not made.exists():
            raise InputError(f"latexmk failed: {_first_error(made.with_suffix('.log'))}")
        target = folder / made.name
        try:
            with aside(target) as whole:
                shutil.copyfile(made, whole)
        except OSError as error:
            raise InputError(f"{target} cannot be written: {error.strerror or error}") from None
    return target


def _run(command: list[str], folder: str, environment: dict[str, str]) -> int:
    """Run a program without a word; where it is stopped, so are those that it has started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError(f"latexmk did not end within {_SECONDS} seconds") from None
    finally:
        if process.returncode is None:
            if hasattr(os, "killpg"):
                with suppress(OSError):  # it has just ended
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()


def _first_error(log: Path) -> str:
    """Return the first complaint in TeX's log, and the line that it is about."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "it left no log"
    for number, line in enumerate(lines):
        if line.startswith("! "):
            about = next((after for after in lines[number:] if after.startswith("l.")), "")
            return f"{line[2:]} {about}".strip()
    return "its log names no error"
