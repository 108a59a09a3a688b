"""What pruners ask of a tensor: how many weights must stay, which lie above tau, how I grows.

The least number r of weights with S_p(rest) <= eta S_p(kept) keeps the r largest. It is counted
exactly: floats with a bound on their error leave a few candidates, and among these exact numbers
decide, or balls where p is no integer. It stands beside the floor

    N (1 + eta)^(-q/(q-p)) (1 - I)^(pq/(q-p))

of E. Diao et al. (ICLR 2023), Theorem 2, which says how many must stay at least, not how many are
enough. tau is (S_q / S_p)^(1/(q-p)): setting an entry of at most tau to 0 raises I.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq, fmpz
from numpy.typing import NDArray

from .blocks import blocks
from .errors import MeasureTypeError, MeasureValueError
from .pq_index import PowerSums
from .source import as_source, is_extension, magnitudes

__all__ = [
    "LeastKept", "Magnitudes", "floor_of", "joined", "least_kept", "magnitudes_of", "masked",
    "threshold",
]  # fmt: skip

# Balls of so many bits decide all but ties of irrational sums.
_PRECISIONS = (128, 512)
# Beyond, powers of fractions grow long, and ties are left undecided.
_LARGEST_ROOT, _MOST_CLASSES = 1000, 64


@dataclass(frozen=True, eq=False)
class Magnitudes:
    """The absolute values of the nonzero entries, in increasing order, and the length N."""

    nonzero: NDArray[Any]
    entries: int


@dataclass(frozen=True)
class LeastKept:
    """The least number of weights to keep; `at_most` is larger where a tie is undecided."""

    least: int
    at_most: int


def magnitudes_of(array: Any) -> Magnitudes:
    """Read an array whole; MeasureValueError for NaN and infinity, MeasureTypeError as `as_source`.

    Numbers that float64 does not hold are refused too, for they could not be counted exactly.
    """
    source = as_source(array, flatten=True)
    read = np.empty(source.entries, _exact_dtype(source.dtype))
    start = 0
    for block in blocks(source.shape, source.order, ()):
        entries = np.asarray(source.read(block)).reshape(-1)
        part = read[start : start + entries.size]
        with np.errstate(all="ignore"):
            magnitudes(entries, part)
            exact = _is_exact(entries, part)
        if not np.isfinite(part).all():
            found = "holds NaN" if np.isnan(part).any() else "holds an infinite entry"
            raise MeasureValueError(found)
        if not exact:
            raise MeasureTypeError("holds numbers of more than 53 bits; convert it to float64")
        start += entries.size
    read.sort()
    return Magnitudes(read[np.searchsorted(read, 0, "right") :], source.entries + source.zeros)


def joined(parts: Sequence[Magnitudes]) -> Magnitudes:
    """The magnitudes of several tensors as one vector."""
    entries = sum(part.entries for part in parts)
    arrays = [part.nonzero for part in parts] or [np.empty(0)]
    # A stable sort merges runs that are in order.
    return Magnitudes(np.sort(np.concatenate(arrays), kind="stable"), entries)


def least_kept(weights: Magnitudes, p: Fraction, eta: Fraction) -> LeastKept:
    """The least r with S_p(rest) <= eta S_p(kept), where the r largest are kept; eta >= 0."""
    values = weights.nonzero
    if values.size == 0 or eta == 0:
        return LeastKept(values.size, values.size)
    # As many may go, from the smallest on, as have a sum of at most eta / (1 + eta) of the whole.
    scaled = np.ldexp(values.astype(np.float64), -math.frexp(float(values[-1]))[1])
    with np.errstate(under="ignore"):
        sums = np.cumsum(scaled ** float(p), dtype=np.longdouble)
    bound = sums[-1] * np.longdouble(float(eta / (1 + eta)))
    # An addition each, and the power, the exponent and the share with a few units of float64; the
    # rounded exponent counts for log(entry) times as much.
    smallest = abs(math.log(max(float(scaled[0]), 5e-324)))
    units = 16 * (1 + (0 if p.denominator == 1 else float(p) * smallest))
    slack = 2 * values.size * float(np.finfo(np.longdouble).eps) + units * 2.0**-53
    low = int(np.searchsorted(sums, bound * (1 - slack), "right"))
    high = int(np.searchsorted(sums, bound * (1 + slack), "right"))
    if p > 64 or eta < Fraction(1, 2**64):  # there what underflows could count
        low, high = 0, values.size - 1

    @cache
    def sign(removed: int) -> int | None:
        return _sign(values, removed, p, eta)

    surely = _greatest(low, high, lambda removed: sign(removed) in (-1, 0))
    perhaps = surely
    if surely < high and sign(surely + 1) != 1:
        perhaps = _greatest(surely + 1, high, lambda removed: sign(removed) != 1)
    return LeastKept(values.size - perhaps, values.size - surely)


def _greatest(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to `high` where `holds`, which does so at `low` and then up to it."""
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def floor_of(entries: int, ratio: float, p: Fraction, q: Fraction, eta: Fraction) -> float:
    """Theorem 2: as many must stay at least; `ratio` is 1 - I."""
    log = float(p * q / (q - p)) * math.log(ratio) if ratio else -math.inf
    return entries * math.exp(log - float(q / (q - p)) * math.log1p(float(eta)))


def threshold(weights: Magnitudes, p: Fraction, q: Fraction) -> tuple[float, int]:
    """tau and the number of entries above it; some entry must not be zero.

    Entries that balls cannot tell from tau do not count as above.
    """
    values = weights.nonzero
    largest = float(values[-1])
    scaled = values.astype(np.float64) / largest
    with np.errstate(under="ignore"):
        low, high = np.sum(scaled ** float(p)), np.sum(scaled ** float(q))
    share = float(high / low) ** float(1 / (q - p))
    tau = largest * share
    slack = 2.0**-46 * max(1.0, float(1 / (q - p)))
    first = int(np.searchsorted(values, tau * (1 - slack), "left"))
    last = int(np.searchsorted(values, tau * (1 + slack), "right"))

    def is_above(place: int) -> bool:
        def difference() -> arb:
            # x > tau where x^(q-p) S_p > S_q, that is sum c^p x^q > sum c^q x^p.
            x, total = float(values[place]), arb(0)
            for c, times in _distinct(values):
                if c != x:
                    total += times * (_power(c, p) * _power(x, q) - _power(c, q) * _power(x, p))
            return total

        return _decided(difference) == 1

    while first < last:
        middle = (first + last) // 2
        if is_above(middle):
            last = middle
        else:
            first = middle + 1
    return tau, values.size - first


def masked(weights: Magnitudes, p: Fraction, q: Fraction, steps: int) -> list[tuple[int, float]]:
    """How many of the smallest entries are set to 0, from none on, and 1 - I then (N stays).

    The k-th of the `steps` points masks the share k / steps of all entries, rounded down.
    """
    sums = PowerSums(float(p), float(q))
    points: list[tuple[int, float]] = []
    zeros = weights.entries - weights.nonzero.size
    stop = weights.nonzero.size
    for step in reversed(range(steps)):
        count = weights.entries * step // steps
        start = min(max(0, count - zeros), stop)
        sums.add(as_source(weights.nonzero[start:stop], flatten=True))
        stop, sums.entries = start, weights.entries
        points.append((count, float(sums.ratio())))
    return points[::-1]


def _exact_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    small = is_extension(dtype) or dtype.itemsize <= (4 if dtype.kind == "f" else 2)
    return np.dtype(np.float32 if small else np.float64)


def _is_exact(entries: NDArray[Any], read: NDArray[Any]) -> bool:
    if is_extension(entries.dtype) or entries.dtype.itemsize < 8:
        return True
    if entries.dtype.kind in "iu":
        return not (read >= 2.0**53).any()
    return bool((read == np.abs(entries))[np.isfinite(read)].all())


def _sign(values: NDArray[Any], removed: int, p: Fraction, eta: Fraction) -> int | None:
    """The sign of S_p(the `removed` smallest) - eta S_p(the others); None for a tie, undecided."""
    if p.denominator == 1:
        rest, kept = _exact_sum(values[:removed], int(p)), _exact_sum(values[removed:], int(p))
        difference = rest * eta.denominator - kept * eta.numerator
        return (difference > 0) - (difference < 0)

    weights: list[tuple[int, float]] = []
    before = 0
    for value, count in _distinct(values):
        gone = min(count, max(0, removed - before))
        before += count
        weight = gone * eta.denominator - (count - gone) * eta.numerator
        if weight:
            weights.append((weight, value))
    sign = _decided(lambda: sum((w * _power(value, p) for w, value in weights), arb(0)))
    return 0 if sign is None and _is_zero(weights, p) else sign


def _is_zero(weights: list[tuple[int, float]], p: Fraction) -> bool:
    """Whether a sum of weighted powers is 0 for sure; not where there are too many to tell.

    Roots of rational numbers > 0 no two of which have a rational quotient are linearly independent
    (Mordell, On the linear independence of algebraic numbers, 1953): each class must vanish.
    """
    if max(p.numerator, p.denominator) > _LARGEST_ROOT:
        return False
    classes: list[tuple[Fraction, list[Fraction]]] = []
    for weight, value in weights:
        power = Fraction(value) ** p.numerator
        for representative, parts in classes:
            root = _rational_root(power / representative, p.denominator)
            if root is not None:
                parts.append(weight * root)
                break
        else:
            classes.append((power, [Fraction(weight)]))
            if len(classes) > _MOST_CLASSES:
                return False
    return all(sum(parts) == 0 for _, parts in classes)


def _rational_root(number: Fraction, degree: int) -> Fraction | None:
    parts = (number.numerator, number.denominator)
    roots = [int(fmpz(part).root(degree)) for part in parts]
    exact = all(root**degree == part for root, part in zip(roots, parts, strict=True))
    return Fraction(*roots) if exact else None


def _exact_sum(values: NDArray[Any], power: int) -> Fraction:
    """The sum of integer powers, as integers times powers of two, those of one exponent at once."""
    mantissas, exponents = np.frexp(values.astype(np.float64))
    whole = np.ldexp(mantissas, 53).astype(np.int64)
    total = Fraction(0)
    for exponent in np.unique(exponents).tolist():
        here = whole[exponents == exponent]
        if power == 1:
            # Halves of 27 and 26 bits: no sum of theirs leaves 63.
            high, low = int(np.sum(here >> 26)), int(np.sum(here & ((1 << 26) - 1)))
            part = (high << 26) + low
        else:
            part = sum(number**power for number in here.tolist())
        total += part * Fraction(2) ** ((exponent - 53) * power)
    return total


def _distinct(values: NDArray[Any]) -> list[tuple[float, int]]:
    distinct, counts = np.unique(values, return_counts=True)
    return list(zip(distinct.astype(np.float64).tolist(), counts.tolist(), strict=True))


def _power(value: float, exponent: Fraction) -> arb:
    """A power of a number > 0; a square root that is a number comes out exact."""
    base = arb(value)
    if exponent.denominator > _LARGEST_ROOT:
        return base ** arb(fmpq(exponent.numerator, exponent.denominator))
    root = base if exponent.denominator == 1 else base.root(exponent.denominator)
    return root**exponent.numerator


def _decided(difference: Callable[[], arb]) -> int | None:
    """The sign of a ball, made of more and more bits; None if it still holds 0."""
    before = ctx.prec
    try:
        for ctx.prec in _PRECISIONS:
            found = difference()
            if found > 0 or found < 0 or found == 0:
                return int(found > 0) - int(found < 0)
    finally:
        ctx.prec = before
    return None
