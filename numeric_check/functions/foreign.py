"""Code that runs while a function computes exactly, and is not read from a text.

The floats of a user's file are made exact where its text is read (`source`). Those of other code
are floats: a module beside the file may round 1 - 2^-60 to 1 and hand on a whole number, which
looks as exact as any. So whatever of Python code is run is looked at: it is rewritten, or of
Python, NumPy or this program, or it has no float and no operation; else nothing is certified.
Nothing is either where the function goes where that cannot be seen, to another thread or process,
or looks at its own code and at who runs it.
"""

from __future__ import annotations

import dis
import gc
import sys
import sysconfig
from _thread import start_new_thread
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import flint
import numpy as np

from ..certifier.errors import Undecided
from .doubts import Doubts

#: folders of code that computes with the numbers that it is given
_KNOWN = (
    *(Path(str(module.__file__)).resolve().parent for module in (np, flint)),
    *(Path(__file__).resolve().parents[2] / name for name in ("numeric_check", "symbolic_proofs")),
)
_STANDARD = tuple(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib"))
#: what takes code out of sight, as the interpreter calls it
_OUT_OF_SIGHT = frozenset(
    [
        "sys._current_frames",
        "sys._getframe",
        "_thread.start_new_thread",
        "_thread.start_joinable_thread",
        "sys.setprofile",
        "sys.settrace",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.system",
        "subprocess.Popen",
    ]
)
_INSTALLED = frozenset({"site-packages", "dist-packages"})


@contextmanager
def watched(doubts: Doubts, rewritten: Collection[CodeType]) -> Iterator[None]:
    """Remember where code is run that is neither rewritten nor known to be harmless."""
    codes = frozenset(rewritten)

    def look(frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if argument is start_new_thread:
            # before Python 3.12 this is not an event
            heard("_thread.start_new_thread")
        if event != "call" or code in codes or _is_known(code.co_filename):
            return
        if _computes(code):
            name = Path(code.co_filename).name
            doubts.raised(Undecided(f"the function runs code of {name} whose text is not read"))

    def heard(event: str) -> None:
        doubts.raised(Undecided(f"the function runs code out of sight ({event})"))

    before, collects = sys.getprofile(), gc.isenabled()
    # what others want to hear of the garbage collection is none of the function's code
    gc.disable()
    sys.setprofile(look)
    _LISTENING.append(heard)
    try:
        yield
    finally:
        _LISTENING.remove(heard)
        sys.setprofile(before)
        if collects:
            gc.enable()


_LISTENING: list[Callable[[str], None]] = []


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    code = event == "object.__getattr__" and arguments[1] == "__code__"
    if _LISTENING and (code or event in _OUT_OF_SIGHT):
        _LISTENING[-1](event)


# there is no way to take it back, so that it is done once
sys.addaudithook(_listen)


@lru_cache(maxsize=4096)
def _computes(code: CodeType) -> bool:
    """Tell whether code has a float or an operation; what is made for a data class has none."""
    steps = dis.get_instructions(code)
    return _has_float(code.co_consts) or any(step.opname == "BINARY_OP" for step in steps)


def _has_float(constant: object) -> bool:
    if isinstance(constant, tuple | frozenset):
        return any(map(_has_float, constant))
    return isinstance(constant, float | complex)


@lru_cache(maxsize=4096)
def _is_known(name: str) -> bool:
    if name.startswith("<frozen"):
        return True
    path = Path(name)
    if not path.is_absolute():
        return False
    path = path.resolve()
    if any(map(path.is_relative_to, _KNOWN)):
        return True
    standard = any(map(path.is_relative_to, _STANDARD))
    return standard and not _INSTALLED & set(path.parts)
