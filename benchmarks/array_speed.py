"""The PQ index of a large array beside what NumPy needs for its parts.

Run as `python benchmarks/array_speed.py [ENTRIES]`; the default is 10^8 entries, about 3 GB of
memory for the peers' temporaries. `pq_index` is measured with the extra `fast`, if that is there,
and by NumPy alone. Every ratio compares runs taken in turn, so that a busy machine slows both; it
is the median over the rounds, and beside it stands the range of the middle half of them.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numeric_check.arrays import compiled
from numeric_check.arrays.pq_index import pq_index

ENTRIES = 10**8
ROUNDS = 7

#: rounds where one takes a millisecond or two
SHORT_ROUNDS = 101

Array = NDArray[Any]


@dataclass(frozen=True)
class SpeedRow:
    """`pq_index` beside a peer: median seconds of each, and their ratios.

    `ratios` are the quartiles of the time of `pq_index` over that of the peer, the median in the
    middle: below 1, `pq_index` is faster. The fields that begin with `numpy` are those of
    `pq_index` without compiled loops.
    """

    subject: str
    peer: str
    seconds: float
    numpy_seconds: float
    peer_seconds: float
    ratios: list[float]
    numpy_ratios: list[float]


def two_norms(array: Array) -> float:
    """1 - I_{1,2} as one writes it: in the array's own dtype, overflow and rounding included."""
    flat = array.ravel()
    return float(np.linalg.norm(flat, 1) / np.linalg.norm(flat, 2) / np.sqrt(flat.size))


def two_norms_in_float64(array: Array) -> float:
    """The same to the accuracy of float64, as `pq_index` has it."""
    return two_norms(array.astype(np.float64))


def bare_powers(array: Array, p: float, q: float) -> tuple[float, float]:
    """The two power sums and nothing else, in the array's own dtype."""
    return float(np.sum(np.abs(array) ** p)), float(np.sum(np.abs(array) ** q))


def without_loops(array: Array, p: float, q: float) -> float:
    """`pq_index` as it is where the extra `fast` is not installed."""
    before, compiled.FUSED_ENTRIES = compiled.FUSED_ENTRIES, sys.maxsize
    try:
        return pq_index(array, p, q)
    finally:
        compiled.FUSED_ENTRIES = before


def array_speed(entries: int = ENTRIES, rounds: int = ROUNDS) -> Iterator[SpeedRow]:
    """Yield the rows of the table as they are measured; `entries` >= 10^6 is the array's length.

    Those that name no length use a fifth of the entries, because bare powers are slow.
    """
    generator = np.random.default_rng(0)
    single = generator.standard_normal(entries, dtype=np.float32)
    peers: dict[str, Callable[[], Any]] = {
        "one np.sum": partial(np.sum, single),
        "two np.linalg.norm, float32": partial(two_norms, single),
        "two np.linalg.norm, to float64": partial(two_norms_in_float64, single),
    }
    yield from _against(f"(1, 2), {entries:.0e} float32", single, (1, 2), peers, rounds)
    peers.clear()
    million = single[: 10**6].copy()
    peers = {"one np.sum": partial(np.sum, million)}
    yield from _against("(1, 2), 1e+06 float32", million, (1, 2), peers, SHORT_ROUNDS)
    for p, q in [(0.3, 0.7), (1.0, 7.5)]:
        peers = {"bare powers": partial(bare_powers, million, p, q)}
        yield from _against(f"({p:g}, {q:g}), 1e+06 float32", million, (p, q), peers, SHORT_ROUNDS)
    peers.clear()
    del single

    fifth = entries // 5
    double = generator.standard_normal(fifth)
    arrays: dict[str, Array] = {
        "float64": double,
        "float32": double.astype(np.float32),
        "float16": double.astype(np.float16),
        "int8": generator.integers(-127, 128, fifth).astype(np.int8),
    }
    for dtype, array in arrays.items():
        # In a narrow dtype the squares overflow: there the norms need a conversion to be right.
        norms = two_norms if array.dtype.itemsize >= 4 else two_norms_in_float64
        peers = {"one np.sum": partial(np.sum, array), "two np.linalg.norm": partial(norms, array)}
        yield from _against(f"(1, 2), {dtype}", array, (1, 2), peers, rounds)
    pairs = [(0.5, 1.0), (0.25, 0.5), (2.0, 4.0), (1.0, 3.0), (0.3, 0.7), (1.5, 2.5), (1.0, 7.5)]
    for p, q in pairs:
        for dtype in ("float64", "float32"):
            array = arrays[dtype]
            peers = {"bare powers": partial(bare_powers, array, p, q)}
            yield from _against(f"({p:g}, {q:g}), {dtype}", array, (p, q), peers, rounds)


def _against(
    subject: str,
    array: Array,
    exponents: tuple[float, float],
    peers: dict[str, Callable[[], Any]],
    rounds: int,
) -> Iterator[SpeedRow]:
    """Time `pq_index`, both ways, and a peer in turn, `rounds` times; a first turn does not count.

    One peer after the other: the threads that a BLAS leaves spinning would slow its neighbours.
    """
    ways = [partial(pq_index, array, *exponents), partial(without_loops, array, *exponents)]
    for name, peer in peers.items():
        turns = [[_seconds(call) for call in (*ways, peer)] for _ in range(rounds + 1)][1:]
        own, numpy_alone, other = (statistics.median(column) for column in zip(*turns, strict=True))
        yield SpeedRow(
            subject,
            name,
            own,
            numpy_alone,
            other,
            statistics.quantiles([turn[0] / turn[2] for turn in turns], n=4),
            statistics.quantiles([turn[1] / turn[2] for turn in turns], n=4),
        )


def _seconds(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def machine() -> str:
    """The processor, how many there are, and what computes on it."""
    name = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        lines = described.read_text(encoding="utf-8").splitlines()
        models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        name = models[0] if models else name
    try:
        loops = f"Numba {version('numba')}"
    except PackageNotFoundError:
        loops = "no Numba: both columns are NumPy alone"
    return f"{name}, {os.cpu_count()} processors, NumPy {np.__version__}, {loops}"


def main() -> None:
    """Print the table, a line as soon as it is known."""
    entries = max(10**6, int(float(sys.argv[1]))) if len(sys.argv) > 1 else ENTRIES
    print(machine())
    print(f"{'':58}{'seconds':>27}{'ratio to the peer, and of the middle half':>46}")
    print(f"{'pq_index':26}{'peer':32}{'fast':>9}{'NumPy':>9}{'peer':>9}{'fast':>23}{'NumPy':>23}")
    for row in array_speed(entries):
        shown = [
            f"{middle:9.2f} {f'({low:.2f} to {high:.2f})':>13}"
            for low, middle, high in (row.ratios, row.numpy_ratios)
        ]
        print(
            f"{row.subject:26}{row.peer:32}{row.seconds:9.4f}{row.numpy_seconds:9.4f}"
            f"{row.peer_seconds:9.4f}{''.join(shown)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
