"""What interrupts a user's function: its time, and a user who has had enough."""

from __future__ import annotations

import signal
import threading
from typing import Any

import pytest

from numeric_check.functions.calls import called

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "pthread_sigmask"), reason="needs signals that can be held back"
)


def to_this_thread(number: int) -> None:
    # one that is sent to the process is taken by any thread that does not hold it back
    signal.pthread_kill(threading.get_ident(), number)


def stopped_as_its_time_is_up(_: Any) -> None:
    """Let both signals be seen in one moment, as when the first came just before a sleep."""
    both = {signal.SIGINT, signal.SIGALRM}
    signal.pthread_sigmask(signal.SIG_BLOCK, both)
    for number in both:
        to_this_thread(number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, both)


def too_slow(_: Any) -> None:
    to_this_thread(signal.SIGALRM)


def test_a_stop_is_not_taken_for_a_function_that_is_slow() -> None:
    with pytest.raises(KeyboardInterrupt):
        called(stopped_as_its_time_is_up, [1.0], 100.0)
    with pytest.raises(TimeoutError, match="has not returned after 100 s"):
        called(too_slow, [1.0], 100.0)
