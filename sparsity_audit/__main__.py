"""The program: `sparsity-audit`, and `python -m sparsity_audit`.

However a run is stopped it ends in one line and a code that says by what: 130 for Ctrl-C, 143 for
SIGTERM. Both are KeyboardInterrupt to all that is at work, which keeps what it has reached.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from contextlib import suppress
from threading import Timer
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

INTERRUPTED, TERMINATED = 130, 143
#: seconds after which a stop is tried again that nobody could hear of
AGAIN = 0.02


def main() -> NoReturn:
    """Run the command line on the arguments of the process, and end it."""
    terminated = False

    def terminate(number: int, frame: FrameType | None) -> None:
        nonlocal terminated
        terminated = True
        raise KeyboardInterrupt

    code: object = 0

    def end() -> None:
        if code in (INTERRUPTED, TERMINATED):
            _end_at_once(int(str(code)))

    atexit.register(end)  # the first one: it is called when all others have been
    sys.unraisablehook = _stop_again
    try:
        signal.signal(signal.SIGTERM, terminate)
        # here, for it takes a moment in which a run may be stopped already
        from .cli.main import main as command_line

        command_line()
    except SystemExit as ended:
        code = ended.code
    except KeyboardInterrupt:
        print("sparsity-audit: interrupted", file=sys.stderr)
        code = INTERRUPTED
    # all is said and written: who is stopped now ends without a word
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if terminated and code == INTERRUPTED:
        code = TERMINATED
    if code in (INTERRUPTED, TERMINATED):
        sys.unraisablehook = _say_nothing  # pools whose workers were stopped too may break
    sys.exit(code)  # type: ignore[arg-type]


def _say_nothing(told: UnraisableHookArgs) -> None:
    pass


def _stop_again(told: UnraisableHookArgs) -> None:
    """Stop the run once more where that came in a place whose exceptions Python drops."""
    if isinstance(told.exc_value, KeyboardInterrupt):
        Timer(AGAIN, os.kill, (os.getpid(), signal.SIGINT)).start()
    else:
        sys.__unraisablehook__(told)


def _end_at_once(code: int) -> None:
    """End with this code: Python, where it has run a text as code, would make a signal of it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
