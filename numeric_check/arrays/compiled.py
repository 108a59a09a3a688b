"""Both power sums of a large array in one reading of memory, by compiled loops in threads.

NumPy writes every intermediate result down, in the cache at best, and that takes several times as
long as reading the array does. With the extra `fast` installed, large arrays are read once, by
loops that Numba compiles. The loops know no levels (see `accumulator`): pieces of the array whose
sums leave the middle of float64's range, and those with NaN or infinity, are handed back.
"""

from __future__ import annotations

import math
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .accumulator import SPAN
from .formats import CodedArray
from .power_sums import small_multiple

if TYPE_CHECKING:
    from .kernels import Kernel, Sums

__all__ = ["FUSED_ENTRIES", "FusedSums", "fused_sums"]

# To import Numba and to load compiled code takes a third of a second in each process, a second or
# two where nothing is compiled yet; it saves half a nanosecond an entry and more. From half a
# million entries on an array gains three quarters of its time, and its readings over and over pay
# for the start. The length alone decides: an array has the same value, to the last bit, whatever
# was measured before.
FUSED_ENTRIES = 1 << 19

# What a thread takes at a time: long against the interpreter's share, short against an array.
_PIECE_ENTRIES = 1 << 20

# By how many bits the codes of a 16-bit format are moved to be those of float32; 0: no codes.
_BFLOAT16, _FLOAT16, _NUMBERS = 16, 13, 0

# Between these no power of level 0 has overflown, and those that underflow do not count.
_LEAST, _LARGEST = math.ldexp(1, -SPAN // 2), math.ldexp(1, SPAN // 2)


@dataclass(frozen=True)
class FusedSums:
    """The sums of |w|^p and |w|^q, and the nonzero entries if counted, but for the pieces `left`.

    The sums do not depend on the number of threads: pieces have a fixed length, and their sums are
    added exactly.
    """

    low: float
    high: float
    nonzero: int
    left: list[slice]


def fused_sums(
    flat: NDArray[Any] | CodedArray, p: float, q: float, *, count: bool
) -> FusedSums | None:
    """Read a contiguous one-dimensional array once; None where compiled loops do not apply.

    They apply from `FUSED_ENTRIES` on, to native numbers of at most eight bytes and to bfloat16, if
    Numba is there and works; to powers that are no products or square roots on processors with
    wide vectors alone.
    """
    if flat.shape[0] < FUSED_ENTRIES:
        return None
    stored = _stored(flat)
    if stored is None:
        return None
    data, shift = stored
    kernel = _working_kernel(data, p, q, shift, count)
    if kernel is None:
        return None

    low: list[float] = []
    high: list[float] = []
    nonzero, left = 0, []
    for start, sums in _in_threads(kernel, data):
        if _is_settled(sums[0], sums[1], p):
            low.append(sums[0])
            high.append(sums[1])
            nonzero += sums[2]
        else:
            left.append(slice(start, min(start + _PIECE_ENTRIES, data.size)))
    left.sort(key=lambda piece: piece.start)
    return FusedSums(math.fsum(low), math.fsum(high), nonzero, left)


def _stored(flat: NDArray[Any] | CodedArray) -> tuple[NDArray[Any], int] | None:
    """The numbers in memory, or the codes and their shift; read-only, to be of one type."""
    if isinstance(flat, CodedArray):
        if flat.format != "BF16":
            return None
        data, shift = flat.codes.view(), _BFLOAT16
    elif flat.dtype.kind not in "biuf" or flat.dtype.isbuiltin == 2 or flat.dtype.itemsize > 8:
        return None
    elif flat.dtype.itemsize == 2 and flat.dtype.kind == "f":
        data, shift = flat.view(flat.dtype.str.replace("f", "u")), _FLOAT16
    else:
        data, shift = flat.view(np.uint8 if flat.dtype.kind == "b" else flat.dtype), _NUMBERS
    if not data.dtype.isnative:
        return None
    data.flags.writeable = False
    return data, shift


def _is_settled(low: float, high: float, p: float) -> bool:
    if low == 0 and p <= 1:
        return True  # such a power of a number that is not zero is not zero either
    return _LEAST <= low <= _LARGEST and _LEAST <= high <= _LARGEST


def _working_kernel(
    data: NDArray[Any], p: float, q: float, shift: int, count: bool
) -> Kernel | None:
    """A kernel that has been compiled for the type of `data`, and tried; None without Numba."""
    for on_disk in (True, False):
        try:
            kernel = _kernel(p, q, shift, count, on_disk)
            if kernel is not None:
                kernel(data[:1])
            return kernel
        except Exception:
            # A cache that cannot be read or written, a Numba that does not go with this NumPy, a
            # processor it does not know: whatever it is, NumPy does the work.
            continue
    return None


@lru_cache(maxsize=1 << 10)
def _kernel(p: float, q: float, shift: int, count: bool, on_disk: bool) -> Kernel | None:
    from numba import config

    if config.DISABLE_JIT:  # somebody debugs or measures coverage: the loops would take hours
        return None
    from .kernels import EXPONENTS, make_kernel

    products = p in EXPONENTS and (q in EXPONENTS or small_multiple(p, q) > 0)
    if not (products or _has_wide_vectors()):
        return None
    return make_kernel(p, q, shift, count, on_disk)


def _has_wide_vectors() -> bool:
    """Whether a logarithm is made for four entries at once; if not, NumPy's powers are quicker."""
    from numba import config
    from numba.core.codegen import get_host_cpu_features

    features = config.CPU_FEATURES  # the environment's, None for those of the processor
    return "+avx2" in (get_host_cpu_features() if features is None else features).split(",")


def _in_threads(kernel: Kernel, data: NDArray[Any]) -> list[tuple[int, Sums]]:
    """What `kernel` says of each piece of `data`, with where the piece starts; in any order."""
    from numba import config

    starts = deque(range(0, data.size, _PIECE_ENTRIES))

    def work(_: int) -> list[tuple[int, Sums]]:
        done: list[tuple[int, Sums]] = []
        while True:
            try:
                start = starts.popleft()
            except IndexError:
                return done
            done.append((start, kernel(data[start : start + _PIECE_ENTRIES])))

    # As many as there are processors for this process, or as NUMBA_NUM_THREADS says. They end with
    # the call: threads that stay would be lost, or in the way, when the process forks. To start
    # them takes as long as two pieces do.
    workers = min(config.NUMBA_NUM_THREADS, len(starts) // 2)
    if workers < 2:
        return work(0)
    with ThreadPoolExecutor(workers) as pool:
        try:
            return [item for done in pool.map(work, range(workers)) for item in done]
        finally:
            starts.clear()  # interrupted: nobody takes another piece
