"""For which exponents, and from which length on, a claim fails.

`map_region` searches at each point of a grid of exponents. `first_n` looks for the least length: at
every length in turn it hunts, with the exponents and the length fixed. Extremal vectors of
symmetric power-sum inequalities have few distinct values, so a length of 57 costs what one of 9
does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from symbolic_proofs.language.claim import Claim

from ..functions.origins import FunctionUnavailableError, Origin, make_known
from ..parallel.dispatch import Call, results_in_order
from ..parallel.executors import workers_for
from .search import SearchInputError, SearchResult, functions_of, search

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
    `result` is the search at that length, or the last one.
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
    seed: int = 0,
    jobs: int = 1,
    executor: Any = None,
    done: Callable[[str], None] = lambda where: None,
) -> tuple[Point, ...]:
    """Search the claim at each pair p < q of the grid, with `budget` candidates.

    `jobs` and `executor` (see `executors.workers_for`) share the points out and do not change the
    outcome. `done` is called after each point, with its name. Raises RegionInterrupted on Ctrl-C,
    and what `search` raises.
    """
    points: list[Point] = []
    wanted = pairs(grid)
    places = [{"p": p, "q": q, "budget": budget, "seed": seed} for p, q in wanted]
    try:
        with _searches(claim, places, jobs, executor) as results:
            for (p, q), result in zip(wanted, results, strict=True):
                points.append(Point(p, q, result))
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
    seed: int = 0,
    jobs: int = 1,
    executor: Any = None,
    done: Callable[[str], None] = lambda where: None,
) -> FirstLength:
    """Find the least length of what the claim measures at which it fails, with p and q fixed.

    `limit` is the greatest length tried, `budget` the candidates for each. `jobs` and `executor`
    share the lengths out, a few ahead, and do not change the outcome. `done` is called after each
    length, with its name. Raises RegionInterrupted on Ctrl-C, and what `search` raises.
    """
    searched: list[int] = []
    effective, result = 0, None
    lengths = range(1, limit + 1)
    places = [{"p": p, "q": q, "dim": n, "budget": budget, "seed": seed} for n in lengths]
    try:
        with _searches(claim, places, jobs, executor) as results:
            for length, result in zip(lengths, results, strict=True):
                done(f"N = {length}")
                if result.kind == "counterexample":
                    return FirstLength(length, result, tuple(searched), effective)
                if result.effective:
                    searched.append(length)
                    effective += result.effective
    except KeyboardInterrupt as stop:
        raise RegionInterrupted(FirstLength(None, result, tuple(searched), effective)) from stop
    return FirstLength(None, result, tuple(searched), effective)


@contextmanager
def _searches(
    claim: Claim, places: Sequence[dict[str, Any]], jobs: int, executor: Any
) -> Iterator[Iterator[SearchResult]]:
    """Yield the results of a search at each place, in order; a place is options of `search`."""
    functions = functions_of(claim)

    def call(number: int) -> Call[SearchResult]:
        return _search_at, (claim, places[number], functions)

    with (
        workers_for(executor, jobs) as engine,
        closing(results_in_order(len(places), call, engine)) as results,
    ):
        yield results


def _search_at(claim: Claim, place: dict[str, Any], functions: tuple[Origin, ...]) -> SearchResult:
    try:
        make_known(functions)
    except FunctionUnavailableError as error:
        raise SearchInputError(str(error)) from None
    return search(claim, **place)
