"""Evaluation of a compiled claim on a batch of candidates.

A batch has one column a candidate: scalars have the shape (B,), the distinct values of a vector and
their multiplicities (K, B), so every operation runs along memory and its cost does not depend on
lengths. Power sums have the largest entry divided out and live as logarithms.

A formula is an interval (low, high) of *relative* margins: it holds for sure where low > 0, fails
for sure where high < 0, and is too close to call in between. The width is an estimate of rounding,
not a bound: certificates are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .evaluate_sums import SUMS
from .program import Program

Array = NDArray[Any]
Interval = tuple[Array, Array]

EPS = float(np.finfo(np.float64).eps)
#: a margin for what is exactly so; its sign is all that matters
_EXACTLY = 1e-300
#: where exp would leave the normal numbers, and what stands for 0 under a logarithm
_LEAST_LOG, _TINY = -700.0, 1e-300


class Batch:
    """Values for the symbols: `scalars` (B,), `vectors` and `multiplicities` (K, B)."""

    def __init__(
        self, scalars: dict[str, Array], vectors: dict[str, Array], multiplicities: dict[int, Array]
    ):
        self.scalars = scalars
        self.vectors = vectors
        self.multiplicities = multiplicities

    @property
    def size(self) -> int:
        """The number of candidates."""
        part: Mapping[Any, Array] = self.scalars or self.vectors
        return int(next(iter(part.values())).shape[-1]) if part else 1

    def take(self, columns: Array) -> Batch:
        """Return the candidates in these columns."""
        return Batch(
            {k: v[columns] for k, v in self.scalars.items()},
            {k: v[:, columns] for k, v in self.vectors.items()},
            {k: v[:, columns] for k, v in self.multiplicities.items()},
        )


class Run:
    """The registers of a program on one batch, computed when they are first asked for."""

    def __init__(self, program: Program, batch: Batch):
        self.program = program
        self.batch = batch
        #: columns that may be used, where sampling could not keep to what the user has fixed
        self.allowed: Array | None = None
        self._values: list[Any] = [None] * len(program.code)

    def value(self, register: int) -> Any:
        """Return the value of a register: an array, or an Interval for a formula."""
        values, code = self._values, self.program.code
        if values[register] is None:
            with np.errstate(all="ignore"):
                for i in self.program.needs[register]:
                    if values[i] is None:
                        op, arguments, literal = code[i]
                        values[i] = (
                            self._load(op, literal)
                            if op in _LOADS
                            else OPERATIONS[op](literal, *[values[a] for a in arguments])
                        )
        return values[register]

    def _load(self, op: str, literal: Any) -> Any:
        match op:
            case "scalar":
                return self.batch.scalars[literal]
            case "values":
                return self.batch.vectors[literal]
            case "multiplicity":
                return self.batch.multiplicities[literal]
        return np.float64(literal)

    def truth(self) -> tuple[Array, Interval]:
        """Return which columns meet the premise as far as floats can tell, and the margins.

        The margins are of the conclusion. A column where a term has no value does not meet it.
        """
        size = self.batch.size
        met = np.ones(size, dtype=bool) if self.allowed is None else self.allowed
        for register in self.program.given:
            met &= self.value(register)[1] >= 0
        low, high = self.value(self.program.conclusion)
        for register in self.program.defined:
            met &= self.value(register)
        met &= ~np.isnan(high)
        return met, (np.broadcast_to(low, (size,)), np.broadcast_to(high, (size,)))


_LOADS = frozenset({"scalar", "values", "multiplicity", "constant"})


def _top(_: Any, *peaks: Array) -> Array:
    return _fold(np.maximum, peaks)


def _fold(function: Any, arrays: tuple[Array, ...]) -> Array:
    result = arrays[0]
    for array in arrays[1:]:
        result = function(result, array)
    return result


def _relative_logs(_: Any, values: Array, peak: Array) -> Array:
    """ln(|v| / peak) of each distinct value; some number far below 0 for 0, which has no weight."""
    logs = np.abs(values)
    logs /= np.where(peak > 0, peak, 1.0)
    np.maximum(logs, _TINY, out=logs)
    np.log(logs, out=logs)
    return logs


def _weights(_: Any, values: Array, times: Array) -> Array:
    """Multiplicities, 0 for zero entries: exp and log take ten times as long at their limits."""
    return np.asarray(times * (values != 0))


def _scaled_sum(_: Any, logs: Array, weights: Array, exponent: Array) -> Array:
    powers = logs * exponent
    np.maximum(powers, _LEAST_LOG, out=powers)
    np.exp(powers, out=powers)
    powers *= weights
    return np.asarray(np.add.reduce(powers, axis=0))


def _shift(_: Any, peak: Array, top: Array) -> Array:
    return np.log(peak / np.where(top > 0, top, 1.0))


def _gather(_: Any, exponent: Array, *parts: Array) -> Array:
    """ln of the sum of T_i e^(r d_i) over pairs (T_i, d_i)."""
    total: Any = None
    for i in range(0, len(parts), 2):
        shifted = exponent * parts[i + 1]
        np.exp(shifted, out=shifted)
        shifted *= parts[i]
        total = shifted if total is None else np.add(total, shifted, out=total)
    return np.asarray(np.log(total, out=total))


def _live(_: Any, values: Array, times: Array) -> Array:
    return values * (times > 0)


def _least_live(_: Any, values: Array, times: Array) -> Array:
    least = np.where(times > 0, np.abs(values), np.inf)
    return least.min(axis=0) if least.ndim == 2 else least


def _linear(literal: tuple[float, tuple[float, ...]], *terms: Array) -> Array:
    constant, factors = literal
    total: Any = constant
    for factor, term in zip(factors, terms, strict=True):
        total = total + (term if factor == 1 else factor * term)
    return np.asarray(total)


def _compare_atoms(literal: tuple[float, tuple[float, ...], str], *terms: Array) -> Interval:
    """Compare stored numbers, whose difference has the right sign in floats: by <, <= or =."""
    constant, factors, sense = literal
    margin = _linear((constant, factors), *terms)
    scale: Any = abs(constant) or _TINY
    for term in terms:
        scale = scale + np.abs(term)
    margin = margin / scale
    if sense == "=":
        margin = -np.abs(margin)
    margin = margin + (-_EXACTLY if sense == "<" else _EXACTLY)  # moves a tie, and nothing else
    return margin, margin


def _compare_linear(literal: tuple[float, tuple[float, ...], str], *terms: Array) -> Interval:
    """Compare sums of plain terms; a tie may be one of rounding (tanh is 1 from 20 on)."""
    constant, factors, _ = literal
    parts = [f * t for f, t in zip(factors, terms, strict=True)]
    margin = sum(parts) + constant
    scale = sum(np.abs(part) for part in parts) + abs(constant)
    margin = margin / np.where(scale > 0, scale, 1.0)
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
    noise: Any = abs(constant)
    for register in registers:
        noise = noise + np.abs(register)
    margin: Any = constant
    scale: Any = abs(constant)
    position = 0
    for group in groups:
        delta: Any = 0.0
        for sign in group:
            addend = registers[position] if abs(sign) == 1 else abs(sign) * registers[position]
            delta = delta + addend if sign > 0 else delta - addend
            position += 1
        margin = margin + delta
        scale = scale + np.abs(delta)
    bounded = np.maximum(scale, EPS)
    width = noise * (2 * EPS) / bounded
    relative = margin / bounded
    if not np.isfinite(np.sum(scale)):
        relative, width = _at_infinity(relative, scale, width, margin)
    return relative - width, relative + width


def _at_infinity(margin: Array, scale: Array, width: Array, total: Array) -> Interval:
    """Compare where a side is 0: its logarithm is infinite; both are 0 at inf - inf, a tie."""
    infinite, tie = np.isinf(scale), np.isnan(scale)
    margin = np.where(tie, 0.0, np.where(infinite, np.sign(total), margin))
    return margin, np.where(tie, 1.0, np.where(infinite, 0.0, width))


def _compare_mixed(literal: tuple[tuple[float, str], ...], *registers: Array) -> Interval:
    """Sign of a sum of terms, some known by logarithms; all are divided by the largest."""
    logs, signs = [], []
    for (factor, kind), value in zip(literal, registers, strict=True):
        log = value if kind == "log" else np.log(np.abs(value))
        logs.append(log + np.log(abs(factor)))
        signs.append(np.sign(factor) * (1.0 if kind == "log" else np.sign(value)))
    largest = _fold(np.maximum, tuple(logs))
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


def _same_places(_: Any, same: Array, times: Array) -> Array:
    return np.asarray(np.all(same | (times == 0), axis=0))


def _ranged(literal: str, formula: Interval, times: Array) -> Interval:
    shape = np.broadcast_shapes(times.shape, np.shape(formula[1]))
    low, high = (np.broadcast_to(part, shape) for part in formula)
    if literal == "every":
        low, high = (np.where(times > 0, part, 1.0) for part in (low, high))
        return (low.min(axis=0), high.min(axis=0)) if len(shape) == 2 else (low, high)
    low, high = (np.where(times > 0, part, -1.0) for part in (low, high))
    return (low.max(axis=0), high.max(axis=0)) if len(shape) == 2 else (low, high)


def _all(_: Any, *parts: Interval) -> Interval:
    if not parts:
        return np.ones(1), np.ones(1)
    return _fold(np.minimum, tuple(p[0] for p in parts)), _fold(
        np.minimum, tuple(p[1] for p in parts)
    )


def _any(_: Any, *parts: Interval) -> Interval:
    return _fold(np.maximum, tuple(p[0] for p in parts)), _fold(
        np.maximum, tuple(p[1] for p in parts)
    )


OPERATIONS: dict[str, Callable[..., Any]] = {
    # terms
    "linear": _linear,
    "multiply": lambda _, a, b: a * b,
    "divide": lambda _, a, b: a / b,
    "power": lambda _, a, b: np.power(a, b),
    "function": lambda name, a: getattr(np, name)(a),
    "log": lambda _, a: np.log(np.abs(a)),
    "least": lambda _, *a: _fold(np.minimum, a),
    "greatest": lambda _, *a: _fold(np.maximum, a),
    # vectors
    "live": _live,
    "peak": lambda _, v: np.abs(v).max(axis=0) if v.ndim == 2 else np.abs(v),
    "top": _top,
    "relative_logs": _relative_logs,
    "weights": _weights,
    "scaled_sum": _scaled_sum,
    "shift": _shift,
    "gather": _gather,
    "log_norm": lambda _, log_top, g, r: log_top + g / r,
    "log_sum": lambda _, log_top, g, r: log_top * r + g,
    "least_live": _least_live,
    "weighted": lambda _, v, m: (v * m).sum(axis=0) if np.ndim(v * m) == 2 else v * m,
    "nonzero": lambda _, v: (v != 0) * 1.0,
    # formulas
    "compare_atoms": _compare_atoms,
    "compare_linear": _compare_linear,
    "compare_logs": _compare_logs,
    "compare_mixed": _compare_mixed,
    "equal": _equal,
    "truth": _truth,
    "positive": lambda _, a: a > 0,
    "different": lambda _, a, b: a != b,
    "not_below": lambda _, a, b: a >= b,
    "same_zeros": lambda _, u, v, m: _same_places(_, (u == 0) == (v == 0), m),
    "same_values": lambda _, u, v, m: _same_places(_, u == v, m),
    "ranged": _ranged,
    "not": lambda _, f: (-f[1], -f[0]),
    "and": _all,
    "or": _any,
    **SUMS,
}
