"""Text and JSON to a file or to standard output; no mathematics is loaded for it."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..errors import InputError

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: half a sign: UTF-8 has no bytes for it
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def write_json(path: str, text: str) -> None:
    """Write JSON text to a file in UTF-8, or to standard output for "-", there in ASCII alone.

    What encoding the standard output has is for a terminal to say; JSON has to read back whatever
    it is. Raises InputError where a file cannot be written.
    """
    if path == "-":
        sys.stdout.write(_escaped(_NOT_ASCII, text))
    else:
        write_text(path, _escaped(_SURROGATE, text))


def _escaped(signs: re.Pattern[str], text: str) -> str:
    # outside of ASCII there is nothing in JSON but what stands in strings
    return signs.sub(lambda found: json.dumps(found[0])[1:-1], text)


def write_text(path: str, text: str) -> None:
    """Write text to a file, or to standard output for "-", in UTF-8; raises InputError."""
    if path == "-":
        click.echo(text.encode("utf-8"), nl=False)
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with aside(Path(path)) as made:
            made.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a file to write, which takes the place of the one at `path` when it is whole.

    What is not a plain file, a pipe or a link, is written as it is.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        yield path
        return
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield made
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def check_writable(path: str | None, folder: Path | None) -> None:
    """Raise InputError where the output cannot go, before the work is done and not after."""
    try:
        if path is not None and path != "-":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            new = not Path(path).exists()
            try:
                with Path(path).open("a", encoding="utf-8"):
                    pass
            finally:
                if new:
                    Path(path).unlink(missing_ok=True)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path or folder} cannot be written: {error.strerror or error}") from None
