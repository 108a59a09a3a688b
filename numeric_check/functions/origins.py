"""Where plain functions come from: a worker that has not got one reads it from its file.

A worker that cannot have the very function refuses in words; it never goes on without it, for then
nothing would be tested and all would look well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..certifier.errors import NumericCheckError

#: reads a file and registers a function of it: (path, the function's name)
Load = Callable[[str, str], None]


class FunctionUnavailableError(NumericCheckError, ValueError):
    """A plain function that a worker has not got and cannot read; one line."""


@dataclass(frozen=True)
class Origin:
    """The file of a function, a digest of what it says, and what reads it; no path: no file."""

    name: str
    path: str = ""
    digest: str = ""
    load: Load | None = None


_ORIGINS: dict[str, Origin] = {}


def remember(name: str, path: str, load: Load) -> None:
    """Remember that a plain function stands in a file; raises OSError if that cannot be read."""
    _ORIGINS[name] = Origin(name, str(Path(path).resolve()), _digest(path), load)


def origins_of(names: Iterable[str]) -> tuple[Origin, ...]:
    """Return where the plain functions of these names come from."""
    return tuple(_ORIGINS.get(name, Origin(name)) for name in sorted(names))


def make_known(origins: Iterable[Origin]) -> None:
    """Read the functions that are not known here.

    Raises FunctionUnavailableError for one that has no file, or another one of that name.
    """
    for origin in origins:
        # imported late: it brings ball arithmetic with it, which no other claim needs
        from .evaluate import is_registered

        if is_registered(origin.name):
            if _ORIGINS.get(origin.name, Origin(origin.name)) != origin:
                raise FunctionUnavailableError(
                    f"a worker has another function {origin.name}; start the workers anew"
                )
        else:
            _read(origin)


def _read(origin: Origin) -> None:
    if origin.load is None:
        raise FunctionUnavailableError(
            f"{origin.name} is not known here and comes from no file; ask for it as "
            f"FILE.py:{origin.name}, or use one job"
        )
    try:
        if _digest(origin.path) != origin.digest:
            raise FunctionUnavailableError(
                f"{origin.path} of a worker is not the file that was asked about; copy it there"
            )
    except OSError as error:
        raise FunctionUnavailableError(
            f"a worker cannot read {origin.path}: {error.strerror}; copy it there"
        ) from None
    try:
        origin.load(origin.path, origin.name)
    except Exception as error:
        raise FunctionUnavailableError(f"a worker cannot load {origin.name}: {error}") from None


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]
