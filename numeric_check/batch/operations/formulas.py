"""Operations on batches for formulas: intervals of relative margins, and their connectives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Interval = tuple[Array, Array]

EPS = float(np.finfo(np.float64).eps)
#: a margin for what is exactly so, whose sign is all that matters; what a scale of 0 is taken for
_EXACTLY = _TINY = 1e-300


def linear(literal: tuple[float, tuple[float, ...]], *terms: Array) -> Array:
    """Return constant + the sum of factor * term; the literal is (constant, factors)."""
    constant, factors = literal
    total: Any = constant if constant or not terms else None
    for factor, term in zip(factors, terms, strict=True):
        if total is None:
            total = term if factor == 1 else factor * term
        elif factor == -1:
            total = total - term
        else:
            total = total + (term if factor == 1 else factor * term)
    return np.asarray(total)


def _compare_atoms(literal: tuple[float, tuple[float, ...], str], *terms: Array) -> Interval:
    """Compare stored numbers, whose difference has the right sign in floats: by <, <= or =."""
    constant, factors, sense = literal
    margin = linear((constant, factors), *terms) / (_sizes(terms) + (abs(constant) or _TINY))
    if sense == "=":
        margin = -np.abs(margin)
    margin = margin + (-_EXACTLY if sense == "<" else _EXACTLY)  # moves a tie, and nothing else
    return margin, margin


def _compare_linear(literal: tuple[float, tuple[float, ...], str], *terms: Array) -> Interval:
    """Compare sums of plain terms; a tie may be one of rounding (tanh is 1 from 20 on)."""
    constant, factors, _ = literal
    scaled = [t if abs(f) == 1 else abs(f) * t for f, t in zip(factors, terms, strict=True)]
    signs = tuple(1.0 if factor > 0 else -1.0 for factor in factors)
    scale = _sizes(scaled) + abs(constant)
    margin = linear((constant, signs), *scaled) / np.where(scale > 0, scale, 1.0)
    return margin - 64 * EPS, margin + 64 * EPS


def _compare_logs(
    literal: tuple[tuple[tuple[float, ...], ...], float], *registers: Array
) -> Interval:
    """Compare two positive terms whose logarithms are sums: `literal` groups the addends by role.

    The difference of logarithms is divided by the sum of what each role (p-norms, q-norms, lengths)
    contributes, so that the margin says how far the roles cancel and not how small the step was.
    The registers after the addends add to the estimate of rounding, in units of it.
    """
    groups, constant = literal
    noise = _sizes(registers)
    deltas: list[Array] = []
    position = 0
    for group in groups:
        addends = registers[position : position + len(group)]
        deltas.append(linear((0.0, group), *addends))
        position += len(group)
    if constant or not deltas:
        deltas.append(np.asarray(constant))
        noise = noise + abs(constant)
    margin, scale = reduce(np.add, deltas), _sizes(deltas)
    bounded = np.maximum(scale, EPS)
    width = noise / bounded
    width *= 2 * EPS
    relative = margin / bounded
    if not np.isfinite(scale.sum()):
        relative, width = _at_infinity(relative, scale, width, margin)
    return relative - width, relative + width


def _sizes(terms: Sequence[Array]) -> Any:
    """The sum of the sizes of the terms, a new array."""
    shape = np.broadcast_shapes(*(term.shape for term in terms))
    total, size = np.zeros(shape), np.empty(shape)
    for term in terms:  # in place: a new array for each step would cost more than the step
        total += np.abs(term, out=size if term.shape == shape else None)
    return total


def _at_infinity(margin: Array, scale: Array, width: Array, total: Array) -> Interval:
    """Compare where a side is 0: its logarithm is infinite; both are 0 at inf - inf, a tie."""
    infinite = np.isinf(scale)
    tie = np.isnan(scale) | (infinite & np.isnan(total))
    margin = np.where(tie, 0.0, np.where(infinite, np.sign(total), margin))
    return margin, np.where(tie, 1.0, np.where(infinite, 0.0, width))


def _compare_mixed(literal: tuple[tuple[float, str], ...], *registers: Array) -> Interval:
    """Sign of a sum of terms, some known by logarithms; all are divided by the largest."""
    logs, signs = [], []
    for (factor, kind), value in zip(literal, registers, strict=True):
        log = value if kind == "log" else np.log(np.abs(value))
        logs.append(log + np.log(abs(factor)))
        signs.append(np.sign(factor) * (1.0 if kind == "log" else np.sign(value)))
    largest = reduce(np.maximum, tuple(logs))
    largest = np.where(np.isfinite(largest), largest, 0.0)
    margin: Any = 0.0
    scale: Any = 0.0
    noise: Any = 0.0
    for log, sign in zip(logs, signs, strict=True):
        size = np.exp(log - largest)
        margin = margin + sign * size
        scale = scale + size
        noise = noise + size * (16 + np.where(np.isfinite(log), np.abs(log), 0.0))
    scale = np.where(scale > 0, scale, 1.0)
    width = 8 * EPS * noise / scale
    return margin / scale - width, margin / scale + width


def _equal(_: Any, difference: Interval) -> Interval:
    low, high = difference
    distance = np.maximum(low, -high)
    return -np.maximum(np.abs(low), np.abs(high)), np.where(
        distance > 0, -distance, np.maximum(-distance, 0.0)
    )


def _truth(_: Any, holds: Array) -> Interval:
    margin = np.where(holds, 1.0, -1.0)
    return margin, margin


def _same_places(wide: bool, same: Array, times: Array) -> Array:
    holds = np.asarray(same | (times == 0))
    return np.asarray(holds.all(axis=0)) if wide else holds


def _ranged(literal: tuple[str, bool], formula: Interval, times: Array) -> Interval:
    word, wide = literal
    empty = 1.0 if word == "every" else -1.0
    low, high = (np.where(times > 0, part, empty) for part in formula)
    if not wide:
        return low, high
    end = np.min if word == "every" else np.max
    return end(low, axis=0), end(high, axis=0)


def _has_power(_: Any, base: Array, exponent: Array) -> Array:
    """Tell where base^exponent has a value."""
    of_zero, of_less = exponent > 0, exponent == np.rint(exponent)
    return np.asarray(np.where(base > 0, True, np.where(base == 0, of_zero, of_less)))


def _all(_: Any, *parts: Interval) -> Interval:
    if not parts:
        return np.ones(1), np.ones(1)
    return reduce(np.minimum, tuple(p[0] for p in parts)), reduce(
        np.minimum, tuple(p[1] for p in parts)
    )


def _any(_: Any, *parts: Interval) -> Interval:
    return reduce(np.maximum, tuple(p[0] for p in parts)), reduce(
        np.maximum, tuple(p[1] for p in parts)
    )


FORMULAS: dict[str, Callable[..., Any]] = {
    "compare_atoms": _compare_atoms,
    "compare_linear": _compare_linear,
    "compare_logs": _compare_logs,
    "compare_mixed": _compare_mixed,
    "equal": _equal,
    "truth": _truth,
    "positive": lambda _, a: a > 0,
    "finite": lambda _, a: np.isfinite(a),
    "has_power": _has_power,
    "not_below": lambda _, a, b: a >= b,
    "same_zeros": lambda wide, u, v, m: _same_places(wide, (u == 0) == (v == 0), m),
    "same_values": lambda wide, u, v, m: _same_places(wide, u == v, m),
    "ranged": _ranged,
    "not": lambda _, f: (-f[1], -f[0]),
    "and": _all,
    "or": _any,
}
