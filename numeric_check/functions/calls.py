"""Calling a user's function: it may print, warn, loop for ever or end the program."""

from __future__ import annotations

import io
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType
from typing import Any

import numpy as np

from ..certifier.errors import NumericCheckError

Function = Callable[[Any], Any]

#: seconds that a function may take for one vector of floats, and for one of exact numbers
FLOAT_SECONDS, EXACT_SECONDS = 5.0, 20.0
#: where a process prints, and what the names in a function mean, is the same for all its threads
_ONE_THREAD = threading.RLock()


class PlainFunctionError(NumericCheckError, ValueError):
    """A function that cannot be a measure, for any vector; the message is one line."""


class EndedError(NumericCheckError):
    """A function raised SystemExit or its like."""


def text_of_error(error: BaseException) -> str:
    """Return what an exception of a user's says, on one line; "" where it fails to say it."""
    try:
        return " ".join(str(error).split())
    except Exception:
        return ""


class _TooSlow(BaseException):
    """The time is up; no Exception, so that a function does not catch it by the way."""


class _Nowhere(io.TextIOBase):
    """A text stream that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def quietly() -> Iterator[None]:
    """Let nothing be printed or warned of: what a function says is not a result of the program.

    One thread at a time may be inside: another would run a function whose names mean exact numbers.
    """
    nowhere = _Nowhere()
    with _ONE_THREAD, warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            yield


def called(function: Function, entries: Any, seconds: float) -> Any:
    """Return what a function returns; to be used inside of `quietly`.

    Raises TimeoutError after so many seconds, EndedError for a function that ends the program, and
    what the function raises.
    """
    said = f"has not returned after {seconds:g} s"
    try:
        with _limit(seconds) as late:
            result = function(entries)
    except _TooSlow as slow:
        # a stop that nobody could hear of before: this signal woke the process for both
        if isinstance(slow.__context__, KeyboardInterrupt):
            raise slow.__context__ from None
        raise TimeoutError(said) from None
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise EndedError(type(error).__name__) from None
    if late:
        raise TimeoutError(said)
    return result


@contextmanager
def _limit(seconds: float) -> Iterator[list[int]]:
    """Interrupt what takes longer; something stands in the list then, should that be caught."""
    late: list[int] = []

    def time_is_up(number: int, frame: FrameType | None) -> None:
        late.append(number)
        raise _TooSlow

    # only the main thread of a process gets signals, and not every system has this one
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield late
        return
    before = signal.signal(signal.SIGALRM, time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield late
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
