"""The PQ index of a large array beside what NumPy needs for its parts.

Run as `python benchmarks/array_speed.py [ENTRIES]`; the default is 10^8 entries, about 3 GB of
memory for the peers' temporaries. Every ratio compares runs taken in turn, so that a busy machine
slows both; it is the median over the rounds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numeric_check.pq_index import pq_index

ENTRIES = 10**8
ROUNDS = 7

Array = NDArray[Any]


@dataclass(frozen=True)
class SpeedRow:
    """`pq_index` beside a peer: median seconds of each, and the median of their ratios.

    `ratio` is the time of `pq_index` over that of the peer: below 1, `pq_index` is faster.
    """

    subject: str
    peer: str
    seconds: float
    peer_seconds: float
    ratio: float


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


def array_speed(entries: int = ENTRIES, rounds: int = ROUNDS) -> Iterator[SpeedRow]:
    """Yield the rows of the table as they are measured; `entries` >= 10 is the array's length.

    Exponents other than (1, 2) use a tenth of the entries, because bare powers are slow.
    """
    generator = np.random.default_rng(0)
    single = generator.standard_normal(entries, dtype=np.float32)
    peers: dict[str, Callable[[], Any]] = {
        "one np.sum": partial(np.sum, single),
        "two np.linalg.norm, float32": partial(two_norms, single),
        "two np.linalg.norm, to float64": partial(two_norms_in_float64, single),
    }
    yield from _against(
        f"(1, 2), {entries:.0e} float32", partial(pq_index, single, 1, 2), peers, rounds
    )
    peers.clear()
    del single

    tenth = max(1, entries // 10)
    double = generator.standard_normal(tenth)
    arrays: dict[str, Array] = {
        "float64": double,
        "float32": double.astype(np.float32),
        "float16": double.astype(np.float16),
        "int8": generator.integers(-127, 128, tenth).astype(np.int8),
    }
    for dtype, array in arrays.items():
        # In a narrow dtype the squares overflow: there the norms need a conversion to be right.
        norms = two_norms if array.dtype.itemsize >= 4 else two_norms_in_float64
        peers = {"one np.sum": partial(np.sum, array), "two np.linalg.norm": partial(norms, array)}
        yield from _against(f"(1, 2), {dtype}", partial(pq_index, array, 1, 2), peers, rounds)
    for p, q in [(0.5, 1.0), (0.25, 0.5), (2.0, 4.0), (1.0, 3.0), (0.3, 0.7), (1.5, 2.5)]:
        for dtype in ("float64", "float32"):
            array = arrays[dtype]
            call = partial(pq_index, array, p, q)
            peers = {"bare powers": partial(bare_powers, array, p, q)}
            yield from _against(f"({p:g}, {q:g}), {dtype}", call, peers, rounds)


def _against(
    subject: str, call: Callable[[], Any], peers: dict[str, Callable[[], Any]], rounds: int
) -> Iterator[SpeedRow]:
    """Time `call` and a peer in turn, `rounds` times, after one turn that does not count.

    One peer after the other: the threads that a BLAS leaves spinning would slow its neighbours.
    """
    for name, peer in peers.items():
        pairs = [(_seconds(call), _seconds(peer)) for _ in range(rounds + 1)][1:]
        yield SpeedRow(
            subject,
            name,
            statistics.median(own for own, _ in pairs),
            statistics.median(other for _, other in pairs),
            statistics.median(own / other for own, other in pairs),
        )


def _seconds(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Print the table, a line as soon as it is known."""
    entries = int(float(sys.argv[1])) if len(sys.argv) > 1 else ENTRIES
    print(f"{'pq_index':24}{'peer':34}{'seconds':>9}{'peer':>9}{'ratio':>8}")
    for row in array_speed(entries):
        print(
            f"{row.subject:24}{row.peer:34}{row.seconds:9.4f}{row.peer_seconds:9.4f}"
            f"{row.ratio:8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
