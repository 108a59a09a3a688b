"""How fast the hunt is: candidates a second, workers, and the time to a witness.

    python benchmarks/search_speed.py

Every figure is a median of several runs; ratios are against bare NumPy in the same run, at the same
size, so that a slow or busy machine changes both.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from time import perf_counter

import numpy as np

from numeric_check.compile_claim import compile_claim
from numeric_check.evaluate import Run
from numeric_check.sample import Fixed, Sampler, generator
from numeric_check.screen import screen
from numeric_check.search import search
from numeric_check.styles import RANDOM
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim

SIZE, VALUES, ROUNDS = 2048, 8, 60
DENSE = RANDOM[3]


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return statistics.median(times)


def bare_powers() -> float:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(SIZE, VALUES))
    p, q = rng.uniform(0.3, 3, SIZE), rng.uniform(3, 6, SIZE)

    def work() -> object:
        size = np.abs(x)
        return (size ** p[:, None]).sum(axis=1), (size ** q[:, None]).sum(axis=1)

    return seconds(work)


def candidates() -> None:
    print(f"nanoseconds a candidate, {VALUES} distinct values, p and q by candidate")
    print(f"{'claim':24}{'bare':>8}{'evaluate':>10}{'ratio':>7}{'with drawing':>14}{'ratio':>7}")
    for name in ("range.lower", "zeros.raise", "firing.lowers.weights", "criteria.robin-hood"):
        program = compile_claim(find_claim(name))
        sampler = Sampler(program, Fixed(), generator(0, 0))
        run = sampler.draw(DENSE, SIZE)
        while next(iter(run.batch.multiplicities.values())).shape[0] < VALUES:
            run = sampler.draw(DENSE, SIZE)
        batch = run.batch
        bare = bare_powers()
        alone = seconds(lambda p=program, batch=batch: screen(p, Run(p, batch)))
        whole = seconds(
            lambda program=program, sampler=sampler: screen(program, sampler.draw(DENSE, SIZE))
        )
        per = 1e9 / SIZE
        print(
            f"{name:24}{bare * per:8.0f}{alone * per:10.0f}{alone / bare:7.2f}"
            f"{whole * per:14.0f}{whole / bare:7.2f}"
        )


def workers(budget: int = 12_000_000) -> None:
    claim, times = find_claim("zeros.raise"), {}
    for jobs in (1, 2):
        start = perf_counter()
        search(claim, budget=budget, jobs=jobs)
        times[jobs] = perf_counter() - start
    print(f"\n{budget:,} candidates: {times[1]:.1f} s alone, {times[2]:.1f} s with two workers: "
          f"{times[1] / times[2]:.2f} times as fast, their start included")  # fmt: skip


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
