"""A measure of sparsity: a term for every vector, where it comes from, and where it has a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp

from ..language.formulas import Formula
from ..language.names import LanguageError
from ..language.vectors import Vector

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def _everywhere(vector: Vector) -> tuple[Formula, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of how sparse a vector of entries >= 0 is; a larger value is sparser.

    `term` gives its value as a term. `given` are conditions on its parameters, and `domain` gives
    the conditions under which a vector that is not zero has a value. Raises LanguageError when the
    name is not made of lower-case words joined by hyphens.
    """

    name: str
    title: str
    source: str
    term: Callable[[Vector], sp.Expr]
    given: tuple[Formula, ...] = ()
    domain: Callable[[Vector], tuple[Formula, ...]] = _everywhere

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise LanguageError(
                f"{self.name!r} is not a name for a measure; use lower-case words joined by hyphens"
            )
