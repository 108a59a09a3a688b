"""A user's file of claims and measures.

The file is Python and is run: it is the user's own code. What goes wrong in it is said in one line
with the number of the line, never as a traceback.
"""

from __future__ import annotations

import builtins
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from numeric_check.functions.calls import text_of_error
from symbolic_proofs.claims.catalogue import CATALOGUE
from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.collecting import collecting
from symbolic_proofs.language.names import LanguageError
from symbolic_proofs.measures import MEASURES, Measure
from symbolic_proofs.notation.reading import ReadError

from ..errors import InputError

#: where a file takes its words from
_VOCABULARY = "symbolic_proofs"


@dataclass(frozen=True)
class UserFile:
    """What a file defines: claims in the order in which it states them, measures and functions."""

    path: str
    claims: tuple[Claim, ...]
    measures: dict[str, Measure]
    functions: dict[str, Callable[..., Any]]


def load(path: str) -> UserFile:
    """Run a file and return what it defines, the same object every time.

    Raises InputError, naming the line, for a file that cannot be read or run.
    """
    return _load(str(Path(path).resolve()), path)


@lru_cache(maxsize=32)
def _load(resolved: str, path: str) -> UserFile:
    try:
        # with or without the mark that some editors put first
        source = Path(resolved).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise InputError(f"{path} cannot be read: {reason}") from None
    module = ModuleType(Path(path).stem)
    module.__file__ = resolved
    try:
        # its docstrings are titles and its assertions are its own, however Python was started
        code = compile(source, resolved, "exec", dont_inherit=True, optimize=0)
        # what the file prints is not the program's result
        with collecting() as claims, redirect_stdout(sys.stderr), _beside(resolved):
            exec(code, module.__dict__)  # noqa: S102  (the user's own file, run on request)
    except KeyboardInterrupt:
        raise
    except SyntaxError as error:
        raise InputError(f"{path}, line {error.lineno}: {error.msg}") from None
    except BaseException as error:
        raise complaint(path, error) from None
    names = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    return UserFile(
        path,
        _checked(path, claims),
        {name: value for name, value in names.items() if isinstance(value, Measure)},
        {
            name: value
            for name, value in names.items()
            if isinstance(value, FunctionType) and value.__globals__ is module.__dict__
        },
    )


@contextmanager
def _beside(resolved: str) -> Iterator[None]:
    """Let a file import what lies next to it, as a script does."""
    folder = str(Path(resolved).parent)
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        if folder in sys.path:
            sys.path.remove(folder)


def complaint(path: str, error: BaseException, name: str = "") -> InputError:
    """Return what is wrong with a file as one line, with the line of the file and what to write.

    `name` says where it is wrong when no line of the file was at work.
    """
    frames = traceback.extract_tb(error.__traceback__)
    resolved = str(Path(path).resolve())
    line = next((f.lineno for f in reversed(frames) if f.filename == resolved), None)
    where = f"{path}, line {line}" if line else f"{path}:{name}" if name else path
    return InputError(
        f"{where}: {_said(error)}", error.pointed() if isinstance(error, ReadError) else ""
    )


def _checked(path: str, claims: list[Claim]) -> tuple[Claim, ...]:
    taken = {claim.id for claim in CATALOGUE}
    for claim in claims:
        if claim.id in taken or claim.id.partition(".")[0] in {m.name for m in MEASURES}:
            raise InputError(f"{path}: the id {claim.id} is taken; give the claim another id")
        taken.add(claim.id)
    return tuple(claims)


def _said(error: BaseException) -> str:
    """Return what is wrong and, where that can be told, what to write."""
    # an ImportError ends in the place of the module, which is of no use to the reader
    said = text_of_error(error).partition(" (/")[0] or type(error).__name__
    if isinstance(error, SystemExit):
        return "the file ends the program; leave out sys.exit"
    wrong = error.name if isinstance(error, NameError) else _not_imported(said)
    if wrong:
        words = dir(import_module(_VOCABULARY))
        near = get_close_matches(wrong, [*words, *dir(builtins)], n=1)
        if near and near[0] in words:
            return f"{said}; write: from {_VOCABULARY} import {near[0]}"
    if isinstance(error, ReadError):
        return " ".join(error.message.split())
    if isinstance(error, LanguageError):
        return said
    return f"{type(error).__name__}: {said}"


def _not_imported(said: str) -> str | None:
    match = re.match(r"cannot import name '(\w+)'", said)
    return match[1] if match else None
