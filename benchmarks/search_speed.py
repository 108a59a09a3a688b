"""How fast the hunt is: candidates a second, workers, and the time to a witness.

    python benchmarks/search_speed.py

Ratios are of runs taken in turn, so that a slow or busy machine changes both sides; they are
medians. What the candidates are compared with: |v|^p and |v|^q of every distinct value that the two
sides of the claim hold (of (u, v, R) and (u - epsilon, v + epsilon, R) at N = 8 these are 10), and
the two sums, in bare NumPy, with the batch's own values and exponents.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from numeric_check.batch.compiler.claim import compile_claim
from numeric_check.batch.run import Batch, Run
from numeric_check.hunt.drawing_styles import RANDOM
from numeric_check.hunt.pieces import BATCH
from numeric_check.hunt.sampler import Fixed, Sampler, generator
from numeric_check.hunt.screening import screen
from numeric_check.hunt.search import search
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim

ROUNDS = 101
LONG, LONG_ROUNDS = 16_000_000, 5
LONG_RUN = f"""
import sys
from time import perf_counter
from numeric_check import search
from symbolic_proofs.claims.catalogue import find_claim
claim = find_claim("zeros.raise")
search(claim, budget=10_000)
start = perf_counter()
search(claim, budget={LONG}, jobs=int(sys.argv[1]))
print(perf_counter() - start)
"""
DENSE = RANDOM[3]
#: claims, the distinct values of their vector symbol when what is measured has 8 entries, and the
#: scalars that stand beside it as entries
CLAIMS: dict[str, tuple[int, Callable[[Batch], Sequence[Any]]]] = {
    "range.lower": (8, lambda batch: ()),
    "zeros.raise": (8, lambda batch: ()),
    "firing.lowers.weights": (7, lambda batch: [batch.scalars["x"]]),
    "criteria.robin-hood": (6, lambda batch: _robin_hood(batch.scalars)),
}


def _robin_hood(scalars: dict[str, Any]) -> list[Any]:
    u, v, epsilon = (scalars[name] for name in ("u", "v", "epsilon"))
    return [u, v, u - epsilon, v + epsilon]


def in_turn(*works: Callable[[], object], rounds: int = ROUNDS) -> list[list[float]]:
    """Return the seconds of each work in each round, one round that does not count left out."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    return [taken[1:] for taken in times]


def ratio(above: list[float], below: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def bare_powers(batch: Batch, entries: Sequence[Any]) -> tuple[int, Callable[[], object]]:
    """Return the number of distinct values, and a function that sums their powers."""
    rows = [*(row for vector in batch.vectors.values() for row in vector), *entries]
    x = np.ascontiguousarray(np.array(rows).T)
    p, q = batch.scalars["p"][:, None], batch.scalars["q"][:, None]

    def work() -> object:
        size = np.abs(x)
        return (size**p).sum(axis=1), (size**q).sum(axis=1)

    return len(rows), work


def candidates() -> None:
    print(f"nanoseconds a candidate, N = 8, p and q by candidate, batches of {BATCH}")
    print(f"{'claim':24}{'values':>7}{'bare':>7}{'evaluate':>10}{'ratio':>7}{'with drawing':>14}"
          f"{'ratio':>7}")  # fmt: skip
    for name, (blocks, entries) in CLAIMS.items():
        program = compile_claim(find_claim(name))
        sampler, style = Sampler(program, Fixed(), generator(0, 0)), replace(DENSE, blocks=blocks)

        def drawn(program: Any = program, sampler: Any = sampler, style: Any = style) -> object:
            return screen(program, sampler.draw(style, BATCH))

        batch = sampler.draw(style, BATCH).batch
        # some batches have fewer distinct values, or zeros: those are cheaper
        while any(v.shape[0] < blocks or not v.all() for v in batch.vectors.values()):
            batch = sampler.draw(style, BATCH).batch
        values, bare = bare_powers(batch, entries(batch))
        with np.errstate(over="ignore"):
            times = in_turn(bare, lambda p=program, b=batch: screen(p, Run(p, b)), drawn)
        cost = [statistics.median(taken) * 1e9 / BATCH for taken in times]
        print(f"{name:24}{values:7}{cost[0]:7.0f}{cost[1]:10.0f}{ratio(times[1], times[0]):7.2f}"
              f"{cost[2]:14.0f}{ratio(times[2], times[0]):7.2f}", flush=True)  # fmt: skip


def workers() -> None:
    def seconds(jobs: int) -> float:
        # in a process of its own: workers load what was loaded by the script that starts them
        command = [sys.executable, "-c", LONG_RUN, str(jobs)]
        return float(subprocess.run(command, check=True, capture_output=True).stdout)

    pairs = [(seconds(1), seconds(2)) for _ in range(LONG_ROUNDS)]
    one, two = (list(taken) for taken in zip(*pairs, strict=True))
    print(f"\n{LONG:,} candidates: {statistics.median(one):.1f} s alone, "
          f"{statistics.median(two):.1f} s with two workers: {ratio(one, two):.2f} times as fast, "
          "their start included")  # fmt: skip


def witnesses() -> None:
    found = []
    for claim in CATALOGUE:
        start = perf_counter()
        result = search(claim)
        if result.kind is not None:
            found.append((perf_counter() - start, claim.id))
    times = [t for t, _ in found]
    print(f"\nseconds to a certified, shrunk witness, {len(found)} claims: median", end=" ")
    print(f"{statistics.median(times):.3f}, most {max(found)[0]:.2f} ({max(found)[1]})")


if __name__ == "__main__":
    candidates()
    workers()
    witnesses()
