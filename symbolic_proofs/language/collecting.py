"""The claims that a file states, collected while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .claim import Claim

_COLLECTED: ContextVar[list[Claim] | None] = ContextVar("collected", default=None)


@contextmanager
def collecting() -> Iterator[list[Claim]]:
    """Give a list to which every claim that is stated from here on is added."""
    found: list[Claim] = []
    token = _COLLECTED.set(found)
    try:
        yield found
    finally:
        _COLLECTED.reset(token)


def collect(claim: Claim) -> Claim:
    """Add a claim to what is being collected, if anything is, and return it."""
    found = _COLLECTED.get()
    if found is not None:
        found.append(claim)
    return claim
