"""For which exponents, and from which length on, a claim fails.

`map_region` searches at each point of a grid of exponents. `first_n` looks for the least length: at
every length in turn it hunts, with the exponents and the length fixed. Extremal vectors of
symmetric power-sum inequalities have few distinct values, so a length of 57 costs what one of 9
does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from symbolic_proofs.claims.claim import Claim

from .search import SearchResult, search

#: exponents of the grid, when the user gives none
GRID = tuple(map(Fraction, ("1/4", "1/2", "3/4", "1", "3/2", "2", "3", "4")))
POINT_BUDGET = 20_000
LENGTH_BUDGET = 25_000
#: the greatest length that is tried
LENGTHS = 100


@dataclass(frozen=True)
class Point:
    """One point of a map: the exponents, and the search there. What is not refuted is open."""

    p: Fraction
    q: Fraction
    result: SearchResult

    @property
    def refuted(self) -> bool:
        """Whether a certified counterexample was found."""
        return self.result.kind == "counterexample"


@dataclass(frozen=True)
class FirstLength:
    """The least length at which a counterexample was found, and those searched before in vain.

    `length` is None when there was none up to the limit. That the claim holds below is not shown.
    """

    length: int | None
    result: SearchResult | None
    searched: tuple[int, ...]
    effective: int


class RegionInterrupted(KeyboardInterrupt):
    """Ctrl-C in a map or a search by lengths; `reached` is what it had come to."""

    def __init__(self, reached: tuple[Point, ...] | FirstLength):
        super().__init__()
        self.reached = reached


def map_region(
    claim: Claim,
    grid: Iterable[Fraction | int] = GRID,
    *,
    budget: int = POINT_BUDGET,
    done: Callable[[str], None] = lambda where: None,
    **options: Any,
) -> tuple[Point, ...]:
    """Search the claim at each pair p < q of the grid; `options` go to `search`.

    `done` is called after each point, with its name. Raises RegionInterrupted on Ctrl-C.
    """
    points: list[Point] = []
    try:
        for p, q in pairs(grid):
            points.append(Point(p, q, search(claim, p=p, q=q, budget=budget, **options)))
            done(f"p = {p}, q = {q}")
    except KeyboardInterrupt as stop:
        raise RegionInterrupted(tuple(points)) from stop
    return tuple(points)


def pairs(grid: Iterable[Fraction | int]) -> list[tuple[Fraction, Fraction]]:
    """Return the pairs p < q of a grid, in the order in which they are searched."""
    return list(combinations(sorted(set(map(Fraction, grid))), 2))


def first_n(
    claim: Claim,
    p: Fraction | int,
    q: Fraction | int,
    *,
    limit: int = LENGTHS,
    budget: int = LENGTH_BUDGET,
    done: Callable[[str], None] = lambda where: None,
    **options: Any,
) -> FirstLength:
    """Find the least length of what the claim measures at which it fails, with p and q fixed.

    `limit` is the greatest length tried, `budget` the candidates for each; `done` is called after
    each length, with its name; `options` are for `search`. Raises RegionInterrupted on Ctrl-C.
    """
    searched: list[int] = []
    effective = 0
    try:
        for length in range(1, limit + 1):
            result = search(claim, p=p, q=q, dim=length, budget=budget, **options)
            done(f"N = {length}")
            if result.kind == "counterexample":
                return FirstLength(length, result, tuple(searched), effective)
            if result.effective:
                searched.append(length)
                effective += result.effective
    except KeyboardInterrupt as stop:
        raise RegionInterrupted(FirstLength(None, None, tuple(searched), effective)) from stop
    return FirstLength(None, None, tuple(searched), effective)
